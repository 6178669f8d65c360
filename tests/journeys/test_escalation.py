"""AC-15: beyond the อบต., beyond the district, agreed by the province's committee, accepted by the อบจ."""

import pytest

from prasan.integration import queries as integration
from prasan.integration import services as integrate
from prasan.integration.models import CapacityVerdict, Handover
from prasan.plans import services as plans
from prasan.plans.models import PlanItem, PlanType
from prasan.projects import services as projects
from prasan.projects.models import Origin, Project
from tests.cast import YEAR, Cast, cast, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _bridge(stage: Cast) -> Project:
    return projects.record_project(
        draft=projects.ProjectDraft(
            owner=stage.sao,
            origin=Origin.LOCAL_PLAN_COORDINATION,
            fiscal_year=YEAR,
            name="สะพาน คสล. ข้ามแม่น้ำอิง",
            years=(projects.YearDraft(YEAR, 2_500_000_000),),
            area=stage.village,
            asks=stage.pao,
        ),
        actor=stage.wichai,
        at=moment(50),
    )


def _escalate(stage: Cast, bridge: Project) -> None:
    first = integrate.hand_over(
        project=bridge,
        to=stage.district_local,
        verdict=CapacityVerdict.MONEY,
        reason="วงเงินเกินรายได้ทั้งปี",
        actor=stage.wichai,
        at=moment(100),
    )
    integrate.accept_handover(handover=first, actor=stage.duangjai, at=moment(105))
    second = integrate.hand_over(
        project=bridge,
        to=stage.provincial_local,
        verdict=CapacityVerdict.SKILL,
        reason="อำเภอไม่มีผู้ออกแบบสะพาน",
        actor=stage.duangjai,
        at=moment(110),
    )
    integrate.accept_handover(handover=second, actor=stage.prasit, at=moment(115))
    third = integrate.hand_over(
        project=bridge,
        to=stage.pao,
        verdict=CapacityVerdict.PROPOSED,
        reason="เป็นประโยชน์หลายตำบล",
        actor=stage.prasit,
        at=moment(120),
    )
    integrate.accept_handover(handover=third, actor=stage.malee, at=moment(130), reason="บรรจุในแผน อบจ.")


def test_the_path_has_four_hops_each_with_its_judgement(stage: Cast):
    bridge = _bridge(stage)
    _escalate(stage, bridge)
    assert [(hop.number, hop.body, hop.judgement, hop.reason) for hop in integration.path(bridge)] == [
        (1, stage.sao, "MONEY", "วงเงินเกินรายได้ทั้งปี"),
        (2, stage.district_local, "SKILL", "อำเภอไม่มีผู้ออกแบบสะพาน"),
        (3, stage.provincial_local, "PROPOSED", "เป็นประโยชน์หลายตำบล"),
        (4, stage.pao, "ACCEPTED", "บรรจุในแผน อบจ."),
    ]
    assert integration.holder_of(bridge) == stage.pao


def test_it_stands_once_and_that_in_the_plan_of_the_pao(stage: Cast):
    bridge = _bridge(stage)
    before = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(60)
    )
    assert [item.project for item in before.items.all()] == [bridge]
    _escalate(stage, bridge)

    local = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(140)
    )
    district = plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN", area=stage.district, fiscal_year=YEAR, actor=stage.duangjai, at=moment(141)
    )
    pao = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.pao, fiscal_year=YEAR, actor=stage.malee, at=moment(142)
    )

    assert list(local.items.all()) == []
    assert list(district.items.all()) == []
    assert [item.project for item in pao.items.all()] == [bridge]
    assert [item.edition for item in PlanItem.objects.filter(project=bridge)] == [pao]


def test_the_provincial_plan_lists_it_once_beside_whoever_runs_it(stage: Cast):
    bridge = _bridge(stage)
    _escalate(stage, bridge)
    province = plans.compile_place(
        plan_type="PROVINCIAL_ANNUAL_ACTION_PLAN",
        area=stage.province,
        fiscal_year=YEAR,
        actor=stage.prasit,
        at=moment(200),
    )
    assert province.plan_type == PlanType.PROVINCIAL_ANNUAL_ACTION_PLAN
    assert [item.project for item in province.items.all()] == [bridge]


def test_its_history_is_kept_to_the_day_and_the_person(stage: Cast):
    bridge = _bridge(stage)
    _escalate(stage, bridge)
    stations = integration.journey(bridge)
    assert [(s.at, s.act, s.who, s.state) for s in stations] == [
        (moment(50), "projects.record_project", str(stage.wichai), "LOCAL_PLAN_COORDINATION"),
        (moment(100), "integration.hand_over", str(stage.wichai), "MONEY"),
        (moment(105), "integration.accept_handover", str(stage.duangjai), "ACCEPTED"),
        (moment(110), "integration.hand_over", str(stage.duangjai), "SKILL"),
        (moment(115), "integration.accept_handover", str(stage.prasit), "ACCEPTED"),
        (moment(120), "integration.hand_over", str(stage.prasit), "PROPOSED"),
        (moment(130), "integration.accept_handover", str(stage.malee), "ACCEPTED"),
    ]
    assert Handover.objects.filter(project=bridge).count() == 3


def test_a_level_cannot_be_skipped_on_the_way(stage: Cast):
    bridge = _bridge(stage)
    for to in (stage.provincial_local, stage.pao):
        with pytest.raises(integrate.UnableToHandOver) as refusal:
            integrate.hand_over(
                project=bridge,
                to=to,
                verdict=CapacityVerdict.MONEY,
                reason="งบไม่พอ",
                actor=stage.wichai,
                at=moment(100),
            )
        assert refusal.value.code == "skips_a_level"
    assert not Handover.objects.exists()
