"""Rows of a written form are tall enough for the Thai they hold, and empty rows still grow while one types."""

from pathlib import Path

import openpyxl

from prasan.common.cells import LINE
from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.templates import write_workbook

LONG = "ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านหนองบัวน้อย – บ้านโนนสูง หมู่ที่ 7 กว้าง 4 เมตร ยาว 1,250 เมตร หนา 0.15 เมตร"


def test_a_long_name_gets_the_height_it_needs_and_a_short_one_is_left_to_grow(tmp_path: Path) -> None:
    records = [Record("ผ.02", 9, "local_plan_p02", LONG), Record("ผ.02", 10, "local_plan_p02", "ขุดสระ")]
    filled = Sheet("ผ.02", "local_plan_p02", owner_text="อบต.ทดสอบ", fiscal_years=(2566, 2570), records=records)
    write_workbook(tmp_path / "filled.xlsx", [filled])
    sheet = openpyxl.load_workbook(tmp_path / "filled.xlsx").worksheets[0]
    row = next(cell.row for cell in sheet["B"] if cell.value == LONG)
    assert (sheet.row_dimensions[row].height or 0) >= 3 * LINE
    assert sheet.row_dimensions[row + 1].height is None


def test_the_foot_of_a_printed_form_names_the_plan_and_the_page(tmp_path: Path) -> None:
    write_workbook(tmp_path / "f.xlsx", [Sheet("ผ.02", "local_plan_p02", owner_text="อบต.ก & ข", records=[])])
    foot = openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0].oddFooter
    assert "แบบ ผ.02 รายละเอียดโครงการพัฒนา" in foot.left.text
    assert "หน้า &P จาก &N" in foot.right.text


def test_a_merged_band_has_the_height_of_its_letters_and_village_numbers_break_after_a_comma(tmp_path: Path) -> None:
    record = Record("ผด.02", 9, "action_plan", "ขุดสระ", 1, strategy="ยุทธศาสตร์ที่ 1 น้ำ", moos=tuple(range(1, 12)))
    year = Sheet("ผด.02", "action_plan", owner_text="อบต.ทดสอบ", fiscal_years=(2570,), records=[record])
    write_workbook(tmp_path / "year.xlsx", [year])
    sheet = openpyxl.load_workbook(tmp_path / "year.xlsx").worksheets[0]
    band = next(cell.row for cell in sheet["A"] if cell.value == "ยุทธศาสตร์ที่ 1 น้ำ")
    assert (sheet.row_dimensions[band].height or 0) >= LINE
    assert "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11" in [cell.value for cell in sheet[band + 1]]
