"""Two calendars held against each other: what moved, and what only one of them has; never merged (D06)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from prasan.cycles.drawing import CalendarStep
from prasan.cycles.outputs import Calendar


@dataclass(frozen=True, slots=True)
class Difference:
    """A step whose window differs, by months from the first calendar to the second, or that only one has."""

    first: CalendarStep | None
    second: CalendarStep | None
    start_moved: int | None = None  # months later (positive) in the second; None where a date is missing
    end_moved: int | None = None


def differences(first: Calendar, second: Calendar) -> tuple[Difference, ...]:
    """Every step that does not stand alike in both. Steps of one system are the same by number, others by name."""
    return tuple(one for one in _pairs(first, second) if not _alike(one))


def side_by_side(first: Calendar, second: Calendar, language: str = "th") -> tuple[CalendarStep, ...]:
    """The steps of both with the two systems as lanes, to be drawn over one axis of months."""
    return tuple(replace(step, lane=one.title(language)) for one in (first, second) for step in one.steps)


def _pairs(first: Calendar, second: Calendar) -> Iterator[Difference]:
    by_number = bool({step.number for step in first.steps} & {step.number for step in second.steps}) and (
        first.system == second.system
    )
    others = {_key(step, by_number): step for step in second.steps}
    for step in first.steps:
        other = others.pop(_key(step, by_number), None)
        if other is None:
            yield Difference(step, None)
        else:
            yield Difference(step, other, _moved(step.starts_on, other.starts_on), _moved(_last(step), _last(other)))
    for other in others.values():
        yield Difference(None, other)


def _key(step: CalendarStep, by_number: bool) -> str:
    return step.number if by_number else step.name_th


def _last(step: CalendarStep) -> dt.date | None:
    return step.ends_before - dt.timedelta(days=1) if step.ends_before else None


def _moved(one: dt.date | None, other: dt.date | None) -> int | None:
    if one is None or other is None:
        return None
    return (other.year - one.year) * 12 + other.month - one.month


def _alike(one: Difference) -> bool:
    if one.first is None or one.second is None:
        return False
    return (one.first.starts_on, one.first.ends_before) == (one.second.starts_on, one.second.ends_before)
