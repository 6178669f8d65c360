"""Meetings: the list, calling one, and the meeting itself from notice to minutes."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.meetings import access, queries
from prasan.meetings import services as acts
from prasan.meetings.models import AgendaItem, Meeting
from prasan.meetings.services import Present
from prasan.publishing.queries import meetings as papers
from prasan.web.acting import carry_out, take_onto_agenda
from prasan.web.forms import meetings as shapes
from prasan.web.queries import meetings as pages
from prasan.web.queries.agenda import waiting_for, waiting_list
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import meetings as tables
from prasan.web.views.listing import show_list
from prasan.web.views.pressing import seen_version
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def meetings(request: HttpRequest) -> HttpResponse:
    """Every meeting, the latest first."""
    return show_list(request, "web/meetings/meetings.html", tables.meetings_spec(), tables.meeting_rows())


@route(who=SIGNED_IN, methods=("GET", "POST"))
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Call the next meeting of a committee."""
    actor = cast(User, request.user)
    committees = pages.committees_of(actor, timezone.localdate())
    seen = {"committee": request.GET.get("committee", "")}
    form = shapes.MeetingForm(request.POST or None, initial=seen, committees=committees)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        starts_at = shapes.moment_of(given["day"], given["time"], timezone.get_current_timezone())
        try:
            made = acts.call_meeting(
                committee=given["committee"],
                starts_at=starts_at,
                place=given["place"],
                subject=given["subject"],
                actor=actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, message_of(refusal))
            status = status_of(refusal)
        else:
            return redirect("meeting", pk=made.pk)
    return render(request, "web/meetings/new.html", {"form": form, "none": not committees}, status=status)


@route(who=SIGNED_IN)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as it stands, with the forms of its stage for those who run it."""
    return _page(request, _meeting(pk))


@route(who=SIGNED_IN, methods=("POST",))
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a matter on the agenda."""
    form = shapes.ItemForm(request.POST)
    return _act(request, _meeting(pk), "item_form", form, lambda **by: acts.add_item(**by, **form.cleaned_data))


@route(who=SIGNED_IN, methods=("POST",))
def items_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take chosen waiting matters onto the agenda."""
    found = _meeting(pk)
    chosen = set(request.POST.getlist("take"))
    waiting = [one for one in waiting_for(found.committee, timezone.localdate()) if one.key in chosen]
    try:
        take_onto_agenda(found, waiting, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        return _refuse(request, found, refusal)
    messages.success(request, _("เพิ่มเรื่องในระเบียบวาระแล้ว"))
    return redirect("meeting", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def item_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item up or down, or take it off saying why."""
    item = _item(pk)
    by: dict[str, Any] = {"item": item, "actor": cast(User, request.user), "at": timezone.now()}
    try:
        if request.POST.get("do") == "remove":
            acts.remove_item(**by, reason=request.POST.get("reason", ""))
        else:
            acts.move_item(**by, up=request.POST.get("do") == "up")
    except Refused as refusal:
        return _refuse(request, _meeting(item.meeting_id), refusal)
    return redirect("meeting", pk=item.meeting_id)


