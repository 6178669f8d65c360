"""The repair report: a copy of the file with the marked cells coloured and commented, and a list of what to correct."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from prasan.common.cells import height_for, lines_of
from prasan.exchange.reading.delimited import decode, read_text
from prasan.exchange.reading.grid import Grid
from prasan.exchange.reading.records import Finding, Reading
from prasan.exchange.reading.source import NotReadable, kind_of
from prasan.exchange.reading.workbook import Workbook as SourceWorkbook

LIST_SHEET = "ข้อที่ต้องแก้"
FONT = "TH SarabunPSK"
SEVERITIES = {"error": ("ต้องแก้", "FFC7CE"), "warning": ("ควรตรวจ", "FFEB9C"), "info": ("แจ้งให้ทราบ", "DDEBF7")}
COLUMNS = (
    ("ที่", 6),
    ("ระดับ", 12),
    ("แผ่นงาน", 20),
    ("แถว", 7),
    ("เซลล์", 10),
    ("ข้อความ", 80),
    ("เรื่อง", 24),
    ("Message", 80),
)
PRINTED_COLUMNS = 6
"""The last columns, for programs and in English, stay off the paper."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
"""A copy holds this much of a sheet; what lies beyond (blank formatted rows, mostly) is left out."""
MOST_CELLS_MARKED = 200
_RANK = {"error": 0, "warning": 1, "info": 2}


def write_repair_report(
    original: Path, reading: Reading, output: Path, *, findings: Sequence[Finding] | None = None
) -> None:
    """Write the report as a new workbook: values and text only, so no macro, formula, link or hidden part comes along.

    `findings` are those of the reading and of the import; without them, the reading's alone. A file that could not
    be opened gives the list without a copy.
    """
    said = list(reading.findings if findings is None else findings)
    book = Workbook()
    listing = book.active
    assert isinstance(listing, Worksheet)
    listing.title = LIST_SHEET
    copies = _copy(original, book)
    _mark(copies, said)
    _list(listing, reading, said, copies)
    book.save(output)


def _copy(original: Path, book: Workbook) -> dict[str, Worksheet]:
    """Copy every sheet's values and merged cells, by the reader's own eyes; nothing of a file it cannot read."""
    copies: dict[str, Worksheet] = {}
    try:
        for grid in _grids(original):
            copies[grid.name] = _copy_sheet(grid, book.create_sheet(_free_title(book, grid.name)))
    except (NotReadable, OSError):
        return {}
    return copies


def _grids(original: Path) -> Iterator[Grid]:
    data = original.read_bytes()
    if kind_of(data) == "zip":
        yield from SourceWorkbook(data).grids()
    else:
        text, _ = decode(data)
        yield read_text(text, original.name)


def _copy_sheet(grid: Grid, sheet: Worksheet) -> Worksheet:
    lengths: dict[int, int] = defaultdict(int)
    for number, row in enumerate(grid.rows[:MOST_ROWS]):
        for column, value in enumerate(row[:MOST_COLUMNS]):
            shown = grid.marks.errors.get((number, column), value)
            if shown not in ("", None):
                _put(sheet.cell(number + 1, column + 1), shown)
                lengths[column] = max(lengths[column], len(str(shown)))
    for column, length in lengths.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(length, 6), 45)
    for top, left, bottom, right in grid.merged:
        if bottom < MOST_ROWS and right < MOST_COLUMNS:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    _paper(sheet)
    return sheet


