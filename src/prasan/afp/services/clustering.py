"""Step 3: needs are clustered into problems; people confirm, merge and split."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from prasan.accounts.models import User
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, ProblemNeed, TargetArea, TargetGroup
from prasan.afp.queries import round_needs
from prasan.afp.rules import clustering as rules
from prasan.afp.services.entering import enter, needs_reason, write
from prasan.common.errors import Refused
from prasan.common.text import clean, search_key
from prasan.needs.models import Need, ResponseKind


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem as an officer confirms it."""

    problem: AfpProblem
    title: str
    severity: int
    people: int | None = None
    group: TargetGroup | None = None


class UnableToClusterProblems(Refused):
    """The problems are as they were."""


class UnableToConfirmProblems(Refused):
    """The problems are as they were."""


class UnableToMergeProblems(Refused):
    """The problems stand apart as before."""


class UnableToSplitProblem(Refused):
    """The problem is whole as before."""


@transaction.atomic
def cluster_problems(
    *, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[AfpProblem]:
    """Cluster the needs of the target areas that stand behind no problem yet; the same run twice adds nothing.

    Refused: `not_allowed`, `endorsed_already`, `no_areas`, `changed_meanwhile`.
    """
    enter(UnableToClusterProblems, round, actor=actor, at=at, seen_version=seen_version)
    areas = list(TargetArea.objects.filter(round=round, state=Choice.ACCEPTED).select_related("area"))
    if not areas:
        raise UnableToClusterProblems("no_areas", "ยังไม่ได้เลือกพื้นที่เป้าหมาย", "No target area is picked yet.")
    made = [problem for area in areas for problem in _cluster(round, area)]
    write(round, "cluster_problems", actor=actor, at=at, engine=rules.ENGINE, problems=len(made))
    return made


def _cluster(round: AfpRound, area: TargetArea) -> list[AfpProblem]:
    used = ProblemNeed.objects.filter(round=round).values("need")
    needs = {need.pk: need for need in round_needs(round, area.area).exclude(pk__in=used)}
    asked = [
        rules.Asked(need.pk, need.title, need.problem, need.response_kind == ResponseKind.SELF_HELP)
        for need in needs.values()
    ]
    clusters = rules.cluster(asked)
    most = max((len(one.members) for one in clusters), default=0)
    groups = {group.name_key: group for group in area.groups.exclude(state=Choice.REJECTED)}
    problems = []
    for one in clusters:
        behind = [needs[pk] for pk, _ in one.members]
        problem = AfpProblem.objects.create(
            round=round,
            target_area=area,
            target_group=_group_of(behind, groups),
            title=_title(behind[0]),
            family=one.family,
            self_help=one.self_help,
            severity=rules.severity_suggested(len(behind), most),
            people=_people(behind),
            likeness=one.likeness,
            engine=rules.ENGINE,
        )
        ProblemNeed.objects.bulk_create(
            [ProblemNeed(round=round, problem=problem, need_id=pk, likeness=alike) for pk, alike in one.members]
        )
        problems.append(problem)
    return problems


def _title(need: Need) -> str:
    """The problem that the most typical need names; where it names none, what it asks for."""
    return clean(need.problem) or clean(need.title)


def _group_of(needs: Sequence[Need], groups: dict[str, TargetGroup]) -> TargetGroup | None:
    named = Counter(key for need in needs if (key := search_key(clean(need.target_group)[:300])) in groups)
    if named:
        return groups[min(named, key=lambda key: (-named[key], key))]
    return min(groups.values(), key=lambda group: group.pk) if len(groups) == 1 else None


def _people(needs: Sequence[Need]) -> int | None:
    """People the needs name, each group's text counted once; nothing where none names any."""
    texts = {search_key(need.target_group): rules.people_named(need.target_group) for need in needs}
    counted = [people for people in texts.values() if people is not None]
    return sum(counted) if counted else None


@transaction.atomic
def confirm_problems(
    *, round: AfpRound, lines: Sequence[ProblemLine], actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[AfpProblem]:
    """Confirm problems with title, severity (1-5), people and target group, as suggested or changed.

    Refused: `not_allowed`, `endorsed_already`, `nothing_said`, `no_title`, `severity_out_of_range`,
    `group_elsewhere`, `not_of_this_round`, `changed_meanwhile`.
    """
    for line in lines:
        _check(line)
    if not lines:
        raise UnableToConfirmProblems("nothing_said", "ไม่มีปัญหาให้ยืนยัน", "There is no problem to confirm.")
    enter(UnableToConfirmProblems, round, actor=actor, at=at, seen_version=seen_version)
    for line in lines:
        kept = AfpProblem.objects.filter(pk=line.problem.pk, round=round).update(
            title=clean(line.title),
            severity=line.severity,
            people=line.people,
            target_group=line.group,
            state=Choice.ACCEPTED,
            confirmed_by=actor,
            confirmed_at=at,
        )
        if not kept:
            raise UnableToConfirmProblems("not_of_this_round", "มีปัญหาที่ไม่อยู่ในรอบนี้", "A problem is not of this round.")
    said = [[line.problem.pk, clean(line.title), line.severity, line.people] for line in lines]
    write(round, "confirm_problems", actor=actor, at=at, problems=said)
    return list(AfpProblem.objects.filter(pk__in=[line.problem.pk for line in lines]).order_by("pk"))


def _check(line: ProblemLine) -> None:
    if not clean(line.title):
        raise UnableToConfirmProblems("no_title", "ปัญหาต้องมีชื่อ", "A problem has a title.")
    if not 1 <= line.severity <= 5:
        raise UnableToConfirmProblems("severity_out_of_range", "ความรุนแรงเป็น 1 ถึง 5", "Severity is 1 to 5.")
    if line.group is not None and line.group.target_area_id != line.problem.target_area_id:
        raise UnableToConfirmProblems("group_elsewhere", "กลุ่มเป้าหมายอยู่คนละพื้นที่", "The target group is of another area.")


@transaction.atomic
def merge_problems(
    *,
    round: AfpRound,
    problem: AfpProblem,
    into: AfpProblem,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> AfpProblem:
    """Two problems are one: the needs of the first stand behind the second; the first goes, the journal keeps it.

    Refused: `not_allowed`, `endorsed_already`, `no_reason`, `same_problem`, `another_area`, `projects_decided`,
    `changed_meanwhile`.
    """
    said = needs_reason(UnableToMergeProblems, reason)
    if problem.pk == into.pk:
        raise UnableToMergeProblems("same_problem", "เลือกปัญหาเดียวกัน", "It is the same problem.")
    if problem.target_area_id != into.target_area_id or into.round_id != round.pk:
        raise UnableToMergeProblems("another_area", "รวมได้เฉพาะปัญหาในพื้นที่เดียวกัน", "Only within one area.")
    enter(UnableToMergeProblems, round, actor=actor, at=at, seen_version=seen_version)
    _forget_candidates(UnableToMergeProblems, (problem, into))
    needs = list(ProblemNeed.objects.filter(problem=problem).order_by("need").values_list("need__code", flat=True))
    ProblemNeed.objects.filter(problem=problem).update(problem=into)
    AfpProblem.objects.filter(pk=into.pk).update(
        self_help=problem.self_help and into.self_help, state=Choice.SUGGESTED, integration_group=None
    )
    write(
        round, "merge_problems", actor=actor, at=at, problem=problem.pk, title=problem.title, into=into.pk,
        into_title=into.title, needs=needs, reason=said,
    )  # fmt: skip
    AfpProblem.objects.filter(pk=problem.pk).delete()
    into.refresh_from_db()
    return into


@transaction.atomic
def split_problem(
    *,
    round: AfpRound,
    problem: AfpProblem,
    needs: Collection[Need],
    title: str,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> AfpProblem:
    """Some needs of a problem are a problem of their own; both are confirmed anew.

    Refused: `not_allowed`, `endorsed_already`, `no_reason`, `no_title`, `not_its_needs`, `nothing_left`,
    `projects_decided`, `changed_meanwhile`.
    """
    said = needs_reason(UnableToSplitProblem, reason)
    if not clean(title):
        raise UnableToSplitProblem("no_title", "ปัญหาใหม่ต้องมีชื่อ", "The new problem has a title.")
    enter(UnableToSplitProblem, round, actor=actor, at=at, seen_version=seen_version)
    taken = {need.pk for need in needs}
    own = set(ProblemNeed.objects.filter(problem=problem).values_list("need_id", flat=True))
    if not taken or not taken <= own:
        raise UnableToSplitProblem("not_its_needs", "เลือกความต้องการของปัญหานี้", "Pick needs of this problem.")
    if taken == own:
        raise UnableToSplitProblem("nothing_left", "ต้องเหลือความต้องการไว้กับปัญหาเดิม", "Some needs must stay.")
    _forget_candidates(UnableToSplitProblem, (problem,))
    new = AfpProblem.objects.create(
        round=round,
        target_area=problem.target_area,
        target_group=problem.target_group,
        title=clean(title),
        family=problem.family,
        self_help=all(need.response_kind == ResponseKind.SELF_HELP for need in needs),
        severity=problem.severity,
        likeness=problem.likeness,
        engine=problem.engine,
    )
    ProblemNeed.objects.filter(problem=problem, need__in=taken).update(problem=new)
    AfpProblem.objects.filter(pk=problem.pk).update(state=Choice.SUGGESTED, integration_group=None)
    codes = sorted(need.code for need in needs)
    write(round, "split_problem", actor=actor, at=at, problem=problem.pk, new=new.pk, needs=codes, reason=said)
    return new


def _forget_candidates(refusal: type[Refused], problems: Sequence[AfpProblem]) -> None:
    """Suggestions nobody decided go with the old problem; what somebody decided is not thrown away."""
    rows = Candidate.objects.filter(problem__in=problems)
    if rows.exclude(state=Choice.SUGGESTED).exists() or any(one.outcome for one in problems):
        raise refusal(
            "projects_decided",
            "มีโครงการหรือผลที่พิจารณาไว้แล้ว ถอนการพิจารณาก่อน",
            "Projects or an outcome are decided already. Take those decisions back first.",
        )
    rows.delete()
