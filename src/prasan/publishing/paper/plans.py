"""The chapters of the plans: each item in priority order with its code and source, totals counted from the rows."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from prasan.common.money import format_baht
from prasan.publishing import wording
from prasan.publishing.paper.book import Chapter, Column, Section, Table
from prasan.publishing.parts import Level, Plan, PlanLine, ProvinceReport, Source
from prasan.publishing.wording import NOTHING, baht, count, decimals_for, prose_digits

_EMPTY_LEVEL: dict[Level, str] = {
    "PROVINCE": "ยังไม่มีแผนของจังหวัดในรอบนี้ เมื่อคณะกรรมการบริหารงานจังหวัดรวบรวมโครงการแล้ว รายการจะปรากฏในบทนี้",
    "DISTRICT": "ยังไม่มีแผนความต้องการระดับอำเภอ เมื่อท้องถิ่นส่งต่อโครงการเกินศักยภาพแล้ว อำเภอรวบรวมและจัดลำดับในบทนี้",
    "LAO": "ยังไม่มีแผนขององค์กรปกครองส่วนท้องถิ่น ส่งแบบ ผ.๐๒ แล้วรวบรวมอีกครั้ง รายการจะปรากฏในบทนี้",
    "VILLAGE": "ยังไม่มีแผนหมู่บ้าน บันทึกผลเวทีประชาคมตามแบบความต้องการ แล้วรวบรวมอีกครั้ง รายการจะปรากฏในบทนี้",
}


T = TypeVar("T")
K = TypeVar("K")
_WORTH_A_SUMMARY = 8  # rows; a shorter plan is read at a glance
_MONEY = Column("งบประมาณ (บาท)", 0.17, "right")
_ORDER = Column("ลำดับ", 0.07, "center")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the rows of a book refer to: the number of each file, and the province that need not be repeated."""

    files: Mapping[str, int]
    province: str

    def place(self, item: PlanLine) -> str:
        """The place of an item, without the province whose book this is."""
        told = item.place or item.area_name
        return re.sub(rf"\s*(?:จ\.|จังหวัด)\s*{re.escape(self.province)}$", "", told) or told or NOTHING

    def code(self, item: PlanLine) -> str:
        """The small line under an item: its code, and the file, sheet and row where it was read."""
        return " · ".join(filter(None, (item.code, self._source(item.source))))

    def _source(self, source: Source) -> str:
        if not source.file:
            return ""
        number = self.files.get(source.file)
        named = f"เอกสาร {count(number, thai_digits=True)}" if number else source.file
        row = f"แถว {count(source.row, thai_digits=True)}" if source.row is not None else ""
        return " › ".join(filter(None, (named, source.sheet, row)))


def level_chapter(report: ProvinceReport, level: Level) -> Chapter:
    """Give the chapter of a level: its plans one after another; plans of villages under their subdistrict."""
    plans = report.plans_of(level)
    title = wording.LEVEL_NAMES[level]
    if not plans:
        return Chapter(title, (_EMPTY_LEVEL.get(level, ""),))
    setting = _Setting({file.file: n for n, file in enumerate(report.inputs, start=1)}, report.province_name)
    rows = sum(len(plan.items) for plan in plans)
    total = sum(plan.total_satang for plan in plans)
    lead = f"บทนี้มี {len(plans):,} แผน {rows:,} รายการ วงเงินรวม {format_baht(total)} บาท"
    sections: list[Section] = []
    for (district, subdistrict), members in grouped(plans, attrgetter("district_name", "subdistrict_name")):
        if level == "VILLAGE" and subdistrict:
            sections.append(_gathered(f"ตำบล{subdistrict} อำเภอ{district}".removesuffix(" อำเภอ"), members, setting))
        else:
            sections += [section for plan in members for section in _plan_sections(plan, setting)]
    return Chapter(title, (prose_digits(lead),), tuple(sections))


def grouped(members: Iterable[T], key: Callable[[T], K]) -> list[tuple[K, list[T]]]:
    """Gather members by a key, in the order in which the keys first come."""
    groups: dict[K, list[T]] = {}
    for member in members:
        groups.setdefault(key(member), []).append(member)
    return list(groups.items())


def _about(plan: Plan) -> str:
    about = f"{wording.plan_type_name(plan.plan_type)} ปีงบประมาณ พ.ศ. {plan.fiscal_year}"
    return f"{about} สถานะ {wording.plan_state_name(plan.state)}"


def _gathered(title: str, plans: list[Plan], setting: _Setting) -> Section:
    """Many short plans in one table: each opens with its body and its total."""
    items = [item for plan in plans for item in plan.items]
    decimals = decimals_for(item.amount_satang for item in items)
    kinds = {_about(plan) for plan in plans}
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for plan in plans:
        heads.append(len(rows))
        told = [_about(plan)] if len(kinds) > 1 else []
        told += [text for text in (_other_years(plan), _same_place(plan, setting)) if text]
        told += [] if plan.items else ["แผนนี้ยังไม่มีรายการ"]
        head = prose_digits("\n".join((f"{plan.body}  {len(plan.items):,} รายการ", *told)))
        rows.append((head, "", format_baht(plan.total_satang, True, decimals) if plan.items else NOTHING))
        rows += [_short_row(item, plan, setting, decimals) for item in plan.items]
    told_once = [f"{len(plans):,} แผน", *kinds] if len(kinds) == 1 else [f"{len(plans):,} แผน"]
    total = ("", prose_digits(f"รวม {len(items):,} รายการ"), format_baht(asked_of(items), True, decimals))
    columns = (_ORDER, Column("โครงการ", 0.76), _MONEY)
    table = Table(columns, tuple(rows), total, tuple(heads))
    return Section(prose_digits(title), (prose_digits(" · ".join(told_once)),), table)


