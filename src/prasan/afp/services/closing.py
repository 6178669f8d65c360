"""Steps 8 and 9: how problems end, what is expected, the committee's endorsement, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F

from prasan.accounts.models import User
from prasan.afp import access
from prasan.afp.models import AfpProblem, AfpRound, IntegrationGroup, ProblemOutcome, RoundState
from prasan.afp.queries import SOLVED, counts_of, expected_of, undecided_duplicates
from prasan.afp.rules import progress, results
from prasan.afp.services.entering import enter, needs_reason, write
from prasan.common.errors import Refused
from prasan.meetings.models import DecisionKind, Outcome, Resolution

DECIDES = (DecisionKind.ENDORSE, DecisionKind.APPROVE)


@dataclass(frozen=True, slots=True)
class Result:
    """A result in three figures; None where it was not counted."""

    people: int | None
    saved_satang: int | None
    saved_days: int | None


class UnableToSetOutcome(Refused):
    """The problems end as before."""


class UnableToExpectResult(Refused):
    """The expected result is as it was."""


class UnableToEndorseRound(Refused):
    """The round is open as before."""


class UnableToRecordActual(Refused):
    """The actual result is as it was."""


@transaction.atomic
def set_outcomes(
    *,
    round: AfpRound,
    outcomes: Mapping[AfpProblem, str],
    actor: User,
    at: dt.datetime,
    reason: str = "",
    reasons: Mapping[AfpProblem, str] | None = None,
    seen_version: int | None = None,
) -> list[AfpProblem]:
    """Say how problems end: covered, gap, self-help or deferred; each in exactly one.

    `reasons` are those of single problems, `reason` is that of the rest.

    Refused: `not_allowed`, `endorsed_already`, `nothing_said`, `unknown_outcome`, `no_project` (covered by nothing),
    `has_project` (a gap that has one), `no_reason` (deferred), `not_of_this_round`, `changed_meanwhile`.
    """
    if not outcomes:
        raise UnableToSetOutcome("nothing_said", "ไม่มีปัญหาให้สรุปผล", "There is no problem to conclude.")
    enter(UnableToSetOutcome, round, actor=actor, at=at, seen_version=seen_version)
    counted = dict(
        AfpProblem.objects.filter(round=round, pk__in=[one.pk for one in outcomes])
        .annotate(accepted=Count("candidates", filter=SOLVED))
        .values_list("pk", "accepted")
    )
    why = dict.fromkeys(outcomes, reason) | dict(reasons or {})
    for problem, outcome in outcomes.items():
        _check_outcome(problem, outcome, counted, why[problem])
        AfpProblem.objects.filter(pk=problem.pk).update(
            outcome=outcome, outcome_reason=why[problem].strip(), outcome_by=actor, outcome_at=at
        )
    said = [[problem.pk, problem.title, outcome, why[problem].strip()] for problem, outcome in outcomes.items()]
    write(round, "set_outcomes", actor=actor, at=at, problems=said, reason=reason.strip())
    return list(AfpProblem.objects.filter(pk__in=[one.pk for one in outcomes]).order_by("pk"))


def _check_outcome(problem: AfpProblem, outcome: str, counted: Mapping[int, int], reason: str) -> None:
    if problem.pk not in counted:
        raise UnableToSetOutcome("not_of_this_round", "มีปัญหาที่ไม่อยู่ในรอบนี้", "A problem is not of this round.")
    if outcome not in ("COVERED", "GAP", "SELF_HELP", "DEFERRED"):
        raise UnableToSetOutcome("unknown_outcome", "ไม่รู้จักผลนี้", "There is no such outcome.")
    if found := progress.outcome_problem(outcome, accepted=counted[problem.pk], reason=reason):
        code, th, en = found
        raise UnableToSetOutcome(
            code, f"สรุปผลของ “{problem.title}” ไม่ได้ เพราะ{th}", f"“{problem.title}” was not concluded: {en}."
        )


@transaction.atomic
def expect_result(
    *,
    round: AfpRound,
    group: IntegrationGroup,
    result: Result,
    actor: User,
    at: dt.datetime,
    note: str = "",
    seen_version: int | None = None,
) -> IntegrationGroup:
    """Say what integration is expected to give; what the formula gave is kept beside it, and a difference explained.

    Refused: `not_allowed`, `endorsed_already`, `not_planned`, `negative_result`, `no_reason`, `changed_meanwhile`.
    """
    if group.planned_at is None or group.round_id != round.pk:
        raise UnableToExpectResult("not_planned", "ยังไม่มีแผนบูรณาการของกลุ่มนี้", "The group has no plan yet.")
    _not_negative(UnableToExpectResult, result)
    enter(UnableToExpectResult, round, actor=actor, at=at, seen_version=seen_version)
    by_formula = expected_of(round, group)
    basis = {
        "rule": results.RESULT_RULE,
        "people": by_formula.people,
        "saved_satang": by_formula.saved_satang,
        "saved_days": by_formula.saved_days,
    }
    if (result.people, result.saved_satang, result.saved_days) != (
        by_formula.people, by_formula.saved_satang, by_formula.saved_days,
    ):  # fmt: skip
        note = needs_reason(UnableToExpectResult, note)
    IntegrationGroup.objects.filter(pk=group.pk).update(
        expected_people=result.people,
        expected_satang=result.saved_satang,
        expected_days=result.saved_days,
        expected_basis=basis,
        expected_note=note.strip(),
        expected_by=actor,
        expected_at=at,
        version=F("version") + 1,
    )
    group.refresh_from_db()
    write(
        round, "expect_result", actor=actor, at=at, group=group.pk, people=result.people,
        saved_satang=result.saved_satang, saved_days=result.saved_days, basis=basis, note=note.strip(),
    )  # fmt: skip
    return group


@transaction.atomic
def endorse_round(
    *, round: AfpRound, resolution: Resolution, actor: User, at: dt.datetime, seen_version: int | None = None
) -> AfpRound:
    """The committee endorses the plans of all groups with their expected results; the round is closed to changes.

    Refused: `not_allowed`, `endorsed_already`, `not_resolved` (no adopted resolution to endorse or approve of a
    committee of this area), `steps_open`, `problem_without_outcome`, `covered_by_nothing` (its projects were
    withdrawn), `undecided_duplicate` (R31), `changed_meanwhile`.
    """
    if (
        resolution.outcome != Outcome.ADOPTED
        or resolution.decision_kind not in DECIDES
        or not access.decides_for(resolution, round)
    ):
        raise UnableToEndorseRound(
            "not_resolved",
            "ต้องอ้างมติที่เห็นชอบหรืออนุมัติของคณะกรรมการในพื้นที่นี้",
            "Cite a resolution of this area's committee that endorses or approves.",
        )
    enter(UnableToEndorseRound, round, actor=actor, at=at, seen_version=seen_version)
    _check_ready(round)
    AfpRound.objects.filter(pk=round.pk).update(
        state=RoundState.ENDORSED, resolution=resolution, endorsed_by=actor, endorsed_at=at
    )
    round.refresh_from_db()
    write(round, "endorse_round", actor=actor, at=at, resolution=resolution.number)
    return round


def _check_ready(round: AfpRound) -> None:
    counts = counts_of(round)
    unready = (
        counts.groups_open or counts.problems_open or counts.without_guideline or counts.candidates_open
        or counts.ungrouped or counts.unplanned or counts.unexpected or not counts.problems
    )  # fmt: skip
    if counts.without_outcome:
        raise UnableToEndorseRound(
            "problem_without_outcome",
            f"ยังเห็นชอบไม่ได้ มี {counts.without_outcome} ปัญหาที่ยังไม่สรุปผล",
            f"Not endorsed: {counts.without_outcome} problems have no outcome.",
        )
    if unready:
        raise UnableToEndorseRound(
            "steps_open", "ยังเห็นชอบไม่ได้ มีขั้นตอนก่อนหน้าที่ยังไม่เสร็จ", "Not endorsed: earlier steps are not done."
        )
    covered = AfpProblem.objects.filter(round=round, outcome=ProblemOutcome.COVERED).order_by("pk")
    bare = covered.annotate(standing=Count("candidates", filter=SOLVED)).filter(standing=0).first()
    if bare is not None:
        raise UnableToEndorseRound(
            "covered_by_nothing",
            f"ยังเห็นชอบไม่ได้ เพราะโครงการที่รับไว้แก้ “{bare.title}” ถอนไปแล้ว โปรดสรุปผลของปัญหานี้ใหม่",
            f"Not endorsed: the projects accepted for “{bare.title}” are withdrawn. Conclude this problem anew.",
        )
    pair = undecided_duplicates(round).first()
    if pair is not None:
        raise UnableToEndorseRound(
            "undecided_duplicate",
            f"ยังเห็นชอบไม่ได้ เพราะ {pair.first.code} กับ {pair.second.code} อาจซ้ำกันและยังไม่ได้พิจารณา (R31)",
            f"Not endorsed: {pair.first.code} and {pair.second.code} may be duplicates that nobody decided (R31).",
        )


@transaction.atomic
def record_actual(
    *,
    round: AfpRound,
    group: IntegrationGroup,
    result: Result,
    note: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> IntegrationGroup:
    """After the year: what came of a group, and what the next round learns; with the last group the round is reviewed.

    Refused: `not_allowed`, `not_endorsed`, `no_reason`, `negative_result`, `not_of_this_round`, `changed_meanwhile`.
    """
    said = needs_reason(UnableToRecordActual, note)
    _not_negative(UnableToRecordActual, result)
    if group.round_id != round.pk:
        raise UnableToRecordActual("not_of_this_round", "กลุ่มนี้ไม่อยู่ในรอบนี้", "The group is not of this round.")
    state = RoundState.REVIEWED if round.state == RoundState.REVIEWED else RoundState.ENDORSED
    enter(UnableToRecordActual, round, actor=actor, at=at, seen_version=seen_version, state=state)
    IntegrationGroup.objects.filter(pk=group.pk).update(
        actual_people=result.people,
        actual_satang=result.saved_satang,
        actual_days=result.saved_days,
        actual_note=said,
        actual_by=actor,
        actual_at=at,
        version=F("version") + 1,
    )
    if not IntegrationGroup.objects.filter(round=round, actual_at=None).exists():
        AfpRound.objects.filter(pk=round.pk).update(state=RoundState.REVIEWED)
    round.refresh_from_db()
    group.refresh_from_db()
    write(
        round, "record_actual", actor=actor, at=at, group=group.pk, people=result.people,
        saved_satang=result.saved_satang, saved_days=result.saved_days, note=said,
    )  # fmt: skip
    return group


def _not_negative(refusal: type[Refused], result: Result) -> None:
    if any((value or 0) < 0 for value in (result.people, result.saved_satang, result.saved_days)):
        raise refusal("negative_result", "ผลเป็นจำนวนติดลบไม่ได้", "A result is not negative.")
