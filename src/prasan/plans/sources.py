"""What each kind of plan lists, in source order: read from the records, never kept beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area
from prasan.integration import queries as integration
from prasan.integration.models import Handover, HandoverState
from prasan.needs import queries as needs
from prasan.needs.models import Need
from prasan.plans.queries import repeating_a_plan
from prasan.projects.models import AmountKind, Origin, Progress, Project, ProjectYear, Span

DISTRICT_KINDS = (BodyKind.DISTRICT, BodyKind.DISTRICT_COMMITTEE, BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE)
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
        *_still_with(lao, _with_money_in(accepted, fiscal_year, (AmountKind.PLANNED, AmountKind.BUDGETED))),
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
    wanted = set(_with_money_in(projects, fiscal_year, (AmountKind.PLANNED, AmountKind.BUDGETED), ordered=False))
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


def provincial_plan(province: Area, fiscal_year: int) -> list[Source]:
    """All necessary projects of the province for the year, whoever runs them; a merged one once (R41).

    What only a village holds is not here yet, and what was cancelled is not necessary. A line of an action plan
    that repeats its own body's planned project is the same money a year later: it is left out while the planned
    project is listed, also before an officer has decided the pair.
    """
    within = needs.ids_within(province.pk)
    here = Q(area=province) | Q(area__in=within)
    owned_here = Q(area=None) & (Q(owner__area=province) | Q(owner__area__in=within))
    only_village = Q(owner__kind=BodyKind.VILLAGE_COMMITTEE) & ~Exists(
        Handover.objects.filter(project=OuterRef("pk"), state=HandoverState.ACCEPTED)
    )
    projects = _standing().filter(here | owned_here).exclude(progress=Progress.CANCELLED).exclude(only_village)
    kinds = (AmountKind.PLANNED, AmountKind.BUDGETED)
    listed = _with_money_in(projects, fiscal_year, kinds)
    repeated = repeating_a_plan(set(listed))
    return [Source(project_id=pk) for pk in listed if pk not in repeated]


def _standing() -> QuerySet[Project]:
    return Project.objects.filter(merged_into=None, withdrawn_at=None)


def _live_handovers() -> QuerySet[Handover]:
    return Handover.objects.filter(project=OuterRef("pk")).exclude(state=HandoverState.RETURNED)


def _with_money_in(
    projects: QuerySet[Project], fiscal_year: int, kinds: Sequence[str], *, ordered: bool = True
) -> list[int]:
    """Ids of projects with such money in the year, or of that year without any such money at all."""
    money = ProjectYear.objects.filter(project=OuterRef("pk"), kind__in=kinds)
    in_year = money.filter(
        Q(span=Span.IN, fiscal_year=fiscal_year)
        | Q(span=Span.FROM, fiscal_year__lte=fiscal_year)
        | Q(span=Span.UNTIL, fiscal_year__gte=fiscal_year)
    )
    found = projects.filter(Exists(in_year) | (Q(fiscal_year=fiscal_year) & ~Exists(money)))
    return list((found.order_by("pk") if ordered else found).values_list("pk", flat=True))


def _still_with(lao: Body, ids: Sequence[int]) -> list[int]:
    """Of the projects it once accepted those it neither handed on nor is handing on now."""
    last: dict[int, Handover] = {}
    for start in range(0, len(ids), integration.CHUNK):
        chunk = ids[start : start + integration.CHUNK]
        live = Handover.objects.filter(project__in=chunk).exclude(state=HandoverState.RETURNED)
        last |= {h.project_id: h for h in live.order_by("project", "hop")}
    return [pk for pk in ids if last[pk].to_body_id == lao.pk and last[pk].state == HandoverState.ACCEPTED]
