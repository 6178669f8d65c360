"""Reconciles the summary forms ผ.01 and ผ.01/1 with the detail sheets of the same file."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from prasan.common.money import Unit, UnreadableAmount, parse_amount
from prasan.common.text import search_key, to_arabic_digits
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1
from prasan.exchange.reading.heads import shown
from prasan.exchange.reading.lines import Context, LineKind, kind_of_line, ordinal_of
from prasan.exchange.reading.money import baht_text
from prasan.exchange.reading.records import FormKey, Record, Sheet
from prasan.exchange.reading.titles import BEYOND_WORDS, COMMUNITY_WORDS, Titles

_year = re.compile(r"(?<!\d)(25\d\d)(?!\d)")
_number: Final = re.compile(r"^\(?(\d+(?:\.\d+)*)")
_form_code = re.compile(r"ผ\s*\.?\s*02\s*/\s*([12])")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of one year: number of projects and money."""

    year: int | None  # None: all years together
    count: int
    money: int


@dataclass(slots=True)
class Line:
    """One printed line of figures with its place in the plan."""

    row: int
    label: str
    key: tuple[str, ...]
    form: FormKey
    figures: dict[int | None, tuple[int, int]] = field(default_factory=dict)  # year → count, satang


@dataclass(slots=True)
class SummaryTable:
    """A summary sheet as read: its columns, lines, and the totals printed under blocks of lines."""

    sheet: str
    pairs: list[Pair]
    label_column: int
    lines: list[Line] = field(default_factory=list)


def find_pairs(grid: Grid) -> tuple[list[Pair], int, int] | None:
    """Find the columns จำนวน and งบประมาณ under each year; give them, the label column and the last head row."""
    for row, values in enumerate(grid.rows[:40]):
        years = [(column, found) for column, value in enumerate(values) if (found := _years(value)) is not None]
        if len(years) < 2 or row + 1 >= len(grid.rows):
            continue
        under = [search_key(shown(value)) for value in grid.rows[row + 1]]
        pairs = [
            Pair(year, column, column + 1)
            for column, year in years
            if under[column].startswith("จำนวน") and column + 1 < len(under) and under[column + 1].startswith("งบ")
        ]
        if pairs:
            last = row + 1
            while last + 1 < len(grid.rows) and _is_units(grid.rows[last + 1]):
                last += 1
            label = next((c for c in range(pairs[0].count - 1, -1, -1) if shown(values[c])), 0)
            return pairs, label, last
    return None


def _years(value: Any) -> int | None:
    """Give the year a heading names, 0 for the column of all years, or nothing."""
    text = to_arabic_digits(shown(value))
    if found := _year.findall(text):
        return int(found[0]) if len(found) == 1 else 0
    return 0 if text.startswith("รวม") and "ปี" in text else None


def _is_units(row: list[Any]) -> bool:
    texts = [search_key(text) for value in row if (text := shown(value))]
    return bool(texts) and all(text in ("โครงการ", "บาท", "ล้านบาท") for text in texts)


def read_summary(grid: Grid, titles: Titles, findings: Findings) -> SummaryTable | None:
    """Read the printed lines of a summary sheet and check that its totals add up; nothing without its columns."""
    found = find_pairs(grid)
    if found is None:
        return None
    pairs, label_column, last = found
    table = SummaryTable(grid.name, pairs, label_column)
    community = any(word in titles.text for word in COMMUNITY_WORDS) or titles.code.endswith("/1")
    form: FormKey = "local_plan_p02_1" if community else "local_plan_p02"
    context = Context()
    block: list[Line] = []
    every: list[Line] = []
    for row in range(last + 1, len(grid.rows)):
        text = shown(grid.at(row, label_column)) or next(
            (t for v in grid.rows[row] if isinstance(v, str) and (t := shown(v))), ""
        )
        if not text:
            continue
        figures = _figures(grid, row, pairs, findings)
        if not figures:
            form = _enter_block(text, form, context, grid.name, row, label_column, findings)
            continue
        if kind_of_line(text) is LineKind.TOTAL:
            whole = "ทั้ง" in text or not block
            _check_total(table, row, figures, every if whole else block, findings)
            block = []
            if whole:
                every = []
            continue
        key = _key(text, context, community)
        line = Line(row, text, key, form, figures)
        table.lines.append(line)
        block.append(line)
        every.append(line)
    return table


def _enter_block(
    text: str, form: FormKey, context: Context, sheet: str, row: int, column: int, findings: Findings
) -> FormKey:
    """Take a line without figures: strategy, tactic, or the head of the coordination block."""
    code = _form_code.search(to_arabic_digits(text))
    if any(word in text for word in (*BEYOND_WORDS, "ประสาน")):
        if code and code[1] != "2":
            cell = a1(row, column)
            expected = "ผ.02/2"
            findings.add("form_code_conflict", sheet=sheet, row=row + 1, cell=cell, value=code[0], expected=expected)
        return "local_plan_p02_2"
    if code:
        return "local_plan_p02_1" if code[1] == "1" else "local_plan_p02_2"
    context.enter(text)
    return form


