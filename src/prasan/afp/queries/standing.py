"""How a round stands: its steps, which projects are in it, and which of the register are not."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum

from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, IntegrationGroup, RoundState, TargetGroup
from prasan.afp.queries.measuring import register_of
from prasan.afp.rules import progress
from prasan.common.chunks import chunks
from prasan.projects.models import AmountKind, Project, ProjectYear, Span
from prasan.projects.queries import canonical_ids, counted_kind


def rounds() -> QuerySet[AfpRound]:
    """Every round, the latest year first."""
    return AfpRound.objects.select_related("body__area", "area", "opened_by", "resolution").order_by(
        "-fiscal_year", "area__code", "pk"
    )


def round_of(pk: int) -> AfpRound | None:
    """One round with its body and area."""
    return rounds().filter(pk=pk).first()


def counts_of(round: AfpRound) -> progress.Counts:
    """What is counted of a round, for its nine steps."""
    groups = TargetGroup.objects.filter(target_area__round=round, target_area__state=Choice.ACCEPTED)
    problems = AfpProblem.objects.filter(round=round)
    to_group = problems.filter(self_help=False)
    candidates = Candidate.objects.filter(problem__round=round)
    integration = IntegrationGroup.objects.filter(round=round)
    return progress.Counts(
        areas=round.areas.filter(state=Choice.ACCEPTED).count(),
        groups=groups.exclude(state=Choice.REJECTED).count(),
        groups_open=groups.filter(state=Choice.SUGGESTED).count(),
        problems=problems.count(),
        problems_open=problems.filter(state=Choice.SUGGESTED).count(),
        without_guideline=problems.filter(guideline="").count(),
        searched=round.searched_at is not None,
        candidates=candidates.count(),
        candidates_open=candidates.filter(state=Choice.SUGGESTED).count(),
        to_group=to_group.count(),
        ungrouped=to_group.filter(integration_group=None).count(),
        integration_groups=integration.count(),
        unplanned=integration.filter(planned_at=None).count(),
        unexpected=integration.filter(expected_at=None).count(),
        without_outcome=problems.filter(outcome="").count(),
        endorsed=round.state != RoundState.OPEN,
        unreviewed=integration.filter(actual_at=None).count(),
    )


def steps_of(round: AfpRound, counts: progress.Counts | None = None) -> tuple[progress.StepState, ...]:
    """The nine steps of a round as they stand; `counts` where they are counted already."""
    return progress.steps(counts if counts is not None else counts_of(round))


def home_groups(round: AfpRound) -> dict[int, IntegrationGroup]:
    """For every project accepted and grouped in a round the one group that counts it: where it was first accepted.

    Read through merges: a project merged into another is counted as the one that stands for it.
    """
    rows = list(
        Candidate.objects.filter(problem__round=round, state=Choice.ACCEPTED, problem__integration_group__isnull=False)
        .select_related("problem__integration_group__target_area__area")
        .order_by("decided_at", "pk")
    )
    standing = canonical_ids({row.project_id for row in rows})
    homes: dict[int, IntegrationGroup] = {}
    for row in rows:
        group = row.problem.integration_group
        if group is not None:
            homes.setdefault(standing[row.project_id], group)
    return homes


def accepted_ids(round: AfpRound, *, group: IntegrationGroup | None = None) -> set[int]:
    """Standing ids of the projects accepted in a round, or for the problems of one group."""
    rows = Candidate.objects.filter(problem__round=round, state=Choice.ACCEPTED)
    if group is not None:
        rows = rows.filter(problem__integration_group=group)
    return set(canonical_ids(rows.values_list("project_id", flat=True)).values())


def not_linked(round: AfpRound) -> QuerySet[Project]:
    """Projects of the register in the area that no problem of the round has: listed, never dropped."""
    return register_of(round).exclude(pk__in=accepted_ids(round))


def amounts_of(project_ids: Iterable[int], fiscal_year: int) -> dict[int, int]:
    """What each project asks in a year, satang: as a plan counts it; without an amount of the year it is missing."""
    ids = sorted(set(project_ids))
    found: dict[int, dict[str, int]] = {}
    for chunk in chunks(ids):
        rows = ProjectYear.objects.filter(
            Q(project__in=chunk),
            fiscal_year=fiscal_year,
            span=Span.IN,
            kind__in=(AmountKind.PLANNED, AmountKind.BUDGETED),
        )
        sums = rows.order_by().values_list("project_id", "kind").annotate(whole=Sum("amount_satang"))
        for project, kind, satang in sums:
            found.setdefault(project, {})[kind] = satang
    return {pk: kinds[kind] for pk, kinds in found.items() if (kind := counted_kind(kinds)) is not None}
