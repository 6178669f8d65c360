"""What a draft of a planning system would do to the years a province runs; nothing is written."""

import datetime as dt
from dataclasses import dataclass

from prasan import rulebook
from prasan.cycles import queries as cycles
from prasan.cycles.models import Cycle, SystemVersion

YEARS = 3  # the latest: what is long past tells nothing of a new calendar


@dataclass(frozen=True, slots=True)
class Effect:
    """One running year of the province, and the steps that would change in it."""

    cycle: Cycle
    title: rulebook.Words
    rows: tuple[cycles.DryRun, ...]


def effects_of(draft: SystemVersion, *, on: dt.date) -> tuple[Effect, ...]:
    """The latest years of the draft's province that run the same system, or one most of whose steps it shares."""
    changed = rulebook.from_data(draft.definition)
    steps = _named(changed)
    found = []
    running = Cycle.objects.filter(area=draft.area).select_related("definition", "area")
    for cycle in running.order_by("-fiscal_year", "system"):
        system = cycles.system_running(cycle)
        if cycle.system != draft.key and 2 * len(steps & _named(system)) <= len(steps):
            continue
        found.append(Effect(cycle, system.title, tuple(cycles.dry_run(cycle, changed, on=on))))
        if len(found) == YEARS:
            break
    return tuple(found)


def _named(system: rulebook.PlanningSystem) -> set[tuple[str, str]]:
    return {(step.number, step.name.th) for step in system.steps}
