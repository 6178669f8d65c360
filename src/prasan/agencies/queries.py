"""Reads of bodies: by kind and place, of a province, covering a subdistrict."""

from django.db.models import Q, QuerySet

from prasan.agencies.models import LAO_KINDS, Body
from prasan.areas.models import Area, AreaLevel, Tree


def body_of(kind: str, area_code: str) -> Body | None:
    """The body of a kind at a place; for a local government also the one that covers the whole subdistrict."""
    body = Body.objects.filter(kind=kind, area__code=area_code, valid_to__isnull=True).first()
    if body is None and kind in LAO_KINDS:
        body = covering(area_code).filter(kind=kind).first()
    return body


def covering(subdistrict_code: str) -> QuerySet[Body]:
    """Local governments whose territory covers a subdistrict wholly; by code."""
    return Body.objects.filter(
        area__level=AreaLevel.LAO_TERRITORY,
        area__child_links__child__code=subdistrict_code,
        area__child_links__tree=Tree.LAO_TERRITORY,
        area__child_links__whole=True,
        area__child_links__valid_to__isnull=True,
        valid_to__isnull=True,
    ).order_by("code")


def bodies_of_province(province_code: str) -> QuerySet[Body]:
    """Bodies whose place lies in a province, local governments by the district they sit in; by code."""
    territories = Area.objects.filter(
        level=AreaLevel.LAO_TERRITORY, parent_links__parent__code__startswith=province_code
    )
    return Body.objects.filter(Q(area__code__startswith=province_code) | Q(area__in=territories.values("pk"))).order_by(
        "code"
    )


def district_code_of(body: Body) -> str:
    """The code of the district a body lies in (a local government: its seat); empty above the district."""
    if body.area is None:
        return ""
    if body.area.level == AreaLevel.LAO_TERRITORY:
        codes = Area.objects.filter(
            level=AreaLevel.DISTRICT, child_links__child=body.area, child_links__tree=Tree.LAO_TERRITORY
        )
        return codes.values_list("code", flat=True).order_by("code").first() or ""
    return body.area.code[:4] if len(body.area.code) >= 4 and body.area.code[:4].isdigit() else ""


def province_code_of(body: Body) -> str:
    """The code of the province a body lies in; empty for a national body."""
    if body.area is None:
        return ""
    if body.area.level == AreaLevel.LAO_TERRITORY:
        parents = Area.objects.filter(child_links__child=body.area, child_links__tree=Tree.LAO_TERRITORY)
        return (parents.values_list("code", flat=True).order_by("code").first() or "")[:2]
    return body.area.code[:2] if body.area.code[:2].isdigit() else ""
