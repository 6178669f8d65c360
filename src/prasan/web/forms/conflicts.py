"""The form of a conflict: what becomes of it, and why; it never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.integration.models import ConflictDecision
from prasan.web.forms.records import REQUIRED, SAY_WHY


class ConflictForm(forms.Form):
    """What an officer decides of two works in each other's way, and why."""

    decision = forms.ChoiceField(
        choices=tuple(one for one in ConflictDecision.choices if one[0] != ConflictDecision.WAITING),
        widget=forms.RadioSelect, label=_("สองงานนี้"), error_messages=REQUIRED,
    )  # fmt: skip
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เช่น ตกลงกันแล้วว่าใครทำก่อน หรือท่อวางนอกผิวถนน"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