def _same_place(plan: Plan, setting: _Setting) -> str:
    """The one place of all items, where it says more than the name of the body."""
    places = {setting.place(item) for item in plan.items} - {NOTHING}
    told = next(iter(places)) if len(places) == 1 else ""
    return "" if told in plan.body else told


def _short_row(item: PlanLine, plan: Plan, setting: _Setting, decimals: int) -> tuple[str, ...]:
    places = {setting.place(other) for other in plan.items}
    under = [setting.code(item)]
    under += [prose_digits(setting.place(item))] if len(places) > 1 else []
    under += [prose_digits(wording.short_body(item.owner))] if item.owner not in ("", plan.body) else []
    return (
        count(item.priority, thai_digits=True),
        f"{prose_digits(item.name)}\n{' · '.join(under)}",
        baht(item.amount_satang, decimals=decimals, thai_digits=True),
    )


def _plan_sections(plan: Plan, setting: _Setting) -> list[Section]:
    """One plan: what it is, its items in priority order with their total, and its sums by programme."""
    owners = {item.owner for item in plan.items}
    one_owner = next(iter(owners)) if len(owners) == 1 else ""
    shared = f"หน่วยรับผิดชอบทุกรายการ: {one_owner}" if one_owner not in ("", plan.body) else ""
    place = _same_place(plan, setting)
    where = f"พื้นที่ทุกรายการ: {place}" if place else ""
    told = [text for text in (_about(plan), shared, where, _other_years(plan)) if text]
    title, paragraphs = prose_digits(plan.body), tuple(map(prose_digits, told))
    if not plan.items:
        return [Section(title, (*paragraphs, "แผนนี้ยังไม่มีรายการ"))]
    sections = [Section(title, paragraphs, _plan_table(plan, setting, owners))]
    programmes = grouped(plan.items, attrgetter("programme"))
    if len(programmes) > 1 and len(plan.items) >= _WORTH_A_SUMMARY:
        sections.append(_programmes_section(plan, programmes))
    return sections


def _plan_table(plan: Plan, setting: _Setting, owners: set[str]) -> Table:
    """Set the items; a column in which every row would say the same, or nothing, gives its room to the names."""
    decimals = decimals_for(item.amount_satang for item in plan.items)
    placed = len({setting.place(item) for item in plan.items}) > 1
    owned = len(owners) > 1
    columns = (
        _ORDER,
        Column("โครงการ", 0.42 + (0 if placed else 0.18) + (0 if owned else 0.16)),
        *((Column("พื้นที่", 0.18),) if placed else ()),
        *((Column("หน่วยรับผิดชอบ", 0.16),) if owned else ()),
        _MONEY,
    )
    between = ("",) * (len(columns) - 3)
    counted = prose_digits(f"รวม {len(plan.items):,} รายการ")
    rows = tuple(
        (
            count(item.priority, thai_digits=True),
            f"{prose_digits(item.name)}\n{setting.code(item)}",
            *((prose_digits(setting.place(item)),) if placed else ()),
            *((prose_digits(wording.short_body(item.owner) or NOTHING),) if owned else ()),
            baht(item.amount_satang, decimals=decimals, thai_digits=True),
        )
        for item in plan.items
    )
    return Table(columns, rows, ("", counted, *between, format_baht(plan.total_satang, True, decimals)))


def _programmes_section(plan: Plan, programmes: list[tuple[str, list[PlanLine]]]) -> Section:
    decimals = decimals_for(item.amount_satang for item in plan.items)
    rows = tuple(
        (prose_digits(name or "ไม่ระบุแผนงาน"), count(len(items), thai_digits=True),
         format_baht(asked_of(items), True, decimals))
        for name, items in programmes
    )  # fmt: skip
    total = ("รวม", count(len(plan.items), thai_digits=True), format_baht(plan.total_satang, True, decimals))
    columns = (Column("แผนงาน", 0.58), Column("รายการ", 0.16, "right"), Column("งบประมาณ (บาท)", 0.26, "right"))
    title = prose_digits(f"สรุปตามแผนงาน {plan.body}")
    return Section(title, (), Table(columns, rows, total), in_contents=False)


def asked_of(items: Iterable[PlanLine]) -> int:
    """Add up what items ask in the plan's own year."""
    return sum(item.amount_satang or 0 for item in items)


def _other_years(plan: Plan) -> str:
    years: Sequence[tuple[int, int]] = [(y, s) for y, s in plan.by_year.items() if y != plan.fiscal_year and s]
    if not years:
        return ""
    told = " ".join(f"พ.ศ. {year} {format_baht(satang)} บาท" for year, satang in years)
    return f"ปีอื่นของรายการเดียวกัน: {told}"
