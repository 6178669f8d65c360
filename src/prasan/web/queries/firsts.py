"""The first of many, and how many there are: a short list is not counted once more."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr

Row = TypeVar("Row", bound=Model)


def first_and_count(found: QuerySet[Row], most: int) -> tuple[list[Row], int]:
    """At most `most` rows, and the number of all of them."""
    rows = list(found[: most + 1])
    return rows[:most], len(rows) if len(rows) <= most else found.count()


FEW = 10_000
LISTED = 1_000  # ids that are read back to the database one by one
MOST_SPANS = 16  # beginnings of codes that are compared one after the other
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A question of several parts of which one must hold; `look_up` is None where many rows answer it.

    `walk` asks the same in words that no index answers (`bare` holds the expressions it is written with).
    """

    look_up: Q | None
    walk: Q
    bare: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a condition that an index answers, or the first ids found where none does, and the same on a walk."""

    look_up: Q
    walk: Q
    bare: dict[str, Any]
    ids: Collection[int] | None = None


def among(field: str, ids: Collection[int]) -> Part:
    """A foreign key among these ids."""
    bare = f"bare_{field}"
    return Part(Q(**{f"{field}__in": ids}), Q(**{f"{bare}__in": ids}), {bare: F(f"{field}_id") + 0})


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
        return Part(Q(), walk, bare, _joined(model, field, spans))
    inside = Q(pk__in=[])
    for low, high in spans:
        inside |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return Part(inside, walk, bare)


def _after(prefix: str) -> str:
    """What stands behind every code that begins so: "57" behind "56", ":" behind "9"."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _joined(model: type[Model], field: str, spans: Sequence[tuple[str, str]]) -> Collection[int]:
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


def looked_up(*parts: Part) -> tuple[Q, int]:
    """The question in words that an index answers, and how many of the rows are known by their ids."""
    found = Q()
    for part in parts:
        found |= part.look_up
    if all(part.ids is None for part in parts):
        return found, 0
    ids = set[int]().union(*(part.ids or () for part in parts))
    return found | Q(pk__in=ids if len(ids) <= LISTED else _in_one_value(sorted(ids))), len(ids)


def _in_one_value(ids: list[int]) -> RawSQL:
    """Some thousand ids as one parameter: as many parameters take longer to read than the rows to find.

    The parameter is text for both: psycopg takes ten times as long to write a list of numbers.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, ids))}}}"])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])


def any_of(model: type[Model], *parts: Part) -> AnyOf:
    """The question, and whether few rows answer it."""
    walk, (look_up, known) = Q(), looked_up(*parts)
    bare: dict[str, Any] = {}
    for part in parts:
        walk |= part.walk
        bare |= part.bare
    if known:
        return AnyOf(look_up if known <= FEW else None, walk, bare)
    found = model._base_manager.order_by().filter(look_up).values_list("pk", flat=True)
    fewest = list(found[: LISTED + 1])
    if len(fewest) <= LISTED:
        look_up = Q(pk__in=fewest)
    few = len(fewest) <= min(LISTED, FEW) or found[: FEW + 1].count() <= FEW
    return AnyOf(look_up if few else None, walk, bare)


def few_or_many(rows: QuerySet[Row], asked: AnyOf) -> QuerySet[Row]:
    """Rows that answer, asked the way that is quick for how many there are.

    A few are looked up and then sorted. Many are met soon on a walk along the order of the list, where looking them
    all up first would take long. Left to choose, either database at times walks for the few: the fewest are named.
    """
    if asked.look_up is not None:
        return rows.filter(asked.look_up)
    met: QuerySet[Row] = rows.alias(**asked.bare).filter(asked.walk)
    return met
