"""Dates and fiscal years: Buddhist Era on paper, Gregorian dates and Buddhist-era fiscal years inside."""

import math
import re
from datetime import date, datetime, timedelta

from prasan.common.errors import Refused
from prasan.common.text import clean, to_arabic_digits, to_thai_digits

BE_MINUS_CE = 543
# Planning papers begin with the plan of B.E. 2545; a year outside these is a slip of the hand, not a date.
FIRST_YEAR, LAST_YEAR = 2540, 2590

MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_TH_ABBR = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def fiscal_year_of(day: date) -> int:
    """Give the Buddhist-era fiscal year of a day: 1 October to 30 September, named after its last year."""
    return day.year + BE_MINUS_CE + (day.month >= 10)


def fiscal_year_bounds(fiscal_year: int) -> tuple[date, date]:
    """Give the first day of a fiscal year and the first day after it (half-open)."""
    ends = fiscal_year - BE_MINUS_CE
    return date(ends - 1, 10, 1), date(ends, 10, 1)


class UnreadableDate(Refused):
    """A value that is no date.

    Codes: impossible_date, incomplete_date, implausible_year, missing_date, unreadable_date.
    """

    def __init__(self, code: str, value: object = "") -> None:
        message_th, message_en = _DATE_MESSAGES[code]
        super().__init__(code, message_th.format(value), message_en.format(value))
        self.value = value


class UnreadableYear(Refused):
    """A value that is no fiscal year; `suggestion` is what was probably meant, for a person to confirm.

    Codes: negative_year, impossible_year, two_digit_year, implausible_year, christian_year, missing_year.
    """

    def __init__(self, code: str, value: object = "", suggestion: int | None = None) -> None:
        message_th, message_en = _YEAR_MESSAGES[code]
        if suggestion is not None:
            message_th += f" หมายถึง {suggestion} หรือไม่"
            message_en += f" Was {suggestion} meant?"
        super().__init__(code, message_th.format(value), message_en.format(value))
        self.value = value
        self.suggestion = suggestion


_DATE_MESSAGES = {
    "impossible_date": ("ไม่มีวันที่ “{}” ในปฏิทิน", "There is no day “{}” in the calendar."),
    "incomplete_date": (
        "วันที่ “{}” ไม่ครบ ต้องมีวัน เดือน และปี",
        "The date “{}” is incomplete: day, month and year are needed.",
    ),
    "implausible_year": (
        f"ปีของวันที่ “{{}}” อยู่นอกช่วง พ.ศ. {FIRST_YEAR} ถึง {LAST_YEAR}",
        f"The year of “{{}}” is outside B.E. {FIRST_YEAR} to {LAST_YEAR}.",
    ),
    "missing_date": ("ไม่ได้ระบุวันที่", "The date is missing."),
    "unreadable_date": (
        "อ่าน “{}” เป็นวันที่ไม่ได้ โปรดเขียนอย่าง 15 กันยายน 2568",
        "“{}” cannot be read as a date. Please write it like 15 กันยายน 2568.",
    ),
}
_YEAR_MESSAGES = {
    "negative_year": ("ปีงบประมาณ “{}” ติดลบ", "The fiscal year “{}” is negative."),
    "impossible_year": ("“{}” ไม่ใช่ปีงบประมาณ", "“{}” is not a fiscal year."),
    "two_digit_year": ("ปีงบประมาณ “{}” มีเพียงสองหลัก", "The fiscal year “{}” has only two digits."),
    "implausible_year": (
        f"ปีงบประมาณ “{{}}” อยู่นอกช่วง พ.ศ. {FIRST_YEAR} ถึง {LAST_YEAR}",
        f"The fiscal year “{{}}” is outside B.E. {FIRST_YEAR} to {LAST_YEAR}.",
    ),
    "christian_year": ("ปีงบประมาณ “{}” เป็นคริสต์ศักราช", "The fiscal year “{}” is a Christian year."),
    "missing_year": ("ไม่ได้ระบุปีงบประมาณ", "The fiscal year is missing."),
}


def _letters(month: str) -> str:
    return re.sub(r"[.\s]", "", month).lower()


_MONTHS: dict[str, int] = {}
for _names in (MONTHS_TH, MONTHS_TH_ABBR, MONTHS_EN, tuple(month[:3] for month in MONTHS_EN)):
    _MONTHS |= {_letters(name): number for number, name in enumerate(_names, start=1)}
_MONTHS |= {"sept": 9, "เมย": 4, "เม": 4, "มีค": 3, "มิย": 6}
_month = "|".join(r"\.?\s?".join(re.escape(letter) for letter in name) for name in sorted(_MONTHS, key=len)[::-1])
_MONTH = rf"(?P<name>{_month})\.?(?![\u0e01-\u0e4ea-z])"

_ERA = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?|[bc]\.?e\.?|a\.?d\.?)"
_TIME = r"(?:[\sT,]+(?:เวลา\s*)?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:น\.?|Z|[ap]m|[+-]\d{2}:?\d{2}))?)?"
_LEAD = r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?\s*(?:ที่)?\s*)?(?:ที่\s*)?"
_named = re.compile(
    rf"{_LEAD}(?P<day>\d{{1,2}})\s*[-/,]?\s*(?:เดือน\s*)?{_MONTH}\s*[-/,]?\s*(?:{_ERA}|ปี)?\s*(?P<year>\d+){_TIME}",
    re.IGNORECASE,
)
_figures = re.compile(rf"{_LEAD}(?P<day>\d{{1,2}})([/.\-])(?P<month>\d{{1,2}})\2(?P<year>\d+){_TIME}", re.IGNORECASE)
_iso = re.compile(rf"(?P<year>\d{{4}})([/.\-])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}", re.IGNORECASE)
_partial = re.compile(
    rf"(?:เดือน\s*)?(?:\d{{1,2}}\s*)?{_MONTH}\s*(?:{_ERA}|ปี)?\s*\d*|(?:{_ERA}|ปี)?\s*\d{{4}}|\d{{1,2}}[/\-]\d{{2,4}}",
    re.IGNORECASE,
)
_serial = re.compile(r"\d{5}(?:\.\d+)?")
_EXCEL_EPOCH = date(1899, 12, 30)
_BEFORE_SERIALS = 10_000  # a smaller number in a date cell is a year or a slip, not a day after 1927


