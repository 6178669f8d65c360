"""The calendar as files other programs read: JSON, iCalendar, workbook; same input, same bytes."""

import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

import icalendar
import xlsxwriter

from prasan.cycles import grid, wording
from prasan.cycles.drawing import CalendarStep
from prasan.rulebook import Conflict

CERTAINTY_WORDS = {
    "S": ("ปีพิมพ์ไว้ในเอกสารต้นทาง", "year printed in the source"),
    "I": ("เดือนพิมพ์ไว้ ส่วนปีอนุมาน", "month printed, year inferred"),
    "W": ("เห็นในข้อมูลสาธารณะ ยังต้องตรวจกับต้นฉบับ", "seen in public material, to be checked with the original"),
    "G": ("ความรู้ทั่วไป ยังต้องตรวจ", "general knowledge, to be verified"),
    "-": ("เอกสารไม่ได้พิมพ์วันไว้", "no date printed"),
}
_NO_MOMENT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """One planning system dated for one fiscal year (Buddhist Era), ready to print or send."""

    system: str
    title_th: str
    title_en: str
    reference: str
    anchor: str
    fiscal_year: int
    steps: tuple[CalendarStep, ...]
    conflicts: tuple[Conflict, ...] = ()  # where its windows contradict each other (R39, R60)

    def title(self, language: str = "th") -> str:
        return self.title_th if language == "th" else self.title_en


def calendar_record(calendar: Calendar) -> dict[str, object]:
    """The calendar as plain JSON values; `ends_before` is the first day after the window, `last_day` in it."""
    return {
        "system": calendar.system,
        "fiscal_year": calendar.fiscal_year,
        "title_th": calendar.title_th,
        "title_en": calendar.title_en,
        "reference": calendar.reference,
        "anchor": calendar.anchor,
        "steps": [_step_record(step) for step in calendar.steps],
        "conflicts": [
            {
                "rule": one.rule,
                "first": one.first,
                "second": one.second,
                "message_th": one.message.th,
                "message_en": one.message.en,
            }
            for one in calendar.conflicts
        ],
    }


def _step_record(step: CalendarStep) -> dict[str, object]:
    return {
        "number": step.number,
        "lane": step.lane,
        "name_th": step.name_th,
        "name_en": step.name_en,
        "starts_on": step.starts_on.isoformat() if step.starts_on else None,
        "ends_before": step.ends_before.isoformat() if step.ends_before else None,
        "last_day": (step.ends_before - dt.timedelta(days=1)).isoformat() if step.ends_before else None,
        "window_th": wording.window_text(step.starts_on, step.ends_before, "th"),
        "window_en": wording.window_text(step.starts_on, step.ends_before, "en"),
        "printed": step.printed,
        "certainty": step.certainty,
        "responsible": step.responsible,
        "source": step.source,
    }


def calendar_json(calendar: Calendar) -> str:
    """The calendar as JSON text, ending in a line break."""
    return json.dumps(calendar_record(calendar), ensure_ascii=False, indent=2) + "\n"


def calendar_ics(calendar: Calendar, *, language: str = "th") -> bytes:
    """The calendar as iCalendar with one all-day event a window; steps without a date have no event.

    DTEND is the first day after the window, as RFC 5545 wants for whole days. UID and DTSTAMP depend on
    the step alone, so that importing a newer file renews the events instead of doubling them.
    """
    document = icalendar.Calendar()
    document.add("prodid", "-//Prasan//Planning calendar//TH")
    document.add("version", "2.0")
    year = "ปีงบประมาณ พ.ศ." if language == "th" else "fiscal year B.E."
    document.add("x-wr-calname", f"{calendar.title(language)} {year} {calendar.fiscal_year}")
    document.add("x-wr-timezone", "Asia/Bangkok")
    for step in calendar.steps:
        if step.starts_on and step.ends_before:
            document.add_component(_event(calendar, step, step.starts_on, step.ends_before, language))
    return bytes(document.to_ical())


def _event(
    calendar: Calendar, step: CalendarStep, starts_on: dt.date, ends_before: dt.date, language: str
) -> icalendar.Event:
    thai = language == "th"
    event = icalendar.Event()
    event.add("uid", f"{calendar.system}-{calendar.fiscal_year}-{step.number}@prasan")
    event.add("dtstamp", dt.datetime.combine(starts_on, dt.time(), dt.UTC))
    event.add("dtstart", starts_on)
    event.add("dtend", ends_before)
    event.add("summary", f"{step.number} {step.name_th if thai else step.name_en}")
    certainty = CERTAINTY_WORDS[step.certainty][0 if thai else 1]
    window = wording.window_text(starts_on, ends_before, language)
    lines = [f"{window} ({certainty})", step.responsible, f"{calendar.reference} [{step.source}]"]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("categories", [wording.lane_name(step.lane, language)])
    event.add("transp", "TRANSPARENT")  # a planning window does not make anybody's day busy
    return event


