"""What the engine reads out of a plan line."""

import re

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from prasan.matching.coding import FEW, coded_pattern, coded_word
from prasan.matching.extraction import extract
from prasan.matching.table import OPTIONAL
from prasan.matching.vocabulary import MATERIALS, OBJECTS, WORKS
from prasan.matching.wordlists import WordLists


def read(name: str, **more: str) -> dict[str, object]:
    columns = dict.fromkeys(OPTIONAL) | more
    return extract(
        pl.DataFrame([{"id": "1", "name": name, **columns}], schema=["id", "name", *OPTIONAL], orient="row").cast(
            dict.fromkeys(OPTIONAL, pl.String)
        )
    ).row(0, named=True)


def moos(record: dict[str, object]) -> list[int]:
    mask = record["moo_mask"]
    assert isinstance(mask, int)
    return [moo for moo in range(1, 63) if mask >> moo & 1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ขุดลอกหนองบัว หมู่ที่ 4", [4]),
        ("ขุดลอกหนองบัว ม.๔", [4]),
        ("ก่อสร้างเมรุ หมู่ที่ 4 และ 12", [4, 12]),
        ("ขุดลอกหนองบัว หมู่ที่ 6,10", [6, 10]),
        ("ขุดลอกหนองบัว หมู่ที่ 2, หมู่ที่ 6 ตำบลแม่ใส", [2, 6]),
        ("อาคารเรียน โรงเรียนพัฒนานิคมม.3ต.ควนโพธิ์", [3]),
        ("ขุดลอกหนองบัว หม่ที่ 8", [8]),
        ("ถนน คสล. กว้าง 4 ม. ยาว 80 ม.", []),
        ("ถนนในหมู่บ้าน 12 สาย", []),
    ],
)
def test_moo_is_read_as_people_write_it(name: str, expected: list[int]):
    assert moos(read(name)) == expected


def test_the_column_wins_over_what_the_text_says():
    record = read("ขุดลอก ตำบลแหลมงอบ อำเภอแหลมงอบ จังหวัดตราด หมู่ที่ 3", subdistrict="แม่ใส", moo="5")
    assert record["subdistrict_key"] == "แม่ใส"
    assert record["district_key"] == "แหลมงอบ"
    assert moos(record) == [5]


def test_bangkok_has_its_own_words_and_a_zone_is_no_district():
    assert read("ขุดลอกคลอง แขวงบางนาเหนือ เขตบางนา กรุงเทพมหานคร")["district_key"] == "บางนา"
    assert read("อาคารเรียนนอกเขตแผ่นดินไหว")["district_key"] == ""


@pytest.mark.parametrize(
    ("name", "part", "expected"),
    [
        ("ทางหลวงหมายเลข 2562 ตอน 3", "road", ["2562"]),
        ("งานบำรุงถนนสาย นพ.3023", "road", ["3023"]),
        ("คลองส่งน้ำ กม. 1+000 ถึง กม. 2+500", "km", ["1+000", "2+500"]),
        ("เขื่อน ระยะ 2 ตอนที่ 1", "phase", ["p2", "s1"]),
        ("ปรับปรุงอาคารโรงกรองน้ำ 3", "building", ["3"]),
        ("ถนนลาดยาง กว้าง 4 เมตร ซอย 2", "soi", ["2"]),
        ("ข้างบ้านเลขที่ 359", "building", ["359"]),
        ("ติดตั้ง (AWOS) and more", "latin", ["awos", "more"]),
    ],
)
def test_parts_of_a_place_are_read_apart(name: str, part: str, expected: list[str]):
    assert read(name)[part] == expected


def test_a_highway_is_no_year_and_a_document_is_no_programme_year():
    assert read("ทางหลวงหมายเลข 2562")["text_years"] == 0
    assert read("ที่จอดรถ (ข้อบัญญัติ 2568)")["text_years"] == 0
    assert read("งานสงกรานต์ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘")["text_years"] == 1 << 28


def test_amounts_and_years_are_read_from_text_too():
    record = read("ขุดลอก", amount_thb="๑,๒๐๐,๐๐๐ บาท", fiscal_year="2566/2568")
    assert record["amount"] == 1_200_000
    assert record["years"] == (1 << 26) | (1 << 28)


LINES = (
    "โครงการก่อสร้างถนน คสล. สายบ้านหนองบัว ม.3,ม.4 ต.แม่ใส อ.เมือง จ.พะเยา กว้าง 4 ม. ยาว 1,200 ม. ระยะที่ II ประจำปี 2567",
    "ขุดลอกคลอง กม. 12+300 - 14+050 ทางหลวงหมายเลข 3292 ตอน 2 แขวงลาดพร้าว เขตลาดพร้าว กรุงเทพมหานคร 3 แห่ง",
    "ค่าใช้จ่ายในการอบรม AWOS and LLWAS phase iv (โอนงบครั้งที่ 13/2567) โรงเรียนพัฒนานิคมม.3 ซอยสุขใจ 5 บ้านเลขที่ 12/4",
    "บํารุงรักษา  เเหล่งนํ้า\u200b ๑๐๐ ไร่\n(cid:12) บ้านดอน $1 {x} \x07 \xa0 งานปรับปรุง อาคาร 2 หลัง ฃฅ ฦๅ ๏",
    "",
)


def test_many_lines_read_as_each_does_by_itself():
    """A million lines are read in columns and a few one by one: by the same rules, with the same answer."""
    count = 2 * FEW
    cells = {
        "owner": ("อบต.แม่ใส", "เทศบาลตำบลแม่กา", "สำนักงาน (องค์การมหาชน)", None),
        "province": ("พะเยา", "จ.พะเยา", "", None, "กรุงเทพมหานคร"),
        "district": ("เมือง", "อ.เมืองพะเยา", None),
        "subdistrict": ("ต.แม่ใส", None, "แม่ใส"),
        "moo": ("๓", "3,4", None, "หมู่ 12"),
        "amount_thb": ("1,200.50 บาท", "๕๐๐", "ไม่ทราบ", None, "1\xa0000"),
        "fiscal_year": ("2567", "๒๕๖๘-2569", None, "67"),
    }
    rows = [
        {"id": str(n), "name": LINES[n % len(LINES)], **{name: some[n % len(some)] for name, some in cells.items()}}
        for n in range(count)
    ]
    table = pl.DataFrame(rows, schema=["id", "name", *cells]).cast(pl.String)
    singly = pl.concat([extract(table.slice(n, FEW // 5)) for n in range(0, count, FEW // 5)])
    assert_frame_equal(extract(table), singly)


@pytest.mark.parametrize("vocabulary", [OBJECTS, WORKS, MATERIALS], ids=["objects", "works", "materials"])
def test_a_word_is_found_alone_and_among_others(vocabulary: dict[str, str]):
    words = [(bit, word.replace(" ?", blank)) for bit, one in enumerate(vocabulary.values())
             for word in one.split("|") for blank in ("", " ")]  # fmt: skip
    lists, patterns = WordLists(vocabulary.values()), [re.compile(coded_pattern(one)) for one in vocabulary.values()]
    texts = [coded_word(f"{before}{word}{after}") for _, word in words for before, after in (("", ""), ("การ", "ใหม่"))]
    found = lists.bits(pl.Series(texts, dtype=pl.String)).tolist()
    assert found == [sum(1 << bit for bit, one in enumerate(patterns) if one.search(text)) for text in texts]
    assert all(bits >> bit & 1 for bits, (bit, _) in zip(found[::2], words, strict=True))
    assert lists.bits(pl.Series(["", coded_word("ไม่มีอะไร")])).tolist() == [0, 0]
