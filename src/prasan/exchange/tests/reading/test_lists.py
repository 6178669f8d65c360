"""Separated text in every usual encoding, and flat project lists with codes."""

from pathlib import Path

import pytest

from prasan.exchange.reading import Finding, Reading, read_file


def only(reading: Reading) -> Finding:
    (finding,) = [finding for finding in reading.findings if finding.severity != "info"]
    return finding


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


def test_the_same_code_for_the_same_project_in_another_year_is_no_duplicate(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST + "A-1,ถนน,2568,100000\nA-1,ถนน,2569,100000\nA-1,ถนน,2569,100000\n", encoding="utf-8")
    reading = read_file(path)
    assert [record.refused for record in reading.records()] == [False, False, True]
    assert only(reading).kind == "duplicate_row"
