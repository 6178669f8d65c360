"""Register files of bodies: which one a file is by its header, and what a row of it says."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from prasan.agencies.rules.names import code_of, kind_of
from prasan.common.dates import UnreadableDate, parse_date
from prasan.common.errors import Refused
from prasan.common.tables import Row, Table

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("รหัส", "รหัสหน่วยงาน"),
    "kind": ("ประเภท", "ประเภทหน่วยงาน"),
    "name_th": ("ชื่อ", "ชื่อหน่วยงาน", "หน่วยงาน", "name"),
    "name_en": ("ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ"),
    "abbreviation": ("ชื่อย่อ", "อักษรย่อ"),
    "superior_code": ("รหัสหน่วยงานต้นสังกัด",),
    "area_code": ("รหัสพื้นที่",),
    "valid_from": ("ใช้ตั้งแต่วันที่", "วันที่มีผล"),
    "valid_to": ("ใช้ถึงวันที่", "วันที่สิ้นสุด"),
    "lao_code": ("รหัส อปท.",),
    "lao_type": ("ประเภท อปท.",),
    "province_code": ("รหัสจังหวัด",),
    "district_code": ("รหัสอำเภอ",),
    "subdistrict_code": ("รหัสตำบล",),
    "coverage": ("การครอบคลุม",),
    "ministry": ("กระทรวง",),
    "budgetary_unit": ("หน่วยรับงบประมาณ",),
    "unit_level": ("ระดับหน่วยงาน",),
}
_SIGNATURES = (
    ("coverage", {"lao_code", "subdistrict_code", "coverage"}),
    ("laos", {"lao_code", "lao_type", "name_th", "province_code"}),
    ("agencies", {"ministry", "budgetary_unit"}),
    ("bodies", {"kind", "name_th"}),
)
ORDER = ("laos", "coverage", "agencies", "bodies")
_LAO_TYPES = {
    "TAO": "SAO",
    "SAO": "SAO",
    "อบต.": "SAO",
    "ThesabanTambon": "MUNICIPALITY",
    "ThesabanMueang": "MUNICIPALITY",
    "ThesabanNakhon": "MUNICIPALITY",
    "เทศบาลตำบล": "MUNICIPALITY",
    "เทศบาลเมือง": "MUNICIPALITY",
    "เทศบาลนคร": "MUNICIPALITY",
    "PAO": "PAO",
    "อบจ.": "PAO",
    "Special": "SPECIAL_LAO",
}
_FIRST_YEAR, _LAST_YEAR = 2400, 2600  # B.E.


class Misfit(Refused):
    """This row does not fit, for one reason, in one column."""

    def __init__(self, column: str, code: str, message_th: str, message_en: str) -> None:
        super().__init__(code, message_th, message_en)
        self.column = column


@dataclass(frozen=True, slots=True)
class BodyRow:
    """What a row says about a body. `area_code` and `superior_code` may be empty."""

    number: int
    code: str
    kind: str
    name_th: str
    name_en: str = ""
    abbreviation: str = ""
    area_code: str = ""
    superior_code: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


def kind_of_table(table: Table) -> str:
    """coverage, laos, agencies, bodies; empty for a table that is none of these."""
    return next((kind for kind, columns in _SIGNATURES if columns <= set(table.columns)), "")


def read_lao(row: Row, kinds: Collection[str]) -> BodyRow:
    """A local government of a register of LAOs; a PAO's place is its province."""
    kind = _LAO_TYPES.get(row.text("lao_type"), "")
    if not kind:
        raise Misfit(
            "lao_type",
            "unknown_kind",
            f"ไม่รู้จักประเภท อปท. “{row.text('lao_type')}”",
            f"No kind of local government “{row.text('lao_type')}”.",
        )
    province = row.number_text("province_code")
    whole_province = kind == "PAO" or (kind == "SPECIAL_LAO" and province == "10")
    code = row.text("lao_code")
    area = province if whole_province else f"LAO-{code}"
    return BodyRow(row.number, code, kind, _name(row), row.text("name_en"), area_code=area)


def read_agency(row: Row, kinds: Collection[str]) -> BodyRow:
    """A central budgetary unit under its ministry; both are the same body in every province."""
    ministry, unit = row.text("ministry"), row.text("budgetary_unit")
    if not unit:
        raise Misfit("budgetary_unit", "missing_name", "ไม่มีชื่อหน่วยงาน", "The body has no name.")
    superior = ministry_code(ministry) if ministry and ministry != unit else ""
    return BodyRow(row.number, code_of("DEPARTMENT", "", unit), "DEPARTMENT", unit, superior_code=superior)


def ministry_code(name: str) -> str:
    """The code of a ministry, or of the heading the budget book groups units under."""
    return code_of(ministry_kind(name), "", name)


def ministry_kind(name: str) -> str:
    """MINISTRY for a ministry; OTHER for headings such as รัฐวิสาหกิจ."""
    return "MINISTRY" if kind_of(name) == "MINISTRY" else "OTHER"


def read_body(row: Row, kinds: Collection[str]) -> BodyRow:
    """A body of a plain register: kind and name, and as far as given code, place, superior and dates."""
    kind = row.text("kind").upper()
    if kind not in kinds:
        raise Misfit("kind", "unknown_kind", f"ไม่รู้จักประเภทหน่วยงาน “{kind}”", f"There is no kind of body “{kind}”.")
    name, area = _name(row), row.number_text("area_code")
    begins, ends = _date(row, "valid_from"), _date(row, "valid_to")
    if begins and ends and begins >= ends:
        raise Misfit("valid_to", "ends_before_it_begins", "วันที่สิ้นสุดต้องหลังวันที่มีผล", "It must end after it begins.")
    return BodyRow(
        number=row.number,
        code=row.text("code") or code_of(kind, area, name),
        kind=kind,
        name_th=name,
        name_en=row.text("name_en"),
        abbreviation=row.text("abbreviation"),
        area_code=area,
        superior_code=row.text("superior_code"),
        valid_from=begins,
        valid_to=ends,
    )


READERS: dict[str, Callable[[Row, Collection[str]], BodyRow]] = {
    "laos": read_lao,
    "agencies": read_agency,
    "bodies": read_body,
}


def _name(row: Row) -> str:
    name = row.text("name_th")
    if not name or len(name) > 300:
        raise Misfit("name_th", "missing_name", "ไม่มีชื่อ หรือชื่อยาวเกิน 300 ตัวอักษร", "No name, or over 300 letters.")
    return name


def _date(row: Row, column: str) -> dt.date | None:
    value = row.raw(column)
    if value is None or not str(value).strip():
        return None
    try:
        return parse_date(value, first_year=_FIRST_YEAR, last_year=_LAST_YEAR)
    except UnreadableDate as unreadable:
        raise Misfit(column, unreadable.code, unreadable.message_th, unreadable.message_en) from unreadable
