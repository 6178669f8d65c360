"""The lists of a report as workbooks: findings, pairs side by side, items of every plan."""

from collections.abc import Callable

from prasan.publishing import wording
from prasan.publishing.parts import PairLine, PairSide, Plan, PlanLine, ProvinceReport
from prasan.publishing.sheets.workbook import Cell, Field, Workbook


def _note(report: ProvinceReport) -> str:
    return f"{wording.province_of(report)} {wording.fiscal_year(report)} · {wording.date_of_figures(report)}"


def findings_xlsx(report: ProvinceReport) -> bytes:
    """Write every finding with its file, sheet, row and cell, gravest first."""
    title = "ข้อสังเกตจากการตรวจเอกสาร"
    book = Workbook(title=title, made_on=report.generated_on)
    order = wording.SEVERITY_ORDER
    ordered = sorted(report.findings, key=lambda f: (order.index(f.severity), f.file, f.sheet, f.row or 0, f.cell))
    book.add_sheet(
        "ข้อสังเกต",
        title=title,
        note=_note(report),
        fields=(
            Field("ระดับ", 14), Field("ไฟล์", 34), Field("แผ่นงาน", 22), Field("แถว", 8, "number"),
            Field("เซลล์", 10), Field("ข้อสังเกต", 60), Field("ค่าที่พบ", 26), Field("ข้อเสนอ", 26),
            Field("ชนิด", 26), Field("Finding (English)", 50),
        ),
        rows=(
            (wording.SEVERITY_NAMES[f.severity], f.file, f.sheet, f.row, f.cell, f.message_th, f.value,
             f.suggestion, f.kind, f.message_en)
            for f in ordered
        ),
        empty="ไม่มีข้อสังเกต เอกสารทุกฉบับอ่านได้ครบถ้วน",
    )  # fmt: skip
    return book.to_bytes()


def pairs_xlsx(report: ProvinceReport) -> bytes:
    """Write likely duplicates, both records side by side, with the reasons and room for a decision."""
    title = "คู่รายการที่อาจซ้ำซ้อน"
    book = Workbook(title=title, made_on=report.generated_on)
    sides = [
        field
        for mark in ("1", "2")
        for field in (
            Field(f"รหัส {mark}", 18), Field(f"ชื่อ {mark}", 48), Field(f"หน่วยงาน {mark}", 26),
            Field(f"พื้นที่ {mark}", 24), Field(f"ปี {mark}", 8), Field(f"วงเงิน {mark} (บาท)", 18, "baht"),
            Field(f"ที่มา {mark}", 36),
        )
    ]  # fmt: skip
    head = (Field("ความน่าจะเป็น", 12, "share"), Field("ความเห็นของระบบ", 16), Field("การพิจารณา", 18))
    book.add_sheet(
        "คู่รายการ",
        title=title,
        note=f"{_note(report)} · เป็นข้อเสนอให้เจ้าหน้าที่พิจารณา ระบบไม่รวมรายการเอง",
        fields=(*head, *sides, Field("เหตุผล", 40), Field("Reasons (English)", 40)),
        rows=(_pair_row(pair) for pair in report.pairs),
        empty="ไม่พบคู่รายการที่น่าจะซ้ำซ้อน",
    )
    return book.to_bytes()


def _pair_row(pair: PairLine) -> list[Cell]:
    return [
        pair.probability,
        wording.verdict_name(pair.verdict),
        wording.decision_name(pair.decision),
        *_side(pair.first),
        *_side(pair.second),
        " · ".join(pair.reasons_th),
        " · ".join(pair.reasons_en),
    ]


def _side(side: PairSide) -> list[Cell]:
    year = str(side.fiscal_year) if side.fiscal_year else ""
    return [side.code, side.name, side.owner, side.area_name, year, side.amount_satang, str(side.source)]


def plan_items_xlsx(report: ProvinceReport) -> bytes:
    """Write the items of all plans, one row each with every year's amount and its source row."""
    title = "รายการในแผนทุกระดับ"
    book = Workbook(title=title, made_on=report.generated_on)
    years = sorted({year for plan in report.plans for item in plan.items for year in item.by_year})
    fields = (
        Field("ระดับ", 24), Field("ชนิดแผน", 28), Field("เจ้าของแผน", 32), Field("ปีงบประมาณ", 11),
        Field("ลำดับ", 8, "number"), Field("รหัส", 18), Field("โครงการ", 60),
        Field("หน่วยรับผิดชอบ", 28), Field("อำเภอ", 18), Field("พื้นที่", 30),
        Field("แนวทาง", 28), Field("แผนงาน", 28), Field("วงเงินปีของแผน (บาท)", 20, "baht", total=True),
        *(Field(f"ปี {year} (บาท)", 18, "baht", total=True) for year in years),
        Field("ไฟล์", 34), Field("แผ่นงาน", 22), Field("แถว", 8, "number"),
    )  # fmt: skip
    book.add_sheet(
        "รายการ",
        title=title,
        note=f"{_note(report)} · โครงการหนึ่งอาจอยู่ในแผนหลายระดับ กรองระดับเดียวก่อนรวมยอด",
        fields=fields,
        rows=(_item_row(plan, item, years) for plan in report.plans for item in plan.items),
        empty="ยังไม่มีรายการในแผน ส่งแบบฟอร์มแล้วรวบรวมอีกครั้ง",
    )
    return book.to_bytes()


def _item_row(plan: Plan, item: PlanLine, years: list[int]) -> list[Cell]:
    return [
        wording.LEVEL_NAMES[plan.level], wording.plan_type_name(plan.plan_type), plan.body, str(plan.fiscal_year),
        item.priority, item.code, item.name, item.owner, item.district_name, item.place or item.area_name,
        item.guideline, item.programme, item.amount_satang, *(item.by_year.get(year) for year in years),
        item.source.file, item.source.sheet, item.source.row,
    ]  # fmt: skip


WORKBOOKS: dict[str, Callable[[ProvinceReport], bytes]] = {
    "findings.xlsx": findings_xlsx,
    "pairs.xlsx": pairs_xlsx,
    "plan_items.xlsx": plan_items_xlsx,
}
