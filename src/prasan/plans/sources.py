"""What each kind of plan lists, in source order: read from the records, never kept beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from prasan import rulebook
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.areas.models import Area, AreaLevel
from prasan.common.chunks import chunks
from prasan.integration import queries as integration
from prasan.integration.models import Handover, HandoverState
from prasan.needs import queries as needs
from prasan.needs.models import Need
from prasan.plans.models import PlanType
from prasan.plans.queries import repeating_a_plan
from prasan.projects.models import AmountKind, Origin, Progress, Project, ProjectYear, Span

DISTRICT_KINDS = (BodyKind.DISTRICT, BodyKind.DISTRICT_COMMITTEE, BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE)
PLANNED_TOO = (AmountKind.PLANNED, AmountKind.BUDGETED)
DOER_KINDS = (
    BodyKind.SAO,
    BodyKind.MUNICIPALITY,
    BodyKind.SPECIAL_LAO,
    BodyKind.PAO,
    BodyKind.PROVINCIAL_OFFICE,
    BodyKind.DEPARTMENT,
    BodyKind.MINISTRY,
    BodyKind.OTHER,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A record that a plan lists: a project or a need; for R56 the hand-over that says why."""

    project_id: int | None = None
    need_id: int | None = None
    handover_id: int | None = None

    def key(self) -> tuple[int | None, int | None]:
        return self.project_id, self.need_id


def village_plan(area: Area, fiscal_year: int) -> list[Source]:
    """Every need of the village, in its own order; a need merged into another of the list stands once (R35)."""
    own = Need.objects.filter(area=area, fiscal_year=fiscal_year, withdrawn_at=None).order_by(
        F("ordinal").asc(nulls_last=True), "pk"
    )
    ids = list(own.values_list("pk", flat=True))
    standing = needs.canonical_ids(ids)
    listed = {pk for pk in ids if standing[pk] == pk}
    sources = []
    for pk in ids:
        if pk in listed or standing[pk] not in listed:
            # Two requests merged into a neighbour's stand for one: the first of them is listed.
            listed.add(standing[pk])
            sources.append(Source(need_id=pk))
    return sources


def local_plan(lao: Body, fiscal_year: int) -> list[Source]:
    """What the local government carries itself in that year: its own projects and those it accepted.

    Its own that it handed on and nobody returned are not here: they stand with the receiver (R36).
    """
    own = _standing().filter(owner=lao).exclude(origin=Origin.ACTION_PLAN)
    own = own.exclude(Exists(_live_handovers()))
    accepted = _standing().filter(Exists(_live_handovers().filter(to_body=lao, state=HandoverState.ACCEPTED)))
    ids = [
        *_with_money_in(own, fiscal_year, (AmountKind.PLANNED,)),
        *_still_with(lao, _with_money_in(accepted, fiscal_year, PLANNED_TOO)),
    ]
    return [Source(project_id=pk) for pk in dict.fromkeys(ids)]


def local_action_plan(lao: Body, fiscal_year: int) -> list[Source]:
    """The projects of the action plan (แผนการดำเนินงาน): those with money voted for the year."""
    own = _standing().filter(owner=lao, origin=Origin.ACTION_PLAN)
    kinds = (AmountKind.BUDGETED, AmountKind.PLANNED)
    return [Source(project_id=pk) for pk in _with_money_in(own, fiscal_year, kinds)]


def district_needs_plan(district: Area, fiscal_year: int) -> list[Source]:
    """Only what was handed to the district's bodies, each with its capacity verdict and reason (R56).

    What came back is out, and so is what a body that builds has accepted since: it stands in that plan.
    """
    handed = (
        Handover.objects.filter(to_body__kind__in=DISTRICT_KINDS, to_body__area=district)
        .exclude(state=HandoverState.RETURNED)
        .order_by("sent_at", "pk")
    )
    latest = {project: (pk, hop) for project, pk, hop in handed.values_list("project_id", "pk", "hop")}
    projects = _standing().filter(Exists(handed.filter(project=OuterRef("pk"))))
    wanted = set(_with_money_in(projects, fiscal_year, PLANNED_TOO, ordered=False))
    # Only what was accepted after it came to the district answers it: the sender had accepted it once, too.
    answered = {
        pk
        for pk, accepted in integration.holders(wanted).items()
        if accepted.to_body.kind in DOER_KINDS and accepted.hop > latest[pk][1]
    }
    return [
        Source(project_id=project, handover_id=pk)
        for project, (pk, _) in latest.items()
        if project in wanted - answered
    ]