def _paper(sheet: Worksheet) -> None:
    """A4 across, all columns on one page's width, the page's number at its foot."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.oddFooter is not None:
        sheet.oddFooter.right.text = "หน้า &P จาก &N"


def _free_title(book: Workbook, name: str) -> str:
    title = re.sub(r"[\[\]:*?/\\]", "-", name)[:31] or "แผ่นงาน"
    number = 2
    while title in book.sheetnames:
        title, number = f"{title[:26]} ({number})", number + 1
    return title


def _put(cell: Cell | MergedCell, value: object) -> None:
    """A value, never a formula: whatever is no number, date or truth value is written as text."""
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, bool | int | float | dt.date | dt.datetime | dt.time | dt.timedelta):
        cell.value = value
    else:
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.lstrip().startswith(("=", "+", "-", "@"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(name=FONT, size=14)


def _mark(copies: dict[str, Worksheet], findings: Sequence[Finding]) -> None:
    """Colour each marked cell by its gravest finding and say all of them in a comment."""
    said: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet in copies:
            for row, column in _cells(finding):
                said[finding.sheet, row, column].append(finding)
    for (name, row, column), marked in said.items():
        cell = copies[name].cell(row, column)
        gravest = min(marked, key=lambda f: _RANK[f.severity])
        cell.fill = PatternFill("solid", fgColor=SEVERITIES[gravest.severity][1])
        if isinstance(cell, Cell):
            text = "\n".join(dict.fromkeys(f"[{SEVERITIES[f.severity][0]}] {f.message_th}" for f in marked))
            cell.comment = Comment(text, "ประสานแผน", height=120, width=360)


def _cells(finding: Finding) -> list[tuple[int, int]]:
    """The cells a finding names (A1, ranges, lists), or the first cell of its row."""
    cells = []
    for part in filter(None, (p.strip() for p in finding.cell.split(","))):
        try:
            left, top, right, bottom = range_boundaries(part)
        except ValueError:
            continue
        top, left = top or 1, left or 1
        bottom, right = min(bottom or top, MOST_ROWS), min(right or left, MOST_COLUMNS)
        cells += [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    if not cells and finding.row is not None and finding.row <= MOST_ROWS:
        cells = [(finding.row, 1)]
    return cells[:MOST_CELLS_MARKED]


def _list(sheet: Worksheet, reading: Reading, findings: Sequence[Finding], copies: dict[str, Worksheet]) -> None:
    """The first sheet: every finding in order of gravity, with a link to its cell."""
    grave = sum(f.severity == "error" for f in findings)
    _put(sheet.cell(1, 1), f"{LIST_SHEET}: {reading.file}")
    sheet.cell(1, 1).font = Font(name=FONT, bold=True, size=18)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    _put(sheet.cell(2, 1), f"พบ {len(findings)} ข้อ ต้องแก้ {grave} ข้อ แก้ในไฟล์ของท่านแล้วส่งเข้ามาใหม่")
    sheet.cell(2, 1).alignment = Alignment(wrap_text=False)
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(3, column, heading)
        cell.font, cell.fill = Font(name=FONT, size=14, bold=True), PatternFill("solid", fgColor="F2F2F2")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A4"
    ordered = sorted(findings, key=lambda f: _RANK[f.severity])
    for number, finding in enumerate(ordered, start=1):
        row = number + 3
        word, colour = SEVERITIES[finding.severity]
        values = (number, word, finding.sheet, finding.row, finding.cell)
        texts = (*values, finding.message_th, finding.kind, finding.message_en)
        for column, value in enumerate(texts, start=1):
            if value not in ("", None):
                _put(sheet.cell(row, column), value)
        for column in (1, 4):
            sheet.cell(row, column).alignment = Alignment(horizontal="center", vertical="top")
        wrapped = (lines_of(str(text), width=width) for text, (_, width) in zip(texts, COLUMNS, strict=True))
        sheet.row_dimensions[row].height = height_for(max(wrapped))
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor=colour)
        target = _target(finding, copies)
        if target:
            link = sheet.cell(row, 5 if finding.cell else 3)
            link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
            link.font = Font(name=FONT, size=14, color="0563C1", underline="single")
    _paper(sheet)
    sheet.print_title_rows = "3:3"
    sheet.print_area = f"A1:{get_column_letter(PRINTED_COLUMNS)}{max(len(ordered) + 3, 4)}"
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(COLUMNS))}{max(len(ordered) + 3, 4)}"


def _target(finding: Finding, copies: dict[str, Worksheet]) -> str:
    """Where the link leads inside this workbook: never outside it."""
    if finding.sheet not in copies:
        return ""
    cells = _cells(finding)
    row, column = cells[0] if cells else (1, 1)
    title = copies[finding.sheet].title.replace("'", "''")
    return f"'{title}'!{get_column_letter(column)}{row}"
