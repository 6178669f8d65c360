"""One body's task in a running year: submit, return, finish, and exceptions."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles import queries as cycles
from prasan.cycles import services as acts
from prasan.cycles.models import StepException, Task
from prasan.web.forms.years import ExceptionForm, ReasonForm
from prasan.web.queries import years
from prasan.web.queries.papers import papers_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables.tasks import doer_of
from prasan.web.views.pressing import press
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: its dates and gates, what was made in it, what happened, and what may be done now."""
    return _page(request, _task(pk))


@route(who=SIGNED_IN, methods=("POST",))
def task_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the body has done its part."""
    found = _task(pk)
    return press(
        request,
        lambda user, seen: acts.submit_task(task=found, actor=user, at=timezone.now(), seen_version=seen),
        _("ส่งงานแล้ว"),
        "task",
        found.pk,
    )


@route(who=SIGNED_IN, methods=("POST",))
def task_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a submitted task."""
    found = _task(pk)
    return press(
        request,
        lambda user, seen: acts.finish_task(task=found, actor=user, at=timezone.now(), seen_version=seen),
        _("ปิดงานแล้ว"),
        "task",
        found.pk,
    )


@route(who=SIGNED_IN, methods=("POST",))
def task_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a submitted task back, saying why."""
    found, form = _task(pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, return_form=form, status=422)
    reason = form.cleaned_data["reason"]
    return press(
        request,
        lambda user, seen: acts.return_task(
            task=found, reason=reason, actor=user, at=timezone.now(), seen_version=seen
        ),
        _("ส่งคืนแล้ว ผู้ส่งเห็นเหตุผลบนโต๊ะงานของเขา"),
        "task",
        found.pk,
    )


@route(who=SIGNED_IN, methods=("POST",))
def task_except(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant an exception until a day, saying why."""
    found, form = _task(pk), ExceptionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, exception_form=form, status=422)
    try:
        acts.grant_exception(
            task=found,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            ends_before=form.ends_before(),
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _task(pk), exception_form=form, status=status_of(refusal))
    messages.success(request, _("ให้ข้อยกเว้นแล้ว เหตุผลและวันสิ้นสุดบันทึกไว้กับงาน"))
    return redirect("task", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def exception_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exception back, saying why."""
    exception = get_object_or_404(StepException.objects.select_related("task"), pk=pk)
    found, form = _task(exception.task_id), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("เขียนเหตุผลที่เพิกถอน"))
        return redirect("task", pk=found.pk)
    exception.task = found
    reason = form.cleaned_data["reason"]
    return press(
        request,
        lambda user, _seen: acts.revoke_exception(exception=exception, reason=reason, actor=user, at=timezone.now()),
        _("เพิกถอนข้อยกเว้นแล้ว"),
        "task",
        found.pk,
    )


def _task(pk: int) -> Task:
    rows = Task.objects.select_related(
        "body__area", "cycle__area", "cycle__definition", "step", "submitted_by", "done_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    found: Task,
    *,
    return_form: ReasonForm | None = None,
    exception_form: ExceptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, today = cast(User, request.user), timezone.localdate()
    own = access.can_act_on_task(user, task=found, on=today)
    over = access.can_supervise_task(user, task=found, on=today)
    waiting = found.done_at is None
    excused = found.excused_until is not None and found.excused_until > today
    context = {
        "page": years.task_page(found, on=today, reader=user),
        "papers": papers_of(found, cycles.printed_step(found), user=user, on=today),
        "task": found,
        "doer": doer_of(found),
        "may_submit": own and waiting and found.submitted_at is None and not excused,
        "may_finish": (own or over) and waiting and found.submitted_at is not None,
        "return_form": (return_form or ReasonForm()) if over and waiting and found.submitted_at else None,
        "exception_form": (exception_form or ExceptionForm()) if over and waiting else None,
        "exceptions": found.exceptions.select_related("granted_by", "granted_for__area").order_by("granted_at", "pk"),
        "may_revoke": over,
        "form": return_form or exception_form,
    }
    return render(request, "web/years/task.html", context, status=status)
