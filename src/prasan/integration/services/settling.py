"""An officer decides what becomes of a conflict; the decision can be taken back."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access, rules
from prasan.integration.conflict_reading import find_conflicts
from prasan.integration.models import Conflict, ConflictDecision
from prasan.journal import services as journal


class UnableToDecideConflict(Refused):
    """The conflict waits as before."""


class UnableToUndoConflictDecision(Refused):
    """The decision stands."""


@transaction.atomic
def decide_conflict(
    *,
    conflict: Conflict,
    decision: str,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> Conflict:
    """Say what becomes of two works in each other's way (R31): moved, done together, both kept, or no conflict.

    The projects stay as they are: who owns them moves them. Refused: `not_allowed`, `unknown_decision`,
    `no_reason`, `decided_already`, `still_found` (called moved, but the two still conflict), `changed_meanwhile`.
    """
    if not access.can_decide_conflict(actor, conflict=conflict, on=localdate(at)):
        raise UnableToDecideConflict(
            "not_allowed",
            f"พิจารณา {_codes(conflict)} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ (R31) โปรดให้อำเภอหรือจังหวัดที่ดูแลทั้งสองแห่งพิจารณา",
            f"{_codes(conflict)} was not decided: you do not act for both projects (R31). "
            "Ask the district or province over both.",
        )
    _check(conflict, decision, reason)
    version = conflict.version if seen_version is None else seen_version
    waiting = Conflict.objects.filter(pk=conflict.pk, version=version, decision=ConflictDecision.WAITING)
    if not waiting.update(
        decision=decision,
        decision_reason=reason.strip(),
        decided_by=actor,
        decided_at=at,
        version=F("version") + 1,
    ):
        raise UnableToDecideConflict(
            "changed_meanwhile",
            f"พิจารณา {_codes(conflict)} ไม่ได้ เพราะมีผู้พิจารณาหรือระบบตรวจใหม่ก่อนท่าน โปรดเปิดดูใหม่",
            f"{_codes(conflict)} was not decided: it was decided or searched anew before you. Open it again.",
        )
    conflict.refresh_from_db()
    _journal(conflict, "integration.decide_conflict", actor, at, decision=decision, reason=reason.strip())
    return conflict


@transaction.atomic
def undo_conflict_decision(
    *, conflict: Conflict, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Conflict:
    """Take a decision back: the conflict waits again.

    Refused: `not_allowed`, `no_reason`, `not_decided`, `changed_meanwhile`.
    """
    if not access.can_decide_conflict(actor, conflict=conflict, on=localdate(at)):
        raise UnableToUndoConflictDecision(
            "not_allowed",
            f"ยกเลิกผลของ {_codes(conflict)} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ (R31) โปรดให้อำเภอหรือจังหวัดทำ",
            f"The decision on {_codes(conflict)} was not undone: you do not act for both projects (R31). "
            "Ask the district or province over both.",
        )
    if not reason.strip():
        raise UnableToUndoConflictDecision(
            "no_reason",
            f"ยกเลิกผลของ {_codes(conflict)} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"The decision on {_codes(conflict)} was not undone: no reason given. Say why.",
        )
    if conflict.decision == ConflictDecision.WAITING:
        raise UnableToUndoConflictDecision(
            "not_decided",
            f"{_codes(conflict)} ยังไม่มีผลพิจารณาให้ยกเลิก",
            f"{_codes(conflict)} has no decision to undo.",
        )
    before = conflict.decision
    version = conflict.version if seen_version is None else seen_version
    decided = Conflict.objects.filter(pk=conflict.pk, version=version, decision=before)
    if not decided.update(
        decision=ConflictDecision.WAITING,
        decision_reason="",
        decided_by=None,
        decided_at=None,
        version=F("version") + 1,
    ):
        raise UnableToUndoConflictDecision(
            "changed_meanwhile",
            f"ยกเลิกผลของ {_codes(conflict)} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่",
            f"The decision on {_codes(conflict)} was not undone: somebody changed it before you. Open it again.",
        )
    conflict.refresh_from_db()
    _journal(conflict, "integration.undo_conflict_decision", actor, at, before=before, reason=reason.strip())
    return conflict


def _codes(conflict: Conflict) -> str:
    return f"{conflict.first.code} / {conflict.second.code}"


def _check(conflict: Conflict, decision: str, reason: str) -> None:
    if decision not in rules.CONFLICT_ANSWERS:
        raise UnableToDecideConflict(
            "unknown_decision",
            f"พิจารณา {_codes(conflict)} ไม่ได้ เพราะไม่รู้จักผล {decision} โปรดเลือกจากรายการ",
            f"{_codes(conflict)} was not decided: {decision} is no answer. Choose one of the list.",
        )
    if not reason.strip():
        raise UnableToDecideConflict(
            "no_reason",
            f"พิจารณา {_codes(conflict)} ไม่ได้ เพราะไม่มีเหตุผล (R31) โปรดระบุเหตุผล",
            f"{_codes(conflict)} was not decided: no reason given (R31). Say why.",
        )
    if conflict.decision != ConflictDecision.WAITING:
        raise UnableToDecideConflict(
            "decided_already",
            f"พิจารณา {_codes(conflict)} ไม่ได้ เพราะพิจารณาแล้ว โปรดยกเลิกผลเดิมก่อน",
            f"{_codes(conflict)} was not decided: it is decided already. Undo that decision first.",
        )
    if decision == ConflictDecision.MOVED and _still_found(conflict):
        raise UnableToDecideConflict(
            "still_found",
            f"บันทึกว่าปรับแล้วไม่ได้ เพราะ {_codes(conflict)} ยังขัดกันตามวันและพื้นที่ปัจจุบัน โปรดปรับโครงการก่อน",
            f"{_codes(conflict)} was not called moved: by their present days and places they still conflict. "
            "Change a project first.",
        )


def _still_found(conflict: Conflict) -> bool:
    found = find_conflicts(among=(conflict.first_id, conflict.second_id)).found
    return any(one.kind == conflict.kind for one in found)


def _journal(conflict: Conflict, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    journal.record(
        at=at,
        actor=actor,
        act=act,
        subject=conflict,
        subject_code=conflict.first.code,
        data={"first": conflict.first.code, "second": conflict.second.code, "kind": conflict.kind, **data},
    )
