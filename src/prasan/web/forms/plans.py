"""Forms of the plan workspace: making, amending, referring, sending a plan; none of them saves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.letters.models import Letter
from prasan.meetings.models import Meeting
from prasan.plans.models import EditionKind
from prasan.web.forms.fields import YearField, choosing, picking
from prasan.web.forms.records import REQUIRED

KINDS = tuple(choice for choice in EditionKind.choices if choice[0] != EditionKind.ORIGINAL)


class AmendForm(forms.Form):
    """What kind of amendment, and why it is needed (R71)."""

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect, label=_("ชนิดของการแก้ไข"), error_messages=REQUIRED)
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลความจำเป็น"), max_length=2000,
        error_messages={"required": _("เขียนเหตุผลความจำเป็น")},
    )  # fmt: skip


class ReferForm(forms.Form):
    """The meeting a plan is put before."""

    meeting = forms.ModelChoiceField(
        queryset=Meeting.objects.none(),
        label=_("เข้าวาระการประชุม"),
        empty_label=_("เลือกการประชุม"),
        error_messages=REQUIRED,
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "meeting").queryset = meetings


class MakePlanForm(forms.Form):
    """Which plan of which body, for which year."""

    plan = forms.ChoiceField(label=_("แผนและหน่วยงาน"), error_messages=REQUIRED)
    fiscal_year = YearField(label=_("ปีงบประมาณแรกของแผน (พ.ศ.)"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "plan").choices = list(choices)


class SendPlanForm(forms.Form):
    """The letter a plan goes with."""

    letter = forms.ModelChoiceField(
        queryset=Letter.objects.none(), label=_("ไปกับหนังสือ"), empty_label=_("เลือกหนังสือ"), error_messages=REQUIRED
    )

    def __init__(self, *args: Any, letters: QuerySet[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "letter").queryset = letters
