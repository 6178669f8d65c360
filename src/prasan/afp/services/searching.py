"""Step 5: projects of every source that may solve a problem are looked for; people accept or reject."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from prasan.accounts.models import User
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice
from prasan.afp.queries import register_of
from prasan.afp.queries.matching import found_for
from prasan.afp.rules import candidates as rules
from prasan.afp.services.entering import enter, needs_reason, write
from prasan.common.errors import Refused
from prasan.projects.models import Project


class UnableToFindCandidates(Refused):
    """The candidates are as they were."""


class UnableToDecideCandidates(Refused):
    """The candidates are as they were."""


class UnableToAddCandidate(Refused):
    """The project was not added."""


@transaction.atomic
def find_candidates(
    *, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[Candidate]:
    """Look through the whole register of the area for projects that answer the problems, with score and reasons.

    What somebody decided stays; suggestions nobody decided are made anew, so that the same records give the same.
    Refused: `not_allowed`, `endorsed_already`, `no_problems`, `changed_meanwhile`.
    """
    enter(UnableToFindCandidates, round, actor=actor, at=at, seen_version=seen_version)
    if not AfpProblem.objects.filter(round=round).exists():
        raise UnableToFindCandidates("no_problems", "ยังไม่มีปัญหาในรอบนี้", "The round has no problems yet.")
    Candidate.objects.filter(problem__round=round, state=Choice.SUGGESTED).delete()
    decided = set(Candidate.objects.filter(problem__round=round).values_list("problem_id", "project_id"))
    rows = [
        Candidate(
            problem_id=one.problem,
            project_id=one.project,
            score=one.score,
            reasons=[{"code": code, "points": points} for code, points in one.reasons],
            rule=rules.RULE,
        )
        for one in found_for(round)
        if (one.problem, one.project) not in decided
    ]
    made = Candidate.objects.bulk_create(rows, batch_size=500)
    AfpRound.objects.filter(pk=round.pk).update(searched_at=at)
    round.refresh_from_db()
    write(round, "find_candidates", actor=actor, at=at, rule=rules.RULE, found=len(made))
    return made


@transaction.atomic
def decide_candidates(
    *,
    round: AfpRound,
    accepted: Collection[Candidate],
    rejected: Collection[Candidate],
    actor: User,
    at: dt.datetime,
    reason: str = "",
    reasons: Mapping[Candidate, str] | None = None,
    seen_version: int | None = None,
) -> list[Candidate]:
    """A person accepts or rejects suggested projects; a decision may be changed until the round is endorsed.

    `reasons` are those of single candidates, `reason` is that of the rest. What was decided so already keeps its day,
    and its reason too unless `reasons` has another.
    A problem whose last project is taken back loses its outcome `COVERED`, one that gains its first loses `GAP`.
    Who rejects says why: the project's owner reads it. Refused: `not_allowed`, `endorsed_already`, `nothing_said`,
    `both_ways`, `no_reason`, `not_of_this_round`, `changed_meanwhile`.
    """
    yes, no = {one.pk for one in accepted}, {one.pk for one in rejected}
    if not yes | no:
        raise UnableToDecideCandidates("nothing_said", "ยังไม่ได้เลือกรับหรือไม่รับ", "Nothing was accepted or rejected.")
    if yes & no:
        raise UnableToDecideCandidates("both_ways", "โครงการเดียวกันรับและไม่รับพร้อมกันไม่ได้", "Accept or reject, not both.")
    own = {one.pk: said.strip() for one, said in (reasons or {}).items()}
    for pk in no:
        needs_reason(UnableToDecideCandidates, own.get(pk, reason))
    enter(UnableToDecideCandidates, round, actor=actor, at=at, seen_version=seen_version)
    rows = list(Candidate.objects.filter(problem__round=round, pk__in=yes | no).order_by("pk"))
    if len(rows) != len(yes | no):
        raise UnableToDecideCandidates("not_of_this_round", "มีรายการที่ไม่อยู่ในรอบนี้", "One is not of this round.")
    for one in rows:
        state = Choice.ACCEPTED if one.pk in yes else Choice.REJECTED
        if one.state != state:
            one.state, one.decided_by, one.decided_at = state, actor, at
            one.decision_reason = own.get(one.pk, reason.strip())
        elif own.get(one.pk, one.decision_reason) != one.decision_reason:
            # Money counts where a project was accepted first: another reason does not move it.
            one.decision_reason, one.decided_by = own[one.pk], actor
    Candidate.objects.bulk_update(rows, ["state", "decided_by", "decided_at", "decision_reason"], batch_size=200)
    _outcomes_that_no_longer_fit(round)
    told = _told(yes | no)
    lines = [[one.problem_id, one.project.code, one.state, one.score, one.decision_reason] for one in told]
    write(round, "decide_candidates", actor=actor, at=at, candidates=lines, reason=reason.strip())
    return told


@transaction.atomic
def add_candidate(
    *,
    round: AfpRound,
    problem: AfpProblem,
    project: Project,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> Candidate:
    """A person names a project the search did not find; it is accepted, with the reason, at score nought.

    A problem the community was to solve itself is no longer one of those: somebody helps.
    Refused: `not_allowed`, `endorsed_already`, `no_reason`, `not_in_register`, `changed_meanwhile`.
    """
    said = needs_reason(UnableToAddCandidate, reason)
    enter(UnableToAddCandidate, round, actor=actor, at=at, seen_version=seen_version)
    if problem.round_id != round.pk or not register_of(round).filter(pk=project.pk).exists():
        raise UnableToAddCandidate(
            "not_in_register",
            f"{project.code} ไม่อยู่ในบัญชีโครงการของพื้นที่และปีนี้",
            f"{project.code} is not in the register of this area and year.",
        )
    made, _ = Candidate.objects.update_or_create(
        problem=problem,
        project=project,
        defaults={"state": Choice.ACCEPTED, "decision_reason": said, "decided_by": actor, "decided_at": at},
        create_defaults={
            "score": 0.0, "rule": "person", "state": Choice.ACCEPTED, "decision_reason": said, "decided_by": actor,
            "decided_at": at,
        },
    )  # fmt: skip
    AfpProblem.objects.filter(pk=problem.pk).update(self_help=False)
    _outcomes_that_no_longer_fit(round)
    write(round, "add_candidate", actor=actor, at=at, problem=problem.pk, project=project.code, reason=said)
    return made


def _told(ids: Collection[int]) -> list[Candidate]:
    return list(Candidate.objects.filter(pk__in=ids).select_related("project").order_by("pk"))


def _outcomes_that_no_longer_fit(round: AfpRound) -> None:
    answered = Candidate.objects.filter(problem__round=round, state=Choice.ACCEPTED).values("problem")
    problems = AfpProblem.objects.filter(round=round)
    nobody = {"outcome": "", "outcome_by": None, "outcome_at": None}
    problems.filter(outcome="COVERED").exclude(pk__in=answered).update(**nobody)
    problems.filter(outcome__in=("GAP", "SELF_HELP"), pk__in=answered).update(**nobody)
