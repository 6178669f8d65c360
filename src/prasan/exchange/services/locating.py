"""Where a local government lies: as printed with it, else as the registers know it, else as its name tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prasan.agencies import queries as bodies
from prasan.agencies.models import Body
from prasan.common.text import clean, expand_abbreviations, search_key

_TAMBON_LAO = re.compile(r"^(?:องค์การบริหารส่วนตำบล|เทศบาลตำบล)\s*")
_CITY = re.compile(r"^เทศบาล(?:นคร|เมือง)\s*")
SUBDISTRICT_CODE_LENGTH, DISTRICT_CODE_LENGTH, PROVINCE_CODE_LENGTH = 6, 4, 2


class Problem(Protocol):
    """Why a level of a place is not certain."""

    @property
    def kind(self) -> str: ...


class Place(Protocol):
    """The area a text means, as deep as it is certain."""

    @property
    def code(self) -> str: ...
    @property
    def moos(self) -> tuple[int, ...]: ...
    @property
    def village_name(self) -> str: ...
    @property
    def village_codes(self) -> tuple[str, ...]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...


class Gazetteer(Protocol):
    """What naming needs of the register's gazetteer (`areas.queries.gazetteer`)."""

    def resolve(self, text: str, *, province_code: str | None = None) -> Place: ...

    def name_of(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Located:
    """Where a local government lies; `registered` is its body, `by_name` says that only its name told."""

    code: str = ""
    registered: Body | None = None
    by_name: bool = False


def printed_place(gazetteer: Gazetteer, text: str, province_code: str) -> Place:
    """The place a head prints, looked up in the province the file comes from, else in the whole country.

    A tambon alone is not looked up elsewhere: a slip in its name would move the file to another province.
    """
    near = gazetteer.resolve(text, province_code=province_code or None)
    if not province_code or not near.problems:
        return near
    wide = gazetteer.resolve(text)
    firm = wide.code and not wide.problems and any(problem.kind == "unknown_district" for problem in near.problems)
    return wide if firm else near


def locate(gazetteer: Gazetteer, name: str, *, printed: str, province_code: str) -> Located:
    """Where the LAO of a name lies. `printed` is the place beside it, `province_code` where the file comes from.

    In this order: the place printed; the only registered body of that name; the tambon or city of that name in the
    province; the only one of that name in the country. A registered body elsewhere does not stand for a tambon of
    the province whose own LAO the register does not have yet. Empty where none of them tells.
    """
    place = printed_place(gazetteer, printed, province_code) if printed else None
    if place is not None and place.code:
        return Located(place.code)
    full = expand_abbreviations(clean(name))
    local = bool(_TAMBON_LAO.match(full) or _CITY.match(full))
    registered = _only_one_named(full) if local or not province_code else None
    inside = _named_place(gazetteer, full, province_code) if province_code else ""
    if registered is not None:
        here = bodies.province_code_of(registered) == province_code
        if here or not inside or _has_another_lao(inside):
            return Located(registered=registered)
    if inside:
        return Located(inside)
    elsewhere = _named_place(gazetteer, full, "")
    return Located(elsewhere, by_name=bool(elsewhere))


def _only_one_named(name: str) -> Body | None:
    """The body of a name, where the register has just one in the whole country."""
    found = list(Body.objects.filter(name_key=search_key(name), valid_to=None).select_related("area")[:2])
    return found[0] if len(found) == 1 else None


def _has_another_lao(code: str) -> bool:
    return len(code) == SUBDISTRICT_CODE_LENGTH and bodies.covering(code).exists()


def _named_place(gazetteer: Gazetteer, name: str, province_code: str) -> str:
    """The one tambon an LAO is named after, within a province or the country; for a city of a province's name
    its capital district.

    Where a province has several, it is the province's code: the LAO lies in it, wherever exactly.
    """
    if city := _CITY.match(name):
        place = gazetteer.resolve(f"อำเภอเมือง จังหวัด{name[city.end() :]}")
        if len(place.code) == DISTRICT_CODE_LENGTH and not place.problems and place.code.startswith(province_code):
            return place.code
    lao = city or _TAMBON_LAO.match(name)
    if lao is None:
        return ""
    found = gazetteer.resolve(f"ตำบล{name[lao.end() :]}", province_code=province_code or None)
    if not found.problems:
        return found.code if len(found.code) == SUBDISTRICT_CODE_LENGTH else ""
    return province_code if any(problem.kind == "ambiguous_place" for problem in found.problems) else ""
