"""The first of many, and how many there are: a short list is not counted once more."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 10_000


Wanted = Sequence[tuple[str, Any]]
"""Fields (foreign keys) and the ids one of them must have: a list, or a query that gives them."""


def ids_of_any(model: type[Row], any_of: Wanted) -> QuerySet[Row, Any] | None:
    """The ids of rows of which any of these fields is as wanted, as a query; None where there are more than a few."""
    every = model._base_manager.order_by().values_list("pk", flat=True)
    first, *others = [every.filter(**{f"{field}__in": wanted}) for field, wanted in any_of]
    found = first.union(*others, all=True) if others else first
    return found if found[: FEW + 1].count() <= FEW else None


def few_or_many(rows: QuerySet[Row], any_of: Wanted) -> QuerySet[Row]:
    """Rows of which any of these fields is as wanted, asked the way that is quick for how many there are.

    A few are looked up, one index after another, and then sorted. Many are met soon on a walk along the order of the
    list, where looking them all up first would take long. A database told "this or that" decides it badly.
    """
    few = ids_of_any(rows.model, any_of)
    if few is not None:
        return rows.filter(pk__in=few)
    either = Q()
    for field, wanted in any_of:
        # Nothing is added: an index on the bare field would lead the database away from the walk.
        rows = rows.alias(**{f"walk_{field}": F(f"{field}_id") + 0})
        either |= Q(**{f"walk_{field}__in": wanted})
    return rows.filter(either)
