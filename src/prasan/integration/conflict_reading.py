"""The projects of the register as the table that conflicts are searched in, read in a few queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet

from prasan.areas.models import Area, AreaLevel, AreaLink, Tree
from prasan.common.chunks import chunks
from prasan.common.dates import fiscal_year_bounds
from prasan.integration import rules
from prasan.integration.conflict_rules import ConflictFound
from prasan.integration.conflict_search import SCHEMA, search_conflicts
from prasan.integration.models import Handover, HandoverState, Pair, PairDecision, Verdict
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project
from prasan.rulebook import load_work_conflicts

DIGITS = {"province": 2, "district": 4, "subdistrict": 6}  # of a code of the register of places
_FIELDS = (
    "pk", "owner_id", "owner__kind", "name", "place_text", "target", "moos", "fiscal_year", "work_starts_on",
    "work_ends_before", "area_id", "owner__area_id", "merged_into", "withdrawn_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConflictSearch:
    """What one search found, among which projects, and by which version of the rules.

    `among` holds the merged and withdrawn ones too, so that what they were in the way of goes when it is recorded.
    """

    found: Sequence[ConflictFound]
    among: frozenset[int]
    rule_version: str


def find_conflicts(
    *, fiscal_year: int | None = None, area: Area | None = None, among: Collection[int] | None = None
) -> ConflictSearch:
    """Works of different owners that stand in each other's way (R31): of a year, in a place, or of these ids.

    A merged or withdrawn project takes no part, nor one that no body has taken which carries works out: what a village
    asks for is no work yet. A project that was handed on is its holder's. With a year, the years near enough for one
    work to spoil another are read too. Two projects that may be the same one are left to the list of pairs until that
    is decided.
    """
    law = load_work_conflicts()
    projects = Project.objects.all()
    if area is not None:
        projects = projects.filter(projects_queries.projects_within(area))
    if fiscal_year is not None:
        projects = projects.filter(_near_the_year(fiscal_year, -(-law.guard_months // 12)))
    rows = _rows(projects, among)
    standing = _with_doers([row for row in rows if row["merged_into"] is None and row["withdrawn_at"] is None])
    alike = _perhaps_the_same({row["pk"] for row in standing})
    found = [one for one in search_conflicts(_frame(standing), law) if (one.first, one.second) not in alike]
    return ConflictSearch(tuple(found), frozenset(row["pk"] for row in rows), law.version)


def _near_the_year(fiscal_year: int, years: int) -> Q:
    begins, ends = fiscal_year_bounds(fiscal_year - years)[0], fiscal_year_bounds(fiscal_year + years)[1]
    dated = Q(work_starts_on__lt=ends, work_ends_before__gt=begins)
    return dated | Q(fiscal_year__range=(fiscal_year - years, fiscal_year + years))


def _rows(projects: QuerySet[Project], among: Collection[int] | None) -> list[dict[str, Any]]:
    if among is None:
        return list(projects.order_by("pk").values(*_FIELDS))
    found: list[dict[str, Any]] = []
    for ids in chunks(sorted(among)):
        found += projects.filter(pk__in=ids).order_by("pk").values(*_FIELDS)
    return found


def _with_doers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The projects of bodies that carry works out, each with that body: the last that accepted it, else its owner."""
    taken: dict[int, tuple[int, str]] = {}
    for ids in chunks([row["pk"] for row in rows]):
        accepted = Handover.objects.filter(project__in=ids, state=HandoverState.ACCEPTED).order_by("project", "hop")
        taken |= {pk: (body, kind) for pk, body, kind in accepted.values_list("project", "to_body", "to_body__kind")}
    found = []
    for row in rows:
        body, kind = taken.get(row["pk"], (row["owner_id"], row["owner__kind"]))
        if kind in rules.DOERS:
            found.append({**row, "doer": body})
    return found


def _frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """The table of SCHEMA: a project without a place of its own lies in its owner's."""
    places = _places({row["area_id"] or row["owner__area_id"] for row in rows} - {None})
    table = []
    for row in rows:
        names, moo = places.get(row["area_id"] or row["owner__area_id"], ({}, None))
        table.append(
            {
                "id": row["pk"],
                "owner_id": row["doer"],
                "name": f"{row['name']} {row['place_text']}",
                "target": row["target"],
                **{level: names.get(level, "") for level in DIGITS},
                "moo": row["moos"] or (str(moo) if moo else ""),
                "fiscal_year": row["fiscal_year"],
                "starts_on": row["work_starts_on"],
                "ends_before": row["work_ends_before"],
            }
        )
    return pl.DataFrame(table, schema=SCHEMA)


def _places(ids: set[int]) -> dict[int, tuple[dict[str, str], int | None]]:
    """For each place the names of the province, district and subdistrict it lies in, and its moo."""
    areas: list[tuple[int, str, str, int | None]] = []
    for chunk in chunks(sorted(ids)):
        areas += Area.objects.filter(pk__in=chunk).values_list("pk", "code", "level", "moo")
    territories = _codes_of_territories([pk for pk, _, level, _ in areas if level == AreaLevel.LAO_TERRITORY])
    codes = {pk: territories.get(pk, code if code.isdigit() else "") for pk, code, _, _ in areas}
    wanted = sorted({code[:n] for code in codes.values() for n in DIGITS.values() if len(code) >= n})
    names: dict[str, str] = {}
    for part in chunks(wanted):
        names |= dict(Area.objects.filter(code__in=part).values_list("code", "name_th"))
    return {
        pk: ({k: names.get(codes[pk][:n], "") for k, n in DIGITS.items() if len(codes[pk]) >= n}, moo)
        for pk, _, _, moo in areas
    }


def _codes_of_territories(ids: Sequence[int]) -> dict[int, str]:
    """An LAO's territory counts as its only subdistrict, else as the district it lies in."""
    found: dict[int, str] = {}
    for chunk in chunks(ids):
        links = AreaLink.objects.filter(tree=Tree.LAO_TERRITORY)
        above = links.filter(child__in=chunk).order_by("-parent__code").values_list("child", "parent__code")
        found |= dict(above)
        whole: dict[int, list[str]] = {}
        for pk, code in links.filter(parent__in=chunk, whole=True).values_list("parent", "child__code"):
            whole.setdefault(pk, []).append(code)
        found |= {pk: codes[0] for pk, codes in whole.items() if len(codes) == 1}
    return {pk: found.get(pk, "") for pk in ids}


def _perhaps_the_same(ids: set[int]) -> set[tuple[int, int]]:
    """Pairs that wait to be told whether they are one work, or were found to be."""
    alike = Pair.objects.filter(verdict=Verdict.DUPLICATE, decision__in=(PairDecision.WAITING, PairDecision.SAME))
    return {key for key in alike.values_list("first", "second") if key[0] in ids}
