"""The scale of the map: classes of baht with round limits, from light to dark so that grey paper keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from prasan.common.money import SATANG_PER_MILLION, format_million

NO_MONEY = "#ffffff"
INK, WHITE = "#1d2733", "#ffffff"
# One hue, evenly darker: the order can be read by the colour-blind and on a grey printer.
_RAMP = ("#e3eff1", "#b4d3d8", "#7fb2ba", "#3f8490", "#0b5563")
_DARK_FROM = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One class: up to and including `limit` satang; its fill and the ink that can be read on it."""

    limit: int
    fill: str
    ink: str
    words: str
    shade: int  # 1 (light) to 5 (dark), whatever colours a page gives them


def scale_of(amounts: Sequence[int]) -> tuple[Step, ...]:
    """Give at most five classes with about equally many areas in each; none when no area has money."""
    asked = sorted(amount for amount in amounts if amount > 0)
    if not asked:
        return ()
    wanted = min(len(_RAMP), len(set(asked)))
    limits = {_round_up(asked[(len(asked) * k + wanted - 1) // wanted - 1]) for k in range(1, wanted + 1)}
    ordered = sorted(limits)
    # The darkest stays for the most: few classes use the ends of the ramp first.
    picked = [_RAMP[round(k * (len(_RAMP) - 1) / max(len(ordered) - 1, 1))] for k in range(len(ordered))]
    if len(ordered) == 1:
        picked = [_RAMP[2]]
    steps = []
    for below, limit, fill in zip([0, *ordered], ordered, picked, strict=False):
        words = f"{format_million(below)} – {format_million(limit)}" if below else f"ไม่เกิน {format_million(limit)}"
        steps.append(Step(limit, fill, WHITE if _RAMP.index(fill) >= _DARK_FROM else INK, words, _RAMP.index(fill) + 1))
    return tuple(steps)


def step_for(scale: Sequence[Step], satang: int) -> Step | None:
    """Give the class of an amount; None for an area without money."""
    return next((step for step in scale if satang <= step.limit), None) if satang > 0 else None


def _round_up(satang: int) -> int:
    """Round up to two figures of million baht (to a thousand baht where all is small), so limits read well."""
    million = Decimal(satang) / SATANG_PER_MILLION
    place = max(million.adjusted() - 1, -3)
    unit = Decimal(1).scaleb(place)
    whole = (million / unit).to_integral_value(ROUND_CEILING)
    return int(whole * unit * SATANG_PER_MILLION)
