"""Pure decisions about bodies: what kind a printed name is, how it is compared, which code it gets."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from prasan.common.text import clean, expand_abbreviations, search_key

_KINDS: tuple[tuple[str, str], ...] = (
    ("องค์การบริหารส่วนตำบล", "SAO"),
    ("องค์การบริหารส่วนจังหวัด", "PAO"),
    ("เทศบาล", "MUNICIPALITY"),
    ("เมืองพัทยา", "SPECIAL_LAO"),
    ("กรุงเทพมหานคร", "SPECIAL_LAO"),
    ("คณะกรรมการหมู่บ้าน", "VILLAGE_COMMITTEE"),
    ("คณะกรรมการบริหารงานอำเภอ", "DISTRICT_COMMITTEE"),
    ("คณะกรรมการบริหารงานจังหวัด", "PROVINCIAL_COMMITTEE"),
    ("คณะกรรมการบริหารงานกลุ่มจังหวัด", "CLUSTER_COMMITTEE"),
    ("คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ", "DISTRICT_LOCAL_PLAN_COMMITTEE"),
    ("คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับจังหวัด", "PROVINCIAL_LOCAL_PLAN_COMMITTEE"),
    ("กระทรวง", "MINISTRY"),
    ("สำนักนายกรัฐมนตรี", "MINISTRY"),
    ("กลุ่มจังหวัด", "CLUSTER_COMMITTEE"),
    ("ที่ว่าการอำเภอ", "DISTRICT"),
    ("อำเภอ", "DISTRICT"),
    ("จังหวัด", "PROVINCE"),
)
_PROVINCIAL = re.compile(r"(?:จังหวัด|อำเภอ|สาขา|เขต\s*\d)")
_CENTRAL = re.compile(
    r"^(?:กรม|สำนักงานปลัด|สำนักงานคณะกรรมการ|สำนักงานตำรวจแห่งชาติ|สำนักงบประมาณ|สำนักงานสภา|สำนักงานสถิติ"
    r"|มหาวิทยาลัย|สถาบัน|กองทัพ|กองบัญชาการ|การไฟฟ้า|การประปา|การทาง|การรถไฟ|การเคหะ|การยาง|การท่องเที่ยว|การกีฬา)"
)
_UNIT_OF_BUDGET = re.compile(r"^.*ในพื้นที่จังหวัด\S+\s+(?=\S)")  # "เทศบาลเมืองในพื้นที่จังหวัดกาฬสินธุ์ เทศบาลเมืองกาฬสินธุ์"
_PLACE_BEHIND = re.compile(r"(?<=\S)\s+(?:หมู่ที่|ตำบล|อำเภอ|จังหวัด|เขต|แขวง).*$")
_MUNICIPALITY = re.compile(r"^เทศบาล(?:ตำบล|เมือง|นคร)?")

ONE_OF_EACH = frozenset(
    {
        "PAO",
        "PROVINCE",
        "PROVINCIAL_COMMITTEE",
        "PROVINCIAL_LOCAL_PLAN_COMMITTEE",
        "DISTRICT",
        "DISTRICT_COMMITTEE",
        "DISTRICT_LOCAL_PLAN_COMMITTEE",
        "VILLAGE_COMMITTEE",
    }
)
"""Kinds of which a place has one: found by the place, however the name is printed."""

NATIONAL = frozenset({"MINISTRY", "DEPARTMENT"})
"""Kinds that are the same body in every province."""

_PREFIXES = {
    "PROVINCE": "PROV",
    "PROVINCIAL_COMMITTEE": "GBJ",
    "PROVINCIAL_LOCAL_PLAN_COMMITTEE": "PLPC",
    "PAO": "PAO",
    "DISTRICT": "DIST",
    "DISTRICT_COMMITTEE": "GBO",
    "DISTRICT_LOCAL_PLAN_COMMITTEE": "DLPC",
    "VILLAGE_COMMITTEE": "KM",
    "SAO": "SAO",
    "MUNICIPALITY": "MUN",
    "CLUSTER_COMMITTEE": "GBK",
    "SPECIAL_LAO": "SP",
    "MINISTRY": "MIN",
    "DEPARTMENT": "DEP",
    "PROVINCIAL_OFFICE": "OFF",
    "OTHER": "ORG",
}
_FORMAL = {
    "PROVINCE": ("จังหวัด{place}", "{place} Province", ""),
    "PROVINCIAL_COMMITTEE": (
        "คณะกรรมการบริหารงานจังหวัดแบบบูรณาการจังหวัด{place}",
        "Provincial Integrated Administration Committee of {place}",
        "ก.บ.จ.",
    ),
    "PROVINCIAL_LOCAL_PLAN_COMMITTEE": (
        "คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับจังหวัด จังหวัด{place}",
        "Provincial Local Development Plan Coordination Committee of {place}",
        "",
    ),
    "PAO": (
        "องค์การบริหารส่วนจังหวัด{place}",
        "{place} Provincial Administrative Organization",
        "อบจ.{place}",
    ),
    "DISTRICT": ("อำเภอ{place}", "{place} District", "อ.{place}"),
    "DISTRICT_COMMITTEE": (
        "คณะกรรมการบริหารงานอำเภอ{place}",
        "District Administration Committee of {place}",
        "กบอ.",
    ),
    "DISTRICT_LOCAL_PLAN_COMMITTEE": (
        "คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ อำเภอ{place}",
        "District Local Development Plan Coordination Committee of {place}",
        "",
    ),
    "VILLAGE_COMMITTEE": ("คณะกรรมการหมู่บ้าน{place}", "Village Committee of {place}", "กม."),
}


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A body's name taken apart: the full name without the place behind it, and that place."""

    name: str
    place: str
    kind: str


