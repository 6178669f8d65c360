"""One need stands for another, and may be taken apart again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import queries
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_need_once_merged_still_has_its_own_code(stage: Cast):
    kept, other = make_need(body=stage.village_committee), make_need(body=stage.other_committee)
    needs.merge_need(need=other, into=kept, reason="ถนนสายเดียวกัน", actor=stage.wichai, at=moment(3))
    stored = Need.objects.get(pk=other.pk)
    assert (stored.code, stored.canonical()) == ("56-2569-N00002", kept)
    assert list(queries.standing_needs(area=stage.tambon)) == [kept]
    entry = Entry.objects.get(act="needs.merge_need")
    assert (entry.subject_id, entry.data) == (other.pk, {"into": kept.code, "reason": "ถนนสายเดียวกัน"})


def test_a_chain_is_followed_to_its_end(stage: Cast):
    a, b, c = (make_need(body=stage.village_committee) for _ in range(3))
    needs.merge_need(need=a, into=b, reason="ซ้ำ", actor=stage.somsri, at=moment(3))
    needs.merge_need(need=b, into=c, reason="ซ้ำ", actor=stage.somsri, at=moment(4))
    assert Need.objects.get(pk=a.pk).canonical() == c
    assert queries.canonical_ids([a.pk, b.pk, c.pk]) == {a.pk: c.pk, b.pk: c.pk, c.pk: c.pk}
    assert queries.merged_family(c) == [c.pk, b.pk, a.pk]


def test_whoever_is_named_the_one_that_stands_for_it_is_kept(stage: Cast):
    a, b, c = (make_need(body=stage.village_committee) for _ in range(3))
    needs.merge_need(need=b, into=c, reason="ซ้ำ", actor=stage.somsri, at=moment(3))
    needs.merge_need(need=a, into=b, reason="ซ้ำ", actor=stage.somsri, at=moment(4))
    assert Need.objects.get(pk=a.pk).merged_into == c


def test_a_merge_is_undone(stage: Cast):
    kept, other = make_need(body=stage.village_committee), make_need(body=stage.village_committee)
    needs.merge_need(need=other, into=kept, reason="ซ้ำ", actor=stage.somsri, at=moment(3))
    needs.unmerge_need(need=other, reason="คนละสาย", actor=stage.somsri, at=moment(4))
    assert Need.objects.get(pk=other.pk).merged_into is None
    assert Entry.objects.get(act="needs.unmerge_need").data == {"from": kept.code, "reason": "คนละสาย"}
    with pytest.raises(needs.UnableToUnmergeNeed, match="not_merged"):
        needs.unmerge_need(need=Need.objects.get(pk=other.pk), reason="ซ้ำ", actor=stage.somsri, at=moment(5))


def test_merging_is_refused_without_reason_into_itself_twice_or_with_the_withdrawn(stage: Cast):
    a, b, c, gone = (make_need(body=stage.village_committee) for _ in range(4))
    needs.merge_need(need=a, into=b, reason="ซ้ำ", actor=stage.somsri, at=moment(3))
    needs.withdraw_need(need=gone, reason="ไม่ต้องแล้ว", actor=stage.somsri, at=moment(3))
    before = Entry.objects.count()
    for need, into, reason, code in (
        (c, b, " ", "no_reason"),
        (b, b, "ซ้ำ", "circle"),
        (b, a, "ซ้ำ", "circle"),
        (a, c, "ซ้ำ", "merged"),
        (c, gone, "ซ้ำ", "withdrawn"),
        (gone, c, "ซ้ำ", "withdrawn"),
    ):
        with pytest.raises(needs.UnableToMergeNeed) as refusal:
            needs.merge_need(need=need, into=into, reason=reason, actor=stage.somsri, at=moment(4))
        assert refusal.value.code == code
    assert Entry.objects.count() == before


def test_the_second_of_two_officers_is_told(stage: Cast):
    a, b, c = (make_need(body=stage.village_committee) for _ in range(3))
    needs.classify_need(need=Need.objects.get(pk=a.pk), response_kind="JOINT", actor=stage.somsri, at=moment(3))
    with pytest.raises(needs.UnableToMergeNeed, match="changed_meanwhile"):
        needs.merge_need(need=a, into=b, reason="ซ้ำ", actor=stage.wichai, at=moment(3))
    needs.merge_need(need=b, into=c, reason="ซ้ำ", actor=stage.wichai, at=moment(3))
    with pytest.raises(needs.UnableToUnmergeNeed, match="changed_meanwhile"):
        needs.unmerge_need(need=b, reason="ต่าง", actor=stage.wichai, at=moment(4), seen_version=1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
def test_however_needs_are_merged_and_taken_apart_nobody_goes_in_circles_or_is_lost(
    stage: Cast, moves: list[tuple[int, int]]
):
    made = [make_need(body=stage.village_committee) for _ in range(6)]
    refusals: set[str] = set()
    for k, (one, other) in enumerate(moves):
        need, into = Need.objects.get(pk=made[one].pk), Need.objects.get(pk=made[other].pk)
        try:
            if need.merged_into is not None:
                needs.unmerge_need(need=need, reason="ต่าง", actor=stage.system, at=moment(k))
            else:
                needs.merge_need(need=need, into=into, reason="ซ้ำ", actor=stage.system, at=moment(k))
        except needs.UnableToMergeNeed as refusal:
            refusals.add(refusal.code)
        standing = queries.canonical_ids(n.pk for n in made)
        assert {pk: Need.objects.get(pk=pk).canonical().pk for pk in standing} == standing
        roots = set(standing.values())
        assert sorted(pk for root in roots for pk in queries.merged_family(Need.objects.get(pk=root))) == sorted(
            standing
        )
    assert refusals <= {"circle"}
