"""What is done with a letter: sending it, cancelling a draft, taking it in, and reminding who is missing."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles.models import CycleStep
from prasan.letters import services as acts
from prasan.web.acting import send_letter
from prasan.web.forms.letters import DispatchForm, ReceiveForm
from prasan.web.forms.years import ReasonForm
from prasan.web.queries import lettering
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.letters import letter_page, letter_seen
from prasan.web.views.pressing import press
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN, methods=("POST",))
def letter_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft: it gets its number and day."""
    found, form = letter_seen(request, pk), DispatchForm(request.POST)
    if not form.is_valid():
        return letter_page(request, found, form=form, status=422)
    said = form.cleaned_data
    try:
        send_letter(
            found,
            dated_on=said["dated_on"],
            prefix=said["office"],
            number=said["number"],
            circular=said["circular"] == "1",
            addressees_reason=said["addressees_reason"],
            collection_reason=said["collection_reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=said["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return letter_page(request, letter_seen(request, pk), form=form, status=status_of(refusal))
    messages.success(request, _("ส่งหนังสือแล้ว เลขที่ %(number)s") % {"number": found.number})
    return redirect("letter", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def letter_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a draft, saying why."""
    found, form = letter_seen(request, pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def act(user: User, seen: int | None) -> None:
        acts.cancel_letter(letter=found, reason=reason, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("ยกเลิกร่างหนังสือแล้ว"), "letter", pk)


@route(who=SIGNED_IN, methods=("POST",))
def letter_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter in for one of my bodies (ลงรับ)."""
    found, user = letter_seen(request, pk), cast(User, request.user)
    form = ReceiveForm(request.POST, bodies=lettering.receivers_of(found, user, on=timezone.localdate()))
    if not form.is_valid():
        return letter_page(request, found, receive=form, status=422)
    body, number = form.cleaned_data["body"], form.cleaned_data["number"]

    def act(user: User, _seen: int | None) -> None:
        acts.receive_letter(letter=found, body=body, number=number, actor=user, at=timezone.now())

    return press(request, act, _("ลงรับหนังสือแล้ว ผู้ส่งเห็นวันที่และเลขรับ"), "letter", pk)


@route(who=SIGNED_IN, methods=("POST",))
def letter_remind(request: HttpRequest, step: int) -> HttpResponse:
    """Draft one reminder to everybody missing in a step."""
    found = get_object_or_404(CycleStep.objects.select_related("cycle__area"), pk=step)
    user, today = cast(User, request.user), timezone.localdate()
    sender = lettering.senders_of(user, on=today).filter(area=found.cycle.area).first()
    if sender is None:
        messages.error(request, _("ร่างหนังสือเตือนได้เฉพาะเจ้าหน้าที่ของจังหวัดที่เปิดปีนี้"))
        return redirect("cycle_missing", pk=found.cycle_id)
    content, addressees = lettering.reminder_of(found, sender.name_th, on=today)
    if not addressees:
        messages.success(request, _("ทุกหน่วยงานส่งแล้ว ไม่ต้องเตือน"))
        return redirect("cycle_missing", pk=found.cycle_id)
    try:
        made = acts.draft_letter(
            sender=sender, content=content, addressees=addressees, step=found, actor=user, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("cycle_missing", pk=found.cycle_id)
    messages.success(request, _("ร่างหนังสือเตือนแล้ว ตรวจแล้วจึงส่ง"))
    return redirect("letter", pk=made.pk)
