"""Which places lie in which, across the trees: a village lies in its tambon, and that in an LAO's territory."""

from typing import Any

from django.db.models import QuerySet

from prasan.areas.models import Area, AreaClosure, AreaLevel

NO_PROVINCE = "00"
"""Stands for the province in the code of a record that belongs to no single province."""

WIDER_THAN_A_PROVINCE = (AreaLevel.COUNTRY, AreaLevel.CLUSTER)

Ids = QuerySet[AreaClosure, Any]


def ids_above(area_id: int | None) -> Ids:
    """Ids of the places an area lies in now, itself included if it is in a tree.

    Two steps, each in any tree: administrative up to the tambon, then the territory that covers it.
    """
    now = AreaClosure.objects.filter(valid_to=AreaClosure.FOREVER)
    return now.filter(descendant__in=now.filter(descendant=area_id).values("ancestor")).values("ancestor")


def ids_within(area_id: int | None) -> Ids:
    """Ids of the places that lie in an area now, itself included if it is in a tree."""
    now = AreaClosure.objects.filter(valid_to=AreaClosure.FOREVER)
    return now.filter(ancestor__in=now.filter(ancestor=area_id).values("descendant")).values("descendant")


def lies_within(inner: Area, outer: Area) -> bool:
    """Whether `inner` is `outer` or lies within it, also through an LAO's territory or a cluster."""
    return inner.pk == outer.pk or ids_above(inner.pk).filter(ancestor=outer).exists()


def province_code_of(area: Area | None) -> str:
    """The two-digit province an area lies in; "00" for the country, a cluster or no area at all."""
    if area is None or area.level in WIDER_THAN_A_PROVINCE:
        return NO_PROVINCE
    if area.level != AreaLevel.LAO_TERRITORY and area.code[:2].isdigit():
        return area.code[:2]
    above = ids_above(area.pk).filter(ancestor__level=AreaLevel.PROVINCE)
    return above.order_by("ancestor__code").values_list("ancestor__code", flat=True).first() or NO_PROVINCE
