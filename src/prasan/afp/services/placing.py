"""Step 1: places are ranked by need, and the committee picks."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict

from django.db import transaction

from prasan.accounts.models import User
from prasan.afp.models import AfpProblem, AfpRound, Choice, TargetArea
from prasan.afp.queries import measured
from prasan.afp.rules import ranking
from prasan.afp.services.entering import enter, needs_reason, write
from prasan.common.errors import Refused


class UnableToRankAreas(Refused):
    """The ranking is as it was."""


class UnableToChooseAreas(Refused):
    """The target areas are as they were."""


@transaction.atomic
def rank_areas(*, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None) -> list[TargetArea]:
    """Rank the districts of a province, or the subdistricts of a district, by the round's weights.

    What was picked stays picked; only ranks, scores and indicators are renewed.
    Refused: `not_allowed`, `endorsed_already`, `no_places`, `changed_meanwhile`.
    """
    enter(UnableToRankAreas, round, actor=actor, at=at, seen_version=seen_version)
    ranked = ranking.rank(measured(round), round.weights)
    if not ranked:
        raise UnableToRankAreas(
            "no_places", "ไม่มีอำเภอหรือตำบลในทะเบียนของพื้นที่นี้", "The register has no places within this area."
        )
    rule = f"{ranking.FORMULA}/{round.weights_number}"
    for one in ranked:
        TargetArea.objects.update_or_create(
            round=round,
            area_id=one.area,
            defaults={
                "rank": one.rank,
                "score": one.score,
                "indicators": [asdict(part) for part in one.parts],
                "rule": rule,
            },
        )
    rows = list(TargetArea.objects.filter(round=round).select_related("area").order_by("rank"))
    write(round, "rank_areas", actor=actor, at=at, rule=rule, scores=[[row.area.code, row.score] for row in rows])
    return rows


@transaction.atomic
def choose_areas(
    *,
    round: AfpRound,
    chosen: Collection[TargetArea],
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> list[TargetArea]:
    """The committee picks target areas and says why, as ranked or otherwise.

    Refused: `not_allowed`, `endorsed_already`, `no_reason`, `none_chosen`, `not_of_this_round`, `area_in_use`
    (an area whose problems are worked on already is not left out), `changed_meanwhile`.
    """
    said = needs_reason(UnableToChooseAreas, reason)
    picked = {one.pk for one in chosen}
    if not picked:
        raise UnableToChooseAreas("none_chosen", "ยังไม่ได้เลือกพื้นที่ใด", "No area was picked.")
    if any(one.round_id != round.pk for one in chosen):
        raise UnableToChooseAreas("not_of_this_round", "มีพื้นที่ที่ไม่อยู่ในรอบนี้", "An area is not of this round.")
    enter(UnableToChooseAreas, round, actor=actor, at=at, seen_version=seen_version)
    used = AfpProblem.objects.filter(round=round).exclude(target_area__in=picked).select_related("target_area__area")
    if (problem := used.first()) is not None:
        name = problem.target_area.area.name_th
        raise UnableToChooseAreas(
            "area_in_use",
            f"ตัด{name}ออกไม่ได้ เพราะมีปัญหาที่พิจารณาไว้แล้ว",
            f"{name} was not left out: its problems are worked on already.",
        )
    rows = TargetArea.objects.filter(round=round)
    rows.exclude(pk__in=picked).update(state=Choice.REJECTED, reason="", chosen_by=actor, chosen_at=at)
    rows.filter(pk__in=picked).update(state=Choice.ACCEPTED, reason=said, chosen_by=actor, chosen_at=at)
    kept = list(rows.filter(state=Choice.ACCEPTED).select_related("area").order_by("rank"))
    write(round, "choose_areas", actor=actor, at=at, areas=[row.area.code for row in kept], reason=said)
    return kept