def parse_date(value: object, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> date:
    """Read a cell as a day: text in Thai or Arabic digits and any usual order, Excel serials, date cells.

    Years may be Buddhist (four digits, or two: 68 is 2568) or Christian. The year must lie between
    `first_year` and `last_year` (Buddhist). Raises `UnreadableDate`; a day before its month is never swapped.
    """
    if value is None:
        raise UnreadableDate("missing_date")
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _checked(value.day, value.month, value.year, value, first_year, last_year)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_serial(value, first_year, last_year)
    if isinstance(value, str):
        return _from_text(value, first_year, last_year)
    raise UnreadableDate("unreadable_date", value)


def _from_serial(value: float, first_year: int, last_year: int) -> date:
    if not value >= _BEFORE_SERIALS:
        raise UnreadableDate("incomplete_date" if FIRST_YEAR <= value <= LAST_YEAR else "unreadable_date", value)
    if value > 200_000:
        raise UnreadableDate("unreadable_date", value)
    day = _EXCEL_EPOCH + timedelta(days=int(value))
    return _checked(day.day, day.month, day.year, value, first_year, last_year)


def _from_text(original: str, first_year: int, last_year: int) -> date:
    text = to_arabic_digits(clean(original))
    if not text or not text.strip("-–—. "):
        raise UnreadableDate("missing_date", original)
    if found := _figures.fullmatch(text) or _iso.fullmatch(text):
        day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
        return _checked(day, month, year, original, first_year, last_year)
    if found := _named.fullmatch(text):
        month = _MONTHS[_letters(found["name"])]
        return _checked(int(found["day"]), month, int(found["year"]), original, first_year, last_year)
    if _serial.fullmatch(text):
        return _from_serial(float(text), first_year, last_year)
    raise UnreadableDate("incomplete_date" if _partial.fullmatch(text) else "unreadable_date", original)


def _checked(day: int, month: int, year: int, value: object, first_year: int, last_year: int) -> date:
    buddhist = 2500 + year if year < 100 else year if year >= 2400 else year + BE_MINUS_CE
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise UnreadableDate("impossible_date", value)
    if not first_year <= buddhist <= last_year:
        raise UnreadableDate("implausible_year", value)
    try:
        return date(buddhist - BE_MINUS_CE, month, day)
    except ValueError:
        raise UnreadableDate("impossible_date", value) from None


_year_text = re.compile(
    rf"(?:ประจำ)?\s*(?:ปี)?\s*(?:งบประมาณ)?\s*(?P<era>{_ERA})?\s*(?P<year>[-−–]?\s?\d+)(?:\.0+)?", re.IGNORECASE
)


def parse_fiscal_year(value: object) -> int:
    """Read a cell as a Buddhist-era fiscal year (“พ.ศ. ๒๕๖๘”, 2568, 2568.0).

    A Christian or two-digit year is not silently converted: `UnreadableYear.suggestion` says what it
    probably means.
    """
    if value is None or (isinstance(value, str) and not clean(value).strip("-–— ")):
        raise UnreadableYear("missing_year")
    if isinstance(value, bool):
        raise UnreadableYear("impossible_year", value)
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or value != int(value):
            raise UnreadableYear("impossible_year", value)
        return _checked_year(int(value), value)
    if isinstance(value, str) and (found := _year_text.fullmatch(to_arabic_digits(clean(value)))):
        return _checked_year(int(re.sub(r"[−–]", "-", found["year"]).replace(" ", "")), value)
    raise UnreadableYear("impossible_year", value)


def _checked_year(year: int, value: object) -> int:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    if year < 0:
        raise UnreadableYear("negative_year", value, -year if FIRST_YEAR <= -year <= LAST_YEAR else None)
    if FIRST_YEAR <= year + BE_MINUS_CE <= LAST_YEAR:
        raise UnreadableYear("christian_year", value, year + BE_MINUS_CE)
    if FIRST_YEAR - 2500 <= year < 100 and year + 2500 <= LAST_YEAR:
        raise UnreadableYear("two_digit_year", value, year + 2500)
    if 1000 <= year <= 9999:
        raise UnreadableYear("implausible_year", value)
    raise UnreadableYear("impossible_year", value)


def format_date(day: date, style: str = "long", thai_digits: bool = False, language: str = "th") -> str:
    """Write a day: long “19 มกราคม 2558”, abbr “19 ม.ค. 2558”, short “19 ม.ค. 58”; English in Christian years."""
    if style not in ("long", "abbr", "short"):
        raise ValueError(f"no such style of date: {style}")
    if language == "th":
        name = (MONTHS_TH if style == "long" else MONTHS_TH_ABBR)[day.month - 1]
        year = str(day.year + BE_MINUS_CE)
        text = f"{day.day} {name} {year[2:] if style == 'short' else year}"
        return to_thai_digits(text) if thai_digits else text
    name = MONTHS_EN[day.month - 1]
    return f"{day.day} {name if style == 'long' else name[:3]} {day.year}"