@route(who=SIGNED_IN, methods=("POST",))
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the members by letter."""
    form = shapes.NoticeForm(request.POST)
    return _act(request, _meeting(pk), "notice_form", form, lambda **by: acts.send_notice(**by, **_given(form)))


@route(who=SIGNED_IN, methods=("POST",))
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down who came."""
    found = _meeting(pk)
    try:
        acts.record_attendance(
            meeting=found, lines=_lines(request, found), actor=cast(User, request.user), at=timezone.now()
        )
    except Refused as refusal:
        return _refuse(request, found, refusal)
    messages.success(request, _("บันทึกผู้มาประชุมแล้ว"))
    return redirect("meeting", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting."""
    found = _meeting(pk)
    try:
        acts.open_meeting(
            meeting=found,
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=seen_version(request),
        )
    except Refused as refusal:
        return _refuse(request, found, refusal)
    messages.success(request, _("เปิดประชุมแล้ว"))
    return redirect("meeting", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was decided of one matter, and carry it out in the records that wait for it."""
    item = _item(pk)
    form = shapes.ResolveForm(request.POST, item=item)
    if not form.is_valid():
        return _page(request, _meeting(item.meeting_id), {"resolve_form": form, "now": item}, status=422)
    actor, at, given = cast(User, request.user), timezone.now(), form.cleaned_data
    try:
        made = acts.resolve(
            item=item,
            outcome=given["outcome"],
            text=given["text"],
            votes=form.votes,
            chair_decides=given["how"] == shapes.ResolveForm.CHAIR,
            actor=actor,
            at=at,
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        context = {"resolve_form": form, "now": item}
        return _page(request, _meeting(item.meeting_id), context, status=status_of(refusal))
    messages.success(request, _("บันทึกมติแล้ว"))
    for refused in carry_out(made, actor=actor, at=at):
        messages.warning(request, message_of(refused))
    return redirect("meeting", pk=item.meeting_id)


@route(who=SIGNED_IN, methods=("POST",))
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting."""
    form = shapes.CloseForm(request.POST)
    return _act(request, _meeting(pk), "close_form", form, lambda **by: acts.close_meeting(**by, **_given(form)))


@route(who=SIGNED_IN, methods=("POST",))
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the meeting, saying why."""
    form = shapes.CancelForm(request.POST)
    return _act(request, _meeting(pk), "cancel_form", form, lambda **by: acts.cancel_meeting(**by, **_given(form)))


@route(who=SIGNED_IN)
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda as a Word file."""
    return word_file(papers.agenda_file(_meeting(pk), thai_digits=wants_thai_digits(request)), f"agenda-{pk}.docx")


@route(who=SIGNED_IN)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file."""
    return word_file(papers.minutes_file(_meeting(pk), thai_digits=wants_thai_digits(request)), f"minutes-{pk}.docx")


def wants_thai_digits(request: HttpRequest) -> bool:
    """Thai digits unless the address asks for the others."""
    return request.GET.get("digits") != "arabic"


def word_file(content: bytes, name: str) -> HttpResponse:
    """A Word file to be kept."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _given(form: forms.Form) -> dict[str, Any]:
    """What the form holds, named as the services name it."""
    named = {"version": "seen_version", "office_code": "prefix"}
    return {named.get(key, key): value for key, value in form.cleaned_data.items()}


def _act(request: HttpRequest, found: Meeting, name: str, form: forms.Form, act: Callable[..., object]) -> HttpResponse:
    """Check a form, do its act, and come back; a refusal stands above the form."""
    if not form.is_valid():
        return _page(request, found, {name: form}, status=422)
    try:
        act(meeting=found, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _meeting(found.pk), {name: form}, status=status_of(refusal))
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("meeting", pk=found.pk)


def _refuse(request: HttpRequest, found: Meeting, refusal: Refused) -> HttpResponse:
    return _page(request, _meeting(found.pk), {"refusal": message_of(refusal)}, status=status_of(refusal))


def _lines(request: HttpRequest, found: Meeting) -> list[Present]:
    """The attendance sheet as sent: members by seat, and one more who attended."""
    seats = queries.seats_in_office(found.committee, timezone.localdate(found.starts_at))
    lines = [
        Present(seat, request.POST[f"presence_{seat.pk}"], name=request.POST.get(f"name_{seat.pk}", ""))
        for seat in seats
        if request.POST.get(f"presence_{seat.pk}")
    ]
    name = request.POST.get("attending_name", "").strip()
    if name:
        position, group = request.POST.get("attending_position", ""), request.POST.get("attending_group", "")
        lines.append(Present(None, "ATTENDING", name=name, position_name=position[:300], group=group[:40]))
    return lines


def _meeting(pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("committee__area", "notice"), pk=pk)


def _item(pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related("meeting__committee__area"), pk=pk)


def _page(
    request: HttpRequest, found: Meeting, given: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    given = given or {}
    actor, today = cast(User, request.user), timezone.localdate()
    may_run = access.can_run_meetings(actor, committee=found.committee, on=today)
    sections = pages.sections_of(found)
    undecided = [item for part in sections for item in part.items if not hasattr(item, "resolution")]
    wanted = request.GET.get("item", "")
    now = given.get("now") or next((i for i in undecided if str(i.pk) == wanted), undecided[0] if undecided else None)
    seen, quorum = {"version": found.version}, queries.quorum_of(found)
    context: dict[str, Any] = {
        "meeting": found,
        "sections": sections,
        "now": now if found.state == "OPEN" else None,
        "sheet": pages.sheet_of(found, timezone.localdate(found.starts_at)),
        "attending": pages.attending(found),
        "quorum": quorum,
        "quorum_certainty": quorum.certainty,
        "may_run": may_run,
        "may_resolve": access.can_resolve(actor, committee=found.committee, on=today),
        "waiting": waiting_list(found.committee, today, words=request.GET.get("q", ""))
        if may_run and found.state in ("PLANNED", "NOTICED")
        else None,
        "item_form": shapes.ItemForm(),
        "notice_form": shapes.NoticeForm(initial=seen),
        "close_form": shapes.CloseForm(initial=seen),
        "cancel_form": shapes.CancelForm(initial=seen),
        "resolve_form": shapes.ResolveForm(item=now) if now is not None else None,
        "form": next((form for form in given.values() if isinstance(form, forms.Form)), None),
        **{key: value for key, value in given.items() if key != "now"},
    }
    return render(request, "web/meetings/meeting.html", context, status=status)
