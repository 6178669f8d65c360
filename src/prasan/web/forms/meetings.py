"""Input shape and messages of the forms of committees and meetings; none of them saves."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.meetings.models import AgendaItem, AgendaSection, DecisionKind, Outcome, SeatRole
from prasan.meetings.queries import outcomes_of
from prasan.web.forms.fields import DayField, choosing, picking
from prasan.web.forms.records import REQUIRED, SAY_WHY, BodyChoice

MUST = {"required": _("กรอกช่องนี้")}
DAY_HINT = _("เช่น 15 กันยายน 2568")


class SeatForm(forms.Form):
    """Who is appointed to which seat, for which term, by which order."""

    role = forms.ChoiceField(choices=SeatRole.choices, label=_("ตำแหน่งในคณะกรรมการ"), initial=SeatRole.MEMBER)
    person_name = forms.CharField(label=_("ชื่อ"), max_length=200, error_messages=MUST)
    position_name = forms.CharField(label=_("ตำแหน่งหน้าที่"), max_length=300, required=False)
    represents = BodyChoice(
        queryset=Body.objects.none(), label=_("ผู้แทนของหน่วยงาน"), empty_label=_("ไม่ได้เป็นผู้แทน"), required=False
    )
    starts_on = DayField(label=_("ดำรงตำแหน่งตั้งแต่"), help_text=DAY_HINT, error_messages=MUST)
    ends_on = DayField(label=_("พ้นตำแหน่งวันที่"), help_text=_("เว้นว่างถ้าไม่มีกำหนด"), required=False)
    appointed_by = forms.CharField(label=_("เลขที่คำสั่งแต่งตั้ง"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "represents").queryset = bodies


class EndSeatForm(forms.Form):
    """The first day without the member, and why."""

    ends_on = DayField(label=_("พ้นตำแหน่งวันที่"), help_text=DAY_HINT, error_messages=MUST)
    reason = forms.CharField(label=_("เหตุผล"), max_length=500, error_messages=SAY_WHY)


class MeetingForm(forms.Form):
    """Which committee meets, when, where and what for."""

    committee = BodyChoice(
        queryset=Body.objects.none(), label=_("คณะกรรมการ"), empty_label=_("เลือกคณะกรรมการ"), error_messages=REQUIRED
    )
    day = DayField(label=_("วันประชุม"), help_text=DAY_HINT, error_messages=MUST)
    time = forms.TimeField(
        label=_("เวลา"), help_text=_("เช่น 13:30"), input_formats=("%H:%M", "%H.%M"),
        error_messages={"required": _("กรอกช่องนี้"), "invalid": _("พิมพ์เวลาอย่าง 13:30")},
    )  # fmt: skip
    place = forms.CharField(label=_("สถานที่"), max_length=500, error_messages=MUST)
    subject = forms.CharField(label=_("ประชุมเรื่อง"), widget=forms.Textarea, max_length=2000, required=False)

    def __init__(self, *args: Any, committees: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "committee").queryset = committees


class ItemForm(forms.Form):
    """A matter, its section, and what the committee is asked to do with it."""

    section = forms.TypedChoiceField(choices=AgendaSection.choices, coerce=int, label=_("ระเบียบวาระ"), initial=4)
    title = forms.CharField(label=_("เรื่อง"), widget=forms.Textarea, max_length=2000, error_messages=MUST)
    decision_kind = forms.ChoiceField(choices=DecisionKind.choices, label=_("ขอให้ที่ประชุม"), initial="CONSIDER")
    detail = forms.CharField(label=_("รายละเอียด"), widget=forms.Textarea, max_length=10000, required=False)


class NoticeForm(forms.Form):
    """The number and day of the letter that invites."""

    office_code = forms.CharField(
        label=_("อักษรและรหัสหน่วยงานของหนังสือ"), help_text=_("เช่น กส 0017.2"), error_messages=MUST
    )
    dated_on = DayField(label=_("ลงวันที่"), help_text=DAY_HINT, error_messages=MUST)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ResolveForm(forms.Form):
    """What the meeting decided, in words, by consensus or by counted votes."""

    CONSENSUS, VOTES, CHAIR = "CONSENSUS", "VOTES", "CHAIR"
    outcome = forms.ChoiceField(widget=forms.RadioSelect, label=_("ผลการพิจารณา"), error_messages=REQUIRED)
    text = forms.CharField(widget=forms.Textarea, label=_("มติที่ประชุม"), max_length=10000, error_messages=MUST)
    how = forms.ChoiceField(
        choices=(
            (CONSENSUS, _("เป็นเอกฉันท์ ไม่นับคะแนน")),
            (VOTES, _("นับคะแนน")),
            (CHAIR, _("คะแนนเท่ากัน ประธานชี้ขาดตามผลนี้")),
        ),
        widget=forms.RadioSelect,
        label=_("วิธีลงมติ"),
        initial=CONSENSUS,
        error_messages=REQUIRED,
    )
    votes_for = forms.IntegerField(label=_("เห็นด้วย (เสียง)"), min_value=0, required=False)
    votes_against = forms.IntegerField(label=_("ไม่เห็นด้วย (เสียง)"), min_value=0, required=False)
    votes_abstained = forms.IntegerField(label=_("งดออกเสียง (เสียง)"), min_value=0, required=False)

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = outcomes_of(item)
        choosing(self, "outcome").choices = [
            (code, item.get_decision_kind_display() if code == Outcome.ADOPTED else label)
            for code, label in Outcome.choices
            if code in allowed
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        counted = cleaned.get("how") in (self.VOTES, self.CHAIR)
        if counted and (cleaned.get("votes_for") is None or cleaned.get("votes_against") is None):
            self.add_error("votes_for", _("กรอกจำนวนเสียงที่เห็นด้วยและไม่เห็นด้วย"))
        return cleaned

    @property
    def votes(self) -> tuple[int, int, int] | None:
        """The votes as counted; None by consensus."""
        given = self.cleaned_data
        if given["how"] == self.CONSENSUS:
            return None
        return given["votes_for"], given["votes_against"], given["votes_abstained"] or 0


class CloseForm(forms.Form):
    """Who wrote the minutes."""

    minutes_by = forms.CharField(label=_("ผู้จดรายงานการประชุม"), max_length=200, error_messages=MUST)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why the meeting does not take place."""

    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่ยกเลิก"), max_length=2000, error_messages=SAY_WHY)
    version = forms.IntegerField(widget=forms.HiddenInput)


def moment_of(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """The day and time of a form as a moment."""
    return dt.datetime.combine(day, time, tzinfo=zone)
