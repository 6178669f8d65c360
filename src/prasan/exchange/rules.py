"""Pure decisions about rows of a file: whose they are, of which year and days, and which older row they correct."""

import datetime as dt
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from prasan.common.text import clean, search_key
from prasan.exchange.reading.records import Record, Sheet

ALIKE = 85.0
"""Per cent of letters (rapidfuzz ratio) from which a name at the same number counts as the same name corrected."""

_OWN_UNIT = re.compile(
    r"^(?:กอง|ฝ่าย|งาน|ส่วน(?!ราชการ)|สำนัก(?:การ)?(?:ช่าง|ประปา|ปลัด|คลัง|ศึกษา|สาธารณสุข|สวัสดิการ|เทศกิจ|ยุทธศาสตร์))"
)
_PLACE_TAIL = re.compile(r"\s+(?=(?:อำเภอ|อ\.|เขต(?!พื้นที่)|จังหวัด|จ\.))")
_LAO_NAME = re.compile(r"^(?:องค์การบริหารส่วน|อบต|อบจ|เทศบาล|ทต\.|ทม\.|ทน\.|เมืองพัทยา|กรุงเทพมหานคร)")
_PLANS = ("local_plan_p02", "local_plan_p02_1", "local_plan_p02_2", "action_plan")
_MATRICES = ("project_matrix", "project_matrix_flat")


def owner_name(sheet: Sheet, record: Record) -> str:
    """Whose project a row is, as the file names it; empty where the file does not say."""
    if sheet.form in _PLANS:
        return split_owner(sheet.owner_text)[0]
    if sheet.form == "agency_projects":
        return record.agency or record.responsible or record.ministry or sheet.owner_text
    if sheet.form == "project_list":
        named = (sheet.owner_text, record.agency, record.place_text, record.responsible)
        local = next((split_owner(text)[0] for text in named if _LAO_NAME.match(text)), "")
        return local or next((text for text in named[:2] if text), "") or record.responsible
    return sheet.owner_text


def split_owner(text: str) -> tuple[str, str]:
    """A body's name and the place printed after it: "อบต.แม่ใส อำเภอเมืองพะเยา" gives both parts."""
    parts = _PLACE_TAIL.split(clean(text), maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def is_own_unit(text: str) -> bool:
    """Whether the words name a unit inside a local government (กองช่าง), not a body of its own."""
    return bool(_OWN_UNIT.match(text))


def asked_body(text: str) -> str:
    """The body that a ผ.02/2 row asks: the cell without the asking body's own units; empty if nothing is left."""
    return " ".join(word for word in clean(text).split(" ") if not is_own_unit(word))


def is_matrix(sheet: Sheet) -> bool:
    """Whether the sheet is the matrix of tiers and channels, flat or printed."""
    return sheet.form in _MATRICES


def project_year(record: Record, sheet: Sheet) -> int | None:
    """First year with planned or budgeted money, else any money's, else the row's or the head's year."""
    asked = [a.fiscal_year for a in record.amounts if a.span == "IN" and a.kind in ("PLANNED", "BUDGETED")]
    known = asked or [a.fiscal_year for a in record.amounts if a.span == "IN"]
    if known:
        return min(known)
    return record.fiscal_year or (sheet.fiscal_years[0] if sheet.fiscal_years else None)


def days_of_work(months: Collection[int], fiscal_year: int) -> tuple[dt.date, dt.date] | None:
    """The time of a work by the months marked for it (0 is October): its first day and the first day after it.

    Months left blank between two marked ones belong to it. None where no month is marked.
    """
    if not months:
        return None
    first, last = min(months), max(months)
    begins, ends = (fiscal_year - 544 + (9 + month) // 12 for month in (first, last + 1))
    return dt.date(begins, (9 + first) % 12 + 1, 1), dt.date(ends, (10 + last) % 12 + 1, 1)


def subject_key(form: str, owners: Iterable[str], years: Iterable[int], sheets: Sequence[Sheet]) -> str:
    """What a file is about: form, owners, editions, forums, sheets and years; equal for a file and its correction.

    `years` are those of its records; they count only where no head names the years of the plan.
    """
    about = [
        form,
        sorted(set(owners)),
        sorted({search_key(s.edition_text) for s in sheets}),
        sorted({search_key(s.name) for s in sheets}),
        sorted({search_key(s.held_text) for s in sheets}),
        sorted({year for s in sheets for year in s.fiscal_years} or set(years)),
    ]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RowKey:
    """What identifies a row from one sending to the next."""

    sheet: str
    section: str
    ordinal: int | None
    name: str  # common.text.search_key
    place: Hashable

    @property
    def position(self) -> tuple[str, str, int | None]:
        return (self.sheet, self.section, self.ordinal)


def match_rows(old: Sequence[RowKey], new: Sequence[RowKey]) -> dict[int, int]:
    """For rows of a corrected file the row each replaces, as indices new → old; each old row at most once.

    Rows match by sheet, section, number and name; then by name and place; then by sheet, section and number
    where the name differs only in spelling (all its digits being equal).
    """
    matches: dict[int, int] = {}
    keys: tuple[Callable[[RowKey], Hashable], ...] = (
        lambda row: (row.position, row.name),
        lambda row: (row.name, row.place),
    )
    for key in keys:
        _match_by(key, old, new, matches)
    free = _free(old, matches)
    for index, row in enumerate(new):
        if index in matches or row.ordinal is None:
            continue
        for candidate in free:
            if old[candidate].position == row.position and _same_but_spelling(old[candidate].name, row.name):
                matches[index] = candidate
                free.remove(candidate)
                break
    return matches


def _match_by(
    key: Callable[[RowKey], Hashable],
    old: Sequence[RowKey],
    new: Sequence[RowKey],
    matches: dict[int, int],
) -> None:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index in reversed(_free(old, matches)):
        waiting[key(old[index])].append(index)
    for index, row in enumerate(new):
        if index not in matches and (candidates := waiting.get(key(row))):
            matches[index] = candidates.pop()


def _free(old: Sequence[RowKey], matches: dict[int, int]) -> list[int]:
    taken = set(matches.values())
    return [index for index in range(len(old)) if index not in taken]


def _same_but_spelling(before: str, after: str) -> bool:
    return re.findall(r"\d+", before) == re.findall(r"\d+", after) and fuzz.ratio(before, after) >= ALIKE
