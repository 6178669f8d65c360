"""Pairs that may be the same: the list, and two projects side by side to decide."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.exchange import access as exchange_access
from prasan.integration import access
from prasan.integration import queries as integration
from prasan.integration import services as acts
from prasan.integration.models import JointProject, Pair, PairDecision, Verdict
from prasan.projects.models import Project
from prasan.web.forms.records import PairForm, UndoForm
from prasan.web.lists import ListSpec
from prasan.web.queries import pair_queue
from prasan.web.queries.afp import rounds_stopped_by
from prasan.web.queries.together import look_at, records_to_compare
from prasan.web.reader import acting_for
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import pairs as tables
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of

OF_THE_QUEUE = {"area", "verdict", "sort", "unit"}
"""Of the questions an address asks, those that leave it the queue itself."""


@route(who=SIGNED_IN)
def pairs(request: HttpRequest) -> HttpResponse:
    """The queue: pairs that wait, the most money that may be paid twice first."""
    spec = spec_of(request)
    context = {
        "summary": SimpleLazyObject(lambda: _summary(request)),  # a fragment does not ask for it
        "orders": _orders(request),
        "chosen_all": _without_pages(request),
        "most": acts.MOST,
    }
    return show_list(request, "web/pairs.html", spec, tables.pair_rows(), context)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Two projects side by side, and the decision."""
    found = _pair(pk)
    if request.method != "POST":
        return _pair_page(request, found)
    form = PairForm(request.POST, codes=(found.first.code, found.second.code))
    if not form.is_valid():
        return _pair_page(request, found, form=form, status=422)
    kept = {"first": found.first, "second": found.second}.get(form.cleaned_data["kept"])
    try:
        acts.decide_pair(
            pair=found,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            kept=kept if form.cleaned_data["decision"] == PairDecision.SAME else None,
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _pair_page(request, _pair(pk), form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกผลพิจารณาแล้ว ย้อนกลับได้จากหน้านี้"))
    following = pair_queue.after(found) if request.POST.get("then") == "next" else None
    if following is not None:
        return redirect("pair", pk=following)
    return redirect("pair", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back, saying why."""
    found = _pair(pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _pair_page(request, found, undo_form=form, status=422)
    try:
        acts.undo_pair_decision(
            pair=found,
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _pair_page(request, _pair(pk), undo_form=form, status=status_of(refusal))
    messages.success(request, _("ยกเลิกผลพิจารณาแล้ว คู่นี้กลับไปรอพิจารณา"))
    return redirect("pair", pk=pk)


def spec_of(request: HttpRequest) -> ListSpec[Pair, tables.PairRow]:
    """The queue as the address asks for it: of a place, of a file that the reader may see."""
    file, submission = request.GET.get("file", ""), None
    if file.isdecimal() and len(file) < 18:
        mine = exchange_access.visible_to(cast(User, request.user), on=timezone.localdate())
        submission = mine.filter(pk=file).first()
    return tables.pairs_spec(request.GET.get("area", ""), submission)


def _orders(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The orders the queue can be gone through in: words, address, and whether it is the one now."""
    now = request.GET.get("sort") or tables.ORDERS[0][0]
    found = []
    for key, label in tables.ORDERS:
        query = request.GET.copy()
        for page in ("after", "before"):
            query.pop(page, None)
        query["sort"] = key
        found.append((str(label), f"{request.path}?{query.urlencode()}", key == now))
    return found


def _summary(request: HttpRequest) -> pair_queue.Summary | None:
    """Of the place asked for, else of the reader's own, else of the country; none above the answer to a search."""
    if {key for key, value in request.GET.items() if value} - OF_THE_QUEUE:
        return None
    asked = Area.objects.filter(code=request.GET.get("area", "")).first() if request.GET.get("area") else None
    mine = next((body.area for body in acting_for(request) if body.area is not None), None)
    return pair_queue.summary_of(asked or mine)


def _without_pages(request: HttpRequest) -> str:
    """The filters of the list, to choose all that answer them."""
    query = request.GET.copy()
    for key in ("after", "before", "sort", "unit", "rows", "format"):
        query.pop(key, None)
    query["all"] = "1"
    return query.urlencode()


def _pair(pk: int) -> Pair:
    found = get_object_or_404(Pair.objects.select_related("decided_by", "kept"), pk=pk)
    records = records_to_compare().in_bulk([found.first_id, found.second_id])
    found.first, found.second = records[found.first_id], records[found.second_id]
    return found


def _joint_of(found: Pair) -> JointProject | None:
    """The joint project in which both are, if there is one."""
    joint = integration.live_joint_of(found.first)
    return joint if joint is not None and integration.live_joint_of(found.second) == joint else None


def _may_stand_together(found: Pair) -> bool:
    """Two projects of two bodies that both stand for themselves."""
    both = (found.first, found.second)
    return found.first.owner_id != found.second.owner_id and all(
        one.merged_into_id is None and one.withdrawn_at is None for one in both
    )


def _pair_page(
    request: HttpRequest,
    found: Pair,
    *,
    form: PairForm | None = None,
    undo_form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    may = access.can_decide_pair(cast(User, request.user), pair=found, on=today)
    # The version is that of the page just read: who decided meanwhile is seen before one presses again.
    seen = {"version": found.version}
    decided = found.decision != PairDecision.WAITING
    codes = (found.first.code, found.second.code)
    context = {
        "pair": found,
        "percent": tables.percent_of(found),
        "reasons": tables.reasons_of(found),
        "page": look_at([found.first, found.second], on=today),
        "together": _together(found),
        "may": may,
        "decide_form": (form or PairForm(initial=seen, codes=codes)) if may and found.is_open else None,
        "undo_form": (undo_form or UndoForm(initial=seen)) if may and decided else None,
        "form": form or undo_form,
        "version": found.version,
        "joint": _joint_of(found),
        "rounds": rounds_stopped_by(found) if found.is_open and found.verdict == Verdict.DUPLICATE else [],
        "joint_offered": may and found.is_open and _may_stand_together(found),
    }
    return render(request, "web/pair.html", context, status=status)


def _together(found: Pair) -> list[str]:
    """The codes of all records connected with the pair, where there are more than its two."""
    cluster = integration.cluster_of(found)
    if len(cluster.projects) < 3:
        return []
    codes = dict(Project.objects.filter(pk__in=cluster.projects).values_list("pk", "code"))
    return [codes[pk] for pk in cluster.projects]
