"""A plan is submitted by its maker; what changes afterwards makes the next number."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _submitted(stage: Cast) -> PlanEdition:
    edition = make_local_plan(lao=stage.sao)
    return plans.submit_edition(edition=edition, actor=stage.wichai, at=moment(140))


def _listed(edition: PlanEdition) -> list[Project]:
    return [item.project for item in edition.items.order_by("priority")]


def test_a_submitted_edition_says_who_and_when(stage: Cast):
    make_project(owner=stage.sao)
    edition = _submitted(stage)
    assert (edition.state, edition.submitted_by, edition.submitted_at) == ("SUBMITTED", stage.wichai, moment(140))
    assert Entry.objects.get(act="plans.submit_edition").subject_code == "LOCAL_PLAN/2569/1"


def test_compiling_after_submission_leaves_it_and_makes_the_next_number_only_on_change(stage: Cast):
    a, b = (make_project(owner=stage.sao) for _ in range(2))
    draft = make_local_plan(lao=stage.sao)
    plans.reorder(
        edition=draft,
        item_ids=list(draft.items.order_by("-priority").values_list("pk", flat=True)),
        actor=stage.wichai,
        at=moment(130),
    )
    first = plans.submit_edition(edition=draft, actor=stage.wichai, at=moment(140))
    assert make_local_plan(lao=stage.sao, at=moment(141)) == first
    c = make_project(owner=stage.sao)
    second = make_local_plan(lao=stage.sao, at=moment(142))
    assert (first.number, second.number, second.state) == (1, 2, "DRAFT")
    assert (_listed(first), _listed(second)) == ([b, a], [b, a, c])
    assert list(queries.editions_of(stage.tambon, YEAR)) == [second]
    assert list(queries.editions_of(stage.tambon, YEAR, every_number=True)) == [second, first]


def test_what_was_taken_out_stays_out_of_the_next_number(stage: Cast):
    a, _b = (make_project(owner=stage.sao) for _ in range(2))
    draft = make_local_plan(lao=stage.sao)
    plans.remove_item(
        edition=draft, item=draft.items.get(project=a), reason="ทำปีหน้า", actor=stage.wichai, at=moment(130)
    )
    plans.submit_edition(edition=draft, actor=stage.wichai, at=moment(140))
    c = make_project(owner=stage.sao)
    assert _listed(make_local_plan(lao=stage.sao, at=moment(142))) == [_b, c]


def test_a_submitted_edition_is_not_edited_until_it_is_returned(stage: Cast):
    a = make_project(owner=stage.sao)
    edition = _submitted(stage)
    with pytest.raises(plans.UnableToRemoveItem, match="not_a_draft"):
        plans.remove_item(edition=edition, item=edition.items.get(), reason="เลิก", actor=stage.wichai, at=moment(141))
    plans.return_edition(edition=edition, reason="ขาดพิกัด", actor=stage.duangjai, at=moment(142))
    assert (edition.state, edition.submitted_by, edition.submitted_at) == ("DRAFT", None, None)
    assert Entry.objects.get(act="plans.return_edition").data["reason"] == "ขาดพิกัด"
    plans.remove_item(
        edition=edition, item=edition.items.get(project=a), reason="เลิก", actor=stage.wichai, at=moment(143)
    )


def test_refusals_of_submitting_and_returning(stage: Cast):
    edition = _submitted(stage)
    with pytest.raises(plans.UnableToSubmitEdition, match="not_a_draft"):
        plans.submit_edition(edition=edition, actor=stage.wichai, at=moment(141))
    with pytest.raises(plans.UnableToReturnEdition, match="no_reason"):
        plans.return_edition(edition=edition, reason=" ", actor=stage.duangjai, at=moment(141))
    with pytest.raises(plans.UnableToReturnEdition, match="changed_meanwhile"):
        plans.return_edition(edition=edition, reason="แก้", actor=stage.duangjai, at=moment(141), seen_version=1)
    plans.return_edition(edition=edition, reason="แก้", actor=stage.duangjai, at=moment(142))
    with pytest.raises(plans.UnableToReturnEdition, match="not_submitted"):
        plans.return_edition(edition=edition, reason="แก้", actor=stage.duangjai, at=moment(143))
    with pytest.raises(plans.UnableToSubmitEdition, match="changed_meanwhile"):
        plans.submit_edition(edition=edition, actor=stage.wichai, at=moment(144), seen_version=1)


def test_undecided_duplicates_that_touch_a_plan_are_found(stage: Cast):
    a, b, c = make_project(owner=stage.sao), make_project(owner=stage.pao), make_project(owner=stage.pao)
    edition = make_local_plan(lao=stage.sao)
    pair = make_pair(a, b)
    make_pair(a, c, verdict="overlap")
    make_pair(b, c)
    assert list(queries.open_duplicates(edition)) == [pair]


def test_editions_take_one_query_and_a_page_of_items_two(stage: Cast, django_assert_num_queries):
    for _ in range(5):
        make_project(owner=stage.sao)
    edition = make_local_plan(lao=stage.sao)
    make_local_plan(lao=stage.pao)
    with django_assert_num_queries(1):
        rows = [(e.body.name_th, e.body.area.name_th, e.item_count) for e in queries.editions_of(stage.province, YEAR)]
    assert sorted(count for _, _, count in rows) == [0, 5]
    with django_assert_num_queries(2):
        page = queries.items_page(edition, size=2)
        shown = [(i.project.owner.name_th, [y.amount_satang for y in i.project.years.all()]) for i in page.items]
    assert len(shown) == 2
    assert page.after == 2
    pages = [page]
    while pages[-1].after is not None:
        pages.append(queries.items_page(edition, after=pages[-1].after, size=2))
    assert [i.priority for p in pages for i in p.items] == [1, 2, 3, 4, 5]
    assert queries.latest_edition(plan_type="LOCAL_PLAN", body_id=stage.sao.pk, fiscal_year=YEAR) == edition
