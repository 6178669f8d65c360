"""Whether two works of different offices stand in each other's way, and why: values in, verdict out.

No table and no clock. Days are half-open: a work that ends before the first of March leaves that day to the next.
What is done before what, and which groups people form, is data of the rulebook (`WorkConflictLaw`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from prasan.common.dates import fiscal_year_bounds
from prasan.integration.conflict_words import Reason, option, reason, when
from prasan.rulebook import SURFACE, WorkConflictLaw, WorkOrder

WRONG_ORDER, SAME_SPOT = "WRONG_ORDER", "SAME_SPOT_SAME_TIME"
SAME_GROUP, COULD_SHARE = "SAME_GROUP_SAME_TIME", "COULD_SHARE"
LIKELY, POSSIBLE = "LIKELY", "POSSIBLE"

STREET, MOO, SUBDISTRICT, DISTRICT = "STREET", "MOO", "SUBDISTRICT", "DISTRICT"
"""How near two works are: the same street; the same village; only the same subdistrict, or district."""

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Work:
    """One work as it is read: whose, where, when, and what is done to what or with whom.

    `place` is the subdistrict and `district` the district, as keys ("" where unknown). `thing` is the key of what
    lies on or under the road ("" for others); `sure` is False where the text leaves open what the road is made of.
    """

    id: int
    owner: int
    fiscal_year: int
    starts_on: dt.date | None = None
    ends_before: dt.date | None = None
    place: str = ""
    district: str = ""
    moos: frozenset[int] = frozenset()
    villages: frozenset[str] = NONE
    streets: frozenset[str] = NONE  # names
    sois: frozenset[str] = NONE  # numbers
    roads: frozenset[str] = NONE  # numbers of highways and rural roads
    thing: str = ""
    sure: bool = True
    gathering: bool = False
    groups: frozenset[str] = NONE

    @property
    def dated(self) -> bool:
        return self.starts_on is not None and self.ends_before is not None

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first day and the first day after; of the whole fiscal year where the days are not known."""
        if self.starts_on is None or self.ends_before is None:
            return fiscal_year_bounds(self.fiscal_year)
        return self.starts_on, self.ends_before


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """Two works in each other's way; `first` has the lower id. `options` are what would solve it, JSON values."""

    first: int
    second: int
    kind: str
    certainty: str
    reasons: tuple[Reason, ...]
    options: tuple[Mapping[str, object], ...]


def conflicts_between(a: Work, b: Work, law: WorkConflictLaw) -> tuple[ConflictFound, ...]:
    """Every way in which two works conflict; none for works of one owner, or of two places. Symmetric."""
    first, second = (a, b) if a.id < b.id else (b, a)
    if first.owner == second.owner or first.id == second.id:
        return ()
    found = _on_the_road(first, second, law), _with_people(first, second, law)
    return tuple(one for one in found if one is not None)


def overlaps(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> bool:
    """Whether two half-open periods share a day."""
    return a[0] < b[1] and b[0] < a[1]


def days_apart(a: tuple[dt.date, dt.date], b: tuple[dt.date, dt.date]) -> int:
    """Whole days between two periods; 0 where they touch or overlap."""
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = day.replace(year=day.year + year, month=month + 1, day=1)
    longest = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, longest.day))


def nearness_on_the_road(a: Work, b: Work) -> str:
    """STREET or MOO where the two are at one spot; "" where they are not, or nobody can tell."""
    if _differ(a.roads, b.roads) or _differ(a.sois, b.sois) or _differ(a.streets, b.streets):
        return ""
    if a.roads & b.roads and (not a.district or not b.district or a.district == b.district):
        return "" if _differ(a.moos, b.moos) else STREET
    if not a.place or a.place != b.place or _differ(a.moos, b.moos):
        return ""
    if a.streets & b.streets:
        return STREET
    if a.moos & b.moos:
        return STREET if a.sois & b.sois else MOO
    return MOO if a.villages & b.villages else ""


