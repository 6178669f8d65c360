"""Writing the journal, and proving that nobody has rewritten it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db import connection, models, transaction

from prasan.journal.models import Entry

GENESIS = "0" * 64
_CHAIN_LOCK = 0x6A6F7572  # any number no other advisory lock of this database uses ("jour")


class Acts(Protocol):
    """Whoever acts: the journal keeps the id and the label, so it needs no people."""

    @property
    def pk(self) -> int | None: ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One act to be journalled. `data` holds JSON values only."""

    act: str
    subject: models.Model | None = None
    subject_code: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def record(
    *,
    at: dt.datetime,
    actor: Acts,
    act: str,
    subject: models.Model | None = None,
    subject_code: str = "",
    data: Mapping[str, object] | None = None,
) -> Entry:
    """Append one act to the journal, in the transaction of the act itself."""
    return record_many(at=at, actor=actor, entries=[Line(act, subject, subject_code, data or {})])[0]


@transaction.atomic
def record_many(*, at: dt.datetime, actor: Acts, entries: Iterable[Line]) -> list[Entry]:
    """Append many acts of one actor at one moment, each chained to the one before it."""
    _wait_for_turn()
    last = Entry.objects.order_by("-id").first()
    previous = last.hash if last else GENESIS
    rows = []
    for line in entries:
        entry = Entry(
            at=at,
            actor_id=actor.pk,
            actor_label=str(actor),
            act=line.act,
            subject_kind=type(line.subject).__name__ if line.subject is not None else "",
            subject_id=line.subject.pk if line.subject is not None else None,
            subject_code=line.subject_code,
            data=dict(line.data),
            previous_hash=previous,
        )
        entry.hash = previous = _hash(entry)
        rows.append(entry)
    return Entry.objects.bulk_create(rows, batch_size=500)


def _wait_for_turn() -> None:
    """Let one writer at a time append, until its transaction ends.

    SQLite has one writer anyway. On PostgreSQL a lock on the last row is not enough: whoever waited for it gets
    that same row although another entry has followed it, and the chain forks; so the lock is not on a row.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def _hash(entry: Entry) -> str:
    """SHA-256 over the entry in a canonical form, the hash before it included."""
    body = [
        entry.previous_hash,
        entry.at.astimezone(dt.UTC).isoformat(),
        entry.actor_id,
        entry.actor_label,
        entry.act,
        entry.subject_kind,
        entry.subject_id,
        entry.subject_code,
        entry.data,
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def verify_chain() -> int | None:
    """The id of the first entry that does not fit its hash or the one before it; None if all fit."""
    previous = GENESIS
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != _hash(entry):
            return entry.pk
        previous = entry.hash
    return None
