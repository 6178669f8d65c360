"""Bringing files in: check first, see what was found, then register; and what came of each file."""

from pathlib import Path
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.exchange import access
from prasan.exchange import services as acts
from prasan.exchange.models import Submission
from prasan.exchange.queries import pairs_of, projects_of
from prasan.web import staging
from prasan.web.exports import XLSX, attachment
from prasan.web.forms.records import UploadForm
from prasan.web.queries import checking, places, writing
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables import imports as tables
from prasan.web.tables import pairs as pair_tables
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of

MOST_SHOWN = 20  # pairs of a file
MOST_WITHIN = 50  # pairs of rows of one checked file


@route(who=SIGNED_IN)
def imports(request: HttpRequest) -> HttpResponse:
    """Files that came in, and the form to bring in more."""
    return _imports_page(request, _form())


@route(who=SIGNED_IN, methods=("POST",))
def check(request: HttpRequest) -> HttpResponse:
    """Read the files without registering anything, and keep them for the next step."""
    form = _form(request.POST, request.FILES)
    if not form.is_valid():
        return _imports_page(request, form, status=422)
    batch = staging.keep(request.FILES.getlist("uploads"), user_id=cast(User, request.user).pk)
    request.session["import_options"] = {
        "province": form.cleaned_data["province"],
        "fiscal_year": form.cleaned_data["fiscal_year"],
    }
    return redirect("import_checked", batch=batch)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def checked(request: HttpRequest, batch: str) -> HttpResponse:
    """What the check found, file by file; sending the page registers what can be taken."""
    user = cast(User, request.user)
    files = staging.files_of(batch, user_id=user.pk)
    if not files:
        messages.error(request, _("ไฟล์ที่ตรวจไว้หมดอายุแล้ว เลือกไฟล์แล้วตรวจใหม่"))
        return redirect("imports")
    if request.method == "POST":
        return _register(request, user, batch)
    found = [checking.check_file(path) for path in files]
    context = {"files": found, "batch": batch, "can_register": any(file.outcome != "refuse" for file in found)}
    return render(request, "web/import_checked.html", context)


@route(who=SIGNED_IN)
def checked_likely(request: HttpRequest, batch: str, number: int) -> HttpResponse:
    """What the rows of one checked file may repeat; asked for after the page stands, because it takes a while."""
    user = cast(User, request.user)
    path = _staged(user, batch, number)
    options = request.session.get("import_options", {})
    try:
        found = acts.foresee_repeats(
            path=path,
            actor=user,
            at=timezone.now(),
            province_code=options.get("province") or "",
            fiscal_year=options.get("fiscal_year"),
        )
    except Refused as refusal:  # the import would be refused for the same reason
        return render(request, "web/_checked_likely.html", {"refusal": message_of(refusal), "number": number})
    rows = checking.repeating_rows(found)
    within = [writing.within_row(one) for one in found.within[:MOST_WITHIN]]
    context = {"found": found, "rows": rows, "parts": [*checking.some_together(rows)], "within": within}
    return render(request, "web/_checked_likely.html", {**context, "number": number})


@route(who=SIGNED_IN)
def repair_report(request: HttpRequest, batch: str, number: int) -> HttpResponse:
    """The file as it came with every finding at its cell, to send to whoever must mend it."""
    path = _staged(cast(User, request.user), batch, number)
    return attachment(checking.repair_report(path), f"repair-{path.stem}.xlsx", XLSX)


