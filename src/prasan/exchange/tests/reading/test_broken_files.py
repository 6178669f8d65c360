"""Files that are no workbook, or no form, or a form with something odd in it; none of them stops the reader."""

import os
import zipfile
from pathlib import Path

import pytest

from prasan.exchange.reading import Finding, Reading, read_file
from prasan.exchange.tests.reading.sheets import plan_rows, write


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


def test_a_file_name_that_is_no_utf_8_is_written_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xe0\xb8list.csv")
    path.write_text("รหัส,โครงการ,ปีงบประมาณ,งบประมาณ\nA1,ถนน,2568,100000\n", encoding="utf-8")
    reading = read_file(path)
    assert reading.file == "\ufffdlist.csv"
    assert reading.sheets[0].name == "\ufffdlist"


def test_files_too_large_to_be_read_are_still_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prasan.exchange.reading.reader.LARGEST_FILE", 10)
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    one.write_bytes(b"a" * 20)
    other.write_bytes(b"b" * 20)
    assert only(read_file(one)).kind == "file_too_large"
    assert read_file(one).sha256 != read_file(other).sha256 != ""
