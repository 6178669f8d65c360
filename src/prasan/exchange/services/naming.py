"""Finding or registering the bodies and places that one file names, each looked up once."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from prasan.accounts.models import User
from prasan.agencies import queries as body_queries
from prasan.agencies import services as agencies
from prasan.agencies.models import Body
from prasan.areas import queries as area_queries
from prasan.areas import services as areas
from prasan.areas.models import Area, AreaLevel, Tree
from prasan.exchange import rules
from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.services.locating import (
    PROVINCE_CODE_LENGTH,
    SUBDISTRICT_CODE_LENGTH,
    Gazetteer,
    locate,
    printed_place,
)

MINISTRY_WORDS = ("กระทรวง", "สำนักนายกรัฐมนตรี")
"""Other headings of budget papers in the ministry's column (องค์กรปกครองส่วนท้องถิ่น, …) are no bodies."""
_IN_PROVINCE = re.compile(r"ในเขต\s*(จังหวัด\S+)")


def province_named(gazetteer: Gazetteer, sheets: Sequence[Sheet]) -> str:
    """The one province that a file's heads name, else line จ. of the plan, else its rows; empty for none or several."""
    heads = (f"{rules.split_owner(sheet.owner_text)[1]} {sheet.place_text}".strip() for sheet in sheets)
    in_heads = {gazetteer.resolve(text).code[:PROVINCE_CODE_LENGTH] for text in heads if text}
    in_rows = {
        record.area_code[:PROVINCE_CODE_LENGTH]
        for sheet in sheets
        for record in sheet.records
        if not rules.is_matrix(sheet)  # a cluster is several provinces
    }
    lines = {line for sheet in sheets for record in sheet.records for line in record.alignment}
    in_lines = {
        gazetteer.resolve(said).code[:PROVINCE_CODE_LENGTH] for line in lines for said in _IN_PROVINCE.findall(line)
    }
    for found in (in_heads - {""}, in_lines - {""}, in_rows - {""}):
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


