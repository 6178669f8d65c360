"""Reads about projects that pages and later rooms ask for; totals count a merged project once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from prasan import rulebook
from prasan.areas.models import Area
from prasan.common.chunks import chunks
from prasan.common.dates import fiscal_year_bounds
from prasan.needs import queries as needs_queries
from prasan.needs.models import Need
from prasan.projects import rules
from prasan.projects.models import Origin, Project, ProjectYear, Span, TakeUp
from prasan.projects.rules import counted_kind as counted_kind  # later rooms count as this one does


@dataclass(frozen=True, slots=True)
class YearTotal:
    """Integer satang of one fiscal year; `projects` have money in it. `span` as in the amounts."""

    fiscal_year: int
    span: str
    satang: int
    projects: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of projects comes to, each canonical project counted once."""

    projects: int
    without_money: int
    satang: int
    years: tuple[YearTotal, ...]


def projects_within(area: Area) -> Q:
    """A condition on projects: those of the area and of every place within it, in any tree."""
    return Q(area=area) | Q(area__in=needs_queries.ids_within(area.pk))


def standing_projects(*, area: Area | None = None, fiscal_year: int | None = None) -> QuerySet[Project]:
    """Projects neither merged into another nor withdrawn, in code order, with their years, for a page."""
    projects = Project.objects.filter(merged_into=None, withdrawn_at=None)
    if area is not None:
        projects = projects.filter(projects_within(area))
    if fiscal_year is not None:
        projects = projects.filter(fiscal_year=fiscal_year)
    return projects.select_related("owner", "area", "asks").prefetch_related("years").order_by("code")


def canonical_ids(project_ids: Iterable[int]) -> dict[int, int]:
    """For each project the one that stands for it after merges; one round of queries per length of a chain."""
    standing = {pk: pk for pk in project_ids}
    frontier = set(standing)
    while frontier:
        step: dict[int, int] = {}
        for ids in chunks(sorted(frontier)):
            pointers = Project.objects.filter(pk__in=ids, merged_into__isnull=False)
            step.update((pk, to) for pk, to in pointers.values_list("pk", "merged_into") if to is not None)
        standing = {pk: step.get(at, at) for pk, at in standing.items()}
        frontier = set(step.values())
    return standing


def merged_family(project: Project) -> list[int]:
    """The project and every project that was merged into it, directly or by a chain."""
    family = [project.pk]
    frontier = [project.pk]
    while frontier:
        merged = Project.objects.filter(merged_into__in=frontier).order_by("pk")
        frontier = list(merged.values_list("pk", flat=True))
        family += frontier
    return family


def totals(project_ids: Iterable[int]) -> Totals:
    """Money of these projects by year, read through `canonical()`: a merged project is counted once.

    A project counts with its planned amounts, and with its budgeted ones when nothing was planned.
    """
    kept = sorted(set(canonical_ids(project_ids).values()))
    rows: list[tuple[int, int, str, str, int]] = []
    for ids in chunks(kept):
        amounts = ProjectYear.objects.filter(project__in=ids, kind__in=rules.COUNTED_KINDS)
        rows += amounts.values_list("project_id", "fiscal_year", "kind", "span", "amount_satang")
    kinds: dict[int, set[str]] = defaultdict(set)
    for project, _, kind, _, _ in rows:
        kinds[project].add(kind)
    sums: dict[tuple[int, str], list[int]] = defaultdict(list)
    for project, year, kind, span, satang in rows:
        if kind == rules.counted_kind(kinds[project]):
            sums[year, span].append(satang)
    years = tuple(YearTotal(year, span, sum(v), len(v)) for (year, span), v in sorted(sums.items()))
    return Totals(len(kept), len(kept) - len(kinds), sum(y.satang for y in years), years)


def amounts_of(project_ids: Iterable[int]) -> dict[int, int]:
    """What each of these projects asks over all years (satang): planned money, or budgeted where none was planned.

    Projects that name no amount are missing.
    """
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for ids in chunks(sorted(set(project_ids))):
        rows = ProjectYear.objects.filter(project__in=ids, kind__in=rules.COUNTED_KINDS, span=Span.IN)
        for project, kind, satang in rows.values_list("project_id", "kind", "amount_satang"):
            sums[project, kind] += satang
    kinds: dict[int, set[str]] = defaultdict(set)
    for project, kind in sums:
        kinds[project].add(kind)
    return {pk: sums[pk, str(rules.counted_kind(present))] for pk, present in kinds.items()}


@dataclass(frozen=True, slots=True)
class LateNotice:
    """A project its agency told of after the last day (R50)."""

    project: Project
    due_on: dt.date


def late_notices(project_ids: Iterable[int], *, effective_on: dt.date | None = None) -> list[LateNotice]:
    """Of these projects those notified after the days that R50 gives from the Budget Act's first day.

    Without `effective_on` the Act is taken to be in force from the first day of the project's fiscal year.
    Years before the rule's first date have no such limit.
    """
    late = []
    for ids in chunks(sorted(project_ids)):
        told = Project.objects.filter(pk__in=ids, origin=Origin.AGENCY, notified_on__isnull=False)
        for project in told.select_related("owner").order_by("code"):
            due_on = notice_due_on(project.fiscal_year, effective_on=effective_on)
            if due_on is not None and project.notified_on is not None and project.notified_on > due_on:
                late.append(LateNotice(project, due_on))
    return late


def notice_due_on(fiscal_year: int, *, effective_on: dt.date | None = None) -> dt.date | None:
    """The last day to tell the province of a year's projects (R50); None for years before the rule's first date."""
    rule = rulebook.load().rule("R50")
    in_force = effective_on or fiscal_year_bounds(fiscal_year)[0]
    if in_force < rule.values[0].starts_on:
        return None
    days = rule.value_on(in_force).value
    assert isinstance(days, int), "R50 counts days"
    return rules.last_day_of_notice(in_force, days)


def taken_up() -> Exists:
    """A condition on needs: some body's project answers it. A community's own proposal is a question, no answer."""
    answers = TakeUp.objects.filter(need=OuterRef("pk"), project__withdrawn_at=None)
    return Exists(answers.exclude(project__origin=Origin.COMMUNITY))


def live_answers(need: Need) -> QuerySet[Project]:
    """Projects that answer a need (or one merged into it), themselves not withdrawn; merged ones through the kept."""
    family = needs_queries.merged_family(need.canonical())
    direct = TakeUp.objects.filter(need__in=family).values_list("project_id", flat=True)
    kept = set(canonical_ids(direct).values())
    return Project.objects.filter(pk__in=kept, withdrawn_at=None).select_related("owner").order_by("code")


def needs_of(project: Project) -> QuerySet[Need]:
    """Every need the project answers, those of projects merged into it included."""
    return (
        Need.objects.filter(take_ups__project__in=merged_family(project))
        .select_related("area", "body")
        .distinct()
        .order_by("code")
    )
