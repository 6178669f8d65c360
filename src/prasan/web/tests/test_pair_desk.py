"""The integration desk: the queue, more than two records together, and many pairs decided after a preview."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prasan.integration import services as integrate
from prasan.integration.models import Pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import AT, make_project
from prasan.web.queries import firsts, pair_queue
from prasan.web.tables import pairs as tables
from prasan.web.tests.conftest import Stage

Open = Callable[..., Client]
MARK = re.compile(r'name="seen" value="([\d:]+)"')


def _pairs(page: str) -> list[int]:
    return [int(pk) for pk in dict.fromkeys(re.findall(r'href="/pairs/(\d+)/"', page))]


def _three(stage: Stage) -> list[Project]:
    names = ("ขุดลอกลำห้วย หมู่ที่ 1", "ขุดลอกลำห้วย หมู่ 1", "ขุดลอกห้วยยาว หมู่ที่ 1")
    owners = (stage.cast.sao, stage.cast.pao, stage.cast.highways)
    made = [
        make_project(owner=owner, name=name, baht=baht, area=stage.cast.village)
        for owner, name, baht in zip(owners, names, (100, 300, 200), strict=True)
    ]
    make_pair(made[0], made[1])
    make_pair(made[1], made[2], probability=0.7, verdict="overlap")
    return made


def _together(projects: list[Project]) -> str:
    return "/pairs/together/?" + "&".join(f"code={one.code}" for one in projects)


def _state() -> tuple[object, ...]:
    return (
        list(Pair.objects.order_by("pk").values()),
        list(Project.objects.order_by("pk").values()),
        Entry.objects.count(),
    )


def test_the_queue_opens_on_what_waits_the_most_money_first(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    integrate.decide_pair(
        pair=Pair.objects.get(first=three[0]), decision="DIFFERENT", reason="คนละสาย", actor=stage.cast.prasit, at=AT
    )
    browser = browser_of(stage.cast.prasit)
    waiting = [stage.pair.pk, Pair.objects.get(first=three[1]).pk]
    assert _pairs(browser.get("/pairs/").content.decode()) == waiting
    assert _pairs(browser.get("/pairs/?sort=-percent").content.decode()) == waiting
    decided = browser.get("/pairs/?decision=DECIDED").content.decode()
    assert _pairs(decided) == [Pair.objects.get(first=three[0]).pk]
    assert str(stage.cast.prasit) in decided
    assert "คนละสาย" in decided
    assert len(_pairs(browser.get("/pairs/?decision=").content.decode())) == 3


def test_the_queue_is_sorted_by_place_and_by_agency(stage: Stage, browser_of: Open) -> None:
    far = make_pair(
        make_project(owner=stage.cast.other_sao, name="ฝาย", area=stage.cast.far_village),
        make_project(owner=stage.cast.other_sao, name="ฝายน้ำล้น", area=stage.cast.far_village),
    )
    browser = browser_of(stage.cast.prasit)
    assert _pairs(browser.get("/pairs/?sort=place").content.decode()) == [far.pk, stage.pair.pk]
    by_owner = sorted([far, stage.pair], key=lambda pair: Pair.objects.get(pk=pair.pk).owner_key)
    assert _pairs(browser.get("/pairs/?sort=owner_1").content.decode()) == [pair.pk for pair in by_owner]


@pytest.mark.parametrize(
    ("few", "spans"), [(firsts.FEW, firsts.MOST_SPANS), (0, firsts.MOST_SPANS), (firsts.FEW, 0), (firsts.FEW, -1)]
)
def test_a_place_an_owner_and_a_name_find_either_side_however_many_there_are(
    stage: Stage, browser_of: Open, monkeypatch: pytest.MonkeyPatch, few: int, spans: int
) -> None:
    monkeypatch.setattr(firsts, "FEW", few)
    monkeypatch.setattr(firsts, "MOST_SPANS" if spans >= 0 else "LISTED", spans)
    three = _three(stage)
    far = make_project(owner=stage.cast.other_sao, name="ขุดลอกห้วยใหญ่", area=stage.cast.far_village)
    both = make_pair(three[0], far)
    browser = browser_of(stage.cast.prasit)
    asked = ("area=560107", "place=แม่กา", f"owner={stage.cast.other_sao.name_th}", "q=ห้วยใหญ่", "q=ญ่")
    for question in asked:
        assert _pairs(browser.get(f"/pairs/?{question}").content.decode()) == [both.pk], question
    assert len(_pairs(browser.get("/pairs/?area=56").content.decode())) == 4
    assert _pairs(browser.get("/pairs/?area=99").content.decode()) == [stage.pair.pk, *_pairs_of(three, far)]


def _pairs_of(three: list[Project], far: Project) -> list[int]:
    ids = [one.pk for one in (*three, far)]
    rows = Pair.objects.filter(first__in=ids).order_by("-stake_rank", "-pk")
    return list(rows.values_list("pk", flat=True))


def test_a_long_queue_is_counted_only_so_far_and_still_paged_whole(
    stage: Stage, browser_of: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tables.pairs_spec()
    from dataclasses import replace

    monkeypatch.setattr(tables, "pairs_spec", lambda code="", file=None: replace(spec, page_size=2, count_to=3))
    road = make_project(owner=stage.cast.sao, name="ถนนยาว", baht=5)
    for _ in range(5):
        make_pair(road, make_project(owner=stage.cast.sao, name="ถนนยาว", baht=5))
    browser = browser_of(stage.cast.prasit)
    page = browser.get("/pairs/").content.decode()
    assert "3 รายการหรือมากกว่า" in page
    seen = _pairs(page)
    while following := re.search(r'href="([^"]+after=[^"]+)"[^>]+rel="next"', page):
        page = browser.get(following[1].replace("&amp;", "&")).content.decode()
        seen += _pairs(page)
    assert seen == list(Pair.objects.order_by("-stake_rank", "-pk").values_list("pk", flat=True))


def test_the_summary_adds_up_what_waits_in_my_place(stage: Stage, browser_of: Open) -> None:
    _three(stage)
    found = pair_queue.summary_of(stage.cast.province)
    assert found is not None
    assert (found.pairs, found.satang) == (3, 90_000_000 + 10_000 + 20_000)
    assert [(one.verdict, one.pairs, one.satang) for one in found.verdicts] == [
        ("DUPLICATE", 2, 90_010_000),
        ("OVERLAP", 1, 20_000),
    ]
    assert "รอพิจารณาในจังหวัดพะเยา" in browser_of(stage.cast.prasit).get("/pairs/").content.decode()
    assert "รอพิจารณาทั้งหมด" in browser_of(stage.cast.stranger).get("/pairs/").content.decode()


def test_too_many_to_add_up_are_not_added_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_queue, "FEW", 0)
    monkeypatch.setattr(firsts, "FEW", 0)
    assert pair_queue.summary_of(None) is None
    assert pair_queue.summary_of(stage.cast.province) is None


def test_a_sum_of_the_first_of_many_is_not_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _three(stage)
    for pair in Pair.objects.order_by("pk")[:2]:
        integrate.decide_pair(pair=pair, decision="OVERLAP", reason="คาบเกี่ยว", actor=stage.cast.prasit, at=AT)
    found = pair_queue.summary_of(stage.cast.province)
    assert found is not None
    assert found.pairs == Pair.objects.filter(is_open=True).count()
    monkeypatch.setattr(firsts, "MOST_SPANS", 0)  # the pairs of the place are found by a join, the first two of them
    for module in (pair_queue, firsts):
        monkeypatch.setattr(module, "FEW", 1)
    assert pair_queue.summary_of(stage.cast.province) is None


def test_no_bars_stand_above_the_answer_to_a_search(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(stage.cast.prasit)
    assert "queue-bars" in browser.get("/pairs/?sort=place").content.decode()
    assert "queue-bars" not in browser.get("/pairs/?q=ถนน").content.decode()


def test_the_sheet_names_score_version_and_who_decided_when_and_why(stage: Stage, browser_of: Open) -> None:
    integrate.decide_pair(pair=stage.pair, decision="OVERLAP", reason="คาบเกี่ยว", actor=stage.cast.prasit, at=AT)
    sheet = browser_of(stage.cast.prasit).get("/pairs/?decision=DECIDED&format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert (row["โอกาสซ้ำ (ร้อยละ)"], row["รุ่นของระบบจับคู่"]) == ("90", "test 1")
    assert (row["ผู้พิจารณา"], row["เหตุผลของผู้พิจารณา"]) == (str(stage.cast.prasit), "คาบเกี่ยว")
    assert row["พิจารณาเมื่อ"]


def test_after_a_decision_the_queue_goes_on_with_the_next(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    said = {"decision": "DIFFERENT", "reason": "คนละสาย", "version": "1", "then": "next"}
    browser = browser_of(stage.cast.prasit)
    following = Pair.objects.get(first=three[1])
    assert browser.post(f"/pairs/{stage.pair.pk}/", said).headers["Location"] == f"/pairs/{following.pk}/"


def test_a_pair_page_shows_score_version_map_ways_and_its_group(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    pair = Pair.objects.get(first=three[0])
    page = browser_of(stage.cast.prasit).get(f"/pairs/{pair.pk}/").content.decode()
    assert "ด้วย test 1" in page
    assert "/pairs/together/?" in page
    assert all(one.code in page for one in three)
    assert page.count('class="way"') == 2
    assert "record-map" in page


def test_records_ticked_in_the_list_or_found_are_compared_or_proposed_as_one(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(stage.cast.prasit)
    for address in ("/projects/", "/?q=ถนน"):
        page = browser.get(address).content.decode()
        assert 'id="chosen"' in page
        assert f'name="code" value="{stage.road.code}" form="chosen"' in page
        assert 'form="chosen"' not in Client().get(address).content.decode()
    other = make_project(owner=stage.cast.pao, name="ขุดลอกหนองใหญ่")
    question = f"?code={stage.road.code}&code={other.code}"
    page = browser.get(f"/pairs/together/{question}").content.decode()
    assert page.count('class="way"') == 2
    assert f"/joint-projects/new/{question.replace('&', '&amp;')}" in page
    proposal = browser.get(f"/joint-projects/new/{question}").content.decode()
    assert all(f'name="project" value="{code}"' in proposal for code in (stage.road.code, other.code))
    assert (
        "/joint-projects/new/"
        not in browser.get(f"/pairs/together/?code={stage.road.code}&code={stage.twin.code}").content.decode()
    )


def test_three_records_stand_side_by_side_and_become_one(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    browser = browser_of(stage.cast.prasit)
    page = browser.get(_together(three)).content.decode()
    assert page.count('class="way"') == 3
    assert "<mark>" in page
    seen = MARK.findall(page)
    assert len(seen) == 2
    said = {"decision": "SAME", "kept": three[0].code, "reason": "ลำห้วยเดียวกัน", "seen": seen}
    assert browser.post(_together(three), said).status_code == 302
    assert {Project.objects.get(pk=one.pk).canonical() for one in three} == {three[0]}
    after = browser.get(_together(three)).content.decode()
    assert "พิจารณาครบทุกคู่แล้ว" in after
    assert f"รวมเข้ากับ {three[0].code} แล้ว" in after


def test_what_the_records_are_held_against_can_be_chosen(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    page = browser_of(stage.cast.prasit).get(f"{_together(three)}&base={three[2].code}").content.decode()
    assert f"ส่วนที่ต่างจาก {three[2].code}" in page


def test_one_record_or_unknown_ones_are_no_comparison(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(stage.cast.prasit)
    for question in ("", f"?code={stage.road.code}", f"?code={stage.road.code}&code=0"):
        answer = browser.get(f"/pairs/together/{question}", follow=True)
        assert answer.redirect_chain == [("/projects/", 302)]
        assert "อย่างน้อยสองโครงการ" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("stranger", 403), ("clerk", 403), ("somsri", 403), ("malee", 403), ("duangjai", 302), ("prasit", 302)],
)
def test_only_who_may_decide_every_pair_decides_the_group(
    stage: Stage, browser_of: Open, name: str, status: int
) -> None:
    three = _three(stage)
    seen = MARK.findall(browser_of(stage.cast.prasit).get(_together(three)).content.decode())
    before = _state()
    browser = browser_of(getattr(stage.cast, name))
    offered = 'id="decide"' in browser.get(_together(three)).content.decode()
    said = {"decision": "DIFFERENT", "reason": "คนละสาย", "seen": seen}
    assert browser.post(_together(three), said).status_code == status
    assert offered == (status == 302)
    assert (_state() == before) == (status != 302)


def test_the_group_asks_for_what_is_missing_and_tells_what_changed(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    browser = browser_of(stage.cast.prasit)
    seen = MARK.findall(browser.get(_together(three)).content.decode())
    before = _state()
    for said in ({}, {"decision": "SAME", "reason": "ก"}, {"decision": "OVERLAP", "reason": ""}):
        assert browser.post(_together(three), {**said, "seen": seen}).status_code == 422
    assert _state() == before
    integrate.decide_pair(
        pair=Pair.objects.get(first=three[0]), decision="DIFFERENT", reason="คนละ", actor=stage.cast.system, at=AT
    )
    late = browser.post(_together(three), {"decision": "OVERLAP", "reason": "ก", "seen": seen})
    assert late.status_code == 409
    assert Pair.objects.get(first=three[1]).decision == "WAITING"


def test_many_are_previewed_before_anything_is_saved(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    browser = browser_of(stage.cast.prasit)
    chosen = "&".join(f"pair={pair.pk}" for pair in Pair.objects.order_by("pk"))
    before = _state()
    assert "เลือกไว้ 3 คู่" in browser.get(f"/pairs/several/?{chosen}").content.decode()
    page = browser.get(f"/pairs/several/?{chosen}&decision=SAME&keep=MOST_MONEY&reason=ซ้ำ").content.decode()
    assert _state() == before
    assert "บันทึกผล 3 คู่" in page
    assert "3 จาก 5 โครงการ" in page
    assert "1,850,600" in page  # 900,000 + 950,000 + 100 + 300 + 200
    assert "950,300" in page  # the two that stay
    assert "900,300" in page  # counted once from now on
    seen = MARK.findall(page)
    done = browser.post("/pairs/several/", {"decision": "SAME", "keep": "MOST_MONEY", "reason": "ซ้ำ", "seen": seen})
    assert done.status_code == 302
    standing = Project.objects.filter(merged_into=None)
    assert {stage.twin, three[1]} == set(standing)
    assert Entry.objects.filter(act="integration.decide_pair").count() == 3


def test_what_is_refused_is_told_in_the_preview_and_left_out(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    integrate.decide_pair(pair=stage.pair, decision="DIFFERENT", reason="คนละ", actor=stage.cast.system, at=AT)
    chosen = "&".join(f"pair={pair.pk}" for pair in Pair.objects.all())
    page = browser_of(stage.cast.prasit).get(f"/pairs/several/?{chosen}&decision=OVERLAP&reason=ก").content.decode()
    assert "1 คู่ที่จะไม่บันทึก" in page
    assert len(MARK.findall(page)) == 2
    mine = browser_of(stage.cast.malee).get(f"/pairs/several/?{chosen}&decision=OVERLAP&reason=ก").content.decode()
    assert "ไม่มีคู่ใดที่ท่านบันทึกได้" in mine
    assert three[0].code in mine


def test_a_preview_that_is_out_of_date_saves_nothing_and_shows_a_new_one(stage: Stage, browser_of: Open) -> None:
    three = _three(stage)
    browser = browser_of(stage.cast.prasit)
    chosen = "&".join(f"pair={pair.pk}" for pair in Pair.objects.all())
    seen = MARK.findall(browser.get(f"/pairs/several/?{chosen}&decision=OVERLAP&reason=ก").content.decode())
    theirs = Pair.objects.get(first=three[0])
    integrate.decide_pair(pair=theirs, decision="DIFFERENT", reason="คนละ", actor=stage.cast.system, at=AT)
    before = _state()
    late = browser.post("/pairs/several/", {"decision": "OVERLAP", "reason": "ก", "seen": seen})
    assert late.status_code == 409
    assert _state() == before
    assert len(MARK.findall(late.content.decode())) == 2


def test_all_that_answer_the_filter_are_chosen_up_to_the_limit(
    stage: Stage, browser_of: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    _three(stage)
    browser = browser_of(stage.cast.prasit)
    assert "เลือกไว้ 1 คู่" in browser.get("/pairs/several/?all=1&verdict=OVERLAP").content.decode()
    monkeypatch.setattr(integrate, "MOST", 2)
    page = browser.get("/pairs/several/?all=1").content.decode()
    assert "เลือกไว้ 2 คู่" in page
    assert "ไม่เกิน 2 คู่" in page


@pytest.mark.parametrize("query", ["", "?pair=0", "?pair=x&pair=999999999999999999999", "?all=1&q=ไม่มีอย่างนี้"])
def test_nothing_chosen_says_where_to_choose(stage: Stage, browser_of: Open, query: str) -> None:
    page = browser_of(stage.cast.prasit).get(f"/pairs/several/{query}").content.decode()
    assert "ยังไม่ได้เลือกคู่ใด" in page


@pytest.mark.parametrize("seen", [[], ["1"], ["a:b:c"], ["1:1:x"], ["9" * 70 + ":1:"]])
def test_marks_nobody_wrote_decide_nothing(stage: Stage, browser_of: Open, seen: list[str]) -> None:
    before = _state()
    said = {"decision": "DIFFERENT", "reason": "ก", "seen": seen}
    assert browser_of(stage.cast.prasit).post("/pairs/several/", said).status_code in (409, 422)
    assert _state() == before


def test_the_desk_takes_the_same_few_queries_however_many_pairs(
    stage: Stage, browser_of: Open, django_assert_max_num_queries: Any
) -> None:
    three = _three(stage)
    browser = browser_of(stage.cast.prasit)
    pair = Pair.objects.get(first=three[0])
    for _ in range(2):
        for address, most in (
            ("/pairs/", 13),
            ("/pairs/?area=56", 18),
            (f"/pairs/{pair.pk}/", 40),
            (_together(three), 48),
        ):
            with django_assert_max_num_queries(most):
                assert browser.get(address).status_code == 200
        for _more in range(4):
            make_pair(make_project(owner=stage.cast.sao, name="ก"), make_project(owner=stage.cast.sao, name="ก"))
