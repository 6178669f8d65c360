"""Money columns: which year, kind and unit each heading means, and the amounts under them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from prasan.common.dates import BE_MINUS_CE, UnreadableYear, parse_fiscal_year
from prasan.common.money import Unit, UnreadableAmount, parse_amount
from prasan.common.text import clean, search_key, to_arabic_digits
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import a1, a1_range, column_letters
from prasan.exchange.reading.heads import Head, Heading
from prasan.exchange.reading.layout import MONEY_KINDS
from prasan.exchange.reading.records import AmountKind, Span

_year = re.compile(r"(?<!\d)(?:2[45]\d\d|20[0-4]\d|19[5-9]\d)(?!\d)")
_figures = re.compile(r"(?:ปี|พ\.?ศ\.?|งบประมาณ|\s)*([-−]?\d{1,6})(?!\d)")
_plain = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
# Beyond these no single project lies: the largest line of the whole national budget is about 10^11 baht.
MOST_BAHT: Final = 100_000_000_000
MOST_IN_MILLION_COLUMN: Final = 10_000_000_000
LEAST_BAHT: Final = 100


class DoubtfulUnit(Exception):
    """A row holds an amount that is not plausible in the unit of its column, so none of its amounts can be trusted."""


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """A column whose amounts can be read. `year` is None when only the row or nothing names it."""

    column: int
    year: int | None
    kind: AmountKind
    span: Span
    unit: Unit = Unit.BAHT
    factor: int = 1
    letters: str = field(init=False)
    most_satang: int = field(init=False)
    least_satang: int = field(init=False)

    def __post_init__(self) -> None:
        asked = self.kind in ("PLANNED", "BUDGETED")
        most = MOST_BAHT if self.unit is Unit.BAHT else MOST_IN_MILLION_COLUMN
        object.__setattr__(self, "letters", column_letters(self.column))
        object.__setattr__(self, "most_satang", 100 * most)
        object.__setattr__(self, "least_satang", 100 * LEAST_BAHT if asked else 0)


@dataclass(frozen=True, slots=True)
class MoneyContext:
    """What the lines above the table say: the plan's years, the one fiscal year, and the unit with its cell."""

    plan_years: tuple[int, int] | None = None
    fiscal_year: int | None = None
    unit_text: str = ""
    unit_cell: str = ""
    christian_year: int = 0
    christian_row: int = 0
    christian_cell: str = ""


def money_columns(head: Head, sheet: str, context: MoneyContext, findings: Findings) -> list[MoneyColumn]:
    """Read the headings of the money columns; what cannot be read safely is left out with a finding."""
    found: list[MoneyColumn] = []
    has_years = any(_years_of(heading) for heading in head.money)
    for heading in head.money:
        if "รวม" in search_key(heading.full) and len(_years_of(heading)) != 1:
            continue
        column = _column(head, heading, sheet, context, findings, has_years)
        if column:
            found.append(column)
    found = _without_twins(found, head, sheet, findings)
    found = _within_plan(found, head, sheet, context, findings)
    _tell_unit(found, head, sheet, context, findings)
    return found


def _years_of(heading: Heading) -> list[str]:
    return _year.findall(to_arabic_digits(heading.own)) or _year.findall(to_arabic_digits(heading.group))


def _cell_of(heading: Heading, word: str, head: Head) -> tuple[int, str]:
    """Give the 0-based row and the A1 cell of the heading's cell that holds a word, else its first cell."""
    for row, text in heading.cells:
        if word and word in to_arabic_digits(text):
            return row, a1(row, heading.column)
    row = heading.cells[0][0] if heading.cells else head.first
    return row, a1(row, heading.column)


def _kind(heading: Heading, default: AmountKind) -> AmountKind:
    key = search_key(heading.full)
    return next((kind for word, kind in MONEY_KINDS if word in key), default)


def _unit(text: str) -> tuple[Unit, int]:
    key = search_key(text)
    if "ล้านบาท" in key or "millionbaht" in key or "ล้าน" in key:
        return Unit.MILLION_BAHT, 1
    return Unit.BAHT, 1000 if "พันบาท" in key else 1


def _column(
    head: Head, heading: Heading, sheet: str, context: MoneyContext, findings: Findings, has_years: bool
) -> MoneyColumn | None:
    kind = _kind(heading, head.layout.money)
    unit, factor = _unit(heading.full if _unit(heading.full) != (Unit.BAHT, 1) else context.unit_text)
    years = _years_of(heading)
    if not years:
        figures = _figures.fullmatch(_without_unit(heading.own))
        if figures:
            _refuse_heading(heading, figures[1], head, sheet, findings)
            return None
        if has_years and kind == "PLANNED":
            row, cell = _cell_of(heading, "", head)
            findings.add("missing_year_in_heading", sheet=sheet, row=row + 1, cell=cell)
            return None
        if head.layout.money == "BUDGETED" and context.fiscal_year is None:
            _refuse_without_year(heading, head, sheet, context, findings)
            return None
        year = context.fiscal_year if head.layout.money == "BUDGETED" else None
        return MoneyColumn(heading.column, year, kind, "IN", unit, factor)
    try:
        year = parse_fiscal_year(int(years[-1]))
    except UnreadableYear:
        _refuse_heading(heading, years[-1], head, sheet, findings)
        return None
    key = search_key(heading.full)
    if "ก่อนปี" in key or "ก่อนพศ" in key:
        return MoneyColumn(heading.column, year - 1, kind, "UNTIL", unit, factor)
    span: Span = "FROM" if "เป็นต้นไป" in key or "ขึ้นไป" in key else "IN"
    return MoneyColumn(heading.column, year, kind, span, unit, factor)