def nearness_of_people(a: Work, b: Work) -> str:
    """SUBDISTRICT where both are held in one; DISTRICT where one of them is for the whole district; else ""."""
    if _differ(a.moos, b.moos):
        return ""
    if a.place and b.place:
        return SUBDISTRICT if a.place == b.place else ""
    return DISTRICT if a.district and a.district == b.district else ""


def _differ(a: frozenset[int] | frozenset[str], b: frozenset[int] | frozenset[str]) -> bool:
    """Both said, and nothing in common."""
    return bool(a) and bool(b) and a.isdisjoint(b)


def _on_the_road(a: Work, b: Work, law: WorkConflictLaw) -> ConflictFound | None:
    near = nearness_on_the_road(a, b) if a.thing and b.thing else ""
    if not near:
        return None
    order = law.order_of(a.thing, b.thing)
    return _wrong_order(a, b, order, near, law) if order is not None else _same_spot(a, b, near, law)


def _wrong_order(a: Work, b: Work, order: WorkOrder, near: str, law: WorkConflictLaw) -> ConflictFound | None:
    """The road is worked on before what lies under it is done: it would be dug up again."""
    early, late = (a, b) if a.thing == order.first else (b, a)  # early is what should go first
    begins, ends = early.span
    road_begins, road_ends = late.span
    if ends <= road_begins or begins >= months_later(road_ends, law.guard_months):
        return None
    dated = a.dated and b.dated
    reasons = [
        reason(order.id.lower(), order.why.th, order.why.en),
        *_place_reasons(near, a, b),
        *_order_reasons(early, late, dated),
    ]
    if not late.sure and law.thing(late.thing).layer == SURFACE:
        reasons.append(
            reason(
                "surface_unknown",
                "ชื่อโครงการไม่บอกว่าเป็นผิวคอนกรีตหรือลาดยาง",
                "the name does not say of what the road is made",
            )
        )
    options = (
        _begin_after(late, early),
        _finish_before(early, late),
    )
    return _found(a, b, WRONG_ORDER, dated and late.sure, reasons, options)


def _order_reasons(early: Work, late: Work, dated: bool) -> list[Reason]:
    if not dated:
        return [_dates_unknown(early, late)]
    said = when(early.span), when(late.span)
    if overlaps(early.span, late.span):
        return [
            reason("at_once", f"ทำพร้อมกัน: {said[0].th} และ {said[1].th}", f"at once: {said[0].en} and {said[1].en}")
        ]
    return [
        reason(
            "dug_after",
            f"ผิวถนน {said[1].th} แล้วจึงขุดวาง {said[0].th}",
            f"the road is surfaced {said[1].en}, and dug up {said[0].en}",
        )
    ]


def _same_spot(a: Work, b: Work, near: str, law: WorkConflictLaw) -> ConflictFound | None:
    """Two offices work on one spot at once. Without days only a named street tells enough."""
    dated = a.dated and b.dated
    if not overlaps(a.span, b.span) or (near != STREET and not dated):
        return None
    one, other = law.thing(a.thing).name, law.thing(b.thing).name
    reasons = [
        reason("on_the_road", f"งานบนถนนทั้งคู่: {one.th} / {other.th}", f"both on the road: {one.en} / {other.en}"),
        *_place_reasons(near, a, b),
        _overlap_reason(a, b) if dated else _dates_unknown(a, b),
    ]
    return _found(a, b, SAME_SPOT, dated and near == STREET, reasons, _one_after_the_other(a, b))


