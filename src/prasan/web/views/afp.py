"""Rounds of AFP: the list, opening one, its workspace of nine steps, its outputs and papers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.accounts.models import User
from prasan.afp import access, queries
from prasan.afp import services as acts
from prasan.afp.models import AfpRound, RoundState
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.publishing.queries import afp as papers
from prasan.web.exports import XLSX, attachment
from prasan.web.forms.afp import OpenRoundForm
from prasan.web.lists import ListSpec, unit_of
from prasan.web.queries import afp as pages
from prasan.web.reader import acting_for
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import afp as tables
from prasan.web.tables import afp_groups as group_tables
from prasan.web.tables import pairs, records
from prasan.web.views.listing import show_list
from prasan.web.views.meetings import wants_thai_digits, word_file
from prasan.web.views.records import message_of, status_of
from prasan.web.wording import Text


@route(who=SIGNED_IN)
def afp_rounds(request: HttpRequest) -> HttpResponse:
    """Every round, the latest year first."""
    context = {"may_open": _bodies(request).exists()}
    return show_list(request, "web/afp/rounds.html", tables.rounds_spec(), tables.round_rows(), context)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def afp_new(request: HttpRequest) -> HttpResponse:
    """Open a round for a body, a year and a set of guidelines."""
    bodies, status = _bodies(request), 200
    form = OpenRoundForm(
        request.POST if request.method == "POST" else None,
        bodies=bodies,
        sets=pages.guideline_sets(),
        initial={
            "fiscal_year": fiscal_year_of(timezone.localdate()) + 1,
            "body": bodies.values_list("pk", flat=True).first(),
        },
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = acts.open_round(**form.cleaned_data, actor=cast(User, request.user), at=timezone.now())
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("เปิดรอบแล้ว เริ่มจากขั้นที่ 1 จัดลำดับพื้นที่"))
                return redirect("afp_round", pk=made.pk)
    return render(request, "web/afp/new.html", {"form": form, "none": not bodies.exists()}, status=status)


def _bodies(request: HttpRequest) -> QuerySet[Any]:
    return pages.bodies_to_open(acting_for(request), everywhere=cast(User, request.user).is_superuser)


def round_or_404(pk: int) -> AfpRound:
    """The round of a page."""
    found = queries.round_of(pk)
    if found is None:
        raise Http404
    return found


def frame_of(request: HttpRequest, found: AfpRound, key: str = "") -> dict[str, Any]:
    """What every page of a round shows: its steps, which one this is, and whether the reader may work on it."""
    steps = pages.steps_of(found)
    may = access.can_work_on(cast(User, request.user), round=found, on=timezone.localdate())
    return {
        "round": found,
        "steps": steps,
        "step": next((one for one in steps if one.key == key), None),
        "may": may,
        "open": may and found.state == RoundState.OPEN,
        "version": found.version,
    }


@route(who=SIGNED_IN)
def afp_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The workspace: what of the nine steps is done, what is next, and what stops it."""
    found = round_or_404(pk)
    context = frame_of(request, found)
    context |= {
        "next": next((one for one in context["steps"] if one.state == "NOW"), None),
        "endings": pages.endings_of(found),
        "unlinked": queries.not_linked(found).count(),
        "duplicates": queries.duplicates_of(found).count(),
        "unanswered": pages.waiting_agencies(found),
    }
    return render(request, "web/afp/round.html", context)


