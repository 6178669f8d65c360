"""A round is opened for a province or district and a year; its weights may be changed with a reason."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.afp import access
from prasan.afp.models import AfpRound
from prasan.afp.rules import ranking
from prasan.afp.services.entering import enter, needs_reason, write
from prasan.agencies.models import Body
from prasan.common.errors import Refused


class UnableToOpenRound(Refused):
    """No round was opened."""


class UnableToChangeWeights(Refused):
    """The weights are as they were."""


@transaction.atomic
def open_round(*, body: Body, fiscal_year: int, guideline_set: str, actor: User, at: dt.datetime) -> AfpRound:
    """Begin the nine steps for a province or district and a year, with one set of guidelines of the rulebook.

    Refused: `not_allowed`, `implausible_year`, `unknown_guideline_set`, `open_already`.
    """
    area = body.area
    if area is None or not access.can_run_round(actor, body=body, on=localdate(at)):
        raise UnableToOpenRound(
            "not_allowed",
            f"เปิดรอบบูรณาการของ {body.name_th} ไม่ได้ ผู้เปิดได้คือเจ้าหน้าที่แผนของจังหวัดหรืออำเภอ",
            f"No round was opened for {body.name_th}: planning officers of the province or district do.",
        )
    if not 2480 <= fiscal_year <= 2650:
        raise UnableToOpenRound(
            "implausible_year", f"ปีงบประมาณ {fiscal_year} ไม่ใช่ปี พ.ศ.", f"{fiscal_year} is no Buddhist year."
        )
    if guideline_set not in {one.key for one in rulebook.load().guideline_sets}:
        raise UnableToOpenRound(
            "unknown_guideline_set", "ไม่มีชุดแนวทางนี้ในสมุดกฎ", "The rulebook has no such set of guidelines."
        )
    made, new = AfpRound.objects.get_or_create(
        body=body,
        fiscal_year=fiscal_year,
        defaults={
            "area": area,
            "guideline_set": guideline_set,
            "weights": dict(ranking.DEFAULT_WEIGHTS),
            "opened_by": actor,
            "opened_at": at,
        },
    )
    if not new:
        raise UnableToOpenRound(
            "open_already",
            f"{body.name_th} มีรอบของปี {fiscal_year} แล้ว เปิดรอบนั้นทำต่อได้",
            f"{body.name_th} has a round of {fiscal_year} already; go on with it.",
        )
    write(made, "open_round", actor=actor, at=at, guideline_set=guideline_set, weights=made.weights)
    return made


@transaction.atomic
def change_weights(
    *,
    round: AfpRound,
    weights: Mapping[str, int],
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> AfpRound:
    """Weigh the need indicators otherwise, saying why; places are ranked anew only when asked.

    Refused: `not_allowed`, `endorsed_already`, `no_reason`, `unknown_indicator`, `weight_out_of_range`,
    `no_weight`, `changed_meanwhile`.
    """
    if problem := ranking.weights_problem(weights):
        code, th, en = problem
        raise UnableToChangeWeights(code, f"เปลี่ยนน้ำหนักไม่ได้ เพราะ{th}", f"The weights were not changed: {en}.")
    said = needs_reason(UnableToChangeWeights, reason)
    enter(UnableToChangeWeights, round, actor=actor, at=at, seen_version=seen_version)
    before, number = round.weights, round.weights_number + 1
    AfpRound.objects.filter(pk=round.pk).update(weights=dict(weights), weights_number=number, weights_reason=said)
    round.refresh_from_db()
    write(round, "change_weights", actor=actor, at=at, before=before, after=dict(weights), number=number, reason=said)
    return round
