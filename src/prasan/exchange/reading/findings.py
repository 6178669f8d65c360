"""The catalogue of findings: each kind has one severity and one wording in Thai and English."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from prasan.exchange.reading.catalogue import CATALOGUE
from prasan.exchange.reading.records import Finding, Severity

# A sheet with ten thousand bad cells needs one correction, not ten thousand lines.
MOST_OF_ONE_KIND: Final = 1000
LONGEST_VALUE: Final = 160


@dataclass(slots=True)
class Findings:
    """Collects what one file says; every message names file, sheet, row and cell in the same way."""

    file: str
    items: list[Finding] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        kind: str,
        *,
        sheet: str = "",
        row: int | None = None,
        cell: str = "",
        value: object = "",
        suggestion: object = "",
        severity: Severity | None = None,
        wording: str = "",
        facts: Mapping[str, object] | None = None,
        **more: object,
    ) -> None:
        """Note a finding of a catalogued kind. `row` is the 1-based Excel row.

        `facts` and `more` fill its wording, that of entry `wording` when the kind is said of something else.
        """
        self._counts[sheet, kind] += 1
        if self._counts[sheet, kind] > MOST_OF_ONE_KIND:
            return
        entry = CATALOGUE[wording or kind]
        shown = _short(value)
        filled = {**(facts or {}), **more, "value": shown, "suggestion": suggestion}
        where_th, where_en = _where(self.file, sheet, row, cell)
        hint_th = f" น่าจะหมายถึง {suggestion}" if suggestion != "" else ""
        hint_en = f" Probably meant: {suggestion}." if suggestion != "" else ""
        self.items.append(
            Finding(
                sheet=sheet,
                row=row,
                cell=cell,
                kind=kind,
                severity=severity or entry.severity,
                message_th=where_th + entry.th.format_map(filled) + hint_th,
                message_en=where_en + entry.en.format_map(filled) + hint_en,
                value=shown,
                suggestion=str(suggestion),
            )
        )

    def has(self, kind: str, sheet: str, cell: str) -> bool:
        """Say whether such a finding was made before."""
        return any((item.kind, item.sheet, item.cell) == (kind, sheet, cell) for item in self.items)

    def finish(self) -> list[Finding]:
        """Give all findings; kinds that were cut say how many there were."""
        cut = [(place, count) for place, count in self._counts.items() if count > MOST_OF_ONE_KIND]
        for (sheet, kind), count in cut:
            self.add("more_of_the_same", sheet=sheet, value=kind, count=count, shown=MOST_OF_ONE_KIND)
        return self.items


def _short(value: object) -> str:
    text = _plain(value).replace("\0", "")  # no database keeps it
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _where(file: str, sheet: str, row: int | None, cell: str) -> tuple[str, str]:
    th, en = [f"ไฟล์ “{file}”"], [f"File “{file}”"]
    if sheet:
        th.append(f"แผ่นงาน “{sheet}”")
        en.append(f"sheet “{sheet}”")
    if row is not None:
        th.append(f"แถว {row}")
        en.append(f"row {row}")
    if cell:
        th.append(f"ช่อง {cell}")
        en.append(f"cell {cell}")
    return " ".join(th) + ": ", ", ".join(en) + ": "
