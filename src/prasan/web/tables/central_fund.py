"""Approvals from the central fund: what the list shows, filters and adds up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.budgeting.models import CentralFundApproval
from prasan.web.lists import Column, Filter, ListSpec, by
from prasan.web.wording import name_of


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval."""

    approved_on: date
    deputy: str
    recipient: str
    purpose: str
    fiscal_year: int
    amount: int


def approval_rows() -> QuerySet[CentralFundApproval]:
    """Approvals with who received them."""
    return CentralFundApproval.objects.select_related("recipient__area")


def make_approval(one: CentralFundApproval) -> ApprovalRow:
    """The row of one approval."""
    return ApprovalRow(
        one.approved_on, one.deputy, name_of(one.recipient), one.purpose, one.fiscal_year, one.amount_satang
    )


def _named(rows: QuerySet[CentralFundApproval], value: str) -> QuerySet[CentralFundApproval]:
    return rows.filter(deputy__contains=value)


def _of_year(rows: QuerySet[CentralFundApproval], value: str) -> QuerySet[CentralFundApproval]:
    return rows.filter(fiscal_year=value) if value.isdecimal() else rows


def approvals_spec() -> ListSpec[CentralFundApproval, ApprovalRow]:
    """The list of approvals, the latest first."""
    return ListSpec(
        name="central-fund",
        columns=(
            Column("day", _("วันที่อนุมัติ"), lambda r: r.approved_on, "date", by("approved_on")),
            Column("deputy", _("รองนายกรัฐมนตรี"), lambda r: r.deputy, order=by("deputy"), css="name"),
            Column("recipient", _("ให้หน่วยงาน"), lambda r: r.recipient, order=by("recipient__sort_key")),
            Column("purpose", _("เหตุฉุกเฉินหรือจำเป็น"), lambda r: r.purpose, css="wide"),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", by("amount_satang"), total="amount_satang"),
        ),
        make=make_approval,
        default_order="-day",
        filters=(
            Filter("deputy", _("รองนายกรัฐมนตรี"), _named),
            Filter(
                "year",
                _("ปีงบประมาณ"),
                lambda rows, value: rows.filter(fiscal_year=value) if value.isdecimal() else rows,
            ),
        ),
    )
