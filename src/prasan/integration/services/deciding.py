"""An officer decides what a pair is; the decision can be taken back."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access, rules
from prasan.integration.models import Pair, PairDecision
from prasan.integration.sameness import same_as
from prasan.integration.services.refreshing import keep_in_step
from prasan.journal import services as journal
from prasan.projects import services as projects
from prasan.projects.models import Project


class UnableToDecidePair(Refused):
    """The pair waits as before."""


class UnableToUndoPairDecision(Refused):
    """The decision stands."""


@transaction.atomic
def decide_pair(
    *,
    pair: Pair,
    decision: str,
    reason: str,
    actor: User,
    at: dt.datetime,
    kept: Project | None = None,
    seen_version: int | None = None,
) -> Pair:
    """Say what a pair is (R31). SAME lets the `kept` project stand for the other; the rest keep both.

    Two that other decisions made one already are merged no second time. Refused: `not_allowed`,
    `unknown_decision`, `no_reason`, `no_kept_project`, `decided_already`, `changed_meanwhile`, and what
    `projects.merge_project` refuses.
    """
    if problem := problem_of(pair=pair, decision=decision, reason=reason, kept=kept, actor=actor, on=localdate(at)):
        raise UnableToDecidePair(*problem)
    version = pair.version if seen_version is None else seen_version
    waiting = Pair.objects.filter(pk=pair.pk, version=version, decision=PairDecision.WAITING)
    if not waiting.update(
        decision=decision,
        decision_reason=reason,
        kept=kept if decision == PairDecision.SAME else None,
        decided_by=actor,
        decided_at=at,
        is_open=False,
        version=F("version") + 1,
    ):
        raise UnableToDecidePair(
            "changed_meanwhile",
            f"พิจารณาคู่ {_codes(pair)} ไม่ได้ เพราะมีผู้พิจารณาก่อนท่าน โปรดเปิดดูใหม่",
            f"Pair {_codes(pair)} was not decided: somebody decided it before you. Open it again.",
        )
    if decision == PairDecision.SAME and kept is not None:
        _merge(_other(pair, kept), kept, reason, actor, at)
        keep_in_step({pair.first_id, pair.second_id})
    pair.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="integration.decide_pair",
        subject=pair,
        subject_code=pair.first.code,
        data={
            "first": pair.first.code,
            "second": pair.second.code,
            "decision": decision,
            "kept": kept.code if kept is not None and decision == PairDecision.SAME else "",
            "reason": reason,
        },
    )
    return pair


@transaction.atomic
def undo_pair_decision(
    *, pair: Pair, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Pair:
    """Take a decision back: the pair waits again, and a merged project stands for itself again.

    Two that other SAME decisions still make one stay one until these are taken back too. Refused: `not_allowed`,
    `no_reason`, `not_decided`, `changed_meanwhile`.
    """
    if not access.can_decide_pair(actor, pair=pair, on=localdate(at)):
        raise UnableToUndoPairDecision(
            "not_allowed",
            f"ยกเลิกผลของคู่ {_codes(pair)} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ (R31) โปรดให้อำเภอหรือจังหวัดทำ",
            f"The decision on {_codes(pair)} was not undone: you do not act for both projects (R31). "
            "Ask the district or province over both.",
        )
    if not reason.strip():
        raise UnableToUndoPairDecision(
            "no_reason",
            f"ยกเลิกผลของคู่ {_codes(pair)} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"The decision on {_codes(pair)} was not undone: no reason given. Say why.",
        )
    if pair.decision == PairDecision.WAITING:
        raise UnableToUndoPairDecision(
            "not_decided",
            f"คู่ {_codes(pair)} ยังไม่มีผลพิจารณาให้ยกเลิก",
            f"Pair {_codes(pair)} has no decision to undo.",
        )
    before, kept = pair.decision, pair.kept
    version = pair.version if seen_version is None else seen_version
    decided = Pair.objects.filter(pk=pair.pk, version=version, decision=before)
    if not decided.update(
        decision=PairDecision.WAITING,
        decision_reason="",
        kept=None,
        decided_by=None,
        decided_at=None,
        version=F("version") + 1,
    ):
        raise UnableToUndoPairDecision(
            "changed_meanwhile",
            f"ยกเลิกผลของคู่ {_codes(pair)} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่",
            f"The decision on {_codes(pair)} was not undone: somebody changed it before you. Open it again.",
        )
    if kept is not None:
        _part(_other(pair, kept), kept, reason, actor, at)
    keep_in_step({pair.first_id, pair.second_id})
    pair.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="integration.undo_pair_decision",
        subject=pair,
        subject_code=pair.first.code,
        data={"first": pair.first.code, "second": pair.second.code, "before": before, "reason": reason},
    )
    return pair


def problem_of(
    *, pair: Pair, decision: str, reason: str, kept: Project | None, actor: User, on: dt.date
) -> tuple[str, str, str] | None:
    """Why somebody may not decide a pair so on a day: code, Thai, English; None when they may.

    What a preview tells is what the act checks.
    """
    if not access.can_decide_pair(actor, pair=pair, on=on):
        return (
            "not_allowed",
            f"พิจารณาคู่ {_codes(pair)} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ (R31) โปรดให้อำเภอหรือจังหวัดที่ดูแลทั้งสองแห่งพิจารณา",
            f"Pair {_codes(pair)} was not decided: you do not act for both projects (R31). "
            "Ask the district or province over both.",
        )
    return _problem_of_answer(pair, decision, reason, kept)


def _codes(pair: Pair) -> str:
    return f"{pair.first.code} / {pair.second.code}"


def _other(pair: Pair, kept: Project) -> Project:
    return pair.second if kept.pk == pair.first_id else pair.first


def _merge(project: Project, kept: Project, reason: str, actor: User, at: dt.datetime) -> None:
    fresh, into = Project.objects.get(pk=project.pk), Project.objects.get(pk=kept.pk)
    if fresh.canonical() == into.canonical():  # other decisions of the same family did it
        return
    try:
        projects.merge_project(project=fresh, into=into, reason=reason, actor=actor, at=at)
    except projects.UnableToMergeProject as refusal:
        raise UnableToDecidePair(refusal.code, refusal.message_th, refusal.message_en) from refusal


def _part(other: Project, kept: Project, reason: str, actor: User, at: dt.datetime) -> None:
    """Take apart what only this decision held together; each side stays one as its own decisions say."""
    one, rest = same_as(other.pk), same_as(kept.pk)
    if one == rest:
        return
    across = Project.objects.filter(Q(pk__in=one, merged_into__in=rest) | Q(pk__in=rest, merged_into__in=one))
    held = list(across.order_by("pk"))
    try:
        for project in held:
            projects.unmerge_project(project=project, reason=reason, actor=actor, at=at)
        for project in held:
            _gather(project.pk, other if project.pk in one else kept, reason, actor, at)
    except (projects.UnableToUnmergeProject, projects.UnableToMergeProject) as refusal:
        raise UnableToUndoPairDecision(refusal.code, refusal.message_th, refusal.message_en) from refusal
    keep_in_step(one | rest)


def _gather(project: int, head: Project, reason: str, actor: User, at: dt.datetime) -> None:
    """Whoever stood through the other side stands through the head of its own from now on."""
    loose, into = Project.objects.get(pk=project), Project.objects.get(pk=head.pk)
    if loose != into.canonical():
        projects.merge_project(project=loose, into=into, reason=reason, actor=actor, at=at)


def _problem_of_answer(pair: Pair, decision: str, reason: str, kept: Project | None) -> tuple[str, str, str] | None:
    if decision not in rules.PAIR_ANSWERS:
        return (
            "unknown_decision",
            f"พิจารณาคู่ {_codes(pair)} ไม่ได้ เพราะไม่รู้จักผล {decision} โปรดเลือก เดียวกัน ทับซ้อน ต่อเนื่อง หรือต่างกัน",
            f"Pair {_codes(pair)} was not decided: {decision} is no answer. "
            "Choose same, overlap, continuation or different.",
        )
    if not reason.strip():
        return (
            "no_reason",
            f"พิจารณาคู่ {_codes(pair)} ไม่ได้ เพราะไม่มีเหตุผล (R31) โปรดระบุเหตุผล",
            f"Pair {_codes(pair)} was not decided: no reason given (R31). Say why.",
        )
    if pair.decision != PairDecision.WAITING:
        return (
            "decided_already",
            f"พิจารณาคู่ {_codes(pair)} ไม่ได้ เพราะพิจารณาแล้ว โปรดยกเลิกผลเดิมก่อน",
            f"Pair {_codes(pair)} was not decided: it is decided already. Undo that decision first.",
        )
    if decision == PairDecision.SAME and (kept is None or kept.pk not in (pair.first_id, pair.second_id)):
        return (
            "no_kept_project",
            f"รวมคู่ {_codes(pair)} ไม่ได้ เพราะไม่ได้เลือกว่าจะคงโครงการใดไว้ โปรดเลือกหนึ่งในสองโครงการ",
            f"Pair {_codes(pair)} was not merged: no project was chosen to stand for both. Choose one of the two.",
        )
    return None
