"""Forms of strategy: a plan's head, an objective, an indicator with yearly targets, proclaiming; none of them saves."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.common.text import to_arabic_digits
from prasan.strategy.models import Indicator, Objective, StrategyPlan
from prasan.strategy.services import Measure
from prasan.web.forms.fields import DayField, YearField, picking
from prasan.web.forms.records import REQUIRED, BodyChoice


class FigureField(forms.DecimalField):
    """A figure in Thai or Arabic digits, with or without thousands separators."""

    default_error_messages = {"invalid": _("พิมพ์เป็นตัวเลข เช่น 1,250.50")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=4, widget=forms.TextInput, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_arabic_digits(value).replace(",", "") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class PlanHeadForm(forms.Form):
    """What a strategy is called, what it sees, and for which years."""

    title = forms.CharField(label=_("ชื่อแผน"), max_length=500, error_messages={"required": _("เขียนชื่อแผน")})
    vision = forms.CharField(widget=forms.Textarea, label=_("วิสัยทัศน์"), max_length=2000, required=False)
    first_year = YearField(label=_("ปีแรก (พ.ศ.)"))
    last_year = YearField(label=_("ปีสุดท้าย (พ.ศ.)"))
    reference = forms.CharField(label=_("อ้างอิง"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewPlanForm(PlanHeadForm):
    """The same, and whose strategy it is."""

    body = BodyChoice(queryset=Body.objects.none(), label=_("ของหน่วยงาน"), empty_label=None, error_messages=REQUIRED)
    field_order = ("body", "title", "vision", "first_year", "last_year", "reference", "version")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picking(self, "body").queryset = bodies


class ObjectiveForm(forms.Form):
    """The number and the words of an objective, and under what it stands."""

    code = forms.CharField(label=_("ลำดับ"), max_length=20, error_messages={"required": _("เขียนลำดับ เช่น 1 หรือ 1.2")})
    name = forms.CharField(widget=forms.Textarea, label=_("ข้อความ"), error_messages={"required": _("เขียนข้อความ")})
    parent = forms.ModelChoiceField(
        queryset=Objective.objects.none(), label=_("อยู่ใต้"), required=False, empty_label=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parents: QuerySet[Objective] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.fields["parent"]
        else:
            picking(self, "parent").queryset = parents


class IndicatorForm(forms.Form):
    """How an objective is measured; one field a year of the plan."""

    name = forms.CharField(label=_("ตัวชี้วัด"), max_length=1000, error_messages={"required": _("เขียนตัวชี้วัด")})
    unit = forms.CharField(label=_("หน่วยนับ"), max_length=100, error_messages={"required": _("เขียนหน่วยนับ เช่น ร้อยละ")})
    baseline = FigureField(label=_("ค่าฐาน"), required=False)
    baseline_year = YearField(label=_("ปีของค่าฐาน (พ.ศ.)"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: StrategyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = range(plan.first_year, plan.last_year + 1)
        for year in self.years:
            label = _("ค่าเป้าหมายปี %(year)s") % {"year": year}
            self.fields[f"target_{year}"] = FigureField(label=label, required=False)

    def measure(self) -> Measure:
        """What was written, years without a figure left out."""
        said = self.cleaned_data
        targets = {year: said[f"target_{year}"] for year in self.years if said[f"target_{year}"] is not None}
        return Measure(said["name"], said["unit"], targets, said["baseline"], said["baseline_year"])


def written_of(indicator: Indicator) -> dict[str, object]:
    """An indicator as its form shows it."""
    told: dict[str, object] = {f"target_{t.fiscal_year}": t.value for t in indicator.targets.all()}
    return told | {
        "name": indicator.name_th,
        "unit": indicator.unit,
        "baseline": indicator.baseline,
        "baseline_year": indicator.baseline_year,
    }


class ProclaimForm(forms.Form):
    """By what, and on which day."""

    by = forms.CharField(
        label=_("ประกาศหรือมติ"), max_length=200, help_text=_("เช่น ประกาศจังหวัด ลงวันที่ 1 ตุลาคม 2569 หรือเลขที่มติ"),
        error_messages={"required": _("เขียนประกาศหรือเลขที่มติ")},
    )  # fmt: skip
    proclaimed_on = DayField(label=_("วันที่ประกาศใช้"))
    version = forms.IntegerField(widget=forms.HiddenInput)
