"""The map of a province: each district in the shade of the baht its items ask for, with its name and items."""

from collections.abc import Sequence

from prasan.common.money import format_baht
from prasan.common.svg import FONT_FAMILY, svg_text, text_width
from prasan.publishing import wording
from prasan.publishing.drawings.scale import INK, NO_MONEY, Step, scale_of, step_for
from prasan.publishing.drawings.shapes import Drawn, about, bottom_of, shapes_of
from prasan.publishing.parts import ProvinceReport

WIDTH, FRAME_HEIGHT = 900, 760
_MARGIN, _TOP, _LEGEND = 24, 96, 210
_MUTED, _LINE = "#4a5763", "#5c6b76"
_BIG, _SMALL = 13.0, 11.0
_ROW, _LISTED = 26, 18  # heights of a row of the legend and of the list under it

_ABOUT = "แนวเขตโดยประมาณจากที่ตั้งอำเภอ ไม่ใช่แนวเขตปกครอง"

Box = tuple[float, float, float, float]


def map_svg(report: ProvinceReport) -> str:
    """Draw the map; without areas it says what is missing. Plain attributes only, so any page may show it."""
    if not report.areas:
        return _empty(report)
    scale = scale_of([area.satang for area in report.areas])
    frame = WIDTH - 2 * _MARGIN - _LEGEND
    tall = FRAME_HEIGHT - _TOP - _MARGIN
    shapes = shapes_of(report.areas, report.outline, left=_MARGIN, top=_TOP, width=frame, height=tall)
    labels, listed = _labels(shapes, scale)
    notes = [*([_ABOUT] if about(report.areas) else []), *report.credits[:1]]
    height = max(
        bottom_of(shapes) + _MARGIN + 20,
        _TOP + 220 + _MARGIN,
        _TOP + 70 + _ROW * (len(scale) + 1) + _LISTED * len(listed),
    )
    parts = [*_opening(report, height), *_areas(shapes, scale), *labels]
    parts += _legend(scale, listed, WIDTH - _MARGIN - _LEGEND + 24)
    parts += [_text(_MARGIN, height - 12, " · ".join(notes), 10, _MUTED)] if notes else []
    return "\n".join([*parts, "</svg>"]) + "\n"


def _opening(report: ProvinceReport, height: float) -> list[str]:
    title = f"วงเงินและจำนวนรายการรายอำเภอ {wording.province_of(report)}"
    under = f"{wording.fiscal_year(report)} · {wording.date_of_figures(report)} · นับแต่ละรายการครั้งเดียว"
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
        f'height="{height:.0f}" role="img" font-family="{FONT_FAMILY}" fill="{INK}" xml:lang="th">',
        f"<title>{svg_text(title)}</title>",
        f'<rect width="{WIDTH}" height="{height:.0f}" fill="#ffffff"/>',
        _text(_MARGIN, 42, title, 20, INK, weight=600),
        _text(_MARGIN, 68, under, 13, _MUTED),
    ]


def _text(x: float, y: float, words: str, size: float, ink: str, *, weight: int = 400, anchor: str = "start") -> str:
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{ink}"{bold}{place}>{svg_text(words)}</text>'


def _areas(shapes: Sequence[Drawn], scale: Sequence[Step]) -> list[str]:
    parts = []
    for drawn in shapes:
        step = step_for(scale, drawn.area.satang)
        told = f"{drawn.area.name}: {drawn.area.projects:,} รายการ {format_baht(drawn.area.satang)} บาท"
        parts.append(
            f'<path d="{drawn.path}" fill="{step.fill if step else NO_MONEY}" stroke="{_LINE}" '
            f'stroke-width="0.9" stroke-linejoin="round"><title>{svg_text(told)}</title></path>'
        )
    return parts