@lru_cache(maxsize=65536)
def read_name(printed: str) -> PrintedName:
    """อบต.แม่ใส อ.เมืองพะเยา → องค์การบริหารส่วนตำบลแม่ใส · อำเภอเมืองพะเยา · SAO."""
    text = _UNIT_OF_BUDGET.sub("", _spelt_out(clean(printed)))
    kind = kind_of(text)
    behind = _PLACE_BEHIND.search(text)
    if behind and kind in {"SAO", "MUNICIPALITY", "VILLAGE_COMMITTEE"} | NATIONAL:
        return PrintedName(text[: behind.start()].strip(), behind.group().strip(), kind)
    return PrintedName(text, text if kind in ONE_OF_EACH else "", kind)


def kind_of(name: str) -> str:
    """The kind (a BodyKind) a full name tells, OTHER where it tells none."""
    for beginning, kind in _KINDS:
        if name.startswith(beginning):
            return kind
    if _CENTRAL.match(name) and not re.search(r"(?:จังหวัด|อำเภอ)\S", name):
        return "DEPARTMENT"
    if name.startswith(("สำนักงาน", "ที่ทำการ", "ศูนย์", "โครงการ", "แขวง", "โรงพยาบาล", "วิทยาลัย")) and _PROVINCIAL.search(
        name
    ):
        return "PROVINCIAL_OFFICE"
    return "OTHER"


def name_key(name: str) -> str:
    """What two printings of one body's name share."""
    return search_key(_spelt_out(clean(name)))


def lao_place_name(name: str) -> str:
    """The place an LAO is called after: แม่ใส of องค์การบริหารส่วนตำบลแม่ใส."""
    return _MUNICIPALITY.sub("", name.removeprefix("องค์การบริหารส่วนตำบล")).strip()


def code_of(kind: str, place_code: str, name: str = "") -> str:
    """A code that stays: by the place where there is one such body, else by the place and the name."""
    by_place = (kind in {"SAO", "MUNICIPALITY"} and len(place_code) == 6) or (
        kind == "CLUSTER_COMMITTEE" and place_code
    )
    if kind in ONE_OF_EACH or by_place:
        return f"{_PREFIXES[kind]}-{place_code}"
    digest = hashlib.sha256(name_key(name).encode()).hexdigest()[:10].upper()
    return "-".join(part for part in (_PREFIXES[kind], place_code, digest) if part)


def formal_name(kind: str, place_th: str, place_en: str) -> tuple[str, str, str]:
    """Thai name, English name and abbreviation of a body of which each place has one."""
    thai, english, abbreviation = _FORMAL[kind]
    return thai.format(place=place_th), english.format(place=place_en or place_th), abbreviation.format(place=place_th)


_KM = re.compile(r"^(?:กม\.|กรรมการหมู่บ้าน)\s*")


def _spelt_out(name: str) -> str:
    spelt = expand_abbreviations(_KM.sub("คณะกรรมการหมู่บ้าน", name))
    # The same committee is printed with and without the last words.
    return spelt.replace("คณะกรรมการบริหารงานอำเภอแบบบูรณาการ", "คณะกรรมการบริหารงานอำเภอ")
