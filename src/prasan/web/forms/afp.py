"""Input shape and messages of the forms of a round of AFP; none of them saves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.afp.models import AfpProblem, Candidate, Choice, IntegrationGroup, ProblemOutcome, TargetGroup
from prasan.afp.services import GroupLine, GroupPlan, ProblemLine, Result
from prasan.agencies.models import Body
from prasan.common.text import clean
from prasan.meetings.models import Resolution
from prasan.projects.models import Project
from prasan.web.forms.fields import (
    BahtField,
    CountField,
    DayField,
    ResolutionChoice,
    VersionForm,
    YearField,
    choosing,
    picking,
)
from prasan.web.forms.records import REQUIRED, SAY_WHY, BodyChoice
from prasan.web.wording import name_of

LONG = 2000


class OpenRoundForm(forms.Form):
    """Whose round, of which year, with which set of guidelines."""

    body = BodyChoice(
        queryset=Body.objects.none(), label=_("หน่วยงานเจ้าของรอบ"), empty_label=_("เลือกหน่วยงาน"), error_messages=REQUIRED
    )
    fiscal_year = YearField(label=_("ปีงบประมาณ (พ.ศ.)"))
    guideline_set = forms.ChoiceField(label=_("ชุดแนวทาง"), error_messages=REQUIRED)

    def __init__(self, *args: Any, bodies: QuerySet[Body], sets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "body").queryset = bodies
        choosing(self, "guideline_set").choices = list(sets)


class WeightsForm(VersionForm):
    """A weight of 0-100 for every need indicator, and why they are changed."""

    def __init__(self, *args: Any, weights: Sequence[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _name, _weight in weights]
        for key, name, weight in weights:
            self.fields[f"weight-{key}"] = CountField(label=name, initial=weight, most=100)
        self.fields["reason"] = forms.CharField(
            widget=forms.Textarea, label=_("เหตุผลที่เปลี่ยนน้ำหนัก"), max_length=LONG, error_messages=SAY_WHY
        )

    def weights(self) -> dict[str, int]:
        """The weights by indicator."""
        return {key: self.cleaned_data[f"weight-{key}"] for key in self.keys}


class ChooseAreasForm(VersionForm):
    """Which places are target areas, and why."""

    area = forms.MultipleChoiceField(
        label=_("พื้นที่เป้าหมาย"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("เลือกอย่างน้อยหนึ่งพื้นที่")}
    )
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลที่เลือก"), max_length=LONG, error_messages=SAY_WHY,
        help_text=_("เช่น มติคณะทำงาน หรือเหตุที่เลือกต่างจากลำดับที่ระบบเสนอ"),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "area").choices = [(str(pk), name) for pk, name in areas]

    def ticked(self) -> set[int]:
        """The places that stand ticked on the page."""
        return {int(pk) for pk in self["area"].value() or () if str(pk).isdecimal()}


class RowsForm(VersionForm):
    """The same few fields for every row of a page: what was typed in any of them is kept when it is refused."""

    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, records: Sequence[Model], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = list(records)
        for record in self.records:
            for name, field in self.fields_of(record).items():
                self.fields[f"{name}-{record.pk}"] = field

    def fields_of(self, record: Any) -> dict[str, forms.Field]:
        """The fields of one row; a page without fields only names its rows."""
        return {}

    @property
    def cells(self) -> dict[int, dict[str, forms.BoundField]]:
        """The fields by row and name, as a row's template shows them."""
        return {one.pk: {name: self[f"{name}-{one.pk}"] for name in self.names} for one in self.records}

    def said(self, record: Model, name: str) -> Any:
        """What one row says."""
        return self.cleaned_data[f"{name}-{record.pk}"]


class GroupRows(RowsForm):
    """Which groups of people are kept, how many people they are, and who says so."""

    names = ("keep", "people", "source")

    def fields_of(self, record: TargetGroup) -> dict[str, forms.Field]:
        return {
            "keep": forms.BooleanField(
                label=_("เป็นกลุ่มเป้าหมาย"), required=False, initial=record.state != Choice.REJECTED
            ),
            "people": CountField(label=_("จำนวนคน"), required=False, initial=record.people),
            "source": forms.CharField(label=_("ที่มาของจำนวน"), required=False, max_length=300, initial=record.source),
        }

    def lines(self) -> list[GroupLine]:
        """What the act takes."""
        return [
            GroupLine(one, self.said(one, "keep"), self.said(one, "people"), self.said(one, "source"))
            for one in self.records
            if isinstance(one, TargetGroup)
        ]