def _labels(shapes: Sequence[Drawn], scale: Sequence[Step]) -> tuple[list[str], list[str]]:
    """Write names where they have room, widest areas first; the others get a number and stand in the list."""
    taken: list[Box] = []
    parts: list[str] = []
    listed: list[str] = []
    for drawn in sorted(shapes, key=lambda d: -d.width):
        if not drawn.path:
            listed.append(f"– {drawn.area.name} {drawn.area.projects:,} รายการ")
            continue
        size = _BIG if text_width(drawn.area.name, _BIG) < drawn.width else _SMALL
        count = f"{drawn.area.projects:,} รายการ"
        name_width = max(text_width(drawn.area.name, size), text_width(count, size - 1.5))
        y = _free(drawn.x, drawn.y, name_width, size, taken) if name_width < 1.35 * drawn.width else None
        if y is None:
            number = sum(line[0] != "–" for line in listed) + 1
            listed.append(f"{number}. {drawn.area.name} {drawn.area.projects:,} รายการ")
            parts += _marker(drawn, number, taken)
        else:
            parts += _name(drawn, y, size, name_width, step_for(scale, drawn.area.satang))
    return parts, listed


def _name(drawn: Drawn, y: float, size: float, name_width: float, step: Step | None) -> list[str]:
    parts = []
    ink = step.ink if step else INK
    if ink != INK and (name_width > drawn.width or y != drawn.y):
        # White letters that reach over a dark border could not be read: a pale plate carries dark ones.
        ink = INK
        parts.append(
            f'<rect x="{drawn.x - name_width / 2 - 3:.1f}" y="{y - size - 3:.1f}" width="{name_width + 6:.1f}" '
            f'height="{2.1 * size + 12:.1f}" rx="3" fill="#ffffff" fill-opacity="0.9"/>'
        )
    parts.append(_text(drawn.x, y, drawn.area.name, size, ink, weight=600, anchor="middle"))
    count = f"{drawn.area.projects:,} รายการ"
    return [*parts, _text(drawn.x, y + size + 4, count, size - 1.5, ink, anchor="middle")]


def _marker(drawn: Drawn, number: int, taken: list[Box]) -> list[str]:
    x, y = drawn.x, drawn.y
    taken.append((x - 9, y - 9, x + 9, y + 9))
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8.5" fill="#ffffff" stroke="{_LINE}" stroke-width="0.7"/>',
        _text(x, y + 3.8, str(number), 10.5, INK, weight=600, anchor="middle"),
    ]


def _free(x: float, y: float, width: float, size: float, taken: list[Box]) -> float | None:
    """Find the height at which a label meets no other; None when there is none near its place."""
    tall = 2.3 * size
    for step in (0, 14, -14):
        here = (x - width / 2, y + step - size, x + width / 2, y + step - size + tall)
        if not any(_meet(here, other) for other in taken):
            taken.append(here)
            return y + step
    return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _legend(scale: Sequence[Step], listed: Sequence[str], x: float) -> list[str]:
    parts = [_text(x, _TOP + 14, "วงเงิน (ล้านบาท)", 13, INK, weight=600)]
    rows = [(NO_MONEY, "ยังไม่มีวงเงิน"), *((step.fill, step.words) for step in scale)]
    for n, (fill, words) in enumerate(rows):
        y = _TOP + 30 + n * _ROW
        parts.append(
            f'<rect x="{x}" y="{y}" width="30" height="17" fill="{fill}" stroke="{_LINE}" stroke-width="0.9"/>'
        )
        parts.append(_text(x + 40, y + 13.5, words, 12.5, INK))
    y = _TOP + 50 + len(rows) * _ROW
    return parts + [_text(x, y + n * _LISTED, line, 11.5, INK) for n, line in enumerate(listed)]


def _empty(report: ProvinceReport) -> str:
    words = ("ยังไม่มีทะเบียนอำเภอของจังหวัดนี้", "นำเข้าทะเบียนพื้นที่ด้วย prasan load areas แล้วรวบรวมอีกครั้ง")
    parts = _opening(report, 190)
    parts += [_text(_MARGIN, 118 + 26 * n, line, 14, INK if n == 0 else _MUTED) for n, line in enumerate(words)]
    return "\n".join([*parts, "</svg>"]) + "\n"
