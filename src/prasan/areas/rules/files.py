"""Register files: which one a file is by its header, and what one row of it says or why it does not fit."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from prasan.areas.rules.register import COUNTRY, level_of_moo
from prasan.common.dates import UnreadableDate, parse_date
from prasan.common.tables import Row, Table

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("รหัส", "รหัสพื้นที่", "รหัสหมู่บ้าน", "รหัสเขตการปกครอง"),
    "parent_code": ("รหัสพื้นที่แม่", "รหัสพื้นที่ที่สังกัด"),
    "level": ("ระดับ",),
    "kind": ("ประเภท",),
    "name_th": ("ชื่อ", "ชื่อไทย", "ชื่อภาษาไทย", "ชื่อหมู่บ้าน", "name"),
    "name_en": ("ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ"),
    "moo": ("หมู่ที่", "หมู่"),
    "subdistrict_code": ("รหัสตำบล",),
    "district_code": ("รหัสอำเภอ",),
    "province_code": ("รหัสจังหวัด",),
    "lat": ("latitude", "ละติจูด"),
    "lng": ("lon", "longitude", "ลองจิจูด"),
    "coord_suspect": (),
    "valid_from": ("ใช้ตั้งแต่วันที่", "วันที่มีผล"),
    "valid_to": ("ใช้ถึงวันที่", "วันที่สิ้นสุด"),
    "cluster_code": ("รหัสกลุ่มจังหวัด",),
    "cluster_name_th": ("กลุ่มจังหวัด", "ชื่อกลุ่มจังหวัด"),
    "lao_code": ("รหัส อปท.",),
    "lao_type": ("ประเภท อปท.",),
    "coverage": ("การครอบคลุม",),
}
"""Canonical column → other header words it is known by."""

_SIGNATURES = (
    ("coverage", {"lao_code", "subdistrict_code", "coverage"}),
    ("territories", {"lao_code", "lao_type", "province_code"}),
    ("clusters", {"cluster_code", "province_code"}),
    ("villages", {"subdistrict_code", "moo", "code"}),
    ("areas", {"code", "parent_code", "name_th"}),
)
ORDER = ("areas", "villages", "clusters", "territories", "coverage", "boundaries")
"""Kinds of files in the order they build on each other."""

_LEVELS = {2: "PROVINCE", 4: "DISTRICT", 6: "SUBDISTRICT", 8: "VILLAGE"}
_SOUTH, _NORTH, _WEST, _EAST = 5.0, 21.0, 97.0, 106.0  # degrees; Thailand lies within
_FIRST_YEAR, _LAST_YEAR = 2400, 2600  # B.E.; areas were founded long before any plan


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of a register file that does not fit; `refused` says whether the row was left out."""

    row: int | None
    column: str
    kind: str
    message_th: str
    message_en: str
    refused: bool = True


