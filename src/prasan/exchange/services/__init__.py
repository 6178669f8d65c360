"""The acts of the room: a file comes in."""

from prasan.exchange.services.importing import ImportResult, import_file
from prasan.exchange.services.refusals import UnableToImport

__all__ = ["ImportResult", "UnableToImport", "import_file"]
