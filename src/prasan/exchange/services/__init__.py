"""The acts of the room: a file comes in."""

from prasan.exchange.services.comparing import Compared, compare_submission
from prasan.exchange.services.foreseeing import FileRow, Foreseen, Foresight, Within, foresee_repeats
from prasan.exchange.services.importing import ImportResult, import_file
from prasan.exchange.services.refusals import UnableToImport
from prasan.exchange.services.strategies import StrategyImport, import_strategy, plan_code

__all__ = [
    "Compared",
    "FileRow",
    "Foreseen",
    "Foresight",
    "ImportResult",
    "StrategyImport",
    "UnableToImport",
    "Within",
    "compare_submission",
    "foresee_repeats",
    "import_file",
    "import_strategy",
    "plan_code",
]
