"""The annual request beside the longer plan it confirms (R08): what is open, and what each item could confirm."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan import rulebook
from prasan.plans.models import EditionState, PlanEdition, PlanItem, PlanType
from prasan.projects import queries as projects

LONG_PLANS = (PlanType.PROVINCIAL_5Y_PLAN, PlanType.PROVINCIAL_PLAN)


@dataclass(frozen=True, slots=True)
class Confirmable:
    """An item of a request and the item of the longer plan that holds the same project; None where none does."""

    item: PlanItem
    match: PlanItem | None


def long_plan_of(request: PlanEdition) -> PlanEdition | None:
    """The longer plan a request confirms: of the same place, submitted, its years holding the request's; the latest."""
    of_place = PlanEdition.objects.filter(plan_type__in=LONG_PLANS, body__area=request.body.area_id)
    holding = Q()
    for plan_type in LONG_PLANS:
        first = request.fiscal_year - rulebook.load().plan_type(plan_type).years + 1
        holding |= Q(plan_type=plan_type, fiscal_year__gte=first, fiscal_year__lte=request.fiscal_year)
    found = of_place.filter(holding).exclude(state=EditionState.DRAFT)
    return found.order_by("-fiscal_year", "-number").first()


def unconfirmed(request: PlanEdition) -> QuerySet[PlanItem]:
    """The items of a request that confirm nothing and say no reason, in their order."""
    return request.items.filter(confirms=None, confirms_reason="").order_by("priority")


def confirmables(request: PlanEdition) -> list[Confirmable]:
    """The open items of a request, each with the item of the longer plan that holds its project; few queries.

    Projects are read through `canonical()`: one merged since confirms what it was merged into.
    """
    items = list(unconfirmed(request).select_related("project", "need"))
    longer = long_plan_of(request)
    held = list(longer.items.exclude(project=None).select_related("project")) if longer is not None else []
    ids = [item.project_id for item in [*items, *held] if item.project_id is not None]
    standing = projects.canonical_ids(ids)
    by_project = {standing[item.project_id]: item for item in held if item.project_id is not None}
    return [
        Confirmable(item, by_project.get(standing[item.project_id]) if item.project_id is not None else None)
        for item in items
    ]
