"""What the lines above a table say: form code, organisation, place, plan years, edition, forum date and unit."""

import re
from dataclasses import dataclass, field
from typing import Final

from prasan.common.dates import UnreadableDate, parse_date
from prasan.common.text import clean, to_arabic_digits
from prasan.exchange.reading.grid import Grid, a1
from prasan.exchange.reading.money import MoneyContext
from prasan.exchange.reading.places import moos_said
from prasan.exchange.reading.records import FormKey, Sheet

_code = re.compile(r"ผ\s*\.?\s*0?([123])(?:\s*[/.\-]\s*\.?([12]))?(?!\d)")
_owner = re.compile(
    r"^(?:(?:สำนักงาน|ที่ทำการ)\s*(?=องค์การ|เทศบาล|อบ[ตจ]|ท[ตมน]\.))?"
    r"((?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:ตำบล|เมือง|นคร)|เมืองพัทยา|กรุงเทพมหานคร"
    r"|อ\.?บ\.?[ตจ]\.|อบ[ตจ]\s|ท\.?[ตมน]\.|กลุ่มจังหวัด).*)"
)
_province = re.compile(r"ในพื้นที่\s*(จังหวัด\S+)")
_moo: Final = r"(?:หมู่ที่|หมู่|ม\.)\s*\d"
_village = re.compile(rf"(?:(?<!\S)บ้าน\S+\s+)?(?<!\S){_moo}|^(?:บ้าน|ชุมชน|ตำบล|ต\.)")
_short_moo = re.compile(r"(?<!\S)ม\.\s*(?=\d)")
_above_village = re.compile(r"ตำบล|อำเภอ|(?<!\S)[ตอ]\.")
_only_place = re.compile(r"(?:(?<!\S)(?:ตำบล|อำเภอ|จังหวัด|[ตอจ]\.)\s*[\u0e00-\u0e7f]+\s*)+")
_place_word = re.compile(r"(?<!\S)(?:ตำบล|อำเภอ|จังหวัด|[ตอจ]\.)")
_names_province = re.compile(r"จังหวัด|(?<!\S)จ\.")
_plan_years = re.compile(r"\(?\s*พ\.?\s*ศ\.?\s*(25\d\d)\s*[-–—ถึง]+\s*(25\d\d)\s*\)?")
_fiscal_year = re.compile(r"ปี\s*งบประมาณ\s*(?:พ\.?\s*ศ\.?)?\s*(25\d\d)(?!\d)")
_christian_year = re.compile(r"ปี\s*(?:งบประมาณ)?\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)?\s*(20[0-4]\d)(?!\d)")
_held = re.compile(r"(?:ประชุม|ประชาคม)?\s*(?:ระหว่าง|เมื่อ)?\s*วันที่\s*(.+?)(?:\s*(?:ผู้เข้าร่วม|จำนวนผู้|ณ |เวลา).*)?$")
_attendance = re.compile(r"ผู้เข้าร่วม\S*\s*(?:จำนวน)?\s*(\d[\d,]*)\s*คน")
_first_day = re.compile(r"^(\d{1,2})\s*(?:[-–—]|ถึง)\s*\d{1,2}\s*(?=[^\d\s])")
_unit = re.compile(r"หน่วย\s*(?:นับ)?\s*[:：]?\s*\(?\s*((?:ล้าน|พัน)\s*บาท)|\(\s*((?:ล้าน|พัน)\s*บาท)\s*\)")
_alignment: Final = re.compile(r"^[ก-ฮ]\s*\.\s*\S")
COMMUNITY_WORDS: Final = ("แผนพัฒนาหมู่บ้าน", "แผนชุมชน", "แผนพัฒนาชุมชน")
BEYOND_WORDS: Final = ("เกินศักยภาพ", "ประสานโครงการ", "ขอประสาน", "ประสานแผน")
SUMMARY_WORDS: Final = ("บัญชีสรุปโครงการ", "สรุปโครงการพัฒนา")


@dataclass(slots=True)
class Titles:
    """The lines above a table, each with its cell, and what they say."""

    lines: list[tuple[int, int, str]] = field(default_factory=list)  # row, column, clean text
    code: str = ""  # "ผ.02/1"
    owner: str = ""
    place: str = ""
    around: str = ""  # a line of its own with nothing but subdistrict, district or province
    province: str = ""  # "จังหวัดกาฬสินธุ์" of a list for one province
    edition: str = ""
    held: str = ""
    attendance: int | None = None
    money: MoneyContext = field(default_factory=MoneyContext)
    alignment: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(text for _, _, text in self.lines)


