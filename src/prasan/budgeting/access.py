"""Who may record what was approved from the central fund."""

import datetime as dt

from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import BodyKind

RECORDING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY)
# The approval is the deputy's; it is recorded where it is applied for and where it is given.
RECORDING_BODIES = (
    BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_COMMITTEE,
    BodyKind.MINISTRY,
    BodyKind.DEPARTMENT,
    BodyKind.NATIONAL_COMMITTEE,
)


def can_record_approval(actor: User, *, on: dt.date) -> bool:
    """A planning officer of a province, a department, a ministry or a national committee; the operator."""
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    held = accounts.current(on).filter(user=actor, role__in=RECORDING_ROLES, body__kind__in=RECORDING_BODIES)
    return held.exists()
