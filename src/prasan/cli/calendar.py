"""`prasan calendar`: the calendar of any planning system for any fiscal year, on screen or as a file."""

import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from prasan.common.dates import parse_date, parse_fiscal_year
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles

BANGKOK = dt.timezone(dt.timedelta(hours=7))
STATES = {
    cycles.WAITING: ("ยังไม่ถึง", "not yet"),
    cycles.OPEN: ("อยู่ในช่วง", "open"),
    cycles.PAST: ("ผ่านแล้ว", "past"),
    cycles.UNDATED: ("เอกสารไม่ได้พิมพ์วันไว้", "no date printed"),
}


MARKS = {"I": " *", "W": " **", "G": " ***"}
NOTES = {
    "I": ("* เอกสารพิมพ์เฉพาะเดือน ส่วนปีอนุมาน", "* the source prints the month; the year is inferred"),
    "W": ("** เห็นในข้อมูลสาธารณะ ยังต้องตรวจกับต้นฉบับ", "** seen in public material, to be checked with the original"),
    "G": ("*** ความรู้ทั่วไป ยังต้องตรวจ", "*** general knowledge, to be verified"),
}


@click.command(name="calendar", help="ปฏิทินของระบบแผนใด ๆ ในปีงบประมาณใด ๆ / the calendar of any planning system")
@click.option("--cycle", "system", required=True, help="ระบบแผน เช่น moi_2559 (ดูทั้งหมดด้วย prasan rules)")
@click.option("--fiscal-year", required=True, help="ปีงบประมาณ พ.ศ. เช่น 2569")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".json .ics .svg หรือ .xlsx")
@click.option("--on", "today", help="วันที่ถือเป็นวันนี้ / the day taken as today")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@click.option(
    "--by", type=click.Choice(["level", "body"]), default="level", help="แถวของภาพ / the lanes of the drawing"
)
@click.option("--start-month", type=click.IntRange(1, 12), default=5, help="เดือนแรกของตาราง / first month of the table")
@click.option("--compare", "other", help="ระบบแผนที่จะเทียบ / another system, side by side")
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")
def command(
    system: str,
    fiscal_year: str,
    output: Path | None,
    today: str | None,
    language: str,
    by: str,
    start_month: int,
    other: str | None,
    as_json: bool,
) -> None:
    """Write the file that -o names, or print the calendar; wrong use says what was expected and exits 2."""
    try:
        calendar = cycles.calendar_for(system, parse_fiscal_year(fiscal_year))
        if other:
            calendar = _beside(calendar, cycles.calendar_for(other, calendar.fiscal_year), language)
        day = parse_date(today) if today else dt.datetime.now(BANGKOK).date()
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th} / {refusal.message_en}") from None
    if output is None:
        click.echo(cycles.calendar_json(calendar) if as_json else _table(calendar, day, language), nl=False)
        return
    drawn = replace(calendar, steps=cycles.by_body(calendar.steps, language)) if by == "body" else calendar
    _write(output, calendar, drawn, day, language, start_month)
    if as_json:
        written = {"file": str(output), "system": calendar.system, "fiscal_year": calendar.fiscal_year}
        click.echo(json.dumps({**written, "steps": len(calendar.steps)}, ensure_ascii=False))
    else:
        click.echo(f"เขียนปฏิทินแล้ว / written: {output}")


def _beside(one: cycles.Calendar, other: cycles.Calendar, language: str) -> cycles.Calendar:
    """Two systems as one sheet, each under its own title; nothing is merged (D06)."""
    return replace(
        one,
        system=f"{one.system}-{other.system}",
        title_th=f"{one.title_th} ↔ {other.title_th}",
        title_en=f"{one.title_en} ↔ {other.title_en}",
        reference=f"{one.reference} ↔ {other.reference}",
        anchor=f"{one.anchor} ↔ {other.anchor}",
        steps=cycles.side_by_side(one, other, language),
    )


def _write(
    output: Path, calendar: cycles.Calendar, drawn: cycles.Calendar, day: dt.date, language: str, start_month: int
) -> None:
    writers: dict[str, Callable[[], bytes]] = {
        ".json": lambda: cycles.calendar_json(calendar).encode(),
        ".ics": lambda: cycles.calendar_ics(calendar, language=language),
        ".svg": lambda: _svg(drawn, day, language).encode(),
        ".xlsx": lambda: cycles.calendar_xlsx(calendar, language=language, start_month=start_month),
    }
    writer = writers.get(output.suffix.lower())
    if writer is None:
        known = " ".join(writers)
        raise click.UsageError(
            f"นามสกุลของไฟล์ “{output.name}” ต้องเป็นหนึ่งใน {known} / the file name must end in one of {known}"
        )
    try:
        output.write_bytes(writer())
    except OSError as problem:
        raise click.UsageError(f"เขียนไฟล์ {output} ไม่ได้ / cannot write {output}: {problem.strerror}") from None


def _svg(calendar: cycles.Calendar, day: dt.date, language: str) -> str:
    return cycles.calendar_svg(
        calendar.steps,
        fiscal_year=calendar.fiscal_year,
        title=calendar.title(language),
        today=day,
        language=language,
    )


def _table(calendar: cycles.Calendar, day: dt.date, language: str) -> str:
    thai = language == "th"
    rows = [("ลำดับ", "ระดับ", "ช่วงเวลา", "วันนี้", "ขั้นตอน")] if thai else [("No.", "Level", "Window", "Today", "Step")]
    for step in calendar.steps:
        state = cycles.window_state(step.starts_on, step.ends_before, on=day)
        window = cycles.window_text(step.starts_on, step.ends_before, language) or "–"
        inferred = MARKS.get(step.certainty, "")
        rows.append(
            (
                step.number,
                cycles.lane_name(step.lane, language),
                window + inferred,
                STATES[state][0 if thai else 1],
                step.name_th if thai else step.name_en,
            )
        )
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    year = "ปีงบประมาณ พ.ศ." if thai else "fiscal year B.E."
    lines = [f"{calendar.title(language)} · {year} {calendar.fiscal_year}", calendar.reference, ""]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[4]]))
    notes = [NOTES[mark][0 if thai else 1] for mark in MARKS if any(step.certainty == mark for step in calendar.steps)]
    lines += ["", *notes] if notes else []
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    """How many cells a terminal gives the text: Thai marks above and below take none."""
    return sum(unicodedata.category(character) != "Mn" for character in text)
