"""The list of works in each other's way."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common.text import search_key
from prasan.integration.models import Conflict, ConflictCertainty, ConflictDecision, ConflictKind
from prasan.projects.models import Project
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.queries.amounts import of_area
from prasan.web.tables.records import area_filter, called
from prasan.web.wording import language, name_of, period, place_name, state_of


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One of the two works in the list."""

    code: str
    name: str
    owner: str
    place: str
    when: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict in the list."""

    pk: int
    first: ConflictSide
    second: ConflictSide
    kind: str
    certainty: str
    reasons: tuple[str, ...]
    decision: str


def conflict_rows() -> QuerySet[Conflict]:
    """Conflicts with both projects, their owners and places."""
    return Conflict.objects.select_related("first__owner__area", "first__area", "second__owner__area", "second__area")


def reasons_of(conflict: Conflict) -> tuple[str, ...]:
    """Why the two are in each other's way, in the reader's language."""
    return tuple(str(reason.get(language()) or reason.get("th", "")) for reason in conflict.reasons)


def work_days(project: Project) -> str:
    """The days of work as people say them, or the fiscal year where nobody has told them."""
    if project.work is None:
        return str(_("ปีงบประมาณ %(year)s ไม่ทราบวัน")) % {"year": project.fiscal_year}
    return period(project.work)


def make_conflict(conflict: Conflict) -> ConflictRow:
    """The row of one conflict."""
    return ConflictRow(
        pk=conflict.pk,
        first=_side(conflict.first),
        second=_side(conflict.second),
        kind=conflict.kind,
        certainty=conflict.certainty,
        reasons=reasons_of(conflict),
        decision=conflict.decision,
    )


def _side(project: Project) -> ConflictSide:
    return ConflictSide(
        project.code, project.name, name_of(project.owner), place_name(project.area), work_days(project)
    )


def _named(rows: QuerySet[Conflict], value: str) -> QuerySet[Conflict]:
    key = search_key(value)
    return rows.filter(Q(first__name_key__contains=key) | Q(second__name_key__contains=key))


def _in_place(rows: QuerySet[Conflict], code: str) -> QuerySet[Conflict]:
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    if area is None:
        return rows.none()
    return rows.filter(of_area(area, "first__area") | of_area(area, "second__area"))


def _of_owner(rows: QuerySet[Conflict], value: str) -> QuerySet[Conflict]:
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value)).values("pk")
    return rows.filter(Q(first__owner__in=named) | Q(second__owner__in=named))


def conflicts_spec(area_code: str = "") -> ListSpec[Conflict, ConflictRow]:
    """The list of conflicts, the surest first."""
    sides = [
        column
        for number in ("first", "second")
        for column in _side_columns(number, _("โครงการที่ 1") if number == "first" else _("โครงการที่ 2"))
    ]
    return ListSpec(
        name="conflicts",
        columns=(
            Column("works", _("สองงาน"), lambda r: "", order=by("first__code"), css="wide", only="page"),
            *sides,
            Column("kind", _("เรื่องที่ขัดกัน"), lambda r: state_of("conflict_kind", r.kind).word, order=by("kind")),
            Column(
                "certainty", _("ความแน่ชัด"), lambda r: state_of("certainty", r.certainty).word, order=by("certainty")
            ),
            Column("reasons", _("เหตุผล"), lambda r: ", ".join(r.reasons), css="chips-cell"),
            Column("decision", _("ผลพิจารณา"), lambda r: state_of("conflict", r.decision).word, order=by("decision")),
        ),
        make=make_conflict,
        default_order="certainty",
        filters=(
            Filter("q", _("คำในชื่อ"), _named),
            Filter("place", _("ชื่อพื้นที่"), lambda rows, value: called(rows, value, "first__area", "second__area")),
            Filter("owner", _("เจ้าของ"), _of_owner),
            *area_filter(area_code, _in_place),
            Filter("kind", _("เรื่องที่ขัดกัน"), exact_filter("kind"), tuple(ConflictKind.choices)),
            Filter("certainty", _("ความแน่ชัด"), exact_filter("certainty"), tuple(ConflictCertainty.choices)),
            Filter("decision", _("ผลพิจารณา"), exact_filter("decision"), tuple(ConflictDecision.choices)),
        ),
        page_size=30,
    )


def _side_columns(number: str, whose: object) -> tuple[Column[ConflictRow], ...]:
    def side(row: ConflictRow) -> ConflictSide:
        return row.first if number == "first" else row.second

    return (
        Column(f"{number}_code", format_lazy("{} {}", whose, _("รหัส")), lambda r: side(r).code, only="file"),
        Column(f"{number}_name", format_lazy("{}", whose), lambda r: side(r).name, css="name", only="file"),
        Column(f"{number}_owner", format_lazy("{} {}", whose, _("เจ้าของ")), lambda r: side(r).owner, only="file"),
        Column(f"{number}_place", format_lazy("{} {}", whose, _("พื้นที่")), lambda r: side(r).place, only="file"),
        Column(f"{number}_when", format_lazy("{} {}", whose, _("เวลาดำเนินการ")), lambda r: side(r).when, only="file"),
    )
