"""`prasan match`: files in, pairs out, plain words when something is wrong."""

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result

from prasan.cli.match import command

TABLE = pl.DataFrame(
    {
        "id": ["001", "002", "003"],
        "name": ["ก่อสร้างถนน คสล. สายหนองบัว หมู่ที่ 4", "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายหนองบัว ม.๔", "ขุดลอกหนองบัว หมู่ที่ 8"],
        "owner": ["อบต.แม่ใส", "องค์การบริหารส่วนตำบลแม่ใส", "อบต.แม่ใส"],
        "province": ["พะเยา"] * 3,
        "district": ["เมืองพะเยา"] * 3,
        "subdistrict": ["แม่ใส"] * 3,
        "amount_thb": ["500,000", "500000", "มาก"],
        "fiscal_year": ["2568", "2568", "2568"],
    }
)


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    TABLE.write_csv(path)
    return path


def test_pairs_and_a_summary_come_out(csv: Path, tmp_path: Path):
    result = run(csv, "-o", tmp_path / "pairs.csv", "--json")
    assert result.exit_code == 0
    summary = json.loads(result.stdout)
    assert (summary["records"], summary["pairs"], summary["verdicts"]["duplicate"]) == (3, 1, 1)
    assert summary["unread"] == {"amount_thb": 1, "fiscal_year": 0}
    pairs = pl.read_csv(tmp_path / "pairs.csv", infer_schema_length=0)
    assert pairs.columns == ["id_a", "id_b", "probability", "verdict", "reasons"]
    assert pairs.row(0)[:2] == ("001", "002")
    assert {"code", "th", "en"} == set(json.loads(pairs["reasons"][0])[0])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-16"])
def test_thai_csv_files_are_read_in_the_encodings_people_have(encoding: str, tmp_path: Path):
    path = tmp_path / "list.csv"
    separator = "\t" if encoding == "utf-16" else ","
    path.write_text(TABLE.write_csv(separator=separator), encoding=encoding)
    result = run(path, "-o", tmp_path / "pairs.parquet", "--json")
    assert result.exit_code == 0, result.output
    assert pl.read_parquet(tmp_path / "pairs.parquet").select("id_a", "id_b").row(0) == ("001", "002")


def test_a_workbook_goes_in_and_a_readable_one_comes_out(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "ปก"
    book.active.append(["รายการโครงการ"])
    sheet = book.create_sheet("รายการ")
    sheet.append(["บัญชีโครงการ ปี 2568"])
    sheet.append(["รหัส", "ชื่อโครงการ", "จังหวัด", "อำเภอ", "ตำบล", "หมู่ที่", "งบประมาณ"])
    sheet.append([1, "ก่อสร้างถนน คสล. สายหนองบัว", "พะเยา", "เมืองพะเยา", "แม่ใส", 4, 500000])
    sheet.append([2, "ก่อสร้างถนน ค.ส.ล. สายหนองบัว", "พะเยา", "เมืองพะเยา", "แม่ใส", 4, 500000])
    book.save(tmp_path / "list.xlsx")
    result = run(tmp_path / "list.xlsx", "-o", tmp_path / "pairs.xlsx")
    assert result.exit_code == 0, result.output
    rows = list(openpyxl.load_workbook(tmp_path / "pairs.xlsx").active.iter_rows(values_only=True))
    assert rows[0] == ("id_a", "id_b", "probability", "verdict", "reasons")
    assert rows[1][:2] == (1, 2)
    assert rows[1][3] == "duplicate"
    assert "ตำบลเดียวกัน: แม่ใส / same subdistrict: แม่ใส" in rows[1][4]


def test_the_same_file_gives_the_same_pairs_again(csv: Path, tmp_path: Path):
    for name in ("one.csv", "two.csv"):
        run(csv, "-o", tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def broken(tmp_path: Path) -> dict[str, Path]:
    files = {
        name: tmp_path / name
        for name in ("no_name.csv", "twice.csv", "broken.xlsx", "broken.parquet", "list.doc", "empty.csv")
    }
    files["no_name.csv"].write_text("id,title\n1,ก\n", encoding="utf-8")
    files["twice.csv"].write_text("id,name\n1,ก\n1,ข\n", encoding="utf-8")
    files["broken.xlsx"].write_bytes(b"not a workbook")
    files["broken.parquet"].write_bytes(b"not a table")
    files["list.doc"].write_bytes(b"a letter")
    files["empty.csv"].write_bytes(b"")
    files["absent.csv"] = tmp_path / "absent.csv"
    return files


@pytest.mark.parametrize(
    ("name", "thai", "english"),
    [
        ("no_name.csv", "ไม่มีคอลัมน์ name", "has no column name"),
        ("twice.csv", "ซ้ำกัน", "more than one row"),
        ("broken.xlsx", "อ่านไฟล์", "cannot read"),
        ("broken.parquet", "อ่านไฟล์", "cannot read"),
        ("empty.csv", "อ่านไฟล์", "cannot read"),
        ("list.doc", "นามสกุล", "must end in one of"),
        ("absent.csv", "ไม่พบไฟล์", "there is no file"),
    ],
)
def test_a_wrong_file_is_answered_in_both_languages_with_exit_2(name: str, thai: str, english: str, tmp_path: Path):
    result = run(broken(tmp_path)[name], "-o", tmp_path / "pairs.csv")
    assert result.exit_code == 2
    assert thai in result.output
    assert english in result.output
    assert not (tmp_path / "pairs.csv").exists()


def test_the_table_itself_is_never_overwritten(csv: Path):
    before = csv.read_bytes()
    assert run(csv, "-o", csv).exit_code == 2
    assert csv.read_bytes() == before


@pytest.mark.parametrize("output", ["pairs.txt", "nowhere/pairs.csv"])
def test_a_place_that_cannot_take_the_pairs_is_refused_first(output: str, csv: Path, tmp_path: Path):
    assert run(csv, "-o", tmp_path / output).exit_code == 2
