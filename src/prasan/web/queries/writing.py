"""Writing one project by hand: for whom, where it may lie, what it says now, and what it may repeat."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.agencies.queries import bodies_of_province, province_code_of
from prasan.areas.models import Area, AreaClosure, AreaLevel, Tree
from prasan.exchange.services import FileRow, Within
from prasan.integration.queries import Asked, Likely, likely_duplicates
from prasan.projects.access import AGENCY_KINDS, can_record_project
from prasan.projects.models import AmountKind, Origin, Project, Span
from prasan.projects.services import ProjectDraft, YearDraft
from prasan.web.queries.amounts import asked_of
from prasan.web.queries.comparing import marked
from prasan.web.queries.planning import bodies_acted_for
from prasan.web.tables.pairs import percent_of, reasons_of

_TREES = {AreaLevel.LAO_TERRITORY: Tree.LAO_TERRITORY, AreaLevel.CLUSTER: Tree.CLUSTER}
_WITHIN: dict[str, tuple[str, ...]] = {
    AreaLevel.COUNTRY: (AreaLevel.PROVINCE, AreaLevel.DISTRICT),
    AreaLevel.CLUSTER: (AreaLevel.PROVINCE, AreaLevel.DISTRICT),
    AreaLevel.PROVINCE: (AreaLevel.DISTRICT, AreaLevel.SUBDISTRICT),
}
"""Which places inside are offered: a list that a person can look through; below it a moo is written in words."""


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """A standing project that may be the same as what is being written."""

    project: Project
    name: SafeString  # its words that differ are marked
    amount: int | None
    percent: int
    verdict: str
    reasons: tuple[str, ...]


def owners_offered(user: User, *, on: dt.date) -> list[Body]:
    """Whose project somebody may write: the bodies they act for, and the agencies whose lists a province collects."""
    mine = bodies_acted_for(user, on=on)
    provinces = {province_code_of(body) for body in mine if body.kind == BodyKind.PROVINCE}
    known = {body.pk for body in mine}
    others = [
        body
        for code in sorted(provinces)
        for body in bodies_of_province(code).filter(kind__in=AGENCY_KINDS, valid_to=None).select_related("area")
        if body.pk not in known
    ]
    # The person acts for none of these: what is said of one agency is said of all, and asked once.
    agencies = others if others and can_record_project(user, owner=others[0], on=on) else []
    return [*mine, *sorted(agencies, key=lambda body: (body.sort_key, body.pk))]


def places_offered(owner: Body, besides: Area | None = None) -> QuerySet[Area]:
    """Where a project of this body may lie: its own place and those inside, the widest first."""
    around = owner.area or Area.objects.get(level=AreaLevel.COUNTRY)
    level = AreaLevel(around.level)
    tree = _TREES.get(level, Tree.ADMINISTRATIVE)
    inside = AreaClosure.objects.filter(tree=tree, ancestor=around, valid_to=AreaClosure.FOREVER, depth__gt=0)
    found = Area.objects.filter(pk__in=inside.values("descendant"))
    if tree != Tree.ADMINISTRATIVE:  # a territory, a cluster: what lies inside its places lies inside it
        below = AreaClosure.objects.filter(
            tree=Tree.ADMINISTRATIVE, ancestor__in=inside.values("descendant"), valid_to=AreaClosure.FOREVER
        )
        found = Area.objects.filter(pk__in=below.values("descendant"))
    if level in _WITHIN:
        found = found.filter(level__in=_WITHIN[level])
    wanted = [area.pk for area in (around, besides) if area is not None and area.level != AreaLevel.COUNTRY]
    return (found | Area.objects.filter(pk__in=wanted)).order_by("code").distinct()


def origin_of(owner: Body) -> str:
    """The list in which a project that a body writes itself stands."""
    if owner.kind in LAO_KINDS:
        return Origin.LOCAL_PLAN
    if owner.kind in AGENCY_KINDS:
        return Origin.AGENCY
    return Origin.COMMUNITY if owner.kind == BodyKind.VILLAGE_COMMITTEE else Origin.LIST


def draft_of(project: Project) -> ProjectDraft:
    """What a project says now, to be changed in part."""
    same = {field.name: getattr(project, field.name) for field in fields(ProjectDraft) if field.name not in _APART}
    years = tuple(YearDraft(year.fiscal_year, year.amount_satang, year.kind, year.span) for year in project.years.all())
    return ProjectDraft(**same, years=years)


_APART = ("years", "source")


def planned(draft: ProjectDraft) -> dict[int, int]:
    """The amounts that the form shows: planned, year by year, satang."""
    return {year.fiscal_year: year.amount_satang for year in draft.years if _is_planned(year)}


def with_planned(draft: ProjectDraft, amounts: Sequence[tuple[int, int]]) -> tuple[YearDraft, ...]:
    """The amounts of a draft with those that the form shows replaced; budgets and payments stay."""
    others = tuple(year for year in draft.years if not _is_planned(year))
    return (*others, *(YearDraft(year, satang) for year, satang in amounts))


def _is_planned(year: YearDraft) -> bool:
    return year.kind == AmountKind.PLANNED and year.span == Span.IN


def likely_rows(asked: Asked) -> list[LikelyRow]:
    """What a line that is being written may repeat, the most probable first."""
    found = likely_duplicates(asked)
    projects = projects_shown(found)
    return [likely_row(one, projects, asked.name) for one in found]


def projects_shown(found: Iterable[Likely]) -> dict[int, Project]:
    """The projects of likely duplicates, with what is shown of them."""
    shown = Project.objects.select_related("owner", "area").prefetch_related("years")
    return shown.in_bulk({one.project for one in found})


@dataclass(frozen=True, slots=True)
class WithinRow:
    """Two rows of a file that may be the same work, with the words marked that differ."""

    rows: tuple[tuple[FileRow, SafeString], ...]
    percent: int
    verdict: str
    reasons: tuple[str, ...]


def within_row(one: Within) -> WithinRow:
    """Two rows of a file as pages show them one under the other."""
    first, second = marked(one.first.name, one.second.name)
    return WithinRow(
        rows=((one.first, first), (one.second, second)),
        percent=percent_of(one),
        verdict=one.verdict.upper(),
        reasons=reasons_of(one),
    )


def likely_row(one: Likely, projects: Mapping[int, Project], name: str) -> LikelyRow:
    """A likely duplicate as pages show it beside the name that was written."""
    project = projects[one.project]
    return LikelyRow(
        project=project,
        name=marked(name, project.name)[1],
        amount=asked_of(project),
        percent=percent_of(one),
        verdict=one.verdict.upper(),
        reasons=reasons_of(one),
    )
