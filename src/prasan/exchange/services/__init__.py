"""The acts of the room: a file comes in."""

from prasan.exchange.services.comparing import Compared, compare_submission
from prasan.exchange.services.foreseeing import Foreseen, Foresight, foresee_repeats
from prasan.exchange.services.importing import ImportResult, import_file
from prasan.exchange.services.refusals import UnableToImport
from prasan.exchange.services.strategies import StrategyImport, import_strategy, plan_code

__all__ = [
    "Compared",
    "Foreseen",
    "Foresight",
    "ImportResult",
    "StrategyImport",
    "UnableToImport",
    "compare_submission",
    "foresee_repeats",
    "import_file",
    "import_strategy",
    "plan_code",
]
