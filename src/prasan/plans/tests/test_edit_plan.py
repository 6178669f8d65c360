"""Officers add, take out and rank; compiling again respects all three."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.integration.queries import journey
from prasan.integration.services import return_handover
from prasan.integration.testing import make_handover
from prasan.journal.models import Entry
from prasan.needs.testing import make_need
from prasan.plans import rules
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, PlanItem, PlanRemoval
from prasan.plans.testing import make_local_plan
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _listed(edition: PlanEdition) -> list[Project]:
    return [item.project for item in edition.items.order_by("priority")]


def _reverse(stage: Cast, edition: PlanEdition) -> None:
    ids = list(edition.items.order_by("-priority").values_list("pk", flat=True))
    plans.reorder(edition=edition, item_ids=ids, actor=stage.wichai, at=moment(130))


def test_a_ranking_by_hand_survives_compiling_and_what_is_new_comes_last(stage: Cast):
    a, b, c = (make_project(owner=stage.sao) for _ in range(3))
    edition = make_local_plan(lao=stage.sao)
    rows = set(edition.items.values_list("pk", flat=True))
    _reverse(stage, edition)
    assert _listed(edition) == [c, b, a]
    d = make_project(owner=stage.sao)
    projects.withdraw_project(project=b, reason="เลิก", actor=stage.wichai, at=moment(131))
    assert _listed(make_local_plan(lao=stage.sao, at=moment(132))) == [c, a, d]
    assert list(edition.items.values_list("priority", flat=True)) == [1, 2, 3]
    assert len(rows & set(edition.items.values_list("pk", flat=True))) == 2  # items that stay keep their row


def test_without_a_ranking_the_source_order_holds(stage: Cast):
    a, b = (make_project(owner=stage.sao) for _ in range(2))
    make_handover(project=a, to=stage.district_local)
    assert _listed(make_local_plan(lao=stage.sao)) == [b]
    return_handover(handover=a.handovers.get(), reason="ทำเองได้", actor=stage.duangjai, at=moment(131))
    assert _listed(make_local_plan(lao=stage.sao, at=moment(132))) == [a, b]


def test_an_item_added_by_hand_stays_while_its_project_stands(stage: Cast):
    a = make_project(owner=stage.sao)
    edition = make_local_plan(lao=stage.sao)
    later = make_project(owner=stage.sao, years=(YearDraft(2570, 5),))
    item = plans.add_item(edition=edition, record=later, actor=stage.wichai, at=moment(130))
    assert (item.priority, item.source) == (2, "ADDED")
    version = edition.version
    assert make_local_plan(lao=stage.sao, at=moment(131)).version == version
    assert _listed(edition) == [a, later]
    assert journey(later)[-1].what == "เจ้าหน้าที่เพิ่มเข้าแผน"
    projects.withdraw_project(project=later, reason="เลิก", actor=stage.wichai, at=moment(132))
    assert _listed(make_local_plan(lao=stage.sao, at=moment(133))) == [a]


def test_a_need_may_be_added_too(stage: Cast):
    edition = make_local_plan(lao=stage.sao)
    need = make_need(body=stage.village_committee)
    item = plans.add_item(edition=edition, record=need, actor=stage.wichai, at=moment(130))
    assert (item.need, item.project) == (need, None)


def test_what_was_taken_out_stays_out_until_somebody_adds_it(stage: Cast):
    a, b = (make_project(owner=stage.sao) for _ in range(2))
    edition = make_local_plan(lao=stage.sao, at=moment(120))
    first = edition.items.get(project=a)
    plans.remove_item(edition=edition, item=first, reason="ทำปีหน้า", actor=stage.wichai, at=moment(130))
    assert _listed(make_local_plan(lao=stage.sao, at=moment(131))) == [b]
    removal = PlanRemoval.objects.get()
    assert (removal.project, removal.reason, removal.removed_by) == (a, "ทำปีหน้า", stage.wichai)
    assert (journey(a)[-1].act, journey(a)[-1].why) == ("plans.remove_item", "ทำปีหน้า")
    plans.add_item(edition=edition, record=a, actor=stage.wichai, at=moment(132))
    assert _listed(make_local_plan(lao=stage.sao, at=moment(133))) == [a, b]
    assert not PlanRemoval.objects.exists()


def test_a_project_stands_in_one_bodys_plan_only(stage: Cast):
    shared = make_project(owner=stage.sao)
    make_local_plan(lao=stage.sao)
    theirs = make_local_plan(lao=stage.pao)
    with pytest.raises(plans.UnableToAddItem, match="in_another_plan"):
        plans.add_item(edition=theirs, record=shared, actor=stage.malee, at=moment(130))
    assert _listed(theirs) == []


def test_refusals_change_nothing(stage: Cast):
    a, gone = (make_project(owner=stage.sao) for _ in range(2))
    edition = make_local_plan(lao=stage.sao)
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(129))
    other = make_local_plan(lao=stage.other_sao)
    foreign = plans.add_item(
        edition=other, record=make_need(body=stage.far_committee), actor=stage.system, at=moment(129)
    )
    first = edition.items.get(project=a)
    before = list(PlanItem.objects.order_by("pk").values()), Entry.objects.count()
    for record, code in ((a, "listed_already"), (gone, "not_standing")):
        with pytest.raises(plans.UnableToAddItem) as adding:
            plans.add_item(edition=edition, record=record, actor=stage.wichai, at=moment(130))
        assert adding.value.code == code
    for item, reason, code in ((first, "", "no_reason"), (foreign, "เลิก", "not_in_this_plan")):
        with pytest.raises(plans.UnableToRemoveItem) as removing:
            plans.remove_item(edition=edition, item=item, reason=reason, actor=stage.wichai, at=moment(130))
        assert removing.value.code == code
    for ids in ([first.pk], [first.pk, first.pk], [first.pk, foreign.pk], []):
        with pytest.raises(plans.UnableToReorder, match="incomplete_order"):
            plans.reorder(
                edition=PlanEdition.objects.get(pk=edition.pk), item_ids=ids, actor=stage.wichai, at=moment(130)
            )
    assert (list(PlanItem.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_the_second_of_two_officers_is_told_and_no_order_is_overwritten(stage: Cast):
    a, b = (make_project(owner=stage.sao) for _ in range(2))
    make_local_plan(lao=stage.sao)
    hers, his = PlanEdition.objects.get(), PlanEdition.objects.get()
    _reverse(stage, hers)
    ids = list(his.items.order_by("priority").values_list("pk", flat=True))
    with pytest.raises(plans.UnableToReorder, match="changed_meanwhile"):
        plans.reorder(edition=his, item_ids=ids[::-1], actor=stage.system, at=moment(130))
    with pytest.raises(plans.UnableToRemoveItem, match="changed_meanwhile"):
        plans.remove_item(edition=his, item=his.items.first(), reason="เลิก", actor=stage.system, at=moment(130))
    with pytest.raises(plans.UnableToAddItem, match="changed_meanwhile"):
        plans.add_item(edition=his, record=make_need(body=stage.village_committee), actor=stage.system, at=moment(130))
    assert _listed(hers) == [b, a]


def test_the_order_of_a_plan_compiled_again():
    assert rules.order_of(wanted=[1, 2, 3], standing=[3, 1], by_hand=False) == [1, 2, 3]
    assert rules.order_of(wanted=[1, 2, 3], standing=[3, 4, 1], by_hand=True) == [3, 1, 2]
    assert rules.order_of(wanted=[], standing=[1], by_hand=True) == []


def test_the_year_of_a_plan_is_a_buddhist_one():
    assert [rules.year_is_plausible(year) for year in (YEAR, 2026, 2480, 2651)] == [True, False, True, False]
