"""What the search for conflicts finds is kept; what officers decided of it is respected."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.chunks import chunks
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration.conflict_rules import ConflictFound
from prasan.integration.models import ChangeRecommendation, Conflict, ConflictDecision, RecommendationState
from prasan.journal import services as journal
from prasan.projects.models import Project

BATCH = 500
Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class ConflictsRecorded:
    """What a run changed; `decided` stayed as officers decided, `solved` went with a change the agency made."""

    added: int
    changed: int
    unchanged: int
    decided: int
    reopened: int
    solved: int
    removed: int


class UnableToRecordConflicts(Refused):
    """No conflict was kept and none removed."""


@transaction.atomic
def record_conflicts(
    *,
    found: Sequence[ConflictFound],
    rule_version: str,
    actor: User,
    at: dt.datetime,
    among: Collection[int] | None = None,
) -> ConflictsRecorded:
    """Keep what one search found (R31); the same search again changes nothing.

    A decided conflict stays as decided, but one that was called moved waits again when the search still finds it. One
    that is no longer found and nobody decided is marked as moved where the agency followed a recommendation (R49),
    else removed; with `among` (the ids searched) only conflicts of two of these are.
    Refused: `not_allowed`, `unknown_project`.
    """
    if not access.can_record_conflicts(actor, on=localdate(at)):
        raise UnableToRecordConflicts(
            "not_allowed",
            "บันทึกงานที่ขัดกันไม่ได้ เพราะท่านไม่ได้ดูแลแผนระดับอำเภอหรือจังหวัด โปรดให้เจ้าหน้าที่อำเภอหรือจังหวัดทำ",
            "No conflict was kept: you do not plan for a district or province. Ask one who does.",
        )
    now = {(one.first, one.second, one.kind): one for one in found}
    codes = _codes_of({pk for one in found for pk in (one.first, one.second)})
    _check(now, codes)
    known = {(c.first_id, c.second_id, c.kind): c for c in _known(now, among)}
    added = [_row(one, rule_version, at) for key, one in sorted(now.items()) if key not in known]
    reopened = [_reopen(c) for key, c in sorted(known.items()) if key in now and c.decision == ConflictDecision.MOVED]
    waiting = {key: c for key, c in known.items() if c.decision == ConflictDecision.WAITING}
    changed = [c for key, c in sorted(waiting.items()) if key in now and _update(c, now[key], rule_version, at)]
    touched = changed + [c for c in reopened if c not in changed]
    gone = [c for key, c in sorted(waiting.items()) if key not in now]
    solved = _mark_solved(gone, actor, at)
    removed = [c for c in gone if c not in solved]
    written = (("find_conflict", Conflict.objects.bulk_create(added, batch_size=BATCH)),
               ("find_conflict_again", touched), ("solve_conflict", solved), ("drop_conflict", removed))  # fmt: skip
    Conflict.objects.bulk_update([*touched, *solved], _FIELDS, batch_size=BATCH)
    _journal(written, codes, actor, at)
    for ids in chunks([c.pk for c in removed]):
        Conflict.objects.filter(pk__in=ids, decision=ConflictDecision.WAITING).delete()
    return ConflictsRecorded(
        added=len(added),
        changed=len(changed),
        unchanged=len(waiting) - len(touched) - len(gone),
        decided=sum(1 for key in now if key in known and key not in waiting),
        reopened=len(reopened),
        solved=len(solved),
        removed=len(removed),
    )


_FIELDS = [
    "certainty", "reasons", "options", "rule_version", "found_at", "decision", "decision_reason", "decided_by",
    "decided_at", "version",
]  # fmt: skip


def _known(now: Collection[Key], among: Collection[int] | None) -> list[Conflict]:
    """Conflicts this search speaks of: all, or those of two projects it looked at or has named."""
    kept = Conflict.objects.select_for_update(no_key=True).order_by("pk")
    if among is None:
        return list(kept)
    seen = set(among)
    return [c for c in kept if {c.first_id, c.second_id} <= seen or (c.first_id, c.second_id, c.kind) in now]


def _row(one: ConflictFound, rule_version: str, at: dt.datetime) -> Conflict:
    return Conflict(
        first_id=one.first,
        second_id=one.second,
        kind=one.kind,
        certainty=one.certainty,
        reasons=list(one.reasons),
        options=list(one.options),
        rule_version=rule_version,
        found_at=at,
    )


def _update(conflict: Conflict, one: ConflictFound, rule_version: str, at: dt.datetime) -> bool:
    """Bring a waiting conflict up to what the search says now; whether anything changed."""
    said = (one.certainty, list(one.reasons), list(one.options), rule_version)
    if (conflict.certainty, conflict.reasons, conflict.options, conflict.rule_version) == said:
        return False
    conflict.certainty, conflict.reasons, conflict.options, conflict.rule_version = said
    conflict.found_at = at
    conflict.version += 1
    return True


def _reopen(conflict: Conflict) -> Conflict:
    """Called moved, and still in each other's way: it waits again."""
    conflict.decision, conflict.decision_reason = ConflictDecision.WAITING, ""
    conflict.decided_by = conflict.decided_at = None
    conflict.version += 1
    return conflict


