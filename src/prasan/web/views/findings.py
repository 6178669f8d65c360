"""Findings: the list, one finding with its answer and decision, and checking a plan."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.plans import access, queries
from prasan.plans import services as acts
from prasan.plans.models import ConformityFinding, FindingDecision, FindingState, PlanEdition
from prasan.web.forms.findings import FindingAnswerForm, FindingDecisionForm
from prasan.web.queries.conformity import explanation_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import findings as tables
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN)
def findings(request: HttpRequest) -> HttpResponse:
    """Every finding, what blocks first; those that are gone only when asked for."""
    gone_too = request.GET.get("state") == FindingState.GONE
    spec = tables.findings_spec(request.GET.get("plan", ""))
    return show_list(request, "web/findings/findings.html", spec, tables.finding_rows(gone_too=gone_too))


@route(who=SIGNED_IN)
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding."""
    return _page(request, _finding(pk))


@route(who=SIGNED_IN, methods=("POST",))
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's maker answers."""
    found = _finding(pk)
    form = FindingAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, answer_form=form, status=422)
    try:
        acts.answer_finding(
            finding=found,
            state=form.cleaned_data["state"],
            answer=form.cleaned_data["answer"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _finding(pk), answer_form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกคำตอบแล้ว"))
    return redirect("finding", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The level above decides."""
    found = _finding(pk)
    form = FindingDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decide_form=form, status=422)
    try:
        acts.decide_finding(
            finding=found,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _page(request, _finding(pk), decide_form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกคำวินิจฉัยแล้ว"))
    return redirect("finding", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a plan against the rules of today."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area", "task__cycle", "strategy"), pk=pk)
    try:
        found = acts.check_edition(edition=edition, actor=cast(User, request.user), at=timezone.now())
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    else:
        told = ngettext("ตรวจแผนแล้ว พบ %(n)s ข้อสังเกต", "ตรวจแผนแล้ว พบ %(n)s ข้อสังเกต", len(found))
        messages.success(request, told % {"n": len(found)})
    return redirect("plan", pk=pk)


def _finding(pk: int) -> ConformityFinding:
    rows = queries.findings().select_related("answered_by", "decided_by", "resolution", "item__project", "item__need")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest,
    found: ConformityFinding,
    *,
    answer_form: Form | None = None,
    decide_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    user, on = cast(User, request.user), timezone.localdate()
    body = found.edition.body
    undecided = found.state != FindingState.GONE and found.decision == FindingDecision.NONE
    may_answer = undecided and access.can_answer_finding(user, body=body, on=on)
    answered = undecided and found.state != FindingState.OPEN
    may_decide = answered and access.can_decide_finding(user, body=body, on=on)
    seen = {"version": found.version}
    context = {
        "finding": found,
        "explanation": explanation_of(found),
        "title": tables.title_of(found.rule),
        "answer_form": (answer_form or FindingAnswerForm(initial=seen)) if may_answer else None,
        "decide_form": (decide_form or FindingDecisionForm(initial=seen)) if may_decide else None,
        "form": answer_form or decide_form,
        "waiting_above": answered and not may_decide,
    }
    return render(request, "web/findings/finding.html", context, status=status)
