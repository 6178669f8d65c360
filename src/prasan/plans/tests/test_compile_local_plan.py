"""The local plan lists what the local government carries itself, and what it accepted from others."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.integration import services as integrate
from prasan.integration.testing import make_handover
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, PlanType
from prasan.projects import services as projects
from prasan.projects.models import Origin, Project
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _local(stage: Cast, day: int = 120) -> list[Project]:
    edition = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(day)
    )
    return [item.project for item in edition.items.all()]


def test_it_lists_own_projects_with_money_in_the_year_or_of_the_year_without_money(stage: Cast):
    this_year = make_project(owner=stage.sao)
    later = make_project(owner=stage.sao, fiscal_year=2568, years=(YearDraft(2568, 1), YearDraft(YEAR, 2)))
    until = make_project(owner=stage.sao, fiscal_year=2568, years=(YearDraft(2571, 3, span="UNTIL"),))
    unpriced = make_project(owner=stage.sao, baht=None)
    make_project(owner=stage.sao, years=(YearDraft(2570, 5),))  # no money this year
    make_project(owner=stage.sao, baht=None, fiscal_year=2570)
    make_project(owner=stage.other_sao)
    make_project(owner=stage.sao, origin=Origin.ACTION_PLAN)
    assert _local(stage) == [this_year, later, until, unpriced]


def test_what_it_accepted_stands_in_it_and_what_waits_does_not(stage: Cast):
    taken, waiting, returned = (make_project(owner=stage.village_committee) for _ in range(3))
    make_handover(project=taken, to=stage.sao, accepted=True)
    make_handover(project=waiting, to=stage.sao)
    sent_back = make_handover(project=returned, to=stage.sao)
    integrate.return_handover(handover=sent_back, reason="ไม่ครบ", actor=stage.wichai, at=moment(110))
    assert _local(stage) == [taken]


def test_what_it_handed_on_leaves_it_and_comes_back_when_returned(stage: Cast):
    own, accepted = make_project(owner=stage.sao), make_project(owner=stage.village_committee)
    make_handover(project=accepted, to=stage.sao, accepted=True)
    assert _local(stage) == [own, accepted]
    sent = [make_handover(project=p, to=stage.district_local) for p in (own, accepted)]
    assert _local(stage, 121) == []
    for handover in sent:
        integrate.return_handover(handover=handover, reason="ทำเองได้", actor=stage.duangjai, at=moment(122))
    assert _local(stage, 123) == [own, accepted]


def test_a_merged_or_withdrawn_project_is_out(stage: Cast):
    kept, merged, gone = (make_project(owner=stage.sao) for _ in range(3))
    projects.merge_project(project=merged, into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(60))
    assert _local(stage) == [kept]


def test_the_action_plan_is_an_edition_of_its_own(stage: Cast):
    planned = make_project(owner=stage.sao)
    voted = make_project(owner=stage.sao, origin=Origin.ACTION_PLAN, years=(YearDraft(YEAR, 900, kind="BUDGETED"),))
    action = plans.compile_edition(
        plan_type="LOCAL_ACTION_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(120)
    )
    assert _local(stage) == [planned]
    assert (action.plan_type, [i.project for i in action.items.all()]) == (PlanType.LOCAL_ACTION_PLAN, [voted])
    assert queries.edition_totals(action).satang == 900


def test_a_body_that_is_no_local_government_has_no_local_plan(stage: Cast):
    for plan_type in ("LOCAL_PLAN", "LOCAL_ACTION_PLAN"):
        with pytest.raises(plans.UnableToCompilePlan, match="no_local_government"):
            plans.compile_edition(
                plan_type=plan_type, body=stage.district_office, fiscal_year=YEAR, actor=stage.system, at=moment(1)
            )
    assert not PlanEdition.objects.exists()


def test_a_merge_after_compiling_is_counted_once_in_the_totals_of_the_edition(stage: Cast):
    a, b = make_project(owner=stage.sao, baht=100), make_project(owner=stage.sao, baht=30)
    edition = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(120)
    )
    assert queries.edition_totals(edition).satang == 13_000
    projects.merge_project(project=b, into=a, reason="ซ้ำ", actor=stage.wichai, at=moment(121))
    totals = queries.edition_totals(edition)
    assert (totals.items, totals.records, totals.satang) == (2, 1, 10_000)
    assert [(y.fiscal_year, y.satang, y.projects) for y in totals.years] == [(YEAR, 10_000, 1)]


def test_five_hundred_items_take_no_more_queries_than_their_batches(stage: Cast, django_assert_max_num_queries):
    drafts = [
        projects.ProjectDraft(owner=stage.sao, origin=Origin.LOCAL_PLAN, fiscal_year=YEAR, name=f"สาย {n}")
        for n in range(500)
    ]
    projects.record_projects(drafts=drafts, actor=stage.system, at=moment(1))
    with django_assert_max_num_queries(45):
        edition = plans.compile_edition(
            plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(120)
        )
    with django_assert_max_num_queries(15):
        plans.compile_edition(
            plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(121)
        )
    assert list(edition.items.values_list("priority", flat=True)) == list(range(1, 501))
