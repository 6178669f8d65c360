"""Questions asked so often that writing them takes Django as long as the rows take to come: kept as text."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection


def answers(statement: str, values: Sequence[int | str] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer a statement; numbers, text and bytes come as they stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def placeholders(values: Collection[object]) -> str:
    """The list behind IN for so many values."""
    return f"({', '.join(['%s'] * len(values))})"
