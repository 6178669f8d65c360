"""How a window, a lane and a line of Thai are put into words; plain values in, text out."""

import datetime as dt
import re

from prasan.common.dates import BE_MINUS_CE, MONTHS_EN, MONTHS_TH_ABBR
from prasan.common.svg import text_width

# Lanes of the calendar: code -> (Thai, English). A lane is the floor on which a step is done.
LANES: dict[str, tuple[str, str]] = {
    "VILLAGE": ("หมู่บ้าน/ชุมชน", "Village"),
    "TAMBON": ("ตำบล", "Tambon"),
    "LAO": ("ท้องถิ่น (อปท.)", "Local government"),
    "DISTRICT": ("อำเภอ", "District"),
    "PROVINCE": ("จังหวัด", "Province"),
    "CLUSTER": ("กลุ่มจังหวัด", "Cluster"),
    "MINISTRY": ("กรม/กระทรวง", "Ministries"),
    "CENTRE": ("ส่วนกลาง", "Centre"),
    "CABINET": ("คณะรัฐมนตรี", "Cabinet"),
    "PARLIAMENT": ("รัฐสภา", "Parliament"),
    "SEVERAL": ("หลายระดับ", "Several levels"),
}
# Where a line may break when no space is near: after a stroke, or before a word that opens a phrase.
_BREAK = re.compile(
    r"(?<=/)|(?<=[^0-9] )|(?=\()|(?=และ|เพื่อ|ให้|โดย|แยก|ระดับ|ประจำ|งบประมาณ|จังหวัด|โครงการ|แผนพัฒนา|การประสาน)"
)


def lane_name(lane: str, language: str = "th") -> str:
    """The name of a lane; an unknown code is shown as it is rather than hidden."""
    names = LANES.get(lane, (lane, lane))
    return names[0] if language == "th" else names[1]


def month_name(month: int, language: str = "th") -> str:
    """The abbreviated month as officers write it: ม.ค. or Jan (`month` is 1 to 12)."""
    return MONTHS_TH_ABBR[month - 1] if language == "th" else MONTHS_EN[month - 1][:3]


def year_name(year: int, language: str = "th") -> str:
    """A Gregorian year in words: the Buddhist year in Thai, the Christian year in English."""
    return str(year + BE_MINUS_CE if language == "th" else year)


def window_text(starts_on: dt.date | None, ends_before: dt.date | None, language: str = "th") -> str:
    """A half-open window in words: whole months without days, anything else with its first and last day.

    Buddhist years in Thai, Christian years in English. Empty when no date is printed.
    """
    if starts_on is None or ends_before is None:
        return ""
    last = ends_before - dt.timedelta(days=1)
    whole = starts_on.day == 1 and ends_before.day == 1
    first_words = _day_words(starts_on, language, with_day=not whole)
    last_words = _day_words(last, language, with_day=not whole)
    last_words = f"{last_words} {year_name(last.year, language)}"
    if starts_on.year != last.year:
        first_words = f"{first_words} {year_name(starts_on.year, language)}"
    elif (starts_on, whole) == (last, False) or (whole and starts_on.month == last.month):
        return last_words
    return f"{first_words} – {last_words}"


def day_of_year_text(month: int, day: int | None, language: str = "th") -> str:
    """A last day without its year: วันที่ 31 มี.ค., or the end of the month where no day is printed."""
    if day is not None:
        return f"{'วันที่ ' if language == 'th' else ''}{day} {month_name(month, language)}"
    return f"สิ้นเดือน {month_name(month)}" if language == "th" else f"the end of {month_name(month, language)}"


def _day_words(day: dt.date, language: str, *, with_day: bool) -> str:
    month = month_name(day.month, language)
    return f"{day.day} {month}" if with_day else month


def wrap(text: str, *, width: float, size: float) -> list[str]:
    """The text in lines no wider than `width`, broken at spaces, strokes and the start of phrases."""
    lines: list[str] = []
    line = ""
    for piece in _BREAK.split(text):
        if line and text_width((line + piece).rstrip(), size) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    if line.strip():
        lines.append(line.strip())
    return lines


def undated_text(certainty: str, language: str) -> str:
    """Why a step has no bar; W and G also say that the step itself is still to be verified."""
    thai = language == "th"
    if certainty == "W":
        return "ไม่ทราบวัน (จากข้อมูลสาธารณะ ต้องตรวจกับต้นฉบับ)" if thai else "no date known (public material, to be verified)"
    if certainty == "G":
        return "ไม่ทราบวัน (ความรู้ทั่วไป ต้องตรวจ)" if thai else "no date known (general knowledge, to be verified)"
    if certainty in ("S", "I"):
        return "นับจากวันที่เกิดเหตุการณ์" if thai else "counted from the day of an event"
    return "เอกสารไม่ได้พิมพ์วันไว้" if thai else "no date printed"
