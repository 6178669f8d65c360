"""Reads of integration: who holds a project, the path it took, its whole journey, and pairs to decide."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common.chunks import chunks
from prasan.integration import rules
from prasan.integration.clusters import LARGEST, Cluster, cluster_of, pairs_among
from prasan.integration.conflict_reading import ConflictSearch, find_conflicts
from prasan.integration.joints import (
    JointAnswer,
    YearGap,
    answers_of,
    joint_answers_for,
    joint_answers_to,
    joint_projects,
    joints_of,
    lead_of,
    live_joint_of,
    members_that_left,
    originals_of,
    planned_by_year,
    ready_for,
    share_gaps,
    waiting_partners,
)
from prasan.integration.journeys import Station, journey
from prasan.integration.learnt import InForce, decided, decided_pairs, weights_in_force
from prasan.integration.likely import (
    Asked,
    Likely,
    Suggested,
    likely_duplicates,
    likely_of_many,
    repeats_among,
    suggestions,
)
from prasan.integration.models import (
    ChangeRecommendation,
    Conflict,
    ConflictDecision,
    Handover,
    HandoverState,
    Pair,
    PairDecision,
    RecommendationState,
)
from prasan.integration.word_search import pairs_named
from prasan.needs.queries import ids_above
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project

__all__ = [
    "LARGEST",
    "Asked",
    "Cluster",
    "ConflictSearch",
    "Hop",
    "InForce",
    "JointAnswer",
    "Likely",
    "Station",
    "Suggested",
    "YearGap",
    "answers_of",
    "cluster_of",
    "conflicts",
    "decided",
    "decided_pairs",
    "find_conflicts",
    "holder_of",
    "holders",
    "joint_answers_for",
    "joint_answers_to",
    "joint_projects",
    "joints_of",
    "journey",
    "lead_of",
    "likely_duplicates",
    "likely_of_many",
    "live_joint_of",
    "members_that_left",
    "originals_of",
    "pairs",
    "pairs_among",
    "pairs_named",
    "path",
    "planned_by_year",
    "ready_for",
    "receivers_of",
    "recommendations",
    "repeats_among",
    "share_gaps",
    "skips_a_level",
    "stands_with",
    "suggestions",
    "waiting_for",
    "waiting_partners",
    "weights_in_force",
]


@dataclass(frozen=True, slots=True)
class Hop:
    """One body on the way of a project and how it judged. The last body HOLDS it or has it WAITING."""

    number: int
    body: Body
    judgement: str
    reason: str
    at: dt.datetime | None


def holder_of(project: Project) -> Body:
    """The body that holds a project: the last that accepted it, else its owner."""
    accepted = Handover.objects.filter(project=project, state=HandoverState.ACCEPTED)
    last = accepted.select_related("to_body__area").order_by("-hop").first()
    return last.to_body if last else project.owner


def stands_with(project: Project) -> Body:
    """The body whose list the project stands in: the one that has it to answer, else its holder."""
    last = (
        Handover.objects.filter(project=project)
        .exclude(state=HandoverState.RETURNED)
        .select_related("to_body")
        .order_by("-hop")
        .first()
    )
    return last.to_body if last else project.owner


def holders(project_ids: Iterable[int]) -> dict[int, Handover]:
    """For many projects at once the last accepted hand-over; those never accepted anywhere are missing."""
    last: dict[int, Handover] = {}
    for ids in chunks(sorted(project_ids)):
        accepted = Handover.objects.filter(project__in=ids, state=HandoverState.ACCEPTED)
        last |= {h.project_id: h for h in accepted.select_related("to_body").order_by("project", "hop")}
    return last


def path(project: Project) -> tuple[Hop, ...]:
    """The bodies that judged a project, in order, without the hand-overs that came back (R37)."""
    handovers = list(
        Handover.objects.filter(project=project)
        .exclude(state=HandoverState.RETURNED)
        .select_related("from_body", "to_body")
        .order_by("hop")
    )
    if not handovers:
        return (Hop(1, project.owner, "HOLDS", "", None),)
    hops = [Hop(number, h.from_body, h.verdict, h.reason, h.sent_at) for number, h in enumerate(handovers, 1)]
    last = handovers[-1]
    judgement = "ACCEPTED" if last.state == HandoverState.ACCEPTED else "WAITING"
    return (*hops, Hop(len(hops) + 1, last.to_body, judgement, last.answer_reason, last.answered_at))


def skips_a_level(handover: Handover) -> bool:
    """Whether a recorded hand-over leads past the level in between (R37); its two bodies are loaded."""
    return not rules.step_is_allowed(handover.from_body.kind, handover.to_body.kind)


def receivers_of(project: Project) -> QuerySet[Body]:
    """Bodies the holder may hand the project to: of the next steps, over its place or serving by mission."""
    holder = holder_of(project)
    kinds = rules.next_steps(holder.kind)
    over_the_place = {kind for kind in kinds if rules.must_cover_the_place(kind)}
    place = project.area or holder.area or project.owner.area
    found = Q(kind__in=kinds - over_the_place)
    if place is not None:
        found |= Q(kind__in=over_the_place) & (Q(area=place) | Q(area__in=ids_above(place.pk)))
    return Body.objects.filter(found, valid_to=None).exclude(pk=holder.pk).order_by("kind", "sort_key", "pk")


def waiting_for(body: Body) -> QuerySet[Handover]:
    """Hand-overs this body has to answer, the oldest first."""
    return (
        Handover.objects.filter(
            to_body=body,
            state=HandoverState.SENT,
            project__merged_into=None,
            project__withdrawn_at=None,
        )
        .select_related("project__owner", "project__area", "from_body", "coordinator")
        .prefetch_related("project__years")
        .order_by("sent_at", "pk")
    )


def pairs(
    *,
    decision: str | None = PairDecision.WAITING,
    verdict: str | None = None,
    area: Area | None = None,
    body: Body | None = None,
    fiscal_year: int | None = None,
    at_least: float = 0.0,
) -> QuerySet[Pair]:
    """Pairs for the integration desk, the most likely first.

    Waiting ones only where something is left to decide: neither project withdrawn, and the two not one already.
    """
    found = Pair.objects.filter(probability__gte=at_least)
    if decision == PairDecision.WAITING:
        found = found.filter(is_open=True)
    elif decision is not None:
        found = found.filter(decision=decision)
    if verdict is not None:
        found = found.filter(verdict=verdict)
    if area is not None:
        inside = Project.objects.filter(projects_queries.projects_within(area)).values("pk")
        found = found.filter(Q(first__in=inside) | Q(second__in=inside))
    if body is not None:
        found = found.filter(Q(first_owner=body) | Q(second_owner=body))
    if fiscal_year is not None:
        found = found.filter(Q(first__fiscal_year=fiscal_year) | Q(second__fiscal_year=fiscal_year))
    return (
        found.select_related("first__owner", "first__area", "second__owner", "second__area", "decided_by")
        .prefetch_related("first__years", "second__years")
        .order_by("-probability", "pk")
    )


def conflicts(*, waiting: bool = False) -> QuerySet[Conflict]:
    """Conflicts with both projects, for pages; `waiting` ones only of projects that still stand."""
    found = Conflict.objects.select_related(
        "first__owner__area", "first__area", "second__owner__area", "second__area", "decided_by"
    )
    if waiting:
        found = found.filter(
            decision=ConflictDecision.WAITING,
            first__merged_into=None,
            second__merged_into=None,
            first__withdrawn_at=None,
            second__withdrawn_at=None,
        )
    return found.order_by("-found_at", "-pk")


def recommendations(
    *, project: Project | None = None, waiting_for: Sequence[Body] | None = None
) -> QuerySet[ChangeRecommendation]:
    """What ก.บ.จ. recommended (R49), the latest first: of a project, or what waits for the reply of these agencies."""
    found = ChangeRecommendation.objects.select_related(
        "project__owner__area", "project__area", "to_area", "resolution__item__meeting__committee__area"
    ).order_by("-made_at", "-pk")
    if project is not None:
        found = found.filter(project=project)
    if waiting_for is not None:
        found = found.filter(project__owner__in=waiting_for, state=RecommendationState.OPEN)
    return found
