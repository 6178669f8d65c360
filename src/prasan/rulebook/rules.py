"""Rules of planning: what must hold, in which era, since when, and the value printed at a date."""

import datetime as dt
from dataclasses import dataclass

from prasan.common.errors import Refused
from prasan.rulebook.reading import Words
from prasan.rulebook.systems import Edge

BINDING, PROCEDURE, RECOMMENDATION = "BINDING", "PROCEDURE", "RECOMMENDATION"
KINDS = (BINDING, PROCEDURE, RECOMMENDATION)
# What follows when a rule is not kept: the act is refused, the officer is warned, or it is only told.
BLOCKS, WARNS, INFORMS = "BLOCKS", "WARNS", "INFORMS"
CONSEQUENCES = (BLOCKS, WARNS, INFORMS)
TOPICS = (
    "STRATEGY", "PLANS", "ITEMS", "CALENDAR", "COMMUNITY", "CAPACITY", "AGENCIES", "BUDGET", "MEETINGS",
    "LETTERS", "INTEGRATION", "REPORTING",
)  # fmt: skip

IN_FORCE, NOT_YET, UNDATED = "IN_FORCE", "NOT_YET", "UNDATED"


class UnableToFindValue(Refused):
    """A value asked for before any was printed. Codes: no_values, before_first_date."""


@dataclass(frozen=True, slots=True)
class Era:
    """A set of rules and where it comes from; `starts_on` is None where no day is printed."""

    key: str
    name: Words
    starts_on: dt.date | None
    reference: str
    certainty: str


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day on. None means: from then on the source prints no value."""

    starts_on: dt.date
    value: int | Edge | None
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as a testable statement, with its citation."""

    id: str
    kind: str
    eras: tuple[Era, ...]
    title: Words
    statement: Words
    test: str
    source: str
    certainty: str
    unit: str
    reference: str
    values: tuple[DatedValue, ...]
    consequence: str
    topic: str
    check: str = ""  # the computable check's key; empty where only people can tell

    def state_on(self, on: dt.date) -> str:
        """IN_FORCE when an era of the rule has begun; UNDATED when none has and an era prints no day."""
        if any(era.starts_on is not None and era.starts_on <= on for era in self.eras):
            return IN_FORCE
        if not self.eras or any(era.starts_on is None for era in self.eras):
            return UNDATED
        return NOT_YET

    def value_on(self, on: dt.date) -> DatedValue:
        """The value printed for a day, in the rule's `unit`; refuses to answer before the first date."""
        if not self.values:
            raise UnableToFindValue(
                "no_values", f"กฎ {self.id} ไม่มีค่าตามวันที่", f"The rule {self.id} has no values by date."
            )
        begun = [value for value in self.values if value.starts_on <= on]
        if not begun:
            first = self.values[0].starts_on
            raise UnableToFindValue(
                "before_first_date",
                f"กฎ {self.id} ยังไม่มีค่าในวันที่ {on.isoformat()} ค่าแรกเริ่ม {first.isoformat()}",
                f"The rule {self.id} has no value on {on.isoformat()}; its first is of {first.isoformat()}.",
            )
        return begun[-1]
