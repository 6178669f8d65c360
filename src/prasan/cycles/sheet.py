"""The sheet of a calendar's drawing: its sizes and colours, the months across it, its head, and today's line."""

import calendar
import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prasan.common.dates import fiscal_year_bounds, fiscal_year_of, format_date
from prasan.common.svg import svg_text, text_width
from prasan.cycles import wording

WIDTH = 1123  # A4 on its side at 96 dots an inch
MARGIN = 28
LANE_WIDTH = 104
NAME_WIDTH = 300
CHART_X = MARGIN + LANE_WIDTH + NAME_WIDTH
CHART_WIDTH = WIDTH - MARGIN - CHART_X
HEAD_Y = 84
BAND = 24  # height of one of the three bands of the head: fiscal year, calendar year, month
ROWS_Y = HEAD_Y + 3 * BAND
LINE = 18
SIZE, SMALL = 13, 11.5
BOLD = 1.06  # how much wider bold words run
INK, MUTED, RULE, PANEL = "#1d2733", "#4a5763", "#c3ccd2", "#f1f4f5"
BAR, BAR_TINT, TODAY = "#0b5563", "#e6f1f2", "#b3261e"
HALO = 'stroke="#ffffff" stroke-width="3" paint-order="stroke"'


@dataclass(frozen=True, slots=True)
class Months:
    """The months across the sheet, all equally wide; `first` is the first day of the first of them."""

    first: dt.date
    count: int

    def x(self, day: dt.date) -> float:
        """Where the day begins on the sheet."""
        whole = (day.year - self.first.year) * 12 + day.month - self.first.month
        part = (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
        return CHART_X + (whole + part) * CHART_WIDTH / self.count

    def starts(self) -> list[dt.date]:
        """The first day of each month, and of the one after the last."""
        base = self.first.year * 12 + self.first.month - 1
        return [dt.date((base + n) // 12, (base + n) % 12 + 1, 1) for n in range(self.count + 1)]

    def holds(self, day: dt.date) -> bool:
        """Whether the day falls inside the months shown."""
        return self.first <= day < self.starts()[-1]


def text_at(x: float, y: float, text: str, attributes: str = "") -> str:
    """One line of text with its left end, or anchor, at x."""
    space = " " if attributes else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{space}{attributes}>{svg_text(text)}</text>'


def stroke(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    """A straight line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"/>'


def heading(title: str, fiscal_year: int, language: str) -> list[str]:
    """The title over the sheet, and the fiscal year with its first and last day."""
    begin, end = fiscal_year_bounds(fiscal_year)
    last = end - dt.timedelta(days=1)
    first_day, last_day = (format_date(day, style="long", language=language) for day in (begin, last))
    if language == "th":
        under = f"ปีงบประมาณ พ.ศ. {fiscal_year} ({first_day} – {last_day})"
    else:
        under = f"Fiscal year B.E. {fiscal_year} ({first_day} – {last_day})"
    size = min(20.0, 20.0 * (WIDTH - 2 * MARGIN) / max(text_width(title, 20), 1))
    return [
        text_at(MARGIN, 40, title, f'font-size="{size:.1f}" font-weight="600"'),
        text_at(MARGIN, 66, under, f'fill="{MUTED}"'),
    ]


def head(months: Months, bottom: float, language: str) -> list[str]:
    """Three bands over the chart, and a line down at each month; thicker where a year begins."""
    starts = months.starts()
    fiscal = "ปีงบประมาณ" if language == "th" else "Fiscal year"
    parts = _band(starts, HEAD_Y, lambda day: f"{fiscal} {fiscal_year_of(day)}", months)
    parts += _band(starts, HEAD_Y + BAND, lambda day: _calendar_year(day, language), months)
    every = -(-28 * months.count // CHART_WIDTH)  # when months are narrower than 28, name every n-th only
    for position, day in enumerate(starts[:-1]):
        if position % every == 0:
            middle = months.x(day) + CHART_WIDTH / months.count / 2
            name = wording.month_name(day.month, language)
            parts.append(text_at(middle, HEAD_Y + 2.7 * BAND, name, f'font-size="{SMALL}" text-anchor="middle"'))
    for day in starts:
        edge = day.month in (1, 10)
        colour, width = (MUTED, 1.2) if edge else (RULE, 0.7)
        parts.append(stroke(months.x(day), HEAD_Y + 2 * BAND, months.x(day), bottom, colour, width))
    return parts


def _calendar_year(day: dt.date, language: str) -> str:
    buddhist = wording.year_name(day.year, "th")
    return f"พ.ศ. {buddhist}" if language == "th" else f"B.E. {buddhist} / {day.year}"


def _band(starts: Sequence[dt.date], y: float, label: Callable[[dt.date], str], months: Months) -> list[str]:
    """One band: neighbouring months with the same label share one cell."""
    parts = []
    cells: list[tuple[str, dt.date, dt.date]] = []
    for day, following in itertools.pairwise(starts):
        words = label(day)
        if cells and cells[-1][0] == words:
            cells[-1] = (words, cells[-1][1], following)
        else:
            cells.append((words, day, following))
    for words, begin, end in cells:
        x, width = months.x(begin), months.x(end) - months.x(begin)
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAND}" fill="{PANEL}" stroke="{RULE}"/>')
        if text_width(words, SMALL) > width - 6:
            words = words.rsplit(" ", 1)[-1]  # "พ.ศ. 2566" -> "2566" where the cell is narrow
        if text_width(words, SMALL) <= width - 2:
            parts.append(text_at(x + width / 2, y + 16.5, words, f'font-size="{SMALL}" text-anchor="middle"'))
    return parts


def today_line(today: dt.date | None, months: Months, bottom: float, language: str) -> list[str]:
    """Today as a line through the months, where it falls inside them."""
    if today is None or not months.holds(today):
        return []
    x = months.x(today)
    day = wording.window_text(today, today + dt.timedelta(days=1), language)
    words = f"{'วันนี้' if language == 'th' else 'Today'} {day}"
    half = text_width(words, SMALL) / 2
    middle = min(max(x, CHART_X + half), WIDTH - MARGIN - half)
    return [
        stroke(x, HEAD_Y + 3 * BAND - 4, x, bottom + 4, TODAY, 1.8),
        text_at(
            middle,
            bottom + 17,
            words,
            f'font-size="{SMALL}" font-weight="600" text-anchor="middle" fill="{TODAY}"',
        ),
    ]
