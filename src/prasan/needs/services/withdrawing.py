"""A community takes its request back; the record stays."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs import access
from prasan.needs.models import Need


class UnableToWithdrawNeed(Refused):
    """The need still stands."""


@transaction.atomic
def withdraw_need(*, need: Need, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None) -> Need:
    """Take a request back, saying why. Only the community that asked may (R52).

    Refused: `not_allowed`, `no_reason`, `withdrawn`, `stands_for_others`, `changed_meanwhile`.
    """
    if not access.can_withdraw_need(actor, body=need.body, on=localdate(at)):
        raise UnableToWithdrawNeed(
            "not_allowed",
            f"ถอน {need.code} ไม่ได้ เพราะผู้ถอนได้คือชุมชนที่ขอ ({need.body.name_th}) โปรดให้ กม. ถอนเอง",
            f"{need.code} was not withdrawn: only the community that asked may ({need.body.name_th}).",
        )
    if not reason.strip():
        raise UnableToWithdrawNeed(
            "no_reason",
            f"ถอน {need.code} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"{need.code} was not withdrawn: no reason given. Say why.",
        )
    if need.withdrawn_at is not None:
        raise UnableToWithdrawNeed("withdrawn", f"{need.code} ถอนไปแล้ว ไม่ต้องทำซ้ำ", f"{need.code} is withdrawn already.")
    if Need.objects.filter(merged_into=need).exists():
        raise UnableToWithdrawNeed(
            "stands_for_others",
            f"ถอน {need.code} ไม่ได้ เพราะมีความต้องการของผู้อื่นรวมอยู่ โปรดแยกรายการเหล่านั้นออกก่อน",
            f"{need.code} was not withdrawn: other needs are merged into it. Take them apart first.",
        )
    version = need.version if seen_version is None else seen_version
    changed = Need.objects.filter(pk=need.pk, version=version, withdrawn_at=None).update(
        withdrawn_at=at, version=F("version") + 1
    )
    if not changed:
        raise UnableToWithdrawNeed(
            "changed_meanwhile",
            f"ถอน {need.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{need.code} was not withdrawn: somebody changed it before you. Open it again and repeat.",
        )
    need.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="needs.withdraw_need",
        subject=need,
        subject_code=need.code,
        data={"reason": reason},
    )
    return need
