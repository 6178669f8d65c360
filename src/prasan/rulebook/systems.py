"""Planning systems: numbered steps with windows relative to a fiscal year, and how a year dates them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from prasan.common.dates import BE_MINUS_CE, FIRST_YEAR, LAST_YEAR
from prasan.common.errors import Refused
from prasan.rulebook.reading import Words

# S: printed in the source; I: inferred (a window: the month is printed, the year inferred); W: seen in public material,
# in excerpts; G: general knowledge, to be verified; -: no date is printed.
CERTAINTIES = ("S", "I", "W", "G", "-")
# What a body does with a matter; the sources keep these apart (glossary 1.9), so does the program.
DECISIONS = ("FOR_INFORMATION", "OPINION", "SCREEN", "CONSIDER", "ENDORSE", "APPROVE", "PROCLAIM")
LANES = (
    "VILLAGE", "TAMBON", "LAO", "DISTRICT", "PROVINCE", "CLUSTER",
    "MINISTRY", "CENTRE", "CABINET", "PARLIAMENT", "SEVERAL",
)  # fmt: skip


class UnableToDateCalendar(Refused):
    """A fiscal year no calendar can be made for. Code: implausible_year."""

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(
            "implausible_year",
            f"ปีงบประมาณ {fiscal_year} อยู่นอกช่วง พ.ศ. {FIRST_YEAR} ถึง {LAST_YEAR}",
            f"The fiscal year {fiscal_year} is outside B.E. {FIRST_YEAR} to {LAST_YEAR}.",
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a window: a month, or a day of it, in the calendar year (Buddhist) F + k."""

    month: int
    k: int
    day: int | None = None

    def first_day(self, fiscal_year: int) -> dt.date:
        """The first day the edge names, for fiscal year F (Buddhist Era)."""
        return dt.date(fiscal_year + self.k - BE_MINUS_CE, self.month, self.day or 1)

    def day_after(self, fiscal_year: int) -> dt.date:
        """The first day after what the edge names: after the day, or after the whole month."""
        first = self.first_day(fiscal_year)
        if self.day is not None:
            return first + dt.timedelta(days=1)
        return dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)

    @property
    def comes_every_year(self) -> bool:
        """Whether every year has this day: not 31 April, and not 29 February, which most years lack."""
        try:
            dt.date(2003, self.month, self.day or 1)  # a common year
        except ValueError:
            return False
        return True

    @property
    def month_offset(self) -> int:
        """Months from October of F-1 (0), the first month of the fiscal year: 12·k + month + 2."""
        return 12 * self.k + self.month + 2


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day of `start` to the last day of `end`, relative to a fiscal year."""

    start: Edge
    end: Edge

    def dates(self, fiscal_year: int) -> tuple[dt.date, dt.date]:
        """The window for fiscal year F, half-open: the first day in it and the first day after it."""
        return self.start.first_day(fiscal_year), self.end.day_after(fiscal_year)


@dataclass(frozen=True, slots=True)
class EventWindow:
    """So many days from the day of an event (R50): the day of the event itself is not counted, the last one is."""

    event: str
    days: int

    def dates(self, happened_on: dt.date) -> tuple[dt.date, dt.date]:
        """The window once the event has happened, half-open."""
        return happened_on, happened_on + dt.timedelta(days=self.days + 1)


@dataclass(frozen=True, slots=True)
class GateNeed:
    """A decision a step needs before it can be done: the actor who decides, and the kind of decision."""

    actor: str
    decision: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the source prints it; `window` is None where the source prints no date.

    The texts are printed; what the program runs by stands beside them: `after` (numbers of the steps it builds
    on), `actors` (keys of those who each do it), `gates` (in order), `uses` and `makes` (keys of documents),
    `waits_for_all` (every task of the steps in `after` must be done first), `event_window`.
    """

    number: str
    lane: str
    name: Words
    detail: str
    responsible: str
    input: str
    output: str
    gate: str
    next: str
    printed: str
    window: Window | None
    certainty: str
    source: str
    after: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    gates: tuple[GateNeed, ...] = ()
    uses: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    waits_for_all: bool = False
    event_window: EventWindow | None = None


@dataclass(frozen=True, slots=True)
class PlanningSystem:
    """A way of planning, defined once and dated by any fiscal year."""

    key: str
    aliases: tuple[str, ...]
    title: Words
    description: Words
    unit: str
    reference: str
    issued_on: dt.date | None
    anchor: str
    example_fiscal_year: int
    steps: tuple[Step, ...]

    def step(self, number: str) -> Step:
        """The step with this printed number; KeyError when the system has none."""
        for step in self.steps:
            if step.number == number:
                return step
        raise KeyError(number)

    def parent_of(self, number: str) -> str | None:
        """The number of the step this one is a part of (2.1 of 2, 4.3.1(2) of 4.3.1); None at the top."""
        cut = number.partition("(")[0] if "(" in number else number.rpartition(".")[0]
        return cut if any(step.number == cut for step in self.steps) else None

    def children(self, number: str) -> tuple[Step, ...]:
        """The sub-steps of a step, in printed order; a step that has some is done by them alone."""
        return tuple(step for step in self.steps if self.parent_of(step.number) == number)


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A step of one fiscal year. Half-open; both dates are None where the source prints none."""

    step: Step
    position: int
    starts_on: dt.date | None
    ends_before: dt.date | None


def instantiate(
    system: PlanningSystem, fiscal_year: int, events: Mapping[str, dt.date] | None = None
) -> tuple[DatedStep, ...]:
    """Date every step of a system for a fiscal year (Buddhist Era), in printed order.

    `events` holds the days on which events happened: a step with an event window has dates only then.
    Raises `UnableToDateCalendar` for a year outside those the product plans for.
    """
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise UnableToDateCalendar(fiscal_year)
    dated = []
    for position, step in enumerate(system.steps, start=1):
        starts_on, ends_before = _dates(step, fiscal_year, events or {})
        dated.append(DatedStep(step, position, starts_on, ends_before))
    return tuple(dated)


def _dates(step: Step, fiscal_year: int, events: Mapping[str, dt.date]) -> tuple[dt.date | None, dt.date | None]:
    if step.event_window is not None and step.event_window.event in events:
        return step.event_window.dates(events[step.event_window.event])
    return step.window.dates(fiscal_year) if step.window else (None, None)
