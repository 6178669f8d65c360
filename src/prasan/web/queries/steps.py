"""Steps of the running planning calendar, as they stand on a day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from prasan.agencies.models import Body
from prasan.agencies.queries import province_codes_of
from prasan.cycles.models import Cycle, CycleStep

SOON = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step as it stands on a day. `days_left` counts to the last day when open, to the first when coming."""

    number: str
    level: str
    name_th: str
    name_en: str
    starts_on: dt.date | None
    last_on: dt.date | None
    state: str  # OPEN, SOON, LATER, PAST, UNDATED
    days_left: int | None
    inferred: bool  # the source prints the month, not the year


def running_cycle(on: dt.date) -> Cycle | None:
    """The cycle a day belongs to: one with a step open or coming, the nearest year first."""
    cycles = Cycle.objects.filter(steps__ends_before__gt=on).distinct().order_by("fiscal_year", "pk")
    return cycles.first() or Cycle.objects.order_by("-fiscal_year", "pk").first()


def steps_of(cycle: Cycle, *, on: dt.date) -> list[OpenStep]:
    """Every step of a cycle in the order printed."""
    return [_step(step, on) for step in cycle.steps.order_by("position")]


def open_steps(bodies: Collection[Body], *, on: dt.date) -> list[OpenStep]:
    """What is open on the day in the years of these bodies' provinces, and in those of no province in particular.

    The soonest to close first, then what opens within a month. Take the bodies with `select_related("area")`.
    """
    provinces = set(province_codes_of(bodies).values())
    years = Q(cycle__area=None) | Q(cycle__area__code__in=provinces)
    steps = CycleStep.objects.filter(years, ends_before__gt=on, starts_on__lte=on + SOON)
    found = [_step(step, on) for step in steps.order_by("ends_before", "pk")]
    return sorted(found, key=lambda step: (step.state != "OPEN", step.last_on or on))


def _step(step: CycleStep, on: dt.date) -> OpenStep:
    last = step.ends_before - dt.timedelta(days=1) if step.ends_before else None
    state, left = _standing(step.starts_on, last, on)
    return OpenStep(
        number=step.number,
        level=step.level,
        name_th=step.name_th,
        name_en=step.name_en,
        starts_on=step.starts_on,
        last_on=last,
        state=state,
        days_left=left,
        inferred=step.certainty == "I",
    )


def _standing(first: dt.date | None, last: dt.date | None, on: dt.date) -> tuple[str, int | None]:
    if first is None or last is None:
        return "UNDATED", None
    if on > last:
        return "PAST", None
    if on >= first:
        return "OPEN", (last - on).days
    return ("SOON" if first - on <= SOON else "LATER"), (first - on).days
