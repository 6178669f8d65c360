"""How a running year stands: the state of tasks, what gates wait for, who is missing, what the last days bring."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.cycles import access, rules
from prasan.cycles.models import Cycle, CycleStep, ExceptionKind, Task

DECISIONS = {
    "FOR_INFORMATION": ("รับทราบ", "taking note"),
    "OPINION": ("ให้ความเห็น", "an opinion"),
    "SCREEN": ("กลั่นกรอง", "screening"),
    "CONSIDER": ("พิจารณา", "consideration"),
    "ENDORSE": ("ให้ความเห็นชอบ", "endorsement"),
    "APPROVE": ("อนุมัติ", "approval"),
    "PROCLAIM": ("ประกาศใช้", "proclamation"),
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many of the bodies a step waits for are in, and the names of those that are not."""

    received: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step of a running year with its tasks counted by state; `pk` is that of the CycleStep."""

    pk: int
    number: str
    level: str
    name_th: str
    name_en: str
    starts_on: dt.date | None
    ends_before: dt.date | None
    certainty: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def finished(self) -> int:
        return self.counts.get(rules.DONE, 0) + self.counts.get(rules.SUBMITTED, 0)

    @property
    def late(self) -> int:
        return self.counts.get(rules.LATE, 0)


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """One district (or the province itself, code of two digits) with how many of its bodies are in and who is not."""

    code: str
    received: int
    total: int
    missing: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class YearOnTime:
    """Of one fiscal year: tasks with a day, how many were in by then, how many later, how many not yet."""

    fiscal_year: int
    tasks: int
    on_time: int
    after: int
    not_in: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one of the last days before a close is expected to bring: acts, and whether from earlier years."""

    days_left: int
    day: dt.date
    expected: int


PRIOR = (0.12, 0.12, 0.10, 0.06, 0.05, 0.05, 0.05, 0.04, 0.04, 0.04, 0.03, 0.03, 0.03, 0.03)
"""Share of the submissions on each of the last fourteen days, the last day first, where a province has no earlier
year: a third in the last three days (sizing hint of the reference), our own guess for the rest."""


def with_state(tasks: QuerySet[Task], *, on: dt.date) -> QuerySet[Task]:
    """The tasks with `state` as `rules.task_state` says, told by the database so that lists filter and count by it."""
    first = [
        When(done_at__isnull=False, then=Value(rules.DONE)),
        When(submitted_at__isnull=False, then=Value(rules.SUBMITTED)),
        When(excused_until__gt=on, then=Value(rules.EXCUSED)),
        When(due_before__lte=on, then=Value(rules.LATE)),
        When(returned_at__isnull=False, then=Value(rules.RETURNED)),
        When(starts_on__gt=on, then=Value(rules.WAITING)),
        When(extended=True, then=Value(rules.EXCUSED)),
    ]
    return tasks.annotate(state=Case(*first, default=Value(rules.OPEN), output_field=CharField()))


def state_of_task(task: Task, *, on: dt.date) -> str:
    """The state of one task on a day."""
    return rules.task_state(
        starts_on=task.starts_on,
        due_before=task.due_before,
        excused=task.excused_until is not None and task.excused_until > on,
        extended=task.extended,
        submitted=task.submitted_at is not None,
        returned=task.returned_at is not None,
        done=task.done_at is not None,
        on=on,
    )


def task_code(task: Task) -> str:
    """What the journal calls a task: system, year and step."""
    return f"{task.cycle.system}/{task.cycle.fiscal_year}/{task.step.number}"


def system_running(cycle: Cycle) -> rulebook.PlanningSystem:
    """The system a cycle was opened with: its own version where it has one, else the shipped one.

    A published version never changes, so each is understood once a process, by its digest.
    """
    version = cycle.definition
    if version is None:
        return rulebook.planning_system(cycle.system)
    if version.digest not in _UNDERSTOOD:
        _UNDERSTOOD[version.digest] = rulebook.from_data(version.definition)
    return _UNDERSTOOD[version.digest]


_UNDERSTOOD: dict[str, rulebook.PlanningSystem] = {}


def printed_step(task: Task) -> rulebook.Step:
    """The step of a task as its system prints it."""
    return system_running(task.cycle).step(task.step.number)


def gates_waiting(task: Task) -> list[rulebook.GateNeed]:
    """The decisions a task still needs, in their order."""
    decided = set(task.gate_decisions.values_list("actor", "decision"))
    return [gate for gate in printed_step(task).gates if (gate.actor, gate.decision) not in decided]


def gate_text(gate: rulebook.GateNeed, language: str) -> str:
    """A gate in words: who decides what."""
    actor = rulebook.load().actor(gate.actor)
    th, en = DECISIONS[gate.decision]
    return f"{actor.name.th}{th}" if language == "th" else f"{en} by the {actor.name.en}"


