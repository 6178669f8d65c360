"""What the papers of an AFP round say, in finished Thai words, and its Word document."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt

from prasan.common.money import format_baht
from prasan.common.text import to_thai_digits
from prasan.publishing.paper.book import Column, Table
from prasan.publishing.paper.official import Sheet
from prasan.publishing.paper.word import table_xml
from prasan.publishing.sheets.workbook import Cell, Field

_WIDTH = round(247 / 25.4 * 1440)  # landscape A4 between its margins


@dataclass(frozen=True, slots=True)
class AfpTable:
    """One table of the papers; `in_document` where the Word document has it too, the workbook has all.

    `empty` says what it means that there is nothing; `grouped` lets the first column open groups in the document.
    """

    name: str  # of the sheet
    title: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    in_document: bool = True
    note: str = ""
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class AfpPaper:
    """A round as its papers tell it."""

    title: str
    body: str
    area: str
    year: str
    on: str  # the day of the figures
    made_on: dt.date
    state: str
    facts: tuple[tuple[str, str], ...]
    resolution: str  # its number keeps its digits: it is looked up by them
    tables: tuple[AfpTable, ...]


def afp_docx(paper: AfpPaper, *, thai_digits: bool = True) -> bytes:
    """The integration plan of a round: what it is, then every table that is for reading."""
    sheet = Sheet(thai_digits)
    page = sheet.document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(20), Mm(20), Mm(18)
    sheet.numbered()
    sheet.heading(paper.title, f"{paper.area} {paper.year}")
    for head, words in paper.facts:
        sheet.headed(head, words, wide=True)
    if paper.resolution:
        sheet.bold("มติเลขที่ ", plain=paper.resolution)
    for number, one in enumerate((table for table in paper.tables if table.in_document), 1):
        sheet.bold(f"{number}. {one.title}")
        sheet.document.paragraphs[-1].paragraph_format.keep_with_next = True
        if one.note:
            sheet.plain(one.note, before=0, stays=True)
        if not one.rows:
            sheet.indented(one.empty)
            continue
        table = table_xml(_table(one, thai_digits), width=_WIDTH)
        sheet.document.element.body.insert(len(sheet.document.element.body) - 1, table)
        sheet.document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    return sheet.saved()


def _table(one: AfpTable, thai_digits: bool) -> Table:
    shown = [n for n, field in enumerate(one.fields) if field.printed]
    columns = tuple(
        Column(_digits(one.fields[n].title, thai_digits), one.fields[n].width,
               "left" if one.fields[n].kind == "text" else "right")
        for n in shown
    )  # fmt: skip
    rows = tuple(tuple(_words(row[n], one.fields[n], thai_digits) for n in shown) for row in one.rows)
    total = _total(one, shown, thai_digits)
    return _in_groups(columns, rows, total) if one.grouped else Table(columns, rows, total)


def _in_groups(columns: Sequence[Column], rows: Sequence[tuple[str, ...]], total: tuple[str, ...] | None) -> Table:
    """The first column as a line of its own over the rows that share it: on paper its words would narrow the rest."""
    said: list[tuple[str, ...]] = []
    heads = []
    for name, same in groupby(rows, key=lambda row: row[0]):
        heads.append(len(said))
        said += [(name, *[""] * (len(columns) - 2)), *(row[1:] for row in same)]
    if total is not None:
        total = (total[0], *total[2:])
    return Table(tuple(columns[1:]), tuple(said), total, tuple(heads))


def _total(one: AfpTable, shown: Sequence[int], thai_digits: bool) -> tuple[str, ...] | None:
    if not any(one.fields[n].total for n in shown):
        return None
    cells = []
    for place, n in enumerate(shown):
        field = one.fields[n]
        if field.total:
            whole = sum(cell for row in one.rows if isinstance(cell := row[n], int))
            cells.append(_words(whole, field, thai_digits))
        else:
            cells.append("รวม" if place == 0 else "")
    return tuple(cells)


def _words(cell: Cell, field: Field, thai_digits: bool) -> str:
    """A cell as it is read: money in baht, a share in per cent, nothing as a dash. A code keeps its digits."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, str):
        return cell if field.title == "รหัส" else _digits(cell, thai_digits)
    if field.kind == "baht":
        return _digits(format_baht(int(cell)), thai_digits)
    if field.kind == "share":
        return _digits(f"{round(cell * 100)}%", thai_digits)
    return _digits(f"{cell:.3f}" if field.kind == "score" else f"{cell:,}", thai_digits)


def _digits(text: str, thai_digits: bool) -> str:
    return to_thai_digits(text) if thai_digits else text
