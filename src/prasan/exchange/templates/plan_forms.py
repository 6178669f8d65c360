"""ผ.02, ผ.02/1 and ผ.02/2: blocks of a programme with years in baht, sub-totals and a total."""

from collections.abc import Iterator
from itertools import groupby

from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.templates.canvas import Canvas
from prasan.exchange.templates.heads import Head, block_lines, write_head, years_of
from prasan.exchange.templates.layouts import LAYOUTS, YEARS, Column

TARGET_COLUMN = 3  # totals are named in the column before the years, as in the real forms


def write_plan(canvas: Canvas, sheet: Sheet, head: Head) -> None:
    """Write one plan sheet in its official layout."""
    years = years_of(sheet)
    columns = LAYOUTS[sheet.form].columns
    spread = list(_spread(columns, years))
    canvas.widths(column.width for column, _ in spread)
    row = write_head(canvas, sheet, head, last_column=len(spread) - 1)
    if not sheet.records:
        row = _heading(canvas, row, columns, years, repeat=True)
        for blank in range(row, row + head.blank_rows):
            _record_row(canvas, blank, Record(sheet.name, 0, sheet.form, ""), spread)
        return
    blocks = [list(rows) for _, rows in groupby(sheet.records, key=_block_key)]
    for number, block in enumerate(blocks, start=1):
        row = _block(canvas, row, block, number=number, columns=columns, years=years)
    if len(blocks) > 1:
        _total(canvas, row, sheet.records, years, label=f"รวมทั้งสิ้น {len(sheet.records)} โครงการ")


def _block_key(record: Record) -> tuple[str, str, str]:
    return (record.strategy, record.tactic, record.programme)


def _spread(columns: tuple[Column, ...], years: tuple[int, ...]) -> Iterator[tuple[Column, int | None]]:
    """Every printed column; the year column once for each year."""
    for column in columns:
        if column.field == YEARS:
            yield from ((column, year) for year in years)
        else:
            yield column, None


def _block(
    canvas: Canvas,
    row: int,
    records: list[Record],
    *,
    number: int,
    columns: tuple[Column, ...],
    years: tuple[int, ...],
) -> int:
    for line in block_lines(records[0], number=number):
        canvas.text(row, 0, line, "line")
        row += 1
    row = _heading(canvas, row, columns, years, repeat=number == 1)
    spread = list(_spread(columns, years))
    section, printed = "", 0
    for record in records:
        if record.section != section:
            section, printed = record.section, 0
            canvas.text(row, 1, section, "total_text")
            row += 1 if section else 0
        printed = record.ordinal or printed + 1
        _record_row(canvas, row, record, spread, ordinal=printed)
        row += 1
    return _total(canvas, row, records, years, label=f"รวม {len(records)} โครงการ")


def _heading(canvas: Canvas, row: int, columns: tuple[Column, ...], years: tuple[int, ...], *, repeat: bool) -> int:
    """Two rows: headings merged downwards, งบประมาณ merged over its years."""
    place = 0
    for column in columns:
        if column.field != YEARS:
            canvas.block(row, row + 1, place, place, column.heading, "heading")
            place += 1
            continue
        if years:
            canvas.across(row, place, place + len(years) - 1, column.heading, "heading")
        for year in years:
            canvas.text(row + 1, place, f"{year}\n(บาท)", "heading")
            place += 1
    if repeat:
        canvas.repeat_head(row, row + 1)
    return row + 2


def _record_row(
    canvas: Canvas,
    row: int,
    record: Record,
    spread: list[tuple[Column, int | None]],
    *,
    ordinal: int | None = None,
) -> None:
    for place, (column, year) in enumerate(spread):
        if year is not None:
            canvas.money(row, place, planned(record, year), blank="-" if record.name else "")
        elif column.field == "ordinal":
            canvas.number(row, place, ordinal)
        else:
            canvas.text(row, place, _words(record, column.field))


def _words(record: Record, field: str) -> str:
    if field == "responsible":
        return record.responsible or record.agency
    return str(getattr(record, field))


def planned(record: Record, year: int) -> int | None:
    """What the record asks in that year, in satang; None where it asks nothing."""
    asked = [a.satang for a in record.amounts if a.fiscal_year == year and a.kind in ("PLANNED", "BUDGETED")]
    return sum(asked) if asked else None


def _total(canvas: Canvas, row: int, records: list[Record], years: tuple[int, ...], *, label: str) -> int:
    width = len(LAYOUTS["local_plan_p02"].columns) - 1 + len(years)
    for place in range(width):
        canvas.text(row, place, label if place == TARGET_COLUMN else "", "total_text")
    for offset, year in enumerate(years, start=TARGET_COLUMN + 1):
        asked = [satang for r in records if (satang := planned(r, year)) is not None]
        canvas.money(row, offset, sum(asked) if asked else None, total=True)
    return row + 1