_HEADS = {
    "th": ("ลำดับ", "ระดับ", "ขั้นตอน", "วันแรก", "วันสุดท้าย", "ช่วงเวลา", "ตามที่พิมพ์", "ที่มาของปี", "ผู้รับผิดชอบ", "อ้างอิง"),
    "en": (
        "No.", "Level", "Step", "First day", "Last day", "Window", "As printed", "Where the year is from",
        "Responsible", "Source",
    ),
}  # fmt: skip
_WIDTHS = (7, 18, 46, 14, 14, 22, 20, 25, 28, 16)


def calendar_xlsx(calendar: Calendar, *, language: str = "th", start_month: int = 5) -> bytes:
    """The calendar as a workbook: its list with real dates (Buddhist Era in Thai), and its table of twelve months."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": calendar.title(language), "created": _NO_MOMENT.replace(tzinfo=None)})
    plain = {"font_name": "Sarabun", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    # 107041E: Arabic digits, Thai, Buddhist calendar.
    shown = "[$-107041E]d mmm yyyy" if language == "th" else "d mmm yyyy"
    head = book.add_format({**plain, "bold": True, "bg_color": "#e6f1f2"})
    cell, day = book.add_format(plain), book.add_format({**plain, "num_format": shown, "align": "left"})
    title = book.add_format({"font_name": "Sarabun", "font_size": 14, "bold": True})
    note = book.add_format({"font_name": "Sarabun", "font_size": 11})
    sheet = book.add_worksheet("ปฏิทิน" if language == "th" else "Calendar")
    year = "ปีงบประมาณ พ.ศ." if language == "th" else "Fiscal year B.E."
    sheet.write_string(0, 0, f"{calendar.title(language)} {year} {calendar.fiscal_year}", title)
    sheet.write_string(1, 0, calendar.reference, note)
    for column, (words, width) in enumerate(zip(_HEADS[language], _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, words, head)
    for row, step in enumerate(calendar.steps, start=4):
        for column, value in enumerate(_cells(step, language)):
            if isinstance(value, dt.date):
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
            elif value:
                sheet.write_string(row, column, value, cell)
            else:
                sheet.write_blank(row, column, None, cell)
    sheet.freeze_panes(4, 3)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    _month_sheet(book, calendar, language, start_month, {"head": head, "cell": cell, "title": title})
    book.close()
    return stream.getvalue()


def _month_sheet(
    book: xlsxwriter.Workbook, calendar: Calendar, language: str, start_month: int, formats: dict[str, Any]
) -> None:
    """The second sheet, in the layout of the printed table: steps down, months across, arrows over the windows."""
    thai = language == "th"
    sheet = book.add_worksheet("ตารางเดือน" if thai else "Months")
    sheet.write_string(0, 0, calendar.title(language), formats["title"])
    table = grid.month_table(calendar.steps, start_month=start_month, language=language)
    heads = ("ลำดับ", "ขั้นตอน", "ผู้รับผิดชอบ") if thai else ("No.", "Step", "Responsible")
    names = [wording.month_name(month, language) for month in table.months]
    for column, words in enumerate([*heads, *names, "ที่มาของปี" if thai else "Where the year is from"]):
        sheet.write_string(2, column, words, formats["head"])
        sheet.set_column(column, column, (7, 46, 28)[column] if column < 3 else 9)
    for row, line in enumerate(table.rows, start=3):
        step = line.step
        name = step.name_th if thai else step.name_en
        cells = [step.number, name, step.responsible, *(cell.text for cell in line.cells)]
        for column, words in enumerate([*cells, CERTAINTY_WORDS[step.certainty][0 if thai else 1]]):
            sheet.write_string(row, column, words, formats["cell"])
    sheet.freeze_panes(3, 3)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cells(step: CalendarStep, language: str) -> tuple[str | dt.date, ...]:
    thai = language == "th"
    return (
        step.number,
        wording.lane_name(step.lane, language),
        step.name_th if thai else step.name_en,
        step.starts_on or "",
        step.ends_before - dt.timedelta(days=1) if step.ends_before else "",
        wording.window_text(step.starts_on, step.ends_before, language),
        step.printed,
        CERTAINTY_WORDS[step.certainty][0 if thai else 1],
        step.responsible,
        step.source,
    )