@route(who=SIGNED_IN)
def afp_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix guideline × area × agency."""
    found = round_or_404(pk)
    matrix = queries.matrix_of(found)
    context = frame_of(request, found) | {
        "matrix": matrix,
        "names": pages.guidelines_of(found),
        "unit": unit_of(request),
        "outputs": OUTPUTS,
    }
    return render(request, "web/afp/matrix.html", context)


@dataclass(frozen=True, slots=True)
class Output:
    """One list among the outputs of a round."""

    title: Text
    what: Text
    empty: Text
    row: str  # its row template
    spec: Callable[[AfpRound], ListSpec[Any, Any]]
    rows: Callable[[AfpRound], QuerySet[Any]]
    money: bool = False


def _pairs_spec(found: AfpRound) -> ListSpec[Any, Any]:
    """The list of pairs, but of a round every pair is shown, decided or not."""
    spec = pairs.pairs_spec()
    return replace(spec, filters=tuple(replace(one, default="") for one in spec.filters))


OUTPUTS: dict[str, Output] = {
    "duplicates": Output(
        gettext_lazy("รายการซ้ำ"), gettext_lazy("คู่ที่อาจซ้ำซึ่งแตะโครงการในรอบนี้ ต้องพิจารณาครบก่อนเห็นชอบ (R31)"),
        gettext_lazy("ไม่พบโครงการที่อาจซ้ำซ้อนกับโครงการในกลุ่ม"), "web/rows/pair.html", _pairs_spec,
        lambda found: pairs.pair_rows().filter(pk__in=[one.pk for one in queries.duplicates_of(found)]), money=True,
    ),
    "gaps": Output(
        gettext_lazy("ช่องว่าง"), gettext_lazy("ปัญหาที่ยังไม่มีโครงการแก้ไข"),
        gettext_lazy("ทุกปัญหามีโครงการ ชุมชนทำเอง หรือเลื่อนไว้"), "web/rows/afp_gap.html",
        lambda found: tables.problems_spec(found, "gaps"), tables.gap_rows,
    ),
    "leads": Output(
        gettext_lazy("หน่วยงานหลัก"), gettext_lazy("หน่วยงานหลักและหน่วยงานร่วมของทุกกลุ่ม พร้อมคำตอบ"),
        gettext_lazy("ยังไม่มีแผนของกลุ่มใด หน่วยงานปรากฏเมื่อกำหนดแผนในขั้นที่ 7"), "web/rows/afp_agency.html",
        group_tables.agencies_spec, group_tables.agency_rows,
    ),
    "results": Output(
        gettext_lazy("ผลที่คาดและผลจริง"), gettext_lazy("ผลที่คาดจากสูตร เทียบกับผลที่บันทึกหลังสิ้นปี"),
        gettext_lazy("ยังไม่มีกลุ่ม จัดกลุ่มในขั้นที่ 6 ก่อน"), "web/rows/afp_group_actual.html",
        lambda found: group_tables.groups_spec(found, "actual"), group_tables.group_rows, money=True,
    ),
    "not-linked": Output(
        gettext_lazy("ยังไม่เชื่อมกับปัญหา"), gettext_lazy("โครงการของทุกหน่วยงานในพื้นที่ที่ยังไม่มีปัญหาใดรับ ไม่มีโครงการใดถูกตัดทิ้ง"),
        gettext_lazy("ทุกโครงการในพื้นที่เชื่อมกับปัญหาแล้ว"), "web/rows/project.html", lambda found: records.projects_spec(),
        lambda found: records.project_rows().filter(pk__in=queries.not_linked(found).values("pk")), money=True,
    ),
}  # fmt: skip


@route(who=SIGNED_IN)
def afp_output(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One list among the outputs."""
    output = OUTPUTS.get(kind)
    if output is None:
        raise Http404
    found = round_or_404(pk)
    context = {"round": found, "output": output, "kind": kind, "outputs": OUTPUTS, "plain": True}
    return show_list(request, "web/afp/output.html", output.spec(found), output.rows(found), context)


@route(who=SIGNED_IN)
def afp_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Every table of the round as a workbook."""
    found = round_or_404(pk)
    return attachment(papers.workbook_of(found, on=timezone.localdate()), f"{found.code}.xlsx", XLSX)


@route(who=SIGNED_IN)
def afp_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The integration plan of the round as a Word document."""
    found = round_or_404(pk)
    content = papers.document_of(found, on=timezone.localdate(), thai_digits=wants_thai_digits(request))
    return word_file(content, f"{found.code}.docx")
