"""An exception gives one body more time or none of the task, for a reason, until a day."""

import datetime as dt

import pytest
from tests.cast import BANGKOK, Cast, cast, moment

from prasan.agencies.models import Body
from prasan.cycles import queries, rules
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, StepException, Task
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
YEAR = 2570  # fiscal year: its calendar of 2559 runs in 2568
FEBRUARY = dt.datetime(2025, 2, 10, 9, tzinfo=BANGKOK)
MARCH = dt.datetime(2025, 3, 20, 9, tzinfo=BANGKOK)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _open(stage: Cast) -> Cycle:
    return cycles.open_cycle(
        system="moi_2559", fiscal_year=YEAR, area=stage.province, actor=stage.prasit, at=moment(-20)
    )


def _task(cycle: Cycle, number: str, body: Body) -> Task:
    return Task.objects.get(cycle=cycle, step__number=number, body=body)


def test_an_exception_gives_time_and_its_end_makes_late_again(stage: Cast):
    task = _task(_open(stage), "1", stage.village_committee)
    given = {"kind": "EXTENSION", "reason": "น้ำท่วม", "ends_before": dt.date(2025, 3, 16)}
    granted = cycles.grant_exception(task=task, actor=stage.duangjai, at=FEBRUARY, **given)
    assert (granted.granted_role, granted.granted_for) == ("PLAN_ANALYST", stage.district_office)
    assert queries.state_of_task(task, on=dt.date(2025, 3, 5)) == rules.EXCUSED
    assert queries.state_of_task(task, on=dt.date(2025, 3, 16)) == rules.LATE
    cycles.revoke_exception(exception=granted, reason="น้ำลดแล้ว", actor=stage.duangjai, at=FEBRUARY)
    assert (task.due_before, queries.state_of_task(task, on=dt.date(2025, 3, 5))) == (dt.date(2025, 3, 1), rules.LATE)
    with pytest.raises(cycles.UnableToRevokeException, match="revoked_already"):
        cycles.revoke_exception(exception=granted, reason="อีกครั้ง", actor=stage.duangjai, at=FEBRUARY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "HOLIDAY"}, "unknown_kind"),
        ({"reason": " "}, "no_reason"),
        ({"ends_before": dt.date(2025, 3, 1)}, "ends_too_early"),
        ({"kind": "EXEMPTION", "ends_before": dt.date(2025, 2, 10)}, "ends_too_early"),
    ],
)
def test_an_exception_needs_a_reason_and_an_end(stage: Cast, changes: dict[str, object], code: str):
    task = _task(_open(stage), "1", stage.village_committee)
    before = Entry.objects.count()
    wanted = {"kind": "EXTENSION", "reason": "น้ำท่วม", "ends_before": dt.date(2025, 3, 16)} | changes
    with pytest.raises(cycles.UnableToGrantException) as refusal:
        cycles.grant_exception(task=task, actor=stage.duangjai, at=FEBRUARY, **wanted)
    assert refusal.value.code == code
    task.refresh_from_db()
    assert (task.due_before, task.version, StepException.objects.count(), Entry.objects.count()) == (
        dt.date(2025, 3, 1), 1, 0, before,
    )  # fmt: skip


def test_what_is_done_needs_no_exception(stage: Cast):
    task = _task(_open(stage), "1", stage.village_committee)
    cycles.submit_task(task=task, actor=stage.somsri, at=FEBRUARY)
    cycles.finish_task(task=task, actor=stage.duangjai, at=FEBRUARY)
    before = Entry.objects.count()
    with pytest.raises(cycles.UnableToGrantException, match="done_already"):
        cycles.grant_exception(
            task=task,
            kind="EXTENSION",
            reason="เหตุ",
            ends_before=dt.date(2025, 4, 1),
            actor=stage.duangjai,
            at=FEBRUARY,
        )
    assert (StepException.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("utc", "code"),
    [
        (dt.datetime(2025, 3, 14, 16, 59, 59, tzinfo=dt.UTC), None),  # still the 14th in Bangkok
        (dt.datetime(2025, 3, 14, 17, 0, 0, tzinfo=dt.UTC), "ends_too_early"),  # the 15th: it would end today
    ],
)
def test_an_exception_ends_by_the_day_in_bangkok(stage: Cast, utc: dt.datetime, code: str | None):
    task = _task(_open(stage), "1", stage.village_committee)
    given = {"kind": "EXEMPTION", "reason": "เหตุ", "ends_before": dt.date(2025, 3, 15)}
    if code is None:
        cycles.grant_exception(task=task, actor=stage.duangjai, at=utc, **given)
        assert task.excused_until is not None
        return
    with pytest.raises(cycles.UnableToGrantException, match=code):
        cycles.grant_exception(task=task, actor=stage.duangjai, at=utc, **given)


def test_an_exemption_ends_and_the_task_is_due_again(stage: Cast):
    cycle = _open(stage)
    task, step = _task(cycle, "2b", stage.sao), cycle.steps.get(number="2b")
    day = dt.date(2025, 8, 1)
    granted = cycles.grant_exception(
        task=task, kind="EXEMPTION", reason="ยุบรวมกับ อบต. ข้างเคียง", ends_before=day, actor=stage.duangjai, at=MARCH
    )
    before = day - dt.timedelta(days=1)
    assert [queries.state_of_task(task, on=one) for one in (before, day)] == [rules.EXCUSED, rules.LATE]
    assert task not in queries.missing_tasks(cycle, on=before, step=step)
    assert task in queries.missing_tasks(cycle, on=day, step=step)
    assert [queries.overview(cycle, on=one)[0].total for one in (before, day)] == [
        queries.overview(cycle, on=MARCH.date())[0].total
    ] * 2
    longer = cycles.grant_exception(
        task=task, kind="EXEMPTION", reason="ยังไม่แล้วเสร็จ", ends_before=day + dt.timedelta(days=30),
        actor=stage.duangjai, at=MARCH,
    )  # fmt: skip
    assert task.excused_until == day + dt.timedelta(days=30)
    cycles.revoke_exception(exception=longer, reason="เสร็จแล้ว", actor=stage.duangjai, at=MARCH)
    assert task.excused_until == day
    granted.task = task
    cycles.revoke_exception(exception=granted, reason="ไม่ยุบแล้ว", actor=stage.duangjai, at=MARCH)
    assert task.excused_until is None
