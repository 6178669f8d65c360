"""Who may do which act with a need."""

import datetime as dt

from django.db.models import Q

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area
from prasan.needs.models import Need
from prasan.needs.places import ids_above

COMMUNITY_ROLES = (Role.VILLAGE_HEAD, Role.VILLAGE_SECRETARY, Role.CHAIR, Role.SECRETARY)
SUPPORT_ROLES = (Role.PLAN_ANALYST,)
SUPPORT_KINDS = (BodyKind.SAO, BodyKind.MUNICIPALITY, BodyKind.SPECIAL_LAO, BodyKind.DISTRICT)
"""R52: the LAO supports the forum and the district collects; both may write for the community."""


def can_record_need(actor: User, *, body: Body, area: Area, on: dt.date) -> bool:
    """The community's own officers, or a plan analyst of the LAO or district its place lies in (R52)."""
    return can_withdraw_need(actor, body=body, on=on) or _supports(actor, area=area, body=body, on=on)


def can_classify_need(actor: User, *, need: Need, on: dt.date) -> bool:
    """Whoever may record for the community may say what it does itself (R33)."""
    return can_record_need(actor, body=need.body, area=need.area, on=on)


def can_merge_needs(actor: User, *, need: Need, into: Need, on: dt.date) -> bool:
    """Only somebody who may act for both: a village cannot merge its neighbour's request away."""
    return all(can_record_need(actor, body=n.body, area=n.area, on=on) for n in (need, into))


def can_withdraw_need(actor: User, *, body: Body, on: dt.date) -> bool:
    """Only the community that asked may withdraw."""
    return holds(actor, body=body, roles=COMMUNITY_ROLES, on=on)


def _supports(actor: User, *, area: Area, body: Body, on: dt.date) -> bool:
    supporting = Body.objects.filter(
        Q(area=area) | Q(area__in=ids_above(area.pk)), kind__in=SUPPORT_KINDS, memberships__user=actor
    ).distinct()
    own = [body] if body.kind in SUPPORT_KINDS else []
    return any(holds(actor, body=b, roles=SUPPORT_ROLES, on=on) for b in [*own, *supporting])
