"""AC-01, Community A: five requests, the อบต. takes three, the other two go on to the district, none is lost."""

import pytest

from prasan.integration import queries as integration
from prasan.integration import services as integrate
from prasan.integration.models import CapacityVerdict
from prasan.needs import services as needs
from prasan.needs.models import Need, ResponseKind
from prasan.plans import services as plans
from prasan.plans.models import PlanItem
from prasan.projects import queries as projects_queries
from prasan.projects import services as projects
from prasan.projects.models import Origin
from tests.cast import YEAR, Cast, cast, moment

pytestmark = pytest.mark.django_db
ASKED = ("ถนน คสล. สายบ้านยาย", "ไฟฟ้าส่องสว่าง", "ขุดลอกลำห้วย", "ฝายน้ำล้น", "สะพานข้ามแม่น้ำ")


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _five_requests(stage: Cast) -> list[Need]:
    drafts = [
        needs.NeedDraft(
            area=stage.village,
            body=stage.village_committee,
            fiscal_year=YEAR,
            title=title,
            ordinal=number,
            amount_satang=number * 10_000_000,
            response_kind=ResponseKind.NEEDS_SUPPORT,
        )
        for number, title in enumerate(ASKED, 1)
    ]
    return needs.record_needs(drafts=drafts, actor=stage.somsri, at=moment(0))


def test_three_stand_in_the_local_plan_and_two_in_the_district_process_and_none_in_both(stage: Cast):
    asked = _five_requests(stage)
    # The อบต. takes the first three into two projects of its own.
    road = projects.record_project(
        draft=projects.ProjectDraft(
            owner=stage.sao,
            origin=Origin.LOCAL_PLAN,
            fiscal_year=YEAR,
            name="ถนนและไฟฟ้าบ้านร่องไฮ",
            years=(projects.YearDraft(YEAR, 30_000_000),),
            area=stage.village,
        ),
        actor=stage.wichai,
        at=moment(60),
    )
    stream = projects.record_project(
        draft=projects.ProjectDraft(
            owner=stage.sao,
            origin=Origin.LOCAL_PLAN_COMMUNITY,
            fiscal_year=YEAR,
            name="ขุดลอกลำห้วยบ้านร่องไฮ",
            years=(projects.YearDraft(YEAR, 30_000_000),),
            area=stage.village,
        ),
        actor=stage.wichai,
        at=moment(60),
    )
    projects.take_up_needs(project=road, needs=asked[:2], actor=stage.wichai, at=moment(61))
    projects.take_up_needs(project=stream, needs=asked[2:3], actor=stage.wichai, at=moment(61))
    # What it does not take goes to the district; the village committee coordinates (R36).
    forwarded = []
    for need in asked[3:]:
        proposed = projects.propose_from_need(need=need, actor=stage.somsri, at=moment(70))
        handover = integrate.hand_over(
            project=proposed,
            to=stage.district_committee,
            verdict=CapacityVerdict.NOT_TAKEN,
            reason="อบต. ไม่มีงบประมาณพอในปีนี้",
            actor=stage.somsri,
            at=moment(71),
        )
        assert handover.coordinator == stage.village_committee
        forwarded.append(proposed)

    local = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(120)
    )
    district = plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN", area=stage.district, fiscal_year=YEAR, actor=stage.duangjai, at=moment(121)
    )
    village = plans.compile_place(
        plan_type="VILLAGE_PLAN", area=stage.village, fiscal_year=YEAR, actor=stage.somsri, at=moment(122)
    )

    in_local = _needs_in(local.items.all())
    in_district = _needs_in(district.items.all())
    assert in_local == [need.code for need in asked[:3]]
    assert in_district == [need.code for need in asked[3:]]
    assert sorted(in_local + in_district) == [need.code for need in asked]  # total stays 5, none in both
    assert [item.need.code for item in village.items.all()] == [need.code for need in asked]
    assert [i.project for i in district.items.all()] == forwarded
    assert {(i.handover.verdict, i.handover.reason) for i in district.items.all()} == {
        ("NOT_TAKEN", "อบต. ไม่มีงบประมาณพอในปีนี้")
    }
    assert [h.project for h in integration.waiting_for(stage.district_committee)] == forwarded


def test_the_village_sees_where_its_bridge_is_now(stage: Cast):
    bridge = _five_requests(stage)[4]
    needs.classify_need(need=bridge, response_kind=ResponseKind.JOINT, actor=stage.somsri, at=moment(1))
    proposed = projects.propose_from_need(need=bridge, actor=stage.somsri, at=moment(70))
    handover = integrate.hand_over(
        project=proposed,
        to=stage.district_committee,
        verdict=CapacityVerdict.MONEY,
        reason="เกินงบ อบต.",
        actor=stage.wichai,
        at=moment(71),
    )
    integrate.accept_handover(handover=handover, actor=stage.duangjai, at=moment(90))

    stations = integration.journey(bridge)

    assert [(s.act, s.who, s.state, s.amount_satang) for s in stations] == [
        ("needs.record_need", str(stage.somsri), "NEEDS_SUPPORT", 50_000_000),
        ("needs.classify_need", str(stage.somsri), "JOINT", None),
        ("projects.propose_from_need", str(stage.somsri), "COMMUNITY", 50_000_000),
        ("integration.hand_over", str(stage.wichai), "MONEY", None),
        ("integration.accept_handover", str(stage.duangjai), "ACCEPTED", None),
    ]
    assert stations[3].why == "เกินงบ อบต."
    assert stations[3].body == stage.district_committee.name_th
    assert [s.at for s in stations] == [moment(0), moment(1), moment(70), moment(71), moment(90)]
    assert integration.holder_of(proposed) == stage.district_committee
    assert integration.journey(proposed) == stations


def _needs_in(items: "list[PlanItem]") -> list[str]:
    return [need.code for item in items for need in projects_queries.needs_of(item.project)]
