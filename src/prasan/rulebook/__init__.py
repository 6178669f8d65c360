"""Law as data: planning systems and rules, dated and cited; pure, read from YAML, asked by key and date."""

import datetime as dt
from collections.abc import Mapping

from prasan.rulebook.actors import Actor, actor_called
from prasan.rulebook.documents import LetterLaw, PlanPath, PlanTypeLaw, Stage
from prasan.rulebook.guidelines import Guideline, GuidelineSet
from prasan.rulebook.loading import Rulebook, UnableToFindInRulebook, load, load_work_conflicts
from prasan.rulebook.reading import UnableToLoadRulebook, Words
from prasan.rulebook.rules import (
    BLOCKS,
    IN_FORCE,
    INFORMS,
    NOT_YET,
    TOPICS,
    UNDATED,
    WARNS,
    DatedValue,
    Era,
    Rule,
    UnableToFindValue,
)
from prasan.rulebook.running import (
    ADDED,
    MOVED,
    REMOVED,
    Conflict,
    Difference,
    Fault,
    conflicts,
    differences,
    faults,
)
from prasan.rulebook.system_files import read_system
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
from prasan.rulebook.work_conflicts import SURFACE, UNDERGROUND, RoadThing, TargetGroup, WorkConflictLaw, WorkOrder
from prasan.rulebook.writing import from_data, to_data, to_yaml

__all__ = [
    "ADDED",
    "BLOCKS",
    "CERTAINTIES",
    "DECISIONS",
    "INFORMS",
    "IN_FORCE",
    "LANES",
    "MOVED",
    "NOT_YET",
    "REMOVED",
    "SURFACE",
    "TOPICS",
    "UNDATED",
    "UNDERGROUND",
    "WARNS",
    "Actor",
    "Conflict",
    "DatedStep",
    "DatedValue",
    "Difference",
    "Edge",
    "Era",
    "EventWindow",
    "Fault",
    "GateNeed",
    "Guideline",
    "GuidelineSet",
    "LetterLaw",
    "PlanPath",
    "PlanTypeLaw",
    "PlanningSystem",
    "RoadThing",
    "Rule",
    "Rulebook",
    "Stage",
    "Step",
    "TargetGroup",
    "UnableToDateCalendar",
    "UnableToFindInRulebook",
    "UnableToFindValue",
    "UnableToLoadRulebook",
    "Window",
    "Words",
    "WorkConflictLaw",
    "WorkOrder",
    "actor_called",
    "conflicts",
    "differences",
    "faults",
    "from_data",
    "instantiate",
    "load",
    "load_work_conflicts",
    "planning_system",
    "read_system",
    "to_data",
    "to_yaml",
]


def planning_system(key: str) -> PlanningSystem:
    """The planning system of the shipped rulebook with this key or alias."""
    return load().planning_system(key)


def instantiate(
    system: PlanningSystem | str, fiscal_year: int, events: Mapping[str, dt.date] | None = None
) -> tuple[DatedStep, ...]:
    """Date the steps of a system (or of the shipped system with this key) for a Buddhist fiscal year."""
    return _instantiate(planning_system(system) if isinstance(system, str) else system, fiscal_year, events)
