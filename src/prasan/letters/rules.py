"""Pure decisions about letters: how a number is read and written, and whom a letter of the catalogue must reach."""

import datetime as dt
import re
from dataclasses import dataclass

from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.common.text import to_arabic_digits, to_thai_digits

_NUMBER = re.compile(r"(?P<letters>[ก-ฮ]{1,6}\.?) ?(?P<code>\d+(?:\.\d+)*)?/ ?(?P<circular>ว ?)?(?P<running>\d+)")
_ORDER = re.compile(r"(?P<running>\d+)/(?P<year>2[45]\d\d)")


class UnreadableNumber(Refused):
    """A text that is no number of an official letter. Code: unreadable_number."""


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """The parts of a number: letters มท, office code 0212.1, whether circular (ว), running number with its zeros."""

    letters: str
    office_code: str
    circular: bool
    running: str

    def written(self, *, thai_digits: bool = False) -> str:
        """As printed on the letter: มท ๐๒๑๒.๑/ว ๐๓๔๒."""
        prefix = f"{self.letters} {self.office_code}".strip()
        text = f"{prefix}/{'ว ' if self.circular else ''}{self.running}"
        return to_thai_digits(text) if thai_digits else text


def parse_number(text: str) -> LetterNumber:
    """Read a number in Thai or Arabic digits; leading zeros of the running number stay. Urgency is no part of it."""
    plain = re.sub(r"\s+", " ", to_arabic_digits(text)).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise UnreadableNumber(
            "unreadable_number",
            f"อ่าน “{text}” เป็นเลขที่หนังสือไม่ได้ โปรดเขียนอย่าง มท 0212.1/ว 0342",
            f"“{text}” cannot be read as the number of a letter. Write it like มท 0212.1/ว 0342.",
        )
    return LetterNumber(found["letters"], found["code"] or "", found["circular"] is not None, found["running"])


def year_of_order(day: dt.date) -> int:
    """The fiscal year (Buddhist) an order of a day belongs to: 21 December 2558 is fiscal year 2559 (AC-24)."""
    return fiscal_year_of(day)


MINISTRY, INTERIOR, SECRETARIAT = "MINISTRY", "INTERIOR", "SECRETARIAT"
PAO, DISTRICT, LOCAL, AGENCY, COMMITTEE, PROVINCE = "PAO", "DISTRICT", "LOCAL", "AGENCY", "COMMITTEE", "PROVINCE"
NAMES = {
    MINISTRY: ("กระทรวงหรือกรม", "a ministry or department"),
    INTERIOR: ("กระทรวงมหาดไทย (สป.มท.)", "the Ministry of the Interior"),
    SECRETARIAT: ("สำนักงานเลขาธิการ กนภ.", "the secretariat of กนภ."),
    PAO: ("อบจ.", "the PAO"),
    DISTRICT: ("อำเภอ", "a district"),
    LOCAL: ("อปท.", "a local government"),
    AGENCY: ("ส่วนราชการเจ้าของเรื่อง", "an agency"),
    COMMITTEE: ("คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ", "the district local-plan committee"),
    PROVINCE: ("จังหวัด", "the province"),
}
REQUIRED: dict[str, tuple[str, tuple[str, ...]]] = {
    "L4": ("R14", (MINISTRY, INTERIOR, SECRETARIAT)),
    "L8": ("R27", (MINISTRY, INTERIOR, SECRETARIAT, AGENCY, DISTRICT, LOCAL)),
    "L12": ("R59", (AGENCY,)),
}
"""The groups a letter of the catalogue must reach, and the rule that says so."""

SINCE_2559 = dt.date(2016, 4, 26)
INTERIOR_NAMES = ("มหาดไทย", "สป.มท")


def missing_groups(catalogue: str, reached: set[str], *, on: dt.date) -> tuple[str, tuple[str, ...]]:
    """The rule and the groups a letter still has to reach; R59 asks for the Ministry of the Interior since 2559."""
    rule, wanted = REQUIRED.get(catalogue, ("", ()))
    if catalogue == "L12" and on >= SINCE_2559:
        wanted = (*wanted, INTERIOR)
    return rule, tuple(group for group in wanted if group not in reached)


def group_of(kind: str, name: str) -> set[str]:
    """The groups an addressee counts for, by the kind of its body and its name."""
    found: set[str] = set()
    if any(word in name for word in INTERIOR_NAMES) and kind in ("", "MINISTRY", "DEPARTMENT", "OTHER"):
        found.add(INTERIOR)
    elif "กนภ" in name.replace(".", ""):
        found.add(SECRETARIAT)
    elif kind in ("MINISTRY", "DEPARTMENT"):
        found |= {MINISTRY, AGENCY}
    by_kind = {
        "PROVINCIAL_OFFICE": AGENCY, "OTHER": AGENCY, "PAO": PAO, "DISTRICT": DISTRICT, "DISTRICT_COMMITTEE": DISTRICT,
        "SAO": LOCAL, "MUNICIPALITY": LOCAL, "SPECIAL_LAO": LOCAL, "DISTRICT_LOCAL_PLAN_COMMITTEE": COMMITTEE,
        "PROVINCE": PROVINCE, "PROVINCIAL_COMMITTEE": PROVINCE,
    }  # fmt: skip
    if kind in by_kind and INTERIOR not in found:
        found.add(by_kind[kind])
    return found


COMPLIANT, NON_COMPLIANT, PENDING = "COMPLIANT", "NON_COMPLIANT", "PENDING"
REPORTS_A_YEAR = 2


def reporting_state(reports: int, *, year_ended: bool, wanted: int = REPORTS_A_YEAR) -> str:
    """Whether a province was reported on often enough (R46); before the year ends it may still be."""
    if reports >= wanted:
        return COMPLIANT
    return NON_COMPLIANT if year_ended else PENDING
