"""The demonstration's province walks one AFP round to its endorsement, each act by the officer whose it is."""

import datetime as dt
from typing import Any

from django.utils.timezone import get_current_timezone

from prasan.accounts.models import User
from prasan.afp import queries
from prasan.afp import services as afp
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, GroupAgency, IntegrationGroup, TargetGroup
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import body_of
from prasan.demonstration import facts
from prasan.integration import services as integration
from prasan.integration.models import PairDecision
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Resolution
from prasan.meetings.queries import seats_in_office
from prasan.meetings.services import Present
from prasan.projects.models import Project

PICKED = 3
"""So many of the neediest districts are taken in the first year."""
SURE = 0.6
"""From this score on the officer accepts what is suggested; the rest she rejects as too far off."""
PEOPLE_A_NEED = 85
MADE_UP = "จำนวนประมาณการของจังหวัดสาธิต"


def walk_nine_steps(*, people: dict[str, User], at: dt.datetime) -> AfpRound:
    """Open the province's round and carry it to the committee's endorsement. Told once.

    One likely duplicate is merged, so that the expected result has money in it; the others are kept with a reason.
    """
    officer = people["province"]
    committee = body_of(BodyKind.PROVINCIAL_COMMITTEE, facts.PROVINCE)
    assert committee is not None, "the province's committee is made before its round"
    told = AfpRound.objects.filter(body=committee, fiscal_year=facts.FISCAL_YEAR).first()
    if told is not None:
        return told
    made = afp.open_round(body=committee, fiscal_year=facts.FISCAL_YEAR, guideline_set="knp_2545", actor=officer, at=at)
    _areas_and_people(made, officer, at)
    _problems(made, officer, at)
    _projects(made, officer, at)
    _decide_duplicates(made, officer, at)
    _plans(made, people, at)
    afp.endorse_round(round=made, resolution=_resolution(committee, made, people["operator"], at), actor=officer, at=at)
    return made


def _areas_and_people(made: AfpRound, officer: User, at: dt.datetime) -> None:
    ranked = afp.rank_areas(round=made, actor=officer, at=at)
    reason = "อำเภอที่มีความต้องการยังไม่ได้รับคำตอบมากที่สุด ตามมติคณะทำงาน"
    afp.choose_areas(round=made, chosen=ranked[:PICKED], reason=reason, actor=officer, at=at)
    afp.list_groups(round=made, actor=officer, at=at)
    lines = [
        afp.GroupLine(group, people=group.needs * PEOPLE_A_NEED, source=MADE_UP)
        for group in TargetGroup.objects.filter(target_area__round=made)
    ]
    afp.confirm_groups(round=made, lines=lines, actor=officer, at=at)


def _problems(made: AfpRound, officer: User, at: dt.datetime) -> None:
    afp.cluster_problems(round=made, actor=officer, at=at)
    problems = list(queries.problems_of(made))
    lines = [
        afp.ProblemLine(one, one.title, one.severity, one.needs * PEOPLE_A_NEED, one.target_group) for one in problems
    ]
    afp.confirm_problems(round=made, lines=lines, actor=officer, at=at)
    hinted = afp.suggest_guidelines(round=made, actor=officer, at=at)
    afp.set_guidelines(round=made, chosen={one: one.suggested_guideline or "5" for one in hinted}, actor=officer, at=at)


def _projects(made: AfpRound, officer: User, at: dt.datetime) -> None:
    found = afp.find_candidates(round=made, actor=officer, at=at)
    sure = [one for one in found if one.score >= SURE]
    rest = [one for one in found if one.score < SURE]
    afp.decide_candidates(
        round=made, accepted=sure, rejected=rest, reason="พิจารณาตามพื้นที่และลักษณะงาน", actor=officer, at=at
    )
    afp.make_groups(round=made, actor=officer, at=at)


def _decide_duplicates(made: AfpRound, officer: User, at: dt.datetime) -> None:
    """The first likely duplicate is one work and is merged; the others were looked at and are two works."""
    while (pair := queries.undecided_duplicates(made).first()) is not None:
        first = not Project.objects.filter(merged_into__isnull=False).exists()
        if first:
            kept = pair.second if pair.second.owner.kind == BodyKind.DEPARTMENT else pair.first
            integration.decide_pair(
                pair=pair, decision=PairDecision.SAME, reason="งานเดียวกัน ให้กรมดำเนินการ อปท. ดูแลรักษา",
                kept=kept, actor=officer, at=at,
            )  # fmt: skip
        else:
            integration.decide_pair(
                pair=pair, decision=PairDecision.DIFFERENT, reason="ตรวจแบบแล้ว คนละช่วง แบ่งกันทำ", actor=officer, at=at
            )


