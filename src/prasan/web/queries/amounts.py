"""What a project or need asks, as expressions to annotate, sort and add up by (integer satang)."""

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from prasan.areas.models import AreaClosure
from prasan.needs.models import Need
from prasan.plans.models import PlanEdition, PlanItem
from prasan.plans.queries import counted_lines
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


def counted_amount(edition: PlanEdition) -> Case | Coalesce:
    """What each item of an edition counts with: one merged since counts with what stands for it now, and once."""
    items = PlanItem.objects.filter(edition=edition).order_by("priority")
    merged_since = Q(project__merged_into__isnull=False) | Q(need__merged_into__isnull=False)
    if not items.filter(merged_since).exists():
        return item_amount()
    counted = counted_lines(items.values_list("pk", "project_id", "need_id"))
    standing = Project.objects.filter(pk__in=counted.projects.values()).annotate(amount=project_amount())
    amounts = dict(standing.values_list("pk", "amount"))
    asked = dict(Need.objects.filter(pk__in=counted.needs.values()).values_list("pk", "amount_satang"))
    by_amount: dict[int | None, list[int]] = {None: sorted(counted.elsewhere)}
    for item, project in counted.projects.items():
        by_amount.setdefault(amounts[project], []).append(item)
    for item, need in counted.needs.items():
        by_amount.setdefault(asked[need], []).append(item)
    merged = [When(pk__in=ids, then=Value(amount)) for amount, ids in by_amount.items() if ids]
    return Case(*merged, default=item_amount(), output_field=BigIntegerField())


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
