"""Input shape and messages of the forms of joint projects; none of them saves."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.integration.models import CostShare, JointTask, MoneySource
from prasan.integration.services import ShareDraft, TaskDraft
from prasan.meetings.models import Resolution
from prasan.projects.models import Project
from prasan.web.forms.fields import BahtField, DayField, ResolutionChoice, VersionForm, choosing, picking
from prasan.web.forms.records import REQUIRED, SAY_WHY
from prasan.web.wording import name_of

EMPTY_ROWS = 3
TASK_ROWS = 5
SHORTEST = 3  # rows of tasks a new list begins with at least


class JoinForm(forms.Form):
    """Which of the chosen projects stands for all, who leads, and why they belong together."""

    standing = forms.ChoiceField(
        widget=forms.RadioSelect, label=_("โครงการหลักที่จะยืนแทนทุกโครงการ"), error_messages=REQUIRED,
        help_text=_("เงินของโครงการร่วมคือเงินของโครงการหลัก โครงการอื่นเก็บไว้ครบและไม่นับซ้ำ"),
    )  # fmt: skip
    lead = forms.ChoiceField(
        label=_("หน่วยงานหลัก"), required=False, help_text=_("ถ้าไม่เลือก คือเจ้าของโครงการหลัก"),
    )  # fmt: skip
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("ทุกหน่วยงานและหมู่บ้านที่ขอจะอ่านเหตุผลนี้"),
    )  # fmt: skip

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {one.code: one for one in projects}
        self.owners = {str(one.owner_id): one.owner for one in projects}
        choosing(self, "standing").choices = [
            (one.code, f"{one.code} {one.name} · {name_of(one.owner)}") for one in projects
        ]
        choosing(self, "lead").choices = [
            ("", _("เจ้าของโครงการหลัก")),
            *((pk, name_of(body)) for pk, body in self.owners.items()),
        ]

    def standing_project(self) -> Project:
        """The project chosen to stand."""
        return self.projects[self.cleaned_data["standing"]]

    def lead_body(self) -> Body | None:
        """The body chosen to lead; None for the owner of the standing project."""
        return self.owners.get(self.cleaned_data["lead"])


class ShareRowForm(forms.Form):
    """One row: who brings how much, in which year, out of what."""

    body = forms.ChoiceField(label=_("หน่วยงาน"), required=False)
    year = forms.ChoiceField(label=_("ปีงบประมาณ"), required=False)
    source = forms.ChoiceField(
        choices=(("", _("เลือกแหล่งเงิน")), *MoneySource.choices), label=_("แหล่งเงิน"), required=False
    )
    amount = BahtField(label=_("จำนวนเงิน (บาท)"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "body").choices = [("", _("เลือกหน่วยงาน")), *((str(b.pk), name_of(b)) for b in bodies)]
        choosing(self, "year").choices = [("", _("เลือกปี")), *((str(year), str(year)) for year in years)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("amount") is not None:
            for name in ("body", "year", "source"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, REQUIRED["required"])
        return cleaned


class TaskRowForm(forms.Form):
    """One row: what is done, by whom, from when to when, after which other row."""

    title = forms.CharField(label=_("งาน"), max_length=500, required=False)
    body = forms.ChoiceField(label=_("ผู้รับผิดชอบ"), required=False)
    first = DayField(label=_("เริ่ม"), required=False, help_text="")
    last = DayField(label=_("ถึง"), required=False, help_text="")
    after = forms.ChoiceField(label=_("ทำต่อจาก"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "body").choices = [("", _("เลือกหน่วยงาน")), *((str(b.pk), name_of(b)) for b in bodies)]
        choosing(self, "after").choices = [("", _("ไม่ต้องรองานใด")), *((str(n), str(n)) for n in range(1, rows + 1))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("title"):
            if not cleaned.get("body"):
                self.add_error("body", REQUIRED["required"])
            for name in ("first", "last"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("เขียนวันที่ เช่น 15 กันยายน 2569"))
        return cleaned


class AnswerJointForm(VersionForm):
    """A body's own answer; declining needs a reason."""

    answer = forms.ChoiceField(
        choices=(("agree", _("ตกลงเข้าร่วมตามนี้")), ("decline", _("ไม่ตกลง พร้อมเหตุผล"))),
        widget=forms.RadioSelect, label=_("คำตอบของหน่วยงาน"), error_messages=REQUIRED,
    )  # fmt: skip
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "decline" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("เขียนเหตุผลที่ไม่ตกลง"))
        return cleaned


