"""What the pages say: the desk, the journey, the comparison, places, the calendar, and errors that teach."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.cycles.models import Cycle, CycleStep
from prasan.exchange.reading.findings import Findings
from prasan.integration.models import Pair, PairDecision
from prasan.integration.services import accept_handover
from prasan.integration.testing import make_pair
from prasan.plans.services import compile_place
from prasan.projects.models import Origin
from prasan.projects.testing import make_project
from prasan.web.queries import journey, places, steps
from prasan.web.queries.comparing import compare, pieces
from prasan.web.templatetags.prasan_web import unbroken
from prasan.web.tests.conftest import Stage
from prasan.web.views import errors
from prasan.web.wording import finding_text

Open = Callable[[User | None], Client]


def test_the_journey_tells_a_villager_who_asked_who_sent_it_on_and_what_is_awaited(stage: Stage) -> None:
    told = journey.stations(stage.road, on=dt.date(2025, 6, 10))
    says = [station.says for station in told]
    assert says[0] == "หมู่ที่ 1 บ้านร่องไฮ ขอในเวทีประชาคม: “ขอถนน คสล. สายกลางบ้าน”"
    assert "องค์การบริหารส่วนตำบลแม่ใส ส่งต่อให้กบอ. เมืองพะเยา เพราะเกินกำลังงบประมาณ" in says
    assert says[-1] == "รอกบอ. เมืองพะเยา ตอบ มาแล้ว 40 วัน"
    assert [station.now for station in told] == [False] * (len(told) - 1) + [True]
    assert [s.on for s in told if s.on is not None] == sorted(s.on for s in told if s.on is not None)


def test_after_the_answer_the_journey_says_where_the_project_is(stage: Stage) -> None:
    at = dt.datetime(2025, 5, 20, 3, tzinfo=dt.UTC)
    accept_handover(handover=stage.handover, actor=stage.cast.system, at=at, reason="อยู่ในแผนอำเภอ")
    told = journey.stations(stage.road, on=dt.date(2025, 6, 10))
    assert "กบอ. เมืองพะเยา รับไว้ดำเนินการ" in [station.says for station in told]
    assert told[-1].says == "ตอนนี้เรื่องอยู่ที่กบอ. เมืองพะเยา"


def test_the_plan_of_the_district_stands_after_the_hand_over_it_lists(stage: Stage) -> None:
    compile_place(
        plan_type="DISTRICT_NEEDS_PLAN",
        area=stage.cast.district,
        fiscal_year=2569,
        actor=stage.cast.system,
        at=stage.handover.sent_at,
    )
    says = [station.says for station in journey.stations(stage.road, on=dt.date(2025, 6, 10))]
    listed = next(n for n, words in enumerate(says) if "แผนความต้องการระดับอำเภอ" in words)
    assert "ส่งต่อให้" in says[listed - 1]


def test_a_finding_is_told_without_the_place_that_has_columns_of_its_own() -> None:
    found = Findings("แผน.xlsx")
    found.add("negative_amount", sheet="ผ.02", row=7, cell="E7", value="-5")
    (finding,) = found.finish()
    for tongue in ("th", "en"):
        with translation.override(tongue):
            told = finding_text(finding.message_th, finding.message_en)
            assert "-5" in told
            assert "แผน.xlsx" not in told


def test_the_need_points_to_the_project_that_answers_it(stage: Stage, client: Client) -> None:
    page = client.get(f"/needs/{stage.need.code}/").content.decode()
    assert f'href="/projects/{stage.road.code}/"' in page
    assert "900,000 บาท" in page


def test_the_desk_shows_what_waits_for_my_bodies_and_nothing_of_others(stage: Stage, browser_of: Open) -> None:
    district = browser_of(stage.cast.duangjai).get("/desk/").content.decode()
    assert f'href="/pairs/{stage.pair.pk}/"' in district
    pao = browser_of(stage.cast.somsri).get("/desk/").content.decode()
    assert f'href="/projects/{stage.road.code}/#answer"' not in pao
    nobody = browser_of(stage.cast.stranger).get("/desk/").content.decode()
    assert "ยังไม่มีบทบาท" in nobody
    assert f'href="/pairs/{stage.pair.pk}/"' not in nobody


def test_pages_for_one_record_take_few_queries(
    stage: Stage, browser_of: Open, django_assert_max_num_queries: Any
) -> None:
    browser = browser_of(stage.cast.duangjai)
    for address, queries in (
        ("/desk/", 22),
        (f"/projects/{stage.road.code}/", 40),
        (f"/pairs/{stage.pair.pk}/", 40),
        ("/areas/56/", 26),
    ):
        with django_assert_max_num_queries(queries):
            assert browser.get(address).status_code == 200


def test_the_comparison_marks_the_words_that_differ_and_pales_what_is_the_same(stage: Stage) -> None:
    rows = {str(row.label): row for row in compare([stage.road, stage.twin])}
    name = rows["ชื่อโครงการ"]
    assert ["<mark>" in cell.text for cell in name.cells] == [True, True]
    assert [cell.same for cell in name.cells] == [False, False]
    assert [cell.same for cell in rows["เจ้าของ"].cells] == [True, True]
    assert "<mark>" in rows["จำนวนเงินแต่ละปี (บาท)"].cells[0].text


def test_names_are_escaped_where_words_are_marked(stage: Stage) -> None:
    other = make_project(owner=stage.cast.sao, name="<b>ก่อสร้างถนน</b> คสล. สายเหนือ")
    row = compare([stage.road, other])[0]
    assert "<b>" not in row.cells[1].text
    assert "&lt;" in row.cells[1].text


def test_a_space_more_is_not_marked() -> None:
    assert pieces("ถนน คสล.", [(3, 4)]) == [("ถนน", False), (" คสล.", False)]
    assert pieces("ถนน คสล. ยาว", [(3, 9)]) == [("ถนน ", False), ("คสล.", True), (" ยาว", False)]


def test_names_of_places_and_measures_are_kept_on_one_line() -> None:
    held = unbroken("ก่อสร้าง<ถนน> หมู่ที่ 2 ตำบลกมลาไสย ยาว 1,200 เมตร")
    assert "&lt;ถนน&gt;" in held
    assert re.findall(r'<span class="held">([^<]+)</span>', held) == ["หมู่ที่ 2", "ตำบลกมลาไสย", "1,200 เมตร"]
    assert unbroken("ก่อสร้างบ้านพักครู") == "ก่อสร้างบ้านพักครู"


def test_a_place_adds_up_what_lies_below_it(stage: Stage, client: Client) -> None:
    page = client.get("/areas/5601/").content.decode()
    assert "1,850,000" in page
    assert f'href="/areas/{stage.cast.tambon.code}/"' in page
    assert "1,850,000" not in client.get("/areas/5602/").content.decode()


def test_a_line_of_the_action_plan_that_repeats_a_planned_project_is_money_once(stage: Stage) -> None:
    line = make_project(
        owner=stage.cast.sao, name="ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ 1", baht=900_000, area=stage.cast.village,
        origin=Origin.ACTION_PLAN,
    )  # fmt: skip
    district = stage.cast.district
    twice = places.area_page(district, drafts_too=True)
    assert [(year.projects, year.satang) for year in twice.years] == [(3, 275_000_000)]
    pair = make_pair(stage.road, line, probability=0.95)
    once = places.area_page(district, drafts_too=True)
    assert [(year.projects, year.satang) for year in once.years] == [(2, 185_000_000)]
    assert sum(child.satang for child in once.children) == 185_000_000
    Pair.objects.filter(pk=pair.pk).update(decision=PairDecision.DIFFERENT, is_open=False)
    assert sum(year.satang for year in places.area_page(district, drafts_too=True).years) == 275_000_000


def test_a_place_says_which_needs_a_project_answers_and_how_far_projects_are(stage: Stage, client: Client) -> None:
    page = client.get(f"/areas/{stage.cast.tambon.code}/").content.decode()
    assert "มีโครงการรองรับแล้ว 1" in page
    assert "ส่งต่อแล้ว รอตอบ" in page


def test_short_fields_that_differ_are_marked_whole_never_inside_a_word(stage: Stage) -> None:
    other = make_project(owner=stage.cast.pao, name="ก่อสร้างถนน คสล. สายเหนือ")
    rows = {str(row.label): row for row in compare([stage.road, other])}
    assert rows["เจ้าของ"].cells[1].text == f"<mark>{stage.cast.pao.name_th}</mark>"
    assert rows["พื้นที่"].cells[0].text.startswith("<mark>")
    assert rows["พื้นที่"].cells[0].text.count("<mark>") == 1


@pytest.mark.parametrize("asked", ["แม่ใส", "ต.แม่ใส", "ตำบลแม่ใส", "560114"])
def test_a_place_is_found_by_name_with_or_without_its_level(stage: Stage, client: Client, asked: str) -> None:
    page = client.get("/", {"q": asked}).content.decode()
    assert 'href="/areas/560114/"' in page
    assert "อำเภอเมืองพะเยา" in page


def test_a_project_is_found_by_its_code_and_by_words(stage: Stage, client: Client) -> None:
    for asked in (stage.road.code, "สายกลางบ้าน"):
        assert f'href="/projects/{stage.road.code}/"' in client.get("/", {"q": asked}).content.decode()
    assert "ไม่พบ" in client.get("/", {"q": "ไม่มีที่ใด"}).content.decode()


def test_days_left_count_to_the_last_day_and_days_until_to_the_first(stage: Stage) -> None:
    step = CycleStep.objects.create(
        cycle=stage.cast.cycle, number="1", position=1, level="VILLAGE", name_th="ทบทวนแผน", name_en="Review",
        starts_on=dt.date(2025, 1, 10), ends_before=dt.date(2025, 1, 21), certainty="S",
    )  # fmt: skip
    assert step
    stands = {
        day: [(s.state, s.days_left) for s in steps.steps_of(stage.cast.cycle, on=dt.date(2025, 1, day))]
        for day in (1, 9, 10, 20, 21)
    }
    assert stands == {
        1: [("SOON", 9)], 9: [("SOON", 1)], 10: [("OPEN", 10)], 20: [("OPEN", 0)], 21: [("PAST", None)],
    }  # fmt: skip
    mine = [stage.cast.sao]
    assert [s.number for s in steps.open_steps(mine, on=dt.date(2025, 1, 20))] == ["1"]
    assert steps.open_steps(mine, on=dt.date(2025, 1, 21)) == []
    elsewhere = Area.objects.create(code="57", level="PROVINCE", name_th="เชียงราย")
    Cycle.objects.filter(pk=stage.cast.cycle.pk).update(area=elsewhere)
    assert steps.open_steps(mine, on=dt.date(2025, 1, 20)) == []  # another province's year


@pytest.mark.parametrize(
    ("ending", "kind"), [("ics", "text/calendar"), ("json", "application/json"), ("xlsx", "spread")]
)
def test_the_calendar_can_be_taken_along(stage: Stage, client: Client, ending: str, kind: str) -> None:
    response = client.get(f"/calendar/{stage.cast.cycle.pk}.{ending}")
    assert response.status_code == 200
    assert kind in response["Content-Type"]
    assert client.get(f"/calendar/{stage.cast.cycle.pk}.pdf").status_code == 404


@pytest.mark.parametrize("address", ["/nope/", "/areas/99/", "/projects/56-0000-00000/", "/plans/999/", "/needs/x/"])
def test_a_missing_page_says_what_to_do(db: None, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "กลับหน้าแรก" in response.content.decode()


def test_an_error_of_ours_is_told_without_the_database(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "ยังไม่ถูกบันทึก" in response.content.decode()


def test_a_stale_form_says_why_and_saves_nothing(stage: Stage) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(stage.cast.duangjai, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post(f"/pairs/{stage.pair.pk}/", {"decision": "DIFFERENT", "reason": "x", "version": 1})
    assert response.status_code == 403
    assert "เปิดค้างไว้นานเกินไป" in response.content.decode()


def test_bad_and_forbidden_requests_have_pages_too(stage: Stage, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = stage.cast.stranger
    for view, status in ((errors.bad_request, 400), (errors.forbidden, 403)):
        assert view(request).status_code == status
