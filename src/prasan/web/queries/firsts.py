"""The first of many, and how many there are: a short list is not counted once more."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 20_000
LISTED = 5_000  # ids that a query lists one by one


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Foreign keys of a record of which one must be among wanted ids, and whether few records answer that."""

    wanted: tuple[tuple[str, Any], ...]
    few: bool

    def condition(self) -> Q:
        """The condition as one would write it: a database looks every id up."""
        either = Q()
        for field, ids in self.wanted:
            either |= Q(**{f"{field}__in": ids})
        return either


def any_of(model: type[Model], *wanted: tuple[str, Any]) -> AnyOf:
    """Fields with the ids one of them must have, as a list or as a query that gives them.

    A list is what databases plan best, so a query of not too many ids is asked first.
    """
    listed = tuple((field, _listed(ids)) for field, ids in wanted)
    if not all(isinstance(ids, list) for _, ids in listed):
        return AnyOf(listed, few=False)
    every = model._base_manager.order_by().values_list("pk", flat=True)
    first, *others = [every.filter(**{f"{field}__in": ids}) for field, ids in listed]
    found = first.union(*others, all=True) if others else first
    return AnyOf(listed, few=found[: FEW + 1].count() <= FEW)


def few_or_many(rows: QuerySet[Row], asked: AnyOf) -> QuerySet[Row]:
    """Rows that answer, asked the way that is quick for how many there are.

    A few are looked up and then sorted. Many are met soon on a walk along the order of the list, where looking them
    all up first would take long.
    """
    if asked.few:
        return rows.filter(asked.condition())
    either = Q()
    for field, ids in asked.wanted:
        # Nothing is added: an index on the bare field would lead the database away from the walk.
        rows = rows.alias(**{f"walk_{field}": F(f"{field}_id") + 0})
        either |= Q(**{f"walk_{field}__in": ids})
    return rows.filter(either)


def _listed(ids: Any) -> Any:
    if not isinstance(ids, QuerySet):
        return list(ids)
    first = list(ids[: LISTED + 1])
    return ids if len(first) > LISTED else first
