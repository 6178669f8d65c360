"""Pairs that may be the same: the list, and two projects side by side to decide."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration import queries as integration
from prasan.integration import services as acts
from prasan.integration.models import JointProject, Pair, PairDecision
from prasan.web.forms.records import PairForm, UndoForm
from prasan.web.queries.comparing import compare
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import pairs as tables
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def pairs(request: HttpRequest) -> HttpResponse:
    """Every pair, the likeliest first."""
    spec = tables.pairs_spec(request.GET.get("area", ""))
    return show_list(request, "web/pairs.html", spec, tables.pair_rows())


@route(who=SIGNED_IN, methods=("GET", "POST"))
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two projects side by side, and the decision."""
    found = _pair(pk)
    if request.method != "POST":
        return _pair_page(request, found)
    form = PairForm(request.POST, codes=(found.first.code, found.second.code))
    if not form.is_valid():
        return _pair_page(request, found, form=form, status=422)
    kept = {"first": found.first, "second": found.second}.get(form.cleaned_data["kept"])
    try:
        acts.decide_pair(
            pair=found,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            kept=kept if form.cleaned_data["decision"] == PairDecision.SAME else None,
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _pair_page(request, _pair(pk), form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกผลพิจารณาแล้ว ย้อนกลับได้จากหน้านี้"))
    following = integration.pairs().exclude(pk=pk).filter(probability__lte=found.probability).first()
    if request.POST.get("then") == "next" and following is not None:
        return redirect("pair", pk=following.pk)
    return redirect("pair", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, saying why."""
    found = _pair(pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _pair_page(request, found, undo_form=form, status=422)
    try:
        acts.undo_pair_decision(
            pair=found,
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _pair_page(request, _pair(pk), undo_form=form, status=status_of(refusal))
    messages.success(request, _("ยกเลิกผลพิจารณาแล้ว คู่นี้กลับไปรอพิจารณา"))
    return redirect("pair", pk=pk)


def _pair(pk: int) -> Pair:
    rows = Pair.objects.select_related(
        "first__owner", "first__area", "second__owner", "second__area", "decided_by", "kept"
    ).prefetch_related("first__years", "second__years")
    return get_object_or_404(rows, pk=pk)


def _joint_of(found: Pair) -> JointProject | None:
    """The joint project in which both are, if there is one."""
    joint = integration.live_joint_of(found.first)
    return joint if joint is not None and integration.live_joint_of(found.second) == joint else None


def _may_stand_together(found: Pair) -> bool:
    """Two projects of two bodies that both stand for themselves."""
    both = (found.first, found.second)
    return found.first.owner_id != found.second.owner_id and all(
        one.merged_into_id is None and one.withdrawn_at is None for one in both
    )


def _pair_page(
    request: HttpRequest,
    found: Pair,
    *,
    form: PairForm | None = None,
    undo_form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may = access.can_decide_pair(cast(User, request.user), pair=found, on=timezone.localdate())
    waiting = found.decision == PairDecision.WAITING
    # The version is that of the page just read: who decided meanwhile is seen before one presses again.
    seen = {"version": found.version}
    codes = (found.first.code, found.second.code)
    context = {
        "pair": found,
        "percent": tables.percent_of(found),
        "reasons": tables.reasons_of(found),
        "rows": compare(found.first, found.second),
        "may": may,
        "decide_form": (form or PairForm(initial=seen, codes=codes)) if may and waiting else None,
        "undo_form": (undo_form or UndoForm(initial=seen)) if may and not waiting else None,
        "form": form or undo_form,
        "version": found.version,
        "joint": _joint_of(found),
        "joint_offered": may and waiting and _may_stand_together(found),
    }
    return render(request, "web/pair.html", context, status=status)
