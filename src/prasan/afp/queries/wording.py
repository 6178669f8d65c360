"""Names of families, indicators and reasons in Thai and English, for pages and papers."""

from prasan.afp.rules.candidates import LEAST as LEAST_SCORE
from prasan.afp.rules.candidates import WEIGHTS as CANDIDATE_WEIGHTS
from prasan.afp.rules.families import FAMILIES, family_name

INDICATORS: dict[str, tuple[str, str]] = {
    "OPEN_NEEDS": ("ความต้องการที่รออยู่", "Needs no project answers"),
    "SUPPORT_PER_VILLAGE": ("ขอรับการสนับสนุนต่อหมู่บ้าน", "Requests for support per village"),
    "ASKED": ("วงเงินที่ขอ", "Amount asked"),
    "UNANSWERED": ("สัดส่วนที่ยังไม่มีคำตอบ", "Share unanswered"),
    "RETURNED": ("เรื่องที่ถูกส่งคืน", "Hand-overs returned"),
}
REASONS: dict[str, tuple[str, str]] = {
    "TAKES_UP": ("รับความต้องการนี้ไปแล้ว", "Took up a need behind it"),
    "PLACE": ("พื้นที่เดียวกัน", "Same place"),
    "WORDS": ("ข้อความใกล้เคียง", "Alike in words"),
    "FAMILY": ("เรื่องเดียวกัน", "Same kind of thing"),
    "GUIDELINE": ("แนวทางเดียวกัน", "Same guideline"),
    "GROUP": ("กลุ่มเป้าหมายเดียวกัน", "Same target group"),
}

__all__ = ["CANDIDATE_WEIGHTS", "FAMILIES", "LEAST_SCORE", "family_name", "indicator_name", "reason_name"]


def indicator_name(key: str, language: str) -> str:
    """What a need indicator is called."""
    return INDICATORS.get(key, (key, key))[language == "en"]


def reason_name(code: str, language: str) -> str:
    """Why a project was suggested."""
    return REASONS.get(code, (code, code))[language == "en"]
