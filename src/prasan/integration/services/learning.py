"""The engine learns from what a province decided, and goes back to the shipped weights when told."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from prasan import matching
from prasan.accounts.models import User
from prasan.areas.models import AreaLevel
from prasan.areas.queries import area_by_code
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration.learnt import decided_pairs
from prasan.integration.models import LearntWeights
from prasan.journal import services as journal

COUNTRY = "all"  # in the version of weights learnt of every province's decisions


class UnableToLearnWeights(Refused):
    """The weights in force stay."""


class UnableToReturnToShippedWeights(Refused):
    """The weights in force stay."""


@dataclass(frozen=True, slots=True)
class WeightsLearnt:
    """What came of it. `adopted`: the learnt weights are in force; `changed`: they were not before."""

    report: matching.LearningReport
    adopted: bool
    changed: bool


@transaction.atomic
def learn_weights(*, province: str, actor: User, at: dt.datetime, even_if_worse: bool = False) -> WeightsLearnt:
    """Learn from the decided pairs of a province (two digits; "" for all), and match with it from the next run on.

    Weights that do not meet the decisions held out better than the shipped ones are not taken, and those in force
    end, unless `even_if_worse`. The same decisions again change nothing. Pairs found already keep their score.
    Refused: `not_allowed`, `not_a_province`, `too_few`, `changed_meanwhile`.
    """
    _check(province, actor, at, UnableToLearnWeights)
    try:
        learnt = matching.learn(decided_pairs(province), label=province or COUNTRY)
    except matching.UnableToLearn as refusal:
        raise UnableToLearnWeights(refusal.code, refusal.message_th, refusal.message_en) from refusal
    standing = LearntWeights.objects.select_for_update().filter(province=province, ended_at=None).first()
    if not (learnt.report.helps or even_if_worse):
        if standing is not None:
            _end(standing, reason="no better than the shipped weights on decisions held out", actor=actor, at=at)
        return WeightsLearnt(learnt.report, adopted=False, changed=standing is not None)
    if standing is not None and standing.version == learnt.weights.version:
        return WeightsLearnt(learnt.report, adopted=True, changed=False)
    LearntWeights.objects.filter(province=province, ended_at=None).update(ended_at=at)
    row = _kept(province, learnt, actor, at)
    journal.record(
        at=at,
        actor=actor,
        act="integration.learn_weights",
        subject=row,
        subject_code=row.version,
        data={"province": province, "before": standing.version if standing else row.base, "report": row.report},
    )
    return WeightsLearnt(learnt.report, adopted=True, changed=True)


@transaction.atomic
def return_to_shipped_weights(*, province: str, reason: str, actor: User, at: dt.datetime) -> str:
    """Match with the shipped weights again from the next run on; the version that ended.

    Refused: `not_allowed`, `not_a_province`, `no_reason`, `shipped_already`.
    """
    _check(province, actor, at, UnableToReturnToShippedWeights)
    if not reason.strip():
        raise UnableToReturnToShippedWeights("no_reason", "โปรดระบุเหตุผล", "Say why.")
    standing = LearntWeights.objects.select_for_update().filter(province=province, ended_at=None).first()
    if standing is None:
        raise UnableToReturnToShippedWeights(
            "shipped_already",
            f"ใช้น้ำหนักที่มากับระบบ ({matching.load_weights().version}) อยู่แล้ว",
            f"The shipped weights ({matching.load_weights().version}) are in use already.",
        )
    _end(standing, reason=reason, actor=actor, at=at)
    return standing.version


def _check(province: str, actor: User, at: dt.datetime, refusal: type[Refused]) -> None:
    """Whether there is such a province, and whether the actor may change with which weights it is matched."""
    area = area_by_code(province) if province else None
    if province and (area is None or area.level != AreaLevel.PROVINCE):
        raise refusal(
            "not_a_province",
            f"รหัส {province} ไม่ใช่จังหวัด โปรดระบุรหัสสองหลัก เช่น 46",
            f"{province} is no province. Give its code of two digits, such as 46.",
        )
    if not access.can_learn_weights(actor, province=province, on=localdate(at)):
        raise refusal(
            "not_allowed",
            "น้ำหนักคะแนนคงเดิม ผู้เปลี่ยนได้คือผู้วิเคราะห์แผนของจังหวัดนั้น หรือผู้ดูแลระบบ",
            "The weights stay: the province's plan analyst may change them, or the operator.",
        )


def _end(row: LearntWeights, *, reason: str, actor: User, at: dt.datetime) -> None:
    LearntWeights.objects.filter(pk=row.pk).update(ended_at=at)
    journal.record(
        at=at,
        actor=actor,
        act="integration.return_to_shipped_weights",
        subject=row,
        subject_code=row.version,
        data={"province": row.province, "reason": reason},
    )


def _kept(province: str, learnt: matching.Learnt, actor: User, at: dt.datetime) -> LearntWeights:
    try:
        with transaction.atomic():
            return LearntWeights.objects.create(
                province=province, version=learnt.weights.version, base=learnt.weights.base,
                content=learnt.weights.content(), report=learnt.report.content(), learnt_by=actor, learnt_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise UnableToLearnWeights(
            "changed_meanwhile",
            "ไม่ได้บันทึก เพราะมีผู้อื่นเรียนรู้ในเวลาเดียวกัน โปรดทำใหม่",
            "Nothing was kept: somebody else learnt at the same time. Do it again.",
        ) from None
