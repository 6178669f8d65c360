"""Who may import for which body, and who sees a file that came in."""

import datetime as dt

from django.db.models import Q, QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.exchange.models import Submission
from prasan.needs import access as needs_access
from prasan.projects import access as projects_access


def can_import_for(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever may write down the body's needs or projects by hand may do so by file."""
    if body.kind == BodyKind.VILLAGE_COMMITTEE and body.area is not None:
        return needs_access.can_record_need(actor, body=body, area=body.area, on=on)
    return projects_access.can_record_project(actor, owner=body, on=on)


def visible_to(actor: User) -> QuerySet[Submission]:
    """Files the person sent, and files with rows of bodies the person works for; everything for the operator."""
    if actor.is_superuser:
        return Submission.objects.all()
    bodies = Body.objects.filter(memberships__user=actor)
    return Submission.objects.filter(
        Q(received_by=actor) | Q(rows__project__owner__in=bodies) | Q(rows__need__body__in=bodies)
    ).distinct()
