"""Writing a strategy: beginning one, its head and tree, proclaiming it, its next version, a workbook."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.exchange.services import plan_code
from prasan.strategy import access, queries
from prasan.strategy import services as acts
from prasan.strategy.models import StrategyPlan
from prasan.web.forms.strategy import NewPlanForm, ObjectiveForm, PlanHeadForm, ProclaimForm
from prasan.web.queries.cascade import level_of
from prasan.web.queries.strategizing import writers_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.pressing import press
from prasan.web.views.records import message_of, status_of
from prasan.web.views.strategy import plan_seen


@route(who=SIGNED_IN, methods=("GET", "POST"))
def strategy_new(request: HttpRequest) -> HttpResponse:
    """Begin the strategy of a body one writes for."""
    user, today = cast(User, request.user), timezone.localdate()
    bodies, year = writers_of(user, on=today), fiscal_year_of(timezone.localdate()) + 1
    form = NewPlanForm(request.POST or None, bodies=bodies, initial={"first_year": year, "last_year": year + 4})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = _begin(form, user)
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("เริ่มแผนยุทธศาสตร์แล้ว เพิ่มประเด็นยุทธศาสตร์ต่อไป"))
                return redirect("strategy_edit", pk=made.pk)
    return render(request, "web/strategy/new.html", {"form": form, "may": bodies.exists()}, status=status)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def strategy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as its writers see it: the head to change, the tree to go into."""
    plan = draft_of(request, pk)
    if request.method == "GET":
        return edit_page(request, plan)
    form = PlanHeadForm(request.POST)
    if not form.is_valid():
        return edit_page(request, plan, form=form, status=422)
    said = form.cleaned_data
    try:
        acts.revise_plan(
            plan=plan,
            title=said["title"],
            vision=said["vision"],
            reference=said["reference"],
            first_year=said["first_year"],
            last_year=said["last_year"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=said["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return edit_page(request, draft_of(request, pk), form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกแล้ว"))
    return redirect("strategy_edit", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def strategy_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an issue to a draft."""
    plan, form = draft_of(request, pk), ObjectiveForm(request.POST)
    if not form.is_valid():
        return edit_page(request, plan, issue_form=form, status=422)
    said = form.cleaned_data
    try:
        made = acts.add_objective(
            plan=plan,
            kind="ISSUE",
            code=said["code"],
            name=said["name"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=said["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return edit_page(request, draft_of(request, pk), issue_form=form, status=status_of(refusal))
    messages.success(request, _("เพิ่มประเด็นยุทธศาสตร์แล้ว"))
    return redirect("objective", pk=made.pk)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def strategy_proclaim(request: HttpRequest, pk: int) -> HttpResponse:
    """Proclaim a draft; what it still lacks (R40) is said before the button."""
    plan = draft_of(request, pk)
    initial = {"version": plan.version, "proclaimed_on": timezone.localdate()}
    form, status = ProclaimForm(request.POST or None, initial=initial), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                acts.proclaim_plan(
                    plan=plan,
                    proclaimed_on=said["proclaimed_on"],
                    by=said["by"],
                    actor=cast(User, request.user),
                    at=timezone.now(),
                    seen_version=said["version"],
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("ประกาศใช้แผนแล้ว"))
                return redirect("strategy", pk=pk)
    context = {"plan": plan, "form": form, "missing": queries.missing_components(plan)}
    return render(request, "web/strategy/proclaim.html", context, status=status)


@route(who=SIGNED_IN, methods=("POST",))
def strategy_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a proclaimed strategy."""
    plan = plan_seen(request, pk)
    try:
        made = acts.next_version(plan=plan, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("strategy", pk=pk)
    messages.success(request, _("เริ่มฉบับถัดไปแล้ว ฉบับที่ประกาศใช้ยังคงเดิม"))
    return redirect("strategy_edit", pk=made.pk)


@route(who=SIGNED_IN, methods=("POST",))
def strategy_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    plan = draft_of(request, pk)

    def act(user: User, seen: int | None) -> None:
        acts.discard_draft(plan=plan, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("ทิ้งร่างแล้ว"), "strategies", otherwise=("strategy_edit", pk))


def draft_of(request: HttpRequest, pk: int) -> StrategyPlan:
    """A draft for its writers; a missing page for everybody else, and for what is proclaimed."""
    plan = plan_seen(request, pk)
    writes = access.can_write_strategy(cast(User, request.user), body=plan.body, on=timezone.localdate())
    if not writes or plan.proclaimed_on is not None:
        raise Http404
    return plan


def edit_page(
    request: HttpRequest,
    plan: StrategyPlan,
    *,
    form: PlanHeadForm | None = None,
    issue_form: ObjectiveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a draft, with a form that was refused if there is one."""
    head = {
        "title": plan.title_th,
        "vision": plan.vision,
        "reference": plan.reference,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "version": plan.version,
    }
    context = {
        "plan": plan,
        "form": form or PlanHeadForm(initial=head),
        "issue_form": issue_form or ObjectiveForm(initial={"version": plan.version}),
        "refused": form or issue_form,
        "tree": queries.tree(plan),
        "missing": queries.missing_components(plan),
    }
    return render(request, "web/strategy/edit.html", context, status=status)


def _begin(form: NewPlanForm, user: User) -> StrategyPlan:
    said = form.cleaned_data
    body: Body = said["body"]
    return acts.draft_plan(
        code=plan_code(body, said["first_year"]),
        level=level_of(body),
        body=body,
        title=said["title"],
        vision=said["vision"],
        first_year=said["first_year"],
        last_year=said["last_year"],
        reference=said["reference"],
        actor=user,
        at=timezone.now(),
    )
