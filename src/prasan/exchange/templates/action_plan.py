"""ผด.02: the action plan of one fiscal year, by strategy, with money set, money paid and progress."""

from itertools import groupby

from prasan.exchange.reading.records import AmountKind, Record, Sheet
from prasan.exchange.templates.canvas import Canvas
from prasan.exchange.templates.heads import Head, budget_year, write_head
from prasan.exchange.templates.layouts import LAYOUTS, MONTHS, PROGRESS

MONTHS_OF_FIRST_YEAR = 3  # October to December fall in the calendar year before
FIRST_MONTH = 4
PAID = FIRST_MONTH + len(MONTHS)
LAST = PAID + 2
MARK = "✓"


def write_action_plan(canvas: Canvas, sheet: Sheet, head: Head) -> None:
    """Write one action plan; every strategy is a band with its own sub-total."""
    year = budget_year(sheet)
    columns = LAYOUTS["action_plan"].columns
    widths = [c.width for c in columns[:FIRST_MONTH]] + [5.3] * len(MONTHS) + [c.width for c in columns[-3:]]
    canvas.widths(widths)
    row = first = _heading(canvas, write_head(canvas, sheet, head, last_column=LAST) + 1, year)
    number = 0
    for _, group in groupby(sheet.records, key=lambda r: (r.strategy, r.programme)):
        records = list(group)
        band = _band(records[0])
        if band:
            canvas.across(row, 0, LAST, band, "band")
            row += 1
        for record in records:
            number = record.ordinal or number + 1
            _record_row(canvas, row, record, number, year)
            row += 1
        row = _sum(canvas, row, records, f"รวม {len(records)} โครงการ", year)
    canvas.offer(first, row + head.blank_rows, PAID + 1, tuple(PROGRESS.values()))
    if sheet.records:
        _sum(canvas, row, sheet.records, f"รวมทั้งสิ้น {len(sheet.records)} โครงการ", year)
        return
    for blank in range(row, row + head.blank_rows):
        _record_row(canvas, blank, Record(sheet.name, 0, sheet.form, ""), None, year)


def _band(record: Record) -> str:
    return "  ".join(text for text in (record.strategy, record.programme) if text)


def _heading(canvas: Canvas, row: int, year: int | None) -> int:
    columns = LAYOUTS["action_plan"].columns
    for place, column in (*enumerate(columns[:FIRST_MONTH]), *enumerate(columns[-3:], start=PAID)):
        canvas.block(row, row + 1, place, place, column.heading, "heading")
    split = FIRST_MONTH + MONTHS_OF_FIRST_YEAR
    canvas.across(row, FIRST_MONTH, split - 1, f"พ.ศ. {year - 1}" if year else "พ.ศ.", "heading")
    canvas.across(row, split, PAID - 1, f"พ.ศ. {year}" if year else "พ.ศ.", "heading")
    for place, month in enumerate(MONTHS, start=FIRST_MONTH):
        canvas.text(row + 1, place, month, "heading")
    canvas.repeat_head(row, row + 1)
    return row + 2


def _record_row(canvas: Canvas, row: int, record: Record, ordinal: int | None, year: int | None) -> None:
    blank = "-" if record.name else ""
    canvas.number(row, 0, ordinal)
    canvas.text(row, 1, record.name)
    canvas.money(row, 2, _amount(record, year, "BUDGETED", "PLANNED"), blank=blank)
    canvas.text(row, 3, record.responsible or record.agency, "clear")
    for month in range(len(MONTHS)):
        canvas.text(row, FIRST_MONTH + month, MARK if month in record.months else "", "centre")
    canvas.money(row, PAID, _amount(record, year, "PAID"), blank=blank)
    canvas.text(row, PAID + 1, PROGRESS.get(record.progress, ""), "clear")
    canvas.text(row, LAST, ", ".join(map(str, record.moos)), "centre")  # broken after a comma, not in a number


def _amount(record: Record, year: int | None, *kinds: AmountKind) -> int | None:
    for kind in kinds:
        found = [a.satang for a in record.amounts if a.kind == kind and a.fiscal_year == year]
        if found:
            return sum(found)
    return None


def _sum(canvas: Canvas, row: int, records: list[Record], label: str, year: int | None) -> int:
    for place in range(LAST + 1):
        canvas.text(row, place, label if place == 1 else "", "total_text")
    for place, kinds in ((2, ("BUDGETED", "PLANNED")), (PAID, ("PAID",))):
        known = [v for r in records if (v := _amount(r, year, *kinds)) is not None]
        canvas.money(row, place, sum(known) if known else None, total=True)
    return row + 1
