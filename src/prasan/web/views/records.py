"""Projects and needs: their lists, their pages, and handing a project over or answering a hand-over."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access as integration_access
from prasan.integration import queries as integration
from prasan.integration import services as acts
from prasan.integration.models import Handover, HandoverState
from prasan.needs.models import Need
from prasan.projects import access as projects_access
from prasan.projects.access import AGENCY_KINDS
from prasan.projects.models import Project
from prasan.web.forms.records import AnswerForm, HandOverForm
from prasan.web.queries import afp, joint, journey, objectives, places, records
from prasan.web.queries.conflicting import conflicts_of
from prasan.web.queries.planning import bodies_acted_for
from prasan.web.queries.recommending import committee_of
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.tables import records as tables
from prasan.web.views.listing import show_list
from prasan.web.wording import language


@route(who=ANYONE)
def projects(request: HttpRequest) -> HttpResponse:
    """Every standing project."""
    spec = tables.projects_spec(request.GET.get("area", ""))
    user = request.user
    # A fragment or a file does not ask for it.
    acted = SimpleLazyObject(lambda: bodies_acted_for(user, on=timezone.localdate()) if isinstance(user, User) else [])
    return show_list(request, "web/projects.html", spec, tables.project_rows(), {"may_record": acted})


@route(who=ANYONE)
def needs(request: HttpRequest) -> HttpResponse:
    """Every standing need."""
    spec = tables.needs_spec(request.GET.get("area", ""))
    return show_list(request, "web/needs.html", spec, tables.need_rows())


@route(who=ANYONE)
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project with its journey; the forms only for who may act."""
    return _project_page(request, _project(code))


@route(who=ANYONE)
def need(request: HttpRequest, code: str) -> HttpResponse:
    """One need: where it was asked, and what answers it."""
    rows = Need.objects.select_related("area", "body", "forum", "merged_into")
    found = get_object_or_404(rows, code=code)
    context = {
        "need": found,
        "page": records.need_page(found, drafts_too=request.user.is_authenticated),
        "station": journey.forum_station(found),
        "joint_told": joint.told(integration.joint_answers_to(found)),
        "inside": (*places.ancestors(found.area), found.area),
        "afp_places": afp.evidence_in(found) if request.user.is_authenticated else [],
    }
    return render(request, "web/need.html", context)


@route(who=SIGNED_IN, methods=("POST",))
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the project on to another body with a capacity verdict and a reason."""
    found = _project(code)
    form = HandOverForm(request.POST, receivers=integration.receivers_of(found))
    if not form.is_valid():
        return _project_page(request, found, hand_over_form=form, status=422)
    try:
        acts.hand_over(
            project=found,
            to=form.cleaned_data["to"],
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _project_page(request, found, hand_over_form=form, status=status_of(refusal))
    messages.success(request, _("ส่งต่อแล้ว เส้นทางของโครงการบันทึกเหตุผลไว้"))
    return redirect("project", code=found.code)


@route(who=SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or return a hand-over."""
    handover = get_object_or_404(Handover.objects.select_related("project", "to_body", "from_body"), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _project_page(request, _project(handover.project.code), answer_form=form, status=422)
    reason = form.cleaned_data["reason"]
    actor, at = cast(User, request.user), timezone.now()
    try:
        if form.cleaned_data["answer"] == HandoverState.ACCEPTED:
            acts.accept_handover(handover=handover, actor=actor, at=at, reason=reason)
            messages.success(request, _("รับโครงการไว้แล้ว"))
        else:
            acts.return_handover(handover=handover, actor=actor, at=at, reason=reason)
            messages.success(request, _("ส่งคืนแล้ว ผู้ส่งเห็นเหตุผลบนโต๊ะงานของเขา"))
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        page = _project(handover.project.code)
        return _project_page(request, page, answer_form=form, status=status_of(refusal))
    return redirect("project", code=handover.project.code)


def message_of(refusal: Refused) -> str:
    """Why an act was refused, in the reader's language."""
    return refusal.message_en if language() == "en" else refusal.message_th


def status_of(refusal: Refused) -> int:
    """403 where the person may not, 409 where somebody was faster, else 422."""
    if refusal.code == "not_allowed":
        return 403
    return 409 if refusal.code in ("answered_already", "decided_already", "changed_meanwhile", "open_already") else 422


def _project(code: str) -> Project:
    rows = Project.objects.select_related("owner__area", "asks", "area", "merged_into")
    return get_object_or_404(rows, code=code)


def _project_page(
    request: HttpRequest,
    found: Project,
    *,
    hand_over_form: HandOverForm | None = None,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    waiting = found.handovers.filter(state=HandoverState.SENT).select_related("to_body", "from_body").first()
    standing = found.merged_into_id is None and found.withdrawn_at is None
    context = {
        "project": found,
        "page": records.project_page(found),
        "stations": journey.stations(found, on=today, drafts_too=request.user.is_authenticated),
        "inside": (*places.ancestors(found.area), found.area) if found.area is not None else (),
        "waiting_handover": waiting,
        "hand_over_form": None,
        "answer_form": None,
        "standing": standing,
        "recommendations": integration.recommendations(project=found),
        "may_recommend": False,
        "conflicts": conflicts_of(found) if request.user.is_authenticated else [],
        "afp_places": afp.places_in(found) if request.user.is_authenticated else [],
        "aims": objectives.of_project(found),
        "joint_pages": [joint.joint_page(one) for one in integration.joints_of(found)],
        "may_join": standing and request.user.is_authenticated,
    }
    user = request.user
    if isinstance(user, User) and standing:
        context["may_aim"] = projects_access.can_revise_project(user, project=found, on=today)
        context["objectives"] = objectives.offered(found, on=today) if context["may_aim"] else ()
        committee = committee_of(found) if found.owner.kind in AGENCY_KINDS else None
        context["may_recommend"] = committee is not None and integration_access.can_recommend_change(
            user, project=found, committee=committee, on=today
        )
        if waiting is not None and integration_access.can_answer_handover(user, handover=waiting, on=today):
            context["answer_form"] = answer_form or AnswerForm()
        holder = integration.holder_of(found)
        if waiting is None and integration_access.can_hand_over(user, holder=holder, project=found, on=today):
            receivers = integration.receivers_of(found)
            context["hand_over_form"] = hand_over_form or HandOverForm(receivers=receivers)
    context["form"] = hand_over_form or answer_form
    return render(request, "web/project.html", context, status=status)
