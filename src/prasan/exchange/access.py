"""Who may import for which body, and who sees a file that came in."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.exchange.models import Submission, SubmissionRow
from prasan.needs import access as needs_access
from prasan.needs import queries as needs
from prasan.projects import access as projects_access


def can_import_for(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever may write down the body's needs or projects by hand may do so by file."""
    if body.kind == BodyKind.VILLAGE_COMMITTEE and body.area is not None:
        return needs_access.can_record_need(actor, body=body, area=body.area, on=on)
    return projects_access.can_record_project(actor, owner=body, on=on)


def visible_to(actor: User, *, on: dt.date) -> QuerySet[Submission]:
    """Files the person sent, and files with rows of bodies the person works for; everything for the operator.

    Officers of a district or a province also see the files of every body and place in it: they have to know
    who has sent what, and what was wrong with it. A role counts on the days it is held.
    """
    if actor.is_superuser:
        return Submission.objects.all()
    bodies = Body.objects.filter(memberships__in=current(on).filter(user=actor))
    mine = Q(project__owner__in=bodies) | Q(need__body__in=bodies)
    for body in bodies.filter(kind__in=projects_access.INTEGRATING_KINDS, area__isnull=False):
        within = needs.ids_within(body.area_id)
        mine |= Q(need__area__in=within) | Q(project__area__in=within) | Q(project__owner__area__in=within)
    rows = SubmissionRow.objects.filter(mine, submission=OuterRef("pk"))
    return Submission.objects.filter(Q(received_by=actor) | Exists(rows))
