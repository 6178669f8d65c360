"""Which area of the register a printed place text means, and what is wrong with it; nothing is ever guessed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import geothai
from geothai.abolished import abolished_areas
from rapidfuzz import fuzz, process

from prasan.areas.rules.mentions import Mention, Mentions, find_mentions
from prasan.common.text import search_key

ProblemKind = Literal[
    "unknown_subdistrict",
    "subdistrict_not_in_district",
    "unknown_district",
    "unknown_province_spelling",
    "unknown_province",
    "ambiguous_place",
]
LEVEL_OF_LENGTH = {0: "", 2: "PROVINCE", 4: "DISTRICT", 6: "SUBDISTRICT"}
_CUT_OFF = 75.0  # per cent of letters alike (rapidfuzz ratio); "บัวชาว" and "บัวขาว" are 83 alike
_PROVINCE_ALIASES = {"กทม": "10", "กรุงเทพ": "10", "กรุงเทพฯ": "10", "อยุธยา": "14"}
_BANGKOK = "10"
_CAPITAL = search_key("เมือง")
_TAIL = re.compile(r"(?<=..)(?:จำนวน|ระยะทาง|ขนาด|กว้าง|ปริมาณงาน|พร้อม).*$")
_NOT_A_NAME = re.compile(r"^(?:และ|หรือ|ที่|ใน|ต่าง|ละ|ทุก|ของ|นี้|อื่น|ดังกล่าว|เดียว|ภาค)")
_CACHE_LIMIT = 200_000


class Abolished(NamedTuple):
    """An area that DOPA abolished, and the codes in use today for it."""

    code: str
    name: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    """Why a level of the place could not be settled. A suggestion is for a person to confirm."""

    kind: ProblemKind
    value: str
    suggestion_code: str = ""
    suggestion_name: str = ""


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """Something to know about a settled place: `value` was abolished; `code` and `name` are its successor."""

    kind: Literal["abolished_area"]
    value: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The place of a text. `code` is a DOPA code of 0, 2, 4 or 6 digits; the villages are in `moos`.

    `codes` holds every area named where a text names several; then `code` is what they have in common.
    """

    code: str
    level: str
    moos: tuple[int, ...] = ()
    village_name: str = ""
    problems: tuple[PlaceProblem, ...] = ()
    codes: tuple[str, ...] = ()
    notes: tuple[PlaceNote, ...] = ()

    @property
    def village_codes(self) -> tuple[str, ...]:
        """DOPA codes of the villages named, when the one subdistrict is known."""
        return tuple(f"{self.code}{moo:02d}" for moo in self.moos) if len(self.code) == 6 else ()


class _Stop(Exception):
    """A level could not be settled: the code stops above it."""

    def __init__(self, code: str, problem: PlaceProblem) -> None:
        self.code = code
        self.problem = problem


