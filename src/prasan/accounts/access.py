"""Who may act: roles people hold in bodies, and who may give them."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from prasan.accounts.models import Membership, User
from prasan.agencies.models import Body


def holds(actor: User, *, body: Body, roles: Iterable[str], on: dt.date) -> bool:
    """Whether a person holds one of the roles in this very body on a day; the operator holds every role.

    A role in a superior body is not a role in this one: going up a level is a decision of the other room.
    """
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    return current(on).filter(user=actor, body=body, role__in=list(roles)).exists()


def current(on: dt.date) -> QuerySet[Membership]:
    """Memberships that hold on a day (half-open)."""
    return Membership.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    )


def can_manage_people(actor: User) -> bool:
    """Adding people and giving roles is the operator's."""
    return bool(actor.is_active and actor.is_superuser)
