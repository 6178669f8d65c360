"""The forms as data: which columns each has and by which heading words a column is known."""

from functools import cache
from typing import Final, NamedTuple

from prasan.common.text import search_key
from prasan.exchange.reading.records import AmountKind, FormKey


class Column(NamedTuple):
    """A column of a form. A heading fits when it is one of `exact`, or holds one of `within` and none of `without`.

    Words are compared as search keys: without spaces, dots and brackets, digits Arabic.
    """

    field: str
    exact: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fills_down: bool = False  # a cell merged downwards speaks for every row it covers
    ticked: bool = False  # its own words stand below a wider cell, and its rows hold a mark or nothing


class Layout(NamedTuple):
    """One form: its columns in order of matching, and what a heading must have to be this form."""

    form: FormKey
    title_th: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    any_of: tuple[str, ...] = ()  # at least `at_least` of these, "money" and "year_money" among them
    at_least: int = 0
    money: AmountKind = "PLANNED"
    place_from_name: bool = False


LONGEST_HEADING: Final = 60  # letters; longer text that holds a heading word is a sentence

ORDINAL: Final = Column("ordinal", exact=("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "ข้อที่", "no", "เลขที่", "ล.ด.", "seq"))
NAME: Final = Column(
    "name",
    exact=(
        "โครงการ", "โครงการ/กิจกรรม", "โครงการ/รายการ", "ชื่อโครงการ", "ชื่อโครงการ/กิจกรรม", "โครงการ/งาน", "งาน/โครงการ",
        "แผนงาน/โครงการ", "รายการ", "โครงการพัฒนา", "ชื่อโครงการพัฒนา", "โครงการที่เสนอ", "name", "project", "project name",
        "project_name", "title", "โครงการ/กิจกรรม/รายการ",
    ),
    within=("โครงการ",),
    without=(
        "จำนวน", "รหัส", "ผลผลิต", "ประเภท", "ลักษณะ", "เป้าหมาย", "วัตถุประสงค์", "งบประมาณ", "พื้นที่", "ที่ตั้ง", "หน่วยงาน",
        "เจ้าของ", "ระยะเวลา", "รับผิดชอบ", "แหล่ง", "สถานะ", "หมายเหตุ", "ตัวชี้วัด", "รายละเอียด", "ปัญหา", "ระดับ", "เหตุผล",
    ),
)  # fmt: skip
OBJECTIVE: Final = Column("objective", within=("วัตถุประสงค์",))
TARGET: Final = Column("target", within=("เป้าหมาย", "ผลผลิตของโครงการ"), without=("กลุ่ม", "พื้นที่"))
KPI: Final = Column("kpi", within=("ตัวชี้วัด", "kpi"))
RESULT: Final = Column("expected_result", within=("ผลที่คาดว่า", "ผลลัพธ์ที่คาด", "ประโยชน์ที่คาด"))
RESPONSIBLE: Final = Column(
    "responsible",
    exact=("หน่วยงาน", "owner", "agency", "responsible", "ผู้รับผิดชอบ"),
    within=("รับผิดชอบ", "จะขอประสาน", "หน่วยงานประสาน", "หน่วยดำเนินการ", "หน่วยงานดำเนินการ"),
    fills_down=True,
)
PLACE: Final = Column(
    "place_text",
    exact=("พื้นที่", "สถานที่", "ที่ตั้ง", "area", "place"),
    within=("พื้นที่(หมู่ที่)", "พื้นที่(ตำบล", "พื้นที่ดำเนินการ", "สถานที่ดำเนิน", "พื้นที่โครงการ", "ที่ตั้งโครงการ"),
    without=("ระดับ",),
    fills_down=True,
)
MOO: Final = Column("moo", exact=("หมู่ที่", "หมู่", "ม.", "moo"), fills_down=True)

TICKED_KINDS: Final = (
    Column("SELF_HELP", exact=("ทำเอง", "ชุมชนทำเอง", "หมู่บ้านทำเอง", "ดำเนินการเอง", "ทำได้เอง", "ทำเองได้"), ticked=True),
    Column("JOINT", exact=("ทำร่วม", "ทำร่วมกัน", "ร่วมทำ", "ร่วมกันทำ", "ร่วมดำเนินการ", "ดำเนินการร่วม"), ticked=True),
    Column(
        "NEEDS_SUPPORT",
        exact=("ขอรับการสนับสนุน", "ขอรับสนับสนุน", "ขอสนับสนุน", "ขอรับการสนับสนุนจากหน่วยงานอื่น", "เกินศักยภาพ"),
        ticked=True,
    ),
)

LAYOUTS: Final[tuple[Layout, ...]] = (
    Layout(
        form="community_needs",
        title_th="แบบรายงานปัญหา/ความต้องการ (ประชาคมหมู่บ้าน)",
        columns=(
            ORDINAL,
            Column("problem", within=("ปัญหา", "ความต้องการ"), without=("โครงการ",)),
            NAME,
            PLACE,
            MOO,
            *TICKED_KINDS,
            Column("response_kind", within=("ประเภท", "ทำเอง", "ลักษณะการดำเนินการ")),
            Column("target_group", within=("กลุ่มเป้าหมาย", "ผู้ได้รับประโยชน์")),
            RESPONSIBLE,
        ),
        required=("name", "problem"),
    ),
    Layout(
        form="local_plan_p02",
        title_th="ผ.02 รายละเอียดโครงการพัฒนา",
        columns=(ORDINAL, NAME, OBJECTIVE, TARGET, KPI, RESULT, RESPONSIBLE, Column("reason", within=("เหตุผล",))),
        required=("name",),
        any_of=("objective", "target", "kpi", "expected_result", "year_money"),
        at_least=2,
        place_from_name=True,
    ),
    Layout(
        form="action_plan",
        title_th="ผด.02 แผนการดำเนินงาน",
        columns=(
            ORDINAL,
            NAME,
            Column("target", within=("รายละเอียดของ", "รายละเอียดกิจกรรม")),
            RESPONSIBLE,
            Column("progress", exact=("สถานะ", "ผลการดำเนินงาน", "สถานะการดำเนินงาน", "status")),
            PLACE,
            MOO,
        ),
        required=("name", "months"),
        any_of=("money", "progress", "responsible", "place_text"),
        at_least=1,
        money="BUDGETED",
    ),
    Layout(
        form="agency_projects",
        title_th="บัญชีงาน/โครงการของส่วนราชการในพื้นที่จังหวัด",
        columns=(
            ORDINAL,
            Column("ministry", within=("กระทรวง",), without=("โครงการ",), fills_down=True),
            Column(
                "agency",
                exact=("หน่วยงาน", "ส่วนราชการ", "กรม", "หน่วยงานเจ้าของโครงการ", "agency"),
                within=("หน่วยงาน", "ส่วนราชการ"),
                without=("รับผิดชอบ",),
                fills_down=True,
            ),
            Column(
                "programme",
                exact=("แผนงาน", "แผนงบประมาณ", "แผนงาน/ผลผลิต"),
                within=("แผนงาน",),
                without=("โครงการ",),
                fills_down=True,
            ),
            NAME,
            PLACE,
            Column("notified_on", within=("วันที่แจ้ง", "วันแจ้ง", "แจ้งเมื่อ", "วันที่ส่ง")),
            OBJECTIVE,
            TARGET,
            RESPONSIBLE,
        ),
        required=("name", "agency"),
        any_of=("ministry", "programme", "place_text", "notified_on"),
        at_least=2,
        money="BUDGETED",
    ),
    Layout(
        form="project_list",
        title_th="บัญชีโครงการ (รหัส ชื่อ ปี จำนวนเงิน)",
        columns=(
            Column("external_code", exact=("รหัส", "code", "id", "project_id", "project code"), within=("รหัสโครงการ",)),
            ORDINAL,
            NAME,
            Column("fiscal_year", exact=("ปี", "ปีงบประมาณ", "ปี พ.ศ.", "พ.ศ.", "fiscal_year", "fiscal year", "year")),
            PLACE,
            Column("province", exact=("จังหวัด", "province")),
            Column("district", exact=("อำเภอ", "district", "อำเภอ/เขต")),
            Column("subdistrict", exact=("ตำบล", "subdistrict", "ตำบล/แขวง")),
            MOO,
            RESPONSIBLE,
        ),
        required=("name",),
        any_of=("external_code", "fiscal_year", "money"),
        at_least=2,
        place_from_name=True,
    ),
    Layout(
        form="project_matrix_flat",
        title_th="บัญชีโครงการตามระดับและช่องทาง",
        columns=(
            ORDINAL,
            Column("strategy", within=("ประเด็นยุทธศาสตร์", "ประเด็นการพัฒนา"), fills_down=True),
            Column("tier", within=("ระดับ",), fills_down=True),
            Column("channel", within=("ช่องทาง",), exact=("channel",), fills_down=True),
            Column("", within=("ลักษณะโครงการ",)),
            Column("place_text", exact=("จังหวัด", "province"), fills_down=True),
            NAME,
            RESPONSIBLE,
        ),
        required=("name", "channel"),
    ),
)  # fmt: skip

# Ways a money column says what kind of money it holds; first fit wins.
MONEY_WORDS: Final = (
    "งบประมาณ", "วงเงิน", "ผูกพัน", "เบิกจ่าย", "บาท", "จำนวนเงิน", "ค่าใช้จ่าย", "amount", "budget", "เทศบัญญัติ", "ข้อบัญญัติ",
)  # fmt: skip
NOT_MONEY: Final = ("จำนวนโครงการ", "แหล่งงบ", "แหล่งเงิน", "ที่มาของ", "ประเภทงบ", "หมวด", "ปีงบประมาณ")
MONEY_KINDS: Final[tuple[tuple[str, AmountKind], ...]] = (
    ("ผูกพัน", "OBLIGATED"),
    ("เบิกจ่าย", "PAID"),
    ("จ่ายจริง", "PAID"),
    ("เทศบัญญัติ", "BUDGETED"),
    ("ข้อบัญญัติ", "BUDGETED"),
)
MONTHS: Final = {
    name: number
    for names in (
        ("ตค", "พย", "ธค", "มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย"),
        (
            "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม",
            "สิงหาคม", "กันยายน",
        ),
    )
    for number, name in enumerate(names)
}  # fmt: skip
"""Headings of months, and which month of the fiscal year each is: October is 0."""
RESPONSE_KINDS: Final = (  # the first word that is in the cell decides
    ("ทำเองไม่ได้", "NEEDS_SUPPORT"),
    ("ไม่สามารถ", "NEEDS_SUPPORT"),
    ("เกินศักยภาพ", "NEEDS_SUPPORT"),
    ("ขอรับ", "NEEDS_SUPPORT"),
    ("ร่วม", "JOINT"),
    ("สนับสนุน", "NEEDS_SUPPORT"),
    ("ทำให้", "NEEDS_SUPPORT"),
    ("หน่วยงาน", "NEEDS_SUPPORT"),
    ("ทำเอง", "SELF_HELP"),
    ("ดำเนินการเอง", "SELF_HELP"),
    ("พึ่งตนเอง", "SELF_HELP"),
    ("ด้วยตนเอง", "SELF_HELP"),
)
PROGRESS: Final = (
    ("ยกเลิก", "CANCELLED"),
    ("ไม่ดำเนินการแล้ว", "CANCELLED"),
    ("ยังไม่", "NOT_STARTED"),
    ("อยู่ระหว่าง", "IN_PROGRESS"),
    ("กำลัง", "IN_PROGRESS"),
    ("แล้วเสร็จ", "DONE"),
    ("ดำเนินการแล้ว", "DONE"),
    ("เสร็จ", "DONE"),
)
FORM_TITLES: Final = {layout.form: layout.title_th for layout in LAYOUTS} | {
    "local_plan_p02_1": "ผ.02/1 โครงการจากแผนชุมชน",
    "local_plan_p02_2": "ผ.02/2 โครงการเกินศักยภาพที่ประสานหน่วยงานอื่น",
    "summary": "ผ.01 บัญชีสรุปโครงการพัฒนา",
    "project_matrix": "ตารางโครงการสามระดับ",
    "none": "ไม่ใช่แบบฟอร์ม",
}


@cache
def keys(words: tuple[str, ...]) -> frozenset[str]:
    """Give words as the keys headings are compared by."""
    return frozenset(search_key(word) for word in words)


@cache
def fits(column: Column, heading: str) -> int:
    """Say how well a heading (as key) fits a column: 2 exactly, 1 by a word in it, 0 not at all."""
    if heading in keys(column.exact):
        return 2
    if len(heading) > LONGEST_HEADING or any(word in heading for word in keys(column.without)):
        return 0
    return int(any(word in heading for word in keys(column.within)))
