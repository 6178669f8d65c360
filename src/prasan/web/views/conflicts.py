"""Works in each other's way: the list, two works side by side to decide, and searching anew."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration import queries as integration
from prasan.integration import services as acts
from prasan.integration.models import Conflict, ConflictDecision
from prasan.projects.access import INTEGRATING_KINDS
from prasan.web.forms.conflicts import ConflictForm
from prasan.web.forms.records import UndoForm
from prasan.web.queries.comparing import beside
from prasan.web.queries.conflicting import recommended, time_picture, ways_out
from prasan.web.queries.record_map import where
from prasan.web.reader import acting_for
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import conflicts as tables
from prasan.web.views.listing import show_list
from prasan.web.views.pressing import press
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every conflict, the surest first."""
    spec = tables.conflicts_spec(request.GET.get("area", ""))
    context = {"area": _area_over(request), "may_search": _may_search(request)}
    return show_list(request, "web/conflicts/list.html", spec, tables.conflict_rows(), context)


@route(who=SIGNED_IN, methods=("POST",))
def search(request: HttpRequest) -> HttpResponse:
    """Look anew for conflicts among the projects of the reader's own district or province."""

    def act(user: User, version: int | None) -> None:
        # Asked before anything is read: searching a province costs seconds.
        area = _area_over(request) if access.can_record_conflicts(user, on=timezone.localdate()) else None
        everywhere = area is None and user.is_superuser
        found = integration.find_conflicts(area=area, among=None if area is not None or everywhere else ())
        acts.record_conflicts(
            found=found.found, rule_version=found.rule_version, actor=user, at=timezone.now(), among=found.among
        )

    return press(request, act, _("ตรวจใหม่แล้ว รายการนี้เป็นไปตามวันและพื้นที่ปัจจุบันของโครงการ"), "conflicts")


@route(who=SIGNED_IN, methods=("GET", "POST"))
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Two works side by side, what would solve it, and the decision."""
    found = _conflict(pk)
    if request.method != "POST":
        return _page(request, found)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        acts.decide_conflict(
            conflict=found,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _conflict(pk), form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกผลพิจารณาแล้ว ย้อนกลับได้จากหน้านี้"))
    return redirect("conflict", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, saying why."""
    found = _conflict(pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, found, undo_form=form, status=422)
    try:
        acts.undo_conflict_decision(
            conflict=found,
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _conflict(pk), undo_form=form, status=status_of(refusal))
    messages.success(request, _("ยกเลิกผลพิจารณาแล้ว กลับไปรอพิจารณา"))
    return redirect("conflict", pk=pk)


def _conflict(pk: int) -> Conflict:
    return get_object_or_404(integration.conflicts().prefetch_related("first__years", "second__years"), pk=pk)


def _area_over(request: HttpRequest) -> Area | None:
    """The widest district or province the reader plans for."""
    areas = [body.area for body in acting_for(request) if body.kind in INTEGRATING_KINDS and body.area is not None]
    return min(areas, key=lambda area: (len(area.code), area.code), default=None)


def _may_search(request: HttpRequest) -> bool:
    user = cast(User, request.user)
    return (_area_over(request) is not None or user.is_superuser) and access.can_record_conflicts(
        user, on=timezone.localdate()
    )


def _page(
    request: HttpRequest,
    found: Conflict,
    *,
    form: ConflictForm | None = None,
    undo_form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, today = cast(User, request.user), timezone.localdate()
    may = access.can_decide_conflict(user, conflict=found, on=today)
    waiting = found.decision == ConflictDecision.WAITING
    # The version is that of the page just read: who decided meanwhile is seen before one presses again.
    seen = {"version": found.version}
    asked = recommended(found)
    context = {
        "conflict": found,
        "reasons": tables.reasons_of(found),
        "rows": beside(found.first, found.second),
        "where": where((found.first, found.second)),
        "times": time_picture(found.first, found.second),
        "ways": ways_out(found, user, asked, on=today) if waiting else [],
        "recommended": asked,
        "may": may,
        "decide_form": (form or ConflictForm(initial=seen)) if may and waiting else None,
        "undo_form": (undo_form or UndoForm(initial=seen)) if may and not waiting else None,
        "form": form or undo_form,
        "version": found.version,
    }
    return render(request, "web/conflicts/conflict.html", context, status=status)
