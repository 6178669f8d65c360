"""Plans: the list of editions, and one edition as a table with what may be done next."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from prasan.accounts.models import User
from prasan.plans import access, queries
from prasan.plans.models import EditionState, PlanEdition, PlanType
from prasan.web.forms.plans import AmendForm, ReferForm
from prasan.web.queries import planning
from prasan.web.queries.conformity import conformity_of
from prasan.web.queries.places import ancestors
from prasan.web.routes import ANYONE, route
from prasan.web.tables import plan_items
from prasan.web.views.listing import show_list


@route(who=ANYONE)
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan; drafts only to those who work on them."""
    officer = request.user.is_authenticated
    rows = plan_items.plan_rows(drafts_too=officer)
    may_make = officer and bool(planning.makers_of(cast(User, request.user), on=timezone.localdate()))
    spec = plan_items.plans_spec(request.GET.get("area", ""))
    return show_list(request, "web/plans.html", spec, rows, {"may_make": may_make})


@route(who=ANYONE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its items in priority order."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    if edition.state == EditionState.DRAFT and not request.user.is_authenticated:
        raise Http404
    inside: tuple[object, ...] = ()
    if edition.body.area is not None:
        inside = (*ancestors(edition.body.area), edition.body.area)
    user, today = request.user, timezone.localdate()
    way = planning.way_of(edition, on=today, drafts_too=user.is_authenticated)
    context = {
        "edition": edition,
        "inside": inside,
        "conformity": conformity_of(edition, user),
        "way": way,
        **(_forms(edition, user, way) if isinstance(user, User) else {}),
    }
    return show_list(request, "web/plan.html", plan_items.items_spec(edition), plan_items.item_rows(edition), context)


def _forms(edition: PlanEdition, user: User, way: planning.PlanWay) -> dict[str, object]:
    """What may be done next with a plan: while it is a draft, and after."""
    today = timezone.localdate()
    own = access.can_edit(user, body=edition.body, on=today)
    if edition.state == EditionState.DRAFT:
        request = edition.plan_type == PlanType.PROVINCIAL_ANNUAL_REQUEST
        return {
            "may_submit": access.can_submit(user, body=edition.body, on=today),
            "may_compile": access.can_compile(user, body=edition.body, on=today),
            "unconfirmed": queries.unconfirmed(edition).count() if request and own else 0,
        }
    meetings = planning.meetings_for(edition, user, on=today)
    finished = edition.state != EditionState.SUBMITTED or not way.path
    return {
        "refer_form": ReferForm(meetings=meetings) if meetings.exists() else None,
        "amend_form": AmendForm() if finished and own else None,
        "may_send": access.can_submit(user, body=edition.body, on=today),
    }
