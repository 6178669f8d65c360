"""A committee with its members, and the resolutions of all committees."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.meetings import access
from prasan.meetings import queries as meetings
from prasan.meetings import services as acts
from prasan.meetings.models import Resolution, Seat
from prasan.publishing.queries import meetings as papers
from prasan.web.acting import carry_out, is_open
from prasan.web.forms.meetings import EndSeatForm, SeatForm
from prasan.web.queries import meetings as pages
from prasan.web.queries.agenda import waiting_list
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import meetings as tables
from prasan.web.views.listing import show_list
from prasan.web.views.meetings import wants_thai_digits, word_file
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Members with their terms, meetings, and what waits."""
    return _page(request, _body(pk))


@route(who=SIGNED_IN, methods=("POST",))
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a member."""
    body = _body(pk)
    form = _seat_form(body, request)
    if not form.is_valid():
        return _page(request, body, seat_form=form, status=422)
    given = form.cleaned_data
    try:
        acts.appoint_seat(committee=body, actor=cast(User, request.user), at=timezone.now(), **given)
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, body, seat_form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกการแต่งตั้งแล้ว"))
    return redirect("committee", pk=pk)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a member's term, saying why."""
    seat = get_object_or_404(Seat.objects.select_related("committee__area"), pk=pk)
    form = EndSeatForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acts.end_seat(seat=seat, actor=cast(User, request.user), at=timezone.now(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("บันทึกการพ้นตำแหน่งแล้ว"))
                return redirect("committee", pk=seat.committee_id)
    return render(request, "web/meetings/seat_end.html", {"seat": seat, "form": form}, status=status)


@route(who=SIGNED_IN)
def resolutions(request: HttpRequest) -> HttpResponse:
    """Every resolution, filtered by committee, kind and year."""
    rows = meetings.resolutions()
    return show_list(request, "web/meetings/resolutions.html", tables.resolutions_spec(), rows)


@route(who=SIGNED_IN)
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """One resolution with what cites it."""
    found = get_object_or_404(
        Resolution.objects.select_related("item__meeting__committee__area", "item__proposer", "recorded_by"), pk=pk
    )
    may = access.can_resolve(cast(User, request.user), committee=found.item.meeting.committee, on=timezone.localdate())
    context = {"resolution": found, "citing": pages.citing(found), "open": is_open(found), "may_carry_out": may}
    return render(request, "web/meetings/resolution.html", context)


@route(who=SIGNED_IN, methods=("POST",))
def resolution_carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Press again what a resolution decided and what was refused when it was recorded."""
    rows = Resolution.objects.select_related("item__meeting__committee__area")
    found = get_object_or_404(rows, pk=pk)
    refused = carry_out(found, actor=cast(User, request.user), at=timezone.now())
    for refusal in refused:
        messages.error(request, message_of(refusal))
    if not refused:
        messages.success(request, _("ดำเนินการตามมติแล้ว"))
    return redirect("resolution", pk=pk)


@route(who=SIGNED_IN)
def extract(request: HttpRequest, pk: int) -> HttpResponse:
    """An extract of a resolution as a Word file."""
    rows = Resolution.objects.select_related("item__meeting__committee")
    found = get_object_or_404(rows, pk=pk)
    return word_file(papers.extract_file(found, thai_digits=wants_thai_digits(request)), f"resolution-{pk}.docx")


@route(who=SIGNED_IN)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The appointment order that a number names (L17) as a Word file."""
    body, number = _body(pk), request.GET.get("number", "")
    get_list_or_404(Seat, committee=body, appointed_by=number or None)
    return word_file(papers.order_file(body, number, thai_digits=wants_thai_digits(request)), f"order-{pk}.docx")


def _body(pk: int) -> Body:
    return get_object_or_404(Body.objects.select_related("area"), pk=pk)


def _seat_form(body: Body, request: HttpRequest | None = None) -> SeatForm:
    around = Body.objects.exclude(pk=body.pk).select_related("area").order_by("sort_key", "pk")
    if body.area_id is not None:
        around = around.filter(area=body.area_id)
    return SeatForm(request.POST if request is not None else None, bodies=around)


def _page(request: HttpRequest, body: Body, *, seat_form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    seats = list(meetings.seats_in_office(body, today))
    may = access.can_run_meetings(cast(User, request.user), committee=body, on=today)
    context = {
        "body": body,
        "seats": seats,
        "past": body.seats.filter(ends_on__lte=today).order_by("-ends_on", "pk"),
        "coming": body.seats.filter(starts_on__gt=today).order_by("starts_on", "pk"),
        "uncovered": pages.uncovered_roles(seats),
        "meetings": body.meetings.order_by("-starts_at", "-pk")[:20],
        "waiting": waiting_list(body, today, words=request.GET.get("q", "")),
        "may": may,
        "seat_form": (seat_form or _seat_form(body)) if may else None,
        "form": seat_form,
    }
    return render(request, "web/meetings/committee.html", context, status=status)
