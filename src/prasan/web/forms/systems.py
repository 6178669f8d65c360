"""Input shape of a planning system's forms: the copy, one step, the publication, a file; none of them saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.cycles import queries as cycles
from prasan.web.forms.records import SAY_WHY
from prasan.web.wording import language

REQUIRED = {"required": _("กรอกช่องนี้")}


class OwnForm(forms.Form):
    """Whose system it is and why it is made."""

    area = forms.ChoiceField(label=_("จังหวัดเจ้าของ"))
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class CopyForm(OwnForm):
    """The key of the new system, too."""

    key = forms.CharField(
        label=_("คีย์ของระบบแผน"),
        max_length=40,
        error_messages=REQUIRED,
        help_text=_("อักษร a-z ตัวเลข และ _ เช่น kalasin_2570"),
    )


class ImportForm(OwnForm):
    """A YAML file; its key stands in the file."""

    upload = forms.FileField(label=_("ไฟล์ YAML ของระบบแผน"), error_messages={"required": _("เลือกไฟล์")})


class PublishForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผลที่ประกาศใช้"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("ฉบับที่ประกาศแล้วแก้ไม่ได้ รอบที่เปิดแล้วใช้ฉบับเดิมต่อไป"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """One step: names, level, who, window, what it waits for."""

    number = forms.CharField(label=_("ข้อ"), max_length=16, error_messages=REQUIRED)
    name_th = forms.CharField(label=_("ชื่อขั้นตอน (ไทย)"), max_length=500, error_messages=REQUIRED)
    name_en = forms.CharField(label=_("ชื่อขั้นตอน (อังกฤษ)"), max_length=500, error_messages=REQUIRED)
    lane = forms.ChoiceField(label=_("ระดับ"))
    responsible = forms.CharField(label=_("ผู้รับผิดชอบ"), max_length=500, error_messages=REQUIRED)
    certainty = forms.ChoiceField(
        label=_("ที่มาของวัน"), choices=[(one, one) for one in rulebook.CERTAINTIES],
        help_text=_("S พิมพ์ไว้ I อนุมานปี W พบในเอกสารเผยแพร่ G ความรู้ทั่วไป - ไม่มีวัน"),
    )  # fmt: skip
    start_month = forms.IntegerField(label=_("เดือนแรก (1-12)"), required=False, min_value=1, max_value=12)
    start_k = forms.IntegerField(label=_("ปีของเดือนแรก"), required=False, help_text=_("นับจากปีงบประมาณ เช่น -2 คือสองปีก่อน"))
    start_day = forms.IntegerField(label=_("วันแรก (ถ้ามี)"), required=False, min_value=1, max_value=31)
    end_month = forms.IntegerField(label=_("เดือนสุดท้าย (1-12)"), required=False, min_value=1, max_value=12)
    end_k = forms.IntegerField(label=_("ปีของเดือนสุดท้าย"), required=False)
    end_day = forms.IntegerField(label=_("วันสุดท้าย (ถ้ามี)"), required=False, min_value=1, max_value=31)
    after = forms.CharField(label=_("รอผลของข้อ"), required=False, help_text=_("คั่นด้วยจุลภาค เช่น 2a, 2b"))
    actors = forms.CharField(label=_("คีย์ผู้รับผิดชอบ"), required=False, help_text=_("คั่นด้วยจุลภาค ตามสมุดกฎ"))
    gates = forms.CharField(
        label=_("มติที่ต้องมี"), required=False, help_text=_("คีย์ผู้มีมติ:ชนิดมติ คั่นด้วยจุลภาค เช่น provincial_committee:APPROVE")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lanes = [(key, cycles.lane_name(key, language())) for key in rulebook.LANES]
        self.fields["lane"].choices = lanes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        edges = [cleaned.get(name) for name in ("start_month", "start_k", "end_month", "end_k")]
        if any(value is not None for value in edges) and None in edges:
            self.add_error("start_month", _("กรอกเดือนและปีของทั้งสองปลาย หรือเว้นว่างทั้งหมด"))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What the form says, as fields of a step."""
        data = self.cleaned_data
        return {
            "name": rulebook.Words(data["name_th"], data["name_en"]),
            "lane": data["lane"],
            "responsible": data["responsible"],
            "certainty": data["certainty"],
            "window": self._window(),
            "after": _listed(data["after"]),
            "actors": _listed(data["actors"]),
            "gates": tuple(
                rulebook.GateNeed(*(part.strip() for part in one.rpartition(":")[::2]))
                for one in _listed(data["gates"])
            ),
        }

    def _window(self) -> rulebook.Window | None:
        data = self.cleaned_data
        if data["start_month"] is None:
            return None
        return rulebook.Window(
            rulebook.Edge(data["start_month"], data["start_k"], data["start_day"]),
            rulebook.Edge(data["end_month"], data["end_k"], data["end_day"]),
        )


def initial_of(step: rulebook.Step, version: int) -> dict[str, object]:
    """A step as the form shows it."""
    said: dict[str, object] = {
        "number": step.number, "name_th": step.name.th, "name_en": step.name.en, "lane": step.lane,
        "responsible": step.responsible, "certainty": step.certainty, "after": ", ".join(step.after),
        "actors": ", ".join(step.actors), "version": version,
        "gates": ", ".join(f"{gate.actor}:{gate.decision}" for gate in step.gates),
    }  # fmt: skip
    if step.window:
        for name, edge in (("start", step.window.start), ("end", step.window.end)):
            said |= {f"{name}_month": edge.month, f"{name}_k": edge.k, f"{name}_day": edge.day}
    return said


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
