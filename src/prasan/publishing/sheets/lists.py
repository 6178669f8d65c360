"""The lists of a report as workbooks: findings, pairs side by side, items of every plan."""

from collections.abc import Callable
from decimal import Decimal

from prasan.publishing import wording
from prasan.publishing.funnels import shown_funnels
from prasan.publishing.parts import ConflictLine, PairLine, PairSide, Plan, PlanLine, ProvinceReport
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
            Field("ระดับ", 14), Field("ไฟล์", 26), Field("แผ่นงาน", 18), Field("แถว", 7, "number"),
            Field("เซลล์", 9), Field("ข้อสังเกต", 56), Field("ค่าที่พบ", 20), Field("ข้อเสนอ", 22),
            Field("ชนิด", 26, printed=False), Field("Finding (English)", 80, printed=False),
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
    head = (Field("ความน่าจะเป็น", 9, "share"), Field("ความเห็นของระบบ", 12), Field("การพิจารณา", 13))
    sides = _side_fields()
    ends = [Field(name, 48, printed=False) for name in ("ที่มา 1", "ที่มา 2", "Reasons (English)")]
    book.add_sheet(
        "คู่รายการ",
        title=title,
        note=f"{_note(report)} · เป็นข้อเสนอให้เจ้าหน้าที่พิจารณา ระบบไม่รวมรายการเอง",
        fields=(*head, *sides, Field("เหตุผล", 32), *ends),
        rows=(_pair_row(pair) for pair in report.pairs),
        empty="ไม่พบคู่รายการที่น่าจะซ้ำซ้อน",
    )
    _conflict_sheet(book, report)
    return book.to_bytes()


def _side_fields() -> list[Field]:
    return [
        field
        for mark in ("1", "2")
        for field in (
            Field(f"รหัส {mark}", 14), Field(f"ชื่อ {mark}", 32), Field(f"หน่วยงาน {mark}", 17),
            Field(f"พื้นที่ {mark}", 14), Field(f"ปี {mark}", 6), Field(f"วงเงิน {mark} (บาท)", 14, "baht"),
        )
    ]  # fmt: skip


def _conflict_sheet(book: Workbook, report: ProvinceReport) -> None:
    """Works of different offices in each other's way, beside the pairs: both are settled by the same people."""
    ends = [Field(name, 48, printed=False) for name in ("ที่มา 1", "ที่มา 2", "Reasons (English)")]
    book.add_sheet(
        "งานที่ขัดกัน",
        title="งานของต่างหน่วยงานที่ขัดกันด้านเวลาหรือพื้นที่",
        note=f"{_note(report)} · เป็นข้อเสนอให้เจ้าหน้าที่พิจารณา เกณฑ์อ่านจากแนวปฏิบัติทั่วไป ไม่ใช่กฎหมาย",
        fields=(
            Field("เรื่องที่ขัดกัน", 18), Field("ความแน่ชัด", 12), Field("การพิจารณา", 13),
            *_side_fields(), Field("เหตุผล", 32), *ends,
        ),
        rows=(_conflict_row(one) for one in report.conflicts),
        empty="ไม่พบงานของต่างหน่วยงานที่ขัดกัน",
    )  # fmt: skip


def _conflict_row(one: ConflictLine) -> list[Cell]:
    return [
        wording.conflict_kind_name(one.kind),
        wording.conflict_certainty_name(one.certainty),
        wording.conflict_decision_name(one.decision),
        *_side(one.first),
        *_side(one.second),
        " · ".join(one.reasons_th),
        str(one.first.source),
        str(one.second.source),
        " · ".join(one.reasons_en),
    ]


def _pair_row(pair: PairLine) -> list[Cell]:
    return [
        pair.probability,
        wording.verdict_name(pair.verdict),
        wording.decision_name(pair.decision),
        *_side(pair.first),
        *_side(pair.second),
        " · ".join(pair.reasons_th),
        str(pair.first.source),
        str(pair.second.source),
        " · ".join(pair.reasons_en),
    ]


def _side(side: PairSide) -> list[Cell]:
    year = str(side.fiscal_year) if side.fiscal_year else ""
    return [side.code, side.name, side.owner, side.area_name, year, side.amount_satang]


def plan_items_xlsx(report: ProvinceReport) -> bytes:
    """Write the items of all plans, one row each with every year's amount and its source row."""
    title = "รายการในแผนทุกระดับ"
    book = Workbook(title=title, made_on=report.generated_on)
    years = sorted({year for plan in report.plans for item in plan.items for year in item.by_year})
    fields = (
        Field("ลำดับ", 7, "number"), Field("รหัส", 15), Field("โครงการ", 42), Field("เจ้าของแผน", 24),
        Field("ระดับ", 18), Field("หน่วยรับผิดชอบ", 20), Field("อำเภอ", 13), Field("พื้นที่", 20),
        Field("แผนงาน", 20), Field("วงเงินปีของแผน (บาท)", 17, "baht", total=True),
        *(Field(f"ปี {year} (บาท)", 17, "baht", total=True, printed=False) for year in years),
        Field("ชนิดแผน", 26, printed=False), Field("ปีงบประมาณ", 11, printed=False),
        Field("แนวทาง", 26, printed=False), Field("ไฟล์", 34, printed=False),
        Field("แผ่นงาน", 22, printed=False), Field("แถว", 8, "number", printed=False),
    )  # fmt: skip
    book.add_sheet(
        "รายการ",
        title=title,
        note=f"{_note(report)} · โครงการหนึ่งอาจอยู่ในแผนหลายระดับ กรองระดับเดียวก่อนรวมยอด",
        fields=fields,
        rows=(_item_row(plan, item, years) for plan in report.plans for item in plan.items),
        empty="ยังไม่มีรายการในแผน ส่งแบบฟอร์มแล้วรวบรวมอีกครั้ง",
    )
    _funnel_sheet(book, report)
    return book.to_bytes()


def _funnel_sheet(book: Workbook, report: ProvinceReport) -> None:
    """Where needs and requests came to; the places add up to what was asked."""
    book.add_sheet(
        "ผลของคำขอ",
        title="คำขอไปถึงไหน",
        note=_note(report),
        fields=(
            Field("คำขอ", 40), Field("ผล", 26), Field("จำนวน", 12, "number"), Field("ร้อยละ", 12, "percent"),
            Field("วงเงิน (บาท)", 20, "baht"), Field("ร้อยละของวงเงิน", 14, "percent"),
        ),
        rows=(
            (shown.title, line.words, line.tally.count, _float(line.share), line.tally.satang, _float(line.money_share))
            for shown in shown_funnels(report)
            for line in shown.lines
        ),
        empty="ยังไม่มีความต้องการของชุมชนหรือคำขอตามแบบ ผ.02/2",
    )  # fmt: skip


def _float(share: Decimal | None) -> float | None:
    return None if share is None else float(share)


def _item_row(plan: Plan, item: PlanLine, years: list[int]) -> list[Cell]:
    return [
        item.priority, item.code, item.name, plan.body, wording.LEVEL_NAMES[plan.level], item.owner,
        item.district_name, item.place or item.area_name, item.programme, item.amount_satang,
        *(item.by_year.get(year) for year in years),
        wording.plan_type_name(plan.plan_type), str(plan.fiscal_year), item.guideline,
        item.source.file, item.source.sheet, item.source.row,
    ]  # fmt: skip


WORKBOOKS: dict[str, Callable[[ProvinceReport], bytes]] = {
    "findings.xlsx": findings_xlsx,
    "pairs.xlsx": pairs_xlsx,
    "plan_items.xlsx": plan_items_xlsx,
}
