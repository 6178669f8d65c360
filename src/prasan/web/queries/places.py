"""Finding a place, and what is asked and planned in it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Length, Substr

from prasan.areas import queries as area_queries
from prasan.areas.models import Area, AreaClosure, AreaLevel, AreaLink, Tree
from prasan.common.text import clean, search_key
from prasan.integration.models import Handover
from prasan.needs.models import Need
from prasan.plans.models import PlanEdition
from prasan.plans.queries import repeating_a_plan
from prasan.projects.models import AmountKind, Project, ProjectYear, Span
from prasan.projects.queries import taken_up
from prasan.web.queries.amounts import of_area, project_amount, standing_projects, within

FOUND = 20
PREFIXES = ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง", "บ้าน", "หมู่บ้าน", "จ.", "อ.", "ต.", "บ.")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place found, with what it lies in."""

    area: Area
    inside: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    places: list[PlaceHit]
    projects: list[Project]
    needs: list[Need]

    def __bool__(self) -> bool:
        return bool(self.places or self.projects or self.needs)


@dataclass(frozen=True, slots=True)
class YearTotal:
    """Planned money of one fiscal year."""

    fiscal_year: int
    projects: int
    satang: int


@dataclass(frozen=True, slots=True)
class Child:
    """A place directly within, with what is asked and planned in it and below it."""

    area: Area
    needs: int
    projects: int
    satang: int


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A place as its page shows it."""

    area: Area
    inside: tuple[Area, ...]
    years: list[YearTotal]
    children: list[Child]
    plan_count: int
    plans: list[PlanEdition]
    need_count: int
    taken_count: int  # needs that a project answers
    needs: list[Need]
    project_count: int
    projects: list[Project]


def ancestors(area: Area) -> tuple[Area, ...]:
    """What the place lies in, the widest first, the country left out; an LAO territory lies in its district."""
    tree = Tree.LAO_TERRITORY if area.level == AreaLevel.LAO_TERRITORY else Tree.ADMINISTRATIVE
    return tuple(
        above for above in reversed(area_queries.ancestors(area, tree=tree)) if above.level != AreaLevel.COUNTRY
    )


def search(text: str) -> Found:
    """Places by name or code; projects and needs by code or words of their name."""
    text = clean(text)
    if not text:
        return Found([], [], [])
    areas = list(_areas_called(text))
    key = search_key(text)
    projects = standing_projects().select_related("owner__area", "area")
    needs = Need.objects.filter(merged_into=None, withdrawn_at=None).select_related("area", "body")
    if not key:
        return Found(_with_places(areas), [], [])
    return Found(
        places=_with_places(areas),
        projects=list(projects.filter(Q(code__iexact=text) | Q(name_key__contains=key)).order_by("pk")[:FOUND]),
        needs=list(needs.filter(Q(code__iexact=text) | Q(title_key__contains=key)).order_by("pk")[:FOUND]),
    )


def bare_name(text: str) -> str:
    """A place's name without the word for its level: แม่ใส of ต.แม่ใส."""
    text = clean(text)
    for prefix in PREFIXES:
        if text.startswith(prefix) and len(text) > len(prefix):
            return text[len(prefix) :].strip()
    return text


def _areas_called(text: str) -> QuerySet[Area]:
    name = bare_name(text)
    called = Q(name_th__contains=name) | Q(name_en__icontains=name) | Q(code=text)
    found = Area.objects.filter(called, valid_to=None).exclude(level__in=(AreaLevel.COUNTRY,))
    return found.annotate(digits=Length("code")).order_by("digits", "sort_key", "code")[:FOUND]


def _with_places(areas: list[Area]) -> list[PlaceHit]:
    links = (
        AreaClosure.objects.filter(
            tree=Tree.ADMINISTRATIVE, descendant__in=areas, depth__gt=0, valid_to=AreaClosure.FOREVER
        )
        .exclude(ancestor__level=AreaLevel.COUNTRY)
        .select_related("ancestor")
        .order_by("descendant", "depth")
    )
    inside: dict[int, list[Area]] = {}
    for link in links:
        inside.setdefault(link.descendant_id, []).append(link.ancestor)
    return [PlaceHit(area, tuple(inside.get(area.pk, ()))) for area in areas]


def provinces() -> list[Area]:
    """All provinces in dictionary order."""
    return list(Area.objects.filter(level=AreaLevel.PROVINCE, valid_to=None).order_by("sort_key", "code"))


def provinces_with_plans() -> list[Area]:
    """Provinces in which anything was asked or planned, in dictionary order."""
    codes = set(_two_digits(Project.objects.all())) | set(_two_digits(Need.objects.all()))
    return [area for area in provinces() if area.code in codes]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The one province of the system as the landing shows it: where one chooses one's district."""

    area: Area
    districts: list[Area]
    needs: int
    taken: int
    projects: int