@route(who=SIGNED_IN)
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what became of its rows, and what was found in it."""
    found = get_object_or_404(_mine(request).select_related("replaces"), pk=pk)
    context = {
        "submission": found,
        "outcomes": checking.row_outcomes(found),
        "newer": found.replaced_by.first(),
        "compared": _compared(request, found),
        **_likely(found),
    }
    return show_list(request, "web/submission.html", tables.findings_spec(found), found.findings.all(), context)


@route(who=SIGNED_IN, methods=("POST",))
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the next projects of a file against all others; a page without scripts presses once for each piece."""
    found = get_object_or_404(_mine(request), pk=pk)
    after = _number(request.POST.get("after", ""))
    try:
        compared = acts.compare_submission(
            submission=found, actor=cast(User, request.user), at=timezone.now(), after=after
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        here = reverse("submission", args=[pk])
        return HttpResponseClientRedirect(here) if request.headers.get("HX-Request") else redirect(here)
    if request.headers.get("HX-Request"):
        context = {"submission": found, "compared": compared, "going": True, **_likely(found)}
        return render(request, "web/_compared.html", context)
    return redirect(f"{reverse('submission', args=[pk])}?compared={compared.last}#likely")


def _likely(found: Submission) -> dict[str, Any]:
    """What the file's projects may repeat: counts, and the most probable pairs."""
    rows = pair_tables.pair_rows().filter(pk__in=pairs_of(found).values("pk")[:MOST_SHOWN])
    shown = [pair_tables.make_pair(pair) for pair in rows.order_by("-probability", "pk")]
    return {"found_in_file": checking.likely_in(found), "pairs_shown": shown}


def _compared(request: HttpRequest, found: Submission) -> acts.Compared:
    """How far the comparing has come, by what the address says."""
    last = _number(request.GET.get("compared", ""))
    standing = projects_of(found)
    return acts.Compared(standing.filter(pk__lte=last).count(), standing.count(), last)


def _number(said: str) -> int:
    """The id that an address or a form names; nonsense is none."""
    return int(said) if said.isdecimal() and len(said) < 18 else 0


def _mine(request: HttpRequest) -> QuerySet[Submission]:
    """The files that the reader may see; each once."""
    visible = access.visible_to(cast(User, request.user), on=timezone.localdate()).values("pk")
    return Submission.objects.filter(pk__in=visible)


def _staged(user: User, batch: str, number: int) -> Path:
    files = staging.files_of(batch, user_id=user.pk)
    if not 1 <= number <= len(files):
        raise Http404
    return files[number - 1]


def _form(*data: Any) -> UploadForm:
    provinces = [(area.code, str(area)) for area in places.provinces()]
    return UploadForm(*data, provinces=provinces)


def _imports_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    rows = tables.submission_rows().filter(pk__in=_mine(request).values("pk"))
    context = {"upload_form": form, "form": form if form.is_bound else None}
    response = show_list(request, "web/imports.html", tables.submissions_spec(), rows, context)
    response.status_code = status
    return response


def _register(request: HttpRequest, user: User, batch: str) -> HttpResponse:
    """Register each file by itself: one that is refused does not hold back the others."""
    options = request.session.get("import_options", {})
    last, compared = None, 0
    for path in staging.files_of(batch, user_id=user.pk):
        try:
            result = acts.import_file(
                path=path,
                actor=user,
                at=timezone.now(),
                province_code=options.get("province") or None,
                fiscal_year=options.get("fiscal_year"),
                name=path.name,
            )
        except Refused as refusal:
            messages.error(request, f"{path.name}: {message_of(refusal)}")
            continue
        last = result.submission
        told = _("%(file)s: ขึ้นทะเบียน %(registered)s แถว รวมกับรายการเดิม %(merged)s แถว ไม่รับ %(refused)s แถว") % {
            "file": path.name,
            "registered": result.registered,
            "merged": result.merged,
            "refused": result.refused,
        }
        if result.known:
            messages.info(request, _("%(file)s: ไฟล์นี้เคยนำเข้าแล้ว ไม่มีอะไรเปลี่ยน") % {"file": path.name})
        else:
            messages.success(request, told)
            try:
                compared = acts.compare_submission(submission=last, actor=user, at=timezone.now()).last
            except Refused as refusal:  # the rows are registered all the same
                messages.warning(request, message_of(refusal))
    count = len(staging.files_of(batch, user_id=user.pk))
    staging.drop(batch, user_id=user.pk)
    if last is not None and count == 1:
        return redirect(f"{reverse('submission', args=[last.pk])}{f'?compared={compared}' if compared else ''}")
    return redirect("imports")
