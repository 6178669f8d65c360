"""Step 1: which places need most; each indicator is held against the greatest, weighed, and added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FORMULA = "afp-rank-1"
"""Version of the formula: score = sum of weight × (value ÷ greatest value) ÷ sum of weights."""

DEFAULT_WEIGHTS: dict[str, int] = {
    "OPEN_NEEDS": 25,
    "SUPPORT_PER_VILLAGE": 25,
    "ASKED": 20,
    "UNANSWERED": 20,
    "RETURNED": 10,
}
"""Indicators in the order they are shown, with the weights a round begins with; a round may change them."""

MOST = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """A place as the records have it; `key` breaks ties, so that the same records give the same order."""

    area: int
    key: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """What one indicator adds to the score of one place."""

    key: str
    value: float
    share: float  # of the greatest, 0-1
    weight: int
    points: float  # 0-1; the parts add up to the score


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place with its score (0-1) and how it comes about."""

    area: int
    rank: int
    score: float
    parts: tuple[Part, ...]


def weights_problem(weights: Mapping[str, int]) -> tuple[str, str, str] | None:
    """Why these weights cannot be used: they must name every indicator, each 0-100, and not all nothing."""
    if set(weights) != set(DEFAULT_WEIGHTS):
        return "unknown_indicator", "น้ำหนักต้องครบทุกตัวชี้วัด", "weights name every indicator and no other"
    if any(not 0 <= weight <= MOST for weight in weights.values()):
        return "weight_out_of_range", "น้ำหนักต้องอยู่ระหว่าง 0 ถึง 100", "a weight lies between 0 and 100"
    if not any(weights.values()):
        return "no_weight", "น้ำหนักเป็นศูนย์ทุกตัวไม่ได้", "not every weight may be nothing"
    return None


def rank(measured: Sequence[Measured], weights: Mapping[str, int]) -> tuple[Ranked, ...]:
    """Places in order of need, the neediest first; equal ones by their key."""
    greatest = {key: max((m.values[key] for m in measured), default=0.0) for key in DEFAULT_WEIGHTS}
    whole = sum(weights.values())
    scored = [(m, _parts(m, greatest, weights, whole)) for m in measured]
    scored.sort(key=lambda pair: (-_score(pair[1]), pair[0].key))
    return tuple(Ranked(m.area, place, _score(parts), parts) for place, (m, parts) in enumerate(scored, 1))


def _parts(m: Measured, greatest: Mapping[str, float], weights: Mapping[str, int], whole: int) -> tuple[Part, ...]:
    parts = []
    for key in DEFAULT_WEIGHTS:
        share = m.values[key] / greatest[key] if greatest[key] else 0.0
        parts.append(Part(key, m.values[key], round(share, 4), weights[key], round(share * weights[key] / whole, 4)))
    return tuple(parts)


def _score(parts: Sequence[Part]) -> float:
    return round(sum(part.points for part in parts), 4)