def gathered_before(task: Task, *, on: dt.date) -> Gathered | None:
    """What a step that waits for all (R29) has: the tasks of the steps it builds on; None where it does not wait."""
    step = printed_step(task)
    if not step.waits_for_all:
        return None
    before = Task.objects.filter(not_excused(on), cycle=task.cycle, step__number__in=step.after)
    return gathered(before.exclude(pk=task.pk).select_related("body"))


def gathered(tasks: Iterable[Task]) -> Gathered:
    """How many of the tasks are in, and whose are not, by name."""
    found = list(tasks)
    missing = tuple(_name(task) for task in found if task.submitted_at is None and task.done_at is None)
    return Gathered(len(found) - len(missing), len(found), missing)


def _name(task: Task) -> str:
    return task.body.name_th if task.body is not None else rulebook.load().actor(task.actor).name.th


def task_is_ready(task: Task, *, actor: User, on: dt.date) -> bool:
    """Whether somebody could submit a task now: their own, and nothing it waits for is missing."""
    waiting = gathered_before(task, on=on)
    complete = waiting is None or not waiting.missing or may_go_on(task, on=on)
    return complete and access.can_act_on_task(actor, task=task, on=on)


def may_go_on(task: Task, *, on: dt.date) -> bool:
    """Whether an exception lets a task go on though not all others are in."""
    held = task.exceptions.filter(kind=ExceptionKind.OVERRIDE, revoked_at=None, ends_before__gt=on)
    return held.exists()


def overview(cycle: Cycle, *, on: dt.date) -> list[StepStanding]:
    """Every step of a cycle with its tasks by state; two queries."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    stated: Any = with_state(Task.objects.filter(cycle=cycle), on=on)  # `state` is annotated, the stubs do not know it
    for step, state, n in stated.values_list("step", "state").annotate(n=Count("pk")).order_by():
        counts[step][state] = n
    return [
        StepStanding(
            pk=step.pk,
            number=step.number,
            level=step.level,
            name_th=step.name_th,
            name_en=step.name_en,
            starts_on=step.starts_on,
            ends_before=step.ends_before,
            certainty=step.certainty,
            counts=counts[step.pk],
        )
        for step in CycleStep.objects.filter(cycle=cycle).order_by("position")
    ]


def tasks_of(bodies: Sequence[Body], *, on: dt.date) -> QuerySet[Task]:
    """What these bodies still have to do, the most pressing first: late, returned, open, then what is to come."""
    found = with_state(Task.objects.filter(not_excused(on), body__in=bodies, done_at=None, submitted_at=None), on=on)
    rank = [When(state=state, then=Value(n)) for n, state in enumerate(rules.TASK_STATES)]
    return (
        found.annotate(rank=Case(*rank, default=Value(99)))
        .select_related("step", "cycle__area", "body__area")
        .order_by("rank", "due_before", "pk")
    )


def task_making(document: str, *, body: Body, fiscal_year: int) -> Task | None:
    """The unfinished task of a body in which a document of this key is made (a plan type, a letter) for a year."""
    tasks = Task.objects.filter(body=body, cycle__fiscal_year=fiscal_year, done_at=None)
    for task in tasks.select_related("step", "cycle", "body").order_by("due_before", "pk"):
        if document in printed_step(task).makes:
            return task
    return None


def not_excused(on: dt.date) -> Q:
    """Tasks that no exemption takes away on a day: none was granted, or it has ended."""
    return Q(excused_until=None) | Q(excused_until__lte=on)


def missing_tasks(cycle: Cycle, *, on: dt.date, step: CycleStep | None = None) -> QuerySet[Task]:
    """The tasks of a year, or of one step, that are not in on a day: neither submitted nor done nor excused."""
    tasks = Task.objects.filter(not_excused(on), cycle=cycle, submitted_at=None, done_at=None)
    return tasks if step is None else tasks.filter(step=step)


def missing_by_place(
    step: CycleStep, *, on: dt.date, bodies: Sequence[Body], place_of: dict[int, str]
) -> list[MissingPlace]:
    """Who is missing in one step on a day, by district; one query.

    `bodies` are those of the step, which the reader has loaded with what their names need; `place_of` gives the code
    of each one's district or province.
    """
    known = {body.pk: body for body in bodies}
    received: Counter[str] = Counter()
    out: dict[str, list[Task]] = defaultdict(list)
    for task in step.tasks.filter(not_excused(on)).order_by("pk"):
        code = place_of.get(task.body_id or 0, "")
        if task.submitted_at is not None or task.done_at is not None:
            received[code] += 1
            continue
        if task.body_id is not None:
            task.body = known[task.body_id]
        out[code].append(task)
    return [
        MissingPlace(code, received[code], received[code] + len(out[code]), tuple(out[code]))
        for code in sorted({*received, *out})
    ]


def to_remind(cycle: Cycle, *, on: dt.date, days: int = 14) -> QuerySet[Task]:
    """Whom to remind: late, or due within so many days; the longest overdue first."""
    until = on + dt.timedelta(days=days)
    due = missing_tasks(cycle, on=on).filter(starts_on__lte=on, due_before__lte=until)
    return with_state(due, on=on).select_related("step", "body__area").order_by("due_before", "step__position", "pk")


def on_time_by_year(area: Area | None, system: str) -> list[YearOnTime]:
    """How a province's bodies kept their days, by fiscal year, for one planning system."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    tasks = Task.objects.filter(cycle__system=system, cycle__area=area, due_before__isnull=False, excused_until=None)
    for year, due, submitted in tasks.values_list("cycle__fiscal_year", "due_before", "submitted_at").iterator():
        if due is None:
            continue
        kind = "not_in" if submitted is None else ("on_time" if localdate(submitted) < due else "after")
        counts[year][kind] += 1
    return [
        YearOnTime(year, sum(found.values()), found["on_time"], found["after"], found["not_in"])
        for year, found in sorted(counts.items())
    ]


