"""What the community does itself, does jointly, or asks support for (R33)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs import access
from prasan.needs.models import Need, ResponseKind


class UnableToClassifyNeed(Refused):
    """The need keeps the class it had."""


@transaction.atomic
def classify_need(
    *, need: Need, response_kind: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Need:
    """Say whether the community answers a need itself, jointly, or asks support (R33).

    `seen_version` is the version the officer looked at (default: of the need passed).
    Refused: `not_allowed`, `unknown_response_kind`, `merged`, `withdrawn`, `changed_meanwhile`.
    """
    if not access.can_classify_need(actor, need=need, on=localdate(at)):
        raise UnableToClassifyNeed(
            "not_allowed",
            f"จำแนก {need.code} ไม่ได้ เพราะท่านไม่ได้ดูแลชุมชนนี้ โปรดให้ กม. อปท. หรืออำเภอของพื้นที่จำแนก",
            f"{need.code} was not classified: this community is not yours. Ask its committee, LAO or district.",
        )
    if response_kind not in ResponseKind.values:
        raise UnableToClassifyNeed(
            "unknown_response_kind",
            f"จำแนก {need.code} ไม่ได้ เพราะไม่รู้จักประเภท {response_kind} (R33) โปรดเลือก ทำเอง ร่วมทำ หรือขอรับการสนับสนุน",
            f"{need.code} was not classified: kind {response_kind} is unknown (R33). "
            "Choose self-help, joint or asks support.",
        )
    _refuse_unless_standing(need)
    version = need.version if seen_version is None else seen_version
    before = need.response_kind
    changed = Need.objects.filter(pk=need.pk, version=version, merged_into=None, withdrawn_at=None).update(
        response_kind=response_kind, version=F("version") + 1
    )
    if not changed:
        raise UnableToClassifyNeed(
            "changed_meanwhile",
            f"จำแนก {need.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{need.code} was not classified: somebody changed it before you. Open it again and repeat.",
        )
    need.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="needs.classify_need",
        subject=need,
        subject_code=need.code,
        data={"before": before, "after": response_kind},
    )
    return need


def _refuse_unless_standing(need: Need) -> None:
    if need.merged_into is not None:
        raise UnableToClassifyNeed(
            "merged",
            f"จำแนก {need.code} ไม่ได้ เพราะรวมกับ {need.canonical().code} แล้ว โปรดจำแนกรายการนั้น",
            f"{need.code} was not classified: it is merged into {need.canonical().code}. Classify that one.",
        )
    if need.withdrawn_at is not None:
        raise UnableToClassifyNeed(
            "withdrawn",
            f"จำแนก {need.code} ไม่ได้ เพราะถอนแล้ว โปรดบันทึกความต้องการใหม่หากยังต้องการ",
            f"{need.code} was not classified: it is withdrawn. Record it anew if it is still wanted.",
        )
