"""What the checks are told of a plan: plain values, gathered by the room that keeps the records."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item of a plan: a project, or a need of a community."""

    code: str
    is_need: bool = False
    ordinal: int = 0
    area_known: bool = False
    target: str = ""
    programme: str = ""
    responsible: str = ""
    owner_is_agency: bool = False
    asks_another: bool = False  # the money is asked of another body
    planned_satang: int | None = None
    budgeted_satang: int | None = None
    notified_on: dt.date | None = None
    notice_due_on: dt.date | None = None  # None where R50 sets no last day
    linked: bool = False  # to an objective of the proclaimed plan in force
    confirms: bool = False  # an item of the five-year plan
    confirms_reason: str = ""
    classified: bool = True  # R33; a project always is
    asks_support: bool = False
    answered: bool = False  # by a project of another than the community
    forwarded: bool = False  # handed to another body
    asks_coordination: bool = False  # แบบ ผ.02/2
    beyond_capacity: bool = False  # a hand-over with its judgement stands behind the item
    not_taken_without_coordinator: bool = False
    skipped_level: bool = False


@dataclass(frozen=True, slots=True)
class DispatchFacts:
    """A letter the plan went with: its day and to which kinds of bodies, in the words of `agencies`."""

    dated_on: dt.date
    to: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision about the plan, with what R72 asks of its record."""

    label: str
    decided_on: dt.date | None = None
    kind: str = ""
    body: str = ""
    meeting: str = ""
    number: str = ""
    present: int | None = None
    quorum: int | None = None


@dataclass(frozen=True, slots=True)
class StrategyFacts:
    """The strategic frame of a plan, counted (R40)."""

    vision: bool = False
    issues: int = 0
    goals: int = 0
    strategies: int = 0
    indicators: int = 0
    indicators_without_target: int = 0


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """How an edition says that it changes the one before (R71)."""

    kind: str
    number: int | None = None
    year: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One edition on the day it is checked."""

    plan_type: str
    fiscal_year: int
    on: dt.date
    system: str = ""  # key of the planning system it is made in, where it is made in one
    finished_on: dt.date | None = None  # the day it was submitted
    ranked_by_hand: bool = False
    plan_in_force: str = ""  # title of the proclaimed plan its items must conform to
    strategy: StrategyFacts | None = None
    amendment: AmendmentFacts | None = None
    items: tuple[ItemFacts, ...] = ()
    dispatches: tuple[DispatchFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()  # likely pairs nobody has decided: item, the other


@dataclass(frozen=True, slots=True)
class Violation:
    """Where a plan does not keep a rule; `subject` is an item's code, empty for the plan as a whole."""

    subject: str
    th: str
    en: str
