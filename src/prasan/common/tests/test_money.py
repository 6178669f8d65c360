"""Amounts are read and written exactly, or refused with a code."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.common import money
from prasan.common.money import Unit, UnreadableAmount, parse_amount

SATANG = st.integers(0, 10**17)


@pytest.mark.parametrize(
    ("cell", "unit", "satang"),
    [
        (238613.38, Unit.BAHT, 23861338),
        (0.1 + 0.2, Unit.BAHT, 30),
        (1000000.1 - 1000000, Unit.BAHT, 10),
        ("24,137,195.29", Unit.BAHT, 2413719529),
        ("๒๕,๐๐๐,๐๐๐", Unit.BAHT, 2500000000),
        ("๒๕.๐๐", Unit.MILLION_BAHT, 2500000000),
        (5.129, Unit.MILLION_BAHT, 512900000),
        (0.87, Unit.MILLION_BAHT, 87000000),
        (613919.2403, Unit.MILLION_BAHT, 61391924030000),
        ("๖๑๓,๙๑๙.๒๔๐๓ ล้านบาท", Unit.BAHT, 61391924030000),
        ("5,000 บาท", Unit.MILLION_BAHT, 500000),
        ("25\u00a0000\u00a0000", Unit.BAHT, 2500000000),
        ("\u200b5,129,000\u00a0", Unit.BAHT, 512900000),
        ("1,000.-", Unit.BAHT, 100000),
        (Decimal("12.34"), Unit.BAHT, 1234),
        (0, Unit.BAHT, 0),
        ("0", Unit.BAHT, 0),
        (0.0, Unit.BAHT, 0),
        (None, Unit.BAHT, None),
        ("", Unit.BAHT, None),
        (" \u00a0", Unit.BAHT, None),
        ("-", Unit.BAHT, None),
        (" -   ", Unit.BAHT, None),
        ("–", Unit.BAHT, None),
    ],
)
def test_a_cell_is_read_as_exact_satang(cell: object, unit: Unit, satang: int | None) -> None:
    assert parse_amount(cell, unit=unit) == satang


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-50000, "negative_amount"),
        (-0.01, "negative_amount"),
        ("(50,000)", "negative_amount"),
        ("−50,000", "negative_amount"),
        ("50,000-", "negative_amount"),
        (Decimal("-1"), "negative_amount"),
        ("#REF!", "error_value"),
        ("#VALUE!", "error_value"),
        ("#DIV/0!", "error_value"),
        ("#N/A", "error_value"),
        ("#NAME?", "error_value"),
        ("abc", "not_a_number"),
        ("1e5", "not_a_number"),
        ("100,0000", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("9" * 200, "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (Decimal("NaN"), "not_a_number"),
        (b"5", "not_a_number"),
        ("1.005", "too_fine"),
        (1.005, "too_fine"),
        (100 / 3, "too_fine"),
        (Decimal("0.001"), "too_fine"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_code(cell: object, code: str) -> None:
    with pytest.raises(UnreadableAmount) as refused:
        parse_amount(cell, unit=Unit.BAHT)
    assert refused.value.code == code
    assert refused.value.message_th
    assert refused.value.message_en


@given(SATANG, st.booleans())
def test_baht_written_and_read_is_the_same_amount(satang: int, thai: bool) -> None:
    assert parse_amount(money.format_baht(satang, thai), unit=Unit.BAHT) == satang


@given(SATANG, st.booleans())
def test_million_baht_written_and_read_is_the_same_amount(satang: int, thai: bool) -> None:
    written = money.format_million(satang, thai)
    assert parse_amount(written, unit=Unit.MILLION_BAHT) == satang
    assert money.format_million(satang, thai) == written


@given(st.integers(0, 10**15))
def test_a_float_cell_of_any_amount_up_to_ten_million_million_baht_loses_no_satang(satang: int) -> None:
    assert parse_amount(satang / 100, unit=Unit.BAHT) == satang


@given(st.lists(st.integers(0, 10**11), max_size=30))
def test_a_sum_that_excel_made_of_floats_still_reads_exactly(parts: list[int]) -> None:
    assert parse_amount(sum(part / 100 for part in parts), unit=Unit.BAHT) == sum(parts)


@given(st.integers(-(10**17), 10**17))
def test_baht_and_satang_convert_both_ways(satang: int) -> None:
    assert money.from_baht(money.to_baht(satang)) == satang


def test_amounts_are_written_as_officers_write_them() -> None:
    assert money.format_baht(123456700) == "1,234,567"
    assert money.format_baht(2413719529, True) == "๒๔,๑๓๗,๑๙๕.๒๙"
    assert money.format_baht(50, decimals=0) == "1"
    assert money.format_million(61391924030000) == "613,919.2403"
    assert money.format_million(61391924030000, True) == "๖๑๓,๙๑๙.๒๔๐๓"
    assert money.format_million(150000000, decimals=2) == "1.50"
    assert money.format_million(0) == "0"


def test_a_share_is_rounded_half_up_and_there_is_none_of_nothing() -> None:
    assert money.percent(2063, 7932) == Decimal("26.01")
    assert money.percent(1, 8, 0) == Decimal(13)
    assert money.percent(1, 0) is None


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (25, "ยี่สิบห้าสตางค์"),
        (10100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (1100, "สิบเอ็ดบาทถ้วน"),
        (2150, "ยี่สิบเอ็ดบาทห้าสิบสตางค์"),
        (100000000, "หนึ่งล้านบาทถ้วน"),
        (2413719529, "ยี่สิบสี่ล้านหนึ่งแสนสามหมื่นเจ็ดพันหนึ่งร้อยเก้าสิบห้าบาทยี่สิบเก้าสตางค์"),
        (10**14, "หนึ่งล้านล้านบาทถ้วน"),
        (-100, "ลบหนึ่งบาทถ้วน"),
    ],
)
def test_amounts_in_words(satang: int, words: str) -> None:
    assert money.baht_in_words(satang) == words


DIGITS = {"หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9}
PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}


def number_from_words(words: str) -> int:
    higher, million, lower = words.rpartition("ล้าน")
    if million:
        return number_from_words(higher) * 1_000_000 + number_from_words(lower)
    total, digit = 0, 0
    while words and words != "ศูนย์":
        word = next(word for word in (*DIGITS, *PLACES) if words.startswith(word))
        words = words.removeprefix(word)
        if word in DIGITS:
            digit = DIGITS[word]
        else:
            total, digit = total + (digit or 1) * PLACES[word], 0
    return total + digit


@given(SATANG)
def test_an_amount_in_words_says_just_that_amount(satang: int) -> None:
    baht, _, rest = money.baht_in_words(satang).rpartition("บาท")
    rest = rest.removesuffix("ถ้วน").removesuffix("สตางค์")
    assert number_from_words(baht) * 100 + number_from_words(rest) == satang
