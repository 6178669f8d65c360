"""The acts of this room; the only place that writes it."""

from prasan.letters.services.drafting import Addressee, dispatch_letter, draft_letter

__all__ = ["Addressee", "dispatch_letter", "draft_letter"]
