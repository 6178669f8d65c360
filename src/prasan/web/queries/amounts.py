"""What a project or need asks, as expressions to annotate, sort and add up by (integer satang)."""

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from prasan.areas.models import AreaClosure
from prasan.projects.models import AmountKind, Project, ProjectYear, Span


def _sum_of(kind: str, outer: str, fiscal_year: int | None = None) -> Subquery:
    years = ProjectYear.objects.filter(project=OuterRef(outer), kind=kind, span=Span.IN)
    if fiscal_year is not None:
        years = years.filter(fiscal_year=fiscal_year)
    sums = years.order_by().values("project").annotate(whole=Sum("amount_satang")).values("whole")
    return Subquery(sums, output_field=BigIntegerField())


def project_amount(outer: str = "pk") -> Coalesce:
    """Planned amounts of all years, or budgeted ones where nothing was planned; null where nothing is named."""
    return Coalesce(_sum_of(AmountKind.PLANNED, outer), _sum_of(AmountKind.BUDGETED, outer))


def asked_of(project: Project) -> int | None:
    """The same of a project whose years are loaded."""
    sums: dict[str, int] = {}
    for year in project.years.all():
        if year.span == Span.IN:
            sums[year.kind] = sums.get(year.kind, 0) + year.amount_satang
    return sums.get(AmountKind.PLANNED, sums.get(AmountKind.BUDGETED))


def item_amount() -> Coalesce:
    """What a plan item asks, whether it is a project or a need."""
    return Coalesce(
        _sum_of(AmountKind.PLANNED, "project"),
        _sum_of(AmountKind.BUDGETED, "project"),
        F("need__amount_satang"),
    )


def none_last(name: str) -> Coalesce:
    """A sort value that is never null: what names no amount stands below every amount."""
    return Coalesce(F(name), Value(-1), output_field=BigIntegerField())


def within(area_id: int) -> QuerySet[AreaClosure, int]:
    """Ids of the area and of every place within it, in any tree."""
    return AreaClosure.objects.filter(ancestor=area_id, valid_to=AreaClosure.FOREVER).values_list(
        "descendant", flat=True
    )


def of_area(area_id: int, field: str = "area") -> Q:
    """A condition: the record's place is the area or lies within it."""
    return Q(**{field: area_id}) | Q(**{f"{field}__in": within(area_id)})


def standing_projects() -> QuerySet[Project]:
    """Projects that stand for themselves: not merged into another, not withdrawn."""
    return Project.objects.filter(merged_into=None, withdrawn_at=None)
