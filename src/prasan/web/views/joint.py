"""Joint projects: the list, one of them, and proposing, arranging, answering, confirming and dissolving it."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
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
from prasan.integration.models import JointPartner, JointProject, JointState, Pair
from prasan.web.forms import joint as shapes
from prasan.web.forms.fields import VersionForm
from prasan.web.queries import joint as pages
from prasan.web.queries import places
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.tables import joint as tables
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of


@route(who=ANYONE)
def joint_projects(request: HttpRequest) -> HttpResponse:
    """Every joint project, the latest first."""
    return show_list(request, "web/joint/list.html", tables.joint_spec(), tables.joint_rows())


@route(who=ANYONE)
def joint_project(request: HttpRequest, pk: int) -> HttpResponse:
    """One joint project; the forms only for who may act."""
    return _page(request, _joint(pk))


@route(who=SIGNED_IN, methods=("GET", "POST"))
def joint_new(request: HttpRequest) -> HttpResponse:
    """Choose projects, say which stands for all and who leads, and propose it to the owners."""
    asked = request.POST if request.method == "POST" else request.GET
    codes = [*asked.getlist("project"), *asked.getlist("code"), *_of_pair(request.GET.get("pair", ""))]
    projects = pages.chosen(codes)
    form = shapes.JoinForm(request.POST if request.method == "POST" else None, projects=projects)
    user, status = cast(User, request.user), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            standing = form.standing_project()
            try:
                made = acts.join_projects(
                    projects=projects,
                    standing=standing,
                    lead=form.lead_body(),
                    reason=form.cleaned_data["reason"],
                    actor=user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("เสนอโครงการร่วมแล้ว แต่ละหน่วยงานเห็นบนโต๊ะงานและตอบเอง"))
                return redirect("joint_project", pk=made.pk)
    q = request.GET.get("find", "").strip()
    taken = {one.code for one in projects}
    hits = [one for one in places.search(q).projects if one.code not in taken] if q else []
    context = {"projects": projects, "form": form, "q": q, "hits": hits, "alike": pages.alike(projects)}
    return render(request, "web/joint/new.html", context, status=status)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def joint_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """Who pays how much in which year out of what: rows that are filled, and rows left empty."""
    joint = _joint(pk)
    bodies = [partner.body for partner in joint.partners.all()]
    planned = integration.planned_by_year(joint.project)
    rows = shapes.share_rows(
        request.POST if request.method == "POST" else None,
        shares=joint.shares.all(),
        bodies=bodies,
        years=sorted(planned),
    )
    extra = {"planned": sorted(planned.items()), "shares": pages.share_table(joint)}

    def act(user: User, version: int) -> object:
        return acts.set_cost_shares(
            joint=joint, shares=shapes.share_drafts(rows, bodies), actor=user, at=timezone.now(), seen_version=version
        )

    done = _("บันทึกส่วนแบ่งแล้ว รวมตรงกับเงินตามแผนทุกปี หน่วยงานที่ตอบไว้จะถูกถามใหม่")
    return _rows_page(request, joint, rows, act, done, "web/joint/shares.html", extra)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def joint_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done by whom, when, and after what."""
    joint = _joint(pk)
    bodies = [partner.body for partner in joint.partners.all()]
    tasks = list(joint.tasks.order_by("ordinal"))
    rows = shapes.task_rows(request.POST if request.method == "POST" else None, tasks=tasks, bodies=bodies)

    def act(user: User, version: int) -> object:
        return acts.set_joint_tasks(
            joint=joint, tasks=shapes.task_drafts(rows, bodies), actor=user, at=timezone.now(), seen_version=version
        )

    done = _("บันทึกงานแล้ว หน่วยงานที่ตอบไว้จะถูกถามใหม่")
    return _rows_page(request, joint, rows, act, done, "web/joint/tasks.html", {})


@route(who=SIGNED_IN, methods=("POST",))
def joint_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A partner's own answer."""
    partner = get_object_or_404(JointPartner.objects.select_related("joint__project", "body__area"), pk=pk)
    form = shapes.AnswerJointForm(request.POST)

    def act(user: User) -> object:
        said = form.cleaned_data
        common: dict[str, Any] = {
            "partner": partner, "actor": user, "at": timezone.now(), "reason": said["reason"],
            "seen_version": said["version"],
        }  # fmt: skip
        return acts.agree_to_joint(**common) if said["answer"] == "agree" else acts.decline_joint(**common)

    return _pressed(request, partner.joint_id, form, act, _("บันทึกคำตอบของหน่วยงานแล้ว"), "answer_form")


