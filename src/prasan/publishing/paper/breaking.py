"""What a line of the book must not part, because the line breaker knows common words only."""

import re

from prasan.common.text import clean
from prasan.publishing.parts import ProvinceReport

_DIGITS = "[๐-๙0-9]"
_THAI = "[ก-๎]"
_COUNTED = (
    "เมตร|ตารางเมตร|ลูกบาศก์เมตร|กิโลเมตร|บาท|รายการ|แถว|คู่|ต้น|คน|ครัวเรือน|แห่ง|สาย|ฉบับ|ข้อ|ครั้ง"
    "|ระบบ|งาน|หลัง|ชุด|เครื่อง|โครงการ|แปลง|ตัว|จุด|คัน|ชั้น|ห้อง|หมู่บ้าน"
)
# A number with what it counts, an abbreviation with its name, and words the breaker takes apart.
_ALWAYS = (
    rf"หมู่ที่ {_DIGITS}+(?:,{_DIGITS}+)*",
    rf"พ\.ศ\. {_DIGITS}+",
    rf"{_DIGITS}[๐-๙0-9.,]* (?:{_COUNTED})",
    rf"(?:[ก-ฮ]{{1,5}}\.)+{_THAI}{{0,16}}",
    "องค์การ",
    "วงเงิน",
    "ศักยภาพ",
    "ไม่รับ",
)
_PREFIX = re.compile("^(?:จังหวัด|อำเภอ|ตำบล|เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|องค์การบริหารส่วนตำบล|บ้าน)")
_SHORTEST, _LONGEST, _MOST = 4, 16, 600


def unbroken(report: ProvinceReport) -> str:
    """Give the regular expression of a report: the names of its places, and what is never parted."""
    names = {area.name for area in report.areas} | {report.province_name}
    for plan in report.plans:
        names.add(plan.body)
        for item in plan.items:
            names.update((item.district_name, item.area_name))
    places = {_PREFIX.sub("", clean(name)) for name in names}
    short = sorted(name for name in places if _SHORTEST <= len(name) <= _LONGEST and " " not in name)[:_MOST]
    longest_first = sorted(short, key=lambda name: -len(name))
    return "|".join((*_ALWAYS, *map(re.escape, longest_first)))
