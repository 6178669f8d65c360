"""Fields that several forms share: a day written as officers write it, and room for a long text."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prasan.common.dates import UnreadableDate, format_date, parse_date
from prasan.web.wording import language


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
