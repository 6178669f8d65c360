"""The first of many, and how many there are: a short list is not counted once more."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Substr

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 10_000
MOST_SPANS = 16  # beginnings of codes that are compared one after the other
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A question of several parts of which one must hold: the ids of the rows that answer it where they are few.

    `walk` asks the same in words that no index answers (`bare` holds the expressions it is written with).
    """

    ids: Collection[int] | None
    walk: Q
    bare: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: the ids of the first rows that answer it, and the same on a walk, with what that is written with."""

    find: Callable[[], Iterable[int]]
    walk: Q
    bare: dict[str, Any]


def among(model: type[Model], field: str, ids: Collection[int]) -> Part:
    """A foreign key among these ids."""
    bare = f"bare_{field}"
    walk = Q(**{f"{bare}__in": ids})
    return Part(lambda: _first(model, Q(**{f"{field}__in": ids})), walk, {bare: F(f"{field}_id") + 0})


def begins(model: type[Model], field: str, prefixes: Collection[str]) -> Part:
    """A code of digits that begins with one of these.

    A chain of many comparisons takes PostgreSQL longer to plan than the rows take to find: many beginnings are found
    by a join, and on a walk compared as one list for each length.
    """
    known = DIGITS if "" in prefixes else prefixes  # all codes begin with nothing; an unknown place has none
    by_length: dict[int, list[str]] = {}
    for prefix in known:
        by_length.setdefault(len(prefix), []).append(prefix)
    walk, bare = Q(pk__in=[]), {}
    for length, same in by_length.items():
        bare[f"bare_{field}_{length}"] = Substr(F(field), 1, length)
        walk |= Q(**{f"bare_{field}_{length}__in": same})
    spans = [(prefix, _after(prefix)) for prefix in known]
    if len(spans) > MOST_SPANS:
        return Part(lambda: _first_joined(model, field, spans), walk, bare)
    inside = Q(pk__in=[])
    for low, high in spans:
        inside |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return Part(lambda: _first(model, inside), walk, bare)


def _after(prefix: str) -> str:
    """What stands behind every code that begins so: "57" behind "56", ":" behind "9"."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _first(model: type[Model], condition: Q) -> Iterable[int]:
    return model._base_manager.order_by().filter(condition).values_list("pk", flat=True)[: FEW + 1]


def _first_joined(model: type[Model], field: str, spans: Sequence[tuple[str, str]]) -> Iterable[int]:
    """The rows whose code lies in one of these spans; crossed, so that SQLite too goes through the spans first."""
    table, column = (connection.ops.quote_name(name) for name in (model._meta.db_table, field))
    values = ", ".join(["(%s, %s)"] * len(spans))
    inside = f"{table}.{column} >= span.low AND {table}.{column} < span.high"
    found = f"SELECT {table}.id FROM span CROSS JOIN {table} WHERE {inside}"  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(low, high) AS (VALUES {values}) {found} LIMIT %s",
            [*(end for span in spans for end in span), FEW + 1],
        )
        return [pk for (pk,) in cursor.fetchall()]


def any_of(*parts: Part) -> AnyOf:
    """The question, with its answers where these are few.

    Each part is asked by itself: PostgreSQL starts workers for a union, which takes longer than all of it.
    """
    walk, ids = Q(), set[int]()
    bare: dict[str, Any] = {}
    for part in parts:
        walk |= part.walk
        bare |= part.bare
        if len(ids) <= FEW:
            ids.update(part.find())
    return AnyOf(ids if len(ids) <= FEW else None, walk, bare)


def few_or_many(rows: QuerySet[Row], asked: AnyOf) -> QuerySet[Row]:
    """Rows that answer, asked the way that is quick for how many there are.

    A few were looked up, and are sorted. Many are met soon on a walk along the order of the list, where looking them
    all up first would take long. Left to choose, either database at times walks for the few.
    """
    if asked.ids is not None:
        return rows.filter(pk__in=asked.ids)
    met: QuerySet[Row] = rows.alias(**asked.bare).filter(asked.walk)
    return met