def tambon_plan(tambon: Area, fiscal_year: int) -> list[Source]:
    """The plans of the tambon's villages together, village by village; what was merged stands once (R53)."""
    villages = Area.objects.filter(pk__in=needs.ids_within(tambon.pk), level=AreaLevel.VILLAGE).order_by("code")
    found = [source for village in villages for source in village_plan(village, fiscal_year)]
    ids = [source.need_id for source in found if source.need_id is not None]
    standing = needs.canonical_ids(ids)
    first: dict[int, Source] = {}
    for source in found:
        if source.need_id is not None:
            first.setdefault(standing[source.need_id], source)
    return list(first.values())


def place_plan(place: Area, first_year: int, last_year: int | None = None) -> list[Source]:
    """All necessary projects of a place with money in these years, whoever runs them; a merged one once (R41).

    What only a village holds is not here yet, and what was cancelled is not necessary. A line of an action plan
    that repeats its own body's planned project is the same money a year later: it is left out while the planned
    project is listed, also before an officer has decided the pair.
    """
    listed = _with_money_in(_of_place(place), first_year, PLANNED_TOO, last_year=last_year)
    repeated = repeating_a_plan(set(listed))
    return [Source(project_id=pk) for pk in listed if pk not in repeated]


def funded_plan(province: Area, fiscal_year: int) -> list[Source]:
    """The action plan holds only projects with a notified budget in the year (R26)."""
    return [Source(project_id=pk) for pk in _with_budget_in(_of_place(province), fiscal_year)]


def cluster_plan(cluster: Body, first_year: int, last_year: int | None = None) -> list[Source]:
    """What the cluster carries itself: its own projects, and those its committee accepted from its provinces.

    Projects of its provinces stand in the provinces' plans: the sources give the cluster competitiveness and what
    crosses borders, the province its own area (004 point 2). That a hand-over is how they come is our reading (I).
    """
    own = _standing().filter(owner__area=cluster.area).exclude(progress=Progress.CANCELLED)
    accepted = _standing().filter(Exists(_live_handovers().filter(to_body=cluster, state=HandoverState.ACCEPTED)))
    ids = [
        *_with_money_in(own, first_year, PLANNED_TOO, last_year=last_year),
        *_still_with(cluster, _with_money_in(accepted, first_year, PLANNED_TOO, last_year=last_year)),
    ]
    return [Source(project_id=pk) for pk in dict.fromkeys(ids)]


def _of_place(place: Area) -> QuerySet[Project]:
    within = needs.ids_within(place.pk)
    here = Q(area=place) | Q(area__in=within)
    owned_here = Q(area=None) & (Q(owner__area=place) | Q(owner__area__in=within))
    only_village = Q(owner__kind=BodyKind.VILLAGE_COMMITTEE) & ~Exists(
        Handover.objects.filter(project=OuterRef("pk"), state=HandoverState.ACCEPTED)
    )
    return _standing().filter(here | owned_here).exclude(progress=Progress.CANCELLED).exclude(only_village)


def _standing() -> QuerySet[Project]:
    return Project.objects.filter(merged_into=None, withdrawn_at=None)


def _live_handovers() -> QuerySet[Handover]:
    return Handover.objects.filter(project=OuterRef("pk")).exclude(state=HandoverState.RETURNED)


def _with_money_in(
    projects: QuerySet[Project],
    first_year: int,
    kinds: Sequence[str],
    *,
    last_year: int | None = None,
    ordered: bool = True,
) -> list[int]:
    """Ids of projects with such money in the years, or of those years without any such money at all."""
    last = first_year if last_year is None else last_year
    money = ProjectYear.objects.filter(project=OuterRef("pk"), kind__in=kinds)
    in_years = money.filter(
        Q(span=Span.IN, fiscal_year__gte=first_year, fiscal_year__lte=last)
        | Q(span=Span.FROM, fiscal_year__lte=last)
        | Q(span=Span.UNTIL, fiscal_year__gte=first_year)
    )
    of_the_years = Q(fiscal_year__gte=first_year, fiscal_year__lte=last)
    found = projects.filter(Exists(in_years) | (of_the_years & ~Exists(money)))
    return list((found.order_by("pk") if ordered else found).values_list("pk", flat=True))


