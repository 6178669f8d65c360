"""Running years for the pages: the overview, who is missing by district, one task with its papers and its history."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from prasan import rulebook
from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.agencies.queries import district_code_of, province_codes_of
from prasan.areas.models import Area, AreaLevel, Tree
from prasan.cycles import queries as cycles
from prasan.cycles.models import Cycle, CycleStep, Task
from prasan.journal.models import Entry
from prasan.letters.access import visible_to
from prasan.letters.models import Letter, LetterState
from prasan.plans.models import PlanEdition


@dataclass(frozen=True, slots=True)
class Preview:
    """What opening a year would make, step by step, before anything is made."""

    number: str
    name: rulebook.Words
    lane: str
    starts_on: date | None
    ends_before: date | None
    certainty: str
    actors: tuple[rulebook.Actor, ...]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One task with everything around it."""

    task: Task
    step: rulebook.Step
    state: str
    gates: tuple[tuple[rulebook.GateNeed, str, object], ...]
    editions: tuple[PlanEdition, ...]
    letters: tuple[Letter, ...]
    entries: tuple[Entry, ...]
    gathered: object


def preview_of(system: rulebook.PlanningSystem, fiscal_year: int) -> list[Preview]:
    """The steps of a system for a year with those who do them."""
    book = rulebook.load()
    return [
        Preview(
            number=item.step.number,
            name=item.step.name,
            lane=item.step.lane,
            starts_on=item.starts_on,
            ends_before=item.ends_before,
            certainty=item.step.certainty,
            actors=tuple(book.actor(key) for key in item.step.actors),
        )
        for item in rulebook.instantiate(system, fiscal_year)
    ]


def places_of(bodies: list[Body]) -> dict[int, str]:
    """The code of the district each body lies in, of its province where it lies in none; few queries."""
    provinces = province_codes_of(bodies)
    found = {}
    territories = [b for b in bodies if b.area is not None and b.area.level == AreaLevel.LAO_TERRITORY]
    seats = {
        int(child): str(code)
        for child, code in Area.objects.filter(
            level=AreaLevel.DISTRICT,
            child_links__tree=Tree.LAO_TERRITORY,
            child_links__child__in=[b.area_id for b in territories],
        )
        .order_by("-code")
        .values_list("child_links__child", "code")
    }
    for body in bodies:
        if body.area is not None and body.area.level == AreaLevel.LAO_TERRITORY:
            found[body.pk] = seats.get(body.area_id or 0, provinces[body.pk])
        else:
            found[body.pk] = district_code_of(body) or provinces[body.pk]
    return found


def missing_of(step: CycleStep, *, on: date) -> list[tuple[Area | None, cycles.MissingPlace]]:
    """Who is missing in a step, by district with its name; districts from which nobody is missing come last."""
    bodies = list(Body.objects.filter(tasks__step=step).select_related("area").distinct())
    places = cycles.missing_by_place(step, on=on, bodies=bodies, place_of=places_of(bodies))
    areas = {area.code: area for area in Area.objects.filter(code__in=[place.code for place in places])}
    return [(areas.get(place.code), place) for place in sorted(places, key=lambda place: not place.missing)]


def districts_of(cycle: Cycle) -> tuple[tuple[str, str], ...]:
    """The districts of a year's province, to filter by."""
    if cycle.area is None:
        return ()
    found = Area.objects.filter(code__startswith=cycle.area.code, level=AreaLevel.DISTRICT, valid_to=None)
    return tuple(found.order_by("sort_key").values_list("code", "name_th"))


def task_page(task: Task, *, on: date, reader: User) -> TaskPage:
    """One task; its history with people's names is for those who hold a role, letters as far as one may read them."""
    step = cycles.printed_step(task)
    officer = reader.is_superuser or current(on).filter(user=reader).exists()
    history = Entry.objects.filter(subject_kind="Task", subject_id=task.pk).order_by("id")
    decided = {(gate.actor, gate.decision): gate for gate in task.gate_decisions.select_related("body__area")}
    return TaskPage(
        task=task,
        step=step,
        state=cycles.state_of_task(task, on=on),
        gates=tuple((gate, gate.actor, decided.get((gate.actor, gate.decision))) for gate in step.gates),
        editions=tuple(PlanEdition.objects.filter(task=task).select_related("body__area")),
        letters=tuple(_letters_of(task, visible_to(reader, on=on))),
        entries=tuple(history) if officer else (),
        gathered=cycles.gathered_before(task, on=on),
    )


def _letters_of(task: Task, seen: QuerySet[Letter]) -> QuerySet[Letter]:
    """Of the letters seen those written in a task, and the reminders of its step that went to its body."""
    reminders = Q(step=task.step_id, addressees__body=task.body_id, state=LetterState.DISPATCHED)
    return seen.filter(Q(task=task) | reminders).distinct().order_by("pk")
