"""Steps 7 and 8: the lead that is suggested, the order of works, and what integration is expected to give."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEAD_RULE = "afp-lead-1"
RESULT_RULE = "afp-result-1"
"""people = of problems with a project; money = the lesser amount of each duplicate merged; days = its working days."""

SOURCES: dict[str, str] = {
    **dict.fromkeys(("SAO", "MUNICIPALITY", "PAO", "SPECIAL_LAO", "VILLAGE_COMMITTEE"), "local"),
    **dict.fromkeys(("PROVINCE", "PROVINCIAL_COMMITTEE", "DISTRICT", "DISTRICT_COMMITTEE"), "regional"),
    **dict.fromkeys(("DEPARTMENT", "MINISTRY", "PROVINCIAL_OFFICE"), "central"),
}
"""Whose budget a body's projects are paid from; whoever is missing counts as other."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A duplicate that was merged: what the two asked, and when the one that went was to be built."""

    first_satang: int | None
    second_satang: int | None
    starts_on: dt.date | None = None
    ends_before: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the formula gives; None where nothing is known to count."""

    people: int | None
    saved_satang: int
    saved_days: int


def source_of(kind: str) -> str:
    """central, regional, local or other: the source of a body's money."""
    return SOURCES.get(kind, "other")


def suggested_lead(satang: Mapping[int, int], projects: Mapping[int, int]) -> int | None:
    """The agency with most projects in a group, of equals the one with most money, then the one registered first."""
    return min(projects, key=lambda body: (-projects[body], -satang.get(body, 0), body), default=None)


def expected(people: Iterable[int | None], merged: Sequence[Merged]) -> Expected:
    """What a group is expected to give: who is served, what is not paid twice, which days are not worked twice."""
    counted = [one for one in people if one is not None]
    saved = sum(min(one.first_satang, one.second_satang) for one in merged
                if one.first_satang is not None and one.second_satang is not None)  # fmt: skip
    days = sum((one.ends_before - one.starts_on).days for one in merged if one.starts_on and one.ends_before)
    return Expected(sum(counted) if counted else None, saved, days)


BEFORE: tuple[tuple[str, str], ...] = (("water_supply", "road"), ("drain", "road"), ("revetment", "road"))
"""What is laid under or beside a road comes before its surface."""


@dataclass(frozen=True, slots=True)
class Work:
    """A project as the order of works sees it."""

    pk: int
    area: int | None
    family: str
    starts_on: dt.date | None
    ends_before: dt.date | None


def order_conflicts(works: Sequence[Work]) -> tuple[tuple[int, int], ...]:
    """(first, second) at one place where the first is not known to be over when the second begins."""
    wanted = set(BEFORE)
    found = []
    for a in works:
        for b in works:
            here = a.area is not None and a.area == b.area and (a.family, b.family) in wanted
            if here and (a.ends_before is None or b.starts_on is None or a.ends_before > b.starts_on):
                found.append((a.pk, b.pk))
    return tuple(sorted(found))
