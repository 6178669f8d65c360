"""The calendar as the printed table of twelve months: steps down, months across, whatever the year."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from prasan.cycles import wording
from prasan.cycles.drawing import CalendarStep

MAY, OCTOBER = 5, 10
ARROW, DEADLINE = "⟷", "◆"


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of one step: the years in which the window holds it, and the last day where one is printed."""

    years: tuple[int, ...] = ()  # Gregorian
    deadline: str = ""

    @property
    def text(self) -> str:
        if self.deadline:
            return f"{DEADLINE} {self.deadline}"
        return ARROW if self.years else ""


@dataclass(frozen=True, slots=True)
class MonthRow:
    step: CalendarStep
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True, slots=True)
class MonthTable:
    """Twelve months from the one chosen; a window of a later year falls on the same months again."""

    months: tuple[int, ...]
    rows: tuple[MonthRow, ...]


def month_table(steps: Sequence[CalendarStep], *, start_month: int = MAY, language: str = "th") -> MonthTable:
    """The table of these steps; May begins it as printed, October makes it that of the fiscal year."""
    months = tuple((start_month - 1 + n) % 12 + 1 for n in range(12))
    rows = tuple(MonthRow(step, tuple(_cell(step, month, language) for month in months)) for step in steps)
    return MonthTable(months, rows)


def _cell(step: CalendarStep, month: int, language: str) -> MonthCell:
    if step.starts_on is None or step.ends_before is None:
        return MonthCell()
    last = step.ends_before - dt.timedelta(days=1)
    years = tuple(
        year
        for year in range(step.starts_on.year, last.year + 1)
        if (step.starts_on.year, step.starts_on.month) <= (year, month) <= (last.year, last.month)
    )
    ends_here = month == last.month and step.ends_before.day != 1
    return MonthCell(years, f"{last.day} {wording.month_name(month, language)}" if ends_here else "")
