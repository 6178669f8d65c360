"""Pure decisions about plans: what an edition's next state and order is when it is compiled again."""

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


FIRST_YEAR, LAST_YEAR = 2480, 2650
"""Fiscal years (Buddhist Era) a plan may be made for; a Christian year falls outside."""


def year_is_plausible(fiscal_year: int) -> bool:
    """Whether a fiscal year is a Buddhist one that this system may hold."""
    return FIRST_YEAR <= fiscal_year <= LAST_YEAR


def order_of(*, wanted: Sequence[Key], standing: Sequence[Key], by_hand: bool) -> list[Key]:
    """The order of an edition compiled again.

    Without an officer's hand the source order holds. With it the standing order is kept, what is gone
    drops out, and what is new comes last in source order: nobody's ranking is lost (R10).
    """
    if not by_hand:
        return list(wanted)
    present = set(wanted)
    kept = [key for key in standing if key in present]
    known = set(kept)
    return [*kept, *(key for key in wanted if key not in known)]


def is_a_full_reordering(*, given: Sequence[int], standing: Collection[int]) -> bool:
    """Whether a new order names every item once and nothing else (R10: priority unique per plan)."""
    return len(given) == len(standing) and set(given) == set(standing)


def compared(
    old: Sequence[tuple[Key, int, int]], new: Sequence[tuple[Key, int, int]]
) -> tuple[list[Key], list[Key], list[tuple[Key, tuple[int, int], tuple[int, int]]]]:
    """What is new, what is gone, and what changed between two editions.

    Each line is a record, its priority and its satang. Changed lines say (priority, satang) before and after.
    """
    before = {key: (priority, satang) for key, priority, satang in old}
    after = {key: (priority, satang) for key, priority, satang in new}
    added = [key for key in after if key not in before]
    removed = [key for key in before if key not in after]
    changed = [(key, before[key], after[key]) for key in after if key in before and before[key] != after[key]]
    return added, removed, changed
