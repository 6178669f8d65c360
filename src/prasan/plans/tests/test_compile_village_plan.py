"""The community plan is the village plan: every need of the village stands in it (R35)."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.testing import make_need
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, PlanType

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _compile(stage: Cast, day: int = 100) -> PlanEdition:
    return plans.compile_place(
        plan_type="VILLAGE_PLAN", area=stage.village, fiscal_year=YEAR, actor=stage.somsri, at=moment(day)
    )


def test_it_lists_every_need_in_the_order_of_the_community(stage: Cast):
    unnumbered = make_need(body=stage.village_committee, title="ไม่มีลำดับ")
    second = make_need(body=stage.village_committee, ordinal=2, response_kind="SELF_HELP")
    first = make_need(body=stage.village_committee, ordinal=1, amount_satang=500)
    make_need(body=stage.other_committee, ordinal=1)
    make_need(body=stage.village_committee, fiscal_year=2570)
    edition = _compile(stage)
    assert (edition.plan_type, edition.body, edition.number) == (PlanType.VILLAGE_PLAN, stage.village_committee, 1)
    assert [(i.priority, i.need) for i in edition.items.all()] == [(1, first), (2, second), (3, unnumbered)]
    totals = queries.edition_totals(edition)
    assert (totals.items, totals.records, totals.without_money, totals.satang) == (3, 3, 2, 500)


def test_a_need_merged_into_another_of_the_village_stands_once_and_a_withdrawn_one_not_at_all(stage: Cast):
    kept, merged, gone = (make_need(body=stage.village_committee, ordinal=n) for n in (1, 2, 3))
    needs.merge_need(need=merged, into=kept, reason="ซ้ำ", actor=stage.somsri, at=moment(1))
    needs.withdraw_need(need=gone, reason="เลิก", actor=stage.somsri, at=moment(1))
    assert [i.need for i in _compile(stage).items.all()] == [kept]


def test_a_need_merged_into_that_of_another_village_is_still_in_its_own_villages_plan(stage: Cast):
    theirs = make_need(body=stage.other_committee, amount_satang=700)
    ours, ours_too = (make_need(body=stage.village_committee, amount_satang=400) for _ in range(2))
    for need in (ours, ours_too):
        needs.merge_need(need=need, into=theirs, reason="ถนนสายเดียว", actor=stage.wichai, at=moment(1))
    edition = _compile(stage)
    assert [i.need for i in edition.items.all()] == [ours]
    assert queries.edition_totals(edition).satang == 700  # read through the need that stands


def test_compiling_again_without_change_changes_nothing(stage: Cast):
    make_need(body=stage.village_committee)
    first = _compile(stage)
    before = PlanEdition.objects.values().get(), list(first.items.values()), Entry.objects.count()
    again = _compile(stage, day=101)
    assert again == first
    assert (PlanEdition.objects.values().get(), list(first.items.values()), Entry.objects.count()) == before


def test_what_came_and_what_went_is_journalled_with_the_record_it_concerns(stage: Cast):
    first = make_need(body=stage.village_committee)
    _compile(stage)
    needs.withdraw_need(need=first, reason="เลิก", actor=stage.somsri, at=moment(101))
    second = make_need(body=stage.village_committee)
    edition = _compile(stage, day=102)
    assert (edition.number, edition.version, edition.compiled_at) == (1, 2, moment(102))
    lines = Entry.objects.filter(act__startswith="plans.").order_by("id")
    assert [(e.act, e.subject_code) for e in lines] == [
        ("plans.compile_edition", "VILLAGE_PLAN/2569/1"),
        ("plans.list_item", first.code),
        ("plans.compile_edition", "VILLAGE_PLAN/2569/1"),
        ("plans.list_item", second.code),
        ("plans.unlist_item", first.code),
    ]


def test_it_is_refused_without_a_committee_or_for_a_christian_year(stage: Cast):
    for area, year, code in ((stage.tambon, YEAR, "no_body"), (stage.village, 2026, "implausible_year")):
        with pytest.raises(plans.UnableToCompilePlan) as refusal:
            plans.compile_place(plan_type="VILLAGE_PLAN", area=area, fiscal_year=year, actor=stage.somsri, at=moment(1))
        assert refusal.value.code == code
    assert not PlanEdition.objects.exists()
