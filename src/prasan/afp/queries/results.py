"""Steps 7-9 read from the records: duplicates, order of works, money by source, and what integration should give."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan.afp.models import (
    AfpProblem,
    AfpRound,
    AgencyAnswer,
    Candidate,
    Choice,
    GroupAgency,
    IntegrationGroup,
    RoundState,
)
from prasan.afp.queries.standing import accepted_ids, amounts_of, home_groups
from prasan.afp.rules import results
from prasan.afp.rules.families import family_of
from prasan.agencies.models import Body
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.projects.models import Project
from prasan.projects.queries import canonical_ids


@dataclass(frozen=True, slots=True)
class BudgetBySource:
    """What a group's projects ask in the year, satang, by whose budget; the four add up to the whole."""

    central: int
    regional: int
    local: int
    other: int

    @property
    def whole(self) -> int:
        return self.central + self.regional + self.local + self.other


def undecided_duplicates(round: AfpRound, *, group: IntegrationGroup | None = None) -> QuerySet[Pair]:
    """Likely duplicates nobody decided that touch a project of the round (or of one group): R31, AC-21."""
    listed = accepted_ids(round, group=group)
    return (
        Pair.objects.filter(Q(first__in=listed) | Q(second__in=listed))
        .filter(decision=PairDecision.WAITING, verdict=Verdict.DUPLICATE)
        .filter(first__merged_into=None, second__merged_into=None)
        .filter(first__withdrawn_at=None, second__withdrawn_at=None)
        .select_related("first__owner__area", "second__owner__area")
        .order_by("-probability", "pk")
    )


def doubted_by_group(round: AfpRound) -> Counter[int]:
    """How many undecided duplicates touch each group (its id): what `undecided_duplicates` of each would count."""
    rows = Candidate.objects.filter(problem__round=round, state=Choice.ACCEPTED).exclude(
        problem__integration_group=None
    )
    accepted = list(rows.values_list("project_id", "problem__integration_group_id"))
    standing = canonical_ids({project for project, _ in accepted})
    groups: dict[int, set[int]] = defaultdict(set)
    for project, group in accepted:
        groups[standing[project]].add(group)
    return Counter(
        group for pair in undecided_duplicates(round) for group in groups[pair.first_id] | groups[pair.second_id]
    )


def duplicates_of(round: AfpRound) -> QuerySet[Pair]:
    """Every likely pair that touches the round, decided or not, merged ones too: the list of duplicates."""
    own = Candidate.objects.filter(problem__round=round, state=Choice.ACCEPTED).values("project_id")
    listed = accepted_ids(round)
    return (
        Pair.objects.filter(Q(first__in=listed) | Q(second__in=listed) | Q(first__in=own) | Q(second__in=own))
        .select_related("first__owner__area", "second__owner__area", "kept", "decided_by")
        .order_by("-probability", "pk")
        .distinct()
    )


def home_projects(round: AfpRound, group: IntegrationGroup) -> QuerySet[Project]:
    """Projects that count in this group, by code."""
    ids = [pk for pk, home in home_groups(round).items() if home.pk == group.pk]
    return Project.objects.filter(pk__in=ids, withdrawn_at=None).select_related("owner__area", "area").order_by("code")


def budget_of(round: AfpRound, projects: Sequence[Project]) -> BudgetBySource:
    """What these projects ask in the round's year, by source."""
    amounts = amounts_of([one.pk for one in projects], round.fiscal_year)
    sums = dict.fromkeys(("central", "regional", "local", "other"), 0)
    for one in projects:
        sums[results.source_of(one.owner.kind)] += amounts.get(one.pk, 0)
    return BudgetBySource(**sums)


def order_of(round: AfpRound) -> list[tuple[Project, Project]]:
    """(first, second) of accepted projects at one place that are planned the wrong way round, or without dates."""
    projects = {one.pk: one for one in Project.objects.filter(pk__in=accepted_ids(round)).select_related("owner__area")}
    works = [
        results.Work(one.pk, one.area_id, family_of(one.name), one.work_starts_on, one.work_ends_before)
        for one in projects.values()
    ]
    return [(projects[a], projects[b]) for a, b in results.order_conflicts(works)]


def expected_of(round: AfpRound, group: IntegrationGroup) -> results.Expected:
    """What the formula gives for a group: people of its covered problems, and what its merged duplicates save."""
    problems = AfpProblem.objects.filter(integration_group=group, candidates__state=Choice.ACCEPTED).distinct()
    return results.expected([one.people for one in problems.order_by("pk")], merged_in(round, group))


def merged_in(round: AfpRound, group: IntegrationGroup) -> list[results.Merged]:
    """Duplicates decided the same of which the kept project counts in this group; each saves once."""
    homes = {pk for pk, home in home_groups(round).items() if home.pk == group.pk}
    pairs = Pair.objects.filter(decision=PairDecision.SAME, kept__in=homes).select_related("first", "second")
    rows = list(pairs.order_by("pk"))
    amounts = amounts_of([pk for pair in rows for pk in (pair.first_id, pair.second_id)], round.fiscal_year)
    found = []
    for pair in rows:
        gone = pair.second if pair.kept_id == pair.first_id else pair.first
        found.append(
            results.Merged(
                amounts.get(pair.first_id), amounts.get(pair.second_id), gone.work_starts_on, gone.work_ends_before
            )
        )
    return found


def groups_waiting_for(bodies: Sequence[Body]) -> QuerySet[GroupAgency]:
    """Plans of groups these agencies were told of and have not answered, the oldest first."""
    return (
        GroupAgency.objects.filter(body__in=bodies, answer=AgencyAnswer.NOTIFIED, group__round__state=RoundState.OPEN)
        .select_related("group__round__area", "group__target_area__area", "group__lead", "body__area")
        .order_by("notified_at", "pk")
    )
