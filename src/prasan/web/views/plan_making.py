"""A plan is compiled from the records, compiled again, its items confirmed (R08), and submitted."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.plans import access, queries
from prasan.plans import services as acts
from prasan.plans.models import EditionState, PlanEdition, PlanType
from prasan.plans.services import Confirmation
from prasan.web.forms.plans import MakePlanForm
from prasan.web.queries import planning
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.pressing import press, seen_version
from prasan.web.views.records import message_of, status_of


@route(who=SIGNED_IN, methods=("GET", "POST"))
def plan_new(request: HttpRequest) -> HttpResponse:
    """Compile a plan of a body one writes for."""
    user, today = cast(User, request.user), timezone.localdate()
    choices = planning.makers_of(user, on=today)
    initial = {"fiscal_year": fiscal_year_of(today) + 1}
    form, status = MakePlanForm(request.POST or None, choices=choices, initial=initial), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            pk, _slash, plan_type = form.cleaned_data["plan"].partition("/")
            try:
                made = acts.compile_edition(
                    plan_type=plan_type,
                    body=Body.objects.get(pk=pk),
                    fiscal_year=form.cleaned_data["fiscal_year"],
                    actor=user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                return _compiled(request, made)
    return render(request, "web/plans/new.html", {"form": form, "may": bool(choices)}, status=status)


@route(who=SIGNED_IN, methods=("POST",))
def plan_compile(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a draft up to the records as they are now."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    try:
        made = acts.compile_edition(
            plan_type=edition.plan_type,
            body=edition.body,
            fiscal_year=edition.fiscal_year,
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect("plan", pk=pk)
    return _compiled(request, made)


@route(who=SIGNED_IN, methods=("POST",))
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit a draft upward; from then on changes make the next number."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body"), pk=pk)

    def act(user: User, seen: int | None) -> None:
        acts.submit_edition(edition=edition, actor=user, at=timezone.now(), seen_version=seen)

    return press(request, act, _("เสนอแผนแล้ว"), "plan", pk)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def plan_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm items of the annual request with the five-year plan, many at once: chosen, seen, then kept (R08)."""
    edition = get_object_or_404(PlanEdition.objects.select_related("body__area"), pk=pk)
    user = cast(User, request.user)
    if (
        edition.plan_type != PlanType.PROVINCIAL_ANNUAL_REQUEST
        or edition.state != EditionState.DRAFT
        or not access.can_edit(user, body=edition.body, on=timezone.localdate())
    ):
        raise Http404
    found = queries.confirmables(edition)
    reason = request.POST.get("reason", "").strip()[:2000]
    wanted = set(request.POST.getlist("item"))
    chosen = [one for one in found if str(one.item.pk) in wanted]
    context = {
        "edition": edition,
        "longer": queries.long_plan_of(edition),
        "rows": found[:ON_A_PAGE],
        "count": len(found),
        "chosen": chosen,
        "reason": reason,
        "lacking": [one for one in chosen if one.match is None],
    }
    if request.method == "GET" or request.POST.get("do") != "save":
        return render(request, "web/plans/confirm.html", context | {"seen": request.method == "POST"})
    told = [Confirmation(one.item, one.match, "" if one.match is not None else reason) for one in chosen]
    try:
        acts.confirm_items(
            edition=edition, confirmations=told, actor=user, at=timezone.now(), seen_version=seen_version(request)
        )
    except Refused as refusal:
        refused = {**context, "seen": True, "problem": message_of(refusal)}
        return render(request, "web/plans/confirm.html", refused, status=status_of(refusal))
    done = ngettext("ยืนยันแล้ว %(n)s รายการ", "ยืนยันแล้ว %(n)s รายการ", len(told))
    messages.success(request, done % {"n": len(told)})
    return redirect("plan_confirm" if len(told) < len(found) else "plan", pk=pk)


ON_A_PAGE = 200
"""Items shown to confirm at a time: those confirmed leave the page and the next come up."""


def _compiled(request: HttpRequest, made: PlanEdition) -> HttpResponse:
    count = made.items.count()
    said = ngettext("จัดทำแผนแล้ว %(n)s รายการ", "จัดทำแผนแล้ว %(n)s รายการ", count)
    messages.success(request, said % {"n": f"{count:,}"})
    return redirect("plan", pk=made.pk)
