"""What the plan book says: a report turned into chapters, in Thai digits, totals counted from the rows printed."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from prasan.common.money import format_baht
from prasan.publishing import wording
from prasan.publishing.paper.annexes import duplicates_chapter, handover_chapter, sources_annex
from prasan.publishing.paper.book import Book, Chapter, Column, Section, Table
from prasan.publishing.paper.breaking import unbroken
from prasan.publishing.parts import Level, Plan, PlanLine, ProvinceReport
from prasan.publishing.wording import NOTHING, baht, count, decimals_for, prose_digits

_EMPTY_LEVEL: dict[Level, str] = {
    "PROVINCE": "ยังไม่มีแผนของจังหวัดในรอบนี้ เมื่อคณะกรรมการบริหารงานจังหวัดรวบรวมโครงการแล้ว รายการจะปรากฏในบทนี้",
    "DISTRICT": "ยังไม่มีแผนความต้องการระดับอำเภอ เมื่อท้องถิ่นส่งต่อโครงการเกินศักยภาพแล้ว อำเภอรวบรวมและจัดลำดับในบทนี้",
    "LAO": "ยังไม่มีแผนขององค์กรปกครองส่วนท้องถิ่น ส่งแบบ ผ.๐๒ แล้วรวบรวมอีกครั้ง รายการจะปรากฏในบทนี้",
    "VILLAGE": "ยังไม่มีแผนหมู่บ้าน บันทึกผลเวทีประชาคมตามแบบความต้องการ แล้วรวบรวมอีกครั้ง รายการจะปรากฏในบทนี้",
}


def plan_book(report: ProvinceReport) -> Book:
    """Lay out the book of a report."""
    levels: list[Level] = ["PROVINCE", "DISTRICT", "LAO", "VILLAGE"]
    if report.plans_of("OTHER"):
        levels.append("OTHER")
    chapters = [
        _summary(report),
        *(_level_chapter(report, level) for level in levels),
        handover_chapter(report),
        duplicates_chapter(report),
        sources_annex(report),
    ]
    names = [f"บทที่ {number}  " for number in range(1, len(chapters))] + ["ภาคผนวก  "]
    return Book(
        title=wording.book_title(report),
        province=wording.province_of(report),
        year=prose_digits(wording.fiscal_year(report)),
        date=prose_digits(wording.date_of_figures(report)),
        note=prose_digits(report.cycle_name or report.cycle),
        figures=_figures(report),
        chapters=tuple(
            Chapter(prose_digits(name) + chapter.title, chapter.paragraphs, chapter.sections)
            for name, chapter in zip(names, chapters, strict=True)
        ),
        unbroken=unbroken(report),
    )


def _figures(report: ProvinceReport) -> tuple[tuple[str, str], ...]:
    items = report.items_once()
    return (
        (count(len(items), thai_digits=True), "รายการในแผน"),
        (format_baht(_sum(items), True), "บาท"),
        (count(len(report.plans), thai_digits=True), "แผน"),
    )


def _sum(items: Iterable[PlanLine]) -> int:
    return sum(item.amount_satang or 0 for item in items)


def _summary(report: ProvinceReport) -> Chapter:
    sections = [_levels_table(report), _districts_table(report), _reconciliation_table(report)]
    if report.areas:
        sections.append(Section("แผนที่วงเงินรายอำเภอ", drawing="map"))
    if report.steps:
        sections.append(Section("ปฏิทินการจัดทำแผน", drawing="calendar"))
    return Chapter("ภาพรวม", (_overview(report),), tuple(sections))


def _overview(report: ProvinceReport) -> str:
    counts = report.counts
    if not counts.rows:
        return "ยังไม่มีข้อมูลนำเข้าในรอบนี้ ส่งแบบฟอร์มของหมู่บ้าน ท้องถิ่น หรือหน่วยงาน แล้วรวบรวมอีกครั้ง"
    return prose_digits(
        f"รวบรวมจากเอกสาร {len(report.inputs):,} ฉบับ {counts.rows:,} รายการ ขึ้นทะเบียน {counts.registered:,} รายการ "
        f"รวมกับรายการเดิม {counts.merged:,} รายการ ไม่รับ {counts.refused:,} รายการ "
        f"เป็นความต้องการ {counts.needs:,} เรื่อง และโครงการ {counts.projects:,} โครงการ "
        f"ส่งต่อระหว่างหน่วยงาน {counts.handovers:,} ครั้ง พบคู่ที่อาจซ้ำซ้อน {counts.pairs:,} คู่ "
        f"และมีข้อสังเกต {counts.findings:,} ข้อ"
    )


_MONEY = Column("วงเงิน (บาท)", 0.24, "right")


def _levels_table(report: ProvinceReport) -> Section:
    groups = [(wording.LEVEL_NAMES[level], report.plans_of(level)) for level in wording.LEVEL_NAMES]
    groups = [(name, plans) for name, plans in groups if plans]
    decimals = decimals_for(plan.total_satang for plan in report.plans)
    rows = tuple(
        (
            name,
            count(len(plans), thai_digits=True),
            count(sum(len(plan.items) for plan in plans), thai_digits=True),
            format_baht(sum(plan.total_satang for plan in plans), True, decimals),
        )
        for name, plans in groups
    )
    columns = (Column("ระดับ", 0.46), Column("แผน", 0.12, "right"), Column("รายการ", 0.18, "right"), _MONEY)
    note = "โครงการหนึ่งอาจอยู่ในแผนหลายระดับ วงเงินของแต่ละระดับจึงไม่นำมารวมกัน"
    return Section("แผนแต่ละระดับ", (note,), Table(columns, rows))


def _grouped(items: Iterable[PlanLine], key: Callable[[PlanLine], str]) -> list[tuple[str, list[PlanLine]]]:
    groups: dict[str, list[PlanLine]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def _districts_table(report: ProvinceReport) -> Section:
    items = sorted(report.items_once(), key=attrgetter("district_code"))
    decimals = decimals_for(item.amount_satang for item in items)
    rows = tuple(
        (
            prose_digits(name or "ทั้งจังหวัดหรือไม่ระบุอำเภอ"),
            count(len(members), thai_digits=True),
            format_baht(_sum(members), True, decimals),
        )
        for name, members in _grouped(items, attrgetter("district_name"))
    )
    total = ("รวม", count(len(items), thai_digits=True), format_baht(_sum(items), True, decimals))
    columns = (Column("อำเภอ", 0.52), Column("รายการ", 0.20, "right"), Column("วงเงิน (บาท)", 0.28, "right"))
    note = "นับแต่ละรายการครั้งเดียว แม้อยู่ในแผนหลายระดับ"
    return Section("รายการแยกตามอำเภอ", (note,), Table(columns, rows, total))


def _reconciliation_table(report: ProvinceReport) -> Section:
    sums = report.sums
    title = "การกระทบยอดกับเอกสารต้นทาง"
    if not sums.reconciliations:
        return Section(title, ("ยังไม่มียอดให้กระทบ เพราะยังไม่มีเอกสารนำเข้า",))
    rows = []
    for item in sums.reconciliations:
        written = _writer(item.unit)
        parts = " + ".join(f"{part.name_th} {written(part.value)}" for part in item.parts)
        rows.append((f"{item.name_th}\n{parts}", written(item.whole), _difference(item.difference, written)))
    columns = (Column("รายการ", 0.54), Column("ยอด", 0.24, "right"), Column("ผลต่าง", 0.22, "right"))
    verdict = "ยอดทุกรายการตรงกัน" if sums.reconciled else "มียอดที่ไม่ตรงกัน โปรดดูช่องผลต่าง"
    return Section(title, (verdict,), Table(columns, tuple(tuple(map(prose_digits, row)) for row in rows)))


def _writer(unit: str) -> Callable[[int], str]:
    return (lambda value: f"{format_baht(value, decimals=2)} บาท") if unit == "satang" else (lambda n: f"{n:,} แถว")


def _difference(value: int, written: Callable[[int], str]) -> str:
    return "ตรงกัน" if value == 0 else written(value)


def _level_chapter(report: ProvinceReport, level: Level) -> Chapter:
    plans = report.plans_of(level)
    title = wording.LEVEL_NAMES[level]
    if not plans:
        return Chapter(title, (_EMPTY_LEVEL.get(level, ""),))
    rows = sum(len(plan.items) for plan in plans)
    total = sum(plan.total_satang for plan in plans)
    lead = f"บทนี้มี {len(plans):,} แผน {rows:,} รายการ วงเงินรวม {format_baht(total)} บาท"
    return Chapter(title, (prose_digits(lead),), tuple(section for plan in plans for section in _plan_sections(plan)))


_NAMED, _PLACED = "โครงการ", "พื้นที่"
_PLAN_COLUMNS = (
    Column("ลำดับ", 0.07, "center"),
    Column(_NAMED, 0.39),
    Column(_PLACED, 0.19),
    Column("หน่วยรับผิดชอบ", 0.18),
    Column("งบประมาณ (บาท)", 0.17, "right"),
)
_WORTH_A_SUMMARY = 8  # rows; a shorter plan is read at a glance


def _plan_sections(plan: Plan) -> list[Section]:
    """One plan: what it is, its items in priority order with their total, and its sums by programme."""
    about = f"{wording.plan_type_name(plan.plan_type)} ปีงบประมาณ พ.ศ. {plan.fiscal_year}"
    about += f" สถานะ {wording.plan_state_name(plan.state)}"
    told = [text for text in (about, _other_years(plan)) if text]
    title, paragraphs = prose_digits(plan.body), tuple(map(prose_digits, told))
    if not plan.items:
        return [Section(title, (*paragraphs, "แผนนี้ยังไม่มีรายการ"))]
    sections = [Section(title, paragraphs, _plan_table(plan))]
    programmes = _grouped(plan.items, attrgetter("programme"))
    if len(programmes) > 1 and len(plan.items) >= _WORTH_A_SUMMARY:
        sections.append(_programmes_section(plan, programmes))
    return sections


def _plan_table(plan: Plan) -> Table:
    """Set the items; where no item says its place, the names get the room of that column."""
    decimals = decimals_for(item.amount_satang for item in plan.items)
    placed = any(item.place or item.area_name for item in plan.items)
    spare = 0.0 if placed else 0.19
    columns = [
        Column(column.title, column.width + spare, column.align) if column.title == _NAMED else column
        for column in _PLAN_COLUMNS
    ]
    kept = [n for n, column in enumerate(columns) if placed or column.title != _PLACED]
    counted = prose_digits(f"รวม {len(plan.items):,} รายการ")
    total = ("", counted, "", "", format_baht(plan.total_satang, True, decimals))
    rows = [_plan_row(item, decimals) for item in plan.items]
    return Table(
        tuple(columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
        tuple(total[n] for n in kept),
    )


def _programmes_section(plan: Plan, programmes: list[tuple[str, list[PlanLine]]]) -> Section:
    decimals = decimals_for(item.amount_satang for item in plan.items)
    rows = tuple(
        (prose_digits(name or "ไม่ระบุแผนงาน"), count(len(items), thai_digits=True),
         format_baht(_sum(items), True, decimals))
        for name, items in programmes
    )  # fmt: skip
    total = ("รวม", count(len(plan.items), thai_digits=True), format_baht(plan.total_satang, True, decimals))
    columns = (Column("แผนงาน", 0.58), Column("รายการ", 0.16, "right"), Column("งบประมาณ (บาท)", 0.26, "right"))
    title = prose_digits(f"สรุปตามแผนงาน {plan.body}")
    return Section(title, (), Table(columns, rows, total), in_contents=False)


def _plan_row(item: PlanLine, decimals: int) -> tuple[str, ...]:
    place = item.place or item.area_name or NOTHING
    return (
        count(item.priority, thai_digits=True),
        f"{prose_digits(item.name)}\n{item.code}",
        prose_digits(place),
        prose_digits(item.owner or NOTHING),
        baht(item.amount_satang, decimals=decimals, thai_digits=True),
    )


def _other_years(plan: Plan) -> str:
    years: Sequence[tuple[int, int]] = [(y, s) for y, s in plan.by_year.items() if y != plan.fiscal_year and s]
    if not years:
        return ""
    told = " ".join(f"พ.ศ. {year} {format_baht(satang)} บาท" for year, satang in years)
    return f"ปีอื่นของรายการเดียวกัน: {told}"
