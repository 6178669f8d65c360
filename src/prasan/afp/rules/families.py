"""Families of problems: the things plan lines speak of, found by the words of the matching engine."""

import re

from prasan.matching.vocabulary import OBJECTS

OTHER = "other"
FAMILIES: dict[str, tuple[str, str]] = {
    "road": ("ถนนและทางสัญจร", "Roads"),
    "drain": ("การระบายน้ำ", "Drainage"),
    "bridge": ("สะพาน", "Bridges"),
    "revetment": ("ตลิ่งพัง", "River banks"),
    "building": ("อาคารและที่ประชุม", "Buildings"),
    "water_supply": ("น้ำกินน้ำใช้", "Water supply"),
    "irrigation": ("แหล่งน้ำการเกษตร", "Irrigation and water sources"),
    "lighting": ("ไฟฟ้าและแสงสว่าง", "Electricity and lighting"),
    "cctv": ("ความปลอดภัย (กล้องวงจรปิด)", "Security cameras"),
    "crematorium": ("ฌาปนสถาน", "Crematoria"),
    "sport": ("กีฬาและนันทนาการ", "Sport and recreation"),
    "sound": ("เสียงตามสาย", "Village broadcasting"),
    "waste": ("ขยะและน้ำเสีย", "Waste"),
    "health": ("สุขภาพและผู้สูงอายุ", "Health and older people"),
    "education": ("การศึกษาและเด็ก", "Education and children"),
    "tourism": ("การท่องเที่ยว", "Tourism"),
    "vehicle": ("ยานพาหนะ", "Vehicles"),
    "computer": ("สารสนเทศ", "Information technology"),
    "fence": ("รั้วและป้าย", "Fences and signs"),
    "occupation": ("อาชีพและรายได้", "Occupations and income"),
    OTHER: ("เรื่องอื่น", "Other matters"),
}
"""Thai and English names; the keys are those of `matching.vocabulary.OBJECTS`."""

_WORDS = {key: re.compile(words, re.IGNORECASE) for key, words in OBJECTS.items()}


def family_of(*texts: str) -> str:
    """The thing spoken of first in the first text that speaks of any: "ถนนพร้อมรางระบายน้ำ" is a road."""
    for text in texts:
        found = [(match.start(), place, key) for place, (key, words) in enumerate(_WORDS.items())
                 if (match := words.search(text))]  # fmt: skip
        if found:
            return min(found)[2]
    return OTHER


def family_name(family: str, language: str) -> str:
    """What a family is called; one no longer known keeps its key."""
    th, en = FAMILIES.get(family, (family, family))
    return en if language == "en" else th
