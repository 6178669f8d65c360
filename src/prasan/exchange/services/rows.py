"""The rows of one import while it runs: what was read, what it is to become, what it became."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.exchange.models import RowOutcome
from prasan.exchange.reading.records import Finding, Reading, Record, Severity, Sheet
from prasan.needs.models import Need
from prasan.needs.services import NeedDraft
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft


@dataclass(slots=True)
class Row:
    """One record of the file. Without a draft it cannot be registered, and a finding says why."""

    record: Record
    sheet: Sheet
    part: int
    draft: NeedDraft | ProjectDraft | None = None
    outcome: RowOutcome | None = None
    need: Need | None = None
    project: Project | None = None

    @property
    def owner(self) -> Body | None:
        """The body the row belongs to, once it is drafted."""
        if self.draft is None:
            return None
        return self.draft.body if isinstance(self.draft, NeedDraft) else self.draft.owner


class Who(TypedDict):
    """Who acts and when."""

    actor: User
    at: dt.datetime


@dataclass(slots=True)
class Import:
    """One file on its way in."""

    reading: Reading
    actor: User
    at: dt.datetime
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def who(self) -> Who:
        """Who acts and when, for the services of other rooms."""
        return {"actor": self.actor, "at": self.at}

    def waiting(self) -> list[Row]:
        """Drafted rows that have not become anything yet."""
        return [row for row in self.rows if row.draft is not None and row.outcome is None]

    def say(self, row: Row | None, kind: str, severity: Severity, message_th: str, message_en: str) -> None:
        """Add a finding; its message names file, sheet, row and cell as those of the reader do."""
        sheet, number, cell = (row.sheet.name, row.record.row, row.record.cell) if row else ("", None, "")
        where_th, where_en = f"ไฟล์ “{self.reading.file}”", f"File “{self.reading.file}”"
        if row:
            where_th += f" แผ่นงาน “{sheet}” แถว {number}"
            where_en += f", sheet “{sheet}”, row {number}"
        if cell:
            where_th, where_en = f"{where_th} ช่อง {cell}", f"{where_en}, cell {cell}"
        self.findings.append(
            Finding(sheet, number, cell, kind, severity, f"{where_th}: {message_th}", f"{where_en}: {message_en}")
        )

    def count(self, outcome: RowOutcome) -> int:
        """How many rows became that."""
        return sum(row.outcome == outcome for row in self.rows)


def rows_of(sheets: Sequence[Sheet]) -> list[Row]:
    """Every record of the file in its order; `part` tells several records of one cell apart."""
    parts: Counter[tuple[str, int]] = Counter()
    rows = []
    for sheet in sheets:
        for record in sheet.records:
            parts[sheet.name, record.row] += 1
            rows.append(Row(record, sheet, parts[sheet.name, record.row]))
    return rows
