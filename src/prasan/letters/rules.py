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


def office_prefix(text: str) -> str:
    """The letters and code of an office as its numbers begin, written one way: “กส๐๐๑๗.๒” is กส 0017.2.

    One office written two ways would count twice.
    """
    try:
        number = parse_number(f"{to_arabic_digits(text).strip()}/1")
    except UnreadableNumber as unreadable:
        raise UnreadableNumber(
            "unreadable_prefix",
            f"อ่าน “{text}” เป็นอักษรและรหัสหน่วยงานไม่ได้ โปรดเขียนอย่าง กส 0017.2",
            f"“{text}” cannot be read as the letters and code of an office. Write it like กส 0017.2.",
        ) from unreadable
    return f"{number.letters} {number.office_code}".strip()


def year_of_order(day: dt.date) -> int:
    """The fiscal year (Buddhist) an order of a day belongs to: 21 December 2558 is fiscal year 2559 (AC-24)."""
    return fiscal_year_of(day)


SINCE_2553 = dt.date(2010, 1, 1)  # of the guideline of 2553 only the year is printed
SINCE_2559 = dt.date(2016, 4, 26)
INTERIOR_NAMES = ("มหาดไทย", "สป.มท")
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


@dataclass(frozen=True, slots=True)
class Demand:
    """Whom a letter must reach, by which rule: of the catalogue, of these senders, or with this document."""

    rule: str
    groups: tuple[str, ...]
    catalogue: str = ""
    senders: tuple[str, ...] = ()  # kinds of bodies; empty: whoever sends it
    makes: str = ""  # the document made in the task the letter belongs to
    since: dt.date | None = None


DEMANDS = (
    Demand("R14", (MINISTRY, INTERIOR, SECRETARIAT), catalogue="L4"),
    Demand("R27", (MINISTRY, INTERIOR, SECRETARIAT, AGENCY, DISTRICT, LOCAL), catalogue="L8"),
    Demand("R32", (PAO, DISTRICT), catalogue="L2", senders=("PROVINCE", "PROVINCIAL_COMMITTEE"), since=SINCE_2553),
    Demand("R53", (DISTRICT, LOCAL), catalogue="L9", senders=("TAMBON_COMMUNITY_CENTRE",)),
    Demand("R56", (PROVINCE, COMMITTEE), senders=("DISTRICT", "DISTRICT_COMMITTEE"), makes="DISTRICT_NEEDS_PLAN"),
    Demand("R59", (AGENCY,), catalogue="L12"),
    Demand("R59", (INTERIOR,), catalogue="L12", since=SINCE_2559),
)
"""What the rules ask of letters, each with the day its source is of where an earlier one asked less."""


def missing_groups(
    catalogue: str, reached: set[str], *, sender: str, makes: tuple[str, ...] = (), on: dt.date
) -> tuple[str, tuple[str, ...]]:
    """The rule and the groups a letter of this kind of body still has to reach."""
    asked = [one for one in DEMANDS if _asks(one, catalogue, sender, makes, on)]
    missing = tuple(group for one in asked for group in one.groups if group not in reached)
    return (asked[0].rule, missing) if missing else ("", ())


def _asks(one: Demand, catalogue: str, sender: str, makes: tuple[str, ...], on: dt.date) -> bool:
    of_this = (not one.catalogue or one.catalogue == catalogue) and (not one.makes or one.makes in makes)
    return of_this and (not one.senders or sender in one.senders) and (one.since is None or one.since <= on)


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
