"""Recording one project by hand and revising it; what it may repeat stands beside the form."""

import datetime as dt
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.common.money import format_baht
from prasan.integration.models import Verdict
from prasan.integration.queries import Asked
from prasan.projects import access
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft
from prasan.web import acting
from prasan.web.forms import projects as shapes
from prasan.web.queries import writing
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.records import message_of, status_of
from prasan.web.wording import period


@route(who=SIGNED_IN, methods=("GET", "POST"))
def project_new(request: HttpRequest) -> HttpResponse:
    """Choose whose project it is, then write it; before a likely duplicate is recorded, it is shown once."""
    user, today = cast(User, request.user), timezone.localdate()
    owners = writing.owners_offered(user, on=today)
    owner = _chosen(request, owners)
    if owner is None:
        context: dict[str, Any] = {"form": shapes.OwnerForm(owners=owners), "owners": owners}
        return render(request, "web/projects/owner.html", context)
    draft = ProjectDraft(owner, writing.origin_of(owner), fiscal_year_of(today) + 1, name="")
    said = request.POST if request.method == "POST" else None
    form = shapes.ProjectForm(said, areas=writing.places_offered(owner), initial={"fiscal_year": draft.fiscal_year})
    rows = shapes.amount_rows(said, planned={}, first_year=draft.fiscal_year)
    context = {"owner": owner, "form": form, "rows": rows, "several": len(owners) > 1}
    if said is None:
        return render(request, "web/projects/write.html", context)
    status, readable = 422, _is_readable(form, rows)
    context["asked"] = line = shapes.asked(form, rows, owner)
    context["likely"] = likely = writing.likely_rows(line)
    duplicates = [one.project.code for one in likely if one.verdict == Verdict.DUPLICATE]
    if "look" in said:
        return render(request, "web/projects/write.html", context)
    if readable and not set(duplicates).issubset(said.get("confirmed", "").split()):
        return render(request, "web/projects/write.html", {**context, "seen": " ".join(duplicates)})
    if readable:
        try:
            project = acting.record_and_compare(_told(draft, form, rows), actor=user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, message_of(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("บันทึกโครงการแล้ว รหัส %(code)s") % {"code": project.code})
            return redirect("project", code=project.code)
    return render(request, "web/projects/write.html", context, status=status)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def project_revise(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a project says; what the form does not show stays as it is."""
    user = cast(User, request.user)
    project = get_object_or_404(
        Project.objects.select_related("owner__area", "asks", "area").prefetch_related("years"), code=code
    )
    standing = project.merged_into_id is None and project.withdrawn_at is None
    if not standing or not access.can_revise_project(user, project=project, on=timezone.localdate()):
        raise Http404
    draft = writing.draft_of(project)
    said = request.POST if request.method == "POST" else None
    shown = {name: getattr(draft, name) for name in (*shapes.ProjectForm.SHOWN, *shapes.ProjectForm.MORE)}
    shown |= {"area": project.area.code if project.area else None, "version": project.version}
    if draft.work is not None:
        shown |= {"starts_on": draft.work[0], "ends_on": draft.work[1] - dt.timedelta(days=1)}
    form = shapes.ReviseProjectForm(said, areas=writing.places_offered(project.owner, project.area), initial=shown)
    rows = shapes.amount_rows(said, planned=writing.planned(draft), first_year=draft.fiscal_year)
    # Stays the version that was seen, until somebody is told what changed since.
    status, meanwhile, version = 200, [], form["version"].value()
    if said is not None and "look" not in said:
        status = 422
        if _is_readable(form, rows):
            try:
                acting.revise_and_compare(
                    project,
                    draft=_told(draft, form, rows),
                    actor=user,
                    at=timezone.now(),
                    reason=form.cleaned_data["reason"],
                    seen_version=form.cleaned_data["version"],
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
                if refusal.code == "changed_meanwhile":
                    meanwhile, version = _meanwhile(form, rows, draft), project.version
            else:
                messages.success(request, _("บันทึกการแก้ไขแล้ว"))
                return redirect("project", code=code)
    line = shapes.asked(form, rows, project.owner, project) if said is not None else Asked.of(draft, project)
    context = {"owner": project.owner, "project": project, "form": form, "rows": rows, "meanwhile": meanwhile}
    context |= {"version": version, "asked": line, "likely": writing.likely_rows(line)}
    return render(request, "web/projects/write.html", context, status=status)


@route(who=SIGNED_IN)
def projects_likely(request: HttpRequest) -> HttpResponse:
    """What the line that is being written may repeat, for the panel beside the form; asked while somebody types."""
    user, today = cast(User, request.user), timezone.localdate()
    project = Project.objects.select_related("owner__area", "area").filter(code=request.GET.get("project", "")).first()
    owner = project.owner if project else _chosen(request, writing.owners_offered(user, on=today))
    if owner is None:
        raise Http404
    form = shapes.ProjectForm(request.GET, areas=writing.places_offered(owner, project.area if project else None))
    rows = shapes.amount_rows(request.GET, planned={}, first_year=fiscal_year_of(today) + 1)
    line = shapes.asked(form, rows, owner, project)
    return render(request, "web/projects/_likely.html", {"likely": writing.likely_rows(line), "asked": line})


def _chosen(request: HttpRequest, owners: list[Body]) -> Body | None:
    """The owner that the address names, else the only one there is."""
    code = request.GET.get("owner", "")
    if not code:
        return owners[0] if len(owners) == 1 else None
    return next((body for body in owners if body.code == code), None)


def _is_readable(form: shapes.ProjectForm, rows: shapes.AmountRows) -> bool:
    """Whether both can be taken as they are; the message for the rows stands at their fields."""
    if form.is_valid() and not rows.is_valid():
        form.add_error(None, _("มีช่องที่ต้องแก้ ดูข้อความใต้ช่องนั้น"))
    return form.is_valid()


def _meanwhile(form: shapes.ProjectForm, rows: shapes.AmountRows, draft: ProjectDraft) -> list[tuple[Any, str]]:
    """Label and present value of what now says something else than what was typed."""
    names = (*shapes.ProjectForm.SHOWN, *shapes.ProjectForm.MORE)
    now = ((name, getattr(draft, name)) for name in names)
    found = [(form[name].label, str(value or "–")) for name, value in now if value != form.cleaned_data.get(name)]
    if draft.work != form.work():
        found.append((_("เวลาดำเนินการ"), period(draft.work)))
    planned = writing.planned(draft)
    if planned != dict(rows.amounts()):
        money = " · ".join(f"{year}: {format_baht(satang)}" for year, satang in sorted(planned.items()))
        found.append((_("เงินตามแผน"), money or "–"))
    return found


def _told(draft: ProjectDraft, form: shapes.ProjectForm, rows: shapes.AmountRows) -> ProjectDraft:
    """The draft with what the form says."""
    names = (*shapes.ProjectForm.SHOWN, *shapes.ProjectForm.MORE)
    said = {name: form.cleaned_data[name] for name in names}
    return replace(draft, **said, work=form.work(), years=writing.with_planned(draft, rows.amounts()))
