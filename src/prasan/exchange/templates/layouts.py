"""The official forms as data: code, titles, columns with their heading, width and the record's field."""

from collections.abc import Mapping
from dataclasses import dataclass

from prasan.exchange.reading.records import FormKey


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form. `field` names the record's field, or a key that the writer knows."""

    field: str
    heading: str
    width: float
    style: str = "text"
    help: str = ""  # what the instruction sheet says of it
    choices: tuple[str, ...] = ()  # offered in a list under the cell


@dataclass(frozen=True, slots=True)
class Layout:
    """One form: where its code and titles come from, and its columns."""

    code: str
    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    who: str = ""


YEARS = "years"
BOUND = "bound"
"""Keys of columns printed once per year: planned amounts, and obligations before and after the year."""
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")

RESPONSE_KINDS: Mapping[str, str] = {
    "SELF_HELP": "ทำเอง",
    "JOINT": "ร่วมทำ",
    "NEEDS_SUPPORT": "ขอรับการสนับสนุน",
}
PROGRESS: Mapping[str, str] = {
    "NOT_STARTED": "ยังไม่ดำเนินการ",
    "IN_PROGRESS": "อยู่ระหว่างดำเนินการ",
    "DONE": "ดำเนินการแล้ว",
    "CANCELLED": "ยกเลิก",
}
CHANNELS: Mapping[str, tuple[str, str]] = {  # channel: (tier, nature of the project as the matrix prints it)
    "M": ("ประเทศ/ส่วนกลาง", "โครงการของกระทรวง/กรม"),
    "C1": ("กลุ่มจังหวัด", "โครงการของกลุ่มจังหวัด 1. จัดทำเป็นคำของบประมาณกลุ่มจังหวัด"),
    "C2": ("จังหวัด", "โครงการของกลุ่มจังหวัดทำใน พท.จว. 2. จัดทำเป็นคำของบประมาณจังหวัด"),
    "C3": ("กลุ่มจังหวัด", "โครงการของกลุ่มจังหวัดที่ขอรับการสนับสนุนจากกระทรวง/กรม"),
    "P1": ("จังหวัด", "โครงการของจังหวัดที่จัดทำเป็นคำของบประมาณของจังหวัด"),
    "P2": ("จังหวัด", "โครงการของจังหวัดที่ขอรับการสนับสนุนจากกระทรวง/กรม"),
}

_NUMBER = Column("ordinal", "ที่", 5.2, "number", "ลำดับตามความสำคัญ เริ่มจาก 1")


def _plan_columns(last_heading: str) -> tuple[Column, ...]:
    return (
        _NUMBER,
        Column("name", "โครงการ", 26.7, help="ชื่อโครงการ ระบุสถานที่และหมู่ที่ไว้ในชื่อ"),
        Column("objective", "วัตถุประสงค์", 20.7, help="ทำเพื่ออะไร"),
        Column("target", "เป้าหมาย\n(ผลผลิตของโครงการ)", 20.7, help="ปริมาณงาน เช่น ถนนกว้าง 4 เมตร ยาว 500 เมตร"),
        Column(YEARS, "งบประมาณ", 12.2, "money", "จำนวนเงินเป็นบาทของแต่ละปี ว่างหรือ - หมายถึงไม่มีงบในปีนั้น"),
        Column("kpi", "ตัวชี้วัด\n(KPI)", 13.2, help="วัดผลสำเร็จอย่างไร"),
        Column("expected_result", "ผลที่คาดว่า\nจะได้รับ", 16.7, help="ประชาชนได้อะไร"),
        Column("responsible", last_heading, 13.2, help="สำนัก กอง หรือหน่วยงานเจ้าของเรื่อง"),
    )


