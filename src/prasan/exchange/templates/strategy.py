"""A strategy as a workbook that reads back without change: its head, one row a matter, a column for each year."""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from prasan.exchange.reading.strategy import HEADS, LABELS, StrategyRow

FONT: Final = "TH Sarabun New"
_NAMES: Final = {"ISSUE": "ประเด็นยุทธศาสตร์", "GOAL": "เป้าประสงค์", "STRATEGY": "กลยุทธ์", "INDICATOR": "ตัวชี้วัด"}
_WIDTHS: Final = (18, 9, 60, 14, 12, 8, 30)
_EXAMPLE: Final = (
    ("แถวถัดจากประเด็นคือเป้าประสงค์ของประเด็นนั้น ถัดไปคือตัวชี้วัดและกลยุทธ์ของเป้าประสงค์นั้น",),
    ("ตอบระดับบน: รหัสแผน/ลำดับ เช่น national_strategy_2561/3 หลายเรื่องคั่นด้วย ;",),
)


def write_strategy(head: Mapping[str, str | int], rows: Sequence[StrategyRow]) -> bytes:
    """Write a strategy; without rows it is an empty form with how to fill it in."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain = {"font_name": FONT, "font_size": 16, "valign": "top", "text_wrap": True}
    text, bold = book.add_format(plain), book.add_format(plain | {"bold": True})
    heading = book.add_format(plain | {"bold": True, "border": 1, "bg_color": "#e6f1f2", "align": "center"})
    cell, figure = (
        book.add_format(plain | {"border": 1}),
        book.add_format(plain | {"border": 1, "num_format": "#,##0.####"}),
    )
    sheet = book.add_worksheet("ยุทธศาสตร์")
    for row, (key, label) in enumerate(LABELS.items()):
        sheet.write_string(row, 0, label, bold)
        sheet.write(row, 1, head.get(key, ""), text)
    for row, (words,) in enumerate(_EXAMPLE, start=len(LABELS)):
        sheet.write_string(row, 2, words, book.add_format(plain | {"italic": True, "font_color": "#5c6b76"}))
    first, last = int(head["first_year"]), int(head["last_year"])
    years = list(range(first, last + 1))
    top = len(LABELS) + len(_EXAMPLE) + 1
    for column, name in enumerate([*HEADS, *years]):
        sheet.write(top, column, name, heading)
    for row, one in enumerate(rows, start=top + 1):
        _write_row(sheet, row, one, years, cell, figure)
    for column, width in enumerate((*_WIDTHS, *[12] * len(years))):
        sheet.set_column(column, column, width)
    if not rows:
        sheet.data_validation(top + 1, 0, top + 500, 0, {"validate": "list", "source": list(_NAMES.values())})
    sheet.freeze_panes(top + 1, 3)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write_row(sheet: Any, row: int, one: StrategyRow, years: Sequence[int], cell: Any, figure: Any) -> None:
    texts = (_NAMES[one.kind], one.code, one.name, one.unit)
    for column, words in enumerate(texts):
        sheet.write_string(row, column, words, cell)
    for column, value in ((4, one.baseline), (5, one.baseline_year)):
        if value is None:
            sheet.write_blank(row, column, None, cell)
        else:
            sheet.write_number(row, column, value, figure if column == 4 else cell)
    sheet.write_string(row, 6, "; ".join(one.above), cell)
    for column, year in enumerate(years, start=len(HEADS)):
        if year in one.targets:
            sheet.write_number(row, column, one.targets[year], figure)
        else:
            sheet.write_blank(row, column, None, cell)
