"""Totals count once everywhere, in plans, places, lists, exports and the report, whatever is merged and undone."""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.cli.job.reporting import _map_areas, _plan
from prasan.cli.job.scope import Scope
from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import JointProject, Pair
from prasan.integration.testing import make_joint, make_pair
from prasan.journal.models import Entry
from prasan.journal.services import verify_chain
from prasan.plans import queries as plans_read
from prasan.plans.models import PlanEdition
from prasan.plans.services import compile_place
from prasan.projects import queries as projects_read
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project
from prasan.web.lists import every_row, read_list
from prasan.web.queries import places
from prasan.web.tables import plan_items, records
from tests.cast import YEAR, Cast, cast, moment

pytestmark = pytest.mark.django_db
AMOUNTS = ((1_000_01, 0), (700_00, 30_00), (0, 999_99), (5, 7), (123_456_78, 1), (80_00, 80_00))


@dataclass
class World:
    """Six projects of four bodies in three places, in one plan; and what everything came to at the start."""

    stage: Cast
    ids: list[int]
    edition: PlanEdition
    day: int = 100
    amounts: dict[int, dict[int, int]] = field(default_factory=dict)
    place: dict[int, str] = field(default_factory=dict)

    def at(self) -> dt.datetime:
        self.day += 1
        return moment(self.day)


@pytest.fixture(name="world")
def _world() -> World:
    stage = cast()
    owners: tuple[Body, ...] = (stage.sao, stage.pao, stage.highways, stage.other_sao, stage.sao, stage.pao)
    areas: tuple[Area, ...] = (
        stage.tambon, stage.district, stage.district, stage.other_tambon, stage.village, stage.province,
    )  # fmt: skip
    made = [
        make_project(
            owner=owner, area=area, years=(YearDraft(YEAR, first), YearDraft(YEAR + 1, second)), name=f"ถนนสาย {n}"
        )
        for n, (owner, area, (first, second)) in enumerate(zip(owners, areas, AMOUNTS, strict=True))
    ]
    edition = compile_place(
        plan_type="PROVINCIAL_ANNUAL_REQUEST", area=stage.province, fiscal_year=YEAR, actor=stage.system, at=moment(90)
    )
    for first, second in ((0, 1), (2, 3), (1, 2), (4, 5)):
        make_pair(made[first], made[second])
    return World(
        stage,
        [one.pk for one in made],
        edition,
        amounts={one.pk: dict(one.years.values_list("fiscal_year", "amount_satang")) for one in made},
        place={one.pk: one.area.code if one.area else "" for one in made},
    )


def _roots(world: World) -> dict[int, int]:
    """For each project what stands for it, from the pointers alone."""
    to = dict(Project.objects.values_list("pk", "merged_into"))
    roots = {}
    for pk in world.ids:
        at = pk
        while to[at] is not None:
            at = to[at]
        roots[pk] = at
    return roots


def _check(world: World) -> None:
    roots = _roots(world)
    standing = {pk for pk in world.ids if roots[pk] == pk}
    whole = sum(sum(world.amounts[pk].values()) for pk in standing)
    _check_places(world, standing)
    totals = projects_read.totals(world.ids)
    assert (totals.projects, totals.satang) == (len(standing), whole)
    request = RequestFactory().get("/projects/")
    spec = records.projects_spec()
    listing = read_list(request, spec, records.project_rows())
    assert (listing.count, listing.totals["amount"]) == (len(standing), whole)
    assert sum(row.amount or 0 for row in every_row(request, spec, records.project_rows())) == whole
    _check_plan(world, roots)
    scope = Scope(submissions=[], project_ids=world.ids)
    shapes = list(_map_areas(world.stage.province, scope.projects()))
    below = [pk for pk in standing if len(world.place[pk]) >= 4]
    assert sum(shape.satang for shape in shapes) == sum(sum(world.amounts[pk].values()) for pk in below)
    assert sum(shape.projects for shape in shapes) == len(below)
    assert verify_chain() is None


def _check_places(world: World, standing: set[int]) -> None:
    for area in (world.stage.province, world.stage.district, world.stage.tambon):
        inside = [pk for pk in standing if world.place[pk].startswith(area.code)]
        years: dict[int, int] = defaultdict(int)
        for pk in inside:
            for year, satang in world.amounts[pk].items():
                years[year] += satang
        page = places.area_page(area, drafts_too=True)
        assert page.project_count == len(inside)
        assert {year.fiscal_year: year.satang for year in page.years} == dict(years)
        for child in page.children:
            within = [pk for pk in inside if world.place[pk].startswith(child.area.code)]
            assert (child.projects, child.satang) == (
                len(within),
                sum(sum(world.amounts[pk].values()) for pk in within),
            )


