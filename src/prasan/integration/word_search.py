"""Pairs by a word in either name, through the index of three letters in a row (migration 0006, decision 13)."""

from collections.abc import Sequence

from django.db import connection

from prasan.integration.models import Pair

SHORTEST = 3  # letters that the index knows; a shorter word stands in so many names that it is looked for on a walk


def pairs_named(key: str, most: int) -> Sequence[int]:
    """The ids of the first `most` pairs (in no order) with this search key in a name; it has `SHORTEST` letters."""
    if connection.vendor == "sqlite":
        phrase = '"{}"'.format(key.replace('"', '""'))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM integration_pair_words WHERE integration_pair_words MATCH %s LIMIT %s",
                [phrase, most],
            )
            return [pk for (pk,) in cursor.fetchall()]
    found = Pair.objects.order_by().filter(name_keys__contains=key)
    return list(found.values_list("pk", flat=True)[:most])