@dataclass(slots=True)
class Names:
    """What the file's names mean in the registers. One object serves one file."""

    gazetteer: Gazetteer
    province_code: str
    actor: User
    at: dt.datetime
    derived: dict[str, str] = field(default_factory=dict)  # LAOs whose place was told by their name alone
    _placed: set[tuple[str, str]] = field(default_factory=set)
    _bodies: dict[tuple[str, str], Body] = field(default_factory=dict)
    _provinces: dict[tuple[str, int | None], str] = field(default_factory=dict)
    _areas: dict[str, Area | None] = field(default_factory=dict)
    _subdistricts: dict[str, str] = field(default_factory=dict)

    def area(self, code: str) -> Area | None:
        """The area of a code, or None where the register has none."""
        if code not in self._areas:
            self._areas[code] = area_queries.area_by_code(code) if code else None
        return self._areas[code]

    def village_of(self, sheet: Sheet) -> Area | None:
        """The village named in the head of a forum's sheet; registered if the register lacks its number."""
        place = printed_place(self.gazetteer, sheet.place_text, self.province_code)
        if len(place.code) != SUBDISTRICT_CODE_LENGTH or len(place.moos) != 1:
            return None
        code = place.village_codes[0]
        if self._areas.get(code) is None:
            self._areas[code] = areas.find_or_register_village(
                subdistrict_code=place.code,
                moo=place.moos[0],
                name=place.village_name,
                actor=self.actor,
                at=self.at,
            )
        return self._areas[code]

    def committee_of(self, village: Area) -> Body:
        """The village committee (กม.) of a village."""
        key = ("กม.", village.code)
        if key not in self._bodies:
            self._bodies[key] = agencies.ensure_village_committee(area=village, actor=self.actor, at=self.at)
        return self._bodies[key]

    def body(self, name: str, *, within: str = "") -> Body:
        """The body of a printed name; registered if it is new. `within` is the code of a place that holds it.

        Raises what agencies refuses: no place to register it at, or two bodies of one name.
        """
        key = (name, within)
        if key not in self._bodies:
            self._bodies[key] = agencies.find_or_register_body(
                name=name,
                province_code=within[:PROVINCE_CODE_LENGTH] or self.province_code,
                area_code=within if len(within) > PROVINCE_CODE_LENGTH else None,
                actor=self.actor,
                at=self.at,
            )
        return self._bodies[key]

    def local_government(self, sheet: Sheet, name: str) -> Body:
        """The LAO of a plan's head, told apart from its namesakes (`locating.locate`)."""
        key = ("อปท.", f"{name} {sheet.owner_text} {sheet.place_text}")
        if key not in self._bodies:
            printed = f"{rules.split_owner(sheet.owner_text)[1]} {sheet.place_text}".strip()
            found = locate(self.gazetteer, name, printed=printed, province_code=self.province_code)
            if found.by_name:
                self.derived[name] = found.code
            self._bodies[key] = found.registered or self.body(name, within=found.code)
        return self._bodies[key]

    def province_of(self, sheet: Sheet, owner: Body | None = None) -> str:
        """The province in which a sheet's places are looked up: its head's, else its owner's, else the sender's."""
        key = (sheet.place_text, owner.pk if owner else None)
        if key not in self._provinces:
            said = printed_place(self.gazetteer, sheet.place_text, self.province_code) if sheet.place_text else None
            printed = said.code[:PROVINCE_CODE_LENGTH] if said is not None else ""
            owners = body_queries.province_code_of(owner) if owner is not None else ""
            self._provinces[key] = printed or owners or self.province_code
        return self._provinces[key]

    def agency(self, name: str, *, ministry: str, within: str) -> Body:
        """The agency of a row, put under the ministry printed beside it if the register names none yet."""
        body = self.body(name, within=within)
        if ministry.startswith(MINISTRY_WORDS) and (name, ministry) not in self._placed:
            self._placed.add((name, ministry))
            agencies.name_superior(body=body, superior=self.body(ministry), actor=self.actor, at=self.at)
        return body

    def asked(self, name: str, owner: Body) -> Body:
        """The body that another one asks: one of the same province, unless it is national."""
        return self.body(name, within=body_queries.province_code_of(owner))

    def place_of(self, record: Record, sheet: Sheet, owner: Body | None = None) -> Area | None:
        """Where a project lies: as its own place says, else in the owner's area, else in the sheet's province.

        One village number makes it that village, if the register has it. Nothing below a level with a problem.
        """
        province = self.province_of(sheet, owner)
        place = self.gazetteer.resolve(record.place_text, province_code=province or None)
        own = owner.area if owner is not None else None
        narrower = len(place.code) > PROVINCE_CODE_LENGTH
        found = (self.area(place.code) or self.area(province)) if narrower or own is None else own
        if found is None:
            return None
        return self._village_in(found, record.moos or place.moos) or found

    def place_in_matrix(self, record: Record, owner: Body) -> Area | None:
        """The province a row of the matrix names; a row that names none is the whole cluster's."""
        return self.area(self.gazetteer.resolve(record.place_text).code) or owner.area

    def _village_in(self, within: Area, moos: tuple[int, ...]) -> Area | None:
        code = within.code
        if within.level == AreaLevel.LAO_TERRITORY:
            code = self._only_subdistrict(within)
        if len(code) != SUBDISTRICT_CODE_LENGTH or not code.isdigit() or len(moos) != 1:
            return None
        return self.area(f"{code}{moos[0]:02d}")

    def _only_subdistrict(self, territory: Area) -> str:
        """The subdistrict that an LAO covers, where it covers just one: village numbers count within it."""
        if territory.code not in self._subdistricts:
            inside = area_queries.descendants_of(territory, AreaLevel.SUBDISTRICT, tree=Tree.LAO_TERRITORY)
            codes = list(inside.values_list("code", flat=True)[:2])
            self._subdistricts[territory.code] = codes[0] if len(codes) == 1 else ""
        return self._subdistricts[territory.code]

    def cluster(self, text: str) -> Body | None:
        """The cluster committee of the provinces named in a text, or the one province's office."""
        named = [
            (code, name) for code in sorted(set(self._province_codes(text))) if (name := self.gazetteer.name_of(code))
        ]
        if not named:
            return None
        if len(named) == 1:
            return self.body(f"จังหวัด{named[0][1]}", within=named[0][0])
        return self.body("กลุ่มจังหวัด" + " - ".join(name for _, name in named))

    def own_province(self) -> Body | None:
        """The province that sent the file, where whoever imports it said so."""
        name = self.gazetteer.name_of(self.province_code)
        return self.body(f"จังหวัด{name}", within=self.province_code) if name else None

    def _province_codes(self, text: str) -> list[str]:
        words = text.replace("กลุ่มจังหวัด", " ").replace("จังหวัด", " ").replace("-", " ").replace(",", " ")
        matches = (self.gazetteer.resolve(f"จังหวัด{word}") for word in words.split())
        return [m.code for m in matches if len(m.code) == PROVINCE_CODE_LENGTH and not m.problems]