def beginning(areas: list[Area]) -> Beginning | None:
    """What the landing shows where all plans are of one province; None where one has to choose a province first."""
    if len(areas) != 1:
        return None
    needs = Need.objects.filter(of_area(areas[0].pk), merged_into=None, withdrawn_at=None)
    districts = area_queries.descendants_of(areas[0], AreaLevel.DISTRICT).filter(valid_to=None)
    return Beginning(
        area=areas[0],
        districts=list(districts.order_by("sort_key", "code")),
        needs=needs.count(),
        taken=needs.filter(taken_up()).count(),
        projects=standing_projects().filter(of_area(areas[0].pk)).count(),
    )


def _two_digits(rows: QuerySet[Project] | QuerySet[Need]) -> list[str]:
    pairs = rows.order_by().annotate(two=Substr("area__code", 1, 2)).values_list("two", flat=True).distinct()
    return [code for code in pairs if code]


def area_page(area: Area, *, drafts_too: bool, shown: int = 10) -> AreaPage:
    """What the page of a place shows; drafts of plans only to those who work on them."""
    needs = Need.objects.filter(of_area(area.pk), merged_into=None, withdrawn_at=None)
    projects = standing_projects().filter(of_area(area.pk))
    plans = PlanEdition.objects.filter(of_area(area.pk, "body__area")).select_related("body__area")
    if not drafts_too:
        plans = plans.exclude(state="DRAFT")
    counted = _counted(area)
    taken = taken_up()
    latest = Handover.objects.filter(project=OuterRef("pk")).order_by("-hop").values("state")[:1]
    return AreaPage(
        area=area,
        inside=ancestors(area),
        years=_years(counted),
        children=_children(area, counted),
        plan_count=plans.count(),
        plans=list(
            plans.annotate(count=Count("items")).order_by("-fiscal_year", "plan_type", "body__sort_key")[:shown]
        ),
        need_count=needs.count(),
        taken_count=needs.filter(taken).count(),
        needs=list(
            needs.annotate(is_taken=taken).select_related("area").order_by("-fiscal_year", "code")[:shown],
        ),
        project_count=projects.count(),
        projects=list(
            projects.annotate(amount=project_amount(), handed=Subquery(latest))
            .select_related("owner__area")
            .order_by("-fiscal_year", "code")[:shown]
        ),
    )


def _years(counted: QuerySet[ProjectYear]) -> list[YearTotal]:
    rows = (
        counted.order_by()
        .values("fiscal_year")
        .annotate(projects=Count("project", distinct=True), satang=Sum("amount_satang"))
        .order_by("fiscal_year")
    )
    return [YearTotal(row["fiscal_year"], row["projects"], row["satang"]) for row in rows]


def _counted(area: Area) -> QuerySet[ProjectYear]:
    """Amounts that count in a place: planned ones, and budgeted ones of projects that planned nothing.

    What stands for the same money counts once: merged projects, and lines of action plans that repeat a planned
    project of their own body in the same year.
    """
    planned = ProjectYear.objects.filter(project=OuterRef("project"), kind=AmountKind.PLANNED, span=Span.IN)
    wanted = Q(kind=AmountKind.PLANNED) | (Q(kind=AmountKind.BUDGETED) & ~Exists(planned))
    standing = ProjectYear.objects.filter(project__merged_into=None, project__withdrawn_at=None)
    counted = standing.filter(wanted, of_area(area.pk, "project__area"), span=Span.IN)
    listed: dict[int, set[int]] = {}
    for year, project in counted.order_by().values_list("fiscal_year", "project"):
        listed.setdefault(year, set()).add(project)
    if not repeating_a_plan(set().union(*listed.values())):
        return counted
    for year, projects in listed.items():
        counted = counted.exclude(fiscal_year=year, project__in=repeating_a_plan(projects))
    return counted


def _children(area: Area, counted: QuerySet[ProjectYear]) -> list[Child]:
    """Places directly within. Their figures are added up by code prefix: one query each, however deep."""
    links = AreaLink.objects.filter(tree=Tree.ADMINISTRATIVE, parent=area, child__valid_to=None, valid_to=None)
    children = [link.child for link in links.select_related("child").order_by("child__sort_key", "child__code")]
    if not children:
        return []
    digits = max(len(child.code) for child in children)
    inside = within(area.pk)
    money = (
        counted.order_by()
        .annotate(prefix=Substr("project__area__code", 1, digits))
        .values("prefix")
        .annotate(satang=Sum("amount_satang"))
    )
    satang = {row["prefix"]: row["satang"] for row in money}
    needs = _by_prefix(Need.objects.filter(area__in=inside, merged_into=None, withdrawn_at=None), digits)
    projects = _by_prefix(standing_projects().filter(area__in=inside), digits)
    return [Child(c, needs.get(c.code, 0), projects.get(c.code, 0), satang.get(c.code, 0)) for c in children]


def _by_prefix(rows: QuerySet[Need] | QuerySet[Project], digits: int) -> dict[str, int]:
    grouped = (
        rows.order_by().annotate(prefix=Substr("area__code", 1, digits)).values("prefix").annotate(count=Count("pk"))
    )
    return {row["prefix"]: row["count"] for row in grouped}
