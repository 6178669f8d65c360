"""The lists of projects and of needs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.areas.models import Area, AreaClosure
from prasan.needs.models import Need, ResponseKind
from prasan.projects.models import Origin, Project, ProjectObjective
from prasan.projects.queries import taken_up
from prasan.web.lists import Column, Filter, ListSpec, M, by, exact_filter, text_filter
from prasan.web.queries import places
from prasan.web.queries.amounts import none_last, of_area, project_amount, standing_projects
from prasan.web.wording import name_of, place_name


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project in the list."""

    code: str
    name: str
    owner: str
    place: str
    origin: str
    fiscal_year: int
    amount: int | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need in the list."""

    code: str
    title: str
    place: str
    body: str
    fiscal_year: int
    response: str
    taken: bool
    amount: int | None


def project_rows() -> QuerySet[Project]:
    """Standing projects with what the list sorts and adds up by."""
    return (
        standing_projects()
        .select_related("owner__area", "area")
        .annotate(amount=project_amount(), place_sort=Coalesce(F("area__code"), Value("")))
    )


def make_project(project: Project) -> ProjectRow:
    """The row of one project."""
    return ProjectRow(
        project.code,
        project.name,
        name_of(project.owner),
        place_name(project.area) or project.place_text,
        str(Origin(project.origin).label),
        project.fiscal_year,
        project.amount,  # type: ignore[attr-defined]
    )


def in_area(rows: QuerySet[M], code: str) -> QuerySet[M]:
    """Rows whose place is the one of the code or lies within it."""
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    return rows.none() if area is None else rows.filter(of_area(area))


def _years(rows: QuerySet[M]) -> tuple[tuple[str, str], ...]:
    years = rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return tuple((str(year), str(year)) for year in years)


def called(rows: QuerySet[M], value: str, *fields: str) -> QuerySet[M]:
    """Rows whose place (any of the fields) is called so or lies within a place called so."""
    named = Area.objects.filter(name_th__contains=places.bare_name(value)).values("pk")
    inside = AreaClosure.objects.filter(ancestor__in=named, valid_to=AreaClosure.FOREVER).values("descendant")
    wanted = Q()
    for name in fields or ("area",):
        wanted |= Q(**{f"{name}__in": inside})
    return rows.filter(wanted)


def area_filter(code: str, apply: Callable[[QuerySet[M], str], QuerySet[M]]) -> tuple[Filter[M], ...]:
    """The place an address asks for, as a filter that can be seen and taken away; none where none is asked."""
    choices = place_choice(code)
    return (Filter("area", _("ในพื้นที่"), apply, choices),) if choices else ()


def place_choice(code: str) -> tuple[tuple[str, str], ...]:
    """The place asked for in the address, so that it can be seen and taken away again."""
    area = Area.objects.filter(code=code).first() if code else None
    return ((area.code, place_name(area)),) if area is not None else ()


def projects_spec(area_code: str = "") -> ListSpec[Project, ProjectRow]:
    """The list of projects."""
    return ListSpec(
        name="projects",
        columns=(
            Column("code", _("รหัส"), lambda r: r.code, order=by("code")),
            Column("name", _("โครงการ"), lambda r: r.name, css="name"),
            Column("owner", _("เจ้าของ"), lambda r: r.owner, order=by("owner__sort_key")),
            Column("place", _("พื้นที่"), lambda r: r.place, order=by("place_sort")),
            Column("origin", _("ที่มา"), lambda r: r.origin, order=by("origin")),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount"), "amount"),
        ),
        make=make_project,
        default_order="code",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("name_key")),
            Filter("place", _("ชื่อพื้นที่"), called),
            *area_filter(area_code, in_area),
            Filter("origin", _("ที่มา"), exact_filter("origin"), tuple(Origin.choices)),
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), _years(Project.objects.all())),
            Filter("aim", _("เป้าประสงค์"), _aimed, AIMS),
        ),
    )


AIMS = (("NONE", _("ยังไม่ตอบเป้าประสงค์ใด")), ("SOME", _("ตอบเป้าประสงค์แล้ว")))


def _aimed(rows: QuerySet[Project], value: str) -> QuerySet[Project]:
    """Whether a project says which objective of a strategy it answers (R01)."""
    links = ProjectObjective.objects.filter(project=OuterRef("pk"))
    return rows.filter(Exists(links) if value == "SOME" else ~Exists(links))


def need_rows() -> QuerySet[Need]:
    """Standing needs with what the list sorts and adds up by."""
    return (
        Need.objects.filter(merged_into=None, withdrawn_at=None)
        .select_related("area", "body__area")
        .annotate(is_taken=taken_up())
    )


def make_need(need: Need) -> NeedRow:
    """The row of one need."""
    return NeedRow(
        need.code,
        need.title,
        place_name(need.area),
        name_of(need.body),
        need.fiscal_year,
        str(ResponseKind(need.response_kind).label),
        bool(need.is_taken),  # type: ignore[attr-defined]
        need.amount_satang,
    )


def _taken(rows: QuerySet[Need], value: str) -> QuerySet[Need]:
    return rows.filter(Q(is_taken=value == "yes"))


TAKEN = (("yes", _("มีโครงการรองรับแล้ว")), ("no", _("ยังไม่มีโครงการรองรับ")))


def needs_spec(area_code: str = "") -> ListSpec[Need, NeedRow]:
    """The list of needs."""
    return ListSpec(
        name="needs",
        columns=(
            Column("code", _("รหัส"), lambda r: r.code, order=by("code")),
            Column("title", _("ความต้องการ"), lambda r: r.title, css="name"),
            Column("place", _("พื้นที่"), lambda r: r.place, order=by("area__code")),
            Column("body", _("ผู้เสนอ"), lambda r: r.body, order=by("body__sort_key")),
            Column("response", _("ใครทำ"), lambda r: r.response, order=by("response_kind")),
            Column("taken", _("โครงการรองรับ"), lambda r: _("มี") if r.taken else _("ยังไม่มี")),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount_satang"), "amount_satang"),
        ),
        make=make_need,
        default_order="code",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("title_key")),
            Filter("place", _("ชื่อพื้นที่"), called),
            *area_filter(area_code, in_area),
            Filter("kind", _("ใครทำ"), exact_filter("response_kind"), tuple(ResponseKind.choices)),
            Filter("taken", _("โครงการรองรับ"), _taken, TAKEN),
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), _years(Need.objects.all())),
        ),
    )
