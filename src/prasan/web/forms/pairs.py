"""Forms that decide more than one pair at once; none of them saves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.integration.models import PairDecision
from prasan.integration.services import FIRST_REGISTERED, MOST_MONEY, PairChoice
from prasan.projects.models import Project
from prasan.web.forms.fields import choosing
from prasan.web.forms.records import REQUIRED, SAY_WHY

ANSWERS = tuple(one for one in PairDecision.choices if one[0] != PairDecision.WAITING)
LONGEST_MARK = 60


def mark_of(choice: PairChoice) -> str:
    """One pair as it was seen, in a hidden field: the pair, its version, and the project that is kept."""
    return f"{choice.pair}:{choice.seen_version}:{choice.kept or ''}"


def choices_from(marks: Sequence[str]) -> tuple[PairChoice, ...]:
    """The pairs as they were seen; marks nobody wrote so are left out."""
    found = []
    for mark in marks:
        parts = mark.split(":")
        plain = len(mark) < LONGEST_MARK and len(parts) == 3 and all(part.isdecimal() for part in parts[:2])
        if plain and (not parts[2] or parts[2].isdecimal()):
            found.append(PairChoice(int(parts[0]), int(parts[1]), int(parts[2]) if parts[2] else None))
    return tuple(found)


class TogetherForm(forms.Form):
    """What the records of one comparison are, which of them is kept, and why."""

    decision = forms.ChoiceField(
        choices=ANSWERS, widget=forms.RadioSelect, label=_("โครงการเหล่านี้"), error_messages=REQUIRED
    )
    kept = forms.ChoiceField(widget=forms.RadioSelect, label=_("ถ้าเป็นโครงการเดียวกัน ให้คงโครงการใดไว้"), required=False)
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เช่น ที่ตั้ง ระยะทาง และปีตรงกัน"),
    )  # fmt: skip

    def __init__(self, *args: Any, records: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One that is merged already stands for nothing: what stands for it can be kept.
        standing = [(n, one) for n, one in enumerate(records, 1) if one.merged_into_id is None]
        choosing(self, "kept").choices = [(one.code, f"{n}. {one.code} {one.name}") for n, one in standing]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == PairDecision.SAME and not cleaned.get("kept"):
            self.add_error("kept", _("เลือกโครงการที่จะคงไว้ โครงการอื่นจะรวมเข้ากับโครงการนี้"))
        return cleaned


class SeveralForm(forms.Form):
    """What all the chosen pairs are, how the kept project of each is found, and why."""

    decision = forms.ChoiceField(
        choices=ANSWERS, widget=forms.RadioSelect, label=_("ทุกคู่ที่เลือกเป็น"), error_messages=REQUIRED
    )
    keep = forms.ChoiceField(
        choices=((MOST_MONEY, _("โครงการที่วงเงินมากที่สุด")), (FIRST_REGISTERED, _("โครงการที่ขึ้นทะเบียนก่อน"))),
        widget=forms.RadioSelect, label=_("ถ้าเป็นโครงการเดียวกัน ให้คงไว้"), required=False, initial=MOST_MONEY,
    )  # fmt: skip
    reason = forms.CharField(
        widget=forms.Textarea, label=_("เหตุผล"), max_length=2000, error_messages=SAY_WHY,
        help_text=_("เหตุผลเดียวนี้บันทึกไว้กับทุกคู่"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == PairDecision.SAME and not cleaned.get("keep"):
            self.add_error("keep", _("เลือกว่าจะคงโครงการใดไว้"))
        return cleaned
