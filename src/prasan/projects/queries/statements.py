"""Questions asked so often that writing them takes Django as long as the rows take to come: kept as text."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection


def answers(statement: str, values: Sequence[int | str] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer a statement; numbers, text and bytes come as they stand in the database."""
    with _cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _cursor() -> Any:
    """A cursor of Django's; that of PostgreSQL answers in bytes: as text each byte of a sketch takes two letters."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    import psycopg

    connection.ensure_connection()
    cursor: Any = psycopg.Cursor(connection.connection)  # bound by the server, which alone answers in bytes
    cursor.format = psycopg.pq.Format.BINARY
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def placeholders(values: Collection[object]) -> str:
    """The list behind IN for so many values."""
    return f"({', '.join(['%s'] * len(values))})"
