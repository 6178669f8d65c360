"""The first of many, and how many there are: a short list is not counted once more."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 6_000


def few_or_many(rows: QuerySet[Row], any_of: Sequence[Q]) -> QuerySet[Row]:
    """Rows that answer any of the conditions, asked in the way that is quick for how many they are.

    A few are looked up, one index after another, and then sorted. Many are met soon on a walk along the order of the
    list, where looking them all up first would take long. A database told "this or that" decides it badly.
    """
    every = rows.model._base_manager.order_by().values_list("pk", flat=True)
    first, *others = [every.filter(condition) for condition in any_of]
    found = list((first.union(*others, all=True) if others else first)[: FEW + 1])
    if len(found) <= FEW:
        return rows.filter(pk__in=set(found))
    either = Q()
    for condition in any_of:
        either |= condition
    return rows.filter(either)
