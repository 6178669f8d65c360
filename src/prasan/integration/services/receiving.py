"""The receiving body answers a hand-over: it takes the project, or sends it back saying why."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration.models import Handover, HandoverState
from prasan.journal import services as journal


class UnableToAcceptHandover(Refused):
    """The hand-over waits as before, or was answered by somebody else."""


class UnableToReturnHandover(Refused):
    """The hand-over waits as before, or was answered by somebody else."""


@transaction.atomic
def accept_handover(*, handover: Handover, actor: User, at: dt.datetime, reason: str = "") -> Handover:
    """Take a project that was handed over: from now on this body holds it (R37).

    Refused: `not_allowed`, `not_standing` (merged or withdrawn meanwhile), `answered_already`.
    """
    project, receiver = handover.project, handover.to_body
    if not access.can_answer_handover(actor, handover=handover, on=localdate(at)):
        raise UnableToAcceptHandover(
            "not_allowed",
            f"รับ {project.code} ไม่ได้ เพราะผู้ตอบได้คือ {receiver.name_th} (R37) โปรดให้หน่วยงานนั้นรับ",
            f"{project.code} was not accepted: only {receiver.name_en or receiver.name_th} may answer (R37).",
        )
    if project.merged_into_id is not None or project.withdrawn_at is not None:
        raise UnableToAcceptHandover(
            "not_standing",
            f"รับ {project.code} ไม่ได้ เพราะรวมกับโครงการอื่นหรือถอนแล้ว โปรดส่งคืน",
            f"{project.code} was not accepted: it has been merged or withdrawn. Return it.",
        )
    if not _answer(handover, HandoverState.ACCEPTED, reason, actor, at):
        raise UnableToAcceptHandover(
            "answered_already",
            f"รับ {project.code} ไม่ได้ เพราะมีผู้ตอบก่อนท่าน โปรดเปิดดูใหม่",
            f"{project.code} was not accepted: somebody answered before you. Open it again.",
        )
    _journal(handover, "integration.accept_handover", actor, at)
    return handover


@transaction.atomic
def return_handover(*, handover: Handover, reason: str, actor: User, at: dt.datetime) -> Handover:
    """Send a project back to who handed it over, saying why; the sender holds it still.

    Refused: `not_allowed`, `no_reason`, `answered_already`.
    """
    project, receiver = handover.project, handover.to_body
    if not access.can_answer_handover(actor, handover=handover, on=localdate(at)):
        raise UnableToReturnHandover(
            "not_allowed",
            f"ส่งคืน {project.code} ไม่ได้ เพราะผู้ตอบได้คือ {receiver.name_th} (R37) โปรดให้หน่วยงานนั้นตอบ",
            f"{project.code} was not returned: only {receiver.name_en or receiver.name_th} may answer (R37).",
        )
    if not reason.strip():
        raise UnableToReturnHandover(
            "no_reason",
            f"ส่งคืน {project.code} ไม่ได้ เพราะไม่มีเหตุผล (R37) โปรดระบุเหตุผล",
            f"{project.code} was not returned: no reason given (R37). Say why.",
        )
    if not _answer(handover, HandoverState.RETURNED, reason, actor, at):
        raise UnableToReturnHandover(
            "answered_already",
            f"ส่งคืน {project.code} ไม่ได้ เพราะมีผู้ตอบก่อนท่าน โปรดเปิดดูใหม่",
            f"{project.code} was not returned: somebody answered before you. Open it again.",
        )
    _journal(handover, "integration.return_handover", actor, at)
    return handover


def _answer(handover: Handover, state: HandoverState, reason: str, actor: User, at: dt.datetime) -> bool:
    """Compare-and-set: only a hand-over that still waits is answered."""
    waiting = Handover.objects.filter(pk=handover.pk, state=HandoverState.SENT)
    done = waiting.update(state=state, answer_reason=reason.strip(), answered_by=actor, answered_at=at)
    handover.refresh_from_db()
    return bool(done)


def _journal(handover: Handover, act: str, actor: User, at: dt.datetime) -> None:
    journal.record(
        at=at,
        actor=actor,
        act=act,
        subject=handover.project,
        subject_code=handover.project.code,
        data={
            "hop": handover.hop,
            "from": handover.from_body.name_th,
            "body": handover.to_body.name_th,
            "state": handover.state,
            "reason": handover.answer_reason,
        },
    )
