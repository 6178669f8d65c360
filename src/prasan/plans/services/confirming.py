"""An item of the annual plan confirms one of the five-year plan, or says which new policy it follows (R08)."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.plans import access
from prasan.plans.models import EditionState, PlanItem, PlanType
from prasan.plans.services import lines

LONG_PLANS = (PlanType.PROVINCIAL_5Y_PLAN, PlanType.PROVINCIAL_PLAN)


class UnableToConfirmItem(Refused):
    """The item confirms what it confirmed before."""


@transaction.atomic
def confirm_item(
    *, item: PlanItem, actor: User, at: dt.datetime, confirms: PlanItem | None = None, reason: str = ""
) -> PlanItem:
    """Link an item of a draft to the item of the longer plan it confirms, or give the reason why there is none.

    Refused: `not_allowed`, `not_a_draft`, `neither`, `no_request`, `still_a_draft`, `not_a_long_plan`, `other_body`.
    """
    edition = item.edition
    if not access.can_edit(actor, body=edition.body, on=localdate(at)):
        raise UnableToConfirmItem(
            "not_allowed", "ท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้", "You are no planning officer of this body."
        )
    if edition.state != EditionState.DRAFT:
        raise UnableToConfirmItem("not_a_draft", "แผนนี้เสนอแล้ว", "This plan is submitted.")
    if (confirms is None) == (not reason.strip()):
        raise UnableToConfirmItem(
            "neither",
            "ต้องเลือกรายการในแผน 5 ปี หรือบอกเหตุผลว่าเป็นนโยบายใหม่/พิเศษ อย่างใดอย่างหนึ่ง (R08)",
            "Choose an item of the five-year plan, or say which new or special policy it is; one of the two (R08).",
        )
    if edition.plan_type != PlanType.PROVINCIAL_ANNUAL_REQUEST:
        raise UnableToConfirmItem(
            "no_request",
            "ยืนยันได้เฉพาะรายการในคำของบประมาณประจำปี (R08)",
            "Only items of an annual request confirm (R08).",
        )
    if confirms is not None and confirms.edition.plan_type not in LONG_PLANS:
        raise UnableToConfirmItem(
            "not_a_long_plan", "รายการที่เลือกไม่ได้อยู่ในแผน 5 ปี", "The item chosen is in no five-year plan."
        )
    if confirms is not None and confirms.edition.state == EditionState.DRAFT:
        raise UnableToConfirmItem("still_a_draft", "แผน 5 ปีที่เลือกยังเป็นร่าง", "The five-year plan chosen is a draft.")
    if confirms is not None and confirms.edition.body.area_id != edition.body.area_id:
        raise UnableToConfirmItem(
            "other_body", "แผน 5 ปีที่เลือกเป็นของจังหวัดอื่น", "The five-year plan is another province's."
        )
    PlanItem.objects.filter(pk=item.pk).update(confirms=confirms, confirms_reason=reason.strip())
    item.refresh_from_db()
    said = {"confirms": confirms.pk if confirms is not None else None, "reason": reason.strip()}
    entries = lines.of_items(edition, "plans.confirm_item", [lines.key_of(item)], **said)
    journal.record_many(at=at, actor=actor, entries=entries)
    return item