class Misfit(Exception):
    """This row does not fit, for one reason."""

    def __init__(self, column: str, kind: str, message_th: str, message_en: str, *, refused: bool = True) -> None:
        super().__init__(kind)
        self.column, self.kind, self.refused = column, kind, refused
        self.message_th, self.message_en = message_th, message_en

    def at(self, row: int) -> Finding:
        """The finding at a row of the file."""
        return Finding(row, self.column, self.kind, self.message_th, self.message_en, self.refused)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """What a row says about an area; None and "" mean that it says nothing."""

    number: int
    code: str
    level: str
    name_th: str = ""
    name_en: str = ""
    moo: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: Finding | None = None  # something left out of the row, which is loaded all the same


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What a row says about a link. `only` means the child has one parent at a time in the tree."""

    number: int
    tree: str
    parent_code: str
    child_code: str
    only: bool = True
    whole: bool = True
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(slots=True)
class Parsed:
    """A whole file: areas and links to be, findings, how many rows it has."""

    kind: str
    rows: int
    areas: list[AreaRow] = field(default_factory=list)
    links: list[LinkRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def kind_of_table(table: Table) -> str:
    """areas, villages, clusters, territories, coverage; empty for a table that is none of these."""
    return next((kind for kind, columns in _SIGNATURES if columns <= set(table.columns)), "")


def parse(table: Table, levels: Mapping[str, str]) -> Parsed:
    """Read a register table. `levels` gives the level of every area the register has, by code."""
    kind = kind_of_table(table)
    read = _READERS[kind]
    known = dict(levels)
    seen: dict[str, int] = {}
    parsed = Parsed(kind, len(table.rows))
    rows = sorted(table.rows, key=_by_length) if kind == "areas" else table.rows
    for row in rows:
        try:
            areas, links = read(row, known)
            key = _key_of(row, kind)
            if key in seen:
                raise Misfit(
                    _KEY_COLUMN[kind],
                    "duplicate_row",
                    f"“{key}” ซ้ำกับแถวที่ {seen[key]}",
                    f"“{key}” stands in row {seen[key]} already.",
                )
            seen[key] = row.number
        except Misfit as misfit:
            parsed.findings.append(misfit.at(row.number))
            continue
        parsed.areas += areas
        parsed.findings += [area.note for area in areas if area.note]
        parsed.links += links
        known.update((area.code, area.level) for area in areas)
    parsed.findings.sort(key=lambda finding: finding.row or 0)
    parsed.areas = list({area.code: area for area in parsed.areas}.values())
    return parsed


Read = tuple[list[AreaRow], list[LinkRow]]


def _area(row: Row, known: Mapping[str, str]) -> Read:
    code = row.number_text("code")
    if row.text("level") == "region":
        raise Misfit("level", "not_in_register", "ทะเบียนไม่มีระดับภาค", "The register has no regions.", refused=False)
    level = _LEVELS.get(len(code), "") if code.isdigit() else ""
    if not level:
        raise _bad_code(code, "2, 4, 6 หรือ 8", "2, 4, 6 or 8")
    if level == "VILLAGE":
        level = level_of_moo(int(code[6:]))
    parent = COUNTRY if len(code) == 2 else row.number_text("parent_code")
    if len(code) > 2 and parent != code[: len(parent)]:
        raise Misfit(
            "parent_code",
            "parent_not_in_code",
            f"รหัส {code} ไม่ได้ขึ้นต้นด้วยรหัสพื้นที่แม่ {parent}",
            f"The code {code} does not begin with its parent's, {parent}.",
        )
    _known_parent(parent, "parent_code", known)
    area = _described(row, code, level)
    if len(code) == 8:
        area = replace(area, moo=int(code[6:]))
    return [area], [_link(area, "ADMINISTRATIVE", parent)]


def _village(row: Row, known: Mapping[str, str]) -> Read:
    code, parent, moo = row.number_text("code"), row.number_text("subdistrict_code"), row.number_text("moo")
    if len(code) != 8 or not code.isdigit():
        raise _bad_code(code, "8", "8")
    if not moo.isdigit() or code != f"{parent}{int(moo):02d}":
        raise Misfit(
            "moo",
            "moo_mismatch",
            f"รหัส {code} ไม่ตรงกับตำบล {parent} หมู่ที่ {moo}",
            f"The code {code} is not subdistrict {parent}, moo {moo}.",
        )
    _known_parent(parent, "subdistrict_code", known, "SUBDISTRICT")
    level = {"village": "VILLAGE", "community": "COMMUNITY"}.get(row.text("kind"), level_of_moo(int(moo)))
    area = replace(_described(row, code, level), moo=int(moo))
    return [area], [_link(area, "ADMINISTRATIVE", parent)]


def _cluster(row: Row, known: Mapping[str, str]) -> Read:
    code, province = row.text("cluster_code"), row.number_text("province_code")
    if not code or code.isdigit():
        raise _bad_code(code, "ขึ้นต้นด้วยตัวอักษร", "a letter first")
    _known_parent(province, "province_code", known, "PROVINCE")
    area = AreaRow(row.number, code, "CLUSTER", row.text("cluster_name_th") or code)
    country = LinkRow(row.number, "CLUSTER", COUNTRY, code)
    return [area], [country, LinkRow(row.number, "CLUSTER", code, province)]


def _territory(row: Row, known: Mapping[str, str]) -> Read:
    code = row.text("lao_code")
    parent = row.number_text("district_code") or row.number_text("province_code")
    if not code:
        raise _bad_code(code, "รหัส อปท.", "the LAO's")
    _known_parent(parent, "district_code" if row.text("district_code") else "province_code", known)
    if is_whole_province(row):
        return [], []
    area = _described(row, territory_code(code), "LAO_TERRITORY")
    return [area], [_link(area, "LAO_TERRITORY", parent)]


def _coverage(row: Row, known: Mapping[str, str]) -> Read:
    territory, subdistrict = territory_code(row.text("lao_code")), row.number_text("subdistrict_code")
    _known_parent(territory, "lao_code", known)
    _known_parent(subdistrict, "subdistrict_code", known, "SUBDISTRICT")
    extent = row.text("coverage").lower()
    if extent not in {"completely", "partially", "ทั้งหมด", "บางส่วน"}:
        raise Misfit(
            "coverage",
            "unknown_coverage",
            f"การครอบคลุม “{extent}” ต้องเป็น ทั้งหมด หรือ บางส่วน",
            f"Coverage “{extent}” is neither completely nor partially.",
        )
    whole = extent in {"completely", "ทั้งหมด"}
    return [], [LinkRow(row.number, "LAO_TERRITORY", territory, subdistrict, only=False, whole=whole)]


_READERS: dict[str, Callable[[Row, Mapping[str, str]], Read]] = {
    "areas": _area,
    "villages": _village,
    "clusters": _cluster,
    "territories": _territory,
    "coverage": _coverage,
}
_KEY_COLUMN = {
    "areas": "code",
    "villages": "code",
    "clusters": "province_code",
    "territories": "lao_code",
    "coverage": "subdistrict_code",
}


def territory_code(lao_code: str) -> str:
    """Our code of the territory of a local government."""
    return f"LAO-{lao_code}"


def is_whole_province(row: Row) -> bool:
    """A PAO's territory and Bangkok's is the province itself, so they need no area of their own."""
    return row.text("lao_type") == "PAO" or (
        row.text("lao_type") == "Special" and row.number_text("province_code") == "10"
    )


def _key_of(row: Row, kind: str) -> str:
    key = row.text(_KEY_COLUMN[kind])
    return f"{row.text('lao_code')} {key}" if kind == "coverage" else key


def _by_length(row: Row) -> tuple[int, int]:
    """Provinces before districts before subdistricts, so that parents are known first."""
    return len(row.text("code")), row.number


def _described(row: Row, code: str, level: str) -> AreaRow:
    name = row.text("name_th")
    if not name:
        raise Misfit("name_th", "missing_name", f"รหัส {code} ไม่มีชื่อ", f"{code} has no name.")
    if len(name) > 150:
        raise Misfit("name_th", "name_too_long", "ชื่อยาวเกิน 150 ตัวอักษร", "The name has more than 150 letters.")
    latitude, longitude = _point(row)
    note = None
    if not _is_in_thailand(latitude, longitude):
        latitude, longitude, note = None, None, _outside(row)
    begins, ends = _date(row, "valid_from"), _date(row, "valid_to")
    if begins and ends and begins >= ends:
        raise Misfit("valid_to", "ends_before_it_begins", "วันที่สิ้นสุดต้องหลังวันที่มีผล", "It must end after it begins.")
    return AreaRow(row.number, code, level, name, row.text("name_en"), None, latitude, longitude, begins, ends, note)


def _link(area: AreaRow, tree: str, parent: str) -> LinkRow:
    return LinkRow(area.number, tree, parent, area.code, valid_from=area.valid_from, valid_to=area.valid_to)


def _point(row: Row) -> tuple[float | None, float | None]:
    """The point in degrees; none where the file itself marks it as suspect (`coord_suspect`)."""
    texts = row.number_text("lat"), row.number_text("lng")
    if not all(texts) or row.text("coord_suspect") == "1":
        return None, None
    try:
        return float(texts[0]), float(texts[1])
    except ValueError:
        return 0.0, 0.0


def _is_in_thailand(latitude: float | None, longitude: float | None) -> bool:
    return latitude is None or longitude is None or (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST)


def _outside(row: Row) -> Finding:
    printed = f"{row.text('lat')}, {row.text('lng')}"
    return Finding(
        row.number,
        "lat",
        "point_outside_thailand",
        f"พิกัด {printed} อยู่นอกประเทศไทย จึงไม่ได้บันทึกพิกัด",
        f"The point {printed} is outside Thailand; it was left out.",
        refused=False,
    )


def _date(row: Row, column: str) -> dt.date | None:
    value = row.raw(column)
    if value is None or not str(value).strip():
        return None
    try:
        return parse_date(value, first_year=_FIRST_YEAR, last_year=_LAST_YEAR)
    except UnreadableDate as unreadable:
        raise Misfit(column, unreadable.code, unreadable.message_th, unreadable.message_en) from unreadable


def _bad_code(code: str, wanted_th: str, wanted_en: str) -> Misfit:
    return Misfit(
        "code", "bad_code", f"รหัส “{code}” ไม่ถูกต้อง ({wanted_th} หลัก)", f"“{code}” is no code ({wanted_en} digits)."
    )


def _known_parent(code: str, column: str, known: Mapping[str, str], level: str = "") -> None:
    if code not in known or (level and known[code] != level):
        raise Misfit(column, "unknown_parent", f"ไม่พบพื้นที่รหัส “{code}” ในทะเบียน", f"The register has no area “{code}”.")
