"""What several forms share: days, counts and money as officers write them, long texts, resolutions, versions."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prasan.common.dates import UnreadableDate, format_date, parse_date
from prasan.common.errors import Refused
from prasan.common.money import Unit, format_baht, parse_amount
from prasan.meetings.models import Resolution
from prasan.web.wording import language, name_of


def choosing(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A field of a form as the list of choices it is; which there are depends on who asks."""
    return cast(forms.ChoiceField, form.fields[name])


def picking(form: forms.BaseForm, name: str) -> "forms.ModelChoiceField[Any]":
    """A field of a form as the choice among records that it is; which there are depends on who asks."""
    return cast("forms.ModelChoiceField[Any]", form.fields[name])


class LongText(forms.Textarea):
    """A field for pages of text rather than a line or two."""


class YearField(forms.IntegerField):
    """A year of the Buddhist era."""

    default_error_messages = {
        "required": _("พิมพ์ปี พ.ศ. เป็นตัวเลขสี่หลัก"),
        "invalid": _("พิมพ์ปี พ.ศ. เป็นตัวเลขสี่หลัก"),
        "min_value": _("ปี พ.ศ. ต้องอยู่ระหว่าง 2480 ถึง 2650"),
        "max_value": _("ปี พ.ศ. ต้องอยู่ระหว่าง 2480 ถึง 2650"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=2480, max_value=2650, **kwargs)


class DayField(forms.Field):
    """A day as วัน เดือน พ.ศ. in one text field: Thai or Arabic digits, month by name or number.

    One field and not three: officers paste dates out of letters, and every form of a date is understood
    (`common.dates.parse_date`).
    """

    default_error_messages = {"required": _("เขียนวันที่ เช่น 15 กันยายน 2569")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("วัน เดือน พ.ศ. เช่น 15 กันยายน 2569"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        try:
            return parse_date(value)
        except UnreadableDate as problem:
            raise ValidationError(problem.message_en if language() == "en" else problem.message_th) from problem

    def prepare_value(self, value: Any) -> Any:
        return format_date(value, language=language()) if isinstance(value, dt.date) else value


class CountField(forms.IntegerField):
    """A number of people, days or the like, from nought up, with or without separators of thousands."""

    default_error_messages = {
        "required": _("พิมพ์เป็นจำนวนเต็ม"),
        "invalid": _("พิมพ์เป็นจำนวนเต็ม"),
        "min_value": _("ต้องไม่น้อยกว่า %(limit_value)s"),
        "max_value": _("ต้องไม่เกิน %(limit_value)s"),
    }

    def __init__(self, *, most: int = 2_000_000_000, least: int = 0, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


class VersionForm(forms.Form):
    """The version of the record that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BahtField(forms.Field):
    """An amount in baht as officers write it; satang inside."""

    def to_python(self, value: Any) -> int | None:
        try:
            return parse_amount(value, unit=Unit.BAHT)
        except Refused as problem:
            raise forms.ValidationError(problem.message_en if language() == "en" else problem.message_th) from problem

    def validate(self, value: Any) -> None:
        """A row without an amount is left out."""

    def run_validators(self, value: Any) -> None:
        """The act judges the amounts."""

    def prepare_value(self, value: Any) -> Any:
        return format_baht(value) if isinstance(value, int) else value


if TYPE_CHECKING:
    _ResolutionChoice = forms.ModelChoiceField[Resolution]
else:
    _ResolutionChoice = forms.ModelChoiceField


class ResolutionChoice(_ResolutionChoice):
    """A resolution by its number, with the committee and the matter."""

    def label_from_instance(self, obj: Resolution) -> str:
        return f"{obj.number} · {name_of(obj.item.meeting.committee)} · {obj.item.title}"
