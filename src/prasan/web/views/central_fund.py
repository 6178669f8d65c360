"""What deputy prime ministers approved from the central fund, and recording one (R47)."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.budgeting import access
from prasan.budgeting import services as acts
from prasan.common.errors import Refused
from prasan.web.forms.central_fund import ApprovalForm
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables.central_fund import approval_rows, approvals_spec
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of

RECIPIENTS = (BodyKind.PROVINCE, BodyKind.DEPARTMENT, BodyKind.MINISTRY, BodyKind.PROVINCIAL_OFFICE)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def central_fund(request: HttpRequest) -> HttpResponse:
    """The approvals with their sum, and the form for who may record one."""
    user, today, status = cast(User, request.user), timezone.localdate(), 200
    recipients = Body.objects.filter(kind__in=RECIPIENTS, valid_to=None).order_by("kind", "sort_key", "pk")
    form = ApprovalForm(request.POST if request.method == "POST" else None, recipients=recipients)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                acts.approve_central_fund(
                    deputy=form.cleaned_data["deputy"],
                    recipient=form.cleaned_data["recipient"],
                    purpose=form.cleaned_data["purpose"],
                    amount_satang=form.cleaned_data["amount"],
                    approved_on=form.cleaned_data["approved_on"],
                    actor=user,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("บันทึกการอนุมัติแล้ว"))
                return redirect("central_fund")
    context = {
        "form": form,
        "may": access.can_record_approval(user, on=today),
        "limit": acts.limit_on(today),
    }
    response = show_list(request, "web/central_fund.html", approvals_spec(), approval_rows(), context)
    response.status_code = status
    return response
