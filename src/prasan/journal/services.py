"""Writing the journal, and proving that nobody has rewritten it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db import models, transaction

from prasan.journal.models import Entry

GENESIS = "0" * 64


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
    # The last entry is locked so that two writers on PostgreSQL cannot both chain to it.
    last = Entry.objects.select_for_update().order_by("-id").first()
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


def _hash(entry: Entry) -> str:
    """SHA-256 over the entry in a canonical form, the hash before it included."""
    body = [
        entry.previous_hash,
        entry.at.astimezone(dt.timezone.utc).isoformat(),
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
