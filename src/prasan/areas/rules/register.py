"""The register as shipped: country, provinces, districts and subdistricts from geothai, abolished ones dated."""

import datetime as dt
from dataclasses import dataclass

import geothai
from geothai.abolished import abolished_areas

COUNTRY = "TH"
RANKS = {
    "COUNTRY": 0,
    "CLUSTER": 1,
    "PROVINCE": 2,
    "DISTRICT": 3,
    "LAO_TERRITORY": 4,
    "SUBDISTRICT": 5,
    "VILLAGE": 6,
    "COMMUNITY": 7,
}
"""Levels from the largest down; a link always goes from a smaller rank to a larger one, so no tree has a loop."""

FIRST_COMMUNITY_MOO = 50
"""DOPA numbers urban communities from 50 up, villages below."""

_LEVELS = {2: "PROVINCE", 4: "DISTRICT", 6: "SUBDISTRICT"}


@dataclass(frozen=True, slots=True)
class Place:
    """One area of the register and what it lies in."""

    code: str
    level: str
    name_th: str
    name_en: str
    parent_code: str
    valid_to: dt.date | None = None


def builtin_places(province_code: str | None = None) -> list[Place]:
    """Places in use and abolished ones, parents first; with a province code only the country and that province."""
    provinces = [p for p in geothai.provinces() if province_code in (None, p.code)]
    districts = [d for p in provinces for d in geothai.districts(p.code)]
    places = [Place(COUNTRY, "COUNTRY", "ประเทศไทย", "Thailand", "")]
    places += [Place(p.code, "PROVINCE", p.name_th, p.name_en, COUNTRY) for p in provinces]
    # geothai prints the districts of Bangkok with their word ("เขตพระนคร"), all others without.
    places += [
        Place(d.code, "DISTRICT", d.name_th.removeprefix("เขต"), d.name_en.removesuffix(" District"), d.code[:2])
        for d in districts
    ]
    places += [
        Place(s.code, "SUBDISTRICT", s.name_th, s.name_en, s.code[:4])
        for d in districts
        for s in geothai.subdistricts(d.code)
    ]
    places += [
        Place(
            a.code,
            _LEVELS[len(a.code)],
            a.name_th,
            a.name_en or "",
            a.code[:-2],
            dt.date.fromisoformat(a.abolished_on),
        )
        for a in abolished_areas()
        if province_code in (None, a.code[:2])
    ]
    return sorted(places, key=lambda place: (RANKS[place.level], place.code))


def level_of_moo(moo: int) -> str:
    """VILLAGE or COMMUNITY, by the number."""
    return "VILLAGE" if moo < FIRST_COMMUNITY_MOO else "COMMUNITY"


def village_name(moo: int, name: str) -> str:
    """The name as the register prints it: "บ้านร่องไฮ"; "หมู่ที่ 5" where nobody gave one."""
    if not name:
        return f"หมู่ที่ {moo}"
    return name if name.startswith(("บ้าน", "ชุมชน", "หมู่บ้าน")) or level_of_moo(moo) == "COMMUNITY" else f"บ้าน{name}"
