"""Need indicators of places, and the needs and projects a round looks at."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from prasan.afp.models import AfpRound
from prasan.afp.rules.ranking import Measured
from prasan.areas.models import Area, AreaLevel
from prasan.areas.queries import descendants_of
from prasan.integration.models import Handover, HandoverState
from prasan.needs.models import Need, ResponseKind
from prasan.needs.queries import ids_within, standing_needs
from prasan.projects.models import Project, ProjectYear
from prasan.projects.queries import projects_within, standing_projects, taken_up

WANTING = (ResponseKind.NEEDS_SUPPORT, ResponseKind.JOINT)


def candidates_for_target(round: AfpRound) -> QuerySet[Area]:
    """Places a round chooses among: districts of its province, or subdistricts of its district."""
    level = AreaLevel.DISTRICT if round.area.level == AreaLevel.PROVINCE else AreaLevel.SUBDISTRICT
    return descendants_of(round.area, level)


def round_needs(round: AfpRound, area: Area) -> QuerySet[Need]:
    """Standing needs of the round's year within a place."""
    return standing_needs(area=area, fiscal_year=round.fiscal_year)


def register_of(round: AfpRound, area: Area | None = None) -> QuerySet[Project]:
    """Every standing project of the year in the round's area (or a part of it), whoever owns it: all sources.

    A project without a place stands where its owner sits; a project is of a year when its list or its money is.
    """
    place = area or round.area
    of_year = Q(fiscal_year=round.fiscal_year) | Exists(
        ProjectYear.objects.filter(project=OuterRef("pk"), fiscal_year=round.fiscal_year)
    )
    unplaced = Q(area=None) & (Q(owner__area=place) | Q(owner__area__in=ids_within(place.pk)))
    return standing_projects().filter(projects_within(place) | unplaced).filter(of_year)


def measured(round: AfpRound) -> list[Measured]:
    """The indicators of every place the round chooses among, from the records there are."""
    return [Measured(area.pk, area.code, _values(round, area)) for area in candidates_for_target(round)]


def _values(round: AfpRound, area: Area) -> dict[str, float]:
    needs = round_needs(round, area).order_by().select_related(None)
    told = needs.aggregate(
        whole=Count("pk"),
        wanting=Count("pk", filter=Q(response_kind__in=WANTING)),
        satang=Sum("amount_satang"),
    )
    answered = needs.filter(taken_up()).count()
    villages = descendants_of(area, AreaLevel.VILLAGE).count() or needs.values("area").distinct().count()
    returned = Handover.objects.filter(
        project__in=Project.objects.filter(projects_within(area), fiscal_year=round.fiscal_year).values("pk"),
        state=HandoverState.RETURNED,
    ).count()
    whole = told["whole"]
    return {
        "OPEN_NEEDS": float(whole - answered),
        "SUPPORT_PER_VILLAGE": round_to(told["wanting"] / villages) if villages else 0.0,
        "ASKED": float(told["satang"] or 0),
        "UNANSWERED": round_to((whole - answered) / whole) if whole else 0.0,
        "RETURNED": float(returned),
    }


def round_to(value: float) -> float:
    """Four decimals: what is stored is what is shown."""
    return float(f"{value:.4f}")
