"""Law as data: planning systems and rules, dated and cited; pure, read from YAML, asked by key and date."""

from prasan.rulebook.actors import Actor, actor_called
from prasan.rulebook.conflicts import Conflict, conflicts
from prasan.rulebook.documents import LetterLaw, PlanPath, PlanTypeLaw, Stage
from prasan.rulebook.guidelines import Guideline, GuidelineSet
from prasan.rulebook.loading import Rulebook, UnableToFindInRulebook, load
from prasan.rulebook.reading import UnableToLoadRulebook, Words
from prasan.rulebook.rules import (
    BLOCKS,
    IN_FORCE,
    INFORMS,
    NOT_YET,
    UNDATED,
    WARNS,
    DatedValue,
    Era,
    Rule,
    UnableToFindValue,
)
from prasan.rulebook.serial import from_data, read_system, to_data, to_yaml
from prasan.rulebook.systems import (
    CERTAINTIES,
    DECISIONS,
    LANES,
    DatedStep,
    Edge,
    EventWindow,
    GateNeed,
    PlanningSystem,
    Step,
    UnableToDateCalendar,
    Window,
)
from prasan.rulebook.systems import instantiate as _instantiate

__all__ = [
    "BLOCKS",
    "CERTAINTIES",
    "DECISIONS",
    "INFORMS",
    "IN_FORCE",
    "LANES",
    "NOT_YET",
    "UNDATED",
    "WARNS",
    "Actor",
    "Conflict",
    "DatedStep",
    "DatedValue",
    "Edge",
    "Era",
    "EventWindow",
    "GateNeed",
    "Guideline",
    "GuidelineSet",
    "LetterLaw",
    "PlanPath",
    "PlanTypeLaw",
    "PlanningSystem",
    "Rule",
    "Rulebook",
    "Stage",
    "Step",
    "UnableToDateCalendar",
    "UnableToFindInRulebook",
    "UnableToFindValue",
    "UnableToLoadRulebook",
    "Window",
    "Words",
    "actor_called",
    "conflicts",
    "from_data",
    "instantiate",
    "load",
    "planning_system",
    "read_system",
    "to_data",
    "to_yaml",
]


def planning_system(key: str) -> PlanningSystem:
    """The planning system of the shipped rulebook with this key or alias."""
    return load().planning_system(key)


def instantiate(system: PlanningSystem | str, fiscal_year: int) -> tuple[DatedStep, ...]:
    """Date the steps of a system (or of the shipped system with this key) for a Buddhist fiscal year."""
    return _instantiate(planning_system(system) if isinstance(system, str) else system, fiscal_year)
