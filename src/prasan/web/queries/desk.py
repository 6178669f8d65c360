"""What waits for a person: hand-overs to answer, pairs to decide, files with findings, steps, what came back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.afp.models import GroupAgency
from prasan.afp.queries import groups_waiting_for as waiting_for
from prasan.agencies.models import Body
from prasan.areas.models import AreaClosure
from prasan.areas.queries import prefixes_of
from prasan.cycles import queries as cycles
from prasan.cycles.models import Task
from prasan.exchange.models import Severity, Submission
from prasan.integration import queries as integration
from prasan.integration.models import (
    ChangeRecommendation,
    Conflict,
    Handover,
    HandoverState,
    JointPartner,
    Pair,
    PairDecision,
)
from prasan.letters.models import Letter, LetterState
from prasan.web.queries.afp import group_name
from prasan.web.queries.firsts import among, any_of, begins, few_or_many, first_and_count
from prasan.web.queries.joint import Told, told
from prasan.web.queries.steps import SOON, OpenStep, open_steps

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration with what they are where."""

    username: str
    label: str
    roles: tuple[str, ...]

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class FindingsOfFile:
    """A file one brought in that still has findings."""

    pk: int
    name: str
    errors: int
    warnings: int
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on a person's desk, the most pressing of each kind first."""

    handovers: list[Handover]
    handover_count: int
    pairs: list[Pair]
    pair_count: int
    conflicts: list[Conflict]
    conflict_count: int
    returned: list[Handover]
    recommendations: list[ChangeRecommendation]
    tasks: list[Task]
    task_count: int
    letters: list[Letter]
    letter_count: int
    joint_waiting: list[JointPartner]
    afp_waiting: list[tuple[GroupAgency, str]]  # with what the group is called
    joint_answers: list[Told]
    files: list[FindingsOfFile]
    steps: list[OpenStep]


def people_with_roles(on: dt.date) -> list[Person]:
    """People with a role in some body, for the demonstration's sign-in page."""
    rows = (
        current(on)
        .filter(user__is_active=True, user__is_superuser=False, user__is_staff=False)
        .select_related("user", "body")
        .order_by("user__username", "body__sort_key")
    )
    people: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        _, roles = people.setdefault(row.user.username, (str(row.user), []))
        roles.append(f"{row.get_role_display()} {row.body.name_th}")
    return [Person(username, label, tuple(roles)) for username, (label, roles) in people.items()]


def waiting_handovers(bodies: Sequence[Body]) -> QuerySet[Handover]:
    """Hand-overs sent to these bodies and not answered, the longest waiting first."""
    return Handover.objects.filter(
        to_body__in=bodies,
        state=HandoverState.SENT,
        project__merged_into=None,
        project__withdrawn_at=None,
    ).order_by("sent_at", "pk")


def waiting_pairs(bodies: Sequence[Body]) -> QuerySet[Pair]:
    """Undecided pairs with a project of these bodies or of a place within theirs, the likeliest first."""
    owners = [body.pk for body in bodies]
    inside = prefixes_of([body.area for body in bodies if body.area is not None])
    mine = any_of(
        Pair,
        among("first_owner", owners),
        among("second_owner", owners),
        begins(Pair, "first_place", inside),
        begins(Pair, "second_place", inside),
    )
    return few_or_many(integration.pairs(decision=PairDecision.WAITING), mine)


def waiting_conflicts(bodies: Sequence[Body]) -> QuerySet[Conflict]:
    """Undecided conflicts with a project of these bodies or of a place within theirs, the surest first."""
    areas = [body.area_id for body in bodies if body.area_id is not None]
    places = AreaClosure.objects.filter(ancestor__in=areas, valid_to=AreaClosure.FOREVER).values("descendant")
    mine = Q()
    for side in ("first", "second"):
        mine |= Q(**{f"{side}__owner__in": bodies}) | Q(**{f"{side}__area__in": places})
    return integration.conflicts(waiting=True).filter(mine).order_by("certainty", "-found_at", "-pk")


def waiting_letters(bodies: Sequence[Body]) -> QuerySet[Letter]:
    """Letters sent to these bodies that none of them has taken in, the latest first."""
    return (
        Letter.objects.filter(state=LetterState.DISPATCHED, addressees__body__in=bodies, addressees__received_at=None)
        .distinct()
        .order_by("-dated_on", "-pk")
    )


def waiting_count(bodies: Sequence[Body]) -> int:
    """How many hand-overs wait for an answer of these bodies: the number beside the desk."""
    return waiting_handovers(bodies).count() if bodies else 0


def desk_of(user: User, bodies: Sequence[Body], *, on: dt.date) -> Desk:
    """Everything that waits on a day for a person who acts for these bodies."""
    sent = waiting_handovers(bodies).select_related("project__area", "from_body__area", "to_body__area")
    handovers, handover_count = first_and_count(sent, SHOWN)
    found = waiting_pairs(bodies).prefetch_related(None) if bodies else Pair.objects.none()
    pairs, pair_count = first_and_count(found, SHOWN)
    clashes = waiting_conflicts(bodies) if bodies else Conflict.objects.none()
    conflicts, conflict_count = first_and_count(clashes, SHOWN)
    # What is not to be done for a long time yet would only hide what is.
    due = cycles.tasks_of(bodies, on=on).filter(Q(starts_on=None) | Q(starts_on__lte=on + SOON))
    tasks, task_count = first_and_count(due, SHOWN)
    letters, letter_count = first_and_count(waiting_letters(bodies).select_related("sender__area"), SHOWN)
    returned = (
        Handover.objects.filter(from_body__in=bodies, state=HandoverState.RETURNED)
        .select_related("project", "from_body__area", "to_body__area")
        .order_by("-answered_at", "-pk")
    )
    return Desk(
        handovers=handovers,
        handover_count=handover_count,
        pairs=pairs,
        pair_count=pair_count,
        conflicts=conflicts,
        conflict_count=conflict_count,
        returned=list(returned[:SHOWN]),
        recommendations=list(integration.recommendations(waiting_for=bodies)[:SHOWN]) if bodies else [],
        tasks=tasks,
        task_count=task_count,
        letters=letters,
        letter_count=letter_count,
        joint_waiting=list(integration.waiting_partners(bodies)[:SHOWN]) if bodies else [],
        afp_waiting=[(one, group_name(one.group)) for one in waiting_for(bodies)[:SHOWN]] if bodies else [],
        joint_answers=told(integration.joint_answers_for(bodies, most=SHOWN)),
        files=_files(user),
        steps=open_steps(bodies, on=on)[:SHOWN],
    )


def _files(user: User) -> list[FindingsOfFile]:
    files = (
        Submission.objects.filter(received_by=user, replaced_by=None)
        .annotate(
            errors=Count("findings", filter=Q(findings__severity=Severity.ERROR)),
            warnings=Count("findings", filter=Q(findings__severity=Severity.WARNING)),
        )
        .filter(Q(errors__gt=0) | Q(warnings__gt=0))
        .order_by("-received_at", "-pk")[:SHOWN]
    )
    return [FindingsOfFile(f.pk, f.name, f.errors, f.warnings, f.received_at) for f in files]
