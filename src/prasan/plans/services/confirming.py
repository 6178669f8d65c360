"""Items of the annual request confirm items of the five-year plan, or say which new policy they follow (R08)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.plans import access
from prasan.plans.models import EditionState, PlanEdition, PlanItem, PlanType
from prasan.plans.queries import LONG_PLANS
from prasan.plans.services import lines


class UnableToConfirmItem(Refused):
    """The items confirm what they confirmed before."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one item confirms, or why it confirms none: one of the two."""

    item: PlanItem
    confirms: PlanItem | None = None
    reason: str = ""


@transaction.atomic
def confirm_items(
    *,
    edition: PlanEdition,
    confirmations: Sequence[Confirmation],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> PlanEdition:
    """Link items of a draft to the items of the longer plan they confirm, or keep why there is none: all, or nothing.

    Refused: `not_allowed`, `no_request`, `nothing`, `not_a_draft`, `changed_meanwhile`, `other_edition`, `neither`,
    `still_a_draft`, `not_a_long_plan`, `other_body`.
    """
    if not access.can_edit(actor, body=edition.body, on=localdate(at)):
        raise UnableToConfirmItem(
            "not_allowed", "ท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้", "You are no planning officer of this body."
        )
    if edition.plan_type != PlanType.PROVINCIAL_ANNUAL_REQUEST:
        raise UnableToConfirmItem(
            "no_request",
            "ยืนยันได้เฉพาะรายการในคำของบประมาณประจำปี (R08)",
            "Only items of an annual request confirm (R08).",
        )
    if not confirmations:
        raise UnableToConfirmItem("nothing", "ยังไม่ได้เลือกรายการ", "No item was chosen.")
    for one in confirmations:
        _check(edition, one)
    _take_draft(edition, seen_version)
    for one in confirmations:
        PlanItem.objects.filter(pk=one.item.pk).update(confirms=one.confirms, confirms_reason=one.reason.strip())
    entries = []
    for one in confirmations:
        said = {"confirms": one.confirms.pk if one.confirms is not None else None, "reason": one.reason.strip()}
        entries += lines.of_items(edition, "plans.confirm_item", [lines.key_of(one.item)], **said)
    journal.record_many(at=at, actor=actor, entries=entries)
    return edition


def _take_draft(edition: PlanEdition, seen_version: int | None) -> None:
    version = edition.version if seen_version is None else seen_version
    draft = PlanEdition.objects.filter(pk=edition.pk, version=version, state=EditionState.DRAFT)
    if not draft.update(version=F("version") + 1):
        if PlanEdition.objects.filter(pk=edition.pk, state=EditionState.DRAFT).exists():
            raise UnableToConfirmItem(
                "changed_meanwhile",
                "มีผู้แก้แผนนี้ก่อนท่าน โปรดเปิดดูใหม่",
                "Somebody changed this plan before you. Open it again.",
            )
        raise UnableToConfirmItem("not_a_draft", "แผนนี้เสนอแล้ว", "This plan is submitted.")
    edition.refresh_from_db()


def _check(edition: PlanEdition, one: Confirmation) -> None:
    if one.item.edition_id != edition.pk:
        raise UnableToConfirmItem("other_edition", "รายการนี้อยู่ในแผนอื่น", "This item stands in another plan.")
    if (one.confirms is None) == (not one.reason.strip()):
        raise UnableToConfirmItem(
            "neither",
            "ต้องเลือกรายการในแผน 5 ปี หรือบอกเหตุผลว่าเป็นนโยบายใหม่/พิเศษ อย่างใดอย่างหนึ่ง (R08)",
            "Choose an item of the five-year plan, or say which new or special policy it is; one of the two (R08).",
        )
    if one.confirms is None:
        return
    longer = one.confirms.edition
    if longer.plan_type not in LONG_PLANS:
        raise UnableToConfirmItem(
            "not_a_long_plan", "รายการที่เลือกไม่ได้อยู่ในแผน 5 ปี", "The item chosen is in no five-year plan."
        )
    if longer.state == EditionState.DRAFT:
        raise UnableToConfirmItem("still_a_draft", "แผน 5 ปีที่เลือกยังเป็นร่าง", "The five-year plan chosen is a draft.")
    if longer.body.area_id != edition.body.area_id:
        raise UnableToConfirmItem(
            "other_body", "แผน 5 ปีที่เลือกเป็นของจังหวัดอื่น", "The five-year plan is another province's."
        )
