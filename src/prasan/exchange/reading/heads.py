"""Finds the heading of a table wherever it stands and says what each column holds."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from prasan.common.text import clean, search_key, to_arabic_digits
from prasan.exchange.reading.grid import Grid
from prasan.exchange.reading.layout import LAYOUTS, MONEY_WORDS, MONTHS, NOT_MONEY, TICKED_KINDS, Layout, fits, keys
from prasan.exchange.reading.records import FormKey

LONGEST_HEAD: Final = 4  # rows
_MONEY: Final = keys(MONEY_WORDS)
_NOT_MONEY: Final = keys(NOT_MONEY)
_MONEY_ALONE: Final = keys(("งบ", "เงิน", "ราคา", "มูลค่า", "จำนวนเงินบาท", "งบบาท"))
_HEADING_WORDS: Final = keys(
    ("จำนวน", "งบประมาณ", "โครงการ", "บาท", "ล้านบาท", "พันบาท", "ผลผลิตของโครงการ", "kpi", "ปี", "พ.ศ.", "จะได้รับ",
     "รับผิดชอบ", "หลัก", "กิจกรรม", "ที่", "รวม", "แผน", "ตามแผน", "แผนพัฒนา", "เทศบัญญัติ", "ข้อบัญญัติ", "ตามเทศบัญญัติ",
     "ตามข้อบัญญัติ", "งบประมาณตามแผน", "งบประมาณตามเทศบัญญัติ", "งบประมาณตามข้อบัญญัติ", "ตั้งงบประมาณ", "วงเงิน",
     *(word for column in TICKED_KINDS for word in column.exact))
)  # fmt: skip
_year = re.compile(r"(?<!\d)(?:2[45]\d\d|20[0-4]\d|19[5-9]\d)(?!\d)")
_number = re.compile(r"[\d.,]+")
_figure_heading = re.compile(r"(?:ปี|พ\.?ศ\.?|\s)*(\d{1,6})(?:\.0)?\s*(?:\((?:ล้าน|พัน)?บาท\))?")


@dataclass(slots=True)
class Heading:
    """What stands above one column: its own words from top to bottom, and those of a wider cell above."""

    column: int
    cells: list[tuple[int, str]] = field(default_factory=list)  # (row, cleaned text) of its own
    group: str = ""

    @property
    def own(self) -> str:
        return " ".join(text for _, text in self.cells)

    @property
    def full(self) -> str:
        return f"{self.group} {self.own}".strip()


@dataclass(slots=True)
class Head:
    """A heading block: rows, columns by field, headings of money columns, and which form it makes."""

    layout: Layout
    first: int
    last: int
    columns: dict[str, int]
    headings: list[Heading]
    money: list[Heading]
    marker: tuple[tuple[int, Any], ...]  # cells of the first row that tell a repeated heading at once
    score: int


def shown(value: Any) -> str:
    """Give a cell as clean text; whole numbers without a decimal point."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def find_head(grid: Grid, start: int = 0, *, form: FormKey | None = None, most: int | None = None) -> Head | None:
    """Find the first heading at or below row `start`; `form` limits the search to one layout."""
    layouts = [layout for layout in LAYOUTS if form in (None, layout.form)]
    stop = len(grid.rows) if most is None else min(start + most, len(grid.rows))
    for row in range(start, stop):
        if head := head_at(grid, row, layouts):
            return head
    return None


def head_at(grid: Grid, row: int, layouts: list[Layout]) -> Head | None:
    """Give the heading that begins in `row`, of the layout that fits best, or nothing."""
    texts = [value for value in grid.rows[row] if isinstance(value, str) and value.strip()]
    if len(texts) < 2 or all(len(text) > 80 for text in texts):
        return None
    columns = [layout.columns for layout in layouts]
    words = [search_key(text) for text in texts if len(text) <= 80]
    if sum(any(fits(column, word) for layout in columns for column in layout) for word in words) < 2:
        return None
    last = _last_row(grid, row)
    headings = _headings(grid, row, last)
    found = [head for layout in layouts if (head := _match(layout, headings, grid, row, last))]
    return max(found, key=lambda head: head.score, default=None)


def _last_row(grid: Grid, first: int) -> int:
    last = first
    while last + 1 < len(grid.rows) and last - first < LONGEST_HEAD - 1 and _continues(grid.rows[last + 1]):
        last += 1
    return last


