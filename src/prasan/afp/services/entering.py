"""What every act of a round begins and ends with: who may, whether it is open, the version seen, the journal."""

import datetime as dt

from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.afp import access
from prasan.afp.models import AfpRound, RoundState
from prasan.common.errors import Refused
from prasan.journal import services as journal


def enter(
    refusal: type[Refused],
    round: AfpRound,
    *,
    actor: User,
    at: dt.datetime,
    seen_version: int | None,
    state: str = RoundState.OPEN,
) -> None:
    """Let an officer of the round's body in, and take the round's version: the second of two writers is told."""
    if not access.can_work_on(actor, round=round, on=localdate(at)):
        raise refusal(
            "not_allowed",
            f"ทำไม่ได้ เพราะผู้ทำได้คือเจ้าหน้าที่แผนของ{round.body.name_th}หรือฝ่ายเลขานุการ",
            f"Nothing was done: the planning officers of {round.body.name_th} or its secretariat do this.",
        )
    if round.state != state:
        if round.state == RoundState.OPEN:
            raise refusal("not_endorsed", "รอบนี้ยังไม่ได้รับความเห็นชอบ", "This round is not endorsed yet.")
        raise refusal(
            "endorsed_already",
            "รอบนี้ได้รับความเห็นชอบแล้ว แก้ไขไม่ได้ เปิดรอบของปีถัดไปแทน",
            "This round is endorsed and cannot be changed. Open the round of the next year instead.",
        )
    version = round.version if seen_version is None else seen_version
    taken = AfpRound.objects.filter(pk=round.pk, version=version, state=state).update(version=F("version") + 1)
    if not taken:
        raise refusal(
            "changed_meanwhile",
            "มีผู้แก้ไขรอบนี้ก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            "Somebody changed this round before you. Open it again and repeat.",
        )
    round.refresh_from_db(fields=["version", "state"])


def write(round: AfpRound, act: str, *, actor: User, at: dt.datetime, **data: object) -> None:
    """One line in the journal about a round."""
    journal.record(at=at, actor=actor, act=f"afp.{act}", subject=round, subject_code=round.code, data=data)


def needs_reason(refusal: type[Refused], reason: str) -> str:
    """The reason without blanks around it; refused where there is none."""
    if not reason.strip():
        raise refusal("no_reason", "ทำไม่ได้ เพราะไม่มีเหตุผล", "Nothing was done: no reason given.")
    return reason.strip()