def _key(text: str, context: Context, community: bool) -> tuple[str, ...]:
    if community:
        return (search_key(text),)
    own = Context(context.strategy, context.tactic)
    own.enter(text)
    return number_of(context.tactic), search_key(own.programme)


def number_of(text: str) -> str:
    """Give the leading number of a strategy or tactic line: “4.1 กลยุทธ์…” gives “4.1”."""
    found = _number.match(to_arabic_digits(text))
    return found[1] if found else search_key(text)


def _figures(grid: Grid, row: int, pairs: list[Pair], findings: Findings) -> dict[int | None, tuple[int, int]]:
    figures: dict[int | None, tuple[int, int]] = {}
    seen = False
    for pair in pairs:
        count, money = grid.at(row, pair.count), grid.at(row, pair.money)
        seen = seen or count not in ("", None) or money not in ("", None)
        try:
            satang = parse_amount(money, unit=Unit.BAHT) or 0
        except UnreadableAmount as problem:
            findings.add(problem.code, sheet=grid.name, row=row + 1, cell=a1(row, pair.money), value=money)
            continue
        figures[pair.year] = (ordinal_of(count) or 0, satang)
    return figures if seen else {}


def _check_total(
    table: SummaryTable, row: int, figures: dict[int | None, tuple[int, int]], lines: list[Line], findings: Findings
) -> None:
    for pair in table.pairs:
        if pair.year not in figures:
            continue
        count, satang = figures[pair.year]
        counted = sum(line.figures.get(pair.year, (0, 0))[0] for line in lines)
        added = sum(line.figures.get(pair.year, (0, 0))[1] for line in lines)
        rows = ", ".join(a1(line.row, pair.money) for line in lines)
        if count != counted:
            findings.add(
                "count_mismatch", sheet=table.sheet, row=row + 1, cell=a1(row, pair.count), value=count,
                expected=counted, rows=rows,
            )  # fmt: skip
        if satang != added:
            findings.add(
                "total_mismatch", sheet=table.sheet, row=row + 1, cell=a1(row, pair.money), value=baht_text(satang),
                expected=baht_text(added), difference=baht_text(abs(satang - added)), rows=rows,
            )  # fmt: skip


def reconcile(table: SummaryTable, sheets: list[Sheet], findings: Findings) -> None:
    """Compare each printed line with the rows of its detail sheets; each difference names both places."""
    by_key: dict[tuple[FormKey, tuple[str, ...]], list[Record]] = defaultdict(list)
    for sheet in sheets:
        for record in sheet.records:
            by_key[record.form, _record_key(record)].append(record)
    for line in table.lines:
        records = by_key.get((line.form, line.key), [])
        if not records:
            if any(count for count, _ in line.figures.values()):
                cell = a1(line.row, table.label_column)
                findings.add("summary_without_detail", sheet=table.sheet, row=line.row + 1, cell=cell, value=line.label)
            continue
        for pair in table.pairs:
            if pair.year and pair.year in line.figures:
                _compare(table, line, pair, records, findings)


def _record_key(record: Record) -> tuple[str, ...]:
    if record.form == "local_plan_p02_1":
        return (search_key(record.responsible),)
    return number_of(record.tactic), search_key(record.programme)


def _compare(table: SummaryTable, line: Line, pair: Pair, records: list[Record], findings: Findings) -> None:
    amounts = [(record, a) for record in records for a in record.main_amounts() if a.fiscal_year == pair.year]
    count, satang = line.figures[pair.year]
    added = sum(amount.satang for _, amount in amounts)
    rows = _where(records, [amount.cell for _, amount in amounts])
    say: Callable[..., None] = findings.add
    facts = {"sheet": table.sheet, "row": line.row + 1, "line": line.label, "year": pair.year, "rows": rows}
    if count != len(amounts):
        say("summary_count_mismatch", cell=a1(line.row, pair.count), value=count, expected=len(amounts), **facts)
    if satang != added:
        say(
            "summary_sum_mismatch", cell=a1(line.row, pair.money), value=baht_text(satang),
            expected=baht_text(added), difference=baht_text(abs(added - satang)), **facts,
        )  # fmt: skip


def _where(records: list[Record], cells: list[str]) -> str:
    sheets = list(dict.fromkeys(record.sheet for record in records))
    names = ", ".join(f"“{sheet}”" for sheet in sheets[:4])
    if len(sheets) == 1 and cells:
        return f"{names} {cells[0]}:{cells[-1]}" if len(cells) > 1 else f"{names} {cells[0]}"
    return names
