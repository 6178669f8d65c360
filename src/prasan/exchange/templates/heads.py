"""The head of each form: code, centred titles, years, lines ก.-จ., strategy, tactic and programme."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.templates.canvas import Canvas
from prasan.exchange.templates.layouts import LAYOUTS

PLAN_LENGTH = 5  # years of a local development plan (ระเบียบ มท. ว่าด้วยการจัดทำแผนพัฒนาของ อปท.)
_ALREADY_NUMBERED = re.compile(r"^\s*\(?\s*[\d๐-๙]")


@dataclass(frozen=True, slots=True)
class Head:
    """What the official head prints beyond what the sheet itself holds."""

    alignment: tuple[str, ...] = ()  # the five lines ก.-จ., printed as given
    province: str = ""  # for the agencies' list: "จังหวัดกาฬสินธุ์"
    signer: str = "ผู้ใหญ่บ้าน"
    blank_rows: int = 15  # empty bordered rows in a form without records


def years_of(sheet: Sheet) -> tuple[int, ...]:
    """The year columns: what the head says, widened by any year in which a record has money."""
    named = set(sheet.fiscal_years)
    if len(named) == 2:  # a head may give only the first and the last year
        named = set(range(min(named), max(named) + 1))
    named |= {amount.fiscal_year for record in sheet.records for amount in record.amounts}
    named |= {record.fiscal_year for record in sheet.records if record.fiscal_year} if not named else set()
    return tuple(range(min(named), max(named) + 1)) if named else ()


def plan_period(years: Sequence[int]) -> str:
    """The plan's name with its years, e.g. แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)."""
    return f"แผนพัฒนาท้องถิ่น {_span(years)}".strip()


def _span(years: Sequence[int]) -> str:
    if not years:
        return ""
    return f"(พ.ศ. {years[0]})" if years[0] == years[-1] else f"(พ.ศ. {years[0]} - {years[-1]})"


def title_lines(sheet: Sheet, head: Head) -> list[str]:
    """The centred title lines of the form."""
    form, years = sheet.form, years_of(sheet)
    titles = [title.format(province=head.province or sheet.place_text) for title in LAYOUTS[form].titles]
    period = f"{plan_period(years)} {sheet.edition_text}".strip()
    if form == "community_needs":
        return [*titles, f"เพื่อเพิ่มเติม เปลี่ยนแปลง หรือแก้ไข {period}", sheet.place_text, _forum_line(sheet)]
    if form == "local_plan_p02_1":
        third = f"ที่นำมาจากแผนพัฒนาหมู่บ้านและแผนชุมชน {_span(years)} {sheet.edition_text}".strip()
        return [*titles, third, _owner_line(sheet)]
    if form == "local_plan_p02_2":
        beyond = "สำหรับโครงการที่เกินศักยภาพขององค์กรปกครองส่วนท้องถิ่น"
        return [*titles, period, beyond, _owner_line(sheet)]
    if form == "local_plan_p02":
        return [*titles, period, _owner_line(sheet)]
    if form == "action_plan":
        year = f"แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. {years[-1] if years else ''} {sheet.edition_text}"
        return [*titles, year.strip(), _owner_line(sheet)]
    if form == "agency_projects":
        year = f"ประจำปีงบประมาณ พ.ศ. {budget_year(sheet) or ''}".strip()
        due = "แจ้งจังหวัดภายใน 30 วัน นับแต่วันที่พระราชบัญญัติงบประมาณรายจ่ายมีผลใช้บังคับ"
        return [*titles, year, due]
    return [*titles, sheet.owner_text] if titles else []


def _owner_line(sheet: Sheet) -> str:
    """The organisation with its place, which tells it from others of its name."""
    place = "" if sheet.place_text in sheet.owner_text else sheet.place_text
    return f"{sheet.owner_text} {place}".strip()


def budget_year(sheet: Sheet) -> int | None:
    """The one year of a yearly form: of the head, else of its budgeted amounts, else of its records."""
    if sheet.fiscal_years:
        return sheet.fiscal_years[0]
    budgeted = [a.fiscal_year for r in sheet.records for a in r.amounts if a.kind in ("BUDGETED", "PLANNED")]
    return min(budgeted or [r.fiscal_year for r in sheet.records if r.fiscal_year], default=None)


def _forum_line(sheet: Sheet) -> str:
    held = sheet.held_text
    if held and not held.startswith("ประชุม"):
        held = f"ประชุมระหว่างวันที่ {held}" if "-" in held else f"ประชุมเมื่อวันที่ {held}"
    people = f"ผู้เข้าร่วมประชุม {sheet.attendance} คน" if sheet.attendance is not None else ""
    return f"{held}   {people}".strip()


def write_head(canvas: Canvas, sheet: Sheet, head: Head, *, last_column: int) -> int:
    """Write code, titles and lines ก.-จ.; the answer is the next free row."""
    row = 0
    if code := LAYOUTS[sheet.form].code:
        canvas.text(row, last_column, code, "code")
        row += 1
    titles = title_lines(sheet, head)
    canvas.footer(" ".join(filter(None, (LAYOUTS[sheet.form].code, *titles))))
    for title in titles:
        canvas.across(row, 0, last_column, title, "title")
        row += 1
    printed = head.alignment or (sheet.records[0].alignment if sheet.records else ())
    for line in printed:
        canvas.text(row, 0, line, "line")
        row += 1
    return row


def block_lines(record: Record, *, number: int) -> list[str]:
    """The strategy, tactic and programme lines above a block, numbered as the form numbers them."""
    lines = [
        (f"{number}. ", "ยุทธศาสตร์", record.strategy, ""),
        (f"{number}.1 ", "กลยุทธ์", record.tactic, "    "),
        ("(1) ", "แผนงาน", record.programme, "    "),
    ]
    return [indent + _numbered(prefix, word, text) for prefix, word, text, indent in lines if text]


def _numbered(prefix: str, word: str, text: str) -> str:
    if _ALREADY_NUMBERED.match(text):
        return text
    return prefix + (text if text.startswith((word, "ประเด็น", "แนวทาง")) else word + text)