class ConfirmJointForm(VersionForm):
    """The resolution by which it is agreed."""

    resolution = ResolutionChoice(
        queryset=Resolution.objects.none(), label=_("ตามมติ"), empty_label=_("เลือกมติ"), error_messages=REQUIRED,
        help_text=_("มติของคณะกรรมการที่ดูแลพื้นที่ของทุกโครงการ"),
    )  # fmt: skip

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "resolution").queryset = resolutions


class DissolveJointForm(VersionForm):
    """Undoing needs a reason that every owner and village reads."""

    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่ยกเลิก"), max_length=2000, error_messages=SAY_WHY)


def share_rows(
    data: Any, *, shares: Iterable[CostShare], bodies: Sequence[Body], years: Sequence[int]
) -> "forms.BaseFormSet[ShareRowForm]":
    """The rows of the shares; before there are any, one for each body in each year."""
    seen = [
        {"body": str(one.body_id), "year": str(one.fiscal_year), "source": one.source, "amount": one.amount_satang}
        for one in shares
    ]
    if not seen:
        seen = [{"body": str(body.pk), "year": str(year)} for year in years for body in bodies]
    made = forms.formset_factory(ShareRowForm, extra=EMPTY_ROWS, max_num=200, absolute_max=200)
    return made(data, initial=seen, prefix="share", form_kwargs={"bodies": bodies, "years": years})


def share_drafts(rows: "forms.BaseFormSet[ShareRowForm]", bodies: Sequence[Body]) -> list[ShareDraft]:
    """What the filled rows say."""
    by_pk = {str(body.pk): body for body in bodies}
    return [
        ShareDraft(by_pk[said["body"]], int(said["year"]), said["source"], said["amount"])
        for said in (row.cleaned_data for row in rows.forms)
        if said.get("amount") is not None
    ]


def task_rows(data: Any, *, tasks: Sequence[JointTask], bodies: Sequence[Body]) -> "forms.BaseFormSet[TaskRowForm]":
    """The rows of the tasks, numbered as they stand on the page."""
    place = {task.pk: str(n) for n, task in enumerate(tasks, 1)}
    seen = [
        {
            "title": task.title,
            "body": str(task.body_id),
            "first": task.starts_on,
            "last": task.ends_before - dt.timedelta(days=1),
            "after": place.get(task.after_id, "") if task.after_id is not None else "",
        }
        for task in tasks
    ]
    extra = EMPTY_ROWS if len(seen) >= SHORTEST else TASK_ROWS - len(seen)
    rows = len(seen) + extra
    if data is not None:
        sent = str(data.get("task-TOTAL_FORMS", ""))
        rows = max(rows, int(sent) if sent.isdecimal() and len(sent) < 4 else 0)
    made = forms.formset_factory(TaskRowForm, extra=extra, max_num=200, absolute_max=200)
    return made(data, initial=seen, prefix="task", form_kwargs={"bodies": bodies, "rows": min(rows, 200)})


def task_drafts(rows: "forms.BaseFormSet[TaskRowForm]", bodies: Sequence[Body]) -> list[TaskDraft]:
    """What the filled rows say; a row without a title is left out."""
    by_pk = {str(body.pk): body for body in bodies}
    return [
        TaskDraft(
            ordinal=n,
            title=said["title"],
            body=by_pk[said["body"]],
            starts_on=said["first"],
            ends_before=said["last"] + dt.timedelta(days=1),
            after=int(said["after"]) if said["after"] else None,
        )
        for n, said in enumerate((row.cleaned_data for row in rows.forms), 1)
        if said.get("title")
    ]
