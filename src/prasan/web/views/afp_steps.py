"""The pages of steps 1 to 6 of a round of AFP: what is suggested and why, and what a person makes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.afp import services as acts
from prasan.afp.models import AfpRound, Choice, TargetGroup
from prasan.afp.queries.wording import CANDIDATE_WEIGHTS, LEAST_SCORE, reason_name
from prasan.common.errors import Refused
from prasan.web.exports import export
from prasan.web.forms import afp as shapes
from prasan.web.forms.fields import VersionForm
from prasan.web.lists import Listing, ListSpec, read_list
from prasan.web.queries import afp as pages
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import afp as tables
from prasan.web.tables import afp_groups as group_tables
from prasan.web.views.afp import frame_of, round_or_404
from prasan.web.views.listing import answer
from prasan.web.views.records import message_of, status_of
from prasan.web.wording import language

By = dict[str, Any]
"""What every act of a round is given: round, actor, at, seen_version."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that can be done on a page: its form, the act, and what is said when it is done."""

    act: Callable[[Any, By], object]
    done: str
    make: Callable[[Any], forms.Form] = VersionForm


def show(
    request: HttpRequest,
    found: AfpRound,
    template: str,
    doings: Mapping[str, Doing],
    context: Callable[[Mapping[str, forms.Form]], dict[str, Any]],
    *,
    key: str = "",
    to: str = "",
) -> HttpResponse:
    """A page of a round: shown, or one of its things done; what was refused stands there as it was typed.

    `context` is given the forms by what they do, after the act, so that the page shows the records as they are.
    """
    made: dict[str, forms.Form] = {}
    status, failed = 200, None
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in doings:
            raise BadRequest(f"nothing is done by {do!r}")
        form = doings[do].make(request.POST)
        status = _press(request, found, doings[do], form)
        if status == 302:
            return redirect(to or request.get_full_path())
        made[do] = failed = form
        found = round_or_404(found.pk)
    frame = frame_of(request, found, key)
    if frame["may"]:
        made |= {do: one.make(None) for do, one in doings.items() if do not in made}
    for do, form in made.items():
        form.auto_id = f"id_{do}_%s"  # several forms of a page ask for a reason
    # Who was refused keeps what was typed, even where the round was closed meanwhile.
    frame["fill"] = frame["open"] or failed is not None
    whole = {**frame, "forms": made, "form": failed, **context(made)}
    response = answer(request, template, whole) if "listing" in whole else render(request, template, whole)
    response.status_code = status
    return response


def _press(request: HttpRequest, found: AfpRound, doing: Doing, form: forms.Form) -> int:
    """Do the act; 302 where it is done, else the status of the page that says why not."""
    if not form.is_valid():
        return 422
    by: By = {
        "round": found, "actor": cast(User, request.user), "at": timezone.now(),
        "seen_version": form.cleaned_data["version"],
    }  # fmt: skip
    try:
        doing.act(form, by)
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return status_of(refusal)
    messages.success(request, doing.done)
    return 302


def listed(request: HttpRequest, spec: ListSpec[Any, Any], rows: QuerySet[Any]) -> Listing[Any]:
    """The page of a list; after a press the rows that were sent, wherever they would stand now.

    Rows that were filled in and are not saved yet stay, before the others, when others are asked for.
    """
    listing = read_list(request, spec, rows)
    if request.method == "POST":
        sent = _rows_named(spec, rows, request.POST.getlist("row"))
        listing.rows = list(sent.values()) or listing.rows
        return listing
    here = {row.pk for row in listing.rows}
    named = [pk for pk in request.headers.get("Kept-Rows", "").split(",") if pk not in {str(one) for one in here}]
    kept = _rows_named(spec, rows, named)
    listing.rows, listing.kept = [*kept.values(), *listing.rows], len(kept)
    return listing


def _rows_named(spec: ListSpec[Any, Any], rows: QuerySet[Any], named: Sequence[str]) -> dict[int, Any]:
    """The rows of these keys in their order; what is no key of a row is passed over."""
    keys = [int(pk) for pk in named if pk.isdecimal() and len(pk) < 16]
    known = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
    return {pk: spec.make(known[pk]) for pk in keys if pk in known}


