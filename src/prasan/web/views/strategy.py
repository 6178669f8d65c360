"""Strategy of each level: the plans, one plan's goal tree, and a project's link to an objective."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.strategy import queries
from prasan.strategy.models import Objective, StrategyPlan
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.views.records import message_of


@route(who=ANYONE)
def strategies(request: HttpRequest) -> HttpResponse:
    """Every level's strategy, the highest first; drafts only to officers."""
    plans = queries.plans(drafts_too=request.user.is_authenticated)
    return render(request, "web/strategy/list.html", {"plans": plans})


@route(who=ANYONE)
def strategy(request: HttpRequest, pk: int) -> HttpResponse:
    """One strategy: vision, goal tree with indicators and targets, links up, and what is orphaned or unanswered."""
    plan = get_object_or_404(StrategyPlan.objects.select_related("body__area"), pk=pk)
    if plan.proclaimed_on is None and not request.user.is_authenticated:
        raise Http404
    context = {
        "plan": plan,
        "tree": queries.tree(plan),
        "orphans": queries.orphans(plan),
        "unanswered": queries.unanswered(plan),
        "missing": queries.missing_components(plan) if plan.proclaimed_on is None else (),
    }
    return render(request, "web/strategy/plan.html", context)


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
