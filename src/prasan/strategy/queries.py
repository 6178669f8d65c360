"""Reads of strategy: the tree of a plan, the plan in force, and what has no link up or no answer below."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from prasan.areas.models import Area
from prasan.common.text import search_key
from prasan.strategy import rules
from prasan.strategy.models import (
    Indicator,
    Objective,
    ObjectiveKind,
    ObjectiveLink,
    StrategyLevel,
    StrategyPlan,
)


@dataclass(frozen=True, slots=True)
class Node:
    """One objective with its indicators, the objectives it answers, how many answer it, and its children."""

    objective: Objective
    indicators: tuple[Indicator, ...]
    above: tuple[Objective, ...]
    answered_by: int
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An objective of a level above that an objective may answer, and how alike their words are (0 to 1)."""

    objective: Objective
    likeness: float


def plans(*, drafts_too: bool) -> QuerySet[StrategyPlan]:
    """Every level's strategies with `rank` (0 is the highest level) and how many issues, and issues orphaned."""
    found = StrategyPlan.objects.all() if drafts_too else StrategyPlan.objects.filter(proclaimed_on__isnull=False)
    ranks = [When(level=level, then=Value(n)) for n, level in enumerate(rules.LEVELS)]
    issue = Q(objectives__kind=ObjectiveKind.ISSUE)
    alone = issue & Q(objectives__links_up=None) & ~Q(level=StrategyLevel.NATIONAL)
    return found.select_related("body__area").annotate(
        rank=Case(*ranks, default=Value(len(rules.LEVELS))),
        issue_count=Count("objectives", filter=issue, distinct=True),
        orphan_count=Count("objectives", filter=alone, distinct=True),
    )


def issues(*, drafts_too: bool) -> QuerySet[Objective]:
    """The issues of every plan with `up` and `down`: how many objectives they answer, how many answer them."""
    found = Objective.objects.filter(kind=ObjectiveKind.ISSUE)
    if not drafts_too:
        found = found.filter(plan__proclaimed_on__isnull=False)
    return found.select_related("plan__body__area").annotate(
        up=Count("links_up", distinct=True), down=Count("links_down", distinct=True)
    )


def answering(plan: StrategyPlan) -> dict[int, dict[str, list[StrategyPlan]]]:
    """For each objective of a plan the plans of each level below with an objective that answers it, once each."""
    links = ObjectiveLink.objects.filter(above__plan=plan).select_related("below__plan__body__area")
    found: dict[int, dict[str, list[StrategyPlan]]] = {}
    for link in links.order_by("below__plan__title_th", "pk"):
        here = found.setdefault(link.above_id, {}).setdefault(link.below.plan.level, [])
        if link.below.plan not in here:
            here.append(link.below.plan)
    return found


def suggestions(objective: Objective, *, words: str = "", limit: int = 8) -> list[Suggestion]:
    """Objectives of the levels above that it does not answer yet, those of like words first; with `words` only those
    that hold them."""
    found = above_of(objective.plan).exclude(links_down__below=objective)
    if words.strip():
        found = found.filter(name_key__contains=search_key(words))
    weights = rules.weights_of([objective.name_key, *(one.name_key for one in found)])
    ranked = [Suggestion(one, rules.likeness(objective.name_key, one.name_key, weights)) for one in found]
    return sorted(ranked, key=lambda one: (-one.likeness, one.objective.pk))[:limit]


def tree(plan: StrategyPlan) -> tuple[Node, ...]:
    """The goal tree of a plan, issues first, each with what hangs on it; few queries whatever its size."""
    found = list(
        plan.objectives.annotate(below=Count("links_down"))
        .prefetch_related("indicators__targets", "links_up__above__plan")
        .order_by("position", "pk")
    )

    def under(parent: int | None) -> tuple[Node, ...]:
        return tuple(
            Node(
                objective=one,
                indicators=tuple(one.indicators.all()),
                above=tuple(link.above for link in one.links_up.all()),
                answered_by=one.below,
                children=under(one.pk),
            )
            for one in found
            if one.parent_id == parent
        )

    return under(None)


def proclaimed_plan(*, level: str, area: Area | None, on: dt.date) -> StrategyPlan | None:
    """The proclaimed plan of a level and place in force on a day: the latest proclaimed whose years hold the day."""
    year = on.year + 543 + (1 if on.month >= 10 else 0)
    found = StrategyPlan.objects.filter(level=level, proclaimed_on__lte=on, first_year__lte=year, last_year__gte=year)
    found = found.filter(body__area=area) if area is not None else found.filter(body=None)
    return found.order_by("-proclaimed_on", "-number").first()


def missing_components(plan: StrategyPlan) -> tuple[tuple[str, str], ...]:
    """What a plan lacks of the six components (R40)."""
    kinds = dict(plan.objectives.values_list("kind").annotate(n=Count("pk")).order_by())
    indicators = Indicator.objects.filter(objective__plan=plan)
    return rules.missing_components(
        vision=bool(plan.vision.strip()),
        issues=kinds.get(ObjectiveKind.ISSUE, 0),
        goals=kinds.get(ObjectiveKind.GOAL, 0),
        strategies=kinds.get(ObjectiveKind.STRATEGY, 0),
        indicators=indicators.count(),
        without_target=indicators.filter(targets=None).count(),
    )


def orphans(plan: StrategyPlan) -> QuerySet[Objective]:
    """Issues and goals of a plan that answer nothing of a level above; a national plan has none."""
    if plan.level == StrategyLevel.NATIONAL:
        return Objective.objects.none()
    return plan.objectives.filter(kind=ObjectiveKind.ISSUE, links_up=None)


def unanswered(plan: StrategyPlan) -> QuerySet[Objective]:
    """Issues of a plan that no objective of a level below answers."""
    return plan.objectives.filter(kind=ObjectiveKind.ISSUE, links_down=None)


def child_kind_of(objective: Objective) -> str:
    """What may stand under an objective: a goal under an issue, a strategy under a goal; empty under a strategy."""
    return next((kind for kind, parent in rules.PARENT_OF.items() if parent == objective.kind), "")


def parents_for(objective: Objective) -> QuerySet[Objective] | None:
    """The objectives of its plan it may stand under; None for an issue, which stands under none."""
    kind = rules.PARENT_OF[objective.kind]
    return objective.plan.objectives.filter(kind=kind) if kind is not None else None


def above_of(plan: StrategyPlan) -> QuerySet[Objective]:
    """The issues of levels above that an objective of a plan may answer: their years overlap."""
    levels = [level for level in rules.LEVELS if rules.is_above(level, plan.level)]
    return (
        Objective.objects.filter(kind=ObjectiveKind.ISSUE, plan__level__in=levels)
        .filter(plan__first_year__lte=plan.last_year, plan__last_year__gte=plan.first_year)
        .filter(Q(plan__proclaimed_on__isnull=False) | Q(plan__level=StrategyLevel.NATIONAL))
        .select_related("plan")
        .order_by("plan__level", "plan", "position")
    )