@route(who=SIGNED_IN, methods=("POST",))
def joint_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed by all and resolved: the joint project stands, and everybody gets the answer."""
    joint = _joint(pk)
    form = shapes.ConfirmJointForm(request.POST, resolutions=pages.resolutions_for(joint))

    def act(user: User) -> object:
        said = form.cleaned_data
        return acts.confirm_joint(
            joint=joint, resolution=said["resolution"], actor=user, at=timezone.now(), seen_version=said["version"]
        )

    done = _("ตกลงเป็นโครงการร่วมแล้ว เจ้าของและหมู่บ้านของทุกโครงการเห็นคำตอบนี้")
    return _pressed(request, pk, form, act, done, "confirm_form")


@route(who=SIGNED_IN, methods=("POST",))
def joint_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: every original stands for itself again."""
    joint = _joint(pk)
    form = shapes.DissolveJointForm(request.POST)

    def act(user: User) -> object:
        said = form.cleaned_data
        return acts.dissolve_joint(
            joint=joint, reason=said["reason"], actor=user, at=timezone.now(), seen_version=said["version"]
        )

    return _pressed(request, pk, form, act, _("ยกเลิกแล้ว ทุกโครงการกลับมาเป็นโครงการเดิม"), "dissolve_form")


def _joint(pk: int) -> JointProject:
    return get_object_or_404(integration.joint_projects(), pk=pk)


def _of_pair(pk: str) -> list[str]:
    pair = Pair.objects.select_related("first", "second").filter(pk=pk).first() if pk.isdecimal() else None
    return [pair.first.code, pair.second.code] if pair is not None else []


def _pressed(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    act: Callable[[User], object],
    done: str,
    name: str,
) -> HttpResponse:
    """One act of the page of a joint project: done, or the page again with what is missing."""
    if not form.is_valid():
        return _page(request, _joint(pk), status=422, **{name: form})
    try:
        act(cast(User, request.user))
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _joint(pk), status=status_of(refusal), **{name: form})
    messages.success(request, done)
    return redirect("joint_project", pk=pk)


def _rows_page(
    request: HttpRequest,
    joint: JointProject,
    rows: "forms.BaseFormSet[Any]",
    act: Callable[[User, int], object],
    done: str,
    template: str,
    extra: dict[str, Any],
) -> HttpResponse:
    """A page of rows to fill: saved as a whole, or shown again as it was filled."""
    user, status = cast(User, request.user), 200
    form = VersionForm(request.POST if request.method == "POST" else None, initial={"version": joint.version})
    if request.method == "POST":
        status = 422
        if form.is_valid() and rows.is_valid():
            try:
                act(user, form.cleaned_data["version"])
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, done)
                return redirect("joint_project", pk=joint.pk)
        elif form.is_valid():
            form.add_error(None, _("มีช่องที่ต้องแก้ ดูข้อความใต้ช่องนั้น"))
    proposed = joint.state == JointState.PROPOSED
    may = proposed and access.can_arrange_joint(user, joint=joint, on=timezone.localdate())
    # The version is that of the page just read: who changed it meanwhile is seen before one presses again.
    context = {"joint": joint, "rows": rows, "form": form, "version": joint.version, "may": may, **extra}
    return render(request, template, context, status=status)


def _blank(partner: JointPartner, seen: dict[str, int]) -> shapes.AnswerJointForm:
    return shapes.AnswerJointForm(initial=seen, auto_id=f"id_{partner.pk}_%s")


def _page(request: HttpRequest, joint: JointProject, *, status: int = 200, **given: forms.Form) -> HttpResponse:
    today, user = timezone.localdate(), request.user
    page = pages.joint_page(joint)
    area = joint.project.area
    context: dict[str, Any] = {
        "joint": joint,
        "page": page,
        "inside": (*places.ancestors(area), area) if area is not None else (),
        "told": pages.told(integration.answers_of(joint)) if joint.state != JointState.PROPOSED else (),
        "form": next(iter(given.values()), None),
        "version": joint.version,
        "answering": [],
    }
    if isinstance(user, User) and joint.state != JointState.DISSOLVED:
        seen = {"version": joint.version}
        if joint.state == JointState.PROPOSED:
            context |= _open_forms(joint, page, user, given, seen)
        if access.can_dissolve_joint(user, joint=joint, on=today):
            context["dissolve_form"] = given.get("dissolve_form") or shapes.DissolveJointForm(initial=seen)
    return render(request, "web/joint/joint.html", context, status=status)


def _open_forms(
    joint: JointProject, page: pages.JointPage, user: User, given: dict[str, forms.Form], seen: dict[str, int]
) -> dict[str, Any]:
    """What may be done while it is proposed: a body's own answer, shares and tasks, and to confirm it."""
    today = timezone.localdate()
    mine = [one for one in page.partners if access.can_answer_joint(user, partner=one, on=today)]
    confirm = None
    if access.can_confirm_joint(user, joint=joint, on=today):
        resolutions = pages.resolutions_for(joint)
        confirm = given.get("confirm_form") or shapes.ConfirmJointForm(initial=seen, resolutions=resolutions)
    return {
        "answering": [(one, given.get("answer_form") or _blank(one, seen)) for one in mine],
        "may_arrange": access.can_arrange_joint(user, joint=joint, on=today),
        "confirm_form": confirm,
    }
