"""The tasks of one step of a running year: what the list shows, sorts, filters and exports."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.areas.models import Area
from prasan.common.text import search_key
from prasan.cycles import queries as cycles
from prasan.cycles.models import CycleStep, Task
from prasan.web.lists import Column, Filter, ListSpec, by
from prasan.web.queries.amounts import of_area
from prasan.web.wording import STATES, language, name_of, place_name, state_of

OUT = "OUT"
"""Beside the states of a task, what the list can be asked for: everything that is not in, late or not."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One body's task in the list."""

    pk: int
    body: str
    place: str
    state: str
    due_before: date | None
    submitted_at: datetime | None

    @property
    def last_on(self) -> date | None:
        """The last day in time, as people say it."""
        return self.due_before - timedelta(days=1) if self.due_before is not None else None


def task_rows(step: CycleStep, *, on: date) -> QuerySet[Task]:
    """The tasks of a step with their state on the day."""
    tasks = Task.objects.filter(step=step).select_related("body__area", "cycle", "step")
    far = date(9999, 12, 31)
    return cycles.with_state(tasks, on=on).annotate(
        due_sort=Coalesce(F("due_before"), far), body_sort=Coalesce(F("body__sort_key"), F("actor"))
    )


def doer_of(task: Task) -> str:
    """Who does it: the registered body, or the body of the source where the register keeps none."""
    if task.body is not None:
        return name_of(task.body)
    name = rulebook.load().actor(task.actor).name
    return name.en if language() == "en" else name.th


def make_task(task: Any) -> TaskRow:
    """The row of one task."""
    area = task.body.area if task.body is not None else None
    return TaskRow(task.pk, doer_of(task), place_name(area), task.state, task.due_before, task.submitted_at)


def _named(rows: QuerySet[Task], value: str) -> QuerySet[Task]:
    return rows.filter(body__name_key__contains=search_key(value))


def _in_place(rows: QuerySet[Task], code: str) -> QuerySet[Task]:
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    return rows.none() if area is None else rows.filter(of_area(area, "body__area"))


def _in_state(rows: QuerySet[Task], value: str) -> QuerySet[Task]:
    if value == OUT:
        return rows.filter(cycles.not_excused(localdate()), submitted_at=None, done_at=None)
    return cast("QuerySet[Task]", cast(Any, rows).filter(state=value))  # annotated, so the stubs do not know it


def tasks_spec(step: CycleStep, districts: tuple[tuple[str, str], ...]) -> ListSpec[Task, TaskRow]:
    """The list of a step's tasks, what is due first on top."""
    states = (
        (OUT, _("ยังไม่ส่ง ทุกสถานะ")),
        *((code, STATES[f"task.{code}"].word) for code in cycles.TASK_STATES),
    )
    return ListSpec(
        name=f"tasks-{step.number}",
        columns=(
            Column("body", _("หน่วยงาน"), lambda r: r.body, order=by("body_sort"), css="name"),
            Column("place", _("พื้นที่"), lambda r: r.place),
            Column("state", _("สถานะ"), lambda r: state_of("task", r.state).word, order=by("state")),
            Column("due", _("กำหนดส่ง"), lambda r: r.last_on, "date", by("due_sort")),
            Column("submitted", _("ส่งเมื่อ"), lambda r: r.submitted_at, "date"),
        ),
        make=make_task,
        default_order="due",
        filters=(
            Filter("q", _("คำในชื่อ"), _named),
            Filter("state", _("สถานะ"), _in_state, states),
            Filter("district", _("อำเภอ"), _in_place, districts),
        ),
    )
