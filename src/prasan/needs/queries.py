"""Reads about needs that pages and later rooms ask for."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from prasan.areas.models import Area
from prasan.needs.models import Need
from prasan.needs.places import ids_above, ids_within, lies_within, province_code_of

__all__ = [
    "canonical_ids",
    "ids_above",
    "ids_within",
    "lies_within",
    "merged_family",
    "needs_within",
    "province_code_of",
    "standing_needs",
]


def needs_within(area: Area) -> Q:
    """A condition on needs: those of the area and of every place within it, in any tree."""
    return Q(area=area) | Q(area__in=ids_within(area.pk))


def standing_needs(*, area: Area | None = None, fiscal_year: int | None = None) -> QuerySet[Need]:
    """Needs that are neither merged into another nor withdrawn, in code order, ready for a page."""
    needs = Need.objects.filter(merged_into=None, withdrawn_at=None)
    if area is not None:
        needs = needs.filter(needs_within(area))
    if fiscal_year is not None:
        needs = needs.filter(fiscal_year=fiscal_year)
    return needs.select_related("area", "body", "forum").order_by("code")


def canonical_ids(need_ids: Iterable[int]) -> dict[int, int]:
    """For each need the one that stands for it after merges; one query per length of a chain."""
    standing = {pk: pk for pk in need_ids}
    frontier = set(standing)
    while frontier:
        step = dict(Need.objects.filter(pk__in=frontier, merged_into__isnull=False).values_list("pk", "merged_into"))
        for pk, at in standing.items():
            standing[pk] = step.get(at, at) or at
        frontier = {target for target in step.values() if target is not None}
    return standing


def merged_family(need: Need) -> list[int]:
    """The need and every need that was merged into it, directly or by a chain."""
    family = [need.pk]
    frontier = [need.pk]
    while frontier:
        frontier = list(Need.objects.filter(merged_into__in=frontier).order_by("pk").values_list("pk", flat=True))
        family += frontier
    return family
