"""How tall a row of a sheet must be for Thai that wraps: not every reader measures, and cut marks change words."""

import math

from prasan.common.svg import text_width

LINE = 19.5
"""Points of one line of TH Sarabun at 14 points, with room for a tone mark over a vowel."""
TALLEST = 409.0  # what Excel allows
_SMALLER = 1.44  # TH Sarabun is drawn that much smaller than Sarabun at the same size
_LOSS = 0.95  # Thai breaks between words, so a line is seldom filled to its end


def lines_of(text: str, *, width: float, size: float = 14) -> int:
    """Count the lines a text takes in a column so many characters wide."""
    room = max((width * 7 - 6) * 0.75 * _LOSS, 1.0)
    return sum(max(1, math.ceil(text_width(line, size / _SMALLER) / room)) for line in text.split("\n"))


def height_for(lines: int, *, size: float = 14) -> float:
    """Points for so many lines of that size."""
    return min(math.ceil(lines * LINE * size / 14), TALLEST)
