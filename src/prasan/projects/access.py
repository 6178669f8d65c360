"""Who may do which act with a project."""

import datetime as dt

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import SECRETARIATS
from prasan.needs import access as needs_access
from prasan.needs.models import Need
from prasan.needs.queries import ids_above
from prasan.projects.models import Project

OFFICER_ROLES = (
    Role.PLAN_ANALYST,
    Role.SECRETARY,
    Role.VILLAGE_HEAD,
    Role.VILLAGE_SECRETARY,
    Role.AGENCY_FOCAL_POINT,
)
AGENCY_KINDS = (BodyKind.PROVINCIAL_OFFICE, BodyKind.DEPARTMENT, BodyKind.MINISTRY, BodyKind.OTHER)
INTEGRATING_KINDS = (
    BodyKind.DISTRICT,
    BodyKind.DISTRICT_COMMITTEE,
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE,
    BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_COMMITTEE,
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE,
)
INTEGRATING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY)


def acts_for(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whether somebody works for a body with plans in hand, or for the office that writes for a committee."""
    if holds(actor, body=body, roles=OFFICER_ROLES, on=on):
        return True
    office = SECRETARIATS.get(BodyKind(body.kind))
    if office is None or body.area_id is None:
        return False
    offices = Body.objects.filter(kind=office, area=body.area_id)
    return any(holds(actor, body=b, roles=(Role.PLAN_ANALYST,), on=on) for b in offices)


def can_record_project(actor: User, *, owner: Body, on: dt.date) -> bool:
    """The owner's officers; the province's plan analyst also for agencies, whose lists it collects (R29)."""
    if acts_for(actor, body=owner, on=on):
        return True
    if owner.kind not in AGENCY_KINDS:
        return False
    provinces = Body.objects.filter(kind=BodyKind.PROVINCE, memberships__user=actor).distinct()
    return any(holds(actor, body=b, roles=(Role.PLAN_ANALYST,), on=on) for b in provinces)


def can_revise_project(actor: User, *, project: Project, on: dt.date) -> bool:
    """Whoever may record for the owner; a higher level recommends, it does not rewrite (R49)."""
    return can_record_project(actor, owner=project.owner, on=on)


def can_take_up_needs(actor: User, *, project: Project, on: dt.date) -> bool:
    """The officers of the body whose project answers."""
    return acts_for(actor, body=project.owner, on=on)


def can_propose_from_need(actor: User, *, need: Need, on: dt.date) -> bool:
    """The community, or whoever may write for it."""
    return needs_access.can_record_need(actor, body=need.body, area=need.area, on=on)


def can_merge_projects(actor: User, *, project: Project, into: Project, on: dt.date) -> bool:
    """Officers of both owners, or of a district or provincial body over both (R31)."""
    if all(acts_for(actor, body=p.owner, on=on) for p in (project, into)):
        return True
    return any(
        holds(actor, body=body, roles=INTEGRATING_ROLES, on=on) and all(lies_over(body, p) for p in (project, into))
        for body in Body.objects.filter(kind__in=INTEGRATING_KINDS, memberships__user=actor).distinct()
    )


def can_move_project(actor: User, *, project: Project, on: dt.date) -> bool:
    """Only the body whose project it is: the province collects an agency's list, it does not decide for it (R49)."""
    return acts_for(actor, body=project.owner, on=on)


def can_withdraw_project(actor: User, *, project: Project, on: dt.date) -> bool:
    """Only the body that brought it may withdraw it."""
    return acts_for(actor, body=project.owner, on=on)


def lies_over(body: Body, project: Project) -> bool:
    """Whether the project's place (or, without one, its owner's) lies in the body's area."""
    place = project.area_id or project.owner.area_id
    if place is None or body.area_id is None:
        return False
    return place == body.area_id or ids_above(place).filter(ancestor=body.area_id).exists()