class ProblemRows(RowsForm):
    """What each problem is called, how severe it is, how many people it touches, and of which group."""

    names = ("title", "severity", "people", "group")

    def __init__(self, *args: Any, groups: Sequence[TargetGroup], **kwargs: Any) -> None:
        self.groups = list(groups)
        super().__init__(*args, **kwargs)

    def fields_of(self, record: AfpProblem) -> dict[str, forms.Field]:
        near = [(str(one.pk), one.name) for one in self.groups if one.target_area_id == record.target_area_id]
        return {
            "title": forms.CharField(
                label=_("ปัญหา"), max_length=LONG, initial=record.title, widget=forms.Textarea,
                error_messages={"required": _("ปัญหาต้องมีชื่อ")},
            ),
            "severity": forms.TypedChoiceField(
                label=_("ความรุนแรง"), choices=[(n, str(n)) for n in range(1, 6)], coerce=int, initial=record.severity,
                error_messages=REQUIRED,
            ),
            "people": CountField(label=_("จำนวนคน"), required=False, initial=record.people),
            "group": forms.ChoiceField(
                label=_("กลุ่มเป้าหมาย"), required=False, initial=str(record.target_group_id or ""),
                choices=[("", _("ไม่ระบุกลุ่ม")), *near],
            ),
        }  # fmt: skip

    def lines(self) -> list[ProblemLine]:
        """What the act takes."""
        known = {str(one.pk): one for one in self.groups}
        return [
            ProblemLine(
                one, self.said(one, "title"), self.said(one, "severity"), self.said(one, "people"),
                known.get(self.said(one, "group")),
            )
            for one in self.records
            if isinstance(one, AfpProblem)
        ]  # fmt: skip


class GuidelineRows(RowsForm):
    """The guideline of each problem: as confirmed, else as suggested, else still open."""

    names = ("guideline",)

    def __init__(self, *args: Any, guidelines: Mapping[str, str], **kwargs: Any) -> None:
        self.choices = [("", _("ยังไม่กำหนด")), *((code, f"{code} {name}") for code, name in guidelines.items())]
        super().__init__(*args, **kwargs)

    def fields_of(self, record: AfpProblem) -> dict[str, forms.Field]:
        first = record.guideline or record.suggested_guideline
        return {"guideline": forms.ChoiceField(label=_("แนวทาง"), choices=self.choices, required=False, initial=first)}

    def chosen(self) -> dict[AfpProblem, str]:
        """The problems for which one was chosen; those left open stay open."""
        found = {one: self.said(one, "guideline") for one in self.records if isinstance(one, AfpProblem)}
        return {one: code for one, code in found.items() if code}


