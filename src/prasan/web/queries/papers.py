"""The papers a task uses and makes, as records: editions of plans, letters one may read, lists of projects."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.queries import bodies_of_province
from prasan.cycles.models import Task
from prasan.letters import access as letters
from prasan.plans.models import PlanEdition
from prasan.web.wording import document_name, name_of

SHOWN = 5
"""So many of one kind are linked one by one; a district's forty plans are counted."""


@dataclass(frozen=True, slots=True)
class Link:
    """One record behind a paper; `state` is that of an edition, empty for the rest."""

    path: str
    label: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a step, and what there is of it: the first few, and how many in all."""

    key: str
    name: str
    links: tuple[Link, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Papers:
    """What a task uses and what it makes."""

    uses: tuple[Paper, ...]
    makes: tuple[Paper, ...]


def papers_of(task: Task, step: rulebook.Step, *, user: User, on: dt.date) -> Papers:
    """The papers of a task's step; letters only as far as the reader may see them."""
    return Papers(
        uses=tuple(_paper(key, task, user, on, made=False) for key in step.uses),
        makes=tuple(_paper(key, task, user, on, made=True) for key in step.makes),
    )


def _paper(key: str, task: Task, user: User, on: dt.date, *, made: bool) -> Paper:
    book = rulebook.load()
    if any(plan_type.key == key for plan_type in book.plan_types):
        links, total = _plans(key, task, made=made)
    elif any(letter.code == key for letter in book.letters):
        links, total = _letters(key, task, user, on, made=made)
    else:  # a list of projects is not kept as a paper of its own: it is what the register says at the time
        path = f"{reverse('projects')}?year={task.cycle.fiscal_year}"
        links, total = (Link(path, document_name(key)),), 1
    return Paper(key, document_name(key), links, total)


def _plans(key: str, task: Task, *, made: bool) -> tuple[tuple[Link, ...], int]:
    """Made: those of the body itself; used: those of its province for the year, its own among them."""
    found = PlanEdition.objects.filter(plan_type=key, fiscal_year=task.cycle.fiscal_year)
    if made:
        found = found.filter(Q(task=task) | Q(body=task.body_id))
    elif task.cycle.area is not None:
        found = found.filter(Q(body=task.body_id) | Q(body__in=bodies_of_province(task.cycle.area.code)))
    rows = found.select_related("body__area").order_by("body__code", "-number")
    links = (Link(reverse("plan", args=(row.pk,)), _edition(row), row.state) for row in rows[:SHOWN])
    return tuple(links), found.count()


def _edition(edition: PlanEdition) -> str:
    return f"{edition.get_plan_type_display()} {edition.fiscal_year} {name_of(edition.body)}"


def _letters(key: str, task: Task, user: User, on: dt.date, *, made: bool) -> tuple[tuple[Link, ...], int]:
    """Made: those the body sent; used: those it was sent, for the year of the task."""
    found = letters.visible_to(user, on=on).filter(catalogue=key, fiscal_year=task.cycle.fiscal_year)
    its_own = Q(task=task) | Q(sender=task.body_id) if made else Q(addressees__body=task.body_id)
    found = found.filter(its_own)
    rows = found.order_by("-dated_on", "-pk").distinct()
    links = (Link(reverse("letter", args=(row.pk,)), row.number or row.subject) for row in rows[:SHOWN])
    return tuple(links), rows.count()
