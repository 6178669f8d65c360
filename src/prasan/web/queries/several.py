"""What deciding many pairs at once would do, told before it is done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from prasan.accounts.models import User
from prasan.integration import services as acts
from prasan.integration.models import Pair
from prasan.projects.models import Project
from prasan.web.queries.amounts import asked_of
from prasan.web.wording import language


@dataclass(frozen=True, slots=True)
class Refusal:
    """A pair that is left out, and why, in the reader's language."""

    pair: Pair
    why: str


@dataclass(frozen=True, slots=True)
class Family:
    """Records that become one: the one that stays, and those merged into it."""

    kept: Project
    merged: list[Project]


@dataclass(frozen=True, slots=True)
class Preview:
    """The pairs that would be decided in their order, those that would not, and the money before and after.

    Money is what the records ask over all years (satang), each record counted once; a merged one is counted with
    the one that stands for it, so its own amount is no longer added.
    """

    will: list[acts.Forecast]
    families: list[Family]
    refused: list[Refusal]
    records: int
    merged: int
    before_satang: int
    after_satang: int

    @property
    def spared_satang(self) -> int:
        """What is no longer counted twice."""
        return self.before_satang - self.after_satang


def preview_of(pairs: Sequence[Pair], *, decision: str, keep: str, reason: str, actor: User, on: dt.date) -> Preview:
    """What would come of it on a day. What is refused is left out, and the rest is foreseen without it."""
    left, refused = list(pairs), []
    while True:
        choices = acts.choices_for(pairs=left, decision=decision, keep=keep)
        forecasts = acts.foresee(choices=choices, decision=decision, reason=reason, actor=actor, on=on)
        problems = {one.pair.pk: one for one in forecasts if one.problem is not None}
        if not problems:
            break
        refused += [Refusal(one.pair, _said(one)) for one in problems.values()]
        left = [pair for pair in left if pair.pk not in problems]
    sides = {side.pk: side for pair in left for side in (pair.first, pair.second)}
    asked = {pk: asked_of(side) or 0 for pk, side in sides.items() if side.merged_into_id is None}
    into = {one.merged.pk: one.kept.pk for one in forecasts if one.merges and one.merged and one.kept}
    gone = set(into)
    before = sum(asked.values())
    return Preview(
        will=list(forecasts),
        refused=refused,
        families=_families(into, sides),
        records=len(sides),
        merged=len(gone),
        before_satang=before,
        after_satang=before - sum(asked[pk] for pk in gone),
    )


def _families(into: dict[int, int], sides: dict[int, Project]) -> list[Family]:
    merged: dict[int, list[Project]] = {}
    for project in into:
        head = project
        while head in into:
            head = into[head]
        merged.setdefault(head, []).append(sides[project])
    return [Family(sides[head], members) for head, members in merged.items()]


def _said(forecast: acts.Forecast) -> str:
    assert forecast.problem is not None
    _code, thai, english = forecast.problem
    return english if language() == "en" else thai
