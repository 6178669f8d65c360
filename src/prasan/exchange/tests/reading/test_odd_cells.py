"""Plans with something odd in a cell, a heading or a row: it is named, and nothing is put in its place."""

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