def records_of(listing: Listing[Any]) -> list[Model]:
    """The records behind the rows of a page."""
    return [getattr(row, "record", row) for row in listing.rows]


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_areas(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 1: places in order of need with the formula, weights that may be changed, and the choice."""
    found = round_or_404(pk)
    lines = pages.ranking_of(found)
    by_pk = {one.area.pk: one.area for one in lines}
    first = {
        "area": [str(one.pk) for one in by_pk.values() if one.state == Choice.ACCEPTED],
        "reason": next((one.reason for one in by_pk.values() if one.reason), ""),
    }
    doings = {
        "rank": Doing(lambda form, by: acts.rank_areas(**by), _("จัดลำดับใหม่แล้วตามน้ำหนักปัจจุบัน")),
        "weights": Doing(
            lambda form, by: acts.change_weights(weights=form.weights(), reason=form.cleaned_data["reason"], **by),
            _("เปลี่ยนน้ำหนักแล้ว กดจัดลำดับใหม่เพื่อใช้น้ำหนักนี้"),
            lambda data: shapes.WeightsForm(data, weights=pages.weights_of(found)),
        ),
        "choose": Doing(
            lambda form, by: acts.choose_areas(
                chosen=[by_pk[int(one)] for one in form.cleaned_data["area"]], reason=form.cleaned_data["reason"], **by
            ),
            _("เลือกพื้นที่เป้าหมายแล้ว"),
            lambda data: shapes.ChooseAreasForm(
                data, areas=[(one.area.pk, one.place) for one in lines], initial=first
            ),
        ),
    }  # fmt: skip

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        choose = made.get("choose")
        ticked = choose.ticked() if isinstance(choose, shapes.ChooseAreasForm) else set()
        rule = lines[0].area.rule if lines else ""
        stale = bool(lines) and not rule.endswith(f"/{found.weights_number}")
        return {"lines": lines, "weights": pages.weights_of(found), "ticked": ticked, "rule": rule, "stale": stale}

    return show(request, found, "web/afp/areas.html", doings, context, key="areas")


def _rows_page(
    request: HttpRequest,
    found: AfpRound,
    key: str,
    spec: ListSpec[Any, Any],
    rows: QuerySet[Any],
    doings: Callable[[list[Model]], Mapping[str, Doing]],
    more: dict[str, Any],
) -> HttpResponse:
    """A page that is a list to be filled in: its file when one is asked for, else its rows with their fields."""
    file = export(request, spec, rows)
    if file is not None:
        return file
    listing = listed(request, spec, rows)

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        form = made.get("accept" if request.POST.get("do") == "accept" else "confirm")
        return {"listing": listing, "rows_form": form, **more}

    return show(request, found, f"web/afp/{key}.html", doings(records_of(listing)), context, key=key)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_groups(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 2: groups of people with how many they are and who says so."""
    found = round_or_404(pk)

    def doings(records: Sequence[Model]) -> dict[str, Doing]:
        return {
            "list": Doing(lambda form, by: acts.list_groups(**by), _("รวบรวมกลุ่มแล้ว ตรวจจำนวนคนแล้วยืนยัน")),
            "confirm": Doing(
                lambda form, by: acts.confirm_groups(lines=form.lines(), **by),
                _("ยืนยันกลุ่มในหน้านี้แล้ว"),
                lambda data: shapes.GroupRows(data, records=records),
            ),
        }

    rows = tables.people_rows(found)
    return _rows_page(request, found, "groups", tables.people_spec(found), rows, doings, {})


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 3: needs clustered into problems, to be confirmed; merging and splitting on the problem's own page."""
    found = round_or_404(pk)
    groups = list(TargetGroup.objects.filter(target_area__round=found).exclude(state=Choice.REJECTED))

    def doings(records: Sequence[Model]) -> dict[str, Doing]:
        return {
            "cluster": Doing(lambda form, by: acts.cluster_problems(**by), _("รวมความต้องการเป็นปัญหาแล้ว ตรวจแล้วยืนยัน")),
            "confirm": Doing(
                lambda form, by: acts.confirm_problems(lines=form.lines(), **by),
                _("ยืนยันปัญหาในหน้านี้แล้ว"),
                lambda data: shapes.ProblemRows(data, records=records, groups=groups),
            ),
        }

    spec = tables.problems_spec(found, "problems")
    return _rows_page(request, found, "problems", spec, tables.problem_rows(found), doings, {})


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_guidelines(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 4: the guideline that a problem's words suggest, and the one a person sets."""
    found = round_or_404(pk)
    names = pages.guidelines_of(found)

    def doings(records: Sequence[Model]) -> dict[str, Doing]:
        return {
            "suggest": Doing(lambda form, by: acts.suggest_guidelines(**by), _("เสนอแนวทางแล้ว ตรวจแล้วยืนยัน")),
            "confirm": Doing(
                lambda form, by: acts.set_guidelines(chosen=form.chosen(), **by),
                _("กำหนดแนวทางของปัญหาในหน้านี้แล้ว"),
                lambda data: shapes.GuidelineRows(data, records=records, guidelines=names),
            ),
        }

    more = {"guideline_set": pages.set_of(found), "names": names}
    spec = tables.problems_spec(found, "guidelines")
    return _rows_page(request, found, "guidelines", spec, tables.problem_rows(found), doings, more)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 5: projects of every source that may solve the problems, with score and reasons, to accept or not."""
    found = round_or_404(pk)

    def doings(records: Sequence[Model]) -> dict[str, Doing]:
        return {
            "find": Doing(lambda form, by: acts.find_candidates(**by), _("หาโครงการแล้ว ที่พิจารณาไว้คงเดิม")),
            "confirm": Doing(
                decide,
                _("บันทึกผลพิจารณาแล้ว"),
                lambda data: shapes.CandidateRows(data, records=records),
            ),
            "accept": Doing(
                decide,
                _("บันทึกผลพิจารณาแล้ว รับทุกโครงการในหน้านี้ที่ไม่ได้เลือกผลอื่น"),
                lambda data: shapes.CandidateRows(data, records=records, rest=Choice.ACCEPTED),
            ),
        }

    more = {
        "parts": [(reason_name(key, language()), weight) for key, weight in CANDIDATE_WEIGHTS.items()],
        "least": round(100 * LEAST_SCORE),
    }
    spec = tables.candidates_spec(found)
    return _rows_page(request, found, "candidates", spec, tables.candidate_rows(found), doings, more)


def decide(form: shapes.CandidateRows, by: By) -> None:
    """What was decided on a page of candidates, each with its reason."""
    acts.decide_candidates(**form.decided(), **by)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_grouping(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 6: groups by guideline × area × matter, with the lead that is suggested."""
    found = round_or_404(pk)
    spec, rows = group_tables.groups_spec(found, "grouping"), group_tables.group_rows(found)
    doing = Doing(lambda form, by: acts.make_groups(**by), _("จัดกลุ่มแล้ว กลุ่มเดิมที่ยังมีปัญหาคงแผนไว้"))
    return _rows_page(request, found, "grouping", spec, rows, lambda records: {"group": doing}, {})
