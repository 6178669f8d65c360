"""A body's tasks as a feed: stable, with a reminder, and nobody else's."""

import datetime as dt

import icalendar
import pytest
from tests.cast import cast, moment

from prasan.cycles import queries
from prasan.cycles.models import CycleStep, Task

pytestmark = pytest.mark.django_db


def test_a_feed_holds_the_tasks_of_its_body_alone_with_a_reminder() -> None:
    them = cast()
    step = CycleStep.objects.create(
        cycle=them.cycle, number="2b", position=1, level="LAO", name_th="แผนพัฒนาท้องถิ่น", name_en="Local plan",
        starts_on=dt.date(2024, 3, 1), ends_before=dt.date(2024, 6, 1), certainty="I",
    )  # fmt: skip
    for body in (them.sao, them.pao):
        Task.objects.create(
            step=step, cycle=them.cycle, actor="lao", body=body, starts_on=step.starts_on, due_before=step.ends_before
        )
    task = Task.objects.get(body=them.sao)
    before, after_it = dt.date(2024, 5, 31), dt.date(2024, 6, 1)
    assert queries.standings(them.cycle, on=before) == {"2b": queries.Standing(tasks=2, done=0, late=0)}
    assert queries.standings(them.cycle, on=after_it)["2b"].words("en") == "0 of 2 done · 2 late"
    assert queries.numbers_of(them.cycle, [them.sao.pk]) == {"2b"}
    feed = queries.feed_ics("อบต.", queries.feed_tasks(them.sao))
    assert feed == queries.feed_ics("อบต.", queries.feed_tasks(them.sao))
    window, deadline = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    assert (window["uid"], deadline["uid"]) == (f"task-{task.pk}-window@prasan", f"task-{task.pk}-deadline@prasan")
    assert (deadline["dtstart"].dt, deadline["dtend"].dt) == (dt.date(2024, 5, 31), dt.date(2024, 6, 1))
    assert (deadline["sequence"], deadline["dtstamp"].dt) == (0, moment(-14))
    assert [alarm["trigger"].dt for alarm in deadline.walk("VALARM")] == [dt.timedelta(days=-7)]
    Task.objects.filter(pk=task.pk).update(done_at=moment(3), done_by=them.wichai, version=2)
    after = icalendar.Calendar.from_ical(queries.feed_ics("อบต.", queries.feed_tasks(them.sao))).walk("VEVENT")[1]
    assert (after["sequence"], after["dtstamp"].dt, after.walk("VALARM")) == (1, moment(3), [])
    assert "วิชัย" not in feed.decode()
