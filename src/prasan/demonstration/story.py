"""A few acts of the demonstration's people, so that a journey can be followed: each with that person's own rights."""

import datetime as dt

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import body_of
from prasan.areas.models import Area
from prasan.demonstration import facts
from prasan.demonstration.clashes import PLANNED
from prasan.integration import services as integration
from prasan.integration.models import CapacityVerdict, Handover, HandoverState, Pair, PairDecision
from prasan.integration.queries import find_conflicts, waiting_for
from prasan.plans import services as plans
from prasan.plans.models import EditionState, PlanEdition, PlanType
from prasan.projects import services as projects
from prasan.projects.access import can_move_project as may_move
from prasan.projects.models import Project


def tell(*, people: dict[str, User], district_code: str, at: dt.datetime) -> None:
    """Answer some hand-overs of one district, walk one project up to the อบจ. (R37), and decide one pair.

    `people` by user name, and the operator. Told once: where anything was answered already, nothing is done.
    """
    if Handover.objects.exclude(state=HandoverState.SENT).exists():
        return
    _answer_the_villages(people["district"], district_code, at)
    _walk_to_the_pao(people, district_code, at)
    _decide_a_pair(people["province"], at)
    _say_when(people, at)
    _put_into_plans(people, district_code, at)


def _put_into_plans(people: dict[str, User], district_code: str, at: dt.datetime) -> None:
    """What was accepted stands in the plans again; the LAO, the district and then everybody below submit theirs."""
    year = facts.FISCAL_YEAR
    pao, lao = _body(BodyKind.PAO, facts.PROVINCE), people["lao"].memberships.get().body
    plans.compile_edition(plan_type="LOCAL_PLAN", body=pao, fiscal_year=year, actor=people["pao"], at=at)
    own = plans.compile_edition(plan_type="LOCAL_PLAN", body=lao, fiscal_year=year, actor=people["lao"], at=at)
    district = Area.objects.get(code=district_code)
    needs = plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN", area=district, fiscal_year=year, actor=people["district"], at=at
    )
    plans.submit_edition(edition=own, actor=people["lao"], at=at)
    plans.submit_edition(edition=needs, actor=people["district"], at=at)
    below_the_province = (PlanType.VILLAGE_PLAN, PlanType.LOCAL_PLAN, PlanType.DISTRICT_NEEDS_PLAN)
    drafts = PlanEdition.objects.filter(plan_type__in=below_the_province, fiscal_year=year, state=EditionState.DRAFT)
    for edition in drafts.order_by("pk"):
        plans.submit_edition(edition=edition, actor=people["operator"], at=at)


def _answer_the_villages(secretary: User, district_code: str, at: dt.datetime) -> None:
    waiting = list(waiting_for(_body(BodyKind.DISTRICT_COMMITTEE, district_code))[:3])
    for handover in waiting[:2]:
        integration.accept_handover(handover=handover, reason="บรรจุในแผนความต้องการระดับอำเภอ", actor=secretary, at=at)
    for handover in waiting[2:]:
        reason = "ขอแบบแปลนและประมาณราคาเพิ่ม แล้วส่งมาใหม่"
        integration.return_handover(handover=handover, reason=reason, actor=secretary, at=at)


def _walk_to_the_pao(people: dict[str, User], district_code: str, at: dt.datetime) -> None:
    """LAO → district committee → provincial committee → อบจ.: the last hop is the first one's answer (AC-15)."""
    first = waiting_for(_body(BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE, district_code)).first()
    if first is None:
        return
    province = _body(BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE, facts.PROVINCE)
    pao = _body(BodyKind.PAO, facts.PROVINCE)
    _accept(first, "อยู่ในหลักเกณฑ์ประสานแผน", people["committee"], at)
    second = _pass_on(first.project, province, "เป็นประโยชน์หลายตำบล เห็นควรเสนอจังหวัด", people["committee"], at)
    _accept(second, "ที่ประชุมรับไว้", people["plpc"], at)
    third = _pass_on(first.project, pao, "เห็นชอบให้ อบจ. พิจารณา", people["plpc"], at)
    _accept(third, "บรรจุในแผนพัฒนาท้องถิ่นของ อบจ.", people["pao"], at)


def _decide_a_pair(analyst: User, at: dt.datetime) -> None:
    pair = Pair.objects.filter(decision=PairDecision.WAITING).order_by("probability", "pk").first()
    if pair is not None:
        reason = "ตรวจแบบแล้ว คนละจุดในหมู่บ้านเดียวกัน"
        integration.decide_pair(pair=pair, decision=PairDecision.DIFFERENT, reason=reason, actor=analyst, at=at)


def _say_when(people: dict[str, User], at: dt.datetime) -> None:
    """Offices say when they work, and the works are searched anew for what is in each other's way (R31)."""
    for planned in PLANNED:
        if planned.work is None:
            continue
        named = Project.objects.filter(name__contains=planned.title, fiscal_year=facts.FISCAL_YEAR)
        for project in named.select_related("owner__area"):
            actor = people["lao"] if may_move(people["lao"], project=project, on=at.date()) else people["operator"]
            projects.move_project(project=project, work=planned.work, reason="แผนการปฏิบัติงาน", actor=actor, at=at)
            integration.refresh_pairs(projects=[project.pk], actor=actor, at=at)
    found = find_conflicts()
    integration.record_conflicts(
        found=found.found, rule_version=found.rule_version, actor=people["operator"], at=at, among=found.among
    )


def _accept(handover: Handover, reason: str, actor: User, at: dt.datetime) -> None:
    integration.accept_handover(handover=handover, reason=reason, actor=actor, at=at)


def _pass_on(project: Project, to: Body, reason: str, actor: User, at: dt.datetime) -> Handover:
    verdict = CapacityVerdict.PROPOSED
    return integration.hand_over(project=project, to=to, verdict=verdict, reason=reason, actor=actor, at=at)


def _body(kind: BodyKind, area_code: str) -> Body:
    body = body_of(kind, area_code)
    assert body is not None, f"{kind} {area_code} is made before the story is told"
    return body
