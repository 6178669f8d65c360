"""Tells what a row is that carries no number: total, heading, amendment label, note, or something unknown."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from prasan.common.text import clean, to_arabic_digits

_total = re.compile(
    r"^\(?\s*(?:รวม|ยอดรวม|ผลรวม|ยอดยก|ยกยอด|สรุปยอด|total|grand\s*total|sub\s*-?\s*total)", re.IGNORECASE
)
_note = re.compile(
    r"^(?:ลงชื่อ|\(?ลงนาม|หมายเหตุ|ผู้(?:จัดทำ|รายงาน|ตรวจ|อนุมัติ|เสนอ|รับรอง|เห็นชอบ)|ตำแหน่ง|\*|ที่มา\s*[:：]|โทร|"
    r"\(\s*(?:นาย|นาง|น\.ส\.|ว่าที่|[.…\s]{3,})|(?:นาย|นางสาว|นาง)\s*\S+\s+\S+$|วันที่\s*[.…]|หน้า\s*\d|-\s*\d+\s*-$)"
)
_label = re.compile(r"(?:เพิ่มเติม|แก้ไข|เปลี่ยนแปลง|ทบทวน|ครั้งที่|ฉบับที่|แผนเดิม|โครงการเดิม|โครงการใหม่)")
_alignment = re.compile(r"^[ก-ฮ]\s*\.\s*\S")
_number: Final = r"(?:\(?\d+(?:\.\d+)*\)?[.)]?\s*)?"
_strategy = re.compile(rf"^{_number}(?:ยุทธศาสตร์|ประเด็นการพัฒนา|ประเด็นยุทธศาสตร์)")
_tactic = re.compile(rf"^{_number}(?:กลยุทธ์|แนวทาง|กลยุทธ)")
_programme = re.compile(rf"^{_number}(?:แผนงาน|ด้าน)")
_lead_number = re.compile(r"^(?:\(\d+\)|\d+[.)])\s*(?=\D)")
_split = re.compile(r"\s*(?=(?:\(\d+\)|\d+(?:\.\d+)+)\s*(?:กลยุทธ์|แผนงาน|แนวทาง))|\s{2,}(?=กลยุทธ์|แผนงาน|แนวทาง)")
ordinal_text = re.compile(r"\(?(\d{1,6})(?:[.\-/]\d{1,4})*[.)]*")


MOST_ORDINAL: Final = 1_000_000


class LineKind(Enum):
    """What a row without a number is."""

    TOTAL = "TOTAL"
    HEADING = "HEADING"
    LABEL = "LABEL"
    NOTE = "NOTE"
    ALIGNMENT = "ALIGNMENT"
    UNKNOWN = "UNKNOWN"


@dataclass(slots=True)
class Context:
    """Where in the plan the rows below stand."""

    strategy: str = ""
    tactic: str = ""
    programme: str = ""
    section: str = ""

    def enter(self, text: str) -> bool:
        """Take a strategy, tactic or programme line, or several on one line; say whether it was one."""
        pieces = [clean(piece) for piece in _split.split(text.strip()) if piece and clean(piece)]
        took = [self._enter_one(piece) for piece in pieces]
        if any(took):
            self.section = ""
        return bool(took) and all(took)

    def _enter_one(self, text: str) -> bool:
        if _strategy.match(text):
            if text != self.strategy:
                self.strategy, self.tactic, self.programme = text, "", ""
        elif _tactic.match(text):
            if text != self.tactic:
                self.tactic, self.programme = text, ""
        elif _programme.match(text):
            self.programme = _lead_number.sub("", text)
        else:
            return False
        return True


def kind_of_line(text: str) -> LineKind:
    """Classify the first text of a row that has no number."""
    if _total.match(text):
        return LineKind.TOTAL
    if _note.match(text):
        return LineKind.NOTE
    if _alignment.match(text):
        return LineKind.ALIGNMENT
    if _strategy.match(text) or _tactic.match(text) or _programme.match(text):
        return LineKind.HEADING
    return LineKind.LABEL if _label.search(text) and len(text) < 80 else LineKind.UNKNOWN


def is_placeholder(text: str) -> bool:
    """Say whether a name is only dots or dashes to fill in."""
    return not text.strip(" .…-–_/")


def ordinal_of(value: object) -> int | None:
    """Read the number of a row (“1”, “๑.”, 1.0, “1.2”); None when it has none."""
    if isinstance(value, float):
        return int(value) if 0 < value < MOST_ORDINAL else None
    if isinstance(value, str) and (found := ordinal_text.fullmatch(to_arabic_digits(clean(value)))):
        return int(found[1])
    return value if isinstance(value, int) and not isinstance(value, bool) else None
