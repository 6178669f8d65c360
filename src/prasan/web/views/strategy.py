"""Strategy of each level to read: the plans, the issues of all, one plan with its cascade; a project's objective."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.exchange.queries import strategy_workbook
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.strategy import access, queries
from prasan.strategy.models import Objective, StrategyPlan
from prasan.web.exports import XLSX, attachment
from prasan.web.queries.cascade import cascade_of
from prasan.web.queries.strategizing import writers_of
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.tables.strategies import issues_spec, strategies_spec, strategy_rows
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of


@route(who=ANYONE)
def strategies(request: HttpRequest) -> HttpResponse:
    """Every level's strategy, the highest first; drafts only to officers."""
    officer = request.user.is_authenticated
    may_write = officer and writers_of(cast(User, request.user), on=timezone.localdate()).exists()
    rows = strategy_rows(drafts_too=officer)
    return show_list(request, "web/strategy/list.html", strategies_spec(), rows, {"may_write": may_write})


@route(who=ANYONE)
def strategy_issues(request: HttpRequest) -> HttpResponse:
    """The issues of every strategy, with what answers nothing above and what nobody answers below."""
    rows = queries.issues(drafts_too=request.user.is_authenticated)
    return show_list(request, "web/strategy/issues.html", issues_spec(), rows)


@route(who=ANYONE)
def strategy(request: HttpRequest, pk: int) -> HttpResponse:
    """One strategy: vision, its cascade as a picture, goal tree with indicators, and what is orphaned or unanswered."""
    plan = plan_seen(request, pk)
    user, today = request.user, timezone.localdate()
    writes = isinstance(user, User) and access.can_write_strategy(user, body=plan.body, on=today)
    context = {
        "plan": plan,
        "tree": queries.tree(plan),
        "cascade": cascade_of(plan),
        "orphans": queries.orphans(plan),
        "unanswered": queries.unanswered(plan),
        "missing": queries.missing_components(plan) if plan.proclaimed_on is None else (),
        "may_edit": writes and plan.proclaimed_on is None,
        "may_follow": writes and plan.proclaimed_on is not None and plan.body is not None,
    }
    return render(request, "web/strategy/plan.html", context)


@route(who=ANYONE)
def strategy_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One strategy as a workbook, which can be read in again."""
    plan = plan_seen(request, pk)
    return attachment(strategy_workbook(plan), f"strategy-{plan.pk}.xlsx", XLSX)


@route(who=SIGNED_IN, methods=("POST",))
def project_objective(request: HttpRequest, code: str) -> HttpResponse:
    """Link a project to an objective it answers, or take the link back."""
    project = get_object_or_404(Project.objects.select_related("owner__area"), code=code)
    chosen = request.POST.get("objective", "")
    objective = Objective.objects.select_related("plan").filter(pk=chosen if chosen.isdecimal() else 0).first()
    if objective is None:
        messages.error(request, _("เลือกเป้าประสงค์หรือประเด็นที่โครงการตอบ"))
        return redirect("project", code=code)
    act = projects.unlink_objective if request.POST.get("do") == "unlink" else projects.link_objective
    try:
        act(project=project, objective=objective, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("บันทึกความเชื่อมโยงแล้ว"))
    return redirect("project", code=code)


def plan_seen(request: HttpRequest, pk: int) -> StrategyPlan:
    """A strategy the reader may read: a draft is the officers'."""
    plan = get_object_or_404(StrategyPlan.objects.select_related("body__area"), pk=pk)
    if plan.proclaimed_on is None and not request.user.is_authenticated:
        raise Http404
    return plan
