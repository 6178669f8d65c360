"""Forms of running years: opening one, returning a task, an exception, an event; none of them saves."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.cycles.models import ExceptionKind
from prasan.web.forms.fields import DayField, YearField, choosing
from prasan.web.forms.records import REQUIRED, SAY_WHY


class OpenYearForm(forms.Form):
    """Which planning system runs for which fiscal year."""

    system = forms.ChoiceField(label=_("ระบบแผน"), error_messages=REQUIRED)
    fiscal_year = YearField(label=_("ปีงบประมาณ (พ.ศ.)"))

    def __init__(self, *args: Any, systems: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "system").choices = systems


class ReasonForm(forms.Form):
    """Why, in words the other side reads."""

    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY)


class ExceptionForm(forms.Form):
    """What is granted, until when, and why."""

    kind = forms.ChoiceField(
        choices=ExceptionKind.choices, widget=forms.RadioSelect, label=_("ข้อยกเว้น"), error_messages=REQUIRED
    )
    last = DayField(label=_("มีผลถึงวันที่"))
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY)

    def ends_before(self) -> dt.date:
        """The first day it no longer holds."""
        last: dt.date = self.cleaned_data["last"]
        return last + dt.timedelta(days=1)


class EventForm(forms.Form):
    """The day something happened from which windows are counted."""

    event = forms.ChoiceField(label=_("เหตุการณ์"), error_messages=REQUIRED)
    happened_on = DayField(label=_("เกิดขึ้นวันที่"))

    def __init__(self, *args: Any, events: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "event").choices = events
