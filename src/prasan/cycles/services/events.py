"""Something that happened dates the windows counted from it, e.g. the Budget Act in force (R50)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import access, queries
from prasan.cycles.models import Cycle, CycleEvent, CycleStep, Task
from prasan.journal import services as journal


class UnableToRecordEvent(Refused):
    """The windows are as before."""


@transaction.atomic
def record_event(*, cycle: Cycle, event: str, happened_on: dt.date, actor: User, at: dt.datetime) -> CycleEvent:
    """Keep the day of an event of a cycle, and date the steps and tasks whose windows are counted from it.

    Saying another day moves the windows of tasks that are not done and not extended. Refused: `not_allowed`,
    `unknown_event`.
    """
    if not access.can_open_cycle(actor, area=cycle.area, on=localdate(at)):
        raise UnableToRecordEvent(
            "not_allowed",
            "บันทึกเหตุการณ์ไม่ได้ ผู้บันทึกได้คือผู้เปิดปฏิทินของจังหวัด",
            "It was not recorded: who may open the calendar of the province may.",
        )
    system = queries.system_running(cycle)
    windows = {step.number: step.event_window for step in system.steps if step.event_window is not None}
    numbers = [number for number, window in windows.items() if window.event == event]
    if not numbers:
        known = ", ".join(sorted({window.event for window in windows.values()})) or "–"
        raise UnableToRecordEvent(
            "unknown_event",
            f"ระบบแผนนี้ไม่ได้นับเวลาจากเหตุการณ์ {event} (มี {known})",
            f"No window of this system is counted from {event}; there are {known}.",
        )
    kept, _ = CycleEvent.objects.update_or_create(
        cycle=cycle,
        event=event,
        defaults={"happened_on": happened_on, "recorded_by": actor, "recorded_at": at},
    )
    for number in numbers:
        _date(cycle, number, windows[number], happened_on)
    journal.record(
        at=at,
        actor=actor,
        act="cycles.record_event",
        subject=cycle,
        subject_code=f"{cycle.system}/{cycle.fiscal_year}",
        data={"event": event, "happened_on": happened_on.isoformat(), "steps": numbers},
    )
    return kept


def _date(cycle: Cycle, number: str, window: rulebook.EventWindow, happened_on: dt.date) -> None:
    starts_on, ends_before = window.dates(happened_on)
    CycleStep.objects.filter(cycle=cycle, number=number).update(starts_on=starts_on, ends_before=ends_before)
    waiting = Task.objects.filter(cycle=cycle, step__number=number, done_at=None)
    # Whoever has the task open is told that it changed, and calendars that subscribed take the newer day.
    waiting.update(starts_on=starts_on, version=F("version") + 1)
    waiting.filter(extended=False).update(due_before=ends_before)
