"""Money: integer satang inside, baht and million baht at the edges, exact both ways."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from prasan.common.errors import Refused
from prasan.common.text import clean, to_arabic_digits, to_thai_digits

SATANG_PER_BAHT = 100
SATANG_PER_MILLION = 100_000_000


class Unit(Enum):
    """What one in a column of amounts means; the value is its satang."""

    BAHT = SATANG_PER_BAHT
    MILLION_BAHT = SATANG_PER_MILLION


class UnreadableAmount(Refused):
    """A value that is no amount. Codes: negative_amount, error_value, not_a_number, too_fine."""

    def __init__(self, code: str, value: object) -> None:
        message_th, message_en = _MESSAGES[code]
        super().__init__(code, message_th.format(value), message_en.format(value))
        self.value = value


_MESSAGES = {
    "negative_amount": (
        "จำนวนเงิน “{}” ติดลบ แผนใช้จำนวนเงินติดลบไม่ได้ โปรดตรวจสอบต้นฉบับ",
        "The amount “{}” is negative; a plan holds no negative amounts. Please check the source.",
    ),
    "error_value": (
        "ช่องจำนวนเงินเป็นค่าผิดพลาดของตาราง “{}” โปรดแก้สูตรหรือพิมพ์จำนวนเงิน",
        "The amount cell holds the spreadsheet error “{}”. Please mend the formula or type the amount.",
    ),
    "not_a_number": (
        "อ่าน “{}” เป็นจำนวนเงินไม่ได้ โปรดพิมพ์เป็นตัวเลข เช่น 1,250,000.00",
        "“{}” cannot be read as an amount. Please type a number such as 1,250,000.00.",
    ),
    "too_fine": (
        "จำนวนเงิน “{}” ละเอียดกว่าหนึ่งสตางค์ โปรดปัดเป็นสตางค์ก่อน",
        "The amount “{}” is finer than one satang. Please round it to satang first.",
    ),
}

_DASHES = r"\-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_blank = re.compile(rf"[\s{_DASHES}]*")
_error = re.compile(r"#[A-Z/0?]+[!?]?|#N/A.*|Err:\d+", re.IGNORECASE)
_number = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\d+)(\.\d+)?")
_negative = re.compile(rf"\(\s*(.*?)\s*\)|[{_DASHES}]\s*(.+)|(.+?)\s*[{_DASHES}]")
_unit_word = re.compile(r"(ล้านบาท|ล้าน|บาท|฿)(?:ถ้วน)?\s*$|^\s*฿")
_LONGEST_TEXT = 60
# A float holds 15 to 17 figures: what lies under a ten-thousandth of a satang was never typed by anybody.
_NOISE_SATANG = Fraction(1, 10_000)
_NOISE_FIGURES = 15


def parse_amount(value: object, *, unit: Unit) -> int | None:
    """Read a cell as satang; `None` for a blank, a dash or an accounting zero; the number 0 is 0.

    Text may carry Thai digits, thousands separators (comma or space), “บาท” or “ล้านบาท” (which then count
    more than the column's `unit`) and the closing “.-”. Nothing is rounded but the noise of binary floats.
    Raises `UnreadableAmount`; a number in scientific notation in text is refused because figures were lost.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        raise UnreadableAmount("not_a_number", value)
    if isinstance(value, int):
        return _not_negative(value * unit.value, value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise UnreadableAmount("not_a_number", value)
        noise = max(_NOISE_SATANG, 8 * Fraction(math.ulp(value)) * unit.value)
        return _not_negative(_whole_satang(Fraction(repr(value)) * unit.value, noise, value), value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise UnreadableAmount("not_a_number", value)
        return _not_negative(_whole_satang(Fraction(value) * unit.value, Fraction(0), value), value)
    if isinstance(value, str):
        return _parse_text(value, unit)
    raise UnreadableAmount("not_a_number", value)


def _parse_text(original: str, unit: Unit) -> int | None:
    text = to_arabic_digits(clean(original))
    if _blank.fullmatch(text):
        return None
    if _error.fullmatch(text):
        raise UnreadableAmount("error_value", text)
    if len(text) > _LONGEST_TEXT:
        raise UnreadableAmount("not_a_number", text[:_LONGEST_TEXT] + "…")
    if word := _unit_word.search(text):
        unit = Unit.MILLION_BAHT if word[0].startswith("ล้าน") else Unit.BAHT
        text = (text[: word.start()] + text[word.end() :]).strip()
    text = text.removesuffix(".-").removesuffix(",-").removesuffix(".–").strip()
    if found := _number.fullmatch(text):
        figures = re.sub(r"[, ]", "", found[0])
        noise = _NOISE_SATANG if len(figures.lstrip("0.")) > _NOISE_FIGURES else Fraction(0)
        return _whole_satang(Fraction(figures) * unit.value, noise, original)
    if (sign := _negative.fullmatch(text)) and _number.fullmatch(sign[1] or sign[2] or sign[3]):
        raise UnreadableAmount("negative_amount", original)
    raise UnreadableAmount("not_a_number", original)


def _whole_satang(satang: Fraction, noise: Fraction, value: object) -> int:
    whole = round(satang)
    if abs(satang - whole) > noise:
        raise UnreadableAmount("too_fine", value)
    return whole


def _not_negative(satang: int, value: object) -> int:
    if satang < 0:
        raise UnreadableAmount("negative_amount", value)
    return satang


def to_baht(satang: int) -> Decimal:
    """Give satang as exact baht with two decimals."""
    return Decimal(satang).scaleb(-2)


def from_baht(baht: Decimal) -> int:
    """Give exact baht as satang, negative differences too; raises `UnreadableAmount("too_fine")`."""
    return _whole_satang(Fraction(baht) * SATANG_PER_BAHT, Fraction(0), baht)


def _written(value: Decimal, decimals: int, thai_digits: bool) -> str:
    text = f"{value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):,f}"
    return to_thai_digits(text) if thai_digits else text


def format_baht(satang: int, thai_digits: bool = False, decimals: int | None = None) -> str:
    """Write satang as baht with thousands separators; satang are shown only when there are some.

    With `decimals` given the amount is rounded half up to so many places.
    """
    if decimals is None:
        decimals = 2 if satang % SATANG_PER_BAHT else 0
    return _written(to_baht(satang), decimals, thai_digits)


def format_million(satang: int, thai_digits: bool = False, decimals: int | None = None) -> str:
    """Write satang as million baht; without `decimals` exactly, with as many places as that needs (0 to 8)."""
    million = Decimal(satang).scaleb(-8)
    if decimals is None:
        exponent = million.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return _written(million, decimals, thai_digits)


def percent(part: int, whole: int, decimals: int = 2) -> Decimal | None:
    """Give part of whole in per cent, rounded half up; `None` when there is no whole."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


_DIGIT_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACE_WORDS = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")


def number_in_words(number: int) -> str:
    """Write a whole number >= 0 in Thai words, as the Royal Society does (เอ็ด after any higher place)."""
    if number == 0:
        return "ศูนย์"
    millions, rest = divmod(number, 1_000_000)
    words = f"{number_in_words(millions)}ล้าน" if millions else ""
    for place, digit in zip(_PLACE_WORDS, f"{rest:06d}", strict=True):
        words += _digit_in_words(int(digit), place, first=not words)
    return words


def _digit_in_words(digit: int, place: str, *, first: bool) -> str:
    if digit == 0:
        return ""
    if place == "สิบ" and digit in (1, 2):
        return "สิบ" if digit == 1 else "ยี่สิบ"
    if place == "" and digit == 1 and not first:
        return "เอ็ด"
    return _DIGIT_WORDS[digit] + place


def baht_in_words(satang: int) -> str:
    """Write satang in Thai words as letters and cheques do: “หนึ่งร้อยเอ็ดบาทถ้วน”, “ห้าสิบสตางค์”."""
    if satang < 0:
        return "ลบ" + baht_in_words(-satang)
    baht, rest = divmod(satang, SATANG_PER_BAHT)
    if not rest:
        return f"{number_in_words(baht)}บาทถ้วน"
    whole = f"{number_in_words(baht)}บาท" if baht else ""
    return f"{whole}{number_in_words(rest)}สตางค์"
