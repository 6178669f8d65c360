"""One example of each form, made up, with the right years: what `prasan template --example` fills in."""

import datetime as dt
from collections.abc import Callable, Mapping

from prasan.exchange.reading.records import Amount, FormKey, Record, Sheet
from prasan.exchange.templates.heads import PLAN_LENGTH, budget_year
from prasan.exchange.templates.layouts import CHANNELS, LAYOUTS

PLACE = "หมู่ที่ 1 บ้านตัวอย่าง ตำบลตัวอย่าง อำเภอตัวอย่าง จังหวัดตัวอย่าง"
DOTS = "...................."
LAO = "องค์การบริหารส่วนตำบลตัวอย่าง"
SHEET_NAMES: Mapping[FormKey, str] = {
    "community_needs": "ม.1",
    "local_plan_p02": "ผ.02",
    "local_plan_p02_1": "ผ.02-1",
    "local_plan_p02_2": "ผ.02-2",
    "action_plan": "แผนการดำเนินงาน",
    "agency_projects": "บัญชีส่วนราชการ",
    "project_list": "บัญชีโครงการ",
    "project_matrix_flat": "บัญชีโครงการ",
}
_PLANS = ("community_needs", "local_plan_p02", "local_plan_p02_1", "local_plan_p02_2")


def plan_start(fiscal_year: int) -> int:
    """First year of the local development plan in force in that year (2566-2570, 2571-2575, …)."""
    return fiscal_year - (fiscal_year - 2566) % PLAN_LENGTH


def empty_sheet(form: FormKey, *, fiscal_year: int) -> Sheet:
    """A sheet of the form without records: the plan's years for plan forms, else the one year."""
    sheet = Sheet(SHEET_NAMES[form], form, fiscal_years=(fiscal_year,))
    if form in _PLANS:
        first = plan_start(fiscal_year)
        sheet.fiscal_years = tuple(range(first, first + PLAN_LENGTH))
    if form == "community_needs":
        sheet.place_text = f"หมู่ที่ ...... บ้าน{DOTS} ตำบล{DOTS} อำเภอ{DOTS} จังหวัด{DOTS}"
        sheet.held_text = "ประชุมเมื่อวันที่ .................... ผู้เข้าร่วมประชุม .......... คน"
    elif form not in ("agency_projects", "project_list"):
        sheet.owner_text = "................................................"
    return sheet


def example_sheet(form: FormKey, *, fiscal_year: int) -> Sheet:
    """The same sheet with two or three rows filled in as they should be."""
    sheet = empty_sheet(form, fiscal_year=fiscal_year)
    sheet.owner_text = LAO if LAYOUTS[form].code else ""
    if form == "community_needs":
        sheet.place_text, sheet.attendance = PLACE, 45
        sheet.held_text = f"12 ตุลาคม {fiscal_year - 2}"
    if form == "project_matrix_flat":
        sheet.owner_text = "กลุ่มจังหวัดตัวอย่าง"
    sheet.records = _EXAMPLES.get(form, _plan)(sheet, fiscal_year)
    return sheet


def _record(sheet: Sheet, name: str, ordinal: int, **fields: object) -> Record:
    return Record(sheet.name, 0, sheet.form, name, ordinal, **fields)  # type: ignore[arg-type]


def _needs(sheet: Sheet, year: int) -> list[Record]:
    return [
        _record(
            sheet,
            "ก่อสร้างถนน คสล. ซอย 2 หมู่ที่ 1",
            1,
            problem="ถนนชำรุด สัญจรไม่สะดวก",
            moos=(1,),
            place_text="หมู่ที่ 1",
            response_kind="NEEDS_SUPPORT",
            target_group="ประชาชนในหมู่ที่ 1",
            amounts=[Amount(sheet.fiscal_years[0], "PLANNED", "IN", 45_000_000, "")],
        ),
        _record(
            sheet,
            "ทำความสะอาดลำเหมืองร่วมกันปีละสองครั้ง",
            2,
            problem="ลำเหมืองตื้นเขิน",
            moos=(1,),
            place_text="หมู่ที่ 1",
            response_kind="SELF_HELP",
            target_group="เกษตรกร 40 ครัวเรือน",
        ),
    ]


