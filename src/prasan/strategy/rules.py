"""Pure decisions of the strategy cascade: which level stands above which, what a plan must hold (R40), likeness."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

LEVELS = ("NATIONAL", "REGION", "CLUSTER", "PROVINCE", "DISTRICT", "LAO")
"""From the highest to the lowest."""

PARENT_OF = {"ISSUE": None, "GOAL": "ISSUE", "STRATEGY": "GOAL"}
"""Under what an objective stands in its plan."""


def is_above(upper: str, lower: str) -> bool:
    """Whether the first level stands above the second: links go up, so they can never make a ring."""
    return LEVELS.index(upper) < LEVELS.index(lower)


def missing_components(
    *, vision: bool, issues: int, goals: int, strategies: int, indicators: int, without_target: int
) -> tuple[tuple[str, str], ...]:
    """The components a plan lacks (R40: six of them, each indicator with target values), in Thai and English."""
    wanted = (
        (vision, "วิสัยทัศน์", "vision"),
        (issues > 0, "ประเด็นยุทธศาสตร์", "strategic issues"),
        (goals > 0, "เป้าประสงค์", "goals"),
        (indicators > 0, "ตัวชี้วัด", "indicators"),
        (indicators > 0 and without_target == 0, "ค่าเป้าหมาย", "target values"),
        (strategies > 0, "กลยุทธ์", "strategies"),
    )
    return tuple((th, en) for there, th, en in wanted if not there)


def pairs_of(key: str) -> Counter[str]:
    """The pairs of letters of a search key. Thai has no spaces between words, so pairs of letters stand for words."""
    return Counter(key[n : n + 2] for n in range(len(key) - 1))


def weights_of(keys: Iterable[str]) -> dict[str, float]:
    """How telling each pair of letters is among these keys: what all of them hold (การ, พัฒนา) tells nothing."""
    counts: Counter[str] = Counter()
    total = 0
    for key in keys:
        counts.update(set(pairs_of(key)))
        total += 1
    return {pair: log((total + 1) / count) for pair, count in counts.items()}


def likeness(one: str, other: str, weights: Mapping[str, float]) -> float:
    """How much two search keys say the same, 0 to 1: Dice's coefficient of their weighted pairs of letters.

    A pair that is not among the weights has none: it cannot be shared.
    """
    first, second = pairs_of(one), pairs_of(other)
    whole = sum(weights.get(pair, 0.0) * count for pair, count in (first + second).items())
    shared = sum(weights.get(pair, 0.0) * count for pair, count in (first & second).items())
    return 2 * shared / whole if whole else 0.0
