"""Forms of a recommended change of area or time (R49); none of them saves."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.areas.models import Area
from prasan.integration.models import ChangeKind
from prasan.meetings.models import Resolution
from prasan.web.forms.fields import DayField, picking
from prasan.web.forms.records import REQUIRED, SAY_WHY
from prasan.web.wording import place_name

if TYPE_CHECKING:
    _AreaChoice = forms.ModelChoiceField[Area]
else:
    _AreaChoice = forms.ModelChoiceField


class PlaceChoice(_AreaChoice):
    """A place by its name in the reader's language."""

    def label_from_instance(self, obj: Area) -> str:
        return place_name(obj)


class RecommendForm(forms.Form):
    """What the committee resolved, and the place or the time it asks for."""

    resolution = forms.ModelChoiceField(
        queryset=Resolution.objects.none(), label=_("ตามมติ"), empty_label=_("เลือกมติ"), error_messages=REQUIRED
    )
    kind = forms.ChoiceField(
        choices=ChangeKind.choices, widget=forms.RadioSelect, label=_("เสนอให้"), error_messages=REQUIRED
    )
    area = PlaceChoice(
        queryset=Area.objects.none(), label=_("พื้นที่ใหม่"), required=False, empty_label=_("เลือกพื้นที่"),
        help_text=_("ใช้เมื่อเสนอให้เปลี่ยนพื้นที่"),
    )  # fmt: skip
    first = DayField(label=_("เริ่มงานวันที่"), required=False)
    last = DayField(label=_("ถึงวันที่"), required=False)
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("หน่วยงานเป็นผู้ตัดสิน เขียนเหตุผลให้หน่วยงานพิจารณาได้"),
    )  # fmt: skip

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "resolution").queryset = resolutions
        picking(self, "area").queryset = areas

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == ChangeKind.AREA and not cleaned.get("area"):
            self.add_error("area", _("เลือกพื้นที่ใหม่"))
        for name in ("first", "last"):
            if kind == ChangeKind.TIME and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("เขียนวันที่ เช่น 15 กันยายน 2569"))
        return cleaned

    def work(self) -> tuple[dt.date, dt.date] | None:
        """The time asked for, half-open; None where the area is to change."""
        if self.cleaned_data["kind"] != ChangeKind.TIME:
            return None
        return self.cleaned_data["first"], self.cleaned_data["last"] + dt.timedelta(days=1)

    def area_asked(self) -> Area | None:
        """The place asked for; None where the time is to change."""
        return self.cleaned_data["area"] if self.cleaned_data["kind"] == ChangeKind.AREA else None


def prefilled(asked: Mapping[str, str], areas: QuerySet[Area]) -> dict[str, Any]:
    """What an address proposes for the form, such as the days that would end a conflict; what it misspells is left out.

    `kind`, `first` and `last` (ISO 8601), `area` (code of the place), `reason`.
    """
    kind = asked.get("kind", "")
    found: dict[str, Any] = {"kind": kind} if kind in ChangeKind.values else {}
    for name in ("first", "last"):
        with suppress(ValueError):
            found[name] = dt.date.fromisoformat(asked.get(name, ""))
    area = areas.filter(code=asked.get("area", "")).first() if asked.get("area") else None
    if area is not None:
        found["area"] = area.pk
    if asked.get("reason"):
        found["reason"] = asked["reason"][:2000]
    return found


class ReplyForm(forms.Form):
    """The agency moves its project, or keeps it and says why."""

    answer = forms.ChoiceField(
        choices=(("accept", _("ปรับตามข้อเสนอ")), ("decline", _("คงเดิม พร้อมเหตุผล"))),
        widget=forms.RadioSelect, label=_("คำตอบของหน่วยงาน"), error_messages=REQUIRED,
    )  # fmt: skip
    reply = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "decline" and not cleaned.get("reply", "").strip():
            self.add_error("reply", _("เขียนเหตุผลที่คงเดิม"))
        return cleaned
