"""Abbreviations of Thai planning texts and what they stand for."""

import re

# Made of consonants only, so they are recognised even when glued to the word before them.
_DISTINCT = {
    "คสล": "คอนกรีตเสริมเหล็ก",
    "อบต": "องค์การบริหารส่วนตำบล",
    "อบจ": "องค์การบริหารส่วนจังหวัด",
    "อปท": "องค์กรปกครองส่วนท้องถิ่น",
    "ศพด": "ศูนย์พัฒนาเด็กเล็ก",
    "รพสต": "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "กบจ": "คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ",
    "กบก": "คณะกรรมการบริหารงานกลุ่มจังหวัดแบบบูรณาการ",
    "กบอ": "คณะกรรมการบริหารงานอำเภอแบบบูรณาการ",
    "กนจ": "คณะกรรมการนโยบายการบริหารงานจังหวัดและกลุ่มจังหวัดแบบบูรณาการ",
    "กรอ": "คณะกรรมการร่วมภาครัฐและเอกชนเพื่อแก้ไขปัญหาทางเศรษฐกิจ",
    "อสม": "อาสาสมัครสาธารณสุขประจำหมู่บ้าน",
    "สนง": "สำนักงาน",
    "จนท": "เจ้าหน้าที่",
    "ผวจ": "ผู้ว่าราชการจังหวัด",
}
# Ends with a full stop and stands at the start of a word.
_DOTTED = {
    "ต": "ตำบล",
    "อ": "อำเภอ",
    "จ": "จังหวัด",
    "ถ": "ถนน",
    "ซ": "ซอย",
    "บ": "บ้าน",
    "ทต": "เทศบาลตำบล",
    "ทม": "เทศบาลเมือง",
    "ทน": "เทศบาลนคร",
    "รร": "โรงเรียน",
    "รพ": "โรงพยาบาล",
    "สภ": "สถานีตำรวจภูธร",
}
# Follow a number.
_UNITS = {
    "ตร.ม": "ตารางเมตร",
    "ตรม": "ตารางเมตร",
    "ลบ.ม": "ลูกบาศก์เมตร",
    "ลบม": "ลูกบาศก์เมตร",
    "ตร.กม": "ตารางกิโลเมตร",
    "กม": "กิโลเมตร",
    "ซม": "เซนติเมตร",
    "มม": "มิลลิเมตร",
    "กก": "กิโลกรัม",
    "ม": "เมตร",
}
_THAI_LETTER = "\u0e01-\u0e4e"


def _spelt(letters: str) -> str:
    return r"\s?".join(rf"{letter}\.?" for letter in letters)


def _longest_first(words: dict[str, str]) -> list[str]:
    return sorted(words, key=lambda word: -len(word))


# A distinct abbreviation needs a full stop somewhere or a boundary behind it: "กรอ" also begins กรอบ, กรอง.
_distinct = re.compile(
    "|".join(rf"({_spelt(word)})(?:(?<=\.)|(?![{_THAI_LETTER}]))" for word in _longest_first(_DISTINCT))
)
_units = re.compile(
    rf"(?<=[0-9๐-๙])(\s*)({'|'.join(re.escape(unit) for unit in _longest_first(_UNITS))})(?:\.|(?![{_THAI_LETTER}.]))"
)
# “ม.4” after ชั้น or นักเรียน is a school class.
_not_a_class = "".join(f"(?<!{word})(?<!{word} )" for word in ("ชั้น", "นักเรียน"))
_moo = re.compile(rf"{_not_a_class}(?<![{_THAI_LETTER}.])(?:ม\.|หมู่(?!\s*(?:ที่|บ้าน)))\s*(?:ที่\s*)?(?=[0-9๐-๙])")
_dotted = re.compile(
    rf"(?<![{_THAI_LETTER}.])({'|'.join(_spelt(word)[:-1] for word in _longest_first(_DOTTED))})"
    rf"(?![{_THAI_LETTER}]\.)\s*"
)
_not_letters = re.compile(r"[.\s]")


def expand(text: str) -> str:
    """Write the abbreviations of a clean text out (see `prasan.common.text.expand_abbreviations`)."""
    if "." not in text and not any(word in text for word in (*_DISTINCT, "หมู่", "ม")):
        return text
    text = _units.sub(lambda found: found[1] + _UNITS[found[2]], text)
    text = _moo.sub("หมู่ที่ ", text)
    text = _distinct.sub(lambda found: _DISTINCT[_not_letters.sub("", found[0])], text)
    return _dotted.sub(lambda found: _DOTTED[_not_letters.sub("", found[0])], text)
