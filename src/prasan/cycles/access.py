"""Who may open a cycle, write a province's own system, and share a body's calendar."""

import datetime as dt

from django.db.models import QuerySet

from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaLevel

# The calendar binds every level below, so it is opened where the year is run: the province and above.
OPENING_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE, BodyKind.CLUSTER_COMMITTEE, BodyKind.MINISTRY)
SYSTEM_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE)
OPENING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY, Role.CHAIR)


def can_open_cycle(actor: User, *, on: dt.date) -> bool:
    """The operator, or whoever holds a planning role at the province or above on that day."""
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    return accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=OPENING_BODIES).exists()


def can_write_system(actor: User, *, area: Area | None, on: dt.date) -> bool:
    """The operator, or a planning role of the province itself; nobody else's, and never what is shipped."""
    if not actor.is_active or actor.pk is None or area is None:
        return False
    if actor.is_superuser:
        return True
    mine = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=SYSTEM_BODIES)
    return mine.filter(body__area=area).exists()


def own_provinces(actor: User, *, on: dt.date) -> QuerySet[Area]:
    """The provinces whose systems a person may write; the operator writes for every province."""
    if not actor.is_active or actor.pk is None:
        return Area.objects.none()
    provinces = Area.objects.filter(level=AreaLevel.PROVINCE).order_by("sort_key")
    if actor.is_superuser:
        return provinces
    mine = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=SYSTEM_BODIES)
    return provinces.filter(pk__in=mine.values("body__area"))


def can_share_calendar(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever holds any role in the body on that day, and the operator."""
    return accounts.holds(actor, body=body, roles=Role.values, on=on)
