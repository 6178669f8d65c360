"""Editions as they stand and beside each other: the stage they wait for, a frozen copy, a comparison of two."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.agencies.queries import district_code_of, province_code_of
from prasan.needs import queries as needs_queries
from prasan.needs.models import Need
from prasan.plans import rules
from prasan.plans.models import Gate, PlanEdition, PlanItem
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project
from prasan.projects.queries import counted_kind


@dataclass(frozen=True, slots=True)
class PathStep:
    """One stage of an edition's way: who decides what, and the gate when it is passed."""

    state: str
    name: rulebook.Words
    actor: rulebook.Actor
    decision: str
    source: str
    gate: Gate | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One record of an edition for a comparison and the frozen copy; amounts are integer satang."""

    code: str
    name: str
    priority: int
    satang: int  # all years of the plan together
    years: tuple[tuple[int, int], ...] = ()  # fiscal year, satang
    owner: str = ""
    area: str = ""
    confirms: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a plan: what was added, taken out and changed. `new_total` − `old_total` is what these make."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]
    same: int
    old_total: int
    new_total: int


def stage_after(edition: PlanEdition, *, on: dt.date) -> rulebook.Stage | None:
    """The stage an edition waits for; None for a draft, or at the end of its path."""
    return rulebook.load().plan_type(edition.plan_type).path_on(_law_day(edition, on)).next_after(edition.state)


def path_of(edition: PlanEdition, *, on: dt.date) -> list[PathStep]:
    """The whole way of an edition, with the gates it has passed and the one it waits for."""
    law = rulebook.load()
    following = stage_after(edition, on=on)
    gates = {gate.state: gate for gate in edition.gates.select_related("resolution__item__meeting", "body__area")}
    return [
        PathStep(
            state=stage.state,
            name=stage.name,
            actor=law.actor(stage.gate.actor),
            decision=stage.gate.decision,
            source=stage.source,
            gate=gates.get(stage.state),
            is_next=following is not None and stage.state == following.state,
        )
        for stage in law.plan_type(edition.plan_type).path_on(_law_day(edition, on)).stages
    ]


def _law_day(edition: PlanEdition, on: dt.date) -> dt.date:
    """A plan goes the way that was in force when it was submitted: a later law does not move a running plan."""
    return localdate(edition.submitted_at) if edition.submitted_at is not None else on


def decides_on(stage: rulebook.Stage, committee: Body, edition: PlanEdition) -> bool:
    """Whether a committee is the one a stage names, and over the place of the plan."""
    actor = rulebook.load().actor(stage.gate.actor)
    if committee.kind not in actor.kinds:
        return False
    if actor.reach == "LAO":
        return committee.pk == edition.body_id  # a local government endorses its own plan, no neighbour's
    if committee.area_id is None or committee.area_id == edition.body.area_id:
        return True
    if province_code_of(committee) != province_code_of(edition.body):
        return False
    district = district_code_of(committee)
    return not district or district == district_code_of(edition.body)


def lines_of(edition: PlanEdition) -> list[Line]:
    """Every record of an edition with its place in the order, its money by year and what it confirms; few queries."""
    return [_line(item, item.project, item.need) for item in _items_of(edition)]


def standing_lines(edition: PlanEdition) -> list[Line]:
    """The same read through `canonical()`: what was merged since is what it was merged into, and stands once."""
    items = list(_items_of(edition))
    projects = projects_queries.canonical_ids(item.project_id for item in items if item.project_id is not None)
    needs = needs_queries.canonical_ids(item.need_id for item in items if item.need_id is not None)
    rows = Project.objects.filter(pk__in=set(projects.values())).select_related("owner", "area")
    now = {row.pk: row for row in rows.prefetch_related("years")}
    asked = {row.pk: row for row in Need.objects.filter(pk__in=set(needs.values())).select_related("body", "area")}
    found: dict[str, Line] = {}
    for item in items:
        project = now[projects[item.project_id]] if item.project_id is not None else None
        need = asked[needs[item.need_id]] if item.need_id is not None else None
        line = _line(item, project, need)
        found.setdefault(line.code, line)
    return list(found.values())


def _items_of(edition: PlanEdition) -> QuerySet[PlanItem]:
    items = PlanItem.objects.filter(edition=edition).select_related(
        "project__owner", "project__area", "need__body", "need__area", "confirms__project"
    )
    return items.prefetch_related("project__years").order_by("priority")


def _line(item: PlanItem, project: Project | None, need: Need | None) -> Line:
    record = project or need
    assert record is not None
    years = _years(project)
    confirmed = item.confirms.project.code if item.confirms is not None and item.confirms.project else ""
    return Line(
        code=record.code,
        name=project.name if project is not None else need.title if need is not None else "",
        priority=item.priority,
        satang=sum(satang for _, satang in years),
        years=years,
        owner=(project.owner if project is not None else record.body).code,  # type: ignore[union-attr]
        area=record.area.code if record.area is not None else "",
        confirms=confirmed or item.confirms_reason,
    )


def _years(project: Project | None) -> tuple[tuple[int, int], ...]:
    """The money of a project by fiscal year, of the kind that counts for it; a need has none of its own."""
    if project is None:
        return ()
    years = list(project.years.all())
    kind = counted_kind(year.kind for year in years)
    return tuple(sorted((year.fiscal_year, year.amount_satang) for year in years if year.kind == kind))


def snapshot(edition: PlanEdition) -> tuple[dict[str, object], str]:
    """The edition as plain values, and the SHA-256 of them: the same content has the same digest on every run."""
    content: dict[str, object] = {
        "plan_type": edition.plan_type,
        "body": edition.body.code,
        "fiscal_year": edition.fiscal_year,
        "number": edition.number,
        "kind": edition.kind,
        "reason": edition.amendment_reason,
        "items": [
            {
                "code": line.code,
                "name": line.name,
                "priority": line.priority,
                "years": [list(year) for year in line.years],
                "owner": line.owner,
                "area": line.area,
                "confirms": line.confirms,
            }
            for line in lines_of(edition)
        ],
    }
    return content, _digest(content)


def copy_is_whole(gate: Gate) -> bool:
    """Whether the frozen copy of a gate is still what its hash was made of; one from before copies were kept is."""
    return not gate.digest or _digest(gate.snapshot) == gate.digest


def _digest(content: dict[str, object]) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(written).hexdigest()


def compare_editions(old: PlanEdition, new: PlanEdition) -> Comparison:
    """What a later edition adds, takes out and changes; the sums reconcile to the satang.

    Records are read as what they are now: one merged since counts as what it was merged into, in both editions.
    """
    before, after = ({line.code: line for line in standing_lines(edition)} for edition in (old, new))
    added, removed, changed = rules.compared(
        [(line.code, line.priority, line.satang) for line in before.values()],
        [(line.code, line.priority, line.satang) for line in after.values()],
    )
    changed_codes = {code for code, _, _ in changed}
    renamed = [c for c in after if c in before and c not in changed_codes and after[c].name != before[c].name]
    codes = [code for code, _, _ in changed] + renamed
    return Comparison(
        added=tuple(after[code] for code in added),
        removed=tuple(before[code] for code in removed),
        changed=tuple((before[code], after[code]) for code in codes),
        same=len(after) - len(added) - len(codes),
        old_total=sum(line.satang for line in before.values()),
        new_total=sum(line.satang for line in after.values()),
    )
