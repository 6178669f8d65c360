"""The shapes of districts on paper: boundaries as given, cells around points, or tiles when nothing is known."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import box, shape
from shapely.ops import polylabel, unary_union

from prasan.publishing.parts import MapArea

_TILE = 78.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area on the sheet: its outline as an SVG path, where its name stands, and how wide it is there."""

    area: MapArea
    path: str
    x: float
    y: float
    width: float


def about(areas: Sequence[MapArea]) -> bool:
    """Whether the shapes are only about right: cells around points, which a reader could take for boundaries."""
    return bool(areas) and not all(area.geometry for area in areas) and all(area.points for area in areas)


def shapes_of(
    areas: Sequence[MapArea],
    outline: Mapping[str, Any] | None = None,
    *,
    left: float,
    top: float,
    width: float,
    height: float,
) -> list[Drawn]:
    """Lay areas into a frame, within the outline of what holds them (GeoJSON geometry).

    The first kind of shape that all of them have is used: boundaries, cells around points, tiles.
    """
    land = shape(dict(outline)) if outline else None
    geometries: list[Any]
    if all(area.geometry for area in areas):
        geometries = [shapely.make_valid(shape(dict(area.geometry or {}))) for area in areas]
    elif about(areas):
        geometries = _cells(areas, land)
    else:
        return _tiles(areas, left, top, width)
    return _projected(areas, geometries, left, top, width, height)


def bottom_of(shapes: Sequence[Drawn]) -> float:
    """Find the lowest line drawn: the paths hold only absolute points, or one tile; 0 when nothing is drawn."""
    lowest = 0.0
    for drawn in shapes:
        numbers = drawn.path.replace("M", "L").replace("Z", "").split("L")
        for pair in (number for number in numbers if "," in number):
            y = pair.split(",")[1]
            lowest = max(lowest, float(y.split("h")[0]) + _TILE if "h" in y else float(y))
    return lowest


def _cells(areas: Sequence[MapArea], outline: Any) -> list[Any]:
    """Give each area what lies nearer to its points than to others' (Voronoi), clipped to the province."""
    points = [point for area in areas for point in area.points]
    owners = [n for n, area in enumerate(areas) for _ in area.points]
    land: Any = outline or shapely.buffer(shapely.convex_hull(shapely.multipoints(points)), 0.08)
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=box(*land.bounds), ordered=False)
    tree = shapely.STRtree(shapely.points(points))
    shares: list[list[Any]] = [[] for _ in areas]
    for cell in cells.geoms:
        inside = tree.query(cell, predicate="covers")
        if len(inside):
            shares[owners[min(inside)]].append(cell)
    return [shapely.intersection(unary_union(share), land) for share in shares]


def _projected(
    areas: Sequence[MapArea], geometries: Sequence[Any], left: float, top: float, width: float, height: float
) -> list[Drawn]:
    """Bring degrees to the sheet, with a degree of longitude as short as it is at this latitude."""
    west, south, east, north = unary_union(list(geometries)).bounds
    shrink = math.cos(math.radians((south + north) / 2))
    factor = min(width / max((east - west) * shrink, 1e-6), height / max(north - south, 1e-6))
    move_x = left + (width - (east - west) * shrink * factor) / 2
    placed = [
        shapely.transform(
            geometry,
            lambda xy: shapely.get_coordinates(
                shapely.points((xy[:, 0] - west) * shrink * factor + move_x, (north - xy[:, 1]) * factor + top)
            ),
        )
        for geometry in geometries
    ]
    return [_drawn(area, geometry) for area, geometry in zip(areas, placed, strict=True)]


def _drawn(area: MapArea, geometry: Any) -> Drawn:
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    if not polygons:
        return Drawn(area, "", 0, 0, 0)
    largest = max(polygons, key=lambda part: part.area)
    middle = polylabel(largest, tolerance=2)
    # A name and a line under it must both have room.
    rows = [((largest.bounds[0], middle.y + dy), (largest.bounds[2], middle.y + dy)) for dy in (-4, 14)]
    across = min(shapely.intersection(largest, shapely.linestrings(row)).length for row in rows)
    return Drawn(area, "".join(map(_path, polygons)), middle.x, middle.y, across)


def _path(polygon: Any) -> str:
    rings = (polygon.exterior, *polygon.interiors)
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)


def _tiles(areas: Sequence[MapArea], left: float, top: float, width: float) -> list[Drawn]:
    """Give every area one equal tile, in the order given."""
    columns = min(len(areas), max(2, math.ceil(math.sqrt(len(areas)))), 6)
    side, tall, gap = (width - (columns - 1) * 8) / columns, _TILE, 8.0
    drawn = []
    for n, area in enumerate(areas):
        x, y = left + n % columns * (side + gap), top + n // columns * (tall + gap)
        path = f"M{x:.1f},{y:.1f}h{side:.1f}v{tall:.1f}h{-side:.1f}Z"
        drawn.append(Drawn(area, path, x + side / 2, y + tall / 2, side))
    return drawn
