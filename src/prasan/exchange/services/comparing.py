"""The projects that a file brought are held against all others, piece by piece."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from prasan.accounts.models import User
from prasan.exchange.models import Submission
from prasan.exchange.queries import projects_of
from prasan.integration import services as integration


@dataclass(frozen=True, slots=True)
class Compared:
    """How far the comparing of a file has come: projects compared, of how many, and the last (its id)."""

    done: int
    whole: int
    last: int


def compare_submission(*, submission: Submission, actor: User, at: dt.datetime, after: int = 0) -> Compared:
    """Queue what the next projects that a file registered may be the same as (R31).

    `after` is the id of the last project compared; a piece is `integration.LINES_AT_ONCE` projects, a transaction of
    its own, and comparing again changes nothing. Refused: as `integration.suggest_pairs`.
    """
    ids = list(projects_of(submission).order_by("pk").values_list("pk", flat=True))
    piece = list(islice((pk for pk in ids if pk > after), integration.LINES_AT_ONCE))
    if piece:
        integration.suggest_pairs(projects=piece, actor=actor, at=at)
    last = piece[-1] if piece else after
    return Compared(done=sum(1 for pk in ids if pk <= last), whole=len(ids), last=last)
