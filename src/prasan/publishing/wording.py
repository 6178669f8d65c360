"""How a report says things: names of codes, amounts, years and dates, in the Thai of official papers."""

import re
from collections.abc import Iterable, Mapping

from django.db.models import TextChoices
from django.utils.translation import override

from prasan.common.dates import format_date
from prasan.common.money import format_baht
from prasan.common.text import to_thai_digits
from prasan.integration.models import (
    CapacityVerdict,
    ConflictCertainty,
    ConflictDecision,
    ConflictKind,
    HandoverState,
    PairDecision,
    Verdict,
)
from prasan.plans.models import EditionState, PlanType
from prasan.publishing.parts import Level, ProvinceReport

NOTHING = "–"
LEVEL_NAMES: Mapping[Level, str] = {
    "PROVINCE": "แผนระดับจังหวัด",
    "DISTRICT": "แผนระดับอำเภอ",
    "LAO": "แผนขององค์กรปกครองส่วนท้องถิ่น",
    "VILLAGE": "แผนระดับหมู่บ้านและชุมชน",
    "OTHER": "แผนอื่น",
}
FORM_NAMES = {
    "community_needs": "ความต้องการจากเวทีประชาคม",
    "local_plan_p02": "แผนพัฒนาท้องถิ่น (ผ.02)",
    "local_plan_p02_1": "โครงการจากแผนชุมชน (ผ.02/1)",
    "local_plan_p02_2": "โครงการเกินศักยภาพ (ผ.02/2)",
    "action_plan": "แผนการดำเนินงาน",
    "agency_projects": "โครงการที่หน่วยงานแจ้ง",
    "project_list": "บัญชีโครงการ",
    "project_matrix": "ตารางโครงการสามระดับ",
    "project_matrix_flat": "บัญชีโครงการสามระดับ",
    "summary": "บัญชีสรุป (ผ.01)",
    "none": "ไม่พบแบบฟอร์ม",
}
OUTCOME_NAMES = {"accept": "รับ", "accept_with_findings": "รับ โดยมีข้อสังเกต", "refuse": "ไม่รับ"}
SEVERITY_NAMES = {"error": "ต้องแก้ไข", "warning": "ควรตรวจสอบ", "info": "แจ้งเพื่อทราบ"}
SEVERITY_ORDER = ("error", "warning", "info")


_latin_or_number = re.compile(r"[A-Za-z0-9][A-Za-z0-9./+,-]*")


def prose_digits(text: str) -> str:
    """Write the numbers of a Thai text in Thai digits, but not those in Latin words (3Rs, COVID-19, 4G)."""
    return _latin_or_number.sub(
        lambda found: found[0] if any(c.isascii() and c.isalpha() for c in found[0]) else to_thai_digits(found[0]), text
    )


def _named(choices: type[TextChoices], code: str) -> str:
    """Give the Thai label of a code; an unknown code is shown as it is rather than hidden."""
    with override("th"):
        labels = {member.value: str(member.label) for member in choices}
    return labels.get(code.upper(), code)


def plan_type_name(code: str) -> str:
    return _named(PlanType, code)


def plan_state_name(code: str) -> str:
    return _named(EditionState, code)


def verdict_name(code: str) -> str:
    """Name what the engine says of a pair."""
    return _named(Verdict, code)


def decision_name(code: str) -> str:
    """Name what a person decided of a pair."""
    return _named(PairDecision, code)


def conflict_kind_name(code: str) -> str:
    """Name in which way two works conflict."""
    return _named(ConflictKind, code)


def conflict_certainty_name(code: str) -> str:
    return _named(ConflictCertainty, code)


def conflict_decision_name(code: str) -> str:
    """Name what a person decided of a conflict."""
    return _named(ConflictDecision, code)


def capacity_name(code: str) -> str:
    """Name why a body cannot do a project itself."""
    return _named(CapacityVerdict, code)


def handover_state_name(code: str) -> str:
    return _named(HandoverState, code)


def form_name(code: str) -> str:
    return FORM_NAMES.get(code, code)


_SHORT_BODIES = {
    "องค์การบริหารส่วนจังหวัด": "อบจ.",
    "องค์การบริหารส่วนตำบล": "อบต.",
    "เทศบาลนคร": "ทน.",
    "เทศบาลเมือง": "ทม.",
    "เทศบาลตำบล": "ทต.",
    "คณะกรรมการหมู่บ้าน ": "กม. ",
}


def short_body(name: str) -> str:
    """Write the name of a body as officers do in narrow columns: อบต., ทต., กม."""
    for long, short in _SHORT_BODIES.items():
        if name.startswith(long):
            return short + name.removeprefix(long)
    return name


def decimals_for(amounts: Iterable[int | None]) -> int:
    """Say how many places a column of amounts needs: two as soon as one of them has satang."""
    return 2 if any((amount or 0) % 100 for amount in amounts) else 0


def baht(satang: int | None, *, decimals: int | None = None, thai_digits: bool = False) -> str:
    """Write an amount for a table; a dash where no money is named."""
    return NOTHING if satang is None else format_baht(satang, thai_digits, decimals)


def count(number: int, *, thai_digits: bool = False) -> str:
    text = f"{number:,}"
    return to_thai_digits(text) if thai_digits else text


def province_of(report: ProvinceReport) -> str:
    return f"จังหวัด{report.province_name}" if report.province_name != "กรุงเทพมหานคร" else report.province_name


def book_title(report: ProvinceReport) -> str:
    return "แผนพัฒนาพื้นที่แบบบูรณาการ"


def fiscal_year(report: ProvinceReport) -> str:
    return f"ปีงบประมาณ พ.ศ. {report.fiscal_year}"


def date_of_figures(report: ProvinceReport) -> str:
    return f"ข้อมูล ณ วันที่ {format_date(report.generated_on)}"
