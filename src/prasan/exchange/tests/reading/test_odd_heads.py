"""Heads as offices print them: abbreviated names, places on lines of their own, sub-heads, bare words."""

from pathlib import Path
from typing import Any

import pytest

from prasan.exchange.reading import read_file
from prasan.exchange.reading.records import Sheet
from prasan.exchange.tests.reading.sheets import plan_rows, write


def plan_of(folder: Path, *titles: str) -> Sheet:
    rows = plan_rows()
    rows[2:3] = [[title, *[""] * 11] for title in titles]
    return read_file(write(folder / "แผน.xlsx", rows)).sheets[0]


@pytest.mark.parametrize(
    ("printed", "owner"),
    [
        ("ทต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์", "ทต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์"),
        ("ทม. กาฬสินธุ์", "ทม. กาฬสินธุ์"),
        ("อ.บ.ต.บัวขาว", "อ.บ.ต.บัวขาว"),
        ("อบต บัวขาว", "อบต บัวขาว"),
        ("สำนักงานองค์การบริหารส่วนตำบลบัวขาว", "องค์การบริหารส่วนตำบลบัวขาว"),
        ("สำนักงานเทศบาลตำบลบัวขาว", "เทศบาลตำบลบัวขาว"),
        ("สำนักงานสาธารณสุขอำเภอ", ""),
    ],
)
def test_the_owner_is_known_by_its_short_name_and_without_its_office(tmp_path: Path, printed: str, owner: str) -> None:
    assert plan_of(tmp_path, printed).owner_text == owner


def test_a_line_of_its_own_tells_where_the_owner_lies(tmp_path: Path) -> None:
    sheet = plan_of(tmp_path, "อำเภอกุฉินารายณ์ จังหวัดกาฬสินธุ์", "เทศบาลตำบลบัวขาว")
    assert (sheet.owner_text, sheet.place_text) == ("เทศบาลตำบลบัวขาว", "อำเภอกุฉินารายณ์ จังหวัดกาฬสินธุ์")


NEEDS = [["ที่", "ปัญหา/ความต้องการ", "โครงการ", "ประเภท"], [1, "น้ำแล้ง", "ขุดสระ", "ทำเอง"]]


@pytest.mark.parametrize(
    ("titles", "place", "moo"),
    [
        (["หมู่ที่ ๔ บ้านนา ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์"], "หมู่ที่ ๔ บ้านนา ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์", 4),
        (["ประชาคม บ้านนา หมู่ที่ 4 ตำบลบัวขาว จังหวัดกาฬสินธุ์"], "บ้านนา หมู่ที่ 4 ตำบลบัวขาว จังหวัดกาฬสินธุ์", 4),
        (["บ้านนา ม.4", "ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์"], "บ้านนา หมู่ที่ 4 ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์", 4),
        (["บ้านนา ม.4"], "", None),
    ],
)
def test_a_forum_is_known_however_its_village_is_printed(
    tmp_path: Path, titles: list[str], place: str, moo: int | None
) -> None:
    rows: list[list[Any]] = [[title, "", "", ""] for title in titles] + NEEDS
    sheet = read_file(write(tmp_path / "ประชาคม.xlsx", rows)).sheets[0]
    assert (sheet.place_text, sheet.moo) == (place, moo)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ชุมชนทำเอง", "SELF_HELP"),
        ("ทำร่วมกัน", "JOINT"),
        ("ขอรับสนับสนุนจาก อบต.", "NEEDS_SUPPORT"),
        ("ต้องการสนับสนุน", "NEEDS_SUPPORT"),
        ("ทำเองไม่ได้", "NEEDS_SUPPORT"),
        ("เกินศักยภาพ", "NEEDS_SUPPORT"),
        ("ร่วมกับหน่วยงานสนับสนุน", "JOINT"),
        ("-", ""),
        ("โครงสร้างพื้นฐาน", ""),
    ],
)
def test_the_kind_of_a_request_is_read_from_its_words_or_said_to_be_unknown(
    tmp_path: Path, said: str, kind: str
) -> None:
    rows = [["หมู่ที่ 4 ตำบลบัวขาว", "", "", ""], NEEDS[0], [1, "น้ำแล้ง", "ขุดสระ", said]]
    reading = read_file(write(tmp_path / "ประชาคม.xlsx", rows))
    assert reading.records()[0].response_kind == kind
    assert [f.cell for f in reading.findings if f.kind == "unknown_response_kind"] == (
        ["D3"] if said == "โครงสร้างพื้นฐาน" else []
    )


def test_a_tick_below_the_words_tells_the_kind_and_two_ticks_do_not(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["หมู่ที่ 4 ตำบลบัวขาว", "", "", "", "", ""],
        ["ที่", "ปัญหา/ความต้องการ", "โครงการ", "ลักษณะการดำเนินการ", "", ""],
        ["", "", "", "ทำเอง", "ทำร่วม", "ขอรับการสนับสนุน"],
        [1, "น้ำ", "ขุดสระ", "/", "", ""],
        [2, "ถนน", "ทำถนน", "", "✓", "-"],
        [3, "ไฟ", "ไฟทาง", "", "x", "x"],
    ]
    path = write(tmp_path / "ประชาคม.xlsx", rows, finish=lambda book, page: page.merge_range("D2:F2", rows[1][3]))
    reading = read_file(path)
    assert [record.response_kind for record in reading.records()] == ["SELF_HELP", "JOINT", ""]
    assert [(f.kind, f.cell) for f in reading.findings] == [("unknown_response_kind", "E6")]


def test_a_column_headed_only_year_holds_years_and_no_money(tmp_path: Path) -> None:
    path = tmp_path / "บัญชี.csv"
    path.write_text("รหัส,ชื่อโครงการ,ปี,งบ\nA1,ถนน,2568,100000\n", encoding="utf-8")
    (record,) = read_file(path).records()
    assert (record.fiscal_year, record.main_satang()) == (2568, 10_000_000)


def test_planned_and_enacted_money_side_by_side_below_each_year_are_told_apart(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["แบบ ผ.02", *[""] * 8],
        ["แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)", *[""] * 8],
        ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", "", "", "", "หน่วยงานรับผิดชอบ"],
        ["", "", "", "", "2566", "", "2567", "", ""],
        ["", "", "", "", "แผน", "เทศบัญญัติ", "แผน", "เทศบัญญัติ", ""],
        [1, "ถนน", "ว", "ป", 100_000, 90_000, 200_000, "-", "กองช่าง"],
    ]

    def merge(book: Any, page: Any) -> None:
        page.merge_range("E3:H3", "งบประมาณ")
        page.merge_range("E4:F4", "2566")
        page.merge_range("G4:H4", "2567")

    (record,) = read_file(write(tmp_path / "แผน.xlsx", rows, finish=merge)).records()
    assert [(a.fiscal_year, a.kind, a.satang) for a in record.amounts] == [
        (2566, "PLANNED", 10_000_000),
        (2566, "BUDGETED", 9_000_000),
        (2567, "PLANNED", 20_000_000),
    ]
