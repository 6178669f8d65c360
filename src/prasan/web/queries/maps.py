"""A place's map coloured by money, from the outlines that were loaded with the register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from prasan.areas.models import Area
from prasan.web.queries.places import Child

WIDTH = 640.0
SHADES = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One place drawn: an SVG path, its shade 0 (nothing) to 5, and where to write its number."""

    area: Area
    path: str
    shade: int
    satang: int


@dataclass(frozen=True, slots=True)
class MoneyMap:
    """A map ready to be drawn; `bounds` are the lowest amounts of the shades 1 to 5 in use."""

    width: int
    height: int
    shapes: list[Shape]
    bounds: list[tuple[int, int, int]]  # shade, from, to (satang, both inclusive)


def money_map(children: Sequence[Child]) -> MoneyMap | None:
    """The map of places directly within one; None where no outline was loaded."""
    drawn = [child for child in children if child.area.boundary]
    if not drawn:
        return None
    points = [point for child in drawn for ring in rings(child.area.boundary) for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # A degree of longitude is shorter than one of latitude away from the equator.
    squeeze = cos(radians((south + north) / 2))
    scale = WIDTH / max((east - west) * squeeze, 1e-9)
    shade_of, bounds = shades([child.satang for child in drawn])

    def path(boundary: Any) -> str:
        parts = []
        for ring in rings(boundary):
            spots = [f"{(x - west) * squeeze * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring]
            parts.append(f"M{'L'.join(spots)}Z")
        return "".join(parts)

    shapes = [Shape(c.area, path(c.area.boundary), shade_of[c.satang], c.satang) for c in drawn]
    return MoneyMap(round(WIDTH), max(1, round((north - south) * scale)), shapes, bounds)


def rings(geometry: Any) -> Iterator[list[tuple[float, float]]]:
    """The outlines of a GeoJSON Polygon or MultiPolygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(x, y) for x, y, *_ in ring]


def shades(amounts: Sequence[int]) -> tuple[dict[int, int], list[tuple[int, int, int]]]:
    """A shade for each amount: 0 for nothing, then 1 to 5 with about as many places in each."""
    asked = sorted({amount for amount in amounts if amount > 0})
    shade_of = {amount: 0 for amount in amounts if amount <= 0}
    groups: dict[int, list[int]] = {}
    for position, amount in enumerate(asked):
        shade = 1 + position * SHADES // len(asked) if len(asked) >= SHADES else SHADES - len(asked) + 1 + position
        shade_of[amount] = shade
        groups.setdefault(shade, []).append(amount)
    return shade_of, [(shade, min(found), max(found)) for shade, found in sorted(groups.items())]
