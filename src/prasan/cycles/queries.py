"""Reads of the calendar: its steps in order, what is open on a day, and the calendar for any year."""

import datetime as dt
from collections.abc import Iterable

from prasan import rulebook
from prasan.cycles.drawing import CalendarStep, calendar_svg
from prasan.cycles.models import Cycle, CycleStep
from prasan.cycles.outputs import Calendar, calendar_ics, calendar_json, calendar_xlsx
from prasan.cycles.rules import OPEN, PAST, UNDATED, WAITING, window_state
from prasan.cycles.wording import day_of_year_text, lane_name, window_text

__all__ = [
    "OPEN",
    "PAST",
    "UNDATED",
    "WAITING",
    "Calendar",
    "CalendarStep",
    "calendar_for",
    "calendar_ics",
    "calendar_json",
    "calendar_of",
    "calendar_steps",
    "calendar_svg",
    "calendar_xlsx",
    "cycle_for",
    "day_of_year_text",
    "lane_name",
    "open_steps",
    "steps_of",
    "window_state",
    "window_text",
]


def cycle_for(*, system: str, fiscal_year: int) -> Cycle | None:
    """The cycle that runs a system (key or alias) for a fiscal year; None when it has not been opened."""
    key = rulebook.planning_system(system).key
    return Cycle.objects.filter(system=key, fiscal_year=fiscal_year).first()


def steps_of(cycle: Cycle) -> tuple[CalendarStep, ...]:
    """The steps of an opened cycle in printed order, with the wording of their source."""
    system = rulebook.planning_system(cycle.system)
    printed = {step.number: step for step in system.steps}
    return tuple(_from_row(row, printed.get(row.number)) for row in cycle.steps.order_by("position"))


def open_steps(cycle: Cycle, *, on: dt.date) -> tuple[CalendarStep, ...]:
    """The steps whose window holds the day, in printed order."""
    return open_among(steps_of(cycle), on=on)


def open_among(steps: Iterable[CalendarStep], *, on: dt.date) -> tuple[CalendarStep, ...]:
    """Those of the steps whose window holds the day."""
    return tuple(step for step in steps if window_state(step.starts_on, step.ends_before, on=on) == OPEN)


def calendar_steps(system: str, fiscal_year: int) -> tuple[CalendarStep, ...]:
    """The steps of a system for a fiscal year straight from the rulebook; needs no opened cycle."""
    return tuple(
        CalendarStep(
            number=dated.step.number,
            lane=dated.step.lane,
            name_th=dated.step.name.th,
            name_en=dated.step.name.en,
            starts_on=dated.starts_on,
            ends_before=dated.ends_before,
            certainty=dated.step.certainty,
            printed=dated.step.printed,
            responsible=dated.step.responsible,
            source=dated.step.source,
        )
        for dated in rulebook.instantiate(system, fiscal_year)
    )


def calendar_for(system: str, fiscal_year: int) -> Calendar:
    """The whole calendar of a system for a fiscal year, from the rulebook."""
    return _calendar(rulebook.planning_system(system), fiscal_year, calendar_steps(system, fiscal_year))


def calendar_of(cycle: Cycle) -> Calendar:
    """The whole calendar of an opened cycle, with the dates the cycle really has."""
    return _calendar(rulebook.planning_system(cycle.system), cycle.fiscal_year, steps_of(cycle))


def _calendar(system: rulebook.PlanningSystem, fiscal_year: int, steps: tuple[CalendarStep, ...]) -> Calendar:
    return Calendar(
        system=system.key,
        title_th=system.title.th,
        title_en=system.title.en,
        reference=system.reference,
        anchor=system.anchor,
        fiscal_year=fiscal_year,
        steps=steps,
    )


def _from_row(row: CycleStep, printed: rulebook.Step | None) -> CalendarStep:
    return CalendarStep(
        number=row.number,
        lane=row.level,
        name_th=row.name_th,
        name_en=row.name_en,
        starts_on=row.starts_on,
        ends_before=row.ends_before,
        certainty=row.certainty,
        printed=printed.printed if printed else "",
        responsible=printed.responsible if printed else "",
        source=printed.source if printed else "",
    )
