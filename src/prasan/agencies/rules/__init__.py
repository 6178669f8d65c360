"""Pure decisions about bodies: printed names, codes, register files."""

from prasan.agencies.rules.names import (
    NATIONAL,
    ONE_OF_EACH,
    PrintedName,
    code_of,
    formal_name,
    kind_of,
    lao_place_name,
    name_key,
    read_name,
)

__all__ = [
    "NATIONAL",
    "ONE_OF_EACH",
    "PrintedName",
    "code_of",
    "formal_name",
    "kind_of",
    "lao_place_name",
    "name_key",
    "read_name",
]
