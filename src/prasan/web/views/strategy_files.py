"""A strategy from a workbook: checked, told cell by cell what to correct, and kept as a draft."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.exchange import services as acts
from prasan.exchange.queries import empty_strategy_workbook
from prasan.exchange.services import StrategyImport
from prasan.web.exports import XLSX, attachment
from prasan.web.forms.fields import picking
from prasan.web.forms.records import REQUIRED, BodyChoice
from prasan.web.queries.cascade import level_of
from prasan.web.queries.strategizing import writers_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.views.records import message_of, status_of

LARGEST = 10 * 1024 * 1024


class StrategyFileForm(forms.Form):
    """Whose strategy, and the workbook; `check` only looks at it."""

    body = BodyChoice(
        queryset=Body.objects.none(), label=gettext_lazy("ของหน่วยงาน"), empty_label=None, error_messages=REQUIRED
    )
    upload = forms.FileField(
        label=gettext_lazy("ไฟล์ Excel"), error_messages={"required": gettext_lazy("เลือกไฟล์ Excel")}
    )


@route(who=SIGNED_IN, methods=("GET", "POST"))
def strategy_import(request: HttpRequest) -> HttpResponse:
    """Read a strategy's workbook in, or only check it; an empty form to fill in."""
    user, today = cast(User, request.user), timezone.localdate()
    if request.GET.get("format") == "xlsx":
        first = fiscal_year_of(today) + 1
        return attachment(empty_strategy_workbook(first, first + 4), "strategy.xlsx", XLSX)
    bodies = writers_of(user, on=today)
    form = StrategyFileForm(request.POST or None, request.FILES or None)
    picking(form, "body").queryset = bodies
    read, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                read = _read(form, user, dry_run=request.POST.get("do") == "check")
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
        if read is not None and read.plan is not None:
            messages.success(request, _("นำเข้าแผนยุทธศาสตร์แล้ว") if read.changed else _("เหมือนที่มีอยู่ ไม่มีอะไรเปลี่ยน"))
            return redirect("strategy_edit", pk=read.plan.pk)
        status = 200 if read is not None and not read.reading.refused else status
    context = {"form": form, "read": read, "may": bodies.exists()}
    return render(request, "web/strategy/import.html", context, status=status)


def _read(form: StrategyFileForm, user: User, *, dry_run: bool) -> StrategyImport:
    body, upload = form.cleaned_data["body"], form.cleaned_data["upload"]
    return acts.import_strategy(
        data=upload.read(LARGEST),
        file=upload.name,
        body=body,
        level=level_of(body),
        actor=user,
        at=timezone.now(),
        dry_run=dry_run,
    )
