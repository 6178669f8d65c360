"""A named role grants a reasoned exception until a day: more time, no task, or leave to go on though not all are in."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import access, queries
from prasan.cycles.models import ExceptionKind, StepException, Task
from prasan.journal import services as journal


class UnableToGrantException(Refused):
    """Nothing was granted."""


class UnableToRevokeException(Refused):
    """The exception holds."""


@transaction.atomic
def grant_exception(
    *,
    task: Task,
    kind: str,
    reason: str,
    ends_before: dt.date,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> StepException:
    """Grant an exception of one task until a day (half-open), in the role one holds above it.

    EXTENSION moves the day it is due to `ends_before`; EXEMPTION takes the task away until then, after which it is due
    again; OVERRIDE lets it go on though not all others are in (AC-10). Refused: `not_allowed`, `unknown_kind`,
    `no_reason`, `ends_too_early`, `no_date_to_extend`, `done_already`, `changed_meanwhile`.
    """
    on = localdate(at)
    if not access.can_supervise_task(actor, task=task, on=on):
        raise UnableToGrantException(
            "not_allowed",
            "ให้ข้อยกเว้นไม่ได้ ผู้ให้ได้คือระดับที่กำกับหน่วยงานนี้: อำเภอ จังหวัด หรือประธานของจังหวัด",
            "It was not granted: the level above this body may, the district or the province, or its chair.",
        )
    _check(task, kind, reason, ends_before, on)
    changes: dict[str, object] = {}
    if kind == ExceptionKind.EXTENSION:
        changes = {"due_before": ends_before, "extended": True}
    elif kind == ExceptionKind.EXEMPTION:
        held = task.excused_until
        changes = {"excused_until": ends_before if held is None else max(held, ends_before)}
    _set(UnableToGrantException, task, seen_version, changes)
    role, body = access.supervising_role(actor, task=task, on=on)
    granted = StepException.objects.create(
        task=task,
        kind=kind,
        reason=reason.strip(),
        ends_before=ends_before,
        granted_by=actor,
        granted_role=role,
        granted_for=body,
        granted_at=at,
    )
    _journal(task, "cycles.grant_exception", actor, at, kind=kind, reason=reason.strip(), ends=ends_before.isoformat())
    return granted


@transaction.atomic
def revoke_exception(*, exception: StepException, reason: str, actor: User, at: dt.datetime) -> StepException:
    """Take an exception back; the task is due again as printed, or as the latest extension that still holds says.

    Refused: `not_allowed`, `no_reason`, `revoked_already`.
    """
    task = exception.task
    if not access.can_supervise_task(actor, task=task, on=localdate(at)):
        raise UnableToRevokeException(
            "not_allowed", "เพิกถอนไม่ได้ เพราะไม่ใช่ระดับที่กำกับหน่วยงานนี้", "It was not revoked: only the level above may."
        )
    if not reason.strip():
        raise UnableToRevokeException("no_reason", "ไม่ได้บอกเหตุผลที่เพิกถอน", "No reason for the revocation was given.")
    held = StepException.objects.filter(pk=exception.pk, revoked_at=None)
    if not held.update(revoked_at=at, revoked_by=actor):
        raise UnableToRevokeException("revoked_already", "เพิกถอนไปแล้ว", "It is revoked already.")
    left = StepException.objects.filter(task=task, revoked_at=None)
    extension = left.filter(kind=ExceptionKind.EXTENSION).order_by("-granted_at", "-pk").first()
    changes: dict[str, object] = {
        "due_before": extension.ends_before if extension is not None else task.step.ends_before,
        "extended": extension is not None,
        "excused_until": left.filter(kind=ExceptionKind.EXEMPTION).aggregate(last=Max("ends_before"))["last"],
    }
    _set(UnableToRevokeException, task, None, changes)
    exception.refresh_from_db()
    _journal(task, "cycles.revoke_exception", actor, at, kind=exception.kind, reason=reason.strip())
    return exception


def _check(task: Task, kind: str, reason: str, ends_before: dt.date, on: dt.date) -> None:
    if kind not in ExceptionKind.values:
        raise UnableToGrantException("unknown_kind", "ไม่รู้จักข้อยกเว้นชนิดนี้", "There is no such kind of exception.")
    if not reason.strip():
        raise UnableToGrantException("no_reason", "ให้ข้อยกเว้นไม่ได้ เพราะไม่มีเหตุผล", "It was not granted: no reason given.")
    if task.done_at is not None:
        raise UnableToGrantException(
            "done_already", "งานนี้เสร็จแล้ว ไม่ต้องมีข้อยกเว้น", "This is done and needs no exception."
        )
    if kind == ExceptionKind.EXTENSION and task.due_before is None:
        raise UnableToGrantException(
            "no_date_to_extend", "งานนี้ไม่มีวันกำหนดให้ขยาย", "This has no printed day that could be extended."
        )
    late = task.due_before if kind == ExceptionKind.EXTENSION and task.due_before is not None else on
    if ends_before <= max(late, on):
        raise UnableToGrantException(
            "ends_too_early",
            "วันสิ้นสุดข้อยกเว้นต้องหลังวันนี้ และหลังกำหนดเดิม",
            "The exception must end after today and after the day that holds now.",
        )


def _set(refusal: type[Refused], task: Task, seen_version: int | None, changes: dict[str, object]) -> None:
    version = task.version if seen_version is None else seen_version
    if not Task.objects.filter(pk=task.pk, version=version).update(version=F("version") + 1, **changes):
        raise refusal(
            "changed_meanwhile",
            "มีผู้ทำรายการกับงานนี้ก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            "Somebody acted on this before you. Open it again and repeat.",
        )
    task.refresh_from_db()


def _journal(task: Task, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    journal.record(at=at, actor=actor, act=act, subject=task, subject_code=queries.task_code(task), data=data)
