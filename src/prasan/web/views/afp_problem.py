"""One problem of a round of AFP: its evidence, merging and splitting, its projects, and adding one by hand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from prasan.afp import queries
from prasan.afp import services as acts
from prasan.afp.models import AfpProblem
from prasan.web.forms import afp as shapes
from prasan.web.queries import afp as pages
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import afp as tables
from prasan.web.views.afp import round_or_404
from prasan.web.views.afp_steps import By, Doing, decide, show
from prasan.web.wording import place_name


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """A problem with the needs behind it and the projects that may solve it."""
    where = get_object_or_404(AfpProblem.objects.only("round_id"), pk=pk)
    found = round_or_404(where.round_id)
    problem = queries.problems_of(found).get(pk=pk)
    evidence = list(problem.evidence.select_related("need__area", "need__body__area").order_by("-likeness", "pk"))
    others = list(AfpProblem.objects.filter(target_area=problem.target_area_id).exclude(pk=pk).order_by("title"))
    q = request.GET.get("find", "").strip()
    hits = pages.projects_called(found, problem, q) if q else []
    needs = {row.need_id: row.need for row in evidence}
    candidates = list(tables.candidate_rows(found).filter(problem=problem))

    def split(form: Any, by: By) -> object:
        chosen = [needs[int(one)] for one in form.cleaned_data["need"]]
        said = form.cleaned_data
        return acts.split_problem(problem=problem, needs=chosen, title=said["title"], reason=said["reason"], **by)

    def merge(form: Any, by: By) -> object:
        into = form.others[form.cleaned_data["into"]]
        return acts.merge_problems(problem=problem, into=into, reason=form.cleaned_data["reason"], **by)

    def add(form: Any, by: By) -> object:
        chosen = form.projects[form.cleaned_data["project"]]
        return acts.add_candidate(problem=problem, project=chosen, reason=form.cleaned_data["reason"], **by)

    doings = {
        "split": Doing(split, _("แยกปัญหาแล้ว ทั้งสองรอยืนยันใหม่"), lambda data: shapes.SplitForm(
            data, needs=[(one.pk, f"{one.title} · {place_name(one.area)}") for one in needs.values()]
        )),
        "merge": Doing(merge, _("รวมปัญหาแล้ว รอยืนยันใหม่"), lambda data: shapes.MergeForm(data, others=others)),
        "add": Doing(add, _("เพิ่มโครงการแล้ว"), lambda data: shapes.AddCandidateForm(data, projects=hits)),
        "confirm": Doing(
            decide,
            _("บันทึกผลพิจารณาแล้ว"),
            lambda data: shapes.CandidateRows(data, records=candidates),
        ),
    }  # fmt: skip

    def context(made: Mapping[str, forms.Form]) -> dict[str, Any]:
        return {
            "problem": problem,
            "evidence": evidence,
            "others": others,
            "rows": [tables.make_candidate(one) for one in candidates],
            "rows_form": made.get("confirm"),
            "guideline": pages.guidelines_of(found).get(problem.guideline, ""),
            "q": q,
            "hits": hits,
        }

    response = show(request, found, "web/afp/problem.html", doings, context)
    if response.status_code == 302 and request.POST.get("do") == "merge":
        return redirect("afp_problem", pk=int(request.POST["into"]))
    return response
