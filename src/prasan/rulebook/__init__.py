"""Law as data: planning systems and rules, dated and cited; pure, read from YAML, asked by key and date."""

from prasan.rulebook.loading import Rulebook, UnableToFindInRulebook, load
from prasan.rulebook.reading import UnableToLoadRulebook, Words
from prasan.rulebook.rules import IN_FORCE, NOT_YET, UNDATED, DatedValue, Era, Rule, UnableToFindValue
from prasan.rulebook.systems import (
    DatedStep,
    Edge,
    PlanningSystem,
    Step,
    UnableToDateCalendar,
    Window,
)
from prasan.rulebook.systems import instantiate as _instantiate

__all__ = [
    "IN_FORCE",
    "NOT_YET",
    "UNDATED",
    "DatedStep",
    "DatedValue",
    "Edge",
    "Era",
    "PlanningSystem",
    "Rule",
    "Rulebook",
    "Step",
    "UnableToDateCalendar",
    "UnableToFindInRulebook",
    "UnableToFindValue",
    "UnableToLoadRulebook",
    "Window",
    "Words",
    "instantiate",
    "load",
    "planning_system",
]


def planning_system(key: str) -> PlanningSystem:
    """The planning system of the shipped rulebook with this key or alias."""
    return load().planning_system(key)


def instantiate(system: PlanningSystem | str, fiscal_year: int) -> tuple[DatedStep, ...]:
    """Date the steps of a system (or of the shipped system with this key) for a Buddhist fiscal year."""
    return _instantiate(planning_system(system) if isinstance(system, str) else system, fiscal_year)