class CandidateRows(RowsForm):
    """Which projects are accepted and which are not, each with its own reason or one for the whole page."""

    names = ("decision", "reason")

    def __init__(self, *args: Any, rest: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rest = rest  # what becomes of the rows that were left open
        self.fields["reason"] = forms.CharField(
            widget=forms.Textarea, label=_("เหตุผลร่วม"), max_length=LONG, required=False,
            help_text=_("ใช้กับทุกแถวที่พิจารณาครั้งนี้และไม่ได้เขียนเหตุผลของตนเอง ไม่รับต้องมีเหตุผล"),
        )  # fmt: skip

    def fields_of(self, record: Candidate) -> dict[str, forms.Field]:
        decided = record.state if record.state != Choice.SUGGESTED else ""
        return {
            "decision": forms.ChoiceField(
                label=_("ผลพิจารณา"), required=False, initial=decided,
                choices=[("", _("ยังไม่พิจารณา")), (Choice.ACCEPTED, _("รับ")), (Choice.REJECTED, _("ไม่รับ"))],
            ),
            "reason": forms.CharField(
                label=_("เหตุผล"), required=False, max_length=LONG, initial=record.decision_reason
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A reason needs something it is the reason of."""
        said = super().clean() or self.cleaned_data
        for one in self.records:
            own, decision = said.get(f"reason-{one.pk}", ""), said.get(f"decision-{one.pk}")
            if isinstance(one, Candidate) and own and own != one.decision_reason and not (decision or self.rest):
                self.add_error(f"decision-{one.pk}", _("เขียนเหตุผลแล้ว เลือกรับหรือไม่รับด้วย"))
        return said

    def decided(self) -> dict[str, Any]:
        """What the act takes: what was decided or explained otherwise than before."""
        kinds: dict[str, list[Candidate]] = {Choice.ACCEPTED: [], Choice.REJECTED: []}
        reasons: dict[Candidate, str] = {}
        for one in self.records:
            decision, own = self.said(one, "decision") or self.rest, self.said(one, "reason")
            if not isinstance(one, Candidate) or not decision:
                continue
            explained = own != one.decision_reason
            if decision == one.state and not explained:
                continue
            kinds[decision].append(one)
            # The reason of the decision before is not that of this one.
            if explained and (own or decision == one.state):
                reasons[one] = own
        return {
            "accepted": kinds[Choice.ACCEPTED], "rejected": kinds[Choice.REJECTED], "reasons": reasons,
            "reason": self.cleaned_data["reason"],
        }  # fmt: skip


class OutcomeRows(RowsForm):
    """How each problem ends and why; one that is not concluded yet stands as its projects suggest."""

    names = ("outcome", "reason")

    def __init__(self, *args: Any, suggested: Mapping[int, str], **kwargs: Any) -> None:
        self.suggested = suggested
        super().__init__(*args, **kwargs)

    def fields_of(self, record: AfpProblem) -> dict[str, forms.Field]:
        return {
            "outcome": forms.ChoiceField(
                label=_("ผลของปัญหา"), required=False, initial=record.outcome or self.suggested.get(record.pk, ""),
                choices=[("", _("ยังไม่สรุป")), *ProblemOutcome.choices],
            ),
            "reason": forms.CharField(label=_("เหตุผล"), required=False, max_length=LONG, initial=record.outcome_reason),
        }  # fmt: skip

    def outcomes(self) -> dict[str, Any]:
        """What the act takes: what is concluded anew or otherwise, and why."""
        outcomes, reasons = dict[AfpProblem, str](), dict[AfpProblem, str]()
        for one in self.records:
            outcome, reason = self.said(one, "outcome"), self.said(one, "reason")
            if isinstance(one, AfpProblem) and outcome and (outcome, reason) != (one.outcome, one.outcome_reason):
                outcomes[one], reasons[one] = outcome, reason
        return {"outcomes": outcomes, "reasons": reasons}


class MergeForm(VersionForm):
    """With which problem of the same area this one is one, and why."""

    into = forms.ChoiceField(label=_("รวมเข้ากับปัญหา"), error_messages=REQUIRED)
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่รวม"), max_length=LONG, error_messages=SAY_WHY)

    def __init__(self, *args: Any, others: Sequence[AfpProblem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(one.pk): one for one in others}
        choosing(self, "into").choices = [("", _("เลือกปัญหา")), *((pk, one.title) for pk, one in self.others.items())]


class SplitForm(VersionForm):
    """Which needs are a problem of their own, what it is called, and why."""

    need = forms.MultipleChoiceField(
        label=_("ความต้องการที่แยกออกไป"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("เลือกความต้องการที่จะแยก")},
    )  # fmt: skip
    title = forms.CharField(label=_("ชื่อปัญหาใหม่"), max_length=LONG, error_messages={"required": _("ปัญหาใหม่ต้องมีชื่อ")})
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่แยก"), max_length=LONG, error_messages=SAY_WHY)

    def __init__(self, *args: Any, needs: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "need").choices = [(str(pk), title) for pk, title in needs]


class AddCandidateForm(VersionForm):
    """A project the search did not find, and why it solves the problem."""

    project = forms.ChoiceField(label=_("โครงการที่จะเพิ่ม"), widget=forms.RadioSelect, error_messages=REQUIRED)
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผลที่เพิ่ม"), max_length=LONG, error_messages=SAY_WHY)

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {one.code: one for one in projects}
        choosing(self, "project").choices = [
            (one.code, f"{one.name} · {name_of(one.owner)} · {one.code}") for one in projects
        ]


class PlanForm(VersionForm):
    """Who leads, who joins, what is done when, paid out of which source."""

    lead = forms.ChoiceField(label=_("หน่วยงานหลัก"), required=False, help_text=_("กลุ่มที่มีโครงการต้องมีหน่วยงานหลัก"))
    partners = forms.MultipleChoiceField(
        label=_("หน่วยงานร่วม"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("ทุกหน่วยงานได้รับแจ้งและตอบเอง เปลี่ยนแผนแล้วถามใหม่"),
    )  # fmt: skip
    tasks = forms.CharField(
        widget=forms.Textarea, label=_("งานที่ทำร่วมกัน"), max_length=LONG,
        error_messages={"required": _("เขียนงานที่จะทำร่วมกัน")},
    )  # fmt: skip
    sequence = forms.CharField(
        widget=forms.Textarea, label=_("ลำดับงาน"), max_length=LONG, required=False, help_text=_("อะไรก่อน อะไรหลัง")
    )
    starts_on = DayField(label=_("เริ่ม"), required=False)
    last_on = DayField(label=_("ถึง"), required=False)
    central = BahtField(label=_("งบส่วนกลาง (บาท)"), required=False)
    regional = BahtField(label=_("งบภูมิภาค (บาท)"), required=False)
    local = BahtField(label=_("งบท้องถิ่น (บาท)"), required=False)
    other = BahtField(label=_("งบอื่น (บาท)"), required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(one.pk): one for one in bodies}
        named = [(pk, name_of(one)) for pk, one in self.bodies.items()]
        choosing(self, "lead").choices = [("", _("ยังไม่มี")), *named]
        choosing(self, "partners").choices = named

    def plan(self) -> GroupPlan:
        """What the act takes."""
        said = self.cleaned_data
        last = said["last_on"]
        return GroupPlan(
            lead=self.bodies.get(said["lead"]),
            partners=[self.bodies[pk] for pk in said["partners"] if pk != said["lead"]],
            tasks=said["tasks"],
            sequence=said["sequence"],
            starts_on=said["starts_on"],
            ends_before=last + dt.timedelta(days=1) if last is not None else None,
            central_satang=said["central"],
            regional_satang=said["regional"],
            local_satang=said["local"],
            other_satang=said["other"],
        )


def planned(group: IntegrationGroup, *, suggested: Mapping[str, int], partners: Sequence[int]) -> dict[str, Any]:
    """What a plan's form begins with: the plan, or before there is one the lead and the money that are suggested."""
    new = group.planned_at is None
    money = {name: suggested[name] if new else getattr(group, f"{name}_satang") for name in suggested}
    return {
        "lead": str((group.suggested_lead_id if new else group.lead_id) or ""),
        "partners": [str(pk) for pk in partners],
        "tasks": group.tasks,
        "sequence": group.sequence,
        "starts_on": group.starts_on,
        "last_on": group.ends_before - dt.timedelta(days=1) if group.ends_before else None,
        **money,
    }


class AnswerGroupForm(VersionForm):
    """An agency's own answer to the plan of a group."""

    answer = forms.ChoiceField(
        choices=(("agree", _("ตกลงร่วมดำเนินการตามแผนนี้")), ("object", _("ขอให้ปรับ พร้อมบอกว่าปรับอะไร"))),
        widget=forms.RadioSelect, label=_("คำตอบของหน่วยงาน"), error_messages=REQUIRED,
    )  # fmt: skip
    reply = forms.CharField(widget=forms.Textarea, label=_("ข้อความถึงจังหวัดหรืออำเภอ"), max_length=LONG, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "object" and not clean(cleaned.get("reply", "")):
            self.add_error("reply", _("เขียนว่าขอให้ปรับอะไร"))
        return cleaned


class ResultForm(VersionForm):
    """A result in three figures and words: expected before the year, actual after it."""

    people = CountField(label=_("คนที่ได้ประโยชน์"), required=False)
    saved = BahtField(label=_("เงินที่ประหยัด (บาท)"), required=False)
    days = CountField(label=_("วันทำงานที่ประหยัด"), required=False)
    note = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลที่ต่างจากสูตร"), max_length=LONG, required=False,
        help_text=_("ไม่ต้องเขียน ถ้าใช้ตัวเลขตามสูตร"),
    )  # fmt: skip

    def result(self) -> Result:
        """What the acts take."""
        said = self.cleaned_data
        return Result(said["people"], said["saved"], said["days"])


class ActualForm(ResultForm):
    """The actual result; what was learnt goes into the next round."""

    note = forms.CharField(
        widget=forms.Textarea, label=_("บทเรียน"), max_length=LONG,
        error_messages={"required": _("เขียนบทเรียนหรือที่มาของตัวเลข")}, help_text=_("สิ่งที่รอบปีถัดไปควรรู้"),
    )  # fmt: skip


class EndorseForm(VersionForm):
    """The resolution by which the committee endorses the round."""

    resolution = ResolutionChoice(
        queryset=Resolution.objects.none(), label=_("ตามมติ"), empty_label=_("เลือกมติ"), error_messages=REQUIRED,
        help_text=_("มติเห็นชอบหรืออนุมัติของคณะกรรมการในพื้นที่นี้"),
    )  # fmt: skip

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "resolution").queryset = resolutions
