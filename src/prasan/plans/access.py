"""Who may make, change, submit and return a plan."""

import datetime as dt

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.needs import access as needs_access
from prasan.needs.queries import lies_within
from prasan.projects import access as projects_access

ABOVE_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY, Role.CHAIR)


def can_compile(actor: User, *, body: Body, on: dt.date) -> bool:
    """The body's planning officers or the office that writes for it; for a village also its LAO or district (R52)."""
    if projects_access.acts_for(actor, body=body, on=on):
        return True
    return (
        body.kind == BodyKind.VILLAGE_COMMITTEE
        and body.area is not None
        and needs_access.can_record_need(actor, body=body, area=body.area, on=on)
    )


def can_edit(actor: User, *, body: Body, on: dt.date) -> bool:
    """Items and their order belong to the body whose plan it is."""
    return projects_access.acts_for(actor, body=body, on=on)


def can_submit(actor: User, *, body: Body, on: dt.date) -> bool:
    """Only the body whose plan it is submits it."""
    return projects_access.acts_for(actor, body=body, on=on)


def can_return(actor: User, *, body: Body, on: dt.date) -> bool:
    """A district or provincial body over the maker, never the maker itself."""
    if actor.is_superuser and actor.is_active:
        return True
    above = (
        Body.objects.filter(kind__in=projects_access.INTEGRATING_KINDS, memberships__user=actor)
        .exclude(area=body.area)
        .select_related("area")
        .distinct()
    )
    return any(
        b.area is not None
        and body.area is not None
        and lies_within(body.area, b.area)
        and holds(actor, body=b, roles=ABOVE_ROLES, on=on)
        for b in above
    )


def can_check(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever compiles the plan, and the level above it."""
    return can_compile(actor, body=body, on=on) or can_return(actor, body=body, on=on)


def can_answer_finding(actor: User, *, body: Body, on: dt.date) -> bool:
    """Only the body whose plan it is answers for it."""
    return projects_access.acts_for(actor, body=body, on=on)


def can_decide_finding(actor: User, *, body: Body, on: dt.date) -> bool:
    """The level above decides, never the maker itself; the makers of the province's own plan are above nobody."""
    return can_return(actor, body=body, on=on)
