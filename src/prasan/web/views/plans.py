"""Plans: the list of editions, and one edition as a table."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.plans import access
from prasan.plans import services as acts
from prasan.plans.models import EditionState, PlanEdition
from prasan.web.queries.conformity import conformity_of
from prasan.web.queries.places import ancestors
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.tables import plan_items
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of


@route(who=ANYONE)
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan; drafts only to those who work on them."""
    rows = plan_items.plan_rows(drafts_too=request.user.is_authenticated)
    return show_list(request, "web/plans.html", plan_items.plans_spec(request.GET.get("area", "")), rows)


@route(who=ANYONE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its items in priority order."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    if edition.state == EditionState.DRAFT and not request.user.is_authenticated:
        raise Http404
    inside: tuple[object, ...] = ()
    if edition.body.area is not None:
        inside = (*ancestors(edition.body.area), edition.body.area)
    user = request.user
    may_submit = (
        isinstance(user, User)
        and edition.state == EditionState.DRAFT
        and access.can_submit(user, body=edition.body, on=timezone.localdate())
    )
    context = {
        "edition": edition,
        "inside": inside,
        "may_submit": may_submit,
        "conformity": conformity_of(edition, user),
    }
    return show_list(request, "web/plan.html", plan_items.items_spec(edition), plan_items.item_rows(edition), context)


@route(who=SIGNED_IN, methods=("POST",))
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a draft upward; from then on changes make the next number."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body"), pk=pk)
    version = request.POST.get("version", "")
    try:
        acts.submit_edition(
            edition=edition,
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=int(version) if version.isdecimal() else None,
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("เสนอแผนแล้ว"))
    return redirect("plan", pk=pk)
