"""Official letters: the register, writing one, changing a draft, and one letter with its paper."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.queries import desk_of
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.cycles import access as cycles_access
from prasan.cycles import queries as cycles
from prasan.cycles.models import Task
from prasan.letters import access, queries
from prasan.letters import services as acts
from prasan.letters.models import Letter, LetterSequence, LetterState
from prasan.publishing.queries.letters import letter_file, paper_of
from prasan.web.forms.letters import DispatchForm, ReceiveForm, WriteLetterForm
from prasan.web.forms.years import ReasonForm
from prasan.web.queries import lettering
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
    """Write a letter; one of the catalogue comes with its own words, one of a task with its letter."""
    user, today = cast(User, request.user), timezone.localdate()
    asked = request.GET.get("task", "")
    task = _task_asked(asked, user, on=today) if asked else None
    senders = lettering.senders_of(user, on=today)
    form = _form(request, senders.first(), task)
    if request.method == "GET" or not form.is_valid():
        return _write(request, form, may=senders.exists())
    sender = form.cleaned_data["sender"]
    try:
        made = acts.draft_letter(
            sender=sender,
            content=form.content(),
            addressees=lettering.addressees_in(form.cleaned_data, sender),
            task=task,
            actor=user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _write(request, form, status=status_of(refusal))
    messages.success(request, _("ร่างหนังสือแล้ว ตรวจผู้รับแล้วจึงส่ง"))
    return redirect("letter", pk=made.pk)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft: its words and whom it goes to."""
    found, user = letter_seen(request, pk), cast(User, request.user)
    if not access.can_write(user, sender=found.sender, on=timezone.localdate()):
        raise Http404
    if found.state != LetterState.DRAFT:
        return redirect("letter", pk=pk)
    initial = lettering.written_in(found) | {"version": found.version}
    form = _bound(request, initial, only=found)
    if request.method == "GET" or not form.is_valid():
        return _write(request, form, letter=found)
    try:
        acts.revise_letter(
            letter=found,
            content=form.content(),
            addressees=lettering.addressees_in(form.cleaned_data, found.sender, found),
            actor=user,
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _write(request, form, letter=found, status=status_of(refusal))
    messages.success(request, _("แก้ร่างหนังสือแล้ว"))
    return redirect("letter", pk=pk)


@route(who=SIGNED_IN)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its paper, whom it goes to, whom it misses, and sending or receiving it."""
    return letter_page(request, letter_seen(request, pk))


@route(who=SIGNED_IN)
def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a Word file."""
    found = letter_seen(request, pk)
    return word_file(letter_file(found, thai_digits=wants_thai_digits(request)), f"letter-{pk}.docx")


def letter_seen(request: HttpRequest, pk: int) -> Letter:
    """A letter the reader may read, else a missing page."""
    mine = queries.visible_to(cast(User, request.user), on=timezone.localdate())
    return get_object_or_404(mine.select_related("sender__area", "task__cycle__definition", "task__step"), pk=pk)


def letter_page(
    request: HttpRequest,
    found: Letter,
    *,
    form: DispatchForm | None = None,
    receive: ReceiveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one letter, with a form that was refused if there is one."""
    user, today = cast(User, request.user), timezone.localdate()
    may = found.state == LetterState.DRAFT and access.can_write(user, sender=found.sender, on=today)
    used = LetterSequence.objects.filter(register=desk_of(found.sender)).order_by("-year", "-last").first()
    initial = {"version": found.version, "dated_on": today, "office": used.prefix if used is not None else ""}
    waiting = lettering.receivers_of(found, user, on=today)
    addressees = found.addressees.select_related("body__area").order_by("position")
    context = {
        "letter": found,
        "paper": paper_of(found),
        "catalogue": catalogue_name(found.catalogue),
        "addressees": addressees[:500],
        "addressee_count": addressees.count(),
        "missing": queries.missing_of(found, on=found.dated_on or today),
        "waits": _waits(found, on=today),
        "form": (form or DispatchForm(initial=initial)) if may else None,
        "receive_form": (receive or ReceiveForm(bodies=waiting)) if waiting.exists() else None,
        "cancel_form": ReasonForm() if may else None,
    }
    return render(request, "web/letters/letter.html", context, status=status)


def _task_asked(asked: str, user: User, *, on: dt.date) -> Task:
    """The task a letter is written for; a missing page for who does not act on it."""
    rows = Task.objects.select_related("body", "cycle", "step")
    task = get_object_or_404(rows, pk=asked if asked.isdecimal() and len(asked) < 19 else 0)
    if not cycles_access.can_act_on_task(user, task=task, on=on):
        raise Http404
    return task


def _waits(found: Letter, *, on: dt.date) -> bool:
    """Whether the task of the letter waits for data that are not all in (R29)."""
    gathered = cycles.gathered_before(found.task, on=on) if found.task is not None else None
    return gathered is not None and bool(gathered.missing)


def _form(request: HttpRequest, sender: object, task: Task | None) -> WriteLetterForm:
    code = request.GET.get("catalogue", "") or (lettering.catalogue_of(task) if task is not None else "")
    law = next((one for one in rulebook.load().letters if one.code == code), None)
    year = task.cycle.fiscal_year if task is not None else fiscal_year_of(timezone.localdate()) + 1
    initial: dict[str, object] = {"fiscal_year": year, "catalogue": code}
    if law is not None:
        said = lettering.words_for(code, getattr(sender, "name_th", "จังหวัด"))
        initial |= {"subject": law.name.th, "text": said, "paper": law.form}
    return _bound(request, initial)


def _bound(request: HttpRequest, initial: dict[str, object], *, only: Letter | None = None) -> WriteLetterForm:
    senders = lettering.senders_of(cast(User, request.user), on=timezone.localdate())
    if only is not None:  # the sender of a draft stays
        senders = type(only.sender).objects.filter(pk=only.sender_id)
    catalogue = [(one.code, catalogue_name(one.code)) for one in rulebook.load().letters]
    posted = request.POST if request.method == "POST" else None
    return WriteLetterForm(posted, senders=senders, catalogue=catalogue, initial=initial)


def _write(
    request: HttpRequest,
    form: WriteLetterForm,
    *,
    letter: Letter | None = None,
    may: bool = True,
    status: int | None = None,
) -> HttpResponse:
    context = {"form": form, "may": may, "letter": letter}
    return render(request, "web/letters/new.html", context, status=status or (422 if form.is_bound else 200))
