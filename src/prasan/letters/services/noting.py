"""The journal's line of an act on a letter."""

import datetime as dt

from prasan.accounts.models import User
from prasan.journal import services as journal
from prasan.letters.models import Letter


def note(act: str, letter: Letter, actor: User, at: dt.datetime, **data: object) -> None:
    """Keep who did what with a letter; its subject stands for the number it has not got yet."""
    said = {"sender": letter.sender.code, "number": letter.number, "catalogue": letter.catalogue, **data}
    journal.record(
        at=at,
        actor=actor,
        act=f"letters.{act}",
        subject=letter,
        subject_code=letter.number or letter.subject[:60],
        data=said,
    )
