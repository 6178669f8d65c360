"""The acts of this room; the only place that writes it."""

from prasan.letters.services.drafting import (
    BILL_SET,
    Addressee,
    UnableToCancelLetter,
    UnableToDispatchLetter,
    UnableToDraftLetter,
    cancel_letter,
    dispatch_letter,
    draft_letter,
    mark_opened,
)

__all__ = [
    "BILL_SET",
    "Addressee",
    "UnableToCancelLetter",
    "UnableToDispatchLetter",
    "UnableToDraftLetter",
    "cancel_letter",
    "dispatch_letter",
    "draft_letter",
    "mark_opened",
]
