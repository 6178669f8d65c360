"""Writing cells of an official form safely: borders, money from satang, text that never becomes a formula."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from prasan.common.cells import height_for, lines_of

FONT = "TH SarabunPSK"
SHEET_NAME_LIMIT = 31
LONGEST_FOOTER = 170  # letters; a sheet takes 255 with its marks
MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The day every file says it was made: the same records give the same bytes, and so the same hash."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 14, "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "code": {"font_size": 14, "align": "right", "bold": True},
    "title": {"font_size": 16, "align": "center", "bold": True},
    "line": {"font_size": 14, "text_wrap": False},
    "heading": {
        "bold": True,
        "border": 1,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "bg_color": "#F2F2F2",
    },
    "number": {"border": 1, "align": "center"},
    "centre": {"border": 1, "align": "center", "text_wrap": True},
    "text": {"border": 1, "text_wrap": True},
    "clear": {"border": 1, "text_wrap": True, "align": "left", "indent": 1},  # words that follow a figure
    "money": {"border": 1, "align": "right", "num_format": "#,##0"},
    "money_satang": {"border": 1, "align": "right", "num_format": "#,##0.00"},
    "total_text": {"border": 1, "bold": True, "text_wrap": True, "bg_color": "#F2F2F2"},
    "total_money": {
        "border": 1,
        "bold": True,
        "align": "right",
        "num_format": "#,##0",
        "bg_color": "#F2F2F2",
    },
    "total_money_satang": {
        "border": 1,
        "bold": True,
        "align": "right",
        "num_format": "#,##0.00",
        "bg_color": "#F2F2F2",
    },
    "band": {"border": 1, "bold": True, "bg_color": "#E3ECF5"},
    "plain": {},
    "bold": {"bold": True},
    "wrap": {"text_wrap": True},
}


class Book:
    """A workbook being written. Nothing in it is ever a formula, a macro or a link to the outside."""

    def __init__(self, path: Path) -> None:
        self._workbook = xlsxwriter.Workbook(
            str(path),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._formats: dict[tuple[str, bool], Any] = {}
        self._names: set[str] = set()
        self._canvases: list[Canvas] = []

    def style(self, name: str, *, quoted: bool = False) -> Any:
        """The format of that name; `quoted` keeps formula-like text a text when someone edits the cell."""
        key = (name, quoted)
        if key not in self._formats:
            made = self._workbook.add_format({**_BASE, **STYLES[name]})
            if quoted:
                made.set_quote_prefix()
            self._formats[key] = made
        return self._formats[key]

    def canvas(self, name: str) -> "Canvas":
        """A new sheet in A4 landscape; the name is cut and made unique as Excel demands."""
        canvas = Canvas(self, self._workbook.add_worksheet(self._free_name(name)))
        self._canvases.append(canvas)
        return canvas

    def _free_name(self, wanted: str) -> str:
        base = _FORBIDDEN.sub("-", wanted).strip("' ")[:SHEET_NAME_LIMIT] or "แผ่นงาน"
        name, number = base, 2
        while name.lower() in self._names:
            tail = f" ({number})"
            name, number = base[: SHEET_NAME_LIMIT - len(tail)] + tail, number + 1
        self._names.add(name.lower())
        return name

    def properties(self, *, title: str, author: str) -> None:
        """What the file says of itself in its properties."""
        self._workbook.set_properties({"title": title, "author": author, "created": MADE})

    def close(self) -> None:
        """Write the file; raises OSError where that cannot be."""
        for canvas in self._canvases:
            canvas.settle()
        try:
            self._workbook.close()
        except FileCreateError as problem:
            raise OSError(f"{problem}") from problem


class Canvas:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Any) -> None:
        self._book = book
        self.sheet = worksheet
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.footer("")
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._fixed: set[int] = set()

    def footer(self, words: str) -> None:
        """What every printed page says at its foot, before its number; too long a text is cut."""
        left = words.replace("\n", " ")
        left = (left if len(left) <= LONGEST_FOOTER else f"{left[:LONGEST_FOOTER]}…").replace("&", "&&")
        self.sheet.set_footer(f'&L&"{FONT}"&12{left}&R&"{FONT}"&12หน้า &P จาก &N')

    def widths(self, widths: Iterable[float]) -> None:
        """Column widths in characters, from the first column on; set before text that wraps is written."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
            self._widths[column] = width

    def settle(self) -> None:
        """Give each row the height its texts need; rows of one line stay unset and grow while one types.

        No program finds the height of merged cells by itself, so theirs is always set; and nobody types into totals.
        """
        for row, height in self._heights.items():
            if height > height_for(1) or row in self._fixed:
                self.sheet.set_row(row, height)

    def _measure(self, top: int, bottom: int, column: int, value: str, style: str) -> None:
        look = {**_BASE, **STYLES[style]}
        size = look["font_size"]
        if style.startswith("total"):
            self._fixed.add(top)
        wraps = look.get("text_wrap", False) and column in self._widths
        room = self._widths.get(column, 0.0) - 1.5 * look.get("indent", 0)
        lines = lines_of(value, width=room, size=size) if wraps else 1
        each = height_for(lines, size=size) / (bottom - top + 1)
        for row in range(top, bottom + 1):
            self._heights[row] = max(self._heights.get(row, 0.0), each)

    def text(self, row: int, column: int, value: str, style: str = "text") -> None:
        """Text as it is, whatever it begins with."""
        if value:
            quoted = value.startswith(_FORMULA_START)
            self._measure(row, row, column, value, style)
            self.sheet.write_string(row, column, value, self._book.style(style, quoted=quoted))
        else:
            self.sheet.write_blank(row, column, None, self._book.style(style))

    def number(self, row: int, column: int, value: int | None, style: str = "number") -> None:
        """A whole number, or an empty bordered cell."""
        if value is None:
            self.sheet.write_blank(row, column, None, self._book.style(style))
        else:
            self.sheet.write_number(row, column, value, self._book.style(style))

    def money(self, row: int, column: int, satang: int | None, *, blank: str = "-", total: bool = False) -> None:
        """An amount in baht, decimals only where there are satang; `blank` stands where there is none."""
        prefix = "total_money" if total else "money"
        if satang is None:
            self.text(row, column, blank, prefix)
            return
        style = prefix + ("_satang" if satang % 100 else "")
        self.sheet.write_number(row, column, satang / 100, self._book.style(style))

    def across(self, row: int, first: int, last: int, value: str, style: str) -> None:
        """Text in one merged line of cells."""
        self.block(row, row, first, last, value, style)

    def block(self, top: int, bottom: int, first: int, last: int, value: str, style: str) -> None:
        """Text in one merged rectangle (or a single cell)."""
        if top == bottom and first == last:
            self.text(top, first, value, style)
            return
        self.sheet.merge_range(top, first, bottom, last, "", self._book.style(style))
        if first == last:
            self._measure(top, bottom, first, value, style)
        elif top == bottom:
            self._fixed.add(top)
            size = {**_BASE, **STYLES[style]}["font_size"]
            self._heights[top] = max(self._heights.get(top, 0.0), height_for(1, size=size))
        if value:
            quoted = value.startswith(_FORMULA_START)
            self.sheet.write_string(top, first, value, self._book.style(style, quoted=quoted))

    def offer(self, first: int, last: int, column: int, choices: tuple[str, ...]) -> None:
        """A list to choose from under the cells; another word is warned of, not forbidden."""
        if choices and last >= first:
            rule = {"validate": "list", "source": list(choices), "error_type": "warning", "ignore_blank": True}
            self.sheet.data_validation(first, column, last, column, rule)

    def repeat_head(self, first: int, last: int) -> None:
        """Head rows repeat on every printed page and stay in sight on the screen."""
        self.sheet.repeat_rows(first, last)
        self.sheet.freeze_panes(last + 1, 0)
