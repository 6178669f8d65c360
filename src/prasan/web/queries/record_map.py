"""Where the records of a comparison lie: the districts or subdistricts of the place that holds them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import QuerySet

from prasan.areas.models import Area, AreaClosure, AreaLevel, Tree
from prasan.projects.models import Project
from prasan.publishing.report import MapArea, bottom_of, shapes_of
from prasan.web.queries.maps import EDGE, FEWEST_CELLS, points_of
from prasan.web.wording import place_name

WIDTH, HEIGHT = 360, 300
INNER = {AreaLevel.PROVINCE: AreaLevel.DISTRICT, AreaLevel.DISTRICT: AreaLevel.SUBDISTRICT}
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One place drawn, with the numbers of the records that lie in it ("1, 3"; empty for the others)."""

    name: str
    path: str
    numbers: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RecordMap:
    """A small map of the place around the records; `kind` as in the map of money."""

    title: str
    width: int
    height: int
    spots: list[Spot]
    kind: str

    @property
    def about(self) -> bool:
        """Whether the shapes are only about right."""
        return self.kind != "boundaries"


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """The place of one record, also in its own words, and how far it lies from the first, where both are known."""

    number: int
    name: str
    text: str
    km: float | None


@dataclass(frozen=True, slots=True)
class Where:
    """Where records lie: on a map where one can be drawn, and in words."""

    map: RecordMap | None
    places: list[RecordPlace]


def where(records: Sequence[Project]) -> Where:
    """The map of the records, and the place of each."""
    return Where(record_map(records), record_places(records))


def record_places(records: Sequence[Project]) -> list[RecordPlace]:
    """The place of each record in words, with its distance from the first one."""
    areas = [_area_of(one) for one in records]
    return [
        RecordPlace(n, place_name(area), one.place_text, _km(areas[0], area) if n > 1 else None)
        for n, (one, area) in enumerate(zip(records, areas, strict=True), 1)
    ]


def record_map(records: Sequence[Project]) -> RecordMap | None:
    """The map; None where the records share no district or province, or none has a place."""
    areas = [_area_of(one) for one in records]
    around = _around([area for area in areas if area is not None])
    if around is None:
        return None
    children = _inside(around)
    if len(children) < FEWEST_CELLS:
        return None
    inside = _child_of({area.pk for area in areas if area is not None}, children)
    numbers: dict[int, list[str]] = {}
    for number, area in enumerate(areas, 1):
        if area is not None and area.pk in inside:
            numbers.setdefault(inside[area.pk], []).append(str(number))
    return _drawn(around, children, numbers) if numbers else None


def _drawn(around: Area, children: list[Area], numbers: dict[int, list[str]]) -> RecordMap:
    known = points_of(around, children)
    points = {spot for spots in known.values() for spot in spots}
    cells = len(points) >= max(len(children), FEWEST_CELLS)
    places = [
        MapArea(
            code=child.code,
            name=place_name(child),
            satang=0,
            geometry=child.boundary,
            points=tuple(known[child.code]) if cells else (),
        )
        for child in children
    ]
    drawn = shapes_of(places, around.boundary, left=EDGE, top=EDGE, width=WIDTH - 2 * EDGE, height=HEIGHT - 2 * EDGE)
    by_code = {child.code: ", ".join(numbers.get(child.pk, ())) for child in children}
    kind = "cells" if all(place.points for place in places) else "tiles"
    return RecordMap(
        title=place_name(around),
        width=WIDTH,
        height=round(bottom_of(drawn)) + EDGE,
        spots=[
            Spot(one.area.name, one.path, by_code[one.area.code], round(one.x, 1), round(one.y, 1)) for one in drawn
        ],
        kind="boundaries" if all(place.geometry for place in places) else kind,
    )


def _area_of(project: Project) -> Area | None:
    return project.area or project.owner.area


def _around(areas: Sequence[Area]) -> Area | None:
    """The smallest district or province that holds all of these places."""
    ids = {area.pk for area in areas}
    above: dict[int, set[int]] = {}
    pairs = _closure().filter(descendant__in=ids, ancestor__level__in=tuple(INNER))
    for ancestor, descendant in pairs.values_list("ancestor", "descendant"):
        above.setdefault(ancestor, set()).add(descendant)
    common = Area.objects.filter(pk__in=[pk for pk, held in above.items() if held == ids]).order_by("code")
    return next((area for area in common if area.level == AreaLevel.DISTRICT), None) or common.first()


def _inside(around: Area) -> list[Area]:
    within = _closure().filter(ancestor=around).values("descendant")
    level = INNER[AreaLevel(around.level)]
    return list(Area.objects.filter(pk__in=within, level=level, valid_to=None).order_by("code"))


def _child_of(areas: set[int], children: Sequence[Area]) -> dict[int, int]:
    """For each place the child that holds it (or is it)."""
    pairs = _closure().filter(descendant__in=areas, ancestor__in=[child.pk for child in children])
    return {descendant: ancestor for ancestor, descendant in pairs.values_list("ancestor", "descendant")}


def _closure() -> QuerySet[AreaClosure]:
    return AreaClosure.objects.filter(tree=Tree.ADMINISTRATIVE, valid_to=AreaClosure.FOREVER)


def _km(one: Area | None, other: Area | None) -> float | None:
    """Great-circle distance, km; None where a place has no point of its own or the two are one place."""
    if one is None or other is None or one.pk == other.pk:
        return None
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
