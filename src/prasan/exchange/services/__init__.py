"""The acts of the room: a file comes in."""

from prasan.exchange.services.importing import ImportResult, import_file
from prasan.exchange.services.refusals import UnableToImport
from prasan.exchange.services.strategies import StrategyImport, import_strategy, plan_code

__all__ = ["ImportResult", "StrategyImport", "UnableToImport", "import_file", "import_strategy", "plan_code"]
