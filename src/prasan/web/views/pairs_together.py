"""More than two records, and more than one pair: side by side, and many decided at once after a preview."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access
from prasan.integration import queries as integration
from prasan.integration import services as acts
from prasan.integration.models import Pair, PairDecision
from prasan.projects.models import Project
from prasan.web.forms.pairs import SeveralForm, TogetherForm, choices_from, mark_of
from prasan.web.lists import filtered
from prasan.web.queries.several import Preview, preview_of
from prasan.web.queries.together import Together, look_at, records_to_compare
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import pairs as tables
from prasan.web.views.pairs import spec_of
from prasan.web.views.records import message_of, status_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pairs that were chosen in the list, and whether the filter holds more than one act may decide."""

    pairs: list[Pair]
    more: bool


@route(who=SIGNED_IN, methods=("GET", "POST"))
def together(request: HttpRequest) -> HttpResponse:
    """Two or more records side by side; all open pairs among them are decided at once."""
    projects = _projects(request.GET.getlist("code"))
    if len(projects) < 2:
        messages.error(request, _("เลือกโครงการอย่างน้อยสองโครงการเพื่อเทียบกัน"))
        return redirect("projects")
    if request.method != "POST":
        return _together_page(request, projects)
    form = TogetherForm(request.POST, records=projects)
    if not form.is_valid():
        return _together_page(request, projects, form=form, status=422)
    decision, kept = form.cleaned_data["decision"], form.cleaned_data["kept"]
    seen = choices_from(request.POST.getlist("seen"))
    pairs = list(Pair.objects.filter(pk__in=[one.pair for one in seen]))
    versions = {one.pair: one.seen_version for one in seen}
    for pair in pairs:
        pair.version = versions[pair.pk]  # what was seen, so that who decided meanwhile is not overruled
    try:
        choices = acts.choices_for(
            pairs=pairs,
            decision=decision,
            keep=acts.FIRST_REGISTERED,
            kept=next((one.pk for one in projects if one.code == kept), None),
        )
        done = acts.decide_pairs(
            choices=choices,
            decision=decision,
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _together_page(request, projects, form=form, status=status_of(refusal))
    messages.success(request, _("บันทึกผลพิจารณา %(n)s คู่แล้ว ย้อนกลับได้ทีละคู่") % {"n": len(done)})
    return redirect(_address(projects))


@route(who=SIGNED_IN, methods=("GET", "POST"))
def several(request: HttpRequest) -> HttpResponse:
    """Many pairs with one answer: what would happen to each is told before anything is saved."""
    if request.method == "POST":
        return _confirm(request)
    chosen = _chosen(request)
    asked = "decision" in request.GET and "reason" in request.GET
    form = SeveralForm(request.GET if asked else None)
    preview = None
    if asked and form.is_valid():
        preview = _preview(request, chosen.pairs, form)
    return _several_page(request, chosen, form, preview, 422 if asked and not form.is_valid() else 200)


def _confirm(request: HttpRequest) -> HttpResponse:
    """Save what the preview told; where anything has changed since, nothing is saved and a new preview says so."""
    form = SeveralForm(request.POST)
    choices = choices_from(request.POST.getlist("seen"))
    chosen = Chosen(_ordered([one.pair for one in choices]), more=False)
    if not form.is_valid():
        return _several_page(request, chosen, form, None, 422)
    try:
        done = acts.decide_pairs(
            choices=choices,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _several_page(request, chosen, form, _preview(request, chosen.pairs, form), status_of(refusal))
    messages.success(request, _("บันทึกผลพิจารณา %(n)s คู่แล้ว ย้อนกลับได้ทีละคู่") % {"n": len(done)})
    return redirect(f"{reverse('pairs')}?{urlencode({'decision': form.cleaned_data['decision']})}")


def _chosen(request: HttpRequest) -> Chosen:
    """The pairs ticked in the list, or the first of all that answer its filter; only those that wait."""
    if request.GET.get("all") != "1":
        ticked = [int(pk) for pk in request.GET.getlist("pair") if pk.isdecimal() and len(pk) < 18]
        return Chosen(_ordered(ticked[: acts.MOST]), more=len(ticked) > acts.MOST)
    spec = spec_of(request)
    rows = filtered(request, spec, Pair.objects.filter(is_open=True)).order_by("-stake_rank", "-pk")
    found = list(rows.values_list("pk", flat=True)[: acts.MOST + 1])
    return Chosen(_ordered(found[: acts.MOST]), more=len(found) > acts.MOST)


def _ordered(ids: list[int]) -> list[Pair]:
    pairs = {pair.pk: pair for pair in tables.pair_rows().filter(pk__in=ids)}
    return [pairs[pk] for pk in dict.fromkeys(ids) if pk in pairs]


def _preview(request: HttpRequest, pairs: list[Pair], form: SeveralForm) -> Preview:
    return preview_of(
        pairs,
        decision=form.cleaned_data["decision"],
        keep=form.cleaned_data["keep"] or acts.FIRST_REGISTERED,
        reason=form.cleaned_data["reason"],
        actor=cast(User, request.user),
        on=timezone.localdate(),
    )


def _several_page(
    request: HttpRequest, chosen: Chosen, form: SeveralForm, preview: Preview | None, status: int = 200
) -> HttpResponse:
    ordered = [one.choice for one in preview.will] if preview else []
    context = {
        "rows": [tables.make_pair(pair) for pair in chosen.pairs],
        "more": chosen.more,
        "most": acts.MOST,
        "form": form,
        "preview": preview,
        "marks": [mark_of(choice) for choice in ordered],
        "same": bool(preview) and form.cleaned_data["decision"] == PairDecision.SAME,
    }
    return render(request, "web/pairs_several.html", context, status=status)


def _projects(codes: list[str]) -> list[Project]:
    wanted = list(dict.fromkeys(codes))[: integration.LARGEST]
    found = {one.code: one for one in records_to_compare().filter(code__in=wanted)}
    return [found[code] for code in wanted if code in found]


def _together_page(
    request: HttpRequest, projects: list[Project], *, form: TogetherForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    base = next((n for n, one in enumerate(projects) if one.code == request.GET.get("base")), 0)
    page = look_at(projects, on=today, base=base)
    may = all(access.can_decide_pair(cast(User, request.user), pair=pair, on=today) for pair in page.open)
    context = {
        "page": page,
        "base": projects[base],
        "bases": [(one.project, _address(projects, one.project.code)) for one in page.records],
        "decide_form": (form or TogetherForm(records=projects)) if may and page.open else None,
        "form": form,
        "seen": _seen(page),
        "join_query": urlencode([("code", one.code) for one in projects]) if _may_join(projects) else "",
        "may": may,
    }
    return render(request, "web/pairs_together.html", context, status=status)


def _may_join(projects: list[Project]) -> bool:
    """Records of several owners that all stand for themselves: what a joint project is made of."""
    standing = all(one.merged_into_id is None and one.withdrawn_at is None for one in projects)
    return standing and len({one.owner_id for one in projects}) > 1


def _seen(page: Together) -> list[str]:
    return [mark_of(acts.PairChoice(pair.pk, pair.version)) for pair in page.open]


def _address(projects: list[Project], base: str = "") -> str:
    """Where these records stand side by side."""
    query: list[tuple[str, str]] = [("code", one.code) for one in projects]
    return f"{reverse('pairs_together')}?{urlencode([*query, *([('base', base)] if base else [])])}"
