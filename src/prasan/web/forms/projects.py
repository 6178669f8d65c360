"""Input shape and messages of writing one project by hand; none of them saves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.integration.queries import Asked
from prasan.projects.models import Project
from prasan.web.forms.fields import BahtField, DayField, YearField, choosing, picking
from prasan.web.forms.recommendations import PlaceChoice
from prasan.web.forms.records import REQUIRED, SAY_WHY
from prasan.web.wording import name_of

LONG = 4000
YEARS = 5  # of a local development plan
NO_NAME = {"required": _("เขียนชื่อโครงการ"), "max_length": _("ชื่อยาวเกินไป")}


class OwnerForm(forms.Form):
    """Whose project it is."""

    owner = forms.ChoiceField(label=_("หน่วยงานเจ้าของโครงการ"), error_messages=REQUIRED)

    def __init__(self, *args: Any, owners: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "owner").choices = [(body.code, name_of(body)) for body in owners]


class ProjectForm(forms.Form):
    """What is done, where, from which year on, and what for."""

    name = forms.CharField(
        widget=forms.Textarea, label=_("ชื่อโครงการ"), max_length=LONG, error_messages=NO_NAME,
        help_text=_("บอกว่าทำอะไร ขนาดเท่าไร ที่ไหน เช่น ก่อสร้างถนน คสล. กว้าง 4 เมตร ยาว 300 เมตร หมู่ที่ 2"),
    )  # fmt: skip
    area = PlaceChoice(
        queryset=Area.objects.none(), to_field_name="code", label=_("พื้นที่"), empty_label=_("เลือกพื้นที่"), required=False,
        help_text=_("เลือกพื้นที่ที่เล็กที่สุดที่ครอบคลุมงานทั้งหมด ถ้าไม่เลือก คือทั้งเขตของหน่วยงาน"),
    )  # fmt: skip
    moos = forms.CharField(
        label=_("หมู่ที่"), required=False, max_length=60, help_text=_("ถ้างานอยู่หลายหมู่บ้าน เช่น 2, 5 และ 7")
    )
    place_text = forms.CharField(label=_("จุดที่ทำ"), required=False, max_length=LONG)
    fiscal_year = YearField(label=_("ปีงบประมาณที่เริ่ม (พ.ศ.)"))
    objective = forms.CharField(widget=forms.Textarea, label=_("วัตถุประสงค์"), required=False, max_length=LONG)
    target = forms.CharField(widget=forms.Textarea, label=_("เป้าหมาย"), required=False, max_length=LONG)
    kpi = forms.CharField(widget=forms.Textarea, label=_("ตัวชี้วัด"), required=False, max_length=LONG)
    expected_result = forms.CharField(widget=forms.Textarea, label=_("ผลที่คาดว่าจะได้รับ"), required=False, max_length=LONG)
    responsible = forms.CharField(label=_("ผู้รับผิดชอบ"), required=False, max_length=500)
    starts_on = DayField(label=_("เริ่มงานวันที่"), required=False)
    ends_on = DayField(label=_("แล้วเสร็จวันที่"), required=False)

    SHOWN: ClassVar[tuple[str, ...]] = ("name", "area", "moos", "place_text", "fiscal_year")
    MORE: ClassVar[tuple[str, ...]] = ("objective", "target", "kpi", "expected_result", "responsible")

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "area").queryset = areas

    def first_fields(self) -> list[forms.BoundField]:
        """What tells one project from another."""
        return [self[name] for name in self.SHOWN]

    def more_fields(self) -> list[forms.BoundField]:
        """What explains it."""
        return [self[name] for name in ("starts_on", "ends_on", *self.MORE)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        for name, value, other in (("starts_on", first, last), ("ends_on", last, first)):
            if other and not value and name not in self.errors:
                self.add_error(name, _("เขียนทั้งวันเริ่มและวันแล้วเสร็จ หรือเว้นไว้ทั้งสองช่อง"))
        if first and last and last < first:
            self.add_error("ends_on", _("วันแล้วเสร็จอยู่ก่อนวันเริ่มงาน"))
        return cleaned

    def work(self) -> tuple[dt.date, dt.date] | None:
        """When the work is planned, half-open."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        return (first, last + dt.timedelta(days=1)) if first and last else None


class ReviseProjectForm(ProjectForm):
    """The same of a project that stands, with the version that was seen and why it changes."""

    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่แก้ไข"), max_length=2000, error_messages=SAY_WHY)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def more_fields(self) -> list[forms.BoundField]:
        return [*super().more_fields(), self["reason"]]


class AmountRowForm(forms.Form):
    """What is planned in one year; a row without an amount is left out."""

    year = YearField(label=_("ปีงบประมาณ"), required=False)
    amount = BahtField(label=_("จำนวนเงิน (บาท)"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None and not cleaned.get("year") and "year" not in self.errors:
            self.add_error("year", _("พิมพ์ปี พ.ศ. เป็นตัวเลขสี่หลัก"))
        return cleaned


if TYPE_CHECKING:
    _Rows = forms.BaseFormSet[AmountRowForm]
else:
    _Rows = forms.BaseFormSet


class AmountRows(_Rows):
    """Amounts by year, each year once."""

    def clean(self) -> None:
        seen: set[int] = set()
        for row in self.forms:
            year, amount = (row.cleaned_data.get(name) for name in ("year", "amount"))
            if year is None or amount is None:
                continue
            if year in seen:
                row.add_error("year", _("ปีนี้มีจำนวนเงินแล้วในแถวก่อน"))
            seen.add(year)

    def amounts(self) -> list[tuple[int, int]]:
        """Year and satang of the rows that say both; what cannot be read is left out."""
        said = [getattr(row, "cleaned_data", {}) for row in self.forms]
        return [(one["year"], one["amount"]) for one in said if one.get("year") and one.get("amount") is not None]


def amount_rows(data: Mapping[str, Any] | None, *, planned: Mapping[int, int], first_year: int) -> AmountRows:
    """A row for each year that has an amount and for those of a plan to come."""
    years = sorted({*planned, *range(first_year, first_year + YEARS)})
    kind = forms.formset_factory(AmountRowForm, formset=AmountRows, extra=0, max_num=60, absolute_max=60)
    initial = [{"year": year, "amount": planned.get(year)} for year in years]
    return cast(AmountRows, kind(data, prefix="years", initial=initial))


def asked(form: ProjectForm, rows: AmountRows, owner: Body, project: Project | None = None) -> Asked:
    """The line as far as it is written and can be read."""
    form.is_valid()
    rows.is_valid()
    said = getattr(form, "cleaned_data", {})
    satang = sum(amount for _year, amount in rows.amounts())
    return Asked(
        name=said.get("name", ""),
        owner=owner,
        area=said.get("area"),
        moos=said.get("moos", ""),
        fiscal_year=said.get("fiscal_year"),
        amount_satang=satang or None,
        project=project,
    )
