"""The table of twelve months, as printed in the manual of Kalasin and over a year's end."""

import datetime as dt
import json

import pytest
from tests.shared import SHARED, needs_cases

from prasan.cycles import queries
from prasan.cycles.drawing import CalendarStep

TABLES = SHARED / "design" / "cycles.json"
# The arrows of Table 4.2 as printed, May to April.
PRINTED = {
    "1": "x...........",
    "2": ".xx.........",
    "3": "...x........",
    "4": "......xx....",
    "5": ".........xxx",
    "6": "....x.......",
    "7": "......x.....",
    "8": "......xx....",
    "9": ".........x..",
}


def _step(number: str, starts_on: dt.date | None, ends_before: dt.date | None) -> CalendarStep:
    return CalendarStep(number, "PROVINCE", f"ขั้น {number}", f"Step {number}", starts_on, ends_before, "I")


def _date(edge: dict[str, int], fiscal_year: int) -> dt.date:
    return dt.date(fiscal_year + edge["k"] - 543, edge["month"], edge["day"] or 1)


@needs_cases
def test_table_4_2_is_reproduced_cell_by_cell() -> None:
    tables = json.loads(TABLES.read_text(encoding="utf-8"))["cycles"]
    (table,) = [one for one in tables if one["key"] == "table_4_2"]
    steps = []
    for row in table["steps"]:
        end = _date(row["window"]["end"], 2560)
        after = dt.date(end.year + end.month // 12, end.month % 12 + 1, 1)
        steps.append(_step(row["no"], _date(row["window"]["start"], 2560), after))
    found = queries.month_table(steps, start_month=5)
    assert found.months == (5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4)
    cells = {row.step.number: "".join("x" if cell.years else "." for cell in row.cells) for row in found.rows}
    assert cells == PRINTED


def test_a_printed_last_day_is_marked_and_a_window_goes_on_over_the_year_s_end() -> None:
    steps = [_step("1", dt.date(2017, 9, 15), dt.date(2018, 1, 3)), _step("2", None, None)]
    dated, undated = queries.month_table(steps, start_month=10).rows
    assert [cell.text for cell in dated.cells] == ["⟷", "⟷", "⟷", "◆ 2 ม.ค.", *[""] * 7, "⟷"]
    assert [cell.years for cell in dated.cells][:4] == [(2017,), (2017,), (2017,), (2018,)]
    assert [cell.text for cell in undated.cells] == [""] * 12


@pytest.mark.parametrize(("language", "words"), [("th", "◆ 15 ก.ย."), ("en", "◆ 15 Sep")])
def test_the_last_day_is_said_in_the_reader_s_language(language: str, words: str) -> None:
    (row,) = queries.month_table([_step("3", dt.date(2016, 9, 15), dt.date(2016, 9, 16))], language=language).rows
    assert [cell.text for cell in row.cells if cell.text] == [words]
