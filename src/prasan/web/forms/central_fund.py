"""The form of an approval from the central fund; it does not save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.common.money import Unit, parse_amount
from prasan.web.forms.fields import DayField, picking
from prasan.web.forms.records import BodyChoice
from prasan.web.wording import language


class BahtField(forms.CharField):
    """An amount in baht as officers write it, Thai digits and separators included; integer satang come out."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return parse_amount(value, unit=Unit.BAHT)
        except Refused as problem:
            raise ValidationError(problem.message_en if language() == "en" else problem.message_th) from problem


class ApprovalForm(forms.Form):
    """Who approved how much for whom, when and why."""

    deputy = forms.CharField(
        label=_("รองนายกรัฐมนตรี"), max_length=200, error_messages={"required": _("เขียนชื่อรองนายกรัฐมนตรี")}
    )
    recipient = BodyChoice(
        queryset=Body.objects.none(), label=_("ให้หน่วยงาน"), empty_label=_("เลือกหน่วยงาน"),
        error_messages={"required": _("เลือกหน่วยงาน")},
    )  # fmt: skip
    amount = BahtField(label=_("จำนวนเงิน (บาท)"), error_messages={"required": _("เขียนจำนวนเงินเป็นบาท")})
    approved_on = DayField(label=_("วันที่อนุมัติ"))
    purpose = forms.CharField(
        widget=forms.Textarea, label=_("เหตุฉุกเฉินหรือจำเป็น"), max_length=2000,
        error_messages={"required": _("เขียนเหตุฉุกเฉินหรือจำเป็น")},
    )  # fmt: skip

    def __init__(self, *args: Any, recipients: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "recipient").queryset = recipients
