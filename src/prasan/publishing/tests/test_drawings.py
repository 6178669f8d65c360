"""The map: boundaries, cells around points or tiles; a scale that survives grey; Thai drawn right."""

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from prasan.common.svg import svg_text
from prasan.publishing.drawings.map import map_svg
from prasan.publishing.drawings.scale import scale_of, step_for
from prasan.publishing.drawings.shapes import shapes_of
from prasan.publishing.parts import MapArea, ProvinceReport
from prasan.publishing.testing import DISTRICTS, make_areas, make_report

NAMES = {name for _, name in DISTRICTS}


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def brightness(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("kind", ["boundaries", "points", "nothing"])
def test_every_district_is_drawn_and_named_whatever_is_known_of_its_shape(kind: str) -> None:
    areas = make_areas(boundaries=kind == "boundaries")
    if kind == "nothing":
        areas = tuple(replace(area, points=()) for area in areas)
    svg = map_svg(replace(make_report(), areas=areas))
    assert svg.count("<path ") == len(areas)
    written = " ".join(texts(svg))
    assert all(name in written for name in {svg_text(name) for name in NAMES})


def test_one_district_without_a_boundary_turns_the_whole_map_to_tiles() -> None:
    areas = (*make_areas()[:-1], MapArea("4699", "อำเภอใหม่", 1, 100))
    svg = map_svg(replace(make_report(), areas=areas))
    assert svg.count("v78.0") == len(areas)
    assert "อำเภอใหม่" not in svg.replace("อําเภอใหม่", "")


def test_cells_around_points_fill_the_province_without_overlap() -> None:
    outline = {
        "type": "Polygon",
        "coordinates": [[[102.9, 16.1], [104, 16.1], [104, 17.2], [102.9, 17.2], [102.9, 16.1]]],
    }
    report = replace(make_report(), areas=make_areas(boundaries=False), outline=outline)
    drawn = shapes_of(report.areas, report.outline, left=0, top=0, width=600, height=600)
    rings = [[tuple(map(float, p.split(","))) for p in d.path.strip("MZ").split("L")] for d in drawn]
    cells = [shape({"type": "Polygon", "coordinates": [ring]}) for ring in rings]
    whole = cells[0]
    for cell in cells[1:]:
        whole = whole.union(cell)
    assert sum(cell.area for cell in cells) == pytest.approx(whole.area, rel=1e-3)
    xs, ys = whole.bounds[2] - whole.bounds[0], whole.bounds[3] - whole.bounds[1]
    assert whole.area == pytest.approx(xs * ys, rel=1e-2)


def test_cells_that_are_no_boundaries_say_so_and_boundaries_do_not() -> None:
    said = svg_text("ไม่ใช่แนวเขตปกครอง")
    assert said in map_svg(replace(make_report(), areas=make_areas(boundaries=False)))
    assert said not in map_svg(make_report())
    tiles = tuple(replace(area, geometry=None, points=()) for area in make_areas())
    assert said not in map_svg(replace(make_report(), areas=tiles))


def test_without_districts_the_map_says_what_to_do() -> None:
    svg = map_svg(ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", dt.date(2025, 9, 15)))
    assert "prasan load areas" in svg


@given(st.lists(st.integers(0, 10**15), max_size=60))
def test_every_amount_has_its_class_and_more_baht_is_never_lighter(amounts: list[int]) -> None:
    scale = scale_of(amounts)
    assert len(scale) <= 5
    for amount in amounts:
        assert (step_for(scale, amount) is None) == (amount <= 0)
    greys = [brightness(step.fill) for step in scale]
    assert all(darker < lighter - 20 for lighter, darker in pairwise(greys))
    for step in scale:
        contrast = abs(brightness(step.fill) - brightness(step.ink))
        assert contrast > 85


def test_thai_is_taken_apart_where_renderers_draw_it_wrongly() -> None:
    assert svg_text("น้ำ จำนวน <&>") == "น\u0e4d\u0e49\u0e32 จ\u0e4d\u0e32นวน &lt;&amp;&gt;"
    assert "\u0e33" not in map_svg(make_report())


def test_the_map_carries_no_style_element_and_no_script() -> None:
    svg = map_svg(make_report())
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", svg)