def _refuse_without_year(heading: Heading, head: Head, sheet: str, context: MoneyContext, findings: Findings) -> None:
    """Say that neither heading nor title names the year, or that the title names a Christian one."""
    if context.christian_year:
        if findings.has("christian_year_in_heading", sheet, context.christian_cell):
            return  # said for another column of the same table
        findings.add(
            "christian_year_in_heading",
            sheet=sheet,
            row=context.christian_row + 1,
            cell=context.christian_cell,
            value=context.christian_year,
            suggestion=context.christian_year + BE_MINUS_CE,
        )
        return
    row, cell = _cell_of(heading, "", head)
    findings.add("missing_year_in_heading", sheet=sheet, row=row + 1, cell=cell)


def _without_unit(text: str) -> str:
    return re.sub(r"\(.*?\)|บาท", "", to_arabic_digits(text)).strip()


def _refuse_heading(heading: Heading, figures: str, head: Head, sheet: str, findings: Findings) -> None:
    try:
        parse_fiscal_year(int(figures.replace("−", "-")))
    except UnreadableYear as problem:
        code = problem.code if problem.code in ("christian_year", "two_digit_year") else "unreadable_year"
        row, cell = _cell_of(heading, figures, head)
        suggestion = problem.suggestion if problem.suggestion is not None else ""
        findings.add(f"{code}_in_heading", sheet=sheet, row=row + 1, cell=cell, value=figures, suggestion=suggestion)


def _heading_of(head: Head, column: int) -> Heading:
    return next(heading for heading in head.money if heading.column == column)


def _without_twins(found: list[MoneyColumn], head: Head, sheet: str, findings: Findings) -> list[MoneyColumn]:
    twins: dict[tuple[int | None, str, str], list[MoneyColumn]] = defaultdict(list)
    for column in found:
        twins[column.year, column.kind, column.span].append(column)
    for (year, _, _), columns in twins.items():
        if len(columns) > 1 and year is not None:
            places = [_cell_of(_heading_of(head, column.column), str(year), head) for column in columns]
            cells = ",".join(cell for _, cell in places)
            findings.add("duplicate_year_heading", sheet=sheet, row=places[0][0] + 1, cell=cells, value=year)
    return [column for column in found if column.year is None or len(twins[column.year, column.kind, column.span]) == 1]


def _within_plan(
    found: list[MoneyColumn], head: Head, sheet: str, context: MoneyContext, findings: Findings
) -> list[MoneyColumn]:
    """Leave out single years outside the plan; when all lie outside, the title is old and the columns stand."""
    if context.plan_years is None or head.layout.form != "local_plan_p02":
        return found
    first, last = context.plan_years
    outside = [column for column in found if column.year is not None and not first <= column.year <= last]
    if len(outside) == len(found):
        return found
    for column in outside:
        row, cell = _cell_of(_heading_of(head, column.column), str(column.year), head)
        findings.add(
            "year_outside_plan", sheet=sheet, row=row + 1, cell=cell, value=column.year, expected=f"{first}-{last}"
        )
    return [column for column in found if column not in outside]


def _tell_unit(found: list[MoneyColumn], head: Head, sheet: str, context: MoneyContext, findings: Findings) -> None:
    scaled = [column for column in found if column.unit is not Unit.BAHT or column.factor != 1]
    if not scaled:
        return
    kind = "unit_million_baht" if scaled[0].unit is not Unit.BAHT else "unit_thousand_baht"
    word = "ล้าน" if kind == "unit_million_baht" else "พัน"
    places = [
        (row, column.column, text)
        for column in scaled
        for row, text in _heading_of(head, column.column).cells
        if word in text
    ]
    if not places:
        findings.add(kind, sheet=sheet, cell=context.unit_cell, value=context.unit_text or word)
        return
    row, first, text = places[0]
    last = max(column for place, column, _ in places if place == row)
    findings.add(kind, sheet=sheet, row=row + 1, cell=a1_range(row, first, row, last), value=text)


def read_amount(raw: Any, column: MoneyColumn, row: int, sheet: str, findings: Findings) -> int | None:
    """Read one cell as satang (None for blank, dash and zero); what is no amount becomes a finding.

    Raises `DoubtfulUnit` after the finding when the amount is not plausible for one project.
    """
    try:
        satang = _satang(raw, column)
    except UnreadableAmount as problem:
        shown = clean(raw) if isinstance(raw, str) else raw
        findings.add(problem.code, sheet=sheet, row=row + 1, cell=a1(row, column.column), value=shown)
        return None
    if not satang:
        return None
    if not column.least_satang <= satang <= column.most_satang:
        cell = a1(row, column.column)
        baht = baht_text(satang)
        findings.add("implausible_amount", sheet=sheet, row=row + 1, cell=cell, value=raw, baht=baht)
        raise DoubtfulUnit
    return satang


def _satang(raw: Any, column: MoneyColumn) -> int | None:
    if isinstance(raw, str) and column.unit is Unit.BAHT and raw.isascii() and _plain.fullmatch(raw):
        return int(raw.replace(",", "")) * 100 * column.factor
    if type(raw) is float and raw >= 0 and column.unit is Unit.BAHT:
        hundredfold = raw * 100
        if hundredfold.is_integer():
            return int(hundredfold) * column.factor
    satang = parse_amount(raw, unit=column.unit)
    return None if satang is None else satang * column.factor


def baht_text(satang: int) -> str:
    """Write satang as baht for a finding, however large the number that was typed."""
    whole, rest = divmod(satang, 100)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"
