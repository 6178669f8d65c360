"""A body submits what a step asks of it; it is returned or done, and not done before its gates are decided."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.agencies.queries import district_code_of, province_code_of
from prasan.common.errors import Refused
from prasan.cycles import access, queries
from prasan.cycles.models import GateDecision, Task
from prasan.journal import services as journal


class UnableToSubmitTask(Refused):
    """The task is not submitted."""


class UnableToReturnTask(Refused):
    """The task stays submitted."""


class UnableToFinishTask(Refused):
    """The task is not done."""


class UnableToRecordGateDecision(Refused):
    """The gate of the task is not passed."""


@transaction.atomic
def submit_task(*, task: Task, actor: User, at: dt.datetime, seen_version: int | None = None) -> Task:
    """Say that the body has done its part and sent it on.

    Where a step waits for all (R29), every task of the steps it builds on must be in, or an exception lets it go
    on (AC-10). Refused: `not_allowed`, `submitted_already`, `not_all_in`, `changed_meanwhile`.
    """
    on = localdate(at)
    _may(UnableToSubmitTask, access.can_act_on_task(actor, task=task, on=on), task)
    if task.submitted_at is not None or task.done_at is not None:
        raise UnableToSubmitTask("submitted_already", "ส่งงานนี้ไปแล้ว", "This is submitted already.")
    gathered = queries.gathered_before(task, on=on)
    if gathered is not None and gathered.missing and not queries.may_go_on(task, on=on):
        names = ", ".join(gathered.missing[:10])
        raise UnableToSubmitTask(
            "not_all_in",
            f"ส่งต่อไม่ได้ เพราะได้รับแล้ว {gathered.received}/{gathered.total} ยังขาด {names} (R29) "
            "โปรดติดตามให้ครบ หรือขอข้อยกเว้นให้ดำเนินการต่อพร้อมเหตุผล",
            f"It cannot go on: {gathered.received}/{gathered.total} are in, missing {names} (R29). "
            "Ask for them, or for a reasoned exception to go on.",
        )
    _set(
        UnableToSubmitTask, task, seen_version, submitted_at=at, submitted_by=actor, returned_at=None, return_reason=""
    )
    _journal(task, "cycles.submit_task", actor, at)
    return task


@transaction.atomic
def return_task(*, task: Task, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None) -> Task:
    """The level above sends a submitted task back, saying why.

    Refused: `not_allowed`, `no_reason`, `not_submitted`, `changed_meanwhile`.
    """
    _may(UnableToReturnTask, access.can_supervise_task(actor, task=task, on=localdate(at)), task)
    if not reason.strip():
        raise UnableToReturnTask(
            "no_reason", "ส่งคืนไม่ได้ เพราะไม่มีเหตุผล โปรดบอกสิ่งที่ต้องแก้", "It was not returned: say what to mend."
        )
    if task.submitted_at is None or task.done_at is not None:
        raise UnableToReturnTask("not_submitted", "งานนี้ยังไม่ได้ส่ง หรือเสร็จแล้ว", "This is not submitted, or done already.")
    _set(
        UnableToReturnTask,
        task,
        seen_version,
        submitted_at=None,
        submitted_by=None,
        returned_at=at,
        return_reason=reason.strip(),
    )
    _journal(task, "cycles.return_task", actor, at, reason=reason.strip())
    return task


@transaction.atomic
def finish_task(*, task: Task, actor: User, at: dt.datetime, seen_version: int | None = None) -> Task:
    """Close a submitted task: received by the level above, or by the body itself once its gates are decided.

    Refused: `not_allowed`, `not_submitted`, `gate_waits`, `done_already`, `changed_meanwhile`.
    """
    on = localdate(at)
    may = access.can_act_on_task(actor, task=task, on=on) or access.can_supervise_task(actor, task=task, on=on)
    _may(UnableToFinishTask, may, task)
    if task.done_at is not None:
        raise UnableToFinishTask("done_already", "งานนี้เสร็จแล้ว", "This is done already.")
    if task.submitted_at is None:
        raise UnableToFinishTask(
            "not_submitted", "งานนี้ยังไม่ได้ส่ง โปรดส่งก่อน", "This is not submitted yet. Submit it first."
        )
    waiting = queries.gates_waiting(task)
    if waiting:
        th = ", ".join(queries.gate_text(gate, "th") for gate in waiting)
        en = ", ".join(queries.gate_text(gate, "en") for gate in waiting)
        raise UnableToFinishTask(
            "gate_waits",
            f"ปิดงานไม่ได้ เพราะยังรอ{th} โปรดบันทึกมติของที่ประชุมก่อน",
            f"It is not done: it waits for {en}. Record the resolution first.",
        )
    _set(UnableToFinishTask, task, seen_version, done_at=at, done_by=actor)
    _journal(task, "cycles.finish_task", actor, at)
    return task


@transaction.atomic
def record_gate_decision(
    *, task: Task, body: Body, decision: str, code: str, decided_on: dt.date, actor: User, at: dt.datetime
) -> GateDecision:
    """Keep which resolution of which body decided for a task: the right body, the right kind, in the right order.

    Refused: `not_allowed`, `no_code`, `wrong_gate`, `decided_already`.
    """
    _may(UnableToRecordGateDecision, access.may_decide_for(actor, body=body, on=localdate(at)), task)
    if not code.strip():
        raise UnableToRecordGateDecision("no_code", "ไม่ได้ระบุเลขที่มติ", "The number of the resolution is not given.")
    waiting = queries.gates_waiting(task)
    gate = waiting[0] if waiting else None
    if gate is None or gate.decision != decision or not _decides(gate, body, task):
        said = queries.gate_text(gate, "th") if gate else "ไม่มีด่านที่รออยู่"
        told = queries.gate_text(gate, "en") if gate else "no gate"
        raise UnableToRecordGateDecision(
            "wrong_gate",
            f"มติ {code} ของ {body.name_th} ใช้ผ่านด่านนี้ไม่ได้ สิ่งที่รออยู่คือ {said}",
            f"Resolution {code} of {body.name_en or body.name_th} does not pass this gate; what waits is {told}.",
        )
    try:
        with transaction.atomic():
            kept = GateDecision.objects.create(
                task=task,
                body=body,
                actor=gate.actor,
                decision=decision,
                code=code.strip(),
                decided_on=decided_on,
                recorded_at=at,
            )
    except IntegrityError as error:
        raise UnableToRecordGateDecision(
            "decided_already", "มีผู้บันทึกมติของด่านนี้แล้ว", "The decision of this gate is recorded already."
        ) from error
    _journal(task, "cycles.record_gate_decision", actor, at, body=body.code, decision=decision, code=code.strip())
    return kept


def _decides(gate: rulebook.GateNeed, body: Body, task: Task) -> bool:
    """Whether a body is the one the gate names, over the place of the task."""
    if body.kind not in rulebook.load().actor(gate.actor).kinds:
        return False
    if task.body is None or body.area_id is None:
        return True
    if province_code_of(body) != province_code_of(task.body):
        return False
    district = district_code_of(body)
    return not district or district == district_code_of(task.body)


def _may(refusal: type[Refused], allowed: bool, task: Task) -> None:
    if not allowed:
        raise refusal(
            "not_allowed",
            f"ทำรายการกับงาน “{task.step.name_th}” ไม่ได้ เพราะไม่ใช่งานของหน่วยงานท่าน หรือไม่ใช่ระดับที่กำกับ",
            f"Nothing was done with “{task.step.name_en}”: it is neither your body's task nor yours to oversee.",
        )


def _set(refusal: type[Refused], task: Task, seen_version: int | None, **fields: object) -> None:
    """Compare-and-set: the second of two officers is told, nothing is overwritten."""
    version = task.version if seen_version is None else seen_version
    if not Task.objects.filter(pk=task.pk, version=version).update(version=F("version") + 1, **fields):
        raise refusal(
            "changed_meanwhile",
            "มีผู้ทำรายการกับงานนี้ก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            "Somebody acted on this before you. Open it again and repeat.",
        )
    task.refresh_from_db()


def _journal(task: Task, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    code = queries.task_code(task)
    body = task.body.code if task.body is not None else task.actor
    journal.record(at=at, actor=actor, act=act, subject=task, subject_code=code, data={"body": body, **data})
