"""The map of a place: cells around points, tiles where nothing is known, shades by money."""

import re

import pytest
from django.test import Client

from prasan.areas.models import Area, AreaClosure, AreaLevel, AreaLink, Tree
from prasan.areas.queries import area_by_code
from prasan.web.queries.maps import MoneyMap, money_map
from prasan.web.queries.places import Child
from prasan.web.tests.conftest import Stage

BAHT = 100


def children_of(code: str) -> list[Child]:
    links = AreaLink.objects.filter(parent__code=code, child__level=AreaLevel.DISTRICT).order_by("child__code")
    return [Child(link.child, 0, 1, n * 1_000_000 * BAHT) for n, link in enumerate(links.select_related("child"))]


def drawn(code: str) -> MoneyMap:
    area = area_by_code(code)
    assert area is not None
    found = money_map(area, children_of(code))
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def more_districts(stage: Stage) -> None:
    """Six districts in all, one with a name too long for its cell or tile."""
    names = ("จุน", "ดอกคำใต้", "ปง", "เฉลิมพระเกียรติสมเด็จย่าเจ้า")
    for number, name in enumerate(names, start=11):
        district = Area.objects.create(code=f"56{number}", level=AreaLevel.DISTRICT, name_th=name, sort_key=name)
        AreaLink.objects.create(tree=Tree.ADMINISTRATIVE, parent=stage.cast.province, child=district)
        AreaClosure.objects.create(tree=Tree.ADMINISTRATIVE, ancestor=stage.cast.province, descendant=district, depth=1)


def with_points(code: str) -> None:
    for n, area in enumerate(Area.objects.filter(code__startswith=code, level=AreaLevel.DISTRICT)):
        area.longitude, area.latitude = 99.8 + n % 3 / 5, 19 + n // 3 / 5
        area.save()


def test_districts_with_points_become_cells_and_money_darkens_them(stage: Stage) -> None:
    with_points("56")
    found = drawn("56")
    assert found.kind == "cells"
    by_money = sorted(found.shapes, key=lambda shape: shape.satang)
    assert by_money[0].shade == 0
    assert [shape.shade for shape in by_money] == sorted(shape.shade for shape in by_money)
    assert by_money[-1].shade == 5
    assert all(shape.path.startswith("M") for shape in found.shapes)


def test_districts_without_points_become_tiles_and_the_page_says_so(stage: Stage, client: Client) -> None:
    assert drawn("56").kind == "tiles"
    page = client.get("/areas/56/").content.decode()
    assert "วาดเป็นช่องเท่ากัน" in page


def test_one_point_missing_makes_tiles_of_all(stage: Stage) -> None:
    with_points("56")
    Area.objects.filter(code="5601").update(longitude=None)
    assert drawn("56").kind == "tiles"


def test_points_that_fall_together_make_no_cells(stage: Stage) -> None:
    Area.objects.filter(code__startswith="56", level=AreaLevel.DISTRICT).update(longitude=99.9, latitude=19.1)
    assert drawn("56").kind == "tiles"


def test_the_legend_tells_which_shade_every_amount_has(stage: Stage) -> None:
    found = drawn("56")
    for shape in found.shapes:
        told = [shade for shade, above, limit in found.steps if above < shape.satang <= limit]
        assert told == ([shape.shade] if shape.satang else [])


def test_every_place_is_named_on_the_map_or_beside_it(stage: Stage) -> None:
    found = drawn("56")
    assert found.numbered
    beside = [shape.mark for shape in found.numbered]
    assert beside == [str(n + 1) for n in range(len(beside))]
    assert {s.mark for s in found.shapes if not s.numbered} | {s.area.name_th for s in found.numbered} == {
        child.area.name_th for child in children_of("56")
    }


def test_every_shape_leads_to_its_place_and_says_it_in_words(stage: Stage, client: Client) -> None:
    with_points("56")
    page = client.get("/areas/56/").content.decode()
    drawing = page[page.index('<svg class="map"') : page.index("</svg>", page.index('<svg class="map"'))]
    led = re.findall(r'<a href="/areas/(\d+)/" aria-label="([^"]+ ล้านบาท)"', drawing)
    assert [code for code, _ in led] == [
        link.area.code for link in sorted(children_of("56"), key=lambda c: c.area.sort_key)
    ]


def test_villages_are_listed_not_drawn(stage: Stage, client: Client) -> None:
    page = client.get(f"/areas/{stage.cast.tambon.code}/").content.decode()
    assert f'href="/areas/{stage.cast.village.code}/"' in page
    assert '<svg class="map"' not in page
