"""The way of a plan after it is submitted: onto an agenda, amended, sent with a letter, two editions compared."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.letters import queries as letters
from prasan.plans import access, queries
from prasan.plans import services as acts
from prasan.plans.models import EditionState, PlanEdition
from prasan.web.acting import take_onto_agenda
from prasan.web.exports import export_rows
from prasan.web.forms.plans import AmendForm, ReferForm, SendPlanForm
from prasan.web.queries import planning
from prasan.web.queries.agenda import waiting_for
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.tables.comparison import COMPARISON, change_rows
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN, methods=("POST",))
def refer(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a plan on the agenda of a meeting of the committee it waits for."""
    edition = _edition(pk)
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
    form = AmendForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("plan", pk=pk)
    try:
        made = acts.amend_edition(
            edition=_edition(pk),
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


@route(who=SIGNED_IN, methods=("GET", "POST"))
def plan_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a plan with a letter: where it went, whom each letter still misses, and the next one."""
    edition, user, today = _edition(pk), cast(User, request.user), timezone.localdate()
    if edition.state == EditionState.DRAFT or not access.can_submit(user, body=edition.body, on=today):
        raise Http404
    form = SendPlanForm(request.POST or None, letters=planning.letters_for(edition, user, on=today))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            letter = form.cleaned_data["letter"]
            try:
                acts.dispatch_edition(edition=edition, letter=letter, actor=user, at=timezone.now())
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("แผนไปกับหนังสือนี้แล้ว"))
                return redirect(
                    "letter" if letter.state == "DRAFT" else "plan_send",
                    pk=letter.pk if letter.state == "DRAFT" else pk,
                )
    sent = [
        (one.letter, letters.missing_of(one.letter, on=one.letter.dated_on or today))
        for one in edition.dispatches.select_related("letter__sender").order_by("pk")
    ]
    return render(request, "web/plans/send.html", {"edition": edition, "form": form, "sent": sent}, status=status)


@route(who=ANYONE)
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two editions of a plan beside each other: added, taken out, changed, with sums that reconcile."""
    new, old = _edition(pk), _edition(other)
    drafts = EditionState.DRAFT in (new.state, old.state)
    same_plan = (new.plan_type, new.body_id) == (old.plan_type, old.body_id)
    if not same_plan or (drafts and not request.user.is_authenticated):
        raise Http404
    if (new.fiscal_year, new.number) < (old.fiscal_year, old.number):
        new, old = old, new
    found = queries.compare_editions(old, new)
    file = export_rows(request, COMPARISON, change_rows(found))
    if file is not None:
        return file
    context = {"old": old, "new": new, "found": found, "moved": found.new_total - found.old_total}
    return render(request, "web/plans/compare.html", context)


def _edition(pk: int) -> PlanEdition:
    return get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
