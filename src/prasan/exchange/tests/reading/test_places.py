"""Village numbers as people write them."""

import pytest

from prasan.exchange.reading.places import moos_of_column, moos_said


@pytest.mark.parametrize(
    ("text", "moos"),
    [
        ("ก่อสร้างถนน หมู่ที่ 4", (4,)),
        ("หมู่ที่ 6,10", (6, 10)),
        ("หมู่ที่ ๑๑ ตำบลแม่ใส", (11,)),
        ("หมู่ที่ 1,12 และ 13 ตำบลบัวขาว", (1, 12, 13)),
        ("หมู่ที่ 1–4", (1, 2, 3, 4)),
        ("ม.5 ต.ภูดิน", (5,)),
        ("ม.1,4,6 ต.หลักเหลี่ยม", (1, 4, 6)),
        ("ถนน กว้าง 4 ม. 2 สาย", ()),
        ("ท่อ พ.ม.3 ชนิด", ()),
        ("ไม่มีหมู่บ้าน", ()),
        ("หมู่ที่ 123", ()),
    ],
)
def test_a_text_names_its_villages(text: str, moos: tuple[int, ...]) -> None:
    assert moos_said(text) == moos


@pytest.mark.parametrize(
    ("text", "moos"), [("4", (4,)), ("๙,๔", (9, 4)), ("1 และ 2", (1, 2)), ("หมู่ที่ 7", (7,)), ("", ()), ("ทุกหมู่", ())]
)
def test_a_column_of_villages_needs_no_word(text: str, moos: tuple[int, ...]) -> None:
    assert moos_of_column(text) == moos
