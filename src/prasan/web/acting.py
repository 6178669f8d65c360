"""What one press does in several rooms: taking matters onto an agenda, carrying a resolution out, sending a plan."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import services as cycles
from prasan.cycles.models import Task
from prasan.letters import services as letters
from prasan.letters.models import Letter
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Outcome, Resolution
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, Referral
from prasan.web.queries.agenda import Waiting


@transaction.atomic
def take_onto_agenda(meeting: Meeting, waiting: Sequence[Waiting], *, actor: User, at: dt.datetime) -> None:
    """Put matters on an agenda, plans with their referral: all of them, or none."""
    for one in waiting:
        item = meetings.add_item(
            meeting=meeting,
            section=one.section,
            title=one.title,
            decision_kind=one.decision,
            subject_kind=one.kind,
            subject_code=one.code,
            actor=actor,
            at=at,
        )
        if one.kind == "PlanEdition":
            plans.refer_edition(edition=PlanEdition.objects.get(pk=one.code), agenda_item=item, actor=actor, at=at)


@transaction.atomic
def send_letter(letter: Letter, **said: Any) -> Letter:
    """Send a letter, held once more against the plans it carries: one that stays in the province stops it (R25)."""
    plans.check_letter(letter)
    return letters.dispatch_letter(letter=letter, **said)


def carry_out(resolution: Resolution, *, actor: User, at: dt.datetime) -> list[Refused]:
    """Let what an adopted resolution decided go on; what refuses is given back, the resolution stands."""
    if resolution.outcome != Outcome.ADOPTED:
        return []
    refusals: list[Refused] = []
    referral = Referral.objects.select_related("edition__body").filter(agenda_item=resolution.item_id).first()
    if referral is not None:
        try:
            plans.pass_gate(edition=referral.edition, resolution=resolution, actor=actor, at=at)
        except Refused as refusal:
            refusals.append(refusal)
    item = resolution.item
    if item.subject_kind == "Task" and item.subject_code.isdecimal():
        task = Task.objects.filter(pk=item.subject_code).first()
        if task is not None:
            try:
                cycles.record_gate_decision(
                    task=task,
                    body=item.meeting.committee,
                    decision=resolution.decision_kind,
                    code=resolution.number,
                    decided_on=localdate(resolution.resolved_at),
                    actor=actor,
                    at=at,
                )
            except Refused as refusal:
                refusals.append(refusal)
    return refusals
