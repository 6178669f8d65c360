"""Reads of plans for pages, reports and the book: editions, their items page by page, and their totals."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from prasan.areas.models import Area
from prasan.common.chunks import chunks
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.needs import queries as needs_queries
from prasan.needs.models import Need
from prasan.plans.conformity import (
    BLOCKING,
    blocking_findings,
    findings,
    findings_by_state,
    open_duplicates,
    reporting_states,
)
from prasan.plans.counting import Counted, counted_lines
from prasan.plans.editions import (
    Comparison,
    PathStep,
    compare_editions,
    copy_is_whole,
    decides_on,
    lines_of,
    path_of,
    snapshot,
    stage_after,
)
from prasan.plans.facts import gather
from prasan.plans.models import PlanEdition, PlanItem, PlanType
from prasan.plans.requests import LONG_PLANS, Confirmable, confirmables, long_plan_of, unconfirmed
from prasan.projects import queries as projects_queries
from prasan.projects.models import Origin, Project
from prasan.projects.queries import YearTotal

__all__ = [
    "BLOCKING",
    "LONG_PLANS",
    "Comparison",
    "Confirmable",
    "Counted",
    "EditionTotals",
    "ItemPage",
    "PathStep",
    "blocking_findings",
    "compare_editions",
    "confirmables",
    "copy_is_whole",
    "counted_lines",
    "decides_on",
    "edition_totals",
    "editions_of",
    "findings",
    "findings_by_state",
    "gather",
    "items",
    "items_page",
    "latest_edition",
    "lines_of",
    "long_plan_of",
    "open_duplicates",
    "path_of",
    "plan_listing",
    "repeating_a_plan",
    "reporting_states",
    "snapshot",
    "stage_after",
    "unconfirmed",
]

ONE_BODY_ONLY = (PlanType.LOCAL_PLAN, PlanType.DISTRICT_NEEDS_PLAN)
"""Plans that share out who carries a project: it stands in one of them (R36). The province lists all (R41)."""

BEYOND_DOUBT = 0.9
"""Calibrated probability from which a line counts as the same before anybody decided."""


@dataclass(frozen=True, slots=True)
class EditionTotals:
    """What an edition comes to in integer satang; a record merged into another of it is counted once."""

    items: int
    records: int
    without_money: int
    satang: int
    years: tuple[YearTotal, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page of items in priority order; `after` asks for the next one, None at the end."""

    items: tuple[PlanItem, ...]
    after: int | None


def latest_edition(*, plan_type: str, body_id: int, fiscal_year: int) -> PlanEdition | None:
    """The edition with the highest number."""
    editions = PlanEdition.objects.filter(plan_type=plan_type, body=body_id, fiscal_year=fiscal_year)
    return editions.select_related("body").order_by("-number").first()


def editions_of(area: Area, fiscal_year: int | None = None, *, every_number: bool = False) -> QuerySet[PlanEdition]:
    """Editions of the bodies of an area and of every place within it, with the number of their items.

    Only the latest number of each plan, unless `every_number`.
    """
    within = needs_queries.ids_within(area.pk)
    editions = PlanEdition.objects.filter(Q(body__area=area) | Q(body__area__in=within))
    if fiscal_year is not None:
        editions = editions.filter(fiscal_year=fiscal_year)
    if not every_number:
        editions = editions.filter(number=_latest_number())
    return (
        editions.select_related("body__area", "submitted_by")
        .annotate(item_count=Count("items"))
        .order_by("plan_type", "body__sort_key", "body", "fiscal_year", "-number")
    )


def items_page(edition: PlanEdition, *, after: int = 0, size: int = 50) -> ItemPage:
    """Items with a priority after `after` (keyset pagination: the last page costs what the first does)."""
    found = list(items(edition).filter(priority__gt=after)[: size + 1])
    more = len(found) > size
    return ItemPage(tuple(found[:size]), found[size - 1].priority if more else None)


def items(edition: PlanEdition) -> QuerySet[PlanItem]:
    """All items in priority order with what a page shows of them; for streaming use `.iterator(chunk_size=…)`."""
    return (
        PlanItem.objects.filter(edition=edition)
        .select_related(
            "project__owner",
            "project__area",
            "project__merged_into",
            "need__area",
            "need__body",
            "need__merged_into",
            "handover__from_body",
            "handover__to_body",
            "handover__coordinator",
        )
        .prefetch_related("project__years")
        .order_by("priority")
    )


def edition_totals(edition: PlanEdition) -> EditionTotals:
    """Count and sum an edition by year. Everything is read through `canonical()`: merged counts once."""
    keys = list(PlanItem.objects.filter(edition=edition).values_list("project_id", "need_id"))
    projects = projects_queries.totals(p for p, _ in keys if p is not None)
    years: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for year in projects.years:
        years[year.fiscal_year, year.span] = [year.satang, year.projects]
    need_ids = sorted(set(needs_queries.canonical_ids(n for _, n in keys if n is not None).values()))
    without = projects.without_money
    for chunk in chunks(need_ids):
        for fiscal_year, satang in Need.objects.filter(pk__in=chunk).values_list("fiscal_year", "amount_satang"):
            if satang is None:
                without += 1
                continue
            years[fiscal_year, "IN"][0] += satang
            years[fiscal_year, "IN"][1] += 1
    rows = tuple(YearTotal(year, span, satang, count) for (year, span), (satang, count) in sorted(years.items()))
    return EditionTotals(
        items=len(keys),
        records=projects.projects + len(need_ids),
        without_money=without,
        satang=sum(row.satang for row in rows),
        years=rows,
    )


def plan_listing(project: Project, *, besides: PlanEdition | None = None) -> PlanEdition | None:
    """The latest edition of another body that carries this project in the same year, if there is one (R36)."""
    editions = PlanEdition.objects.filter(plan_type__in=ONE_BODY_ONLY, items__project=project, number=_latest_number())
    if besides is not None:
        if besides.plan_type not in ONE_BODY_ONLY:
            return None
        editions = editions.filter(fiscal_year=besides.fiscal_year).exclude(body=besides.body)
    return editions.select_related("body").order_by("pk").first()


def repeating_a_plan(listed: Set[int]) -> set[int]:
    """Of the listed projects the lines of action plans that a listed planned project of the same owner stands for.

    Such a line is the same money a year later: whoever adds up what is listed leaves it out (R41), also before an
    officer has decided the pair. A planned project that was merged counts through the one that stands for it, so
    its line is left out while that one is listed.
    """
    likely = Pair.objects.filter(
        verdict=Verdict.DUPLICATE, probability__gte=BEYOND_DOUBT, first__owner=F("second__owner")
    ).exclude(decision=PairDecision.DIFFERENT)
    columns = ("first", "first__origin", "second", "second__origin")
    rows = [row for row in likely.values_list(*columns) if row[1] != row[3] and Origin.ACTION_PLAN in (row[1], row[3])]
    lines = [(first, second) if origin == Origin.ACTION_PLAN else (second, first) for first, origin, second, _ in rows]
    lines = [(line, planned) for line, planned in lines if line in listed]
    standing = projects_queries.canonical_ids(planned for _, planned in lines)
    return {line for line, planned in lines if standing[planned] in listed and standing[planned] != line}


def _latest_number() -> Subquery:
    same = PlanEdition.objects.filter(
        plan_type=OuterRef("plan_type"), body=OuterRef("body"), fiscal_year=OuterRef("fiscal_year")
    )
    latest = same.values("plan_type", "body", "fiscal_year").annotate(last=Max("number")).values("last")
    return Subquery(latest)
