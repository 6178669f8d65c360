"""Reads of strategy: the tree of a plan, the plan in force, and what has no link up or no answer below."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from prasan.areas.models import Area
from prasan.strategy import rules
from prasan.strategy.models import Indicator, Objective, ObjectiveKind, StrategyLevel, StrategyPlan


@dataclass(frozen=True, slots=True)
class Node:
    """One objective with its indicators, the objectives it answers, how many answer it, and its children."""

    objective: Objective
    indicators: tuple[Indicator, ...]
    above: tuple[Objective, ...]
    answered_by: int
    children: tuple["Node", ...]


def plans(*, drafts_too: bool) -> list[StrategyPlan]:
    """Every level's strategies, the highest level first."""
    found = StrategyPlan.objects.select_related("body__area").order_by("title_th", "-number")
    if not drafts_too:
        found = found.filter(proclaimed_on__isnull=False)
    return sorted(found, key=lambda plan: rules.LEVELS.index(plan.level))


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
