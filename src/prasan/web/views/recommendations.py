"""A committee recommends a change of an agency's project, and the agency replies (R49)."""

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
from prasan.integration.models import ChangeRecommendation
from prasan.projects.models import Project
from prasan.web.forms.recommendations import RecommendForm, ReplyForm, prefilled
from prasan.web.queries import places
from prasan.web.queries.recommending import areas_offered, committee_of, resolutions_offered
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN, methods=("GET", "POST"))
def recommend(request: HttpRequest, code: str) -> HttpResponse:
    """Submit to the agency what the committee of the project's province resolved."""
    project = get_object_or_404(Project.objects.select_related("owner__area", "area"), code=code)
    committee = committee_of(project)
    areas = areas_offered(committee)
    form = RecommendForm(
        request.POST if request.method == "POST" else None,
        resolutions=resolutions_offered(committee),
        areas=areas,
        initial=prefilled(request.GET.dict(), areas),
    )
    user, status = cast(User, request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acts.recommend_change(
                    project=project,
                    resolution=form.cleaned_data["resolution"],
                    area=form.area_asked(),
                    work=form.work(),
                    reason=form.cleaned_data["reason"],
                    actor=user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("เสนอหน่วยงานแล้ว โครงการคงเดิมจนกว่าหน่วยงานจะตอบ"))
                return redirect("project", code=code)
    may = committee is not None and access.can_recommend_change(
        user, project=project, committee=committee, on=timezone.localdate()
    )
    inside = (*places.ancestors(project.area), project.area) if project.area is not None else ()
    context = {"project": project, "form": form, "may": may, "inside": inside}
    return render(request, "web/recommendations/recommend.html", context, status=status)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recommended, and the agency's reply."""
    found = get_object_or_404(integration.recommendations(), pk=pk)
    form = ReplyForm(request.POST) if request.method == "POST" else ReplyForm(initial={"version": found.version})
    user, status = cast(User, request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _reply(found, form, user)
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("ส่งคำตอบให้จังหวัดแล้ว"))
                return redirect("project", code=found.project.code)
    waits = found.state == "OPEN"
    may = waits and access.can_answer_recommendation(user, recommendation=found, on=timezone.localdate())
    context = {"one": found, "project": found.project, "form": form if may else None, "waits": waits}
    return render(request, "web/recommendations/reply.html", context, status=status)


def _reply(found: ChangeRecommendation, form: ReplyForm, user: User) -> None:
    acts.answer_recommendation(
        recommendation=found,
        accept=form.cleaned_data["answer"] == "accept",
        reply=form.cleaned_data["reply"],
        actor=user,
        at=timezone.now(),
        seen_version=form.cleaned_data["version"],
    )