def load_forecast(step: CycleStep, *, on: dt.date) -> tuple[list[Load], bool]:
    """What the last days before a step's close are expected to bring, and whether earlier years say so.

    Without earlier years of the province `PRIOR` is taken. Only days from today on; what is not in yet is shared out.
    """
    if step.ends_before is None:
        return [], False
    shares, known = _shares(step)
    ahead = [n for n in range(len(shares)) if step.ends_before - dt.timedelta(days=n + 1) >= on]
    left = missing_tasks(step.cycle, on=on, step=step).count()
    weight = sum(shares[n] for n in ahead)
    if not ahead or not weight:
        return [], known
    days = [
        Load(n, step.ends_before - dt.timedelta(days=n + 1), round(left * shares[n] / weight)) for n in reversed(ahead)
    ]
    return days, known


def _shares(step: CycleStep) -> tuple[tuple[float, ...], bool]:
    """The share of submissions on each of the last days in earlier years of this place and system."""
    cycle = step.cycle
    past = Task.objects.filter(
        cycle__system=cycle.system,
        cycle__area=cycle.area,
        cycle__fiscal_year__lt=cycle.fiscal_year,
        step__number=step.number,
        submitted_at__isnull=False,
        due_before__isnull=False,
    )
    rows = past.values_list("due_before", "submitted_at")
    days = [
        (due - localdate(submitted)).days - 1 for due, submitted in rows if due is not None and submitted is not None
    ]
    counted = Counter(day for day in days if 0 <= day < len(PRIOR))
    if sum(counted.values()) < 10:
        return PRIOR, False
    total = sum(counted.values())
    return tuple(counted[n] / total for n in range(len(PRIOR))), True


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a changed calendar would do to one step: its windows now and then, and how tasks would change state."""

    number: str
    name: rulebook.Words
    before: tuple[dt.date, dt.date] | None
    after: tuple[dt.date, dt.date] | None
    would_be_late: int
    no_longer_late: int


def dry_run(cycle: Cycle, changed: rulebook.PlanningSystem, *, on: dt.date) -> list[DryRun]:
    """What another calendar would do to a running year on a day; writes nothing. Steps that stay are left out."""
    events = {event.event: event.happened_on for event in cycle.events.all()}
    new = {item.step.number: item for item in rulebook.instantiate(changed, cycle.fiscal_year, events)}
    late = Q(due_before__lte=on)
    waiting = missing_tasks(cycle, on=on).filter(extended=False).values_list("step")
    counts = {
        pk: (n, behind) for pk, n, behind in waiting.annotate(n=Count("pk"), b=Count("pk", filter=late)).order_by()
    }
    found = []
    for step in cycle.steps.order_by("position"):
        item = new.pop(step.number, None)
        before = _window(step.starts_on, step.ends_before)
        after = _window(item.starts_on, item.ends_before) if item is not None else None
        if item is not None and before == after:
            continue
        tasks, behind = counts.get(step.pk, (0, 0))
        then = tasks if after is not None and after[1] <= on else 0
        words = rulebook.Words(step.name_th, step.name_en)
        found.append(DryRun(step.number, words, before, after, max(0, then - behind), max(0, behind - then)))
    found += [
        DryRun(number, item.step.name, None, _window(item.starts_on, item.ends_before), 0, 0)
        for number, item in new.items()
    ]
    return found


def _window(starts_on: dt.date | None, ends_before: dt.date | None) -> tuple[dt.date, dt.date] | None:
    return (starts_on, ends_before) if starts_on is not None and ends_before is not None else None
