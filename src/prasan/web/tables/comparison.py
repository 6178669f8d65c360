"""Two editions of a plan as one table for a file: what was added, taken out and changed, and what each moved."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.plans.queries import Comparison
from prasan.web.lists import Column, ListSpec


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One record that differs; satang of what is not there is nothing."""

    change: str
    code: str
    name: str
    old_priority: int | None
    new_priority: int | None
    old_satang: int
    new_satang: int

    @property
    def moved(self) -> int:
        return self.new_satang - self.old_satang


def change_rows(found: Comparison) -> list[ChangeRow]:
    """The rows of a comparison; their differences add up to that of the two editions."""
    added = [ChangeRow(_("เพิ่ม"), one.code, one.name, None, one.priority, 0, one.satang) for one in found.added]
    removed = [ChangeRow(_("นำออก"), one.code, one.name, one.priority, None, one.satang, 0) for one in found.removed]
    changed = [
        ChangeRow(_("เปลี่ยน"), new.code, new.name, old.priority, new.priority, old.satang, new.satang)
        for old, new in found.changed
    ]
    return [*added, *removed, *changed]


COMPARISON: ListSpec[Any, ChangeRow] = ListSpec(
    name="comparison",
    columns=(
        Column("change", gettext_lazy("การเปลี่ยน"), lambda r: r.change),
        Column("code", gettext_lazy("รหัส"), lambda r: r.code),
        Column("name", gettext_lazy("รายการ"), lambda r: r.name, css="name"),
        Column("old_priority", gettext_lazy("ลำดับเดิม"), lambda r: r.old_priority, "number"),
        Column("new_priority", gettext_lazy("ลำดับใหม่"), lambda r: r.new_priority, "number"),
        Column("old", gettext_lazy("เงินเดิม"), lambda r: r.old_satang, "money"),
        Column("new", gettext_lazy("เงินใหม่"), lambda r: r.new_satang, "money"),
        Column("moved", gettext_lazy("ผลต่าง"), lambda r: r.moved, "money"),
    ),
    make=lambda row: row,
    default_order="change",
)