def _mark_solved(gone: Sequence[Conflict], actor: User, at: dt.datetime) -> list[Conflict]:
    """Those of the gone that went because an agency did as ก.บ.จ. recommended after they were found (R49)."""
    followed: dict[int, ChangeRecommendation] = {}
    for ids in chunks(sorted({pk for c in gone for pk in (c.first_id, c.second_id)})):
        answers = ChangeRecommendation.objects.filter(project__in=ids, state=RecommendationState.ACCEPTED)
        followed |= {one.project_id: one for one in answers.select_related("resolution").order_by("replied_at", "pk")}
    solved = []
    for conflict in gone:
        answer = next((followed[pk] for pk in (conflict.first_id, conflict.second_id) if pk in followed), None)
        if answer is None or answer.replied_at is None or answer.replied_at < conflict.found_at:
            continue
        conflict.decision = ConflictDecision.MOVED
        conflict.decision_reason = f"หน่วยงานปรับตามข้อเสนอของ ก.บ.จ. (มติ {answer.resolution.number})"
        conflict.decided_by, conflict.decided_at = actor, at
        conflict.version += 1
        solved.append(conflict)
    return solved


def _journal(
    written: Sequence[tuple[str, Sequence[Conflict]]], codes: dict[int, str], actor: User, at: dt.datetime
) -> None:
    """One line for each conflict that changed."""
    changed = [conflict for _, rows in written for conflict in rows]
    codes = codes | _codes_of({pk for c in changed for pk in (c.first_id, c.second_id)} - codes.keys())
    lines = [_line(act, conflict, codes) for act, rows in written for conflict in rows]
    if lines:
        journal.record_many(at=at, actor=actor, entries=lines)


def _line(act: str, conflict: Conflict, codes: dict[int, str]) -> journal.Line:
    data = {
        "first": codes[conflict.first_id],
        "second": codes[conflict.second_id],
        "kind": conflict.kind,
        "certainty": conflict.certainty,
        "rules": conflict.rule_version,
        "reason": conflict.decision_reason,
    }
    return journal.Line(act=f"integration.{act}", subject=conflict, subject_code=codes[conflict.first_id], data=data)


def _codes_of(ids: set[int]) -> dict[int, str]:
    codes: dict[int, str] = {}
    for chunk in chunks(sorted(ids)):
        codes.update(Project.objects.filter(pk__in=chunk).values_list("pk", "code"))
    return codes


def _check(now: Iterable[Key], codes: dict[int, str]) -> None:
    for first, second, _kind in now:
        if first not in codes or second not in codes or first >= second:
            raise UnableToRecordConflicts(
                "unknown_project",
                f"บันทึกงานที่ขัดกันไม่ได้ เพราะ {first} กับ {second} ไม่ใช่โครงการสองโครงการที่ขึ้นทะเบียน โปรดค้นหาใหม่",
                f"No conflict was kept: {first} and {second} are not two registered projects. Search again.",
            )