class Gazetteer:
    """Names of the register by level and parent, for hundreds of thousands of look-ups."""

    def __init__(
        self,
        rows: Iterable[tuple[str, str]],
        abolished: Iterable[Abolished] = (),
        villages_of: Callable[[str], Mapping[str, int]] | None = None,
    ) -> None:
        """`rows` are (code of 2, 4 or 6 digits, Thai name); `villages_of` gives name key → moo of a subdistrict."""
        self._names: dict[str, str] = {}
        self._within: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._villages_of = villages_of
        self._villages: dict[str, Mapping[str, int]] = {}
        self._cache: dict[tuple[str, str | None], PlaceMatch] = {}
        for code, name in rows:
            if len(code) not in (2, 4, 6):
                continue
            self._names[code] = name
            for key in _keys(name):
                for scope in _scopes(code):
                    self._within[scope][key].append(code)
        self._gone: dict[str, dict[str, list[Abolished]]] = defaultdict(lambda: defaultdict(list))
        for area in abolished:
            for key in _keys(area.name):
                self._gone[area.code[:-2]][key].append(area)

    @classmethod
    def from_geothai(cls) -> "Gazetteer":
        """The gazetteer of geothai's register (DOPA codes), without villages."""
        return cls(geothai_rows(), geothai_abolished())

    def name_of(self, code: str) -> str:
        """The Thai name of a province, district or subdistrict; empty for a code that is not in use."""
        return self._names.get(code, "")

    def resolve(self, text: str, *, province_code: str | None = None) -> PlaceMatch:
        """The place a text means. `province_code` is the province where the text names none."""
        key = (text, province_code)
        match = self._cache.get(key)
        if match is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            match = self._cache[key] = self._resolve(find_mentions(text), province_code)
        return match

    def _resolve(self, said: Mentions, province_code: str | None) -> PlaceMatch:
        notes: list[PlaceNote] = []
        problems: tuple[PlaceProblem, ...] = ()
        try:
            codes = self._settle(said, province_code or "", notes)
        except _Stop as stop:
            codes, problems = [stop.code], (stop.problem,)
        code = _common(codes)
        moos = said.moos
        if not moos and said.village_name and len(code) == 6:
            moo = self._villages_in(code).get(search_key(said.village_name))
            moos = (moo,) if moo else ()
        return PlaceMatch(
            code=code,
            level=LEVEL_OF_LENGTH[len(code)],
            moos=moos,
            village_name=said.village_name,
            problems=problems,
            codes=tuple(codes) if len(codes) > 1 else (),
            notes=tuple(notes),
        )

    def _settle(self, said: Mentions, context: str, notes: list[PlaceNote]) -> list[str]:
        if said.bare:
            return self._settle_bare(said.bare, context)
        provinces = self._provinces(said.provinces)
        printed = provinces[0] if provinces else ""
        if len(provinces) > 1 and not said.districts and not said.subdistricts:
            return provinces
        districts = self._districts(said.districts, printed, context, notes)
        if districts and (len(districts) > 1 or not said.subdistricts):
            return districts
        within = districts[0] if districts else printed
        return self._subdistricts(said, within, context, notes) or districts or provinces or [""]

    def _provinces(self, mentions: tuple[Mention, ...]) -> list[str]:
        found: list[str] = []
        for mention in mentions:
            codes = self._find("", mention)
            alias = _PROVINCE_ALIASES.get(search_key(mention.name))
            if codes or alias:
                found.append(codes[0] if codes else str(alias))
            elif mention.firm and not _NOT_A_NAME.match(mention.name):
                code, name = self._suggest("", 2, mention.name)
                kind: ProblemKind = "unknown_province_spelling" if code else "unknown_province"
                raise _Stop("", PlaceProblem(kind, mention.printed, code, name))
        return list(dict.fromkeys(found))

    def _districts(
        self, mentions: tuple[Mention, ...], printed: str, context: str, notes: list[PlaceNote]
    ) -> list[str]:
        found: list[str] = []
        within = printed or context
        for mention in mentions:
            codes = self._find_district(within, mention)
            if not codes and within:
                codes = self._successors(within, mention, notes)
            if len(codes) == 1:
                found += codes
            elif len(codes) > 1:
                raise _Stop(within, PlaceProblem("ambiguous_place", mention.printed))
            elif (mention.firm or within == _BANGKOK) and not _NOT_A_NAME.match(mention.name):
                code, name = self._suggest(within, 4, mention.name)
                raise _Stop(within, PlaceProblem("unknown_district", mention.printed, code, name))
        return list(dict.fromkeys(found))

    def _find_district(self, within: str, mention: Mention) -> list[str]:
        if search_key(mention.name) == _CAPITAL:
            capital = f"{within}01"
            if not within:
                return ["?", "?"] if mention.firm else []  # every province has one
            return [capital] if capital in self._names and within != _BANGKOK else []
        return self._find(within, mention, level=4)

    def _subdistricts(self, said: Mentions, within: str, context: str, notes: list[PlaceNote]) -> list[str]:
        found: list[str] = []
        firm = any(mention.firm for mention in said.subdistricts)
        for mention in said.subdistricts:
            if firm and not mention.firm and not mention.continues:
                continue  # the name of an office ("รพ.สต.") beside the place itself
            codes = self._find(within or context, mention, level=6)
            codes = codes or self._successors(within, mention, notes)
            if len(codes) == 1:
                found += codes
            elif mention.firm and (codes or not _NOT_A_NAME.match(mention.name)):
                raise _Stop(within or context, self._subdistrict_problem(codes, within or context, mention, said))
        return list(dict.fromkeys(found))

    def _subdistrict_problem(self, codes: list[str], within: str, mention: Mention, said: Mentions) -> PlaceProblem:
        if codes:
            return PlaceProblem("ambiguous_place", mention.printed)
        if len(within) == 4:
            elsewhere = self._find(within[:2], mention, level=6)
            if elsewhere:
                only = elsewhere[0] if len(elsewhere) == 1 else ""
                value = f"{mention.printed} {said.districts[0].printed}" if said.districts else mention.printed
                return PlaceProblem("subdistrict_not_in_district", value, only, self.name_of(only))
        code, name = self._suggest(within, 6, mention.name) if within else ("", "")
        return PlaceProblem("unknown_subdistrict", mention.printed, code, name)

    def _successors(self, within: str, mention: Mention, notes: list[PlaceNote]) -> list[str]:
        gone = self._gone.get(within, {}).get(search_key(mention.name), [])
        codes = sorted({code for area in gone for code in area.successors if code in self._names})
        if len(codes) == 1:
            notes.append(PlaceNote("abolished_area", mention.printed, codes[0], self.name_of(codes[0])))
        return codes

    def _settle_bare(self, words: tuple[str, ...], context: str) -> list[str]:
        """Names alone, e.g. "บัวขาว กุฉินารายณ์ กาฬสินธุ์": settled only when every word fits, largest last."""
        within = ""
        for depth, word in enumerate(reversed(words)):
            mention = Mention(word, word, firm=False)
            alias = _PROVINCE_ALIASES.get(search_key(word))
            codes = [] if within else [alias] if alias else self._find("", mention)
            scope = within or context
            if not codes and len(scope) == 2:
                codes = self._find_district(scope, mention)
            if not codes and scope:
                codes = self._find(scope, mention, level=6)
            if len(codes) != 1 or depth > 2:
                return [""]
            within = codes[0]
        return [within]

    def _find(self, within: str, mention: Mention, level: int | None = None) -> list[str]:
        length = level or 2
        names = self._within.get(within, {})
        for name in (mention.name, _TAIL.sub("", mention.name)):
            codes = [code for code in names.get(search_key(name), ()) if len(code) == length]
            if codes:
                return codes
        return []

    def _suggest(self, within: str, length: int, name: str) -> tuple[str, str]:
        """The one name most like it within a province or district; nothing when two are as good."""
        choices = {codes[0]: key for key, codes in self._within.get(within, {}).items() if len(codes[0]) == length}
        best = process.extract(search_key(name), choices, scorer=fuzz.ratio, score_cutoff=_CUT_OFF, limit=2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return "", ""
        return best[0][2], self._names[best[0][2]]

    def _villages_in(self, code: str) -> Mapping[str, int]:
        if self._villages_of is None:
            return {}
        if code not in self._villages:
            self._villages[code] = self._villages_of(code)
        return self._villages[code]


def geothai_rows() -> list[tuple[str, str]]:
    """(code, Thai name) of the 77 provinces, 928 districts and 7,436 subdistricts in use."""
    rows = [(province.code, province.name_th) for province in geothai.provinces()]
    districts = [d for code, _ in rows for d in geothai.districts(code)]
    # geothai prints the districts of Bangkok with their word ("เขตพระนคร"), all others without.
    rows += [(district.code, district.name_th.removeprefix("เขต")) for district in districts]
    rows += [(s.code, s.name_th) for d in districts for s in geothai.subdistricts(d.code)]
    return rows


def geothai_abolished() -> list[Abolished]:
    """The districts and subdistricts DOPA abolished, with the codes in use today."""
    return [Abolished(a.code, a.name_th, a.successors) for a in abolished_areas()]


def _keys(name: str) -> set[str]:
    """Keys a name is found by: as printed, and each part of "ปอภาร (ปอพาน)"."""
    parts = [name, *re.split(r"[()]", name)]
    return {key for key in map(search_key, parts) if key}


def _scopes(code: str) -> list[str]:
    """Where a name is looked up: in the parent, in the province, in the country."""
    return list(dict.fromkeys([code[:-2], code[:2] if len(code) > 2 else "", ""]))


def _common(codes: list[str]) -> str:
    """The smallest area that holds all the codes."""
    first = codes[0]
    while any(not code.startswith(first) for code in codes):
        first = first[:-2]
    return first
