"""A deputy prime minister's approvals from the central fund stay within the limit of the year (R47)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.budgeting import access
from prasan.budgeting.models import CentralFundApproval, CentralFundYear
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.common.money import format_baht
from prasan.common.text import clean
from prasan.journal import services as journal


class UnableToApproveCentralFund(Refused):
    """Nothing was approved."""


@transaction.atomic
def approve_central_fund(
    *,
    deputy: str,
    recipient: Body,
    purpose: str,
    amount_satang: int,
    approved_on: dt.date,
    actor: User,
    at: dt.datetime,
) -> CentralFundApproval:
    """Record what a deputy prime minister approved for emergency or necessity, to a state agency (R47).

    The year is the fiscal year of the day: the source says "a year" and no more (domain D25), so the year of the
    budget is taken. Refused: `not_allowed`, `no_name`, `no_purpose`, `no_amount`, `over_the_limit`.
    """
    if not access.can_record_approval(actor, on=localdate(at)):
        raise UnableToApproveCentralFund(
            "not_allowed",
            "บันทึกการอนุมัติไม่ได้ เพราะต้องเป็นเจ้าหน้าที่แผนของจังหวัด กรม กระทรวง หรือคณะกรรมการระดับชาติ",
            "It was not recorded: a planning officer of a province, department, ministry or national committee does.",
        )
    name = clean(deputy)
    _check(name, purpose, amount_satang)
    year = fiscal_year_of(approved_on)
    limit = limit_on(approved_on)
    CentralFundYear.objects.get_or_create(deputy=name, fiscal_year=year)
    within = CentralFundYear.objects.filter(deputy=name, fiscal_year=year, approved_satang__lte=limit - amount_satang)
    if not within.update(approved_satang=F("approved_satang") + amount_satang):
        raise _over(name, year, limit, amount_satang)
    approval = CentralFundApproval.objects.create(
        deputy=name,
        fiscal_year=year,
        recipient=recipient,
        purpose=purpose.strip(),
        amount_satang=amount_satang,
        approved_on=approved_on,
        recorded_by=actor,
        recorded_at=at,
    )
    journal.record(
        at=at,
        actor=actor,
        act="budgeting.approve_central_fund",
        subject=approval,
        subject_code=recipient.code,
        data={"deputy": name, "fiscal_year": year, "amount_satang": amount_satang, "purpose": purpose.strip()},
    )
    return approval


def limit_on(day: dt.date) -> int:
    """The limit of one person and year in satang, as the rulebook has it for the day."""
    value = rulebook.load().rule("R47").value_on(day).value
    assert isinstance(value, int)
    return value


def _check(deputy: str, purpose: str, amount_satang: int) -> None:
    if not deputy:
        raise UnableToApproveCentralFund("no_name", "ไม่ได้ระบุรองนายกรัฐมนตรี", "The deputy prime minister is not named.")
    if not purpose.strip():
        raise UnableToApproveCentralFund(
            "no_purpose",
            "ไม่ได้ระบุเหตุฉุกเฉินหรือจำเป็น (R47) โปรดระบุ",
            "The emergency or necessity is not given (R47). Say what it is.",
        )
    if amount_satang <= 0:
        raise UnableToApproveCentralFund("no_amount", "จำนวนเงินต้องมากกว่าศูนย์", "The amount must be above zero.")


def _over(deputy: str, year: int, limit: int, asked: int) -> UnableToApproveCentralFund:
    approved = CentralFundYear.objects.get(deputy=deputy, fiscal_year=year).approved_satang
    left = format_baht(max(0, limit - approved))
    return UnableToApproveCentralFund(
        "over_the_limit",
        f"อนุมัติ {format_baht(asked)} บาทไม่ได้ เพราะปีงบประมาณ {year} {deputy} เหลืออนุมัติได้ {left} บาท "
        f"จาก {format_baht(limit)} บาท (R47)",
        f"{format_baht(asked)} baht cannot be approved: of {format_baht(limit)} baht {deputy} has {left} baht left "
        f"in fiscal year {year} (R47).",
    )
