"""Files that are no workbook, or no form, or a form with something odd in it; none of them stops the reader."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from prasan.areas.rules.gazetteer import Gazetteer
from prasan.exchange.reading import Finding, Reading, read_file
from prasan.exchange.tests.reading.sheets import FIRST_ROW, plan_rows, write


def kinds(reading: Reading) -> list[str]:
    return [finding.kind for finding in reading.findings if finding.severity != "info"]


def only(reading: Reading) -> Finding:
    (finding,) = [finding for finding in reading.findings if finding.severity != "info"]
    return finding


def repack(path: Path, changes: dict[str, bytes], *, drop: tuple[str, ...] = ()) -> Path:
    """Write the archive again with other parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if info.filename not in drop}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | changes).items():
            archive.writestr(name, data)
    return path


def part(path: Path, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        (b"", "empty_file", ""),
        (b"%PDF-1.7\n", "file_type", "PDF"),
        (b"\x89PNG\r\n", "file_type", "PNG"),
        (b"\x00\xff\x00\xfe\x01\x02\x03\x04" * 40, "unreadable_text", ""),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "file_type", "XML"),
        (b"PK\x03\x04" + b"\x00" * 30, "damaged_file", ""),
        ("จดหมายธรรมดาฉบับหนึ่ง\nไม่มีตาราง\n".encode(), "delimiter_not_found", "จดหมาย"),
        ('a,b\n"ไม่ปิด,1\n2,3\n'.encode(), "broken_csv", ""),
    ],
)
def test_what_is_no_workbook_is_refused_by_what_it_is(tmp_path: Path, content: bytes, kind: str, value: str) -> None:
    path = tmp_path / "แผน.xlsx"
    path.write_bytes(content)
    reading = read_file(path)
    finding = only(reading)
    assert (reading.outcome, finding.kind) == ("refuse", kind)
    assert value in finding.value


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert only(read_file(tmp_path / "ไม่มี.xlsx")).kind == "missing_file"
    assert only(read_file(tmp_path)).kind == "not_a_file"


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows())
    path.write_bytes(path.read_bytes()[:-400])
    assert only(read_file(path)).kind == "damaged_file"


def test_a_workbook_with_a_broken_sheet_part_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows())
    assert kinds(read_file(repack(path, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}))) == [
        "damaged_file"
    ]


def test_a_zip_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert only(read_file(path)).value == "Word .docx"


def test_a_part_with_a_doctype_is_never_parsed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows())
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + part(path)
    assert only(read_file(repack(path, {"xl/worksheets/sheet1.xml": bomb}))).kind == "unsafe_xml"