def _with_budget_in(projects: QuerySet[Project], fiscal_year: int) -> list[int]:
    budget = ProjectYear.objects.filter(
        project=OuterRef("pk"), kind=AmountKind.BUDGETED, span=Span.IN, fiscal_year=fiscal_year, amount_satang__gt=0
    )
    return list(projects.filter(Exists(budget)).order_by("pk").values_list("pk", flat=True))


def _still_with(lao: Body, ids: Sequence[int]) -> list[int]:
    """Of the projects it once accepted those it neither handed on nor is handing on now."""
    last: dict[int, Handover] = {}
    for chunk in chunks(ids):
        live = Handover.objects.filter(project__in=chunk).exclude(state=HandoverState.RETURNED)
        last |= {h.project_id: h for h in live.order_by("project", "hop")}
    return [pk for pk in ids if last[pk].to_body_id == lao.pk and last[pk].state == HandoverState.ACCEPTED]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a type of plan is made from the records: whose it is, and what it lists for a body and a year."""

    kinds: tuple[BodyKind, ...]  # the body whose plan it is; of several in one place the first registered
    lists: Callable[[Body, int], list[Source]]


def _place_of(body: Body) -> Area:
    """The place of a body whose plan is of a place; such bodies have one."""
    assert body.area is not None
    return body.area


def _years(plan_type: str, first_year: int) -> tuple[int, int]:
    """The first and last year of a plan, by how many years its law gives it."""
    return first_year, first_year + rulebook.load().plan_type(plan_type).years - 1


COMMITTEE = (BodyKind.PROVINCIAL_COMMITTEE, BodyKind.PROVINCE)
OFFICE = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE)
DISTRICT = (BodyKind.DISTRICT_COMMITTEE, BodyKind.DISTRICT)
RECIPES: dict[str, Recipe] = {
    PlanType.VILLAGE_PLAN: Recipe(
        (BodyKind.VILLAGE_COMMITTEE,), lambda body, year: village_plan(_place_of(body), year)
    ),
    PlanType.TAMBON_PLAN: Recipe(
        (BodyKind.TAMBON_COMMUNITY_CENTRE,), lambda body, year: tambon_plan(_place_of(body), year)
    ),
    PlanType.LOCAL_PLAN: Recipe(LAO_KINDS, local_plan),
    PlanType.LOCAL_ACTION_PLAN: Recipe(LAO_KINDS, local_action_plan),
    # The district plan is the list of everybody who acts in the district (glossary 1.7: 000, 001, 003).
    PlanType.DISTRICT_PLAN: Recipe(DISTRICT, lambda body, year: place_plan(_place_of(body), year)),
    PlanType.DISTRICT_NEEDS_PLAN: Recipe(DISTRICT, lambda body, year: district_needs_plan(_place_of(body), year)),
    PlanType.PROVINCIAL_PLAN: Recipe(
        COMMITTEE, lambda body, year: place_plan(_place_of(body), *_years(PlanType.PROVINCIAL_PLAN, year))
    ),
    PlanType.PROVINCIAL_ANNUAL_ACTION_PLAN: Recipe(COMMITTEE, lambda body, year: place_plan(_place_of(body), year)),
    PlanType.CLUSTER_PLAN: Recipe(
        (BodyKind.CLUSTER_COMMITTEE,), lambda body, year: cluster_plan(body, *_years(PlanType.CLUSTER_PLAN, year))
    ),
    PlanType.CLUSTER_ANNUAL_ACTION_PLAN: Recipe((BodyKind.CLUSTER_COMMITTEE,), cluster_plan),
    PlanType.PROVINCIAL_5Y_PLAN: Recipe(
        OFFICE, lambda body, year: place_plan(_place_of(body), *_years(PlanType.PROVINCIAL_5Y_PLAN, year))
    ),
    PlanType.PROVINCIAL_ANNUAL_REQUEST: Recipe(OFFICE, lambda body, year: place_plan(_place_of(body), year)),
    PlanType.PROVINCIAL_ANNUAL_AREA_PLAN: Recipe(OFFICE, lambda body, year: place_plan(_place_of(body), year)),
    PlanType.PROVINCIAL_ACTION_PLAN: Recipe(OFFICE, lambda body, year: funded_plan(_place_of(body), year)),
}
"""Every type of plan (glossary 1.7) with what it lists; the law of each is in the rulebook's `plan_types.yaml`."""
