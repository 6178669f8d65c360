"""A workbook as officers like it: frozen head, filter, Thai font, print set-up; text is always text."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import xlsxwriter

from prasan.common.cells import height_for, lines_of
from prasan.common.money import to_baht

Kind = Literal["text", "number", "baht", "share", "percent", "score"]
Cell = str | int | float | None
FONT = "TH Sarabun New"
_FORMULA_STARTS = "=+-@\t\r"
# Characters XML cannot hold; they would make the file unreadable.
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_LONGEST_CELL = 32_767
_LONGEST_FOOTER = 150  # letters; a sheet takes 255 with its marks
_RIGHT = {"align": "right", "indent": 1}  # figures keep clear of the text beside them


@dataclass(frozen=True, slots=True)
class Field:
    """A column: head, width in characters, kind; `baht` takes satang, `share` a part of one,
    `percent` hundredths, `score` a number of three decimals; `total` adds the column up below.

    Columns that are not `printed` stand at the end: they are for work on the screen and stay off the paper.
    """

    title: str
    width: float
    kind: Kind = "text"
    total: bool = False
    printed: bool = True


class Workbook:
    """Sheets of rows; the same sheets give the same bytes."""

    def __init__(self, *, title: str, made_on: dt.date) -> None:
        self._buffer = io.BytesIO()
        never_live: dict[str, Any] = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True, **never_live})
        midnight = dt.datetime(made_on.year, made_on.month, made_on.day, tzinfo=dt.UTC).replace(tzinfo=None)
        self._book.set_properties({"title": title, "created": midnight})
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._book.formats[0].set_font_name(FONT)
        self._book.formats[0].set_font_size(14)

    def _format(self, **traits: Any) -> Any:
        key = tuple(sorted(traits.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 14, "valign": "top", **traits})
        return self._made[key]

    def add_sheet(
        self, name: str, *, title: str, note: str, fields: Sequence[Field], rows: Iterable[Sequence[Cell]], empty: str
    ) -> None:
        """Add a sheet: title, a note, a frozen head with a filter, rows, totals of what the filter shows.

        The first line of the note is the foot of every page too.
        """
        sheet = self._book.add_worksheet(name)
        self._page(sheet, title, note, fields)
        wrap: dict[Kind, dict[str, Any]] = {
            "text": {"text_wrap": True},
            "number": {"num_format": "#,##0", **_RIGHT},
            "share": {"num_format": "0%", **_RIGHT},
            "percent": {"num_format": '0.00"%"', **_RIGHT},
            "score": {"num_format": "0.000", **_RIGHT},
        }
        wrap["baht"] = {**_RIGHT, "num_format": "#,##0.00;[Red]-#,##0.00;0.00"}
        formats = [self._format(**wrap[field.kind], bottom=4, bottom_color="#b9c3ca") for field in fields]
        number, sums = _HEAD, [0] * len(fields)
        for row in rows:
            number += 1
            for column, (cell, field) in enumerate(zip(row, fields, strict=True)):
                self._write(sheet, number, column, cell, field.kind, formats[column])
                if field.total and isinstance(cell, int):
                    sums[column] += cell
            sheet.set_row(number, _height(row, fields))
        if number == _HEAD:
            sheet.merge_range(number + 1, 0, number + 1, len(fields) - 1, "", self._format(italic=True))
            sheet.write_string(number + 1, 0, empty, self._format(italic=True, font_color="#4a5763"))
            return
        sheet.autofilter(_HEAD, 0, number, len(fields) - 1)
        self._totals(sheet, number, fields, sums)
        printed = sum(field.printed for field in fields)
        sheet.print_area(0, 0, number + any(field.total for field in fields), printed - 1)

    def _page(self, sheet: Any, title: str, note: str, fields: Sequence[Field]) -> None:
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=18))
        self._note(sheet, note, [field.width for field in fields if field.printed])
        head = self._format(bold=True, text_wrap=True, valign="vcenter", bg_color="#e6f1f2", bottom=1, top=1)
        head_right = self._format(
            bold=True, text_wrap=True, valign="vcenter", bg_color="#e6f1f2", bottom=1, top=1, **_RIGHT
        )
        for column, field in enumerate(fields):
            sheet.set_column(column, column, field.width)
            sheet.write_string(_HEAD, column, field.title, head if field.kind == "text" else head_right)
        sheet.set_row(0, 28)
        sheet.set_row(_HEAD, _height([field.title for field in fields], [_as_head(field) for field in fields]) + 4)
        sheet.freeze_panes(_HEAD + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        foot = note.split("\n")[0]
        short = foot if len(foot) <= _LONGEST_FOOTER else f"{foot[:_LONGEST_FOOTER]}…"
        sheet.set_footer(f'&L&"{FONT}"&12{short.replace("&", "&&")}&R&"{FONT}"&12หน้า &P จาก &N')

    def _note(self, sheet: Any, note: str, widths: Sequence[float]) -> None:
        """Write the note over the printed columns, as many lines as it needs: none of it runs off the page."""
        look = self._format(font_color="#4a5763", text_wrap=True)
        if len(widths) > 1:
            sheet.merge_range(1, 0, 1, len(widths) - 1, "", look)
        sheet.write_string(1, 0, note, look)
        sheet.set_row(1, height_for(lines_of(note, width=sum(widths))))

    def _write(self, sheet: Any, row: int, column: int, cell: Cell, kind: Kind, look: Any) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(cell, str):
            text = cell.translate(_UNPRINTABLE)[:_LONGEST_CELL]
            if text[:1] in _FORMULA_STARTS:
                # Kept as typed; the quote prefix keeps it text when somebody edits the cell or saves it on.
                look = self._format(text_wrap=True, bottom=4, bottom_color="#b9c3ca", quote_prefix=True)
            sheet.write_string(row, column, text, look)
        else:
            # Excel holds fifteen figures, so satang stay exact up to ten million million baht.
            sheet.write_number(row, column, to_baht(int(cell)) if kind == "baht" else cell, look)

    def _totals(self, sheet: Any, last: int, fields: Sequence[Field], sums: Sequence[int]) -> None:
        if not any(field.total for field in fields):
            return
        line = {"bold": True, "top": 1, "bottom": 6, "bg_color": "#f1f4f5"}
        for column, field in enumerate(fields):
            sheet.write_blank(last + 1, column, None, self._format(**line))
            if field.total:
                letter = xlsxwriter.utility.xl_col_to_name(column)
                formula = f"=SUBTOTAL(109,{letter}{_HEAD + 2}:{letter}{last + 1})"
                value = float(to_baht(sums[column])) if field.kind == "baht" else sums[column]
                look = self._format(**line, **_RIGHT, num_format="#,##0.00" if field.kind == "baht" else "#,##0")
                sheet.write_formula(last + 1, column, formula, look, value)
        sheet.write_string(last + 1, 0, "รวมที่แสดง", self._format(**line))
        sheet.set_row(last + 1, height_for(1))

    def to_bytes(self) -> bytes:
        """Close the workbook and give the file."""
        self._book.close()
        return self._buffer.getvalue()


_HEAD = 3  # zero-based row of the column heads
_BOLD, _INDENT = 1.08, 1.5  # bold letters are that much wider; the indent of a figure, in characters


def _as_head(field: Field) -> Field:
    """The room the head of a column has for its words, which are bold and clear of the edge as the figures are."""
    return replace(field, kind="text", width=(field.width - (0 if field.kind == "text" else _INDENT)) / _BOLD)


def _height(row: Sequence[Cell], fields: Sequence[Field]) -> float:
    """Give the height at which every text of a row can be read, in any program that opens the file."""
    texts = ((cell, field.width) for cell, field in zip(row, fields, strict=True) if field.kind == "text")
    lines = (lines_of(cell, width=width) for cell, width in texts if isinstance(cell, str) and cell)
    return height_for(max(lines, default=1))
