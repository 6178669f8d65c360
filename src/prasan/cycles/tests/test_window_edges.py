"""The first and the last moment of every window, of every system, in every fiscal year; and every step when it runs."""

import datetime as dt

import pytest
from tests.cast import cast, moment

from prasan import rulebook
from prasan.cycles import services
from prasan.cycles.models import CycleStep, Task
from prasan.cycles.rules import OPEN, PAST, WAITING, window_state


def _last_day_of_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@pytest.mark.parametrize("system", rulebook.load().systems, ids=lambda system: system.key)
def test_the_first_and_the_last_day_are_in_a_window_and_their_neighbours_are_not(
    system: rulebook.PlanningSystem,
) -> None:
    """Every year there is, none left to chance; days are counted here without the product's help."""
    for fiscal_year in range(2540, 2591):
        dated = rulebook.instantiate(system, fiscal_year)
        assert [item.step.number for item in dated] == [step.number for step in system.steps]
        for item in dated:
            _check_edges(item, fiscal_year)


def _check_edges(item: rulebook.DatedStep, fiscal_year: int) -> None:
    window = item.step.window
    if window is None:
        assert (item.starts_on, item.ends_before) == (None, None)
        return
    first_year, last_year = fiscal_year + window.start.k - 543, fiscal_year + window.end.k - 543
    first = dt.date(first_year, window.start.month, window.start.day or 1)
    last = dt.date(last_year, window.end.month, window.end.day or _last_day_of_month(last_year, window.end.month))
    one = dt.timedelta(days=1)
    states = [window_state(item.starts_on, item.ends_before, on=day) for day in (first - one, first, last, last + one)]
    assert states == [WAITING, OPEN, OPEN, PAST], (item.step.number, fiscal_year)


def test_there_are_sixteen_systems_and_a_window_ends_on_the_leap_day() -> None:
    systems = rulebook.load().systems
    assert len(systems) == 16
    ends = {
        (fiscal_year, item.ends_before - dt.timedelta(days=1))
        for system in systems
        for fiscal_year in range(2540, 2591)
        for item in rulebook.instantiate(system, fiscal_year)
        if item.ends_before is not None
    }
    february = {day for _, day in ends if (day.month, day.day) in ((2, 28), (2, 29))}
    assert dt.date(2024, 2, 29) in february
    assert dt.date(2023, 2, 28) in february
    assert dt.date(2024, 2, 28) not in february


@pytest.mark.django_db
@pytest.mark.parametrize("system", rulebook.load().systems, ids=lambda system: system.key)
def test_every_step_is_there_and_dated_exactly_when_its_year_is_open(system: rulebook.PlanningSystem) -> None:
    stage, year = cast(), 2571
    cycle = services.open_cycle(
        system=system.key, fiscal_year=year, area=stage.province, actor=stage.prasit, at=moment(0)
    )
    rows = list(CycleStep.objects.filter(cycle=cycle).order_by("position"))
    assert [(row.number, row.starts_on, row.ends_before, row.certainty) for row in rows] == [
        (item.step.number, item.starts_on, item.ends_before, item.step.certainty)
        for item in rulebook.instantiate(system, year)
    ]
    book = rulebook.load()
    for row in rows:
        actors = system.step(row.number).actors
        given = set(Task.objects.filter(step=row).values_list("actor", flat=True))
        assert given <= set(actors)
        of_one = {key for key in actors if book.actor(key).reach in ("NATION", "PROVINCE", "CLUSTER")}
        assert of_one <= given, "a step of one body always has its task, though the register keeps no such body"
