"""The first of many, and how many there are: a short list is not counted once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Concat

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 20_000


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A question of several parts of which one must hold, each answered by an index; `few` where few rows answer it.

    `walk` asks the same in words that no index answers (`bare` holds the expressions it is written with).
    """

    look_up: Q
    walk: Q
    bare: dict[str, Any]
    few: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a field, a condition on it by name, and the field as an expression that no index holds."""

    field: str
    condition: Callable[[str], Q]
    bare: Any


def among(field: str, ids: Sequence[int]) -> Part:
    """A foreign key among these ids."""
    return Part(field, lambda name: Q(**{f"{name}__in": ids}), F(f"{field}_id") + 0)


def begins(field: str, prefixes: Sequence[str]) -> Part:
    """A code of digits that begins with one of these."""

    def condition(name: str) -> Q:
        found = Q(pk__in=[])
        for prefix in prefixes:
            after = str(int(prefix) + 1).zfill(len(prefix)) if prefix else ""
            until = Q(**{f"{name}__lt": after}) if prefix and len(after) == len(prefix) else Q()
            found |= Q(**{f"{name}__gte": prefix or "0"}) & until
        return found

    return Part(field, condition, Concat(F(field), Value("")))


def coded(field: str, codes: Any) -> Part:
    """A code among those a query gives."""
    return Part(field, lambda name: Q(**{f"{name}__in": codes}), Concat(F(field), Value("")))


def any_of(model: type[Model], *parts: Part) -> AnyOf:
    """The question, and whether few rows answer it."""
    every = model._base_manager.order_by().values_list("pk", flat=True)
    asked = many_of(*parts)
    first, *others = [every.filter(part.condition(part.field)) for part in parts]
    found = first.union(*others, all=True) if others else first
    return replace(asked, few=found[: FEW + 1].count() <= FEW)


def many_of(*parts: Part) -> AnyOf:
    """The same where it is known that many rows answer."""
    look_up, walk = Q(), Q()
    for part in parts:
        look_up |= part.condition(part.field)
        walk |= part.condition(f"bare_{part.field}")
    return AnyOf(look_up, walk, {f"bare_{part.field}": part.bare for part in parts}, few=False)


def few_or_many(rows: QuerySet[Row], asked: AnyOf) -> QuerySet[Row]:
    """Rows that answer, asked the way that is quick for how many there are.

    A few are looked up and then sorted. Many are met soon on a walk along the order of the list, where looking them
    all up first would take long.
    """
    return rows.filter(asked.look_up) if asked.few else rows.alias(**asked.bare).filter(asked.walk)