LAYOUTS: Mapping[FormKey, Layout] = {
    "community_needs": Layout(
        code="",
        name="แบบรายงานปัญหา/ความต้องการของหมู่บ้าน",
        titles=("แบบรายงานปัญหา/ความต้องการ จากการประชุมประชาคมหมู่บ้าน",),
        who="เลขานุการคณะกรรมการหมู่บ้าน (กม.) กรอกหลังประชุมประชาคม หนึ่งแผ่นงานต่อหนึ่งหมู่บ้าน",
        columns=(
            Column("ordinal", "ที่", 6.7, "number", "ลำดับตามความสำคัญ เริ่มจาก 1"),
            Column("problem", "ปัญหา/ความต้องการ", 30.7, help="เดือดร้อนเรื่องอะไร"),
            Column("name", "โครงการที่เสนอ", 46.7, help="อยากให้ทำอะไร ที่ไหน"),
            Column("place", "พื้นที่ (หมู่ที่)", 16.7, help="เช่น หมู่ที่ 6 หรือ หมู่ที่ 6,10 เมื่อทำสองหมู่บ้าน"),
            Column(
                "response_kind",
                "ประเภท\n(ทำเอง/ร่วมทำ/ขอรับการสนับสนุน)",
                18.7,
                help="เลือกหนึ่งคำ: ทำเอง · ร่วมทำ · ขอรับการสนับสนุน",
                choices=tuple(RESPONSE_KINDS.values()),
            ),
            Column("amount", "งบประมาณ\n(บาท)", 14.7, "money", "จำนวนเงินเป็นบาท ถ้ายังไม่ทราบให้เว้นว่าง"),
            Column("target_group", "กลุ่มเป้าหมาย", 22.7, help="ใครได้ประโยชน์ กี่ครัวเรือน"),
        ),
    ),
    "local_plan_p02": Layout(
        code="แบบ ผ.02",
        name="รายละเอียดโครงการพัฒนา",
        titles=("รายละเอียดโครงการพัฒนา",),
        who="นักวิเคราะห์นโยบายและแผนขององค์กรปกครองส่วนท้องถิ่น",
        columns=_plan_columns("หน่วยงานที่รับผิดชอบหลัก"),
    ),
    "local_plan_p02_1": Layout(
        code="แบบ ผ.02/1",
        name="รายละเอียดโครงการพัฒนา ที่นำมาจากแผนพัฒนาหมู่บ้านและแผนชุมชน",
        titles=("รายละเอียดโครงการพัฒนา",),
        who="นักวิเคราะห์นโยบายและแผนขององค์กรปกครองส่วนท้องถิ่น",
        columns=_plan_columns("หน่วยงานที่รับผิดชอบหลัก"),
    ),
    "local_plan_p02_2": Layout(
        code="แบบ ผ.02/2",
        name="รายละเอียดโครงการพัฒนา สำหรับโครงการที่เกินศักยภาพขององค์กรปกครองส่วนท้องถิ่น",
        titles=("รายละเอียดโครงการพัฒนา",),
        who="นักวิเคราะห์นโยบายและแผนขององค์กรปกครองส่วนท้องถิ่น ระบุหน่วยงานที่ขอประสานในคอลัมน์สุดท้าย",
        columns=_plan_columns("หน่วยงานที่รับผิดชอบหลัก"),
    ),
    "action_plan": Layout(
        code="แบบ ผด.02",
        name="บัญชีจำนวนโครงการพัฒนาท้องถิ่น กิจกรรมและงบประมาณ",
        titles=("บัญชีจำนวนโครงการพัฒนาท้องถิ่น กิจกรรมและงบประมาณ",),
        who="องค์กรปกครองส่วนท้องถิ่น หลังประกาศใช้ข้อบัญญัติงบประมาณ",
        columns=(
            Column("ordinal", "ลำดับที่", 6.7, "number", "เลขลำดับต่อเนื่องทั้งแผน"),
            Column("name", "โครงการ/กิจกรรม", 50.7, help="ชื่อโครงการตามแผน"),
            Column("budgeted", "งบประมาณ\n(บาท)", 14.7, "money", "งบประมาณที่ตั้งไว้ เป็นบาท"),
            Column("responsible", "หน่วยงาน\nรับผิดชอบ", 14.7, help="ผู้ดำเนินการ"),
            Column("months", "", 5.3, "centre", "ทำเครื่องหมายในเดือนที่ดำเนินการ"),
            Column("paid", "เบิกจ่ายแล้ว\n(บาท)", 14.7, "money", "เบิกจ่ายแล้วเป็นบาท"),
            Column(
                "progress",
                "สถานะ",
                18.7,
                help="ยังไม่ดำเนินการ · อยู่ระหว่างดำเนินการ · ดำเนินการแล้ว · ยกเลิก",
                choices=tuple(PROGRESS.values()),
            ),
            Column("moos", "หมู่ที่", 10.7, "centre", "เช่น 3 หรือ 4,12"),
        ),
    ),
    "agency_projects": Layout(
        code="",
        name="บัญชีงาน/โครงการของส่วนราชการที่ดำเนินการในพื้นที่",
        titles=("บัญชีงาน/โครงการของส่วนราชการที่ดำเนินการในพื้นที่{province}",),
        who="ส่วนราชการ รัฐวิสาหกิจ และหน่วยงานของรัฐ แจ้งจังหวัดภายใน 30 วันนับแต่วันที่ พ.ร.บ. งบประมาณมีผล",
        columns=(
            Column("ordinal", "ที่", 6.7, "number", "ลำดับ"),
            Column("ministry", "กระทรวง", 18.7, help="กระทรวงต้นสังกัด"),
            Column("agency", "หน่วยงาน", 22.7, help="กรมหรือหน่วยรับงบประมาณ"),
            Column("programme", "แผนงาน", 22.7, help="แผนงานตามเอกสารงบประมาณ"),
            Column("name", "โครงการ/รายการ", 40.7, help="ชื่อโครงการหรือรายการ"),
            Column("place", "พื้นที่\n(ตำบล/อำเภอ/จังหวัด)", 22.7, help="เช่น ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์"),
            Column("budgeted", "งบประมาณ ปี {year} (บาท)", 14.2, "money", "งบประมาณปีนี้ เป็นบาท"),
            Column(BOUND, "ผูกพันปี {year} (บาท)", 12.7, "money", "งบผูกพันก่อนปีนี้ ปีถัดไปแต่ละปี และปีที่เหลือรวมกัน"),
            Column("notified_on", "วันที่แจ้ง", 12.7, help="วันที่แจ้งจังหวัด เช่น 20 ต.ค. 2569"),
        ),
    ),
    "project_list": Layout(
        code="",
        name="บัญชีโครงการ",
        titles=(),
        who="หน่วยงานที่มีบัญชีโครงการเป็นรายการเรียบ",
        columns=(
            Column("external_code", "รหัสโครงการ", 16.7, help="รหัสของท่านเอง ไม่ซ้ำกันในไฟล์"),
            Column("name", "โครงการ", 60.7, help="ชื่อโครงการ"),
            Column("fiscal_year", "ปีงบประมาณ", 12.7, "number", "พ.ศ. สี่หลัก"),
            Column("place", "พื้นที่", 30.7, help="ตำบล อำเภอ จังหวัด"),
            Column("amount", "งบประมาณ (บาท)", 16.7, "money", "จำนวนเงินเป็นบาท"),
            Column("responsible", "หน่วยงานรับผิดชอบ", 24.7, help="เจ้าของโครงการ"),
        ),
    ),
    "project_matrix_flat": Layout(
        code="",
        name="บัญชีโครงการแบ่งบทบาทประเทศ-กลุ่มจังหวัด-จังหวัด",
        titles=("แนวทางการแบ่งบทบาทโครงการพัฒนาเชื่อมโยงประเทศ-กลุ่มจังหวัด-จังหวัด",),
        who="สำนักงานจังหวัดและกลุ่มจังหวัด",
        columns=(
            Column("ordinal", "ที่", 6.7, "number", "ลำดับ"),
            Column("strategy", "ประเด็นยุทธศาสตร์", 30.7, help="ประเด็นการพัฒนาของกลุ่มจังหวัด"),
            Column("tier", "พื้นที่เป้าหมาย (ระดับ)", 20.7, help="ประเทศ/ส่วนกลาง · กลุ่มจังหวัด · จังหวัด"),
            Column("channel", "ช่องทาง", 9.7, "centre", "M · C1 · C2 · C3 · P1 · P2", tuple(CHANNELS)),
            Column("nature", "ลักษณะโครงการ", 34.7, help="กรอกตามช่องทาง"),
            Column("place", "จังหวัด", 12.7, help="เมื่อเป็นโครงการของจังหวัดเดียว"),
            Column("name", "โครงการ", 44.7, help="ชื่อโครงการ"),
        ),
    ),
}
"""Forms that are written; `project_matrix` (many projects in one cell) and summaries are only read."""
