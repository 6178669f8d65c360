"""Calendars as they are read: of any system for any year, of a running year, of one body's tasks for its feed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import Count, F, Q

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.cycles.drawing import CalendarStep, Standing
from prasan.cycles.feed import FeedTask
from prasan.cycles.models import Cycle, CycleStep, Task
from prasan.cycles.outputs import Calendar
from prasan.cycles.rules import OPEN, window_state
from prasan.cycles.standing import not_excused, system_running


def cycle_for(*, system: str, fiscal_year: int, area: Area | None = None) -> Cycle | None:
    """The cycle that runs a system (key or alias) for a fiscal year, in a province or for the country; None if none."""
    key = rulebook.planning_system(system).key
    return Cycle.objects.filter(system=key, fiscal_year=fiscal_year, area=area).first()


def steps_of(cycle: Cycle) -> tuple[CalendarStep, ...]:
    """The steps of an opened cycle in printed order, with the wording of their source."""
    system = system_running(cycle)
    printed = {step.number: step for step in system.steps}
    return tuple(_from_row(row, printed.get(row.number)) for row in cycle.steps.order_by("position"))


def open_steps(cycle: Cycle, *, on: dt.date) -> tuple[CalendarStep, ...]:
    """The steps whose window holds the day, in printed order."""
    return open_among(steps_of(cycle), on=on)


def open_among(steps: Iterable[CalendarStep], *, on: dt.date) -> tuple[CalendarStep, ...]:
    """Those of the steps whose window holds the day."""
    return tuple(step for step in steps if window_state(step.starts_on, step.ends_before, on=on) == OPEN)


def calendar_in(system: rulebook.PlanningSystem, fiscal_year: int) -> Calendar:
    """The whole calendar of any system, a draft too, for a fiscal year."""
    return _calendar(system, fiscal_year, _steps_in(system, fiscal_year))


def calendar_steps(system: str, fiscal_year: int) -> tuple[CalendarStep, ...]:
    """The steps of a system for a fiscal year straight from the rulebook; needs no opened cycle."""
    return _steps_in(rulebook.planning_system(system), fiscal_year)


def _steps_in(system: rulebook.PlanningSystem, fiscal_year: int) -> tuple[CalendarStep, ...]:
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
            actors=dated.step.actors,
        )
        for dated in rulebook.instantiate(system, fiscal_year)
    )


def calendar_for(system: str, fiscal_year: int) -> Calendar:
    """The whole calendar of a system for a fiscal year, from the rulebook."""
    return _calendar(rulebook.planning_system(system), fiscal_year, calendar_steps(system, fiscal_year))


def calendar_of(cycle: Cycle) -> Calendar:
    """The whole calendar of an opened cycle, with the dates the cycle really has; its conflicts are of those dates."""
    events = {event.event: event.happened_on for event in cycle.events.all()}
    return _calendar(system_running(cycle), cycle.fiscal_year, steps_of(cycle), events)


def standings(cycle: Cycle, *, on: dt.date) -> dict[str, Standing]:
    """How the tasks of a cycle stand on a day, by the number of their step; one query."""
    late = Q(due_before__lte=on, done_at=None, submitted_at=None) & not_excused(on)
    rows = Task.objects.filter(cycle=cycle).values_list("step__number")
    counted = rows.annotate(
        tasks=Count("pk"), finished=Count("pk", filter=Q(done_at__isnull=False)), behind=Count("pk", filter=late)
    )
    return {number: Standing(tasks, done, behind) for number, tasks, done, behind in counted.order_by()}


def numbers_of(cycle: Cycle, bodies: Iterable[int]) -> frozenset[str]:
    """The numbers of the steps in which one of these bodies has a task."""
    mine = Task.objects.filter(cycle=cycle, body__in=list(bodies))
    return frozenset(mine.values_list("step__number", flat=True).order_by().distinct())


def feed_tasks(body: Body) -> list[FeedTask]:
    """What one body has to do, in every cycle, for its calendar feed; nobody's name is in it."""
    due = Q(excused_until=None) | Q(excused_until__lt=F("due_before"))  # excused beyond its day, it is not to be done
    rows = Task.objects.filter(due, body=body, due_before__isnull=False)
    return [
        FeedTask(
            key=str(task.pk),
            number=task.step.number,
            name_th=task.step.name_th,
            name_en=task.step.name_en,
            fiscal_year=task.cycle.fiscal_year,
            starts_on=task.starts_on,
            due_before=task.due_before,
            done=task.done_at is not None,
            revision=task.version - 1,
            changed_at=_changed_at(task),
        )
        for task in rows.select_related("step", "cycle")
        .prefetch_related("exceptions", "cycle__events")
        .order_by("due_before", "pk")
        if task.due_before is not None
    ]


def _changed_at(task: Task) -> dt.datetime:
    """The moment of the last act on a task: its own, an exception of it, or an event that dates its year."""
    acts = [task.cycle.opened_at, task.submitted_at, task.returned_at, task.done_at]
    exceptions = [moment for one in task.exceptions.all() for moment in (one.granted_at, one.revoked_at)]
    events = [event.recorded_at for event in task.cycle.events.all()]
    return max(moment for moment in (*acts, *exceptions, *events) if moment is not None)


def by_body(steps: Iterable[CalendarStep], language: str = "th") -> tuple[CalendarStep, ...]:
    """The steps with those who do them as lanes."""
    return tuple(replace(step, lane=doers(step, language)) for step in steps)


def doers(step: CalendarStep | rulebook.Step, language: str = "th") -> str:
    """Who does a step in the reader's language: the bodies of the rulebook, or the words of the source."""
    book = rulebook.load()
    return ", ".join(book.actor(key).name.say(language) for key in step.actors) or step.responsible


def _calendar(
    system: rulebook.PlanningSystem,
    fiscal_year: int,
    steps: tuple[CalendarStep, ...],
    events: Mapping[str, dt.date] | None = None,
) -> Calendar:
    return Calendar(
        system=system.key,
        title_th=system.title.th,
        title_en=system.title.en,
        reference=system.reference,
        anchor=system.anchor,
        fiscal_year=fiscal_year,
        steps=steps,
        conflicts=rulebook.conflicts(rulebook.instantiate(system, fiscal_year, events)),
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
        actors=printed.actors if printed else (),
    )
