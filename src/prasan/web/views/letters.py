"""Official letters: the register, writing one, sending it, its paper, and reminding who is missing."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.cycles.models import CycleStep, Task
from prasan.letters import access, queries
from prasan.letters import services as acts
from prasan.letters.models import Letter, LetterSequence, LetterState
from prasan.publishing.queries.letters import letter_file, paper_of
from prasan.web.forms.letters import DispatchForm, WriteLetterForm
from prasan.web.forms.years import ReasonForm
from prasan.web.queries import lettering
from prasan.web.queries.desk import bodies_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables.letters import catalogue_name, letter_rows, letters_spec
from prasan.web.views.listing import show_list
from prasan.web.views.meetings import wants_thai_digits, word_file
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of one's bodies, sent and received."""
    user, today = cast(User, request.user), timezone.localdate()
    rows = letter_rows(queries.visible_to(user, on=today))
    context = {"may_write": lettering.senders_of(user, on=today).exists()}
    return show_list(request, "web/letters/list.html", letters_spec(), rows, context)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def letter_new(request: HttpRequest) -> HttpResponse:
    """Write a letter; one of the catalogue comes with its own words."""
    user, today, status = cast(User, request.user), timezone.localdate(), 200
    senders = lettering.senders_of(user, on=today)
    code = request.GET.get("catalogue", "")
    law = next((one for one in rulebook.load().letters if one.code == code), None)
    first = senders.first()
    initial: dict[str, object] = {"fiscal_year": fiscal_year_of(today) + 1, "catalogue": code}
    if law is not None:
        said = lettering.words_for(code, first.name_th if first is not None else "จังหวัด")
        initial |= {"subject": law.name.th, "text": said, "paper": law.form}
    catalogue = [(one.code, catalogue_name(one.code)) for one in rulebook.load().letters]
    posted = request.POST if request.method == "POST" else None
    form = WriteLetterForm(posted, senders=senders, catalogue=catalogue, initial=initial)
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                made = _draft(form, user, request.GET.get("task", ""))
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("ร่างหนังสือแล้ว ตรวจผู้รับแล้วจึงส่ง"))
                return redirect("letter", pk=made.pk)
    return render(request, "web/letters/new.html", {"form": form, "may": first is not None}, status=status)


@route(who=SIGNED_IN)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its paper, whom it goes to, whom it misses, and sending it."""
    found = _letter(request, pk)
    user, now = cast(User, request.user), timezone.now()
    for body in bodies_of(user, timezone.localdate()):
        acts.mark_opened(letter=found, body=body, actor=user, at=now)
    return _page(request, found)


@route(who=SIGNED_IN, methods=("POST",))
def letter_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft: it gets its number and day."""
    found, form = _letter(request, pk), DispatchForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        acts.dispatch_letter(
            letter=found,
            dated_on=form.cleaned_data["dated_on"],
            prefix=form.cleaned_data["office"],
            circular=form.cleaned_data["circular"] == "1",
            override_reason=form.cleaned_data["override_reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _letter(request, pk), form=form, status=status_of(refusal))
    messages.success(request, _("ส่งหนังสือแล้ว เลขที่ %(number)s") % {"number": found.number})
    return redirect("letter", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def letter_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a draft, saying why."""
    found, form = _letter(request, pk), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        acts.cancel_letter(letter=found, reason=reason, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("ยกเลิกร่างหนังสือแล้ว"))
    return redirect("letter", pk=pk)


@route(who=SIGNED_IN)
def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a Word file."""
    found = _letter(request, pk)
    return word_file(letter_file(found, thai_digits=wants_thai_digits(request)), f"letter-{pk}.docx")


@route(who=SIGNED_IN, methods=("POST",))
def letter_remind(request: HttpRequest, step: int) -> HttpResponse:
    """Draft one reminder to everybody missing in a step."""
    found = get_object_or_404(CycleStep.objects.select_related("cycle__area"), pk=step)
    user, today = cast(User, request.user), timezone.localdate()
    sender = lettering.senders_of(user, on=today).filter(area=found.cycle.area).first()
    if sender is None:
        messages.error(request, _("ร่างหนังสือเตือนได้เฉพาะเจ้าหน้าที่ของจังหวัดที่เปิดปีนี้"))
        return redirect("cycle_missing", pk=found.cycle_id)
    subject, body, addressees = lettering.reminder_of(found, sender.name_th)
    if not addressees:
        messages.success(request, _("ทุกหน่วยงานส่งแล้ว ไม่ต้องเตือน"))
        return redirect("cycle_missing", pk=found.cycle_id)
    try:
        made = acts.draft_letter(
            sender=sender, subject=subject, body=body, fiscal_year=found.cycle.fiscal_year, catalogue="L3",
            urgency="URGENT", addressees=addressees, actor=user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("cycle_missing", pk=found.cycle_id)
    messages.success(request, _("ร่างหนังสือเตือนแล้ว ตรวจแล้วจึงส่ง"))
    return redirect("letter", pk=made.pk)


def _draft(form: WriteLetterForm, user: User, task: str) -> Letter:
    said = form.cleaned_data
    sender: Body = said["sender"]
    to = [*lettering.addressees_of(said["group"], sender), *lettering.named(said["names"], "TO")]
    return acts.draft_letter(
        sender=sender,
        subject=said["subject"],
        body=said["text"].replace("\r\n", "\n"),
        fiscal_year=said["fiscal_year"],
        catalogue=said["catalogue"],
        form=said["paper"],
        urgency=said["urgency"],
        addressees=[*to, *lettering.named(said["copies"], "COPY")],
        task=Task.objects.filter(pk=task).first() if task.isdecimal() else None,
        references=said["references"],
        attachments=said["attachments"],
        signer_name=said["signer_name"],
        signer_position=said["signer_position"],
        actor=user,
        at=timezone.now(),
    )


def _letter(request: HttpRequest, pk: int) -> Letter:
    mine = queries.visible_to(cast(User, request.user), on=timezone.localdate())
    return get_object_or_404(mine.select_related("sender__area", "task__cycle", "task__step"), pk=pk)


def _page(request: HttpRequest, found: Letter, *, form: DispatchForm | None = None, status: int = 200) -> HttpResponse:
    user, today = cast(User, request.user), timezone.localdate()
    may = found.state == LetterState.DRAFT and access.can_write(user, sender=found.sender, on=today)
    used = LetterSequence.objects.filter(sender=found.sender).order_by("-year", "-last").first()
    initial = {"version": found.version, "dated_on": today, "office": used.prefix if used is not None else ""}
    context = {
        "letter": found,
        "paper": paper_of(found),
        "catalogue": catalogue_name(found.catalogue),
        "addressees": found.addressees.select_related("body__area").order_by("position")[:500],
        "missing": queries.missing_of(found, on=found.dated_on or today),
        "form": (form or DispatchForm(initial=initial)) if may else None,
        "cancel_form": ReasonForm() if may else None,
    }
    return render(request, "web/letters/letter.html", context, status=status)