def _plan(sheet: Sheet, year: int) -> list[Record]:
    asks = sheet.form == "local_plan_p02_2"
    return [
        _record(
            sheet,
            "ก่อสร้างถนน คสล. สายบ้านตัวอย่าง หมู่ที่ 1",
            1,
            objective="เพื่อให้ประชาชนสัญจรสะดวก",
            target="ถนนกว้าง 4 เมตร ยาว 500 เมตร",
            kpi="ผู้ใช้ถนนพึงพอใจ ร้อยละ 80",
            expected_result="ประชาชนสัญจรสะดวกและปลอดภัย",
            responsible="อบจ.ตัวอย่าง" if asks else "กองช่าง",
            strategy="1. ยุทธศาสตร์พัฒนาโครงสร้างพื้นฐาน",
            tactic="1.1 กลยุทธ์พัฒนาเส้นทางคมนาคม",
            programme="แผนงานอุตสาหกรรมและการโยธา",
            moos=(1,),
            amounts=[Amount(year, "PLANNED", "IN", 123_450_050, "")],
        )
    ]


def _action(sheet: Sheet, year: int) -> list[Record]:
    return [
        _record(
            sheet,
            "ก่อสร้างถนน คสล. สายบ้านตัวอย่าง หมู่ที่ 1",
            1,
            responsible="กองช่าง",
            strategy="ยุทธศาสตร์ที่ 1 พัฒนาโครงสร้างพื้นฐาน",
            moos=(1,),
            months=(1, 2, 3),
            progress="IN_PROGRESS",
            amounts=[
                Amount(year, "BUDGETED", "IN", 123_450_050, ""),
                Amount(year, "PAID", "IN", 50_000_000, ""),
            ],
        )
    ]


def _agency(sheet: Sheet, year: int) -> list[Record]:
    first_of_year = dt.date(year - 543 - 1, 10, 20)
    return [
        _record(
            sheet,
            "ก่อสร้างระบบส่งน้ำ ตำบลตัวอย่าง 1 แห่ง",
            1,
            ministry="กระทรวงเกษตรและสหกรณ์",
            agency="กรมชลประทาน",
            programme="แผนงานบูรณาการบริหารจัดการทรัพยากรน้ำ",
            place_text="ต.ตัวอย่าง อ.ตัวอย่าง จ.ตัวอย่าง",
            notified_on=first_of_year,
            amounts=[Amount(budget_year(sheet) or year, "BUDGETED", "IN", 1_500_000_000, "")],
        )
    ]


def _list(sheet: Sheet, year: int) -> list[Record]:
    return [
        _record(
            sheet,
            "ก่อสร้างลานกีฬาหมู่บ้าน",
            1,
            external_code="EX-001",
            fiscal_year=year,
            place_text="ต.ตัวอย่าง อ.ตัวอย่าง จ.ตัวอย่าง",
            responsible="กองช่าง",
            amounts=[Amount(year, "PLANNED", "IN", 40_000_000, "")],
        )
    ]


def _matrix(sheet: Sheet, year: int) -> list[Record]:
    return [
        _record(
            sheet,
            f"โครงการตัวอย่างช่องทาง {channel}",
            number,
            strategy="ประเด็นยุทธศาสตร์ 1 : การค้าชายแดน",
            channel=channel,
            tier=tier,
        )
        for number, (channel, (tier, _)) in enumerate(CHANNELS.items(), start=1)
    ]


_EXAMPLES: Mapping[FormKey, Callable[[Sheet, int], list[Record]]] = {
    "community_needs": _needs,
    "action_plan": _action,
    "agency_projects": _agency,
    "project_list": _list,
    "project_matrix_flat": _matrix,
}
