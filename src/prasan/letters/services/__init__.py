"""The acts of this room; the only place that writes it."""

from prasan.letters.services.drafting import (
    BILL_SET,
    Addressee,
    Content,
    UnableToDraftLetter,
    UnableToReviseLetter,
    draft_letter,
    revise_letter,
)
from prasan.letters.services.sending import (
    UnableToCancelLetter,
    UnableToDispatchLetter,
    UnableToReceiveLetter,
    cancel_letter,
    dispatch_letter,
    receive_letter,
)

__all__ = [
    "BILL_SET",
    "Addressee",
    "Content",
    "UnableToCancelLetter",
    "UnableToDispatchLetter",
    "UnableToDraftLetter",
    "UnableToReceiveLetter",
    "UnableToReviseLetter",
    "cancel_letter",
    "dispatch_letter",
    "draft_letter",
    "receive_letter",
    "revise_letter",
]