def _plans(made: AfpRound, people: dict[str, User], at: dt.datetime) -> None:
    officer = people["province"]
    for group in IntegrationGroup.objects.filter(round=made).select_related("suggested_lead"):
        projects = list(queries.home_projects(made, group))
        budget = queries.budget_of(made, projects)
        partners = [one for one in {one.owner for one in projects} if one.pk != group.suggested_lead_id]
        plan = afp.GroupPlan(
            lead=group.suggested_lead,
            partners=sorted(partners, key=lambda one: one.pk),
            tasks="สำรวจพื้นที่ร่วมกัน แบ่งช่วงงาน และออกแบบให้ต่อกัน" if projects else "หาแหล่งงบประมาณและหน่วยงานรับผิดชอบ",
            sequence="สำรวจและออกแบบ ก่อนก่อสร้าง ตรวจรับร่วมกัน" if projects else "",
            starts_on=dt.date(facts.FISCAL_YEAR - 544, 10, 1),
            ends_before=dt.date(facts.FISCAL_YEAR - 543, 10, 1),
            central_satang=budget.central,
            regional_satang=budget.regional,
            local_satang=budget.local,
            other_satang=budget.other,
        )
        afp.plan_group(round=made, group=group, plan=plan, actor=officer, at=at)
    _agencies_answer(made, people, at)
    afp.set_outcomes(round=made, outcomes=_outcomes(made), actor=officer, at=at)
    for group in IntegrationGroup.objects.filter(round=made):
        by_formula = queries.expected_of(made, group)
        result = afp.Result(by_formula.people, by_formula.saved_satang, by_formula.saved_days)
        afp.expect_result(round=made, group=group, result=result, actor=officer, at=at)


def _agencies_answer(made: AfpRound, people: dict[str, User], at: dt.datetime) -> None:
    """The agency of the demonstration joins; the others' silence stays to be seen."""
    agency = people["agency"].memberships.get().body
    for one in GroupAgency.objects.filter(group__round=made, body=agency).select_related("group__round__area", "body"):
        afp.answer_group(agency=one, agree=True, reply="ส่งแบบให้ อปท. แล้ว", actor=people["agency"], at=at)


def _outcomes(made: AfpRound) -> dict[AfpProblem, str]:
    accepted = set(
        Candidate.objects.filter(problem__round=made, state=Choice.ACCEPTED).values_list("problem_id", flat=True)
    )
    return {
        one: "COVERED" if one.pk in accepted else "SELF_HELP" if one.self_help else "GAP"
        for one in AfpProblem.objects.filter(round=made)
    }


def _resolution(committee: Body, made: AfpRound, operator: User, at: dt.datetime) -> Resolution:
    """The committee meets on the day and endorses the plan of integration."""
    local = at.astimezone(get_current_timezone())
    starts = dt.datetime.combine(local.date(), dt.time(13, 30), tzinfo=get_current_timezone())
    by: dict[str, Any] = {"actor": operator, "at": at}
    meeting = meetings.call_meeting(
        committee=committee, starts_at=starts, place="ห้องประชุมศาลากลางจังหวัด", subject="พิจารณาแผนบูรณาการโครงการ", **by
    )
    item = meetings.add_item(
        meeting=meeting, section=4, title=f"แผนบูรณาการโครงการตามแนวทาง AFP ปี {made.fiscal_year}",
        decision_kind="ENDORSE", subject_kind="AfpRound", subject_code=made.code, **by,
    )  # fmt: skip
    meetings.send_notice(meeting=meeting, prefix="กส 0017.2", dated_on=local.date() - dt.timedelta(days=7), **by)
    lines = [Present(seat, "PRESENT") for seat in seats_in_office(committee, local.date())]
    meetings.record_attendance(meeting=meeting, lines=lines, **by)
    meetings.open_meeting(meeting=meeting, **by)
    resolved = meetings.resolve(item=item, outcome="ADOPTED", text="ที่ประชุมเห็นชอบแผนบูรณาการตามที่เสนอ", **by)
    meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), minutes_by="นางสาวกนกวรรณ ศรีสุข", **by)
    return resolved