def read_titles(grid: Grid, until: int) -> Titles:
    """Read the lines above row `until` (0-based, not included)."""
    titles = Titles()
    for row in range(min(until, len(grid.rows))):
        for column, value in enumerate(grid.rows[row]):
            if isinstance(value, str) and (text := clean(value)):
                titles.lines.append((row, column, text))
    plan: tuple[int, int] | None = None
    year, unit_text, unit_cell = None, "", ""
    christian = (0, 0, "")
    for row, column, text in titles.lines:
        arabic = to_arabic_digits(text)
        if _alignment.match(text) and not _owner.match(text) and not _is_place_line(text):
            titles.alignment += (text,)
            continue
        if found := _plan_years.search(arabic):
            plan = plan or (int(found[1]), int(found[2]))
            titles.edition = titles.edition or text[found.end() :].strip()
        if found := _fiscal_year.search(arabic):
            year = year or int(found[1])
        elif found := _christian_year.search(arabic):
            christian = (int(found[1]), row, a1(row, column))
        if found := _unit.search(text):
            unit_text, unit_cell = found[0], a1(row, column)
        _say(titles, text, arabic)
    titles.place = _joined(titles.place, titles.around)
    titles.money = MoneyContext(plan, year, unit_text, unit_cell, *christian)
    return titles


def _is_place_line(text: str) -> bool:
    """Say whether a line has nothing but the names of places; "จ. ยุทธศาสตร์…" alone may be the fifth line of ก.-จ."""
    return bool(_only_place.fullmatch(text)) and (text[1] != "." or len(_place_word.findall(text)) > 1)


def _joined(village: str, around: str) -> str:
    """The place that one line or two lines print; a village with no larger place beside it is none."""
    place = village if _names_province.search(village) else f"{village} {around}".strip()
    return place if around or _above_village.search(place) else ""


def _say(titles: Titles, text: str, arabic: str) -> None:
    """Take what one line says about the form, the body, the place and the forum."""
    if not titles.code and len(text) < 40 and (found := _code.search(arabic)):
        titles.code = f"ผ.0{found[1]}" + (f"/{found[2]}" if found[2] else "")
    if not titles.owner and (found := _owner.match(text)):
        titles.owner = found[1]
    if not titles.province and (found := _province.search(text)):
        titles.province = found[1]
    if _is_place_line(text):
        titles.around = titles.around or text
    elif not titles.place and (found := _village.search(arabic)):
        # Metres do not stand in a head: here ม. is always หมู่ที่.
        titles.place = _short_moo.sub("หมู่ที่ ", text[found.start() :])
    if found := _attendance.search(arabic):
        titles.attendance = int(found[1].replace(",", ""))
    if not titles.held and ("ประชุม" in text or "ประชาคม" in text) and (found := _held.search(text)) and "วันที่" in text:
        titles.held = found[1].strip()


def fill_sheet(sheet: Sheet, titles: Titles) -> None:
    """Put what the titles say into the sheet."""
    sheet.owner_text = titles.owner
    sheet.place_text = titles.place or titles.province
    sheet.edition_text = titles.edition
    sheet.held_text = titles.held
    sheet.attendance = titles.attendance
    moos = moos_said(titles.place)
    sheet.moo = moos[0] if len(moos) == 1 else None
    try:
        # A forum held over several days counts from its first.
        sheet.held_on = parse_date(_first_day.sub(r"\1 ", to_arabic_digits(titles.held))) if titles.held else None
    except UnreadableDate:
        sheet.held_on = None


def plan_family(titles: Titles, heading_text: str, sheet_name: str) -> tuple[FormKey, bool]:
    """Say which of ผ.02, ผ.02/1, ผ.02/2 a plan sheet is, by its title before its code, and whether both agree.

    The meaning of ผ.02/1 differs from place to place, so the words of the title decide where there are any.
    """
    by_code: FormKey = "local_plan_p02"
    arabic = to_arabic_digits(clean(sheet_name))
    code = titles.code or (f"ผ.02/{found[2]}" if (found := _code.search(arabic)) and found[2] else "")
    if code.endswith("/1"):
        by_code = "local_plan_p02_1"
    elif code.endswith("/2"):
        by_code = "local_plan_p02_2"
    text = f"{' '.join(line for _, _, line in titles.lines if not _alignment.match(line))} {heading_text}"
    if any(word in text for word in BEYOND_WORDS):
        by_title: FormKey | None = "local_plan_p02_2"
    elif any(word in text for word in COMMUNITY_WORDS):
        by_title = "local_plan_p02_1"
    else:
        by_title = None
    agree = by_title is None or not titles.code or by_title == by_code
    return by_title or by_code, agree


def is_summary(titles: Titles) -> bool:
    """Say whether the lines announce ผ.01 or ผ.01/1."""
    return titles.code.startswith("ผ.01") or any(word in titles.text for word in SUMMARY_WORDS)
