"""What the forum asked for is written down with a code for life."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.models import Forum, Need, NeedSequence
from prasan.needs.testing import make_need, need_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_need_gets_the_next_code_of_its_province_and_year(stage: Cast):
    first = make_need(body=stage.village_committee, actor=stage.somsri)
    second = make_need(body=stage.other_committee, actor=stage.wichai)
    next_year = make_need(body=stage.village_committee, fiscal_year=2570)
    assert [n.code for n in (first, second, next_year)] == ["56-2569-N00001", "56-2569-N00002", "56-2570-N00001"]


def test_many_needs_are_numbered_in_the_order_they_came_and_journalled_one_by_one(stage: Cast):
    drafts = [
        need_draft(body=stage.village_committee, title=f"ข้อ {n}", fiscal_year=year, source=f"เวที.xlsx ม.1 แถว {n}")
        for n, year in enumerate([2569, 2570, 2569, 2570, 2569], 1)
    ]
    recorded = needs.record_needs(drafts=drafts, actor=stage.somsri, at=moment(0))
    assert [n.code for n in recorded] == [
        "56-2569-N00001",
        "56-2570-N00001",
        "56-2569-N00002",
        "56-2570-N00002",
        "56-2569-N00003",
    ]
    entries = Entry.objects.filter(act="needs.record_need")
    assert [(e.subject_id, e.subject_code, e.data["source"]) for e in entries] == [
        (n.pk, n.code, f"เวที.xlsx ม.1 แถว {k}") for k, n in enumerate(recorded, 1)
    ]
    assert {(e.at, e.actor_label) for e in entries} == {(moment(0), str(stage.somsri))}
    assert NeedSequence.objects.get(fiscal_year=2569).last == 3


def test_five_hundred_needs_take_thirty_queries_and_not_thousands(stage: Cast, django_assert_max_num_queries):
    drafts = [need_draft(body=stage.village_committee, title=f"ข้อ {n}") for n in range(500)]
    with django_assert_max_num_queries(30):
        recorded = needs.record_needs(drafts=drafts, actor=stage.system, at=moment(0))
    assert len({n.code for n in recorded}) == 500


def test_text_is_cleaned_and_a_search_key_is_kept(stage: Cast):
    need = make_need(body=stage.village_committee, title="  ก่อสร้าง\u00a0ถนน   คสล. ", problem="น้ํา ท่วม")
    assert (need.title, need.problem) == ("ก่อสร้าง ถนน คสล.", "น้ำ ท่วม")
    assert need.title_key
    assert " " not in need.title_key


def test_an_empty_list_writes_nothing(stage: Cast):
    assert needs.record_needs(drafts=[], actor=stage.somsri, at=moment(0)) == []
    assert not Entry.objects.filter(act="needs.record_need").exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " \u200b "}, "no_title"),
        ({"amount_satang": -1}, "negative_amount"),
        ({"fiscal_year": 2025}, "implausible_year"),
        ({"response_kind": "LATER"}, "unknown_response_kind"),
        ({"moos": "1," * 40}, "too_many_villages"),
    ],
)
def test_one_bad_request_stops_all_and_names_its_number(stage: Cast, said: dict[str, object], code: str):
    drafts = [need_draft(body=stage.village_committee), need_draft(body=stage.village_committee, **said)]
    with pytest.raises(needs.UnableToRecordNeed) as refusal:
        needs.record_needs(drafts=drafts, actor=stage.somsri, at=moment(0))
    assert refusal.value.code == code
    assert refusal.value.message_th.startswith("รายการที่ 2:")
    assert refusal.value.message_en.startswith("Item 2:")
    assert (Need.objects.count(), Entry.objects.count(), NeedSequence.objects.count()) == (0, 0, 0)


def test_the_same_forum_is_written_down_once(stage: Cast):
    draft = needs.ForumDraft(
        area=stage.village,
        body=stage.village_committee,
        fiscal_year=2569,
        held_text="12-14 ต.ค. 2567",
        held_on=dt.date(2024, 10, 12),
        attendance=30,
    )
    first = needs.record_forum(draft=draft, actor=stage.somsri, at=moment(0))
    second = needs.record_forum(draft=draft, actor=stage.wichai, at=moment(1))
    assert first == second
    assert (Forum.objects.count(), Entry.objects.filter(act="needs.record_forum").count()) == (1, 1)
    assert make_need(body=stage.village_committee, forum=first).forum == first