def _continues(row: list[Any]) -> bool:
    """Say whether a row under a heading still belongs to it: only years, units and heading words."""
    texts = [text for value in row if (text := to_arabic_digits(shown(value)))]
    if not texts:
        return False
    if len(texts) > 2 and [text.strip("() ") for text in texts] == [str(n) for n in range(1, len(texts) + 1)]:
        return True
    if row[0] not in ("", None) and _number.fullmatch(to_arabic_digits(shown(row[0]))):
        return False
    figures = [text for text in texts if _number.fullmatch(text)]
    years = [text for text in texts if _year.fullmatch(text.removesuffix(".0")) or _is_year_heading(search_key(text))]
    if sum(text not in years for text in figures) > len(years):
        return False
    return all(_is_heading_word(text) for text in texts if text not in figures)


def _is_heading_word(text: str) -> bool:
    key = search_key(text)
    if not key or len(text) > 60:
        return not key
    return key in _HEADING_WORDS or key in MONTHS or bool(_figure_heading.fullmatch(text)) or _is_year_heading(key)


def _is_year_heading(key: str) -> bool:
    rest = _year.sub("", key)
    for word in ("ปีงบประมาณ", "งบประมาณ", "พศ", "คศ", "ปี", "ล้านบาท", "พันบาท", "บาท", "ผูกพัน", "เป็นต้นไป"):
        rest = rest.replace(word, "")
    return rest == "" and key != rest


def _headings(grid: Grid, first: int, last: int) -> list[Heading]:
    headings = [Heading(column) for column in range(grid.width)]
    spans = {
        (top, left): right
        for top, left, bottom, right in grid.merged
        if first <= top <= last and right > left
    }  # fmt: skip
    for row in range(first, last + 1):
        until, group = -1, ""
        for column, heading in enumerate(headings):
            text = shown(grid.at(row, column))
            if text:
                heading.cells.append((row, text))
                right = spans.get((row, column))
                until, group = (right, text) if right is not None else (grid.width if not spans else -1, text)
            elif column <= until and row < last and _has_below(grid, row, last, column):
                heading.group = f"{heading.group} {group}".strip()
            else:
                until = -1
    return headings


def _has_below(grid: Grid, row: int, last: int, column: int) -> bool:
    return any(shown(grid.at(below, column)) for below in range(row + 1, last + 1))


def _match(layout: Layout, headings: list[Heading], grid: Grid, first: int, last: int) -> Head | None:
    money = [heading for heading in headings if _is_money(heading)]
    taken = {heading.column for heading in money}
    columns: dict[str, int] = {}
    for wanted in layout.columns:
        best, best_fit = None, 0
        for heading in headings:
            if heading.column in taken or not heading.cells:
                continue
            fit = max(fits(wanted, search_key(heading.own)), fits(wanted, search_key(heading.cells[0][1])))
            if wanted.ticked:
                fit = max(fit, fits(wanted, search_key(heading.cells[-1][1])))
            if fit > best_fit:
                best, best_fit = heading.column, fit
        if best is not None:
            columns.setdefault(wanted.field, best)
            taken.add(best)
    months = sum(search_key(heading.own) in MONTHS for heading in headings)
    have = set(columns) | ({"money"} if money else set()) | ({"months"} if months >= 3 else set())
    if any(_year.search(to_arabic_digits(heading.full)) for heading in money):
        have.add("year_money")
    if months >= 3 and layout.form != "action_plan":
        return None
    if not have.issuperset(layout.required) or len(have.intersection(layout.any_of)) < layout.at_least:
        return None
    marker = tuple(
        (column, grid.rows[first][column]) for name, column in columns.items() if name in ("ordinal", "name")
    )
    return Head(layout, first, last, columns, headings, money, marker, score=len(have) + len(layout.required))


def _is_money(heading: Heading) -> bool:
    """Say whether a column holds money: budget words, or nothing but a year."""
    if not heading.cells:
        return False
    key = search_key(heading.full)
    own = search_key(heading.own)
    if own in MONTHS or (any(word in key for word in _NOT_MONEY) and not _year.search(key)):
        return False
    if len(heading.own) > 80:
        return False
    if own in _MONEY_ALONE or any(word in key for word in _MONEY):
        return True
    return _is_year_heading(own) and bool(_year.search(own))
