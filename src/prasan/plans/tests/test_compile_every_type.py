"""Every type of plan is compiled from the records by the body that makes it, and by no other."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaClosure, AreaLevel, Tree
from prasan.integration import services as integration
from prasan.integration.models import CapacityVerdict
from prasan.needs import services as needs
from prasan.needs.testing import make_need
from prasan.plans import services as plans
from prasan.plans import sources
from prasan.plans.models import PlanEdition, PlanType
from prasan.projects import services as projects
from prasan.projects.models import AmountKind, Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _compile(stage: Cast, plan_type: str, body: Body, year: int = YEAR) -> list[Project | None]:
    edition = plans.compile_edition(
        plan_type=plan_type, body=body, fiscal_year=year, actor=stage.system, at=moment(200)
    )
    return [item.project for item in edition.items.order_by("priority")]


def test_every_type_has_its_recipe():
    assert set(sources.RECIPES) == set(PlanType.values)
    for key, recipe in sources.RECIPES.items():
        assert recipe.kinds, key
        assert all(key in plans.types_made_by(Body(kind=kind)) for kind in recipe.kinds)


def test_the_district_plan_lists_everybody_who_acts_in_the_district(stage: Cast):
    """Glossary 1.7: the coordination list of all actors in the district."""
    road = make_project(owner=stage.highways, area=stage.tambon, name="ถนน")
    local = make_project(owner=stage.sao, area=stage.village, name="ประปา")
    make_project(owner=stage.other_sao, area=stage.other_district, name="นอกอำเภอ")
    assert _compile(stage, "DISTRICT_PLAN", stage.district_committee) == [road, local]


def test_the_tambon_plan_gathers_its_villages_and_counts_a_merged_need_once(stage: Cast):
    """R53."""
    centre = Body.objects.create(code="C", kind=BodyKind.TAMBON_COMMUNITY_CENTRE, name_th="ศอช.ต.", area=stage.tambon)
    one = make_need(area=stage.village, body=stage.village_committee)
    same = make_need(area=stage.other_village, body=stage.other_committee)
    other = make_need(area=stage.other_village, body=stage.other_committee, title="ลานตาก")
    make_need(area=stage.far_village, body=stage.far_committee)
    needs.merge_need(need=same, into=one, reason="บ่อเดียวกัน", actor=stage.system, at=moment(100))
    edition = plans.compile_edition(
        plan_type="TAMBON_PLAN", body=centre, fiscal_year=YEAR, actor=stage.system, at=moment(200)
    )
    assert [item.need for item in edition.items.order_by("priority")] == [one, other]


def _years(stage: Cast, name: str, *years: tuple[int, AmountKind, int]) -> Project:
    draft = projects.ProjectDraft(
        owner=stage.highways, origin="LOCAL_PLAN", fiscal_year=years[0][0], name=name, area=stage.district,
        years=tuple(projects.YearDraft(year, baht * 100, kind) for year, kind, baht in years),
    )  # fmt: skip
    return projects.record_project(draft=draft, actor=stage.system, at=moment(10))


def test_a_plan_of_five_years_holds_what_has_money_in_any_of_them(stage: Cast):
    first = _years(stage, "ปีแรก", (YEAR, AmountKind.PLANNED, 10))
    last = _years(stage, "ปีที่ห้า", (YEAR + 4, AmountKind.PLANNED, 10))
    _years(stage, "ปีที่หก", (YEAR + 5, AmountKind.PLANNED, 10))
    _years(stage, "ปีก่อน", (YEAR - 1, AmountKind.PLANNED, 10))
    assert _compile(stage, "PROVINCIAL_5Y_PLAN", stage.province_office) == [first, last]
    assert _compile(stage, "PROVINCIAL_PLAN", stage.provincial_committee) == [first, last]
    assert _compile(stage, "PROVINCIAL_ANNUAL_REQUEST", stage.province_office) == [first]
    assert _compile(stage, "PROVINCIAL_ANNUAL_AREA_PLAN", stage.province_office) == [first]


def test_the_action_plan_holds_only_what_was_given_a_budget(stage: Cast):
    """R26."""
    _years(stage, "แผน", (YEAR, AmountKind.PLANNED, 10))
    funded = _years(stage, "ได้งบ", (YEAR, AmountKind.PLANNED, 10), (YEAR, AmountKind.BUDGETED, 8))
    _years(stage, "ได้งบปีก่อน", (YEAR - 1, AmountKind.BUDGETED, 8), (YEAR, AmountKind.PLANNED, 8))
    assert _compile(stage, "PROVINCIAL_ACTION_PLAN", stage.province_office) == [funded]


def test_the_cluster_carries_its_own_and_what_its_provinces_handed_to_it(stage: Cast):
    area = Area.objects.create(code="CL-1", level=AreaLevel.CLUSTER, name_th="ภาคเหนือตอนบน 2")
    AreaClosure.objects.create(tree=Tree.CLUSTER, ancestor=area, descendant=stage.province, depth=1)
    cluster = Body.objects.create(code="GBK", kind=BodyKind.CLUSTER_COMMITTEE, name_th="ก.บ.ก.", area=area)
    own = make_project(owner=cluster, name="เส้นทางท่องเที่ยวข้ามจังหวัด")
    handed = make_project(owner=stage.province_office, name="ถนนเชื่อมสองจังหวัด", area=stage.province)
    make_project(owner=stage.province_office, name="ของจังหวัดเอง", area=stage.province)
    hop = integration.hand_over(
        project=handed, to=cluster, verdict=CapacityVerdict.CROSSES_BORDER, reason="สองจังหวัด", actor=stage.system,
        at=moment(50),
    )  # fmt: skip
    assert _compile(stage, "CLUSTER_ANNUAL_ACTION_PLAN", cluster) == [own]
    integration.accept_handover(handover=hop, actor=stage.system, at=moment(60))
    assert _compile(stage, "CLUSTER_ANNUAL_ACTION_PLAN", cluster) == [own, handed]
    assert _compile(stage, "CLUSTER_PLAN", cluster) == [own, handed]


@pytest.mark.parametrize("plan_type", [key for key in PlanType.values if not key.startswith("LOCAL_")])
def test_another_kind_of_body_does_not_make_it(stage: Cast, plan_type: str):
    with pytest.raises(plans.UnableToCompilePlan, match="other_maker"):
        plans.compile_edition(
            plan_type=plan_type, body=stage.highways, fiscal_year=YEAR, actor=stage.system, at=moment(1)
        )
    assert not PlanEdition.objects.exists()
