"""Who may write a level's strategy."""

import datetime as dt

from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body
from prasan.agencies.queries import desk_of

WRITING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY, Role.CHAIR)


def can_write_strategy(actor: User, *, body: Body | None, on: dt.date) -> bool:
    """The body's planning officers or chair, or of the office that writes for it; a national one the operator's."""
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    if body is None:
        return False
    return any(accounts.holds(actor, body=one, roles=WRITING_ROLES, on=on) for one in {body, desk_of(body)})
