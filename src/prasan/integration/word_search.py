"""Pairs by a word in either name, through the index of three letters in a row (migration 0006, decision 13)."""

from django.db import connection
from django.db.models import QuerySet

from prasan.integration.models import Pair

SHORTEST = 3  # letters that the index knows
FEW = 5_000


def pairs_named(rows: QuerySet[Pair], key: str) -> QuerySet[Pair]:
    """Those of the pairs with this search key in one of the two names.

    PostgreSQL chooses between its index and the order of the list by what it knows of the names. SQLite is told:
    few are looked up first, and many are soon met in the order of the list.
    """
    if connection.vendor == "sqlite" and len(key) >= SHORTEST:
        phrase = '"{}"'.format(key.replace('"', '""'))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM integration_pair_words WHERE integration_pair_words MATCH %s LIMIT %s",
                [phrase, FEW + 1],
            )
            ids = [pk for (pk,) in cursor.fetchall()]
        if len(ids) <= FEW:
            return rows.filter(pk__in=ids)
    return rows.filter(name_keys__contains=key)
