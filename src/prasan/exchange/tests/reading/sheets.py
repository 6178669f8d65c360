"""Builds small workbooks of the forms for tests: a ผ.02 whose cells a test may change before it is written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

HEAD = (
    "ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย\n(ผลผลิตของโครงการ)", "งบประมาณ", "", "", "", "",
    "ตัวชี้วัด\n(KPI)", "ผลที่คาดว่า\nจะได้รับ", "หน่วยงานที่รับผิดชอบหลัก",
)  # fmt: skip
YEARS = (2566, 2567, 2568, 2569, 2570)
FIRST_ROW = 7  # 1-based Excel row of the first project


def plan_rows(count: int = 3) -> list[list[Any]]:
    """Give a ผ.02 as rows of cells: titles, a two-row head, projects of 100,000 baht in 2566 and a total."""
    blank = [""] * 12
    rows = [list(blank) for _ in range(6)]
    rows[0][11] = "แบบ ผ.02"
    rows[1][0] = "รายละเอียดโครงการพัฒนา แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)"
    rows[2][0] = "เทศบาลตำบลตัวอย่าง"
    rows[3][0] = "1. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน"
    rows[4] = list(HEAD)
    rows[5][4:9] = [f"{year}\n(บาท)" for year in YEARS]
    for number in range(1, count + 1):
        row: list[Any] = [number, f"ก่อสร้างถนน สายที่ {number}", "เพื่อการสัญจร", f"ถนน {number} สาย"]
        rows.append([*row, 100_000, "-", "", 0, "", "ร้อยละ 80", "สะดวก", "กองช่าง"])
    rows.append(["", "", "", f"รวม {count} โครงการ", 100_000 * count, "-", "-", "-", "-", "", "", ""])
    return rows


Finish = Callable[[xlsxwriter.Workbook, Any], None]


def write(path: Path, rows: list[list[Any]], *, finish: Finish | None = None, sheet: str = "ผ.02") -> Path:
    """Write rows as an .xlsx; `finish` may merge, hide or comment before it is closed."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(sheet)
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                page.write(index, column, value)
    if finish:
        finish(book, page)
    book.close()
    return path
