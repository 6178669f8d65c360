"""Input shape of a planning system's forms: the copy, one step, the publication, a file; none of them saves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.cycles import queries as cycles
from prasan.web.forms.fields import choosing
from prasan.web.forms.records import SAY_WHY
from prasan.web.queries.rulebook import CERTAINTIES
from prasan.web.wording import EVENTS, document_name, language

GATES = 8  # more than any shipped step has
BLANK_GATES = 2
REQUIRED = {"required": _("กรอกช่องนี้")}


class OwnForm(forms.Form):
    """Whose system it is and why it is made."""

    area = forms.ChoiceField(label=_("จังหวัดเจ้าของ"))
    reason = forms.CharField(widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY)

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosing(self, "area").choices = areas


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


class _Ticked(forms.MultipleChoiceField):
    """Any number of a known list, none too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class StepForm(forms.Form):
    """One step of a system: names, level, who, window or event, what it waits for, its papers and its gates."""

    number = forms.CharField(label=_("ข้อ"), max_length=16, error_messages=REQUIRED)
    name_th = forms.CharField(label=_("ชื่อขั้นตอน (ไทย)"), max_length=500, error_messages=REQUIRED)
    name_en = forms.CharField(label=_("ชื่อขั้นตอน (อังกฤษ)"), max_length=500, error_messages=REQUIRED)
    lane = forms.ChoiceField(label=_("ระดับ"))
    responsible = forms.CharField(label=_("ผู้รับผิดชอบ"), max_length=500, error_messages=REQUIRED)
    certainty = forms.ChoiceField(label=_("ที่มาของวัน"), choices=list(CERTAINTIES.items()))
    start_month = forms.IntegerField(label=_("เดือนแรก (1-12)"), required=False, min_value=1, max_value=12)
    start_k = forms.IntegerField(label=_("ปีของเดือนแรก"), required=False, help_text=_("นับจากปีงบประมาณ เช่น -2 คือสองปีก่อน"))
    start_day = forms.IntegerField(label=_("วันแรก (ถ้ามี)"), required=False, min_value=1, max_value=31)
    end_month = forms.IntegerField(label=_("เดือนสุดท้าย (1-12)"), required=False, min_value=1, max_value=12)
    end_k = forms.IntegerField(label=_("ปีของเดือนสุดท้าย"), required=False)
    end_day = forms.IntegerField(label=_("วันสุดท้าย (ถ้ามี)"), required=False, min_value=1, max_value=31)
    event = forms.ChoiceField(
        label=_("นับจากเหตุการณ์"), required=False, help_text=_("สำหรับขั้นตอนที่ไม่มีวันพิมพ์ไว้ แต่นับวันจากเหตุการณ์")
    )
    event_days = forms.IntegerField(label=_("ภายในกี่วันหลังเหตุการณ์"), required=False, min_value=1, max_value=365)
    actors = _Ticked(label=_("หน่วยงานที่ได้รับงาน"), help_text=_("ทุกหน่วยงานที่เลือกได้งานของตนเมื่อเปิดปี"))
    after = _Ticked(label=_("รอผลของข้อ"))
    waits_for_all = forms.BooleanField(label=_("ส่งได้เมื่องานของข้อที่รอส่งครบทุกหน่วยงาน (R29)"), required=False)
    uses = _Ticked(label=_("เอกสารที่ใช้"))
    makes = _Ticked(label=_("เอกสารที่จัดทำ"), help_text=_("แผนชนิดนี้ที่หน่วยงานส่ง จะผูกกับงานนี้"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, system: rulebook.PlanningSystem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = language()
        bodies = [(actor.key, actor.name.say(lang)) for actor in rulebook.load().actors]
        decisions = [("", "–"), *((key, _decision(key)) for key in rulebook.DECISIONS)]
        for n in self._gates():
            self.fields[f"gate_{n}_actor"] = forms.ChoiceField(
                label=_("ด่านที่ %(n)d: ผู้มีมติ") % {"n": n}, required=False, choices=[("", "–"), *bodies]
            )
            self.fields[f"gate_{n}_decision"] = forms.ChoiceField(
                label=_("ด่านที่ %(n)d: ชนิดของมติ") % {"n": n}, required=False, choices=decisions
            )
        documents = [(key, document_name(key)) for key in cycles.known_documents()]
        self._choose("lane", [(key, cycles.lane_name(key, lang)) for key in rulebook.LANES])
        self._choose("event", [("", "–"), *((key, str(EVENTS[key])) for key in cycles.EVENTS)])
        self._choose("actors", bodies)
        self._choose("after", [(step.number, f"{step.number} {step.name.say(lang)}") for step in system.steps])
        self._choose("uses", documents)
        self._choose("makes", documents)

    def _gates(self) -> range:
        """The gates to show: those there are, and some blank ones behind them."""
        said = self.data or self.initial
        used = [n for n in range(1, GATES + 1) if said.get(f"gate_{n}_actor") or said.get(f"gate_{n}_decision")]
        return range(1, min(max(used, default=0) + BLANK_GATES, GATES) + 1)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        choosing(self, name).choices = choices
        if isinstance(self.fields[name], _Ticked):  # what is ticked is seen without scrolling
            ticked = set(self[name].value() or ())
            choosing(self, name).choices = sorted(choices, key=lambda one: one[0] not in ticked)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        edges = [cleaned.get(name) for name in ("start_month", "start_k", "end_month", "end_k")]
        if any(value is not None for value in edges) and None in edges:
            self.add_error("start_month", _("กรอกเดือนและปีของทั้งสองปลาย หรือเว้นว่างทั้งหมด"))
        if bool(cleaned.get("event")) != (cleaned.get("event_days") is not None):
            self.add_error("event", _("เลือกเหตุการณ์และกรอกจำนวนวัน หรือเว้นว่างทั้งสองช่อง"))
        for n in self._gates():
            if bool(cleaned.get(f"gate_{n}_actor")) != bool(cleaned.get(f"gate_{n}_decision")):
                self.add_error(f"gate_{n}_actor", _("เลือกทั้งผู้มีมติและชนิดของมติ หรือเว้นว่างทั้งสองช่อง"))
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
            "event_window": rulebook.EventWindow(data["event"], data["event_days"]) if data["event"] else None,
            "after": tuple(data["after"]),
            "actors": tuple(data["actors"]),
            "waits_for_all": data["waits_for_all"],
            "uses": tuple(data["uses"]),
            "makes": tuple(data["makes"]),
            "gates": tuple(
                rulebook.GateNeed(data[f"gate_{n}_actor"], data[f"gate_{n}_decision"])
                for n in self._gates()
                if data[f"gate_{n}_actor"]
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
        "responsible": step.responsible, "certainty": step.certainty, "after": step.after, "actors": step.actors,
        "waits_for_all": step.waits_for_all, "uses": step.uses, "makes": step.makes, "version": version,
    }  # fmt: skip
    if step.window:
        for name, edge in (("start", step.window.start), ("end", step.window.end)):
            said |= {f"{name}_month": edge.month, f"{name}_k": edge.k, f"{name}_day": edge.day}
    if step.event_window:
        said |= {"event": step.event_window.event, "event_days": step.event_window.days}
    for n, gate in enumerate(step.gates, start=1):
        said |= {f"gate_{n}_actor": gate.actor, f"gate_{n}_decision": gate.decision}
    return said


def _decision(key: str) -> str:
    th, en = cycles.DECISIONS[key]
    return th if language() == "th" else en[0].upper() + en[1:]
