"""A place's map coloured by money, laid out by the drawing of the reports; colours are the page's own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from prasan.areas.models import Area, AreaLevel
from prasan.common.money import format_million
from prasan.common.svg import text_width
from prasan.publishing.report import Drawn, MapArea, Step, bottom_of, scale_of, shapes_of, step_for
from prasan.web.queries.amounts import within
from prasan.web.queries.places import Child
from prasan.web.wording import name_of

WIDTH, HEIGHT, EDGE = 400, 420, 4
LETTERS = 13.0
ROOM = 0.92  # of the width a name may take
FEWEST_CELLS = 2
DRAWN_LEVELS = (AreaLevel.DISTRICT, AreaLevel.SUBDISTRICT)


@dataclass(frozen=True, slots=True)
class Shape:
    """One place drawn: an SVG path, its shade 0 (nothing) to 5, and what is written on it where."""

    area: Area
    path: str
    shade: int
    satang: int
    mark: str
    amount: str  # in million baht; empty where the place has only room for its number
    x: float
    y: float

    @property
    def numbered(self) -> bool:
        """Whether the place is too small for its name, so that a list beside the map gives it."""
        return self.mark.isdecimal()


@dataclass(frozen=True, slots=True)
class MoneyMap:
    """A map ready to be drawn; the steps say from and to how many satang a shade goes."""

    width: int
    height: int
    shapes: list[Shape]
    steps: list[tuple[int, int, int]]  # shade, above, up to
    kind: str  # "boundaries", "cells" around points, or "tiles", which say nothing about where a place lies

    @property
    def numbered(self) -> list[Shape]:
        """The places too small for their name, in the order of their numbers."""
        return [shape for shape in self.shapes if shape.numbered]

    @property
    def tiles(self) -> bool:
        return self.kind == "tiles"

    @property
    def cells(self) -> bool:
        return self.kind == "cells"


def money_map(area: Area, children: Sequence[Child]) -> MoneyMap | None:
    """The map of the districts or subdistricts directly within a place; None where it has neither, or no money."""
    if not any(child.satang for child in children) or children[0].area.level not in DRAWN_LEVELS:
        return None
    known = points_of(area, [child.area for child in children])
    points = {spot for spots in known.values() for spot in spots}
    # Points that fall together, or one alone, make no cells: tiles are honest then.
    cells = len(points) >= max(len(children), FEWEST_CELLS)
    places = [
        MapArea(
            code=child.area.code,
            name=name_of(child.area),
            satang=child.satang,
            geometry=child.area.boundary,
            points=tuple(known[child.area.code]) if cells else (),
        )
        for child in children
    ]
    frame = {"left": EDGE, "top": EDGE, "width": WIDTH - 2 * EDGE, "height": HEIGHT - 2 * EDGE}
    drawn = shapes_of(places, area.boundary, **frame)
    scale = scale_of([place.satang for place in places])
    kind = "cells" if all(place.points for place in places) else "tiles"
    if all(place.geometry for place in places):
        kind = "boundaries"
    limits = [0, *(step.limit for step in scale)]
    return MoneyMap(
        width=WIDTH,
        height=round(bottom_of(drawn)) + EDGE,
        shapes=_written(drawn, {child.area.code: child.area for child in children}, scale),
        steps=[(step.shade, below, step.limit) for below, step in zip(limits, scale, strict=False)],
        kind=kind,
    )


def _written(drawn: Sequence[Drawn], areas: dict[str, Area], scale: Sequence[Step]) -> list[Shape]:
    """Names where they have room, numbers in the order of the places where they have not."""
    shapes: list[Shape] = []
    for one in drawn:
        step = step_for(scale, one.area.satang)
        fits = text_width(one.area.name, LETTERS) < ROOM * one.width
        mark = one.area.name if fits else str(sum(shape.numbered for shape in shapes) + 1)
        shapes.append(
            Shape(
                area=areas[one.area.code],
                path=one.path,
                shade=step.shade if step else 0,
                satang=one.area.satang,
                mark=mark,
                amount=format_million(one.area.satang, decimals=1) if fits and one.area.satang else "",
                x=round(one.x, 1),
                y=round(one.y, 1),
            )
        )
    return shapes


def points_of(area: Area, children: Sequence[Area]) -> dict[str, list[tuple[float, float]]]:
    """Where each child's own subdivisions lie (longitude, latitude), or where it lies itself when they are unknown."""
    digits = len(children[0].code)
    spots = Area.objects.filter(pk__in=within(area.pk), longitude__isnull=False, latitude__isnull=False, valid_to=None)
    own: dict[str, list[tuple[float, float]]] = defaultdict(list)
    inner: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for code, x, y in spots.order_by("code").values_list("code", "longitude", "latitude"):
        if x is not None and y is not None and len(code) >= digits:
            (own if len(code) == digits else inner)[code[:digits]].append((x, y))
    return {child.code: inner[child.code] or own[child.code] for child in children}
