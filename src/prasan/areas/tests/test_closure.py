"""The closure table is the transitive closure of the links, on every day and after every move."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.areas import queries, services
from prasan.areas.models import Area, AreaClosure, AreaLink, Tree
from prasan.areas.services.closure import rebuild, rebuild_levels

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
LEVELS = ("COUNTRY", "PROVINCE", "DISTRICT", "SUBDISTRICT", "VILLAGE")
DAYS = [dt.date(2560 - 543 + year, 10, 1) for year in range(6)]

pytestmark = pytest.mark.django_db


def paths_on(day: dt.date, tree: str) -> set[tuple[int, int]]:
    """Every (ancestor, descendant) pair on a day, walked link by link."""
    links = [
        (link.parent_id, link.child_id)
        for link in AreaLink.objects.filter(tree=tree)
        if (link.valid_from is None or link.valid_from <= day) and (link.valid_to is None or day < link.valid_to)
    ]
    found = set(links)
    while more := {(a, d) for a, b in found for c, d in links if b == c} - found:
        found |= more
    return found


def pairs_on(day: dt.date, tree: str) -> list[tuple[int, int]]:
    rows = AreaClosure.objects.filter(tree=tree, depth__gt=0, valid_from__lte=day, valid_to__gt=day)
    return list(rows.values_list("ancestor_id", "descendant_id"))


def assert_closed(tree: str = Tree.ADMINISTRATIVE) -> None:
    for day in [*DAYS, dt.date(1900, 1, 1), dt.date(2999, 1, 1)]:
        pairs = pairs_on(day, tree)
        assert set(pairs) == paths_on(day, tree)
        assert len(pairs) == len(set(pairs))
    linked = {pk for link in AreaLink.objects.filter(tree=tree) for pk in (link.parent_id, link.child_id)}
    itself = AreaClosure.objects.filter(tree=tree, depth=0)
    assert {(row.ancestor_id, row.descendant_id) for row in itself} == {(pk, pk) for pk in linked}


def a_nation(parents: list[int]) -> Iterator[list[Area]]:
    """Five levels; `parents` chooses what each new area lies in, one level up."""
    levels: list[list[Area]] = [[Area.objects.create(code="TH", level="COUNTRY", name_th="ประเทศไทย")]]
    choice = iter(parents)
    for level in LEVELS[1:]:
        made = []
        for number in range(4):
            area = Area.objects.create(code=f"{level[:2]}{number}", level=level, name_th=f"{level} {number}")
            above = levels[-1][next(choice) % len(levels[-1])]
            AreaLink.objects.create(tree=Tree.ADMINISTRATIVE, parent=above, child=area)
            made.append(area)
        levels.append(made)
    yield from levels


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(0, 3), min_size=16, max_size=16),
    moves=st.lists(st.tuples(st.integers(2, 4), st.integers(0, 3), st.integers(0, 3), st.integers(0, 5)), max_size=8),
)
def test_the_closure_follows_every_move(parents: list[int], moves: list[tuple[int, int, int, int]]):
    AreaLink.objects.all().delete()
    Area.objects.all().delete()
    levels = list(a_nation(parents))
    rebuild(Tree.ADMINISTRATIVE, [area.pk for areas in levels for area in areas])
    assert_closed()
    actor = get_user_model()(pk=1, username="operator", is_superuser=True)
    refused = set()
    for depth, child, parent, day in moves:
        try:
            services.move_area(
                area=levels[depth][child], to=levels[depth - 1][parent], on=DAYS[day], actor=actor, at=AT
            )
        except services.UnableToMoveArea as refusal:
            refused.add(refusal.code)
    assert refused <= {"already_there", "before_the_last_move"}
    assert_closed()
    rebuild_levels(Tree.ADMINISTRATIVE, LEVELS)
    assert_closed()


def test_rebuilding_whole_levels_gives_the_same_rows_as_one_area_at_a_time():
    levels = list(a_nation([0, 1, 2, 3] * 4))
    rebuild_levels(Tree.ADMINISTRATIVE, LEVELS)
    columns = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
    at_once = set(AreaClosure.objects.values_list(*columns))
    AreaClosure.objects.all().delete()
    for areas in levels:
        for area in areas:
            rebuild(Tree.ADMINISTRATIVE, [area.pk])
    assert set(AreaClosure.objects.values_list(*columns)) == at_once
    assert len(at_once) == 1 + 4 * (2 + 3 + 4 + 5)


def test_a_subdistrict_shared_by_two_local_governments_has_both_above_it():
    district, *territories, subdistrict = (
        Area.objects.create(code=code, level=level, name_th=code)
        for code, level in (
            ("5601", "DISTRICT"),
            ("LAO-A", "LAO_TERRITORY"),
            ("LAO-B", "LAO_TERRITORY"),
            ("560101", "SUBDISTRICT"),
        )
    )
    for territory in territories:
        AreaLink.objects.create(tree=Tree.LAO_TERRITORY, parent=district, child=territory)
        AreaLink.objects.create(tree=Tree.LAO_TERRITORY, parent=territory, child=subdistrict, whole=False)
    rebuild(Tree.LAO_TERRITORY, [subdistrict.pk, *(territory.pk for territory in territories)])
    assert_closed(Tree.LAO_TERRITORY)
    above = [area.code for area in queries.ancestors(subdistrict, tree=Tree.LAO_TERRITORY)]
    assert (set(above[:2]), above[2:]) == ({"LAO-A", "LAO-B"}, ["5601"])


def test_a_village_may_come_back_to_where_it_was():
    levels = list(a_nation([0] * 16))
    rebuild(Tree.ADMINISTRATIVE, [area.pk for areas in levels for area in areas])
    village, (here, there, *_others) = levels[4][0], levels[3]
    actor = get_user_model().objects.create(username="operator", is_superuser=True)
    for place, day in ((there, DAYS[1]), (here, DAYS[3])):
        services.move_area(area=village, to=place, on=day, actor=actor, at=AT)
    assert_closed()
    where = [queries.ancestors(village, on=day).first() for day in (DAYS[0], DAYS[1], DAYS[2], DAYS[3])]
    assert where == [here, there, there, here]
