"""A body's tasks as a feed: stable, with a reminder, and nobody else's."""

import datetime as dt

import icalendar
import pytest
from tests.cast import cast, moment

from prasan import rulebook
from prasan.cycles import queries, services
from prasan.cycles.feed import FeedTask
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


def test_a_day_moved_by_an_exception_renews_the_same_event_and_taking_it_back_renews_it_again() -> None:
    them = cast()
    cycle = services.open_cycle(
        system="moi_2559", fiscal_year=2570, area=them.province, actor=them.prasit, at=moment(-20)
    )
    task = Task.objects.get(cycle=cycle, step__number="1", body=them.village_committee)

    def deadline() -> tuple[str, int, dt.datetime, dt.date, dt.date]:
        feed = queries.feed_ics("กม.", queries.feed_tasks(them.village_committee))
        uid = f"task-{task.pk}-deadline@prasan"
        event = next(one for one in icalendar.Calendar.from_ical(feed).walk("VEVENT") if one["uid"] == uid)
        return uid, event["sequence"], event["dtstamp"].dt, event["dtstart"].dt, event["dtend"].dt

    uid = f"task-{task.pk}-deadline@prasan"
    assert deadline() == (uid, 0, moment(-20), dt.date(2025, 2, 28), dt.date(2025, 3, 1))
    granted = services.grant_exception(
        task=task, kind="EXTENSION", reason="น้ำท่วม", ends_before=dt.date(2025, 3, 16), actor=them.duangjai, at=moment(5)
    )
    assert deadline() == (uid, 1, moment(5), dt.date(2025, 3, 15), dt.date(2025, 3, 16))
    services.revoke_exception(exception=granted, reason="น้ำลด", actor=them.duangjai, at=moment(6))
    assert deadline() == (uid, 2, moment(6), dt.date(2025, 2, 28), dt.date(2025, 3, 1))


@pytest.mark.parametrize("shift", range(12))
def test_long_thai_is_folded_at_75_bytes_and_never_inside_a_letter(shift: int) -> None:
    name = "ก" * shift + "แผนพัฒนาจังหวัดน้ำท่วมซ้ำซากที่กลุ่มจังหวัดทั้งหลาย; ทบทวน, ปรับปรุง\\เพิ่มเติม " * 4
    tasks = [
        FeedTask(
            key="1", number="4.3.2(2)", name_th=name, name_en=name, fiscal_year=2570, starts_on=dt.date(2024, 2, 1),
            due_before=dt.date(2024, 3, 1), done=False, revision=3, changed_at=moment(0),
        )
    ]  # fmt: skip
    feed = queries.feed_ics(name, tasks)
    lines = feed.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in feed.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8").strip("\r") == line.decode("utf-8") for line in lines)
    read = icalendar.Calendar.from_ical(feed)
    assert str(read["x-wr-calname"]) == name
    assert [str(event["summary"]) for event in read.walk("VEVENT")] == [
        f"4.3.2(2) {name}", f"วันสุดท้าย: 4.3.2(2) {name}",
    ]  # fmt: skip
    window = read.walk("VEVENT")[0]
    assert (window["dtstart"].dt, window["dtend"].dt) == (dt.date(2024, 2, 1), dt.date(2024, 3, 1))
    assert window["dtstamp"].dt.tzinfo is not None


@pytest.mark.parametrize("key", [system.key for system in rulebook.load().systems])
def test_the_calendar_of_every_system_is_read_back_whole(key: str) -> None:
    calendar = queries.calendar_for(key, 2571)
    for language in ("th", "en"):
        data = queries.calendar_ics(calendar, language=language)
        assert max(map(len, data.split(b"\r\n"))) <= 75
        events = icalendar.Calendar.from_ical(data).walk("VEVENT")
        dated = [step for step in calendar.steps if step.starts_on]
        assert [(e["dtstart"].dt, e["dtend"].dt) for e in events] == [(s.starts_on, s.ends_before) for s in dated]
        assert len({e["uid"] for e in events}) == len(dated)
