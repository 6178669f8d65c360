"""The calendar of a planning system as one SVG: levels as lanes, windows as bars, today as a line.

Pure: plain steps in, text out. Everything is set by presentation attributes, because a page under
`default-src 'self'` drops style elements; the white sheet is drawn, so a dark page does not swallow it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from prasan.common.dates import fiscal_year_bounds
from prasan.common.svg import FONT_FAMILY, plain_text, text_width
from prasan.cycles import wording
from prasan.cycles.sheet import (
    BAR,
    BAR_TINT,
    BOLD,
    CHART_X,
    HALO,
    INK,
    LANE_WIDTH,
    LINE,
    MARGIN,
    MUTED,
    NAME_WIDTH,
    PANEL,
    ROWS_Y,
    SIZE,
    SMALL,
    TODAY,
    WIDTH,
    Months,
    head,
    heading,
    stroke,
    text_at,
    today_line,
)


@dataclass(frozen=True, slots=True)
class CalendarStep:
    """One step to draw. The window is half-open; both dates are None where no date is printed.

    `certainty` is S (year printed in the source), I (month printed, year inferred), W (seen in public
    material), G (general knowledge) or - (no date).
    """

    number: str
    lane: str
    name_th: str
    name_en: str
    starts_on: dt.date | None
    ends_before: dt.date | None
    certainty: str
    printed: str = ""  # the window as the source prints it
    responsible: str = ""
    source: str = ""
    actors: tuple[str, ...] = ()  # rulebook keys of those who each do it


@dataclass(frozen=True, slots=True)
class Standing:
    """How the tasks of one running step stand, in numbers."""

    tasks: int
    done: int
    late: int

    def words(self, language: str = "th") -> str:
        """Done of all, and late ones when there are; empty without a task."""
        if not self.tasks:
            return ""
        thai = language == "th"
        done = f"เสร็จ {self.done} จาก {self.tasks}" if thai else f"{self.done} of {self.tasks} done"
        if not self.late:
            return done
        return f"{done} · ช้า {self.late}" if thai else f"{done} · {self.late} late"


@dataclass(frozen=True, slots=True)
class _Row:
    step: CalendarStep
    lines: list[str]
    y: float
    height: float
    strong: bool
    indent: float  # from the number to the name
    filled: bool  # mine, or printed where the drawing is nobody's
    standing: str = ""  # how the tasks of the step stand, in words
    late: bool = False


def calendar_svg(
    steps: Sequence[CalendarStep],
    *,
    fiscal_year: int,
    title: str,
    today: dt.date | None = None,
    language: str = "th",
    mine: Collection[str] | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> str:
    """Draw the calendar of one planning system for one fiscal year (Buddhist Era).

    `mine` are the numbers of the reader's own steps: those bars are full, the rest outlined; without it the
    bars of printed years are full. `standings` say by number how the tasks of a running step stand.

    `language` is "th" or "en". `today` draws a line when it falls inside the months shown. Steps keep
    their order inside a lane; lanes stand in the order of their first step. A step without a printed
    date has its row and says so; no bar is ever invented for it.
    """
    months = _months_of(steps, fiscal_year)
    rows = _rows(steps, language, mine, standings or {})
    bottom = rows[-1].y + rows[-1].height if rows else ROWS_Y
    height = round(bottom + 74)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" font-family="{FONT_FAMILY}" font-size="{SIZE}" fill="{INK}" '
        f'xml:lang="{language}">',
        f"<title>{plain_text(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *heading(title, fiscal_year, language),
        *_lanes(rows, language),
        *head(months, bottom, language),
        # Today goes under the bars, so that it never runs through the dates written on them.
        *today_line(today, months, bottom, language),
        *(part for row in rows for part in _row(row, months, language)),
        *_legend(bottom + 34, language, mine is not None),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _months_of(steps: Iterable[CalendarStep], fiscal_year: int) -> Months:
    windows = [(s.starts_on, s.ends_before) for s in steps if s.starts_on and s.ends_before]
    # A system without a single printed date is drawn over its fiscal year, with no bars.
    begin, end = fiscal_year_bounds(fiscal_year)
    if windows:
        begin = min(start for start, _ in windows)
        end = max(end for _, end in windows)
    last = end - dt.timedelta(days=1)
    count = (last.year - begin.year) * 12 + last.month - begin.month + 1
    return Months(begin.replace(day=1), count)


def _rows(
    steps: Sequence[CalendarStep], language: str, mine: Collection[str] | None, standings: Mapping[str, Standing]
) -> list[_Row]:
    rows: list[_Row] = []
    indent = max([36.0, *(text_width(step.number, SIZE) + 12 for step in steps)])
    y: float = ROWS_Y
    lanes = list(dict.fromkeys(step.lane for step in steps))
    for lane in lanes:
        members = [step for step in steps if step.lane == lane]
        top = y
        for step in members:
            name = step.name_th if language == "th" else step.name_en
            lines = wording.wrap(name, width=NAME_WIDTH - 8 - indent, size=SIZE) or [""]
            standing = standings.get(step.number, Standing(0, 0, 0))
            words = standing.words(language)
            height: float = (len(lines) + bool(words)) * LINE + 12
            if step is members[-1]:  # a long name of a lane must not run into the next one
                height = max(height, top + len(_lane_lines(lane, language)) * LINE + 12 - y)
            strong = any(other.number.startswith(f"{step.number}.") for other in steps)
            filled = step.certainty == "S" if mine is None else step.number in mine
            rows.append(_Row(step, lines, y, height, strong, indent, filled, words, standing.late > 0))
            y += height
    return rows


def _lane_lines(lane: str, language: str) -> list[str]:
    return wording.wrap(wording.lane_name(lane, language), width=LANE_WIDTH - 14, size=SIZE * BOLD)


def _lanes(rows: Sequence[_Row], language: str) -> list[str]:
    """The lane names down the left, and a panel behind every second lane so that rows are easy to follow."""
    parts = []
    lanes: dict[str, list[_Row]] = {}
    for row in rows:
        lanes.setdefault(row.step.lane, []).append(row)
    for position, (lane, members) in enumerate(lanes.items()):
        y = members[0].y
        height = members[-1].y + members[-1].height - y
        if position % 2 == 0:
            parts.append(
                f'<rect x="{MARGIN}" y="{y:.1f}" width="{WIDTH - 2 * MARGIN}" height="{height:.1f}" '
                f'fill="{PANEL}" fill-opacity="0.75"/>'
            )
        for offset, line in enumerate(_lane_lines(lane, language)):
            parts.append(text_at(MARGIN + 6, y + 20 + offset * LINE, line, 'font-weight="600"'))
        parts.append(stroke(MARGIN, y, WIDTH - MARGIN, y, MUTED))
    if rows:
        bottom = rows[-1].y + rows[-1].height
        parts.append(stroke(MARGIN, bottom, WIDTH - MARGIN, bottom, MUTED))
    return parts


def _row(row: _Row, months: Months, language: str) -> list[str]:
    step = row.step
    x = MARGIN + LANE_WIDTH
    weight = 'font-weight="600"' if row.strong else ""
    parts = [text_at(x, row.y + 20, step.number, weight)]
    parts += [text_at(x + row.indent, row.y + 20 + n * LINE, line, weight) for n, line in enumerate(row.lines)]
    if row.standing:
        colour = TODAY if row.late else MUTED
        at = row.y + 20 + len(row.lines) * LINE
        parts.append(text_at(x + row.indent, at, row.standing, f'font-size="{SMALL}" fill="{colour}"'))
    if step.starts_on is None or step.ends_before is None:
        words = wording.undated_text(step.certainty, language)
        parts.append(text_at(CHART_X + 8, row.y + 20, words, f'font-size="{SMALL}" fill="{MUTED}" {HALO}'))
        return parts
    return [*parts, *_bar(row, months, step.starts_on, step.ends_before, language)]


def _bar(row: _Row, months: Months, begin: dt.date, end: dt.date, language: str) -> list[str]:
    """The bar of a window, and its dates inside it, or beside it where they do not fit."""
    left, right = months.x(begin), months.x(end)
    y = row.y + (row.height - 20) / 2
    printed = row.step.certainty == "S"
    words = wording.window_text(begin, end, language)
    if row.step.certainty in "WG":
        words = f"{words} ({row.step.certainty})"
    room = text_width(words, SMALL) + 10
    x, anchor, colour, edge = (left + right) / 2, "middle", "#ffffff" if row.filled else INK, ""
    if room > right - left:
        colour = INK
        # Beside the bar the words get a white edge, so that month lines do not run through them.
        edge = f" {HALO}"
        x, anchor = (right + 5, "start") if right + room < WIDTH - MARGIN else (left - 5, "end")
    name = row.step.name_th if language == "th" else row.step.name_en
    box = f'x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="20" rx="3"'
    return [
        f"<g><title>{plain_text(f'{row.step.number} {name}: {words}')}</title>",
        f"<rect {box} {_fill(row.filled, printed)}/>",
        text_at(x, y + 14.5, words, f'font-size="{SMALL}" text-anchor="{anchor}" fill="{colour}"{edge}'),
        "</g>",
    ]


def _fill(filled: bool, printed: bool) -> str:
    """Full or outlined, readable on grey paper; a dashed edge where the year is not printed in the source."""
    if filled and printed:
        return f'fill="{BAR}"'
    dashes = "" if printed else ' stroke-dasharray="5 3"'
    if filled:  # a pale edge, because a dash of the bar's own colour would not be seen
        return f'fill="{BAR}" stroke="{BAR_TINT}" stroke-width="1.5"{dashes}'
    return f'fill="{BAR_TINT}" stroke="{BAR}" stroke-width="1.5"{dashes}'


def _legend(y: float, language: str, personal: bool) -> list[str]:
    thai = language == "th"
    whole = [
        (True, True, "ปีพิมพ์ไว้ในเอกสารต้นทาง" if thai else "year printed in the source"),
        (False, False, "เดือนพิมพ์ไว้ ส่วนปีอนุมาน" if thai else "month printed, year inferred"),
    ]
    own = [
        (True, True, "ของหน่วยงานฉัน" if thai else "mine"),
        (False, True, "ของหน่วยงานอื่น" if thai else "of others"),
        (False, False, "ขอบประ: ปีอนุมาน" if thai else "dashed: year inferred"),
    ]
    parts = []
    x: float = MARGIN
    for filled, printed, words in own if personal else whole:
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="30" height="13" rx="3" {_fill(filled, printed)}/>')
        parts.append(text_at(x + 38, y + 11, words, f'font-size="{SMALL}" fill="{MUTED}"'))
        x += 38 + text_width(words, SMALL) + 30
    return parts
