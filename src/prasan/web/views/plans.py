"""Plans: the list of editions, and one edition as a table."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.plans import access
from prasan.plans import queries as plans_queries
from prasan.plans import services as acts
from prasan.plans.models import EditionState, PlanEdition
from prasan.web.acting import take_onto_agenda
from prasan.web.forms.plans import AmendForm, ReferForm
from prasan.web.queries import planning
from prasan.web.queries.agenda import waiting_for
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
    today = timezone.localdate()
    way = planning.way_of(edition, on=today, drafts_too=request.user.is_authenticated)
    context = {
        "edition": edition,
        "inside": inside,
        "may_submit": may_submit,
        "conformity": conformity_of(edition, user),
        "way": way,
        **(_forms(edition, user, way) if isinstance(user, User) else {}),
    }
    return show_list(request, "web/plan.html", plan_items.items_spec(edition), plan_items.item_rows(edition), context)


def _forms(edition: PlanEdition, user: User, way: planning.PlanWay) -> dict[str, object]:
    """What may be done next with a plan that is submitted or further."""
    today = timezone.localdate()
    if edition.state == EditionState.DRAFT:
        return {}
    meetings = planning.meetings_for(edition, user, on=today)
    finished = edition.state != EditionState.SUBMITTED or not way.path
    may_amend = finished and access.can_edit(user, body=edition.body, on=today)
    return {
        "refer_form": ReferForm(meetings=meetings) if meetings.exists() else None,
        "amend_form": AmendForm() if may_amend else None,
    }


@route(who=SIGNED_IN, methods=("POST",))
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan on the agenda of a meeting of the committee it waits for."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    user, today = cast(User, request.user), timezone.localdate()
    form = ReferForm(request.POST, meetings=planning.meetings_for(edition, user, on=today))
    if not form.is_valid():
        messages.error(request, _("เลือกการประชุมของคณะกรรมการที่แผนนี้รออยู่"))
        return redirect("plan", pk=pk)
    meeting = form.cleaned_data["meeting"]
    waiting = [one for one in waiting_for(meeting.committee, today) if one.key == f"PlanEdition-{pk}"]
    try:
        take_onto_agenda(meeting, waiting, actor=user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("plan", pk=pk)
    messages.success(request, _("บรรจุแผนเข้าวาระแล้ว"))
    return redirect("meeting", pk=meeting.pk)


@route(who=SIGNED_IN, methods=("POST",))
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment: the next edition, with its kind and reason (R71)."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    form = AmendForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("plan", pk=pk)
    try:
        made = acts.amend_edition(
            edition=edition,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("plan", pk=pk)
    messages.success(request, _("เริ่มฉบับแก้ไขแล้ว แก้รายการแล้วเสนอใหม่"))
    return redirect("plan", pk=made.pk)


@route(who=ANYONE)
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two editions of a plan beside each other: added, taken out, changed, with sums that reconcile."""
    editions = PlanEdition.objects.select_related("body__area")
    new, old = get_object_or_404(editions, pk=pk), get_object_or_404(editions, pk=other)
    drafts = EditionState.DRAFT in (new.state, old.state)
    same_plan = (new.plan_type, new.body_id) == (old.plan_type, old.body_id)
    if not same_plan or (drafts and not request.user.is_authenticated):
        raise Http404
    if new.number < old.number:
        new, old = old, new
    found = plans_queries.compare_editions(old, new)
    context = {"old": old, "new": new, "found": found, "moved": found.new_total - found.old_total}
    return render(request, "web/plans/compare.html", context)


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
