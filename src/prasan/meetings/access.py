"""Who may run a committee's meetings, and who may record its resolutions."""

import datetime as dt

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body
from prasan.agencies.queries import desk_of

SECRETARY_ROLES = (Role.SECRETARY, Role.PLAN_ANALYST, Role.VILLAGE_SECRETARY)


def can_run_meetings(actor: User, *, committee: Body, on: dt.date) -> bool:
    """The committee's secretary or plan analyst, or the same of the office that writes for it; no superior."""
    if holds(actor, body=committee, roles=SECRETARY_ROLES, on=on):
        return True
    desk = desk_of(committee)
    return desk.pk != committee.pk and holds(actor, body=desk, roles=(Role.SECRETARY, Role.PLAN_ANALYST), on=on)


def can_resolve(actor: User, *, committee: Body, on: dt.date) -> bool:
    """Who runs the meeting, and the chair."""
    return can_run_meetings(actor, committee=committee, on=on) or holds(
        actor, body=committee, roles=(Role.CHAIR, Role.VILLAGE_HEAD), on=on
    )
