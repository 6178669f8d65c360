"""One objective of a draft: its words and place, what stands under it, its indicators, and what it answers above."""

from functools import partial
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.strategy import access, queries
from prasan.strategy import services as acts
from prasan.strategy.models import Indicator, Objective
from prasan.web.forms.strategy import IndicatorForm, ObjectiveForm, written_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.pressing import press
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN, methods=("GET", "POST"))
def objective(request: HttpRequest, pk: int) -> HttpResponse:
    """An objective with everything that can be done to it."""
    found = _objective(request, pk)
    if request.method == "GET":
        return _page(request, found)
    form = ObjectiveForm(request.POST, parents=queries.parents_for(found))
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    said = form.cleaned_data
    try:
        acts.change_objective(
            objective=found,
            code=said["code"],
            name=said["name"],
            parent=said.get("parent"),
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=said["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _objective(request, pk), form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("objective", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def objective_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what stands under it: a goal under an issue, a strategy under a goal."""
    found, form = _objective(request, pk), ObjectiveForm(request.POST)
    kind = queries.child_kind_of(found)
    if not kind:
        raise Http404
    if not form.is_valid():
        return _page(request, found, child_form=form, status=422)
    said = form.cleaned_data
    try:
        made = acts.add_objective(
            plan=found.plan,
            kind=kind,
            code=said["code"],
            name=said["name"],
            parent=found,
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=said["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _objective(request, pk), child_form=form, status=status_of(refusal))
    messages.success(request, _("เพิ่มแล้ว"))
    return redirect("objective", pk=made.pk)


@route(who=SIGNED_IN, methods=("POST",))
def objective_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down among its neighbours."""
    found, up = _objective(request, pk), request.POST.get("to") == "up"

    def act(user: User, seen: int | None) -> None:
        acts.move_objective(objective=found, up=up, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("ย้ายลำดับแล้ว"), "strategy_edit", found.plan_id)


@route(who=SIGNED_IN, methods=("POST",))
def objective_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out with what hangs on it."""
    found = _objective(request, pk)

    def act(user: User, seen: int | None) -> None:
        acts.remove_objective(objective=found, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("ตัดออกแล้ว"), "strategy_edit", found.plan_id, otherwise=("objective", pk))


@route(who=SIGNED_IN, methods=("POST",))
def objective_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which objective above it answers, or take that back; also of a proclaimed plan."""
    found = _objective(request, pk, proclaimed_too=True)
    chosen = request.POST.get("above", "")
    above = get_object_or_404(Objective.objects.select_related("plan"), pk=chosen if chosen.isdecimal() else 0)
    act = acts.unlink_up if request.POST.get("do") == "unlink" else acts.link_up

    def link(user: User, _seen: int | None) -> None:
        act(below=found, above=above, actor=user, at=timezone.now())

    return press(request, link, _("บันทึกความเชื่อมโยงแล้ว"), "objective", pk)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def indicator_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an objective is measured."""
    found = _objective(request, pk)
    form = IndicatorForm(request.POST or None, plan=found.plan, initial={"version": found.plan.version})
    return _measure(request, form, found, None)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator and its targets."""
    kept = get_object_or_404(Indicator.objects.prefetch_related("targets"), pk=pk)
    found = _objective(request, kept.objective_id)
    initial = written_of(kept) | {"version": found.plan.version}
    return _measure(request, IndicatorForm(request.POST or None, plan=found.plan, initial=initial), found, kept)


@route(who=SIGNED_IN, methods=("POST",))
def indicator_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an indicator out."""
    kept = get_object_or_404(Indicator.objects.select_related("objective__plan__body"), pk=pk)
    found = _objective(request, kept.objective_id)

    def act(user: User, seen: int | None) -> None:
        acts.remove_indicator(indicator=kept, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("ตัดตัวชี้วัดออกแล้ว"), "objective", found.pk)


def _measure(request: HttpRequest, form: IndicatorForm, found: Objective, kept: Indicator | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        act = partial(acts.set_indicator, objective=found)
        if kept is not None:
            act = partial(acts.change_indicator, indicator=kept)
        try:
            act(
                measure=form.measure(),
                actor=cast(User, request.user),
                at=timezone.now(),
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, message_of(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("บันทึกตัวชี้วัดแล้ว"))
            return redirect("objective", pk=found.pk)
    context = {"form": form, "objective": found, "indicator": kept, "plan": found.plan}
    return render(request, "web/strategy/indicator.html", context, status=status)


def _objective(request: HttpRequest, pk: int, *, proclaimed_too: bool = False) -> Objective:
    """An objective of a plan one writes; a missing page for everybody else."""
    found = get_object_or_404(Objective.objects.select_related("plan__body", "parent"), pk=pk)
    user, today = cast(User, request.user), timezone.localdate()
    editing = request.method == "POST" and not proclaimed_too
    if not access.can_write_strategy(user, body=found.plan.body, on=today) or (editing and found.plan.proclaimed_on):
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: Objective,
    *,
    form: ObjectiveForm | None = None,
    child_form: ObjectiveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    plan, words, child_kind = found.plan, request.GET.get("q", ""), queries.child_kind_of(found)
    told = {"code": found.code, "name": found.name_th, "parent": found.parent_id, "version": plan.version}
    draft = plan.proclaimed_on is None
    context = {
        "objective": found,
        "plan": plan,
        "form": (form or ObjectiveForm(initial=told, parents=queries.parents_for(found))) if draft else None,
        "child_form": (child_form or ObjectiveForm(initial={"version": plan.version}))
        if draft and child_kind
        else None,
        "child_kind": child_kind,
        "refused": form or child_form,
        "children": found.children.order_by("position"),
        "indicators": found.indicators.prefetch_related("targets"),
        "links": found.links_up.select_related("above__plan").order_by("above__plan", "above__position"),
        "suggestions": queries.suggestions(found, words=words) if plan.level != "NATIONAL" else [],
        "words": words,
    }
    return render(request, "web/strategy/objective.html", context, status=status)