def test_a_part_that_lies_about_its_size_is_found_before_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows())
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    at = data.rindex(b"xl/sharedStrings.xml") - 46 + 24  # uncompressed size in the central directory
    assert int.from_bytes(data[at : at + 4], "little") == size
    data[at : at + 4] = (size // 2).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert only(read_file(path)).kind == "damaged_file"


def test_one_value_in_the_last_cell_of_the_grid_does_not_fill_the_memory(tmp_path: Path) -> None:
    rows = plan_rows()
    path = write(tmp_path / "a.xlsx", rows, finish=lambda _, page: page.write(1_048_575, 16_383, "x"))
    assert only(read_file(path)).kind == "sheet_too_large"


def test_a_control_plan_is_accepted_without_a_word(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", plan_rows()))
    assert (reading.outcome, reading.findings, len(reading.records())) == ("accept", [], 3)


def test_a_form_without_a_row_under_its_heading_is_refused(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", plan_rows()[:6]))
    assert (reading.outcome, kinds(reading)) == ("refuse", ["no_records"])


def changed(row: int, column: int, value: Any, count: int = 3) -> list[list[Any]]:
    rows = plan_rows(count)
    rows[row - 1][column] = value
    return rows


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        ("E8", "-50,000", "negative_amount"),
        ("E8", "50,000-", "negative_amount"),
        ("E8", "( 50,000.00 )", "negative_amount"),
        ("F9", "–50,000", "negative_amount"),
        ("F9", -1, "negative_amount"),
        ("F9", "#DIV/0!", "error_value"),
        ("B8", "#NAME?", "error_value"),
        ("F9", "ประมาณ 5 แสน", "not_a_number"),
        ("F9", "1,23,456", "not_a_number"),
        ("F9", 1000.001, "too_fine"),
        ("F9", 25, "implausible_amount"),
        ("F9", 2.5e11, "implausible_amount"),
        ("B8", 1_500_000, "name_is_number"),
        ("B8", "๑,๕๐๐,๐๐๐", "name_is_number"),
        ("B8", "", "missing_name"),
        ("C8", "=1+1", "formula_like_text"),
        ("L8", "@SUM(A1)", "formula_like_text"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_and_nothing_is_put_in_its_place(
    tmp_path: Path, cell: str, value: Any, kind: str
) -> None:
    column, row = ord(cell[0]) - 65, int(cell[1:])
    reading = read_file(write(tmp_path / "a.xlsx", changed(row, column, value)))
    found = [f for f in reading.findings if f.kind == kind]
    assert [(f.cell, f.row) for f in found] == [(cell, row)]
    assert len(reading.records()) == 3
    assert all(amount.cell != cell for record in reading.records() for amount in record.amounts)
    assert reading.outcome == "accept_with_findings"


@pytest.mark.parametrize("text", ["- เพื่อลดน้ำท่วม", "-80 % ของประชาชน", "+ เพิ่มรายได้", "@ บ้านหนองบัว"])
def test_ordinary_text_that_begins_with_a_sign_is_no_formula(tmp_path: Path, text: str) -> None:
    assert read_file(write(tmp_path / "a.xlsx", changed(8, 2, text))).findings == []


@pytest.mark.parametrize(
    ("heading", "kind", "suggestion"),
    [
        ("2025", "christian_year_in_heading", "2568"),
        ("ค.ศ. 2025 (บาท)", "christian_year_in_heading", "2568"),
        (2025, "christian_year_in_heading", "2568"),
        ("ปี 68", "two_digit_year_in_heading", "2568"),
        (25680, "unreadable_year_in_heading", ""),
        ("2466", "unreadable_year_in_heading", ""),
        ("2556", "year_outside_plan", ""),
        ("2567", "duplicate_year_heading", ""),
    ],
)
def test_a_year_heading_that_is_no_fiscal_year_of_the_plan_is_told_and_its_column_not_read(
    tmp_path: Path, heading: Any, kind: str, suggestion: str
) -> None:
    rows = plan_rows()
    rows[5][6] = heading
    rows[6][6] = 700_000
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    (finding,) = [f for f in reading.findings if f.kind == kind]
    assert finding.suggestion == suggestion
    assert "G6" in finding.cell
    assert {a.fiscal_year for r in reading.records() for a in r.amounts} == {2566}


def test_a_title_that_says_million_baht_is_followed_and_told(tmp_path: Path) -> None:
    rows = plan_rows()
    rows[2][11] = "หน่วย : ล้านบาท"
    for row in rows[6:9]:
        row[4] = 1.25
    rows[5][4:9] = ["2566", "2567", "2568", "2569", "2570"]
    rows[9][4] = 3.75
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    finding = only(reading)
    assert (finding.kind, finding.cell) == ("unit_million_baht", "L3")
    assert [record.main_satang() for record in reading.records()] == [125_000_000] * 3


def test_one_amount_merged_over_two_rows_belongs_to_neither(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows(), finish=lambda _, page: page.merge_range("E7:E8", 150_000))
    reading = read_file(path)
    assert [f.cell for f in reading.findings if f.kind == "merged_amount"] == ["E7:E8"]
    assert [record.main_satang() for record in reading.records()] == [None, None, 10_000_000]


def test_a_department_merged_down_speaks_for_all_its_rows_without_a_word(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows(), finish=lambda _, page: page.merge_range("L7:L9", "สำนักปลัด"))
    reading = read_file(path)
    assert [record.responsible for record in reading.records()] == ["สำนักปลัด"] * 3
    assert reading.findings == []


def test_a_formula_that_was_never_calculated_is_not_read_as_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", plan_rows(), finish=lambda _, page: page.write_formula("E8", "=A1*2", None, ""))
    reading = read_file(path)
    assert [f.cell for f in reading.findings if f.kind == "formula_without_value"] == ["E8"]


def test_hidden_rows_columns_and_notes_are_told(tmp_path: Path) -> None:
    def finish(_: Any, page: Any) -> None:
        page.set_row(7, None, None, {"hidden": True})
        page.set_column(9, 10, None, None, {"hidden": True})
        page.write_comment("E9", "ตัดออกแล้ว")
        page.insert_textbox(8, 2, "ย้ายไป ผ.02/2")

    reading = read_file(write(tmp_path / "a.xlsx", plan_rows(), finish=finish))
    got = {(f.kind, f.cell, f.value) for f in reading.findings}
    assert got == {
        ("hidden_row", "A8", "ก่อสร้างถนน สายที่ 2"),
        ("hidden_column", "J:K", "ตัวชี้วัด (KPI)"),
        ("cell_comment", "E9", "ตัดออกแล้ว"),
        ("text_box", "C9", "ย้ายไป ผ.02/2"),
    }
    assert len(reading.records()) == 3


@pytest.mark.parametrize("number", ["", "2ก", "เพิ่ม", "-"])
def test_a_row_whose_number_was_forgotten_is_counted_and_told(tmp_path: Path, number: str) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", changed(8, 0, number)))
    assert (len(reading.records()), only(reading).kind, only(reading).cell) == (3, "missing_ordinal", "A8")


def test_money_without_a_project_is_told(tmp_path: Path) -> None:
    rows = plan_rows()
    rows.insert(8, ["", "", "", "", 900_000, "", "", "", "", "", "", ""])
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    assert only(reading).kind == "amount_without_project"
    assert sum(record.main_satang() or 0 for record in reading.records()) == 30_000_000


def test_a_line_of_unknown_meaning_is_told_not_dropped(tmp_path: Path) -> None:
    rows = plan_rows()
    rows.insert(8, ["", "งานเร่งด่วนของท่านนายก", *[""] * 10])
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    assert (only(reading).kind, only(reading).row) == ("line_not_read", FIRST_ROW + 2)


def test_very_long_text_is_cut_and_told(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", changed(8, 1, "ก" * 30_000)))
    assert only(reading).kind == "text_too_long"
    assert max(len(record.name) for record in reading.records()) == 5_000


def test_ten_thousand_bad_cells_do_not_make_ten_thousand_lines(tmp_path: Path) -> None:
    rows = plan_rows(3000)
    for row in rows[6:-1]:
        row[5] = "ไม่ทราบ"
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    assert len([f for f in reading.findings if f.kind == "not_a_number"]) == 1000
    assert [f.value for f in reading.findings if f.kind == "more_of_the_same"] == ["not_a_number"]
    assert len(reading.records()) == 3000


def test_sixty_thousand_rows_of_blanks_cost_nothing_and_say_nothing(tmp_path: Path) -> None:
    rows = [*plan_rows(), *([[" ", "  ", "", "", " - "]] * 60_000)]
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    assert (reading.outcome, reading.findings) == ("accept", [])


LIST = "รหัสโครงการ,โครงการ,ปีงบประมาณ,งบประมาณ (บาท)\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp874"])
def test_separated_text_is_read_in_every_usual_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    text = (LIST + 'A-1,ก่อสร้างถนน,2568,100000\nA-2,"ขุดลอก คลอง",๒๕๖๘,200000\n').replace(",", separator)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    reading = read_file(path)
    assert [(r.external_code, r.name, r.fiscal_year, r.main_satang()) for r in reading.records()] == [
        ("A-1", "ก่อสร้างถนน", 2568, 10_000_000),
        ("A-2", "ขุดลอก คลอง", 2568, 20_000_000),
    ]
    assert reading.outcome == "accept"


def test_a_thousands_comma_without_quotes_does_not_become_a_smaller_amount(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST + "A-1,ถนน,2568,8,893,800\nA-2,คลอง,2568,200000\n", encoding="utf-8")
    reading = read_file(path)
    assert [(r.name, r.refused) for r in reading.records()] == [("ถนน", True), ("คลอง", False)]
    assert only(reading).kind == "uneven_columns"


def test_the_columns_of_prasan_match_are_a_project_list(tmp_path: Path) -> None:
    path = tmp_path / "match.csv"
    path.write_text(
        "id,name,owner,province,district,subdistrict,amount_thb,fiscal_year\n"
        "P1,ก่อสร้างถนน คสล.,อบต.แม่ใส,พะเยา,เมืองพะเยา,แม่ใส,250000,2568\n",
        encoding="utf-8",
    )
    (record,) = read_file(path).records()
    assert (record.external_code, record.responsible, record.fiscal_year, record.main_satang()) == (
        "P1",
        "อบต.แม่ใส",
        2568,
        25_000_000,
    )
    assert record.place_text == "ต.แม่ใส อ.เมืองพะเยา จ.พะเยา"


def test_an_amount_without_any_year_is_kept_apart_from_the_years(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("รหัส,โครงการ,งบประมาณ\nA-1,ก่อสร้างถนน,250000\n", encoding="utf-8")
    (record,) = read_file(path).records()
    assert (record.amounts, record.undated_satang) == ([], 25_000_000)


def test_a_numbered_strategy_line_inside_the_table_is_no_project(tmp_path: Path) -> None:
    rows = plan_rows()
    rows.insert(7, [2, "ยุทธศาสตร์ด้านสังคม", *[""] * 10])
    reading = read_file(write(tmp_path / "a.xlsx", rows))
    assert [record.strategy for record in reading.records()] == [
        "1. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน",
        "ยุทธศาสตร์ด้านสังคม",
        "ยุทธศาสตร์ด้านสังคม",
    ]


@pytest.mark.parametrize("form", ["action_plan", "community_needs", "agency_projects", "project_matrix", "summary"])
def test_a_plan_read_as_another_form_is_refused_with_the_form_that_was_asked_for(tmp_path: Path, form: Any) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", plan_rows()), form=form)
    assert (reading.outcome, reading.records()) == ("refuse", [])
    assert kinds(reading)[0] in ("header_not_found", "no_form_sheet")


@pytest.mark.parametrize("form", ["auto", "local_plan_p02", "local_plan_p02_2"])
def test_the_form_asked_for_finds_the_variants_too(tmp_path: Path, form: Any) -> None:
    rows = plan_rows()
    rows[2][5] = "สำหรับโครงการที่เกินศักยภาพขององค์กรปกครองส่วนท้องถิ่น"
    rows[0][11] = "แบบ ผ.02/1"
    reading = read_file(write(tmp_path / "a.xlsx", rows), form=form)
    assert reading.form == "local_plan_p02_2"
    assert [finding.kind for finding in reading.findings] == ["form_code_conflict"]


def test_the_same_code_for_the_same_project_in_another_year_is_no_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST + "A-1,ถนน,2568,100000\nA-1,ถนน,2569,100000\nA-1,ถนน,2569,100000\n", encoding="utf-8")
    reading = read_file(path)
    assert [record.refused for record in reading.records()] == [False, False, True]
    assert only(reading).kind == "duplicate_row"


AGENCY_HEAD = ["ที่", "กระทรวง", "หน่วยงาน", "แผนงาน", "โครงการ/รายการ", "พื้นที่", "งบประมาณ (บาท)", "วันที่แจ้ง"]


def agency_rows(title: str) -> list[list[Any]]:
    row = [1, "กระทรวงคมนาคม", "กรมทางหลวง", "แผนงานถนน", "ซ่อมถนน", "ต.บัวขาว อ.กุฉินารายณ์", 500_000, "1 ต.ค. 2567"]
    return [[title, *[""] * 7], AGENCY_HEAD, row]


@pytest.mark.parametrize(
    ("title", "kind", "cell"),
    [
        ("บัญชีงาน ประจำปีงบประมาณ 2025", "christian_year_in_heading", "A1"),
        ("บัญชีงานของส่วนราชการ", "missing_year_in_heading", "G2"),
    ],
)
def test_a_budget_whose_year_no_line_names_is_put_in_no_year(tmp_path: Path, title: str, kind: str, cell: str) -> None:
    reading = read_file(write(tmp_path / "a.xlsx", agency_rows(title)))
    assert (only(reading).kind, only(reading).cell) == (kind, cell)
    assert reading.records()[0].amounts == []


def test_a_province_named_only_above_the_table_settles_the_places_below(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", agency_rows("งานในจังหวัดกาฬสินธุ์ ปีงบประมาณ พ.ศ. 2568 แจ้งจังหวัดภายใน 30 วัน"))
    (record,) = read_file(path, gazetteer=Gazetteer.from_geothai()).records()
    assert (record.area_code, record.main_satang()) == ("460501", 50_000_000)
