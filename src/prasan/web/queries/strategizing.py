"""What writing a strategy can choose from: whose strategy one may write."""

import datetime as dt

from django.db.models import QuerySet

from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.agencies.queries import SECRETARIATS
from prasan.strategy.access import WRITING_ROLES
from prasan.web.queries.cascade import LEVEL_OF


def writers_of(user: User, *, on: dt.date) -> QuerySet[Body]:
    """The bodies with a strategy of their own that somebody writes for: their own, and committees of their office."""
    bodies = Body.objects.filter(kind__in=LEVEL_OF, valid_to=None).select_related("area").order_by("kind", "sort_key")
    if user.is_superuser:
        return bodies
    mine = Body.objects.filter(pk__in=current(on).filter(user=user, role__in=WRITING_ROLES).values("body"))
    served = [kind for kind, office in SECRETARIATS.items() if mine.filter(kind=office).exists()]
    return (bodies.filter(pk__in=mine) | bodies.filter(kind__in=served, area__in=mine.values("area"))).distinct()
