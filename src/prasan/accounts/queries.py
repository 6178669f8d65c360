"""Reads of people and their roles."""

import datetime as dt

from django.db.models import QuerySet

from prasan.accounts import access
from prasan.accounts.models import Membership, User
from prasan.agencies.models import Body


def memberships_of(user: User, *, on: dt.date | None = None) -> QuerySet[Membership]:
    """A person's roles with their bodies, by body and role; on a day, or all there ever were."""
    chosen = access.current(on) if on else Membership.objects.all()
    return chosen.filter(user=user).select_related("body", "body__area").order_by("body__code", "role")


def members_of(body: Body, *, on: dt.date) -> QuerySet[Membership]:
    """Who holds a role in a body on a day, by name."""
    return access.current(on).filter(body=body).select_related("user").order_by("user__username", "role")


def people() -> QuerySet[User]:
    """Every person by user name, with roles and bodies at hand."""
    return User.objects.order_by("username").prefetch_related("memberships__body")
