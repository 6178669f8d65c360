"""A decision of the right body lets a task be done."""

import datetime as dt

from django.db import transaction

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.cycles.models import GateDecision, Task
from prasan.journal import services as journal


@transaction.atomic
def record_gate_decision(
    *, task: Task, body: Body, decision: str, code: str, decided_on: dt.date, actor: User, at: dt.datetime
) -> GateDecision:
    """Keep which resolution decided for a task."""
    gate, _ = GateDecision.objects.update_or_create(
        task=task,
        actor=body.kind.lower(),
        decision=decision,
        defaults={"body": body, "code": code, "decided_on": decided_on, "recorded_at": at},
    )
    journal.record(at=at, actor=actor, act="cycles.record_gate_decision", subject=task, subject_code=code)
    return gate
