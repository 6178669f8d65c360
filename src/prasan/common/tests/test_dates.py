"""Days and fiscal years are read in every form officers write them, or refused with a code."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shared import SHARED, needs_cases

from prasan.common import dates
from prasan.common.dates import UnreadableDate, UnreadableYear, parse_date, parse_fiscal_year
from prasan.common.text import to_thai_digits

DAYS = st.dates(date(1997, 1, 1), date(2047, 12, 31))


@given(DAYS)
def test_every_day_lies_in_the_one_fiscal_year_that_bounds_it(day: date) -> None:
    year = dates.fiscal_year_of(day)
    starts, ends = dates.fiscal_year_bounds(year)
    assert starts <= day < ends
    assert dates.fiscal_year_bounds(year + 1)[0] == ends


def test_a_fiscal_year_takes_the_number_of_the_year_it_ends_in() -> None:
    assert dates.fiscal_year_bounds(2560) == (date(2016, 10, 1), date(2017, 10, 1))
    assert dates.fiscal_year_of(date(2016, 9, 30)) == 2559
    assert dates.fiscal_year_of(date(2016, 10, 1)) == 2560


@given(DAYS, st.sampled_from(["long", "abbr", "short"]), st.booleans(), st.sampled_from(["th", "en"]))
def test_a_day_written_in_any_style_is_read_back(day: date, style: str, thai: bool, language: str) -> None:
    assert parse_date(dates.format_date(day, style, thai, language)) == day


@given(DAYS)
def test_a_day_is_read_from_figures_of_either_era_and_from_an_excel_serial(day: date) -> None:
    buddhist = day.year + 543
    serial = (day - date(1899, 12, 30)).days
    forms: list[object] = [
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}.{day.month}.{buddhist % 100:02}",
        to_thai_digits(f"{day.day}/{day.month}/{buddhist}"),
        day.isoformat(),
        f"{day.isoformat()}T08:30:00",
        f"วันที่ {day.day} เดือน {dates.MONTHS_TH[day.month - 1]} พ.ศ. {buddhist}",
        f"{day.day} {dates.MONTHS_TH_ABBR[day.month - 1].replace('.', '')} {buddhist % 100:02}",
        f"{day.day}{dates.MONTHS_TH_ABBR[day.month - 1]}{buddhist}",
        serial,
        float(serial) + 0.75,
        str(serial),
        day,
        datetime(day.year, day.month, day.day, 13, 30),
    ]
    assert [parse_date(form) for form in forms] == [day] * len(forms)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 พ.ย. 2557", date(2014, 11, 12)),
        ("26 เม.ย. 2559", date(2016, 4, 26)),
        ("26 เมย. 59", date(2016, 4, 26)),
        ("19 ม.ค. 2553", date(2010, 1, 19)),
        ("๑๙ มกราคม ๒๕๕๘", date(2015, 1, 19)),
        ("วันจันทร์ที่ 15 กันยายน 2568 เวลา 09.30 น.", date(2025, 9, 15)),
        ("29 ก.พ. 2567", date(2024, 2, 29)),
        ("2568-09-15", date(2025, 9, 15)),
        (date(2568, 9, 15), date(2025, 9, 15)),
    ],
)
def test_days_as_seen_in_real_papers(written: object, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31 ก.พ. 2568", "impossible_date"),
        ("29 ก.พ. 2568", "impossible_date"),
        ("09/15/2568", "impossible_date"),
        ("0/5/2568", "impossible_date"),
        ("ก.ย. 68", "incomplete_date"),
        ("15 ก.ย.", "incomplete_date"),
        ("กันยายน 2568", "incomplete_date"),
        ("2568", "incomplete_date"),
        (2568, "incomplete_date"),
        ("9/2568", "incomplete_date"),
        ("15 ก.ย. 2598", "implausible_year"),
        ("15/9/12568", "implausible_year"),
        ("", "missing_date"),
        (None, "missing_date"),
        (" - ", "missing_date"),
        ("เร็ว ๆ นี้", "unreadable_date"),
        ("15 กุมภา 2568", "unreadable_date"),
        (12, "unreadable_date"),
        (-1, "unreadable_date"),
        (float("nan"), "unreadable_date"),
        (1e12, "unreadable_date"),
        (True, "unreadable_date"),
        (["15"], "unreadable_date"),
    ],
)
def test_what_is_no_day_is_refused_with_its_code(written: object, code: str) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(written)
    assert refused.value.code == code
    assert refused.value.message_th
    assert refused.value.message_en


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_no_cell_makes_the_reader_of_days_or_years_fall(cell: object) -> None:
    for read, refusal in ((parse_date, UnreadableDate), (parse_fiscal_year, UnreadableYear)):
        with suppress(refusal):
            assert read(cell)


@needs_cases
def test_the_notice_dates_of_the_broken_workbook() -> None:
    folder = SHARED / "cases" / "bad_inputs_open"
    cases = {case["file"]: case for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]}
    case = cases["25_dates_as_text.xlsx"]
    codes = {finding["cell"]: finding["kind"] for finding in case["findings"]}
    sheet = openpyxl.load_workbook(folder / case["file"]).worksheets[0]
    for cell, expected in case["dates"].items():
        if expected:
            assert parse_date(sheet[cell].value).isoformat() == expected
        else:
            with pytest.raises(UnreadableDate) as refused:
                parse_date(sheet[cell].value)
            assert refused.value.code == codes[cell]


@needs_cases
def test_the_fiscal_years_of_the_broken_workbook() -> None:
    folder = SHARED / "cases" / "bad_inputs_open"
    cases = {case["file"]: case for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]}
    case = cases["26_bad_fiscal_years.xlsx"]
    sheet = openpyxl.load_workbook(folder / case["file"]).worksheets[0]
    for cell, expected in case["years_accepted"].items():
        assert parse_fiscal_year(sheet[cell].value) == expected
    for finding in case["findings"]:
        with pytest.raises(UnreadableYear) as refused:
            parse_fiscal_year(sheet[finding["cell"]].value)
        assert refused.value.code == finding["kind"]


@pytest.mark.parametrize(
    ("cell", "code", "suggestion"),
    [
        (2025, "christian_year", 2568),
        ("ค.ศ. 2025", "christian_year", 2568),
        ("68", "two_digit_year", 2568),
        (-2568, "negative_year", 2568),
        (25680, "impossible_year", None),
        (2468, "implausible_year", None),
        (0, "impossible_year", None),
        ("2566-2570", "impossible_year", None),
        (2568.5, "impossible_year", None),
        (None, "missing_year", None),
    ],
)
def test_a_doubtful_year_is_refused_and_what_was_meant_is_only_suggested(
    cell: object, code: str, suggestion: int | None
) -> None:
    with pytest.raises(UnreadableYear) as refused:
        parse_fiscal_year(cell)
    assert (refused.value.code, refused.value.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    "cell", [2568, 2568.0, "2568", "๒๕๖๘", "พ.ศ. 2568", "ปีงบประมาณ พ.ศ. ๒๕๖๘", "ปี 2568", "พ.ศ.2568"]
)
def test_a_buddhist_fiscal_year_is_read_from_any_of_its_spellings(cell: object) -> None:
    assert parse_fiscal_year(cell) == 2568


@given(st.integers(0, 18000))
def test_serials_count_days(offset: int) -> None:
    assert parse_date(36000 + offset) == date(1998, 7, 24) + timedelta(days=offset)
