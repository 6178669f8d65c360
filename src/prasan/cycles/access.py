"""Who may open a cycle."""

import datetime as dt

from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import BodyKind

# The calendar binds every level below, so it is opened where the year is run: the province and above.
OPENING_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE, BodyKind.CLUSTER_COMMITTEE, BodyKind.MINISTRY)
OPENING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY, Role.CHAIR)


def can_open_cycle(actor: User, *, on: dt.date) -> bool:
    """The operator, or whoever holds a planning role at the province or above on that day."""
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    return accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=OPENING_BODIES).exists()
