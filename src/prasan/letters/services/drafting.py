"""Writing and sending an official letter."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import BE_MINUS_CE
from prasan.cycles.models import Task
from prasan.journal import services as journal
from prasan.letters.models import AddresseeRole, Letter, LetterAddressee, LetterSequence


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes; `name` where the register keeps no such body."""

    body: Body | None
    name: str = ""
    role: str = AddresseeRole.TO


@transaction.atomic
def draft_letter(
    *,
    sender: Body,
    subject: str,
    body: str,
    fiscal_year: int,
    actor: User,
    at: dt.datetime,
    catalogue: str = "",
    form: str = "EXTERNAL",
    urgency: str = "NONE",
    addressees: Sequence[Addressee] = (),
    task: Task | None = None,
    **head: Any,
) -> Letter:
    """Write a draft with its addressees."""
    letter = Letter.objects.create(
        sender=sender,
        subject=subject,
        body=body,
        fiscal_year=fiscal_year,
        catalogue=catalogue,
        form=form,
        urgency=urgency,
        task=task,
        created_by=actor,
        created_at=at,
        **head,
    )
    LetterAddressee.objects.bulk_create(
        LetterAddressee(letter=letter, role=to.role, body=to.body, name=to.name, position=position)
        for position, to in enumerate(addressees, start=1)
    )
    journal.record(at=at, actor=actor, act="letters.draft_letter", subject=letter, subject_code=subject[:100])
    return letter


@transaction.atomic
def dispatch_letter(
    *,
    letter: Letter,
    dated_on: dt.date,
    prefix: str,
    actor: User,
    at: dt.datetime,
    number: int | None = None,
    circular: bool = False,
    override_reason: str = "",
    seen_version: int | None = None,
) -> Letter:
    """Give a draft its number and day."""
    year = dated_on.year + BE_MINUS_CE
    sequence, _ = LetterSequence.objects.select_for_update().get_or_create(
        sender=letter.sender, prefix=prefix, circular=circular, year=year
    )
    running = number or sequence.last + 1
    LetterSequence.objects.filter(pk=sequence.pk).update(last=max(sequence.last, running))
    Letter.objects.filter(pk=letter.pk, version=letter.version if seen_version is None else seen_version).update(
        number=f"{prefix}/{'ว ' if circular else ''}{running}",
        dated_on=dated_on,
        state="DISPATCHED",
        dispatched_at=at,
        dispatched_by=actor,
        override_reason=override_reason,
        version=letter.version + 1,
    )
    letter.addressees.update(sent_on=dated_on)
    letter.refresh_from_db()
    journal.record(at=at, actor=actor, act="letters.dispatch_letter", subject=letter, subject_code=letter.number)
    return letter
