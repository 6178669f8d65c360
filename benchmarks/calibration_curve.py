"""The picture of a calibration: what was said against what was, one dot a bin with its pairs and its uncertainty."""

from dataclasses import dataclass

SIDE, EDGE = 320, 56


@dataclass(frozen=True)
class Bin:
    """Pairs of which the engine said about the same: mean probability, share that was one work, how many."""

    said: float
    was: float
    pairs: int

    def likely(self) -> tuple[float, float]:
        """Where the true share lies, with 95 % (Wilson 1927)."""
        z2 = 1.96**2
        middle = (self.was + z2 / (2 * self.pairs)) / (1 + z2 / self.pairs)
        spread = (
            1.96 * (self.was * (1 - self.was) / self.pairs + z2 / (4 * self.pairs**2)) ** 0.5 / (1 + z2 / self.pairs)
        )
        return max(middle - spread, 0.0), min(middle + spread, 1.0)


def drawn(bins: list[Bin]) -> str:
    """An SVG that is read without colour: the diagonal is what perfect probabilities would give."""
    parts = [f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>']
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts += [
            f'<line x1="{_x(tick)}" y1="{_y(0)}" x2="{_x(tick)}" y2="{_y(1)}" stroke="#eee"/>',
            f'<line x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}" stroke="#eee"/>',
            f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick:g}</text>',
            f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:g}</text>',
        ]
    points = " ".join(f"{_x(one.said)},{_y(one.was)}" for one in bins)
    parts.append(f'<polyline points="{points}" fill="none" stroke="#1f5fa8" stroke-width="2"/>')
    for place, one in enumerate(bins):
        low, high = one.likely()
        x, right = _x(one.said), one.said < 0.9
        crowded = place > 0 and x - _x(bins[place - 1].said) < 48 and abs(one.was - bins[place - 1].was) < 0.05
        label = _y(one.was) - (22 if crowded else 7)
        parts += [
            f'<line x1="{x}" y1="{_y(low)}" x2="{x}" y2="{_y(high)}" stroke="#1f5fa8"/>',
            f'<circle cx="{x}" cy="{_y(one.was)}" r="4" fill="#1f5fa8"/>',
            f'<text x="{x + (8 if right else -8)}" y="{label}" text-anchor="{"start" if right else "end"}">'
            f"n={one.pairs}</text>",
        ]
    parts += [
        f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">ความน่าจะเป็นที่ระบบบอก (said)</text>',
        f'<text transform="translate(16 {_y(0.5)}) rotate(-90)" text-anchor="middle">สัดส่วนที่เป็นงานเดียวกัน (was)</text>',
    ]
    whole = SIDE + 2 * EDGE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" '
    style = 'font-family="Sarabun, Noto Sans Thai, sans-serif" font-size="12" fill="#222" role="img">'
    title = "<title>ความน่าจะเป็นที่ระบบบอก เทียบกับสัดส่วนจริง / said against was</title>"
    ground = f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
    return "\n".join([head + style, title, ground, *parts, "</svg>", ""])


def _x(share: float) -> float:
    return round(EDGE + SIDE * share, 1)


def _y(share: float) -> float:
    return round(EDGE + SIDE * (1 - share), 1)