def _with_people(a: Work, b: Work, law: WorkConflictLaw) -> ConflictFound | None:
    """Two activities for the same people in one place: on the same days, or near enough to be held together."""
    shared = sorted(a.groups & b.groups) if a.gathering and b.gathering else []
    near = nearness_of_people(a, b) if shared else ""
    dated = a.dated and b.dated
    if not near or (near == DISTRICT and not dated):
        return None
    names = [law.group(key).name for key in shared]
    th, en = ", ".join(name.th for name in names), ", ".join(name.en for name in names)
    reasons = [
        reason("same_group", f"กลุ่มเป้าหมายเดียวกัน: {th}", f"same people: {en}"),
        *_place_reasons(near, a, b),
    ]
    if dated and overlaps(a.span, b.span):
        options = (*_one_after_the_other(a, b), option("together"))
        return _found(a, b, SAME_GROUP, near == SUBDISTRICT, [*reasons, _overlap_reason(a, b)], options)
    apart = days_apart(a.span, b.span)
    if apart > law.share_days or (not dated and not overlaps(a.span, b.span)):
        return None
    last = (
        reason("days_apart", f"ห่างกัน {apart} วัน จัดร่วมกันได้", f"{apart} days apart: they could be held together")
        if dated
        else _dates_unknown(a, b)
    )
    return _found(a, b, COULD_SHARE, dated and near == SUBDISTRICT, [*reasons, last], (option("together"),))


def _begin_after(moved: Work, other: Work) -> Mapping[str, object]:
    """The earliest period of the moved work's length that begins when the other is over, as far as days are known."""
    start = other.ends_before if other.dated else None
    return option("begin_after", moved.id, start, start + _length(moved) if start and moved.dated else None)


def _finish_before(moved: Work, other: Work) -> Mapping[str, object]:
    """The latest period of the moved work's length that is over when the other begins, as far as days are known."""
    end = other.starts_on if other.dated else None
    return option("finish_before", moved.id, end - _length(moved) if end and moved.dated else None, end)


def _length(work: Work) -> dt.timedelta:
    return work.span[1] - work.span[0]


def _one_after_the_other(a: Work, b: Work) -> tuple[Mapping[str, object], ...]:
    return _begin_after(a, b), _begin_after(b, a)


def _found(
    a: Work, b: Work, kind: str, sure: bool, reasons: list[Reason], options: tuple[Mapping[str, object], ...]
) -> ConflictFound:
    return ConflictFound(a.id, b.id, kind, LIKELY if sure else POSSIBLE, tuple(reasons), options)


def _dates_unknown(a: Work, b: Work) -> Reason:
    years = " / ".join(str(year) for year in sorted({a.fiscal_year, b.fiscal_year}))
    whose = ("ของโครงการหนึ่ง", "of one of the two") if a.dated or b.dated else ("ของทั้งสองโครงการ", "of both")
    return reason(
        "dates_unknown",
        f"ยังไม่ทราบวันทำงาน{whose[0]} ทราบเพียงปีงบประมาณ {years}",
        f"the days of work {whose[1]} are not known, only fiscal year {years}",
    )


def _overlap_reason(a: Work, b: Work) -> Reason:
    shared = max(a.span[0], b.span[0]), min(a.span[1], b.span[1])
    said = when(shared)
    return reason("overlap", f"เวลาทับกัน {said.th}", f"the times overlap {said.en}")


def _place_reasons(near: str, a: Work, b: Work) -> list[Reason]:
    if near == STREET:
        names = sorted((a.streets & b.streets) | (a.roads & b.roads) | (a.sois & b.sois))
        return [reason("same_street", f"ถนนหรือซอยเดียวกัน: {', '.join(names)}", f"same street: {', '.join(names)}")]
    shared = sorted(a.moos & b.moos)
    if shared:
        said = ", ".join(str(moo) for moo in shared)
        return [reason("same_moo", f"หมู่ที่เดียวกัน: {said}", f"same moo: {said}")]
    if near == MOO:
        return [reason("same_village", "หมู่บ้านเดียวกัน", "same village")]
    if near == SUBDISTRICT:
        return [reason("same_subdistrict", "ตำบลเดียวกัน", "same subdistrict")]
    return [reason("same_district", "อำเภอเดียวกัน รายการหนึ่งไม่ระบุตำบล", "same district; one names no subdistrict")]
