"""Projects that pairs connect: A is like B, and B is like C, so the three are looked at together."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan.integration.models import Pair, PairDecision

LARGEST = 12
"""How many projects are looked at together at most: more columns nobody compares."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The ids of projects connected by open pairs or by SAME decisions; `cut` where more are connected."""

    projects: tuple[int, ...]
    cut: bool


def cluster_of(pair: Pair) -> Cluster:
    """The projects connected with a pair, its own two first, then the nearest; one query per step away."""
    found = [pair.first_id, pair.second_id]
    frontier: Collection[int] = set(found)
    while frontier:
        near = _connected().filter(Q(first__in=frontier) | Q(second__in=frontier)).order_by("-probability", "pk")
        edges = near.values_list("first", "second")[: LARGEST * LARGEST]
        reached = list(dict.fromkeys(pk for edge in edges for pk in edge if pk not in found))
        found += reached
        if len(found) > LARGEST:
            return Cluster(tuple(found[:LARGEST]), cut=True)
        frontier = set(reached)
    return Cluster(tuple(found), cut=False)


def pairs_among(projects: Collection[int]) -> QuerySet[Pair]:
    """Every pair of two of these projects, decided or not, the most likely first; the projects are not read again."""
    among = Pair.objects.filter(first__in=projects, second__in=projects)
    return among.select_related("decided_by").order_by("-probability", "pk")


def _connected() -> QuerySet[Pair]:
    return Pair.objects.filter(Q(is_open=True) | Q(decision=PairDecision.SAME))
