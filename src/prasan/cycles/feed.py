"""A body's tasks as a calendar other programs subscribe to: same tasks, same bytes; no person is named."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import icalendar

DAYS_BEFORE = 7  # a reminder a week ahead of the last day


@dataclass(frozen=True, slots=True)
class FeedTask:
    """One task with its last day; `revision` grows with every change, so that subscribers take the newer."""

    key: str
    number: str
    name_th: str
    name_en: str
    fiscal_year: int
    starts_on: dt.date | None
    due_before: dt.date
    done: bool
    revision: int
    changed_at: dt.datetime


def feed_ics(name: str, tasks: Sequence[FeedTask], *, language: str = "th") -> bytes:
    """The window of every task as one event and its last day as another, the latter with a reminder until done."""
    document = icalendar.Calendar()
    document.add("prodid", "-//Prasan//Planning tasks//TH")
    document.add("version", "2.0")
    document.add("x-wr-calname", name)
    document.add("x-wr-timezone", "Asia/Bangkok")
    for task in tasks:
        if task.starts_on is not None and task.starts_on < task.due_before:
            document.add_component(_event(task, "window", task.starts_on, language))
        document.add_component(_event(task, "deadline", task.due_before - dt.timedelta(days=1), language))
    return bytes(document.to_ical())


def _event(task: FeedTask, kind: str, begins: dt.date, language: str) -> icalendar.Event:
    thai = language == "th"
    words = f"{task.number} {task.name_th if thai else task.name_en}"
    if kind == "deadline":
        words = f"{'วันสุดท้าย' if thai else 'Last day'}: {words}"
    year = "ปีงบประมาณ พ.ศ." if thai else "Fiscal year B.E."
    state = ("เสร็จแล้ว" if thai else "done") if task.done else ("ยังไม่เสร็จ" if thai else "not done yet")
    event = icalendar.Event()
    event.add("uid", f"task-{task.key}-{kind}@prasan")
    event.add("dtstamp", task.changed_at.astimezone(dt.UTC))
    event.add("sequence", task.revision)
    event.add("dtstart", begins)
    event.add("dtend", task.due_before)
    event.add("summary", words)
    event.add("description", f"{year} {task.fiscal_year} · {state}")
    event.add("transp", "TRANSPARENT")
    if kind == "deadline" and not task.done:
        event.add_component(_alarm(words))
    return event


def _alarm(words: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(days=-DAYS_BEFORE))
    return alarm
