"""A need's particulars change; its code stays and the journal keeps what stood before."""

import dataclasses

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need, need_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_what_changed_is_written_and_journalled_with_before_and_after(stage: Cast):
    need = make_need(body=stage.village_committee)
    draft = need_draft(body=stage.village_committee, title="ขุดลอกคลอง", amount_satang=500, source="แก้ไข.xlsx")
    needs.revise_need(need=need, draft=draft, actor=stage.somsri, at=moment(5), reason="พิมพ์ผิด")
    stored = Need.objects.get(pk=need.pk)
    assert (stored.code, stored.title, stored.amount_satang, stored.version) == (need.code, "ขุดลอกคลอง", 500, 2)
    data = Entry.objects.get(act="needs.revise_need").data
    assert (data["reason"], data["source"]) == ("พิมพ์ผิด", "แก้ไข.xlsx")
    assert data["changes"]["amount_satang"] == {"before": None, "after": 500}
    assert set(data["changes"]) == {"amount_satang", "title", "title_key"}


def test_saying_the_same_again_writes_nothing(stage: Cast):
    need = make_need(body=stage.village_committee)
    entries = Entry.objects.count()
    same = needs.revise_need(
        need=need, draft=need_draft(body=stage.village_committee), actor=stage.somsri, at=moment(5)
    )
    assert (same.version, Entry.objects.count()) == (1, entries)


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(stage: Cast):
    need = make_need(body=stage.village_committee)
    hers, his = Need.objects.get(pk=need.pk), Need.objects.get(pk=need.pk)
    draft = need_draft(body=stage.village_committee, title="ของเธอ")
    needs.revise_need(need=hers, draft=draft, actor=stage.somsri, at=moment(5))
    with pytest.raises(needs.UnableToReviseNeed, match="changed_meanwhile"):
        needs.revise_need(need=his, draft=dataclasses.replace(draft, title="ของเขา"), actor=stage.wichai, at=moment(5))
    assert Need.objects.get(pk=need.pk).title == "ของเธอ"


def test_another_community_a_merged_a_withdrawn_need_and_a_bad_draft_are_refused(stage: Cast):
    kept, merged, gone = (make_need(body=stage.village_committee) for _ in range(3))
    needs.merge_need(need=merged, into=kept, reason="ซ้ำ", actor=stage.somsri, at=moment(1))
    needs.withdraw_need(need=gone, reason="เลิก", actor=stage.somsri, at=moment(1))
    good = need_draft(body=stage.village_committee, title="ใหม่")
    for need, draft, code in (
        (kept, dataclasses.replace(good, body=stage.other_committee), "body_changes"),
        (kept, dataclasses.replace(good, title=" "), "no_title"),
        (merged, good, "merged"),
        (gone, good, "withdrawn"),
    ):
        with pytest.raises(needs.UnableToReviseNeed) as refusal:
            needs.revise_need(need=need, draft=draft, actor=stage.somsri, at=moment(5))
        assert refusal.value.code == code
    assert not Entry.objects.filter(act="needs.revise_need").exists()
