"""The outputs of a round: the matrix guideline × area × agency, gaps, lead agencies, expected and actual."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Q, QuerySet

from prasan import rulebook
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, IntegrationGroup, ProblemOutcome, TargetArea
from prasan.afp.queries.standing import amounts_of, home_groups
from prasan.afp.rules import progress
from prasan.afp.rules.clustering import weight_of
from prasan.agencies.models import Body
from prasan.projects.models import Project


@dataclass(frozen=True, slots=True)
class Cell:
    """Projects of one agency in one area under one guideline, and what they ask in the year (satang)."""

    projects: int
    satang: int


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One guideline and agency; a cell for each area of the matrix, None where there is nothing."""

    guideline: str
    agency: Body
    cells: tuple[Cell | None, ...]
    whole: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """guideline × area × agency; every accepted project stands in exactly one cell, so the totals agree."""

    areas: tuple[TargetArea, ...]
    lines: tuple[MatrixLine, ...]
    totals: tuple[Cell, ...]
    whole: Cell


def matrix_of(round: AfpRound) -> Matrix:
    """The integration matrix of a round."""
    homes = home_groups(round)
    projects = Project.objects.filter(pk__in=homes, withdrawn_at=None).select_related("owner__area").order_by("code")
    amounts = amounts_of(homes, round.fiscal_year)
    areas = tuple(round.areas.filter(state=Choice.ACCEPTED).select_related("area").order_by("rank"))
    sums: dict[tuple[str, int], dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    owners: dict[int, Body] = {}
    for one in projects:
        group = homes[one.pk]
        owners[one.owner_id] = one.owner
        cell = sums[group.guideline, one.owner_id][group.target_area_id]
        cell[0] += 1
        cell[1] += amounts.get(one.pk, 0)
    keys = sorted(sums, key=lambda key: (key[0], owners[key[1]].sort_key, key[1]))
    lines = tuple(
        MatrixLine(
            guideline,
            owners[owner],
            tuple(_cell(sums[guideline, owner].get(area.pk)) for area in areas),
            _sum([Cell(*cell) for cell in sums[guideline, owner].values()]),
        )
        for guideline, owner in keys
    )
    totals = tuple(_sum([said for line in lines if (said := line.cells[n]) is not None]) for n in range(len(areas)))
    return Matrix(areas, lines, totals, _sum([line.whole for line in lines]))


def _cell(counted: list[int] | None) -> Cell | None:
    return Cell(*counted) if counted else None


def _sum(cells: list[Cell]) -> Cell:
    return Cell(sum(cell.projects for cell in cells), sum(cell.satang for cell in cells))


def guideline_names(round: AfpRound, language: str = "th") -> dict[str, str]:
    """The names of the round's guidelines by code."""
    found = rulebook.load().guideline_set(round.guideline_set)
    return {one.code: one.name.say(language) for one in found.guidelines}


SOLVED = Q(candidates__state=Choice.ACCEPTED, candidates__project__withdrawn_at=None)
"""Of a problem: a project was accepted for it that stands; what its owner took back solves nothing."""


class ProblemCounts(TypedDict):
    """How many needs stand behind a problem, how many standing projects were accepted and how many wait."""

    needs: int
    accepted: int
    waiting: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CountedProblem = WithAnnotations[AfpProblem, ProblemCounts]
else:
    CountedProblem = AfpProblem


def problems_of(round: AfpRound) -> QuerySet[CountedProblem]:
    """The problems of a round by area, counted."""
    return (
        AfpProblem.objects.filter(round=round)
        .select_related("target_area__area", "target_group", "integration_group", "confirmed_by", "guideline_by")
        .annotate(
            needs=Count("evidence", distinct=True),
            accepted=Count("candidates", filter=SOLVED, distinct=True),
            waiting=Count("candidates", filter=Q(candidates__state=Choice.SUGGESTED), distinct=True),
        )
        .order_by("target_area__rank", "pk")
    )


def by_weight(problems: QuerySet[CountedProblem]) -> list[CountedProblem]:
    """Problems within each area by severity × people, the weightiest first (step 3)."""
    return sorted(
        problems,
        key=lambda one: (one.target_area.rank, -weight_of(one.severity, one.people, one.needs), one.pk),
    )


def suggested_outcome(problem: CountedProblem) -> str:
    """How a problem of `problems_of` ends as its projects stand."""
    return progress.outcome_suggested(accepted=problem.accepted, self_help=problem.self_help)


def gaps_of(round: AfpRound) -> list[CountedProblem]:
    """Problems that no project solves: decided a gap, or with nothing accepted and nothing decided."""
    open_or_gap = Q(outcome=ProblemOutcome.GAP) | Q(outcome="", accepted=0, self_help=False)
    return by_weight(problems_of(round).filter(open_or_gap))


def candidates_of(round: AfpRound) -> QuerySet[Candidate]:
    """Every candidate of a round by problem, the best first."""
    return (
        Candidate.objects.filter(problem__round=round)
        .select_related("problem__target_area__area", "project__owner__area", "project__area", "decided_by")
        .order_by("problem__target_area__rank", "problem", "-score", "project__code")
    )


def groups_of(round: AfpRound) -> QuerySet[IntegrationGroup]:
    """Groups of a round with area, lead and agencies."""
    return (
        IntegrationGroup.objects.filter(round=round)
        .select_related("target_area__area", "lead__area", "suggested_lead__area")
        .prefetch_related("agencies__body__area", "problems")
        .order_by("guideline", "target_area__rank", "family")
    )
