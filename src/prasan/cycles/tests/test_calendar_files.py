"""The calendar as JSON, iCalendar and workbook."""

import datetime as dt
import io
import json

import icalendar
import openpyxl
import pytest

from prasan.cycles.outputs import Calendar
from prasan.cycles.queries import (
    OPEN,
    PAST,
    UNDATED,
    WAITING,
    CalendarStep,
    calendar_for,
    calendar_ics,
    calendar_json,
    calendar_xlsx,
    window_state,
)

CALENDAR = calendar_for("moi_2559", 2568)
UNDATED_STEP = CalendarStep("9", "PROVINCE", "ขั้นที่ไม่มีวัน", "Undated", None, None, "-")
WITH_UNDATED = Calendar("x", "ปฏิทิน", "Calendar", "อ้างอิง", "", 2568, (*CALENDAR.steps, UNDATED_STEP))


def _events(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_the_json_holds_every_step_with_its_window_and_citation() -> None:
    record = json.loads(calendar_json(CALENDAR))
    assert (record["system"], record["fiscal_year"]) == ("moi_2559", 2568)
    assert [step["number"] for step in record["steps"]] == ["1", "2a", "2b", "3a", "3b", "4", "5"]
    assert record["steps"][0] == {
        "number": "1",
        "lane": "VILLAGE",
        "name_th": "ทบทวนแผนชุมชน/หมู่บ้าน",
        "name_en": "Review of the community/village plan",
        "starts_on": "2023-01-01",
        "ends_before": "2023-03-01",
        "last_day": "2023-02-28",
        "window_th": "ม.ค. – ก.พ. 2566",
        "window_en": "Jan – Feb 2023",
        "printed": "ม.ค. - ก.พ.",
        "certainty": "I",
        "responsible": "กม.; กก.อพป.; สพอ.; LAO",
        "source": "003 §3",
    }


def test_a_step_without_a_date_is_null_in_the_json() -> None:
    step = json.loads(calendar_json(WITH_UNDATED))["steps"][-1]
    assert (step["starts_on"], step["ends_before"], step["last_day"], step["window_th"]) == (None, None, None, "")


def test_every_window_is_an_all_day_event_that_ends_before_the_next_day() -> None:
    events = _events(calendar_ics(CALENDAR))
    assert [(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend")) for e in events] == [
        (f"moi_2559-2568-{step.number}@prasan", step.starts_on, step.ends_before) for step in CALENDAR.steps
    ]
    assert all(type(event.decoded("dtstart")) is dt.date for event in events)
    assert str(events[0]["summary"]) == "1 ทบทวนแผนชุมชน/หมู่บ้าน"
    assert "ม.ค. – ก.พ. 2566" in str(events[0]["description"])
    assert "003 §3" in str(events[0]["description"])


def test_a_step_without_a_date_is_no_event() -> None:
    assert len(_events(calendar_ics(WITH_UNDATED))) == len(CALENDAR.steps)


def test_an_ics_line_is_never_longer_than_75_bytes() -> None:
    lines = calendar_ics(CALENDAR).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2] == b"END:VCALENDAR"


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_same_calendar_gives_the_same_bytes(language: str) -> None:
    again = calendar_for("moi_2559", 2568)
    assert calendar_ics(CALENDAR, language=language) == calendar_ics(again, language=language)
    assert calendar_xlsx(CALENDAR, language=language) == calendar_xlsx(again, language=language)
    assert calendar_json(CALENDAR) == calendar_json(again)


def test_two_steps_or_two_years_never_share_an_event() -> None:
    numbers = [
        str(event["uid"])
        for year in (2568, 2569)
        for system in ("moi_2559", "moi_2558", "annual_2545")
        for event in _events(calendar_ics(calendar_for(system, year)))
    ]
    assert len(numbers) == len(set(numbers)) == 2 * (7 + 7 + 29)


def test_the_workbook_holds_real_days_shown_in_the_buddhist_era() -> None:
    book = openpyxl.load_workbook(io.BytesIO(calendar_xlsx(WITH_UNDATED)))
    sheet = book.active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=5))
    assert [row[0].value for row in rows] == ["1", "2a", "2b", "3a", "3b", "4", "5", "9"]
    first = rows[0]
    assert first[2].value == "ทบทวนแผนชุมชน/หมู่บ้าน"
    assert (first[3].value, first[4].value) == (dt.datetime(2023, 1, 1), dt.datetime(2023, 2, 28))
    assert "107041E" in first[3].number_format
    assert first[5].value == "ม.ค. – ก.พ. 2566"
    assert (rows[-1][3].value, rows[-1][4].value) == (None, None)
    assert sheet.print_title_rows == "$4:$4"


def test_the_english_workbook_is_english() -> None:
    book = openpyxl.load_workbook(io.BytesIO(calendar_xlsx(CALENDAR, language="en")))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[4]][:4] == ["No.", "Level", "Step", "First day"]
    assert [cell.value for cell in sheet[5]][1:3] == ["Village", "Review of the community/village plan"]


def test_a_window_waits_opens_on_its_first_day_and_is_past_on_the_day_after_its_last() -> None:
    starts_on, ends_before = dt.date(2023, 1, 1), dt.date(2023, 3, 1)
    day = dt.timedelta(days=1)
    assert window_state(starts_on, ends_before, on=starts_on - day) == WAITING
    assert window_state(starts_on, ends_before, on=starts_on) == OPEN
    assert window_state(starts_on, ends_before, on=ends_before - day) == OPEN
    assert window_state(starts_on, ends_before, on=ends_before) == PAST
    assert window_state(None, None, on=starts_on) == UNDATED
