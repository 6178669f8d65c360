"""Cleaning Thai text, its digits and abbreviations, and the keys it is searched by."""

import json
import unicodedata

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.shared import SHARED, needs_cases

from prasan.common import text

THAI = st.text(st.sampled_from("กขคงนมรวสหอะาำเแโิีืึุูั็่้๊๋์ํ \u00a0\u200b\n๑2aฯ.\u0301é"), max_size=14)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("น\u0e4dา\u0e49", "น้ำ"),
        ("ท\u0e4dา", "ทำ"),
        ("พ้ืนท่ี", "พื้นที่"),
        ("เเหล่งน้ำ", "แหล่งน้ำ"),
        ("ก่่อสร้าง", "ก่อสร้าง"),
        ("กล\u0e48\u0e38ม", "กลุ่ม"),
        ("กาฬสินธ์ุ", "กาฬสินธุ์"),
        ("\ufeffปรับ\u200bปรุง\u00a0 ถนน\r\n\tสาย 1 ", "ปรับปรุง ถนน สาย 1"),
        ("ปิิด", "ปิด"),
        ("", ""),
        ("  a  b ", "a b"),
        ("a\x00b", "ab"),
    ],
)
def test_text_is_cleaned_to_what_was_meant(typed: str, meant: str) -> None:
    assert text.clean(typed) == meant


def test_right_text_comes_back_as_the_very_same_object() -> None:
    for right in ("ก่อสร้างถนน คสล. ซอย 4 ตำบลแม่ใส น้ำทั่วถึง กาฬสินธุ์", "plain ascii"):
        assert text.clean(right) is right


@given(THAI)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = text.clean(typed)
    assert text.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not text.marks_repaired(once)


@given(st.text(max_size=40))
def test_any_text_at_all_can_be_cleaned(typed: str) -> None:
    once = text.clean(typed)
    assert text.clean(once) == once
    assert "  " not in once
    assert once == once.strip()


@given(THAI)
def test_cleaning_never_loses_a_consonant_or_a_digit(typed: str) -> None:
    def kept(s: str) -> str:
        return "".join(c for c in s if "ก" <= c <= "ฮ" or c.isdigit())

    assert kept(text.clean(typed)) == kept(typed)


@needs_cases
def test_the_names_of_the_broken_workbooks_come_out_as_their_authors_meant_them() -> None:
    folder = SHARED / "cases" / "bad_inputs_open"
    seen = 0
    for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]:
        if "names_after_cleaning" not in case:
            continue
        sheet = openpyxl.load_workbook(folder / case["file"]).worksheets[0]
        told = {int(finding["row"]) for finding in case["findings"]}
        for row, name in case["names_after_cleaning"].items():
            typed = sheet[f"B{row}"].value
            assert text.clean(typed) == name
            assert text.marks_repaired(typed) == (int(row) in told)
            seen += 1
    assert seen == 13


def test_composing_sara_am_is_no_repair_but_a_repetition_is() -> None:
    assert not text.marks_repaired("น\u0e4d\u0e49า และ น\u0e33\u0e49\u00a0\u200b")
    assert text.marks_repaired("น้้ำ")
    assert text.marks_repaired("เเม่ใส")


@given(st.text())
def test_thai_digits_and_back_is_the_same_number(written: str) -> None:
    arabic = text.to_arabic_digits(written)
    assert text.to_arabic_digits(text.to_thai_digits(arabic)) == arabic
    assert not set(text.to_thai_digits(written)) & set("0123456789")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("ถนนคสล. ม.4 ต.แม่ใส", "ถนนคอนกรีตเสริมเหล็ก หมู่ที่ 4 ตำบลแม่ใส"),
        ("ถนน ค.ส.ล. กว้าง 4 ม.", "ถนน คอนกรีตเสริมเหล็ก กว้าง 4 เมตร"),
        ("อ.เมือง จ.พะเยา", "อำเภอเมือง จังหวัดพะเยา"),
        ("อบต.แม่ใส", "องค์การบริหารส่วนตำบลแม่ใส"),
        ("อ.บ.ต. แม่ใส", "องค์การบริหารส่วนตำบล แม่ใส"),
        ("ทต.บ้านต๋อม", "เทศบาลตำบลบ้านต๋อม"),
        ("รพ.สต.บ้านร่อง", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านร่อง"),
        ("พื้นที่ 400 ตร.ม. ลึก 2 ม. ดิน 90 ลบ.ม.", "พื้นที่ 400 ตารางเมตร ลึก 2 เมตร ดิน 90 ลูกบาศก์เมตร"),
        ("หมู่ 6,10", "หมู่ที่ 6,10"),
        ("หมู่ที่ 6", "หมู่ที่ 6"),
        ("นักเรียนชั้น ม.4", "นักเรียนชั้น ม.4"),
        ("1 ต.ค. 2568 กรอบ พ.ร.บ. จ.ส.อ.", "1 ต.ค. 2568 กรอบ พ.ร.บ. จ.ส.อ."),
    ],
)
def test_abbreviations_are_written_out_only_where_they_are_sure(short: str, long: str) -> None:
    assert text.expand_abbreviations(short) == long


def test_two_spellings_of_one_thing_share_a_search_key() -> None:
    assert text.search_key("ถนน ค.ส.ล. หมู่ ๔ (สาย A)") == text.search_key("ถนนคสล หมู่ 4 สายa") == "ถนนคสลหมู่4สายa"


@given(THAI)
@example("\u0e38\u0301\u0e4c.\u0e38")  # a foreign accent keeps two equal vowels apart at first
def test_a_search_key_is_its_own_search_key(typed: str) -> None:
    assert text.search_key(text.search_key(typed)) == text.search_key(typed)
