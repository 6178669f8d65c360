"""Input of the forms on a finding: the maker's answer, and the decision of the level above."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.plans.models import FindingDecision, FindingState
from prasan.plans.services.findings import ANSWERS, DECISIONS
from prasan.web.forms.records import REQUIRED, SAY_WHY


class FindingAnswerForm(forms.Form):
    """What follows for the plan, in the maker's words."""

    state = forms.ChoiceField(
        choices=[(one, FindingState(one).label) for one in ANSWERS],
        widget=forms.RadioSelect,
        label=_("คำตอบของเจ้าของแผน"),
        error_messages=REQUIRED,
    )
    answer = forms.CharField(
        widget=forms.Textarea, label=_("คำอธิบาย"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เช่น แก้ไขอย่างไรแล้ว หรือเหตุใดจึงยังคงไว้"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class FindingDecisionForm(forms.Form):
    """Whether the finding stands, and why."""

    decision = forms.ChoiceField(
        choices=[(one, FindingDecision(one).label) for one in DECISIONS],
        widget=forms.RadioSelect,
        label=_("คำวินิจฉัย"),
        error_messages=REQUIRED,
    )
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เจ้าของแผนจะอ่านเหตุผลนี้"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
