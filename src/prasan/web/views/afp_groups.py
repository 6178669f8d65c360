"""Steps 7 to 9 of a round of AFP: plans of groups, agencies' answers, outcomes, endorsement and results."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.afp import access, queries
from prasan.afp import services as acts
from prasan.afp.models import GroupAgency, IntegrationGroup, RoundState
from prasan.web.exports import export
from prasan.web.forms import afp as shapes
from prasan.web.queries import afp as pages
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import afp as tables
from prasan.web.tables import afp_groups as group_tables
from prasan.web.views.afp import round_or_404
from prasan.web.views.afp_steps import By, Doing, listed, records_of, show


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 7: the groups with what is planned and who agreed."""
    return _groups(request, pk, "plan", {})


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_outcomes(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 7: how every problem ends."""
    found = round_or_404(pk)
    spec, rows = tables.problems_spec(found, "outcomes"), tables.problem_rows(found)
    file = export(request, spec, rows)
    if file is not None:
        return file
    listing = listed(request, spec, rows)
    records = records_of(listing)
    suggested = {row.pk: row.suggested_outcome for row in listing.rows}
    doing = Doing(_conclude, _("สรุปผลของปัญหาในหน้านี้แล้ว"), partial(_outcome_rows, records=records, suggested=suggested))

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        return {"listing": listing, "rows_form": made.get("confirm"), "endings": pages.endings_of(found)}

    return show(request, found, "web/afp/outcomes.html", {"confirm": doing}, context, key="plan")


def _outcome_rows(data: Any, *, records: Sequence[Model], suggested: Mapping[int, str]) -> shapes.OutcomeRows:
    return shapes.OutcomeRows(data, records=records, suggested=suggested)


def _conclude(form: shapes.OutcomeRows, by: By) -> None:
    acts.set_outcomes(**form.outcomes(), **by)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_expected(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 8: what each group is expected to give, and the committee's endorsement."""
    found = round_or_404(pk)
    resolutions = pages.resolutions_for(found)
    doing = Doing(
        lambda form, by: acts.endorse_round(resolution=form.cleaned_data["resolution"], **by),
        _("คณะกรรมการเห็นชอบแล้ว รอบนี้ปิดการแก้ไข"),
        lambda data: shapes.EndorseForm(data, resolutions=resolutions),
    )
    return _groups(request, pk, "expected", {"endorse": doing}, {"resolutions": resolutions.exists()})


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_actual(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 9: what came of each group beside what was expected."""
    return _groups(request, pk, "actual", {})


def _groups(
    request: HttpRequest, pk: int, kind: str, doings: Mapping[str, Doing], more: Mapping[str, Any] | None = None
) -> HttpResponse:
    found = round_or_404(pk)
    spec, rows = group_tables.groups_spec(found, kind), group_tables.group_rows(found)
    file = export(request, spec, rows)
    if file is not None:
        return file
    listing = listed(request, spec, rows)

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        return {"listing": listing, **(more or {})}

    return show(request, found, f"web/afp/{kind}.html", doings, context, key=kind)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_group(request: HttpRequest, pk: int) -> HttpResponse:
    """One integration group: problems, projects, money, duplicates, plan, answers, expected and actual result."""
    return _group_page(request, pk)


@route(who=SIGNED_IN, methods=("POST",))
def afp_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An agency's own answer to the plan of a group."""
    agency = get_object_or_404(GroupAgency.objects.select_related("group__round__area", "body"), pk=pk)
    return _group_page(request, agency.group_id, answered=agency)


def _group_page(request: HttpRequest, pk: int, *, answered: GroupAgency | None = None) -> HttpResponse:
    where = get_object_or_404(IntegrationGroup.objects.only("round_id"), pk=pk)
    found = round_or_404(where.round_id)
    group = queries.groups_of(found).get(pk=pk)
    group.round = found
    page = pages.group_page(group)
    doings = _group_doings(group, page)
    if answered is not None:
        doings["answer"] = Doing(partial(_answer, answered), _("บันทึกคำตอบของหน่วยงานแล้ว"), shapes.AnswerGroupForm)
    formula = queries.expected_of(found, group)

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        user, today = cast(User, request.user), timezone.localdate()
        mine = [one for one in page.agencies if access.can_answer_for_agency(user, agency=one, on=today)]
        sent = {answered.pk: made["answer"]} if answered is not None and "answer" in made else {}
        return {
            "page": page,
            "group": group,
            "formula": formula,
            "answering": [(one, sent.get(one.pk) or _blank(one)) for one in mine]
            if found.state == RoundState.OPEN
            else [],
        }

    return show(request, found, "web/afp/group.html", doings, context, to=reverse("afp_group", args=[pk]))


def _blank(one: GroupAgency) -> shapes.AnswerGroupForm:
    return shapes.AnswerGroupForm(initial={"version": one.version}, auto_id=f"id_{one.pk}_%s")


def _answer(agency: GroupAgency, form: shapes.AnswerGroupForm, by: By) -> object:
    said = form.cleaned_data
    by = {key: value for key, value in by.items() if key != "round"}
    return acts.answer_group(agency=agency, agree=said["answer"] == "agree", reply=said["reply"], **by)


def _group_doings(group: IntegrationGroup, page: pages.GroupPage) -> dict[str, Doing]:
    """What officers may do with a group in its stage: plan it and say what is expected, or what came of it."""
    if group.round.state != RoundState.OPEN:
        actual = {"people": group.actual_people, "saved": group.actual_satang, "days": group.actual_days}
        return {
            "actual": Doing(
                lambda form, by: acts.record_actual(
                    group=group, result=form.result(), note=form.cleaned_data["note"], **by
                ),
                _("บันทึกผลจริงแล้ว"),
                lambda data: shapes.ActualForm(data, initial={**actual, "note": group.actual_note}),
            )
        }
    money = {name: getattr(page.budget, name) for name in ("central", "regional", "local", "other")}
    partners = (
        [one.body_id for one in page.agencies if one.body_id != group.lead_id]
        if group.planned_at
        else [pk for pk in {one.owner_id for one, _ in page.projects} if pk != group.suggested_lead_id]
    )
    first = shapes.planned(group, suggested=money, partners=partners)
    doings = {
        "plan": Doing(
            lambda form, by: acts.plan_group(group=group, plan=form.plan(), **by),
            _("บันทึกแผนแล้ว แจ้งทุกหน่วยงานในกลุ่มให้ตอบ"),
            lambda data: shapes.PlanForm(data, bodies=pages.agencies_offered(page), initial=first),
        )
    }
    if group.planned_at is not None:
        doings["expect"] = _expecting(group)
    return doings


def _expecting(group: IntegrationGroup) -> Doing:
    formula = queries.expected_of(group.round, group)
    given = (
        (group.expected_people, group.expected_satang, group.expected_days)
        if group.expected_at
        else (formula.people, formula.saved_satang, formula.saved_days)
    )
    first = dict(zip(("people", "saved", "days"), given, strict=True)) | {"note": group.expected_note}
    return Doing(
        lambda form, by: acts.expect_result(group=group, result=form.result(), note=form.cleaned_data["note"], **by),
        _("บันทึกผลที่คาดแล้ว"),
        lambda data: shapes.ResultForm(data, initial=first),
    )
