"""What the plan book says: a report turned into chapters, in Thai digits, totals counted from the rows printed."""

from collections.abc import Callable
from operator import attrgetter

from prasan.common.money import format_baht
from prasan.publishing import wording
from prasan.publishing.funnels import shown_funnels
from prasan.publishing.paper.annexes import duplicates_chapter, handover_chapter, sources_annex
from prasan.publishing.paper.book import Book, Chapter, Column, Section, Table
from prasan.publishing.paper.breaking import unbroken
from prasan.publishing.paper.plans import asked_of, grouped, level_chapter
from prasan.publishing.parts import Level, ProvinceReport
from prasan.publishing.wording import count, decimals_for, prose_digits


def plan_book(report: ProvinceReport) -> Book:
    """Lay out the book of a report."""
    levels: list[Level] = ["PROVINCE", "DISTRICT", "LAO", "VILLAGE"]
    if report.plans_of("OTHER"):
        levels.append("OTHER")
    chapters = [
        _summary(report),
        *(level_chapter(report, level) for level in levels),
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
        (format_baht(asked_of(items), True), "บาท"),
        (count(len(report.plans), thai_digits=True), "แผน"),
    )


def _summary(report: ProvinceReport) -> Chapter:
    sections = [_levels_table(report), *_funnel_tables(report), _districts_table(report), _reconciliation_table(report)]
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


def _funnel_tables(report: ProvinceReport) -> list[Section]:
    """Tell where needs and requests came to; nothing where none were made."""
    columns = (
        Column("ผล", 0.34),
        Column("จำนวน", 0.13, "right"),
        Column("ร้อยละ", 0.14, "right"),
        Column("วงเงิน (บาท)", 0.25, "right"),
        Column("ร้อยละ", 0.14, "right"),
    )
    sections = []
    for shown in shown_funnels(report):
        rows = [tuple(map(prose_digits, line.texts)) for line in shown.lines]
        title = prose_digits(f"{shown.title} ({shown.counted})")
        sections.append(Section(title, (), Table(columns, tuple(rows[1:]), rows[0])))
    return sections


def _districts_table(report: ProvinceReport) -> Section:
    items = sorted(report.items_once(), key=attrgetter("district_code"))
    decimals = decimals_for(item.amount_satang for item in items)
    rows = tuple(
        (
            prose_digits(name or "ทั้งจังหวัดหรือไม่ระบุอำเภอ"),
            count(len(members), thai_digits=True),
            format_baht(asked_of(members), True, decimals),
        )
        for name, members in grouped(items, attrgetter("district_name"))
    )
    total = ("รวม", count(len(items), thai_digits=True), format_baht(asked_of(items), True, decimals))
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
    return (lambda value: f"{format_baht(value, decimals=2)} บาท") if unit == "satang" else (lambda n: f"{n:,} รายการ")


def _difference(value: int, written: Callable[[int], str]) -> str:
    return "ตรงกัน" if value == 0 else written(value)
