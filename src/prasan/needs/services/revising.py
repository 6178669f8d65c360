"""A need's particulars change when the community corrects its list; the code stays."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Model
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs import access
from prasan.needs.models import Need
from prasan.needs.services.recording import NeedDraft, UnableToRecordNeed, _row
from prasan.needs.services.recording import _check as check_draft

FIELDS = (
    "area", "forum", "fiscal_year", "ordinal", "title", "title_key", "problem", "target_group", "place_text",
    "moos", "response_kind", "amount_satang",
)  # fmt: skip


class UnableToReviseNeed(Refused):
    """The need reads as before."""


@transaction.atomic
def revise_need(
    *,
    need: Need,
    draft: NeedDraft,
    actor: User,
    at: dt.datetime,
    reason: str = "",
    seen_version: int | None = None,
) -> Need:
    """Let a need say what the draft says; nothing is written when it says so already.

    The community that asked does not change. Refused: `not_allowed`, `body_changes`, `merged`, `withdrawn`,
    `changed_meanwhile`, and what `record_need` refuses of a draft.
    """
    places = {need.area, draft.area}  # nobody moves a need to where they may not write
    if not all(access.can_record_need(actor, body=need.body, area=place, on=localdate(at)) for place in places):
        raise UnableToReviseNeed(
            "not_allowed",
            f"แก้ไข {need.code} ไม่ได้ เพราะท่านไม่ได้ดูแลชุมชนนี้ โปรดให้ กม. อปท. หรืออำเภอของพื้นที่แก้ไข",
            f"{need.code} was not revised: this community is not yours. Ask its committee, LAO or district.",
        )
    _check(need, draft)
    told = _row(draft, need.code)
    fields = {name: getattr(told, name) for name in FIELDS}
    before = {name: getattr(need, name) for name in fields}
    changed = sorted(name for name in fields if before[name] != fields[name])
    if not changed:
        return need
    version = need.version if seen_version is None else seen_version
    standing = Need.objects.filter(pk=need.pk, version=version, merged_into=None, withdrawn_at=None)
    if not standing.update(version=F("version") + 1, **{name: fields[name] for name in changed}):
        raise UnableToReviseNeed(
            "changed_meanwhile",
            f"แก้ไข {need.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{need.code} was not revised: somebody changed it before you. Open it again and repeat.",
        )
    need.refresh_from_db()
    changes = {name: {"before": _plain(before[name]), "after": _plain(fields[name])} for name in changed}
    journal.record(
        at=at,
        actor=actor,
        act="needs.revise_need",
        subject=need,
        subject_code=need.code,
        data={"changes": changes, "reason": reason, "source": draft.source},
    )
    return need


def _plain(value: object) -> object:
    """The value as JSON takes it: records by their name."""
    return str(value) if isinstance(value, Model) else value


def _check(need: Need, draft: NeedDraft) -> None:
    if draft.body.pk != need.body_id:
        raise UnableToReviseNeed(
            "body_changes",
            f"แก้ไข {need.code} ไม่ได้ เพราะเจ้าของความต้องการเปลี่ยนด้วยการแก้ไขไม่ได้ โปรดบันทึกใหม่ในนามชุมชนนั้น",
            f"{need.code} was not revised: the community that asked does not change. Record it anew for the other.",
        )
    if need.merged_into is not None:
        raise UnableToReviseNeed(
            "merged",
            f"แก้ไข {need.code} ไม่ได้ เพราะรวมกับ {need.canonical().code} แล้ว โปรดแก้รายการนั้นหรือแยกออกก่อน",
            f"{need.code} was not revised: it is merged into {need.canonical().code}. "
            "Revise that one, or take it apart first.",
        )
    if need.withdrawn_at is not None:
        raise UnableToReviseNeed(
            "withdrawn",
            f"แก้ไข {need.code} ไม่ได้ เพราะถอนแล้ว โปรดบันทึกใหม่หากยังต้องการ",
            f"{need.code} was not revised: it is withdrawn. Record it anew if it is still wanted.",
        )
    try:
        check_draft(draft, draft.ordinal or 1)
    except UnableToRecordNeed as refusal:
        raise UnableToReviseNeed(refusal.code, refusal.message_th, refusal.message_en) from None
