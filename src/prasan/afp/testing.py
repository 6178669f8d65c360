"""A round of AFP for tests, walked to any of its steps through the services by the operator."""

import datetime as dt

from prasan.accounts.models import User
from prasan.accounts.services import system_actor
from prasan.afp import services as afp
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, GroupAgency, IntegrationGroup, TargetGroup
from prasan.afp.queries import expected_of
from prasan.afp.rules.progress import outcome_suggested
from prasan.agencies.models import Body
from prasan.meetings.models import AgendaItem, Meeting, Resolution

AT = dt.datetime(2025, 5, 1, 2, tzinfo=dt.UTC)


def make_round(*, body: Body, fiscal_year: int = 2569, upto: int = 0, actor: User | None = None) -> AfpRound:
    """An open round in which the first `upto` steps (0-8) are done as suggested, every candidate accepted."""
    by = actor or system_actor()
    made = afp.open_round(body=body, fiscal_year=fiscal_year, guideline_set="knp_2545", actor=by, at=AT)
    for step in _STEPS[:upto]:
        step(made, by)
    made.refresh_from_db()
    return made


def _areas(made: AfpRound, by: User) -> None:
    ranked = afp.rank_areas(round=made, actor=by, at=AT)
    chosen = [one for one in ranked if one.score > 0]
    afp.choose_areas(round=made, chosen=chosen, reason="เดือดร้อนที่สุด", actor=by, at=AT)


def _groups(made: AfpRound, by: User) -> None:
    afp.list_groups(round=made, actor=by, at=AT)
    groups = TargetGroup.objects.filter(target_area__round=made)
    lines = [afp.GroupLine(one, people=one.people or 100, source="จปฐ. 2567") for one in groups]
    afp.confirm_groups(round=made, lines=lines, actor=by, at=AT)


def _problems(made: AfpRound, by: User) -> None:
    afp.cluster_problems(round=made, actor=by, at=AT)
    problems = AfpProblem.objects.filter(round=made).order_by("pk")
    lines = [afp.ProblemLine(one, one.title, one.severity, one.people or 100, one.target_group) for one in problems]
    afp.confirm_problems(round=made, lines=lines, actor=by, at=AT)


def _guidelines(made: AfpRound, by: User) -> None:
    afp.suggest_guidelines(round=made, actor=by, at=AT)
    problems = AfpProblem.objects.filter(round=made).order_by("pk")
    afp.set_guidelines(round=made, chosen={one: one.suggested_guideline or "5" for one in problems}, actor=by, at=AT)


def _candidates(made: AfpRound, by: User) -> None:
    found = afp.find_candidates(round=made, actor=by, at=AT)
    if found:
        afp.decide_candidates(round=made, accepted=found, rejected=[], actor=by, at=AT)


def _grouping(made: AfpRound, by: User) -> None:
    afp.make_groups(round=made, actor=by, at=AT)


def _plans(made: AfpRound, by: User) -> None:
    for group in IntegrationGroup.objects.filter(round=made).select_related("suggested_lead"):
        plan = afp.GroupPlan(lead=group.suggested_lead, partners=[], tasks="สำรวจและออกแบบร่วมกัน")
        afp.plan_group(round=made, group=group, plan=plan, actor=by, at=AT)
    outcomes = {
        one: outcome_suggested(accepted=one.candidates.filter(state=Choice.ACCEPTED).count(), self_help=one.self_help)
        for one in AfpProblem.objects.filter(round=made)
    }
    afp.set_outcomes(round=made, outcomes=outcomes, actor=by, at=AT)


def _expected(made: AfpRound, by: User) -> None:
    for group in IntegrationGroup.objects.filter(round=made):
        given = expected_of(made, group)
        result = afp.Result(given.people, given.saved_satang, given.saved_days)
        afp.expect_result(round=made, group=group, result=result, actor=by, at=AT)


_STEPS = (_areas, _groups, _problems, _guidelines, _candidates, _grouping, _plans, _expected)


def make_resolution(*, committee: Body, kind: str = "ENDORSE", outcome: str = "ADOPTED") -> Resolution:
    """An adopted resolution of a committee, with a quorum."""
    number = Meeting.objects.filter(committee=committee).count() + 1
    meeting = Meeting.objects.create(
        committee=committee, number=number, year=2568, starts_at=AT, place="ศาลากลาง", state="CLOSED"
    )
    item = AgendaItem.objects.create(
        meeting=meeting, section=4, position=1, title="แผนบูรณาการโครงการ", decision_kind=kind
    )
    return Resolution.objects.create(
        item=item, number=f"{committee.code} {number}/2568-4.1", decision_kind=kind, outcome=outcome, text="เห็นชอบ",
        present=9, quorum=8, resolved_at=AT, recorded_by=system_actor(),
    )  # fmt: skip


def of_round(made: AfpRound) -> tuple[list[AfpProblem], list[Candidate], list[IntegrationGroup], list[GroupAgency]]:
    """Problems, candidates, groups and agencies of a round, in order."""
    return (
        list(AfpProblem.objects.filter(round=made).order_by("pk")),
        list(Candidate.objects.filter(problem__round=made).order_by("pk")),
        list(IntegrationGroup.objects.filter(round=made)),
        list(GroupAgency.objects.filter(group__round=made).order_by("pk")),
    )
