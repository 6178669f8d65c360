"""A community takes its request back; the record stays."""

import pytest
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


def test_a_withdrawn_need_keeps_its_record_and_leaves_the_lists(stage: Cast):
    need = make_need(body=stage.village_committee)
    needs.withdraw_need(need=need, reason="หมู่บ้านทำเสร็จแล้ว", actor=stage.somsri, at=moment(5))
    assert Need.objects.get(pk=need.pk).withdrawn_at == moment(5)
    assert list(queries.standing_needs(area=stage.village)) == []
    assert Entry.objects.get(act="needs.withdraw_need").data == {"reason": "หมู่บ้านทำเสร็จแล้ว"}


def test_it_is_refused_without_reason_twice_or_while_it_stands_for_others(stage: Cast):
    gone, kept, merged = (make_need(body=stage.village_committee) for _ in range(3))
    needs.withdraw_need(need=gone, reason="ไม่ต้องแล้ว", actor=stage.somsri, at=moment(5))
    needs.merge_need(need=merged, into=kept, reason="ซ้ำ", actor=stage.somsri, at=moment(5))
    for need, reason, code in (
        (kept, "", "no_reason"),
        (gone, "อีกครั้ง", "withdrawn"),
        (kept, "ไม่ต้องแล้ว", "stands_for_others"),
    ):
        with pytest.raises(needs.UnableToWithdrawNeed) as refusal:
            needs.withdraw_need(need=need, reason=reason, actor=stage.somsri, at=moment(6))
        assert refusal.value.code == code
    assert Entry.objects.filter(act="needs.withdraw_need").count() == 1


def test_the_second_of_two_officers_is_told(stage: Cast):
    need = make_need(body=stage.village_committee)
    needs.classify_need(need=Need.objects.get(pk=need.pk), response_kind="JOINT", actor=stage.wichai, at=moment(5))
    with pytest.raises(needs.UnableToWithdrawNeed, match="changed_meanwhile"):
        needs.withdraw_need(need=need, reason="ไม่ต้องแล้ว", actor=stage.somsri, at=moment(5))
    assert Need.objects.get(pk=need.pk).withdrawn_at is None
