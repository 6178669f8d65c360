"""A finished plan is amended: a new edition of a kind, numbered ครั้งที่ n/ปี, with a reason (R71)."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.dates import BE_MINUS_CE
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.plans import access, queries
from prasan.plans.models import EditionKind, EditionState, PlanEdition, PlanItem, PlanRemoval
from prasan.plans.services import lines

KINDS = (EditionKind.ADDED, EditionKind.CHANGED, EditionKind.CORRECTED, EditionKind.REVIEWED)


class UnableToAmendEdition(Refused):
    """No new edition was made."""


@transaction.atomic
def amend_edition(*, edition: PlanEdition, kind: str, reason: str, actor: User, at: dt.datetime) -> PlanEdition:
    """Start the next edition of a finished plan: its items, and what was taken out, are carried over into a draft.

    Amendments of one kind are counted within the calendar year (Buddhist): ครั้งที่ 2/2569. Refused: `not_allowed`,
    `unknown_kind`, `no_reason`, `still_a_draft`, `not_decided_on`, `not_the_latest`, `changed_meanwhile`.
    """
    body = edition.body
    if not access.can_edit(actor, body=body, on=localdate(at)):
        raise UnableToAmendEdition(
            "not_allowed",
            f"แก้ไขแผนของ {body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้",
            f"The plan of {body.name_en or body.name_th} was not amended: you are no planning officer of it.",
        )
    latest = PlanEdition.objects.filter(plan_type=edition.plan_type, body=body, fiscal_year=edition.fiscal_year)
    last = latest.aggregate(last=Max("number"))["last"] or 0
    _check(edition, kind, reason, last, bool(queries.path_of(edition, on=localdate(at))))
    year = localdate(at).year + BE_MINUS_CE
    before = latest.filter(kind=kind, amendment_year=year).aggregate(last=Max("amendment_number"))["last"] or 0
    try:
        with transaction.atomic():
            made = PlanEdition.objects.create(
                plan_type=edition.plan_type,
                body=body,
                fiscal_year=edition.fiscal_year,
                number=last + 1,
                kind=kind,
                amendment_number=before + 1,
                amendment_year=year,
                amendment_reason=reason.strip(),
                amends=edition,
                strategy=edition.strategy,
                compiled_at=at,
                ordered_by_hand=edition.ordered_by_hand,
            )
    except IntegrityError as error:
        raise UnableToAmendEdition(
            "changed_meanwhile", "มีผู้เริ่มฉบับใหม่ก่อนท่าน", "Somebody began the next edition before you."
        ) from error
    carried = PlanItem.objects.filter(edition=edition).order_by("priority")
    fields = ("priority", "project_id", "need_id", "handover_id", "source", "confirms_id", "confirms_reason")
    PlanItem.objects.bulk_create(
        PlanItem(edition=made, **dict(zip(fields, row, strict=True))) for row in carried.values_list(*fields)
    )
    removed = PlanRemoval.objects.filter(edition=edition)
    kept = ("project_id", "need_id", "reason", "removed_by_id", "removed_at")
    PlanRemoval.objects.bulk_create(PlanRemoval(edition=made, **row) for row in removed.values(*kept))
    entry = lines.of_edition(
        made, "plans.amend_edition", kind=kind, times=f"{before + 1}/{year}", reason=reason.strip()
    )
    journal.record_many(at=at, actor=actor, entries=[entry])
    return made


def _check(edition: PlanEdition, kind: str, reason: str, last: int, stages: bool) -> None:
    if kind not in KINDS:
        raise UnableToAmendEdition(
            "unknown_kind", "ไม่รู้จักการแก้ไขชนิดนี้ (R71)", "There is no such kind of amendment (R71)."
        )
    if not reason.strip():
        raise UnableToAmendEdition("no_reason", "ไม่ได้บอกเหตุผลความจำเป็น", "The reason why it is needed is not given.")
    if edition.state == EditionState.DRAFT:
        raise UnableToAmendEdition(
            "still_a_draft", "แผนนี้ยังเป็นร่าง แก้ได้เลยโดยไม่ต้องทำฉบับใหม่", "This plan is a draft: change it as it is."
        )
    if edition.state == EditionState.SUBMITTED and stages:
        raise UnableToAmendEdition(
            "not_decided_on",
            "แผนนี้เสนอแล้วแต่ยังไม่มีมติ ขอให้ส่งคืนแล้วแก้ แทนการทำฉบับแก้ไข",
            "This plan is submitted but not decided on: have it returned and change it, instead of amending.",
        )
    if edition.number != last:
        raise UnableToAmendEdition(
            "not_the_latest", "มีฉบับที่ใหม่กว่า โปรดแก้ไขจากฉบับล่าสุด", "There is a later edition. Amend that one."
        )
