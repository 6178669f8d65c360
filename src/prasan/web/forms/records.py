"""Input shape and messages of the pages' forms; none of them saves."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.integration.models import CapacityVerdict, HandoverState, PairDecision
from prasan.web.forms.fields import YearField, choosing, picking
from prasan.web.wording import name_of

REQUIRED = {"required": _("เลือกหนึ่งข้อ")}
SAY_WHY = {"required": _("เขียนเหตุผล ผู้ที่เกี่ยวข้องจะอ่านเหตุผลนี้")}


if TYPE_CHECKING:
    _BodyChoice = forms.ModelChoiceField[Body]
else:
    _BodyChoice = forms.ModelChoiceField


class BodyChoice(_BodyChoice):
    """A body by its name in the reader's language."""

    def label_from_instance(self, obj: Body) -> str:
        return name_of(obj)


class HandOverForm(forms.Form):
    """To whom, why the body cannot do it itself, and in words."""

    to = BodyChoice(
        queryset=Body.objects.none(), label=_("ส่งต่อให้"), empty_label=_("เลือกหน่วยงาน"), error_messages=REQUIRED
    )
    verdict = forms.ChoiceField(
        choices=CapacityVerdict.choices,
        widget=forms.RadioSelect,
        label=_("เพราะเหตุใดจึงทำเองไม่ได้"),
        error_messages=REQUIRED,
    )
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("ชาวบ้านที่ขอจะอ่านเหตุผลนี้ เขียนให้เข้าใจง่าย"),
    )  # fmt: skip

    def __init__(self, *args: Any, receivers: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "to").queryset = receivers


class AnswerForm(forms.Form):
    """Accept or return a hand-over; returning needs a reason."""

    answer = forms.ChoiceField(
        choices=((HandoverState.ACCEPTED, _("รับไว้ดำเนินการ")), (HandoverState.RETURNED, _("ส่งคืน พร้อมเหตุผล"))),
        widget=forms.RadioSelect,
        label=_("คำตอบของหน่วยงาน"),
        error_messages=REQUIRED,
    )
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, required=False,
        help_text=_("ถ้าส่งคืนต้องบอกเหตุผล ชาวบ้านที่ขอจะอ่านเหตุผลนี้"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == HandoverState.RETURNED and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("เขียนเหตุผลที่ส่งคืน"))
        return cleaned


class PairForm(forms.Form):
    """What an officer decides of a pair, which one is kept, and why."""

    decision = forms.ChoiceField(
        choices=tuple(one for one in PairDecision.choices if one[0] != PairDecision.WAITING),
        widget=forms.RadioSelect,
        label=_("สองโครงการนี้"),
        error_messages=REQUIRED,
    )
    kept = forms.ChoiceField(
        choices=(("first", ""), ("second", "")),
        widget=forms.RadioSelect,
        label=_("ถ้าเป็นโครงการเดียวกัน ให้คงโครงการใดไว้"),
        required=False,
    )
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เช่น ที่ตั้ง ระยะทาง และปีตรงกัน"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, codes: tuple[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "kept").choices = [
            ("first", format_lazy("{} {}", _("โครงการที่ 1"), codes[0])),
            ("second", format_lazy("{} {}", _("โครงการที่ 2"), codes[1])),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == PairDecision.SAME and not cleaned.get("kept"):
            self.add_error("kept", _("เลือกโครงการที่จะคงไว้ อีกโครงการจะรวมเข้ากับโครงการนี้"))
        return cleaned


class UndoForm(forms.Form):
    """Taking a decision back needs a reason as well."""

    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่ยกเลิก"), max_length=2000, error_messages=SAY_WHY)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ManyFiles(forms.ClearableFileInput):
    """One field that takes several files."""

    allow_multiple_selected = True


LARGEST_FILE = 30 * 1024 * 1024


class FilesField(forms.FileField):
    """Several uploaded files, each checked as one."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value.size > LARGEST_FILE:
            raise forms.ValidationError(_("ไฟล์ใหญ่กว่า 30 เมกะไบต์ แบ่งเป็นหลายไฟล์แล้วส่งใหม่"), code="too_large")

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in (data or [None])]


class UploadForm(forms.Form):
    """Files to check before anything is registered."""

    uploads = FilesField(
        widget=ManyFiles(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv"}),
        label=_("ไฟล์แผนหรือบัญชีโครงการ"),
        help_text=_("Excel หรือ CSV ตามแบบที่ใช้อยู่ เลือกได้หลายไฟล์ ไฟล์ละไม่เกิน 30 เมกะไบต์"),
        error_messages={"required": _("เลือกไฟล์อย่างน้อยหนึ่งไฟล์"), "empty": _("ไฟล์นี้ว่างเปล่า เลือกไฟล์อื่น")},
    )
    province = forms.ChoiceField(label=_("จังหวัดของไฟล์"), help_text=_("ใช้เมื่อไฟล์ไม่ได้บอกจังหวัด"), required=False)
    fiscal_year = YearField(label=_("ปีงบประมาณ (พ.ศ.)"), help_text=_("ใช้เมื่อไฟล์ไม่ได้บอกปี เช่น 2570"), required=False)

    def __init__(self, *args: Any, provinces: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "province").choices = [("", _("ตามที่ไฟล์บอก")), *provinces]
