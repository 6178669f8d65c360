"""Reading a 10,000-row plan workbook: prasan's reader against calamine's own time on the same cells.

Run: python benchmarks/import_workbook.py [--rows 10000] [--rounds 7]
Both are timed in the same run, one after the other in each round; the median of the rounds counts. calamine only
turns the cells into Python values; the reader checks the container, finds the form, cleans the text, reads the
money, looks for errors, formulas, hidden parts, comments and boxes, and checks the printed totals.
"""

import argparse
import platform
import resource
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from prasan.common import text
from prasan.exchange.reading import read_file

LIMIT = 6.0
YEARS = (2566, 2567, 2568, 2569, 2570)
HEAD = ("ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย\n(ผลผลิตของโครงการ)", "งบประมาณ", "", "", "", "",
        "ตัวชี้วัด\n(KPI)", "ผลที่คาดว่า\nจะได้รับ", "หน่วยงานที่รับผิดชอบหลัก")  # fmt: skip
WORKS = ("ก่อสร้างถนน คสล. สายบ้าน", "ปรับปรุงรางระบายน้ำ คสล.แบบมีฝาปิด ซอย", "ขุดลอกลำเหมือง สาย", "ติดตั้งไฟส่องสว่าง จุดที่")
OFFICES = ("กองช่าง", "สำนักปลัด", "กองการศึกษา", "กองสาธารณสุข\nและสิ่งแวดล้อม")


def write_project(sheet: Worksheet, row: int, number: int, cell: Format, money: Format) -> int:
    """Write one project whose amount stands in one of the five years; give the amount in baht."""
    place = f"{number % 900} หมู่ที่ {number % 12 + 1}"
    sheet.write_number(row, 0, number + 1, cell)
    sheet.write(row, 1, f"{WORKS[number % 4]}{place} (ช่วงที่ {number})", cell)
    sheet.write(row, 2, "เพื่อให้ประชาชนสัญจรไปมา\nสะดวกและปลอดภัย", cell)
    sheet.write(row, 3, f"กว้าง 4 เมตร ยาว {number % 977} เมตร หนา 0.15 เมตร", cell)
    amount = 100_000 + 1_000 * (number % 5_000)
    for index in range(5):
        if index == number % 5:
            if number % 3:
                sheet.write_number(row, 4 + index, amount, money)
            else:
                sheet.write_string(row, 4 + index, f"{amount:,}", money)
        else:
            sheet.write(row, 4 + index, "-" if number % 2 else "", money)
    sheet.write(row, 9, "ร้อยละ 80 ของประชาชนในพื้นที่", cell)
    sheet.write(row, 10, f"ประชาชน {number % 331} ครัวเรือนได้รับประโยชน์", cell)
    sheet.write(row, 11, OFFICES[number % 4], cell)
    return amount


def write_plan(path: Path, rows: int) -> int:
    """Write a ผ.02 of so many projects as an office would: two-row head, mixed amounts, totals, a few comments."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("ผ.02")
    money = book.add_format({"num_format": "#,##0", "border": 1})
    cell = book.add_format({"text_wrap": True, "border": 1})
    sheet.write(0, 11, "แบบ ผ.02")
    for row, line in enumerate(("รายละเอียดโครงการพัฒนา", "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", "เทศบาลตำบลตัวอย่าง"), 1):
        sheet.merge_range(row, 0, row, 11, line)
    sheet.write(4, 0, "1. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน")
    sheet.write(5, 0, "    (1) แผนงานอุตสาหกรรมและการโยธา")
    sheet.write_row(6, 0, HEAD, cell)
    for index, year in enumerate(YEARS):
        sheet.write(7, 4 + index, f"{year}\n(บาท)", cell)
    total = 0
    first = 8
    for number in range(rows):
        total += write_project(sheet, first + number, number, cell, money)
    sheet.write(first + rows, 3, f"รวม {rows} โครงการ", cell)
    for index in range(5):
        letter = chr(ord("E") + index)
        share = sum(100_000 + 1_000 * (n % 5_000) for n in range(rows) if n % 5 == index)
        sheet.write_formula(first + rows, 4 + index, f"=SUM({letter}{first + 1}:{letter}{first + rows})", money, share)
    for number in range(0, rows, max(1, rows // 20)):
        sheet.write_comment(first + number, 1, "ตรวจสอบพื้นที่แล้ว")
    book.close()
    return total


def by_calamine(path: Path) -> float:
    """Time calamine turning the sheet into Python values."""
    start = time.perf_counter()
    book = CalamineWorkbook.from_path(str(path))
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return time.perf_counter() - start


def by_prasan(path: Path, rows: int, total: int) -> float:
    """Time the reader, with its caches cold, and check that it read everything."""
    text._clean.cache_clear()
    start = time.perf_counter()
    reading = read_file(path)
    seconds = time.perf_counter() - start
    records = reading.records()
    if len(records) != rows or sum(record.main_satang() or 0 for record in records) != total * 100:
        raise SystemExit("the reader did not read the whole plan")
    return seconds


def main() -> int:
    """Print the figures; exit 1 above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        total = write_plan(path, options.rows)
        peer, own = [], []
        for _ in range(options.rounds):
            peer.append(by_calamine(path))
            own.append(by_prasan(path, options.rows, total))
        size = path.stat().st_size
    calamine, prasan = statistics.median(peer), statistics.median(own)
    ratio = prasan / calamine
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"work      {options.rows:,} rows x 12 columns, {size / 1e6:.1f} MB, median of {options.rounds} rounds")
    print(f"calamine  {calamine * 1000:.0f} ms (best {min(peer) * 1000:.0f})")
    print(f"prasan    {prasan * 1000:.0f} ms (best {min(own) * 1000:.0f})")
    print(f"ratio     {ratio:.2f} (limit {LIMIT:.1f})   peak {peak:.0f} MiB (writing the file included)")
    print(f"versions  Python {platform.python_version()}, python-calamine {version('python-calamine')}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
