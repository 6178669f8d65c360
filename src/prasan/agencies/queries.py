"""Reads of bodies: by kind and place, of a province, covering a subdistrict."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.areas.models import Area, AreaLevel, AreaLink, Tree

SECRETARIATS = {
    BodyKind.DISTRICT_COMMITTEE: BodyKind.DISTRICT,
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE: BodyKind.DISTRICT,
    BodyKind.PROVINCIAL_COMMITTEE: BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE: BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_BOARD: BodyKind.PROVINCE,
}
"""A committee has no desk of its own: the office of the same place writes for it."""


def desk_of(committee: Body) -> Body:
    """The office that writes for a committee; the committee itself where it has none."""
    kind = SECRETARIATS.get(BodyKind(committee.kind))
    if kind is None or committee.area_id is None:
        return committee
    return Body.objects.filter(kind=kind, area=committee.area_id).order_by("pk").first() or committee


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
    return province_codes_of([body])[body.pk]


def province_codes_of(bodies: Collection[Body]) -> dict[int, str]:
    """The same for many bodies in one query, by body id; take the bodies with `select_related("area")`."""
    territories = [body.area_id for body in bodies if body.area and body.area.level == AreaLevel.LAO_TERRITORY]
    above: dict[int, str] = {}
    if territories:
        links = AreaLink.objects.filter(tree=Tree.LAO_TERRITORY, child_id__in=territories)
        above = dict(links.order_by("-parent__code").values_list("child_id", "parent__code"))
    codes = {body.pk: above.get(body.area_id or 0, body.area.code if body.area else "")[:2] for body in bodies}
    return {pk: code if code.isdigit() else "" for pk, code in codes.items()}
