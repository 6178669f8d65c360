"""Why a file could not be imported at all; nothing of it is in the database then."""

from prasan.common.errors import Refused


class UnableToImport(Refused):
    """Nothing of the file was kept: `not_allowed`, `no_such_file`, `does_not_reconcile`, or an inner refusal."""
