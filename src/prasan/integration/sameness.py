"""Which projects are the same by decision: the families that SAME decisions make, and how one is brought together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from prasan.integration.models import Pair, PairDecision

Edge = tuple[int, int]


def same_as(project: int) -> set[int]:
    """The project and all that standing SAME decisions make one with it, directly or by a chain."""
    family, frontier = {project}, {project}
    while frontier:
        same = Pair.objects.filter(Q(first__in=frontier) | Q(second__in=frontier), decision=PairDecision.SAME)
        frontier = {pk for edge in same.values_list("first", "second") for pk in edge} - family
        family |= frontier
    return family


def families(edges: Iterable[Edge]) -> list[set[int]]:
    """The projects of these pairs, those connected together, in the order of their lowest id."""
    neighbours = _neighbours(edges)
    found: list[set[int]] = []
    seen: set[int] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        family = set(_distances(neighbours, start))
        seen |= family
        found.append(family)
    return found


def order_of_merging(edges: Sequence[Edge], kept: int) -> list[tuple[Edge, int]]:
    """Pairs in the order that brings a family together, with the project each keeps.

    The farthest from `kept` are merged first, each into its neighbour on the way; pairs that close a ring come last
    and merge nothing more. Every pair must be connected with `kept`.
    """
    neighbours = _neighbours(edges)
    distance = _distances(neighbours, kept)
    branches: dict[Edge, int] = {}
    for project in sorted(distance, key=lambda pk: (-distance[pk], pk)):
        if project == kept:
            continue
        nearer = min(
            (n for n in neighbours[project] if distance[n] < distance[project]), key=lambda n: (distance[n], n)
        )
        branches[_edge(project, nearer)] = nearer
    rings = [edge for edge in edges if _edge(*edge) not in branches]
    return [*branches.items(), *((edge, min(edge, key=lambda pk: (distance[pk], pk))) for edge in rings)]


def _edge(a: int, b: int) -> Edge:
    return min(a, b), max(a, b)


def _neighbours(edges: Iterable[Edge]) -> dict[int, set[int]]:
    neighbours: dict[int, set[int]] = defaultdict(set)
    for first, second in edges:
        neighbours[first].add(second)
        neighbours[second].add(first)
    return neighbours


def _distances(neighbours: Mapping[int, set[int]], start: int) -> dict[int, int]:
    distance, frontier = {start: 0}, [start]
    for project in frontier:
        for other in sorted(neighbours.get(project, ())):
            if other not in distance:
                distance[other] = distance[project] + 1
                frontier.append(other)
    return distance