def _check_plan(world: World, roots: dict[int, int]) -> None:
    """The plan was compiled before anything was merged: its lines stay, its money counts once."""
    listed = list(world.edition.items.values_list("project_id", flat=True))
    counted = {roots[pk] for pk in listed if pk is not None}
    whole = sum(sum(world.amounts[pk].values()) for pk in counted)
    totals = plans_read.edition_totals(world.edition)
    assert (totals.items, totals.records, totals.satang) == (len(listed), len(counted), whole)
    request, spec = RequestFactory().get("/plans/"), plan_items.items_spec(world.edition)
    rows = plan_items.item_rows(world.edition)
    listing = read_list(request, spec, rows)
    assert (listing.count, listing.totals["amount"]) == (len(listed), whole)
    assert sum(row.amount or 0 for row in every_row(request, spec, rows)) == whole
    assert {row.code for row in listing.rows if row.merged} == set(
        Project.objects.filter(pk__in=listed, merged_into__isnull=False).values_list("code", flat=True)
    )
    report = _plan(world.edition, Scope(submissions=[], project_ids=world.ids), {})
    assert (len(report.items), sum(report.by_year.values())) == (len(listed), whole)


def _act(world: World, kind: str, one: int, other: int, third: int) -> None:
    system, at = world.stage.system, world.at()
    a, b, c = (Project.objects.get(pk=world.ids[n]) for n in (one, other, third))
    joint = JointProject.objects.exclude(state="DISSOLVED").order_by("pk").first()
    pair = Pair.objects.order_by("pk")[one % 4]
    if kind == "merge":
        projects.merge_project(project=a, into=b, reason="ซ้ำ", actor=system, at=at)
    elif kind == "unmerge":
        projects.unmerge_project(project=a, reason="ต่าง", actor=system, at=at)
    elif kind == "join":
        make_joint(a, b, c, at=at)
    elif kind == "dissolve" and joint is not None:
        integrate.dissolve_joint(joint=joint, reason="เลิก", actor=system, at=at)
    elif kind == "same":
        integrate.decide_pair(pair=pair, decision="SAME", kept=pair.first, reason="ซ้ำ", actor=system, at=at)
    elif kind == "undo":
        integrate.undo_pair_decision(pair=pair, reason="ดูใหม่", actor=system, at=at)


def _undo_everything(world: World) -> None:
    for joint in JointProject.objects.exclude(state="DISSOLVED").order_by("-pk"):
        integrate.dissolve_joint(joint=joint, reason="เลิก", actor=world.stage.system, at=world.at())
    for pair in Pair.objects.filter(decision="SAME"):
        integrate.undo_pair_decision(pair=pair, reason="ดูใหม่", actor=world.stage.system, at=world.at())
    for one in Project.objects.filter(merged_into__isnull=False):
        projects.unmerge_project(project=one, reason="ต่าง", actor=world.stage.system, at=world.at())


KINDS = ("merge", "unmerge", "join", "dissolve", "same", "undo")
MOVE = st.tuples(st.sampled_from(KINDS), *(st.integers(0, 5) for _ in range(3)))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=st.lists(MOVE, min_size=1, max_size=6))
def test_whatever_is_merged_joined_and_undone_every_total_is_that_of_what_stands(
    world: World, moves: list[tuple[str, int, int, int]]
) -> None:
    done = 0
    for move in moves:
        try:
            _act(world, *move)
        except Refused:
            continue
        done += 1
        _check(world)
    _undo_everything(world)
    assert not Project.objects.filter(merged_into__isnull=False).exists()
    _check(world)
    assert projects_read.totals(world.ids).satang == sum(sum(pair) for pair in AMOUNTS)


def test_a_long_walk_of_acts_keeps_every_total_and_a_refusal_changes_none(world: World) -> None:
    dice = random.Random(2569)
    done: dict[str, int] = defaultdict(int)
    for _ in range(60):
        kind = dice.choice(KINDS)
        before = (_roots(world), Entry.objects.count())
        try:
            _act(world, kind, dice.randrange(6), dice.randrange(6), dice.randrange(6))
        except Refused:
            assert (_roots(world), Entry.objects.count()) == before
            continue
        done[kind] += 1
        _check(world)
    assert min(done[kind] for kind in KINDS) > 0
    _undo_everything(world)
    _check(world)
    assert projects_read.totals(world.ids).satang == sum(sum(pair) for pair in AMOUNTS)


def test_a_line_of_an_action_plan_is_not_counted_beside_what_stands_for_its_planned_project(world: World) -> None:
    stage = world.stage
    planned = Project.objects.get(pk=world.ids[0])
    line = make_project(
        owner=stage.sao, area=stage.tambon, origin="ACTION_PLAN", name="ถนนสาย 0",
        years=(YearDraft(YEAR, 1_000_01, kind="BUDGETED"),),
    )  # fmt: skip
    make_pair(planned, line, probability=0.99)
    alone = places.area_page(stage.province, drafts_too=True).years
    road = Project.objects.get(pk=world.ids[1])
    joint = make_joint(road, planned, at=world.at())
    assert plans_read.repeating_a_plan({road.pk, line.pk}) == {line.pk}
    (first, _) = places.area_page(stage.province, drafts_too=True).years
    assert first.satang == alone[0].satang - 1_000_01
    integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.system, at=world.at())
    assert places.area_page(stage.province, drafts_too=True).years == alone
