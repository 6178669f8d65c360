"""Forms that are one list under one head row: needs, agencies' projects, flat lists and the flat matrix."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby

from prasan.common.dates import format_date
from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.templates.canvas import Canvas
from prasan.exchange.templates.heads import Head, budget_year, write_head
from prasan.exchange.templates.layouts import BOUND, CHANNELS, LAYOUTS, RESPONSE_KINDS, Column

MONEY_STYLE = "money"


def write_list(canvas: Canvas, sheet: Sheet, head: Head) -> None:
    """Write one list sheet in its layout, with the sums and the closing lines that its form has."""
    columns = _columns(sheet)
    canvas.widths(column.width for column in columns)
    row = write_head(canvas, sheet, head, last_column=len(columns) - 1)
    row += 1 if row else 0  # one empty line between title and table, as the real forms have it
    for place, column in enumerate(columns):
        canvas.text(row, place, column.heading, "heading")
    canvas.repeat_head(row, row)
    first = row + 1
    row = _rows(canvas, first, sheet, columns)
    if not sheet.records:
        for blank in range(row, row + head.blank_rows):
            _record_row(canvas, blank, Record(sheet.name, 0, sheet.form, ""), columns, sheet, None)
        row += head.blank_rows
    for place, column in enumerate(columns):
        canvas.offer(first, row - 1, place, column.choices)
    if sheet.form == "community_needs":
        canvas.text(row + 1, 2, f"ลงชื่อ ............................................ {head.signer}", "plain")
        canvas.text(row + 2, 2, "หมายเหตุ: งบประมาณให้องค์กรปกครองส่วนท้องถิ่นประมาณการภายหลังได้", "plain")


def _columns(sheet: Sheet) -> tuple[Column, ...]:
    """The form's columns, with the year in the headings and one column for each obligation."""
    year = budget_year(sheet)
    columns: list[Column] = []
    for column in LAYOUTS[sheet.form].columns:
        if column.field == BOUND:
            columns.extend(_bound_columns(sheet, year) if year is not None else ())
        elif year is None:
            columns.append(replace(column, heading=column.heading.replace(" ปี {year}", "")))
        else:
            columns.append(replace(column, heading=column.heading.format(year=year)))
    return tuple(columns)


def _bound_columns(sheet: Sheet, year: int) -> list[Column]:
    """Obligations before the year, in each later year, and from the first year after these on."""
    bound = [a for record in sheet.records for a in record.amounts if a.kind == "OBLIGATED"]
    single = sorted({year + 1, year + 2} | {a.fiscal_year for a in bound if a.span == "IN"})
    open_ended = sorted({a.fiscal_year for a in bound if a.span == "FROM"}) or [single[-1] + 1]
    return [
        Column(f"{BOUND} UNTIL {year - 1}", f"ผูกพันก่อนปี {year} (บาท)", 12.7, MONEY_STYLE),
        *(Column(f"{BOUND} IN {y}", f"ผูกพันปี {y} (บาท)", 12.7, MONEY_STYLE) for y in single),
        *(Column(f"{BOUND} FROM {y}", f"ผูกพันปี {y} เป็นต้นไป (บาท)", 12.7, MONEY_STYLE) for y in open_ended),
    ]


def _rows(canvas: Canvas, row: int, sheet: Sheet, columns: tuple[Column, ...]) -> int:
    if sheet.form != "agency_projects":
        for number, record in enumerate(sheet.records, start=1):
            _record_row(canvas, row, record, columns, sheet, record.ordinal or number)
            row += 1
        return row
    number = 0
    for ministry, group in groupby(sheet.records, key=lambda record: record.ministry):
        records = list(group)
        for record in records:
            number += 1
            _record_row(canvas, row, record, columns, sheet, record.ordinal or number)
            row += 1
        if ministry:
            row = _sum(canvas, row, records, columns, sheet, label=f"รวม {ministry}")
    if sheet.records:
        label = f"รวมทั้งสิ้น {len(sheet.records)} โครงการ/รายการ"
        row = _sum(canvas, row, sheet.records, columns, sheet, label=label)
    return row


def _sum(
    canvas: Canvas,
    row: int,
    records: list[Record],
    columns: tuple[Column, ...],
    sheet: Sheet,
    *,
    label: str,
) -> int:
    """A sub-total or total line of the agencies' list: the label stands in the project column."""
    for place, column in enumerate(columns):
        if column.field == "budgeted":
            known = [v for r in records if (v := _budgeted(r, sheet)) is not None]
            canvas.money(row, place, sum(known) if known else None, total=True)
        else:
            canvas.text(row, place, label if column.field == "name" else "", "total_text")
    return row + 1


def _record_row(
    canvas: Canvas,
    row: int,
    record: Record,
    columns: tuple[Column, ...],
    sheet: Sheet,
    ordinal: int | None,
) -> None:
    for place, column in enumerate(columns):
        if column.field == "ordinal":
            canvas.number(row, place, ordinal)
        elif column.field == "fiscal_year":
            canvas.number(row, place, record.fiscal_year)
        elif column.style == MONEY_STYLE:
            blank = "-" if record.name and sheet.form == "agency_projects" else ""
            canvas.money(row, place, _money(record, column.field, sheet), blank=blank)
        else:
            value = _WORDS[column.field](record) if column.field in _WORDS else getattr(record, column.field)
            canvas.text(row, place, value, column.style)


def place_words(record: Record) -> str:
    """Where it is, in words that read back to the same villages."""
    if not record.moos or "หมู่" in record.place_text or "ม." in record.place_text:
        return record.place_text
    return f"หมู่ที่ {','.join(map(str, record.moos))} {record.place_text}".strip()


def _budgeted(record: Record, sheet: Sheet) -> int | None:
    year = budget_year(sheet)
    found = [
        a.satang
        for a in record.amounts
        if a.kind in ("BUDGETED", "PLANNED") and a.span == "IN" and a.fiscal_year == year
    ]
    return sum(found) if found else None


def _bound(record: Record, field: str) -> int | None:
    """The obligation of one column; `field` is "bound SPAN YEAR"."""
    _, span, year = field.split()
    found = [
        a.satang
        for a in record.amounts
        if a.kind == "OBLIGATED" and a.span == span and (span == "UNTIL" or a.fiscal_year == int(year))
    ]
    return sum(found) if found else None


def _money(record: Record, field: str, sheet: Sheet) -> int | None:
    if field.startswith(BOUND):
        return _bound(record, field)
    return _budgeted(record, sheet) if field == "budgeted" else record.main_satang()


_WORDS: Mapping[str, Callable[[Record], str]] = {
    "place": place_words,
    "response_kind": lambda record: RESPONSE_KINDS.get(record.response_kind, ""),
    "nature": lambda record: CHANNELS[record.channel][1] if record.channel in CHANNELS else "",
    "tier": lambda record: record.tier or (CHANNELS[record.channel][0] if record.channel in CHANNELS else ""),
    "notified_on": lambda record: (
        format_date(record.notified_on, style="abbr") if record.notified_on is not None else ""
    ),
}
