"""What a file says once it is read: records with their cell, and findings."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

FormKey = Literal[
    "community_needs",
    "local_plan_p02",  # ผ.02
    "local_plan_p02_1",  # ผ.02/1, projects from community plans
    "local_plan_p02_2",  # ผ.02/2, projects asking another body
    "action_plan",
    "agency_projects",
    "project_list",  # flat list with code, name, year, amount
    "project_matrix",
    "project_matrix_flat",
    "summary",  # ผ.01, ผ.01/1: totals to reconcile, no records
    "none",
]
Severity = Literal["info", "warning", "error"]
AmountKind = Literal["PLANNED", "BUDGETED", "OBLIGATED", "PAID"]
Span = Literal["IN", "UNTIL", "FROM"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an officer should see; `cell` is in A1 notation, a range, or empty for a sheet or file."""

    sheet: str
    row: int | None
    cell: str
    kind: str
    severity: Severity
    message_th: str
    message_en: str
    value: str = ""  # what stood there, as it stood
    suggestion: str = ""  # what was probably meant; nothing was changed to it


@dataclass(frozen=True, slots=True)
class Amount:
    """Integer satang for one fiscal year (Buddhist Era)."""

    fiscal_year: int
    kind: AmountKind
    span: Span
    satang: int
    cell: str


@dataclass(slots=True)
class Record:
    """One numbered row. Text is cleaned; empty means the file says nothing."""

    sheet: str
    row: int
    form: FormKey
    name: str
    ordinal: int | None = None
    amounts: list[Amount] = field(default_factory=list)
    external_code: str = ""
    problem: str = ""
    response_kind: str = ""  # SELF_HELP, JOINT, NEEDS_SUPPORT or empty
    target_group: str = ""
    objective: str = ""
    target: str = ""
    kpi: str = ""
    expected_result: str = ""
    responsible: str = ""
    strategy: str = ""
    tactic: str = ""
    programme: str = ""
    section: str = ""
    place_text: str = ""
    moos: tuple[int, ...] = ()
    ministry: str = ""
    agency: str = ""
    notified_on: dt.date | None = None
    months: tuple[int, ...] = ()  # marked for the work, of the fiscal year: October is 0
    progress: str = ""  # NOT_STARTED, IN_PROGRESS, DONE, CANCELLED or empty
    channel: str = ""  # M, C1, C2, C3, P1, P2
    tier: str = ""
    fiscal_year: int | None = None
    refused: bool = False  # the row cannot be registered; a finding says why
    cell: str = ""  # where the name stands
    part: int = 0  # 1-based place in the cell when one cell holds several records, else 0
    area_code: str = ""  # the deepest place that is certain; only when a gazetteer was given
    undated_satang: int | None = None  # an amount the file names without a year that can be read
    alignment: tuple[str, ...] = ()  # lines ก.-จ. above the table: what the plan serves at higher levels

    def main_amounts(self) -> list[Amount]:
        """What the row asks or has by year: planned amounts, else budgeted ones."""
        for kind in ("PLANNED", "BUDGETED"):
            amounts = [a for a in self.amounts if a.kind == kind and a.span == "IN"]
            if amounts:
                return amounts
        return []

    def main_satang(self) -> int | None:
        """Their sum, else the amount without a year; None when the row names no money."""
        amounts = self.main_amounts()
        return sum(a.satang for a in amounts) if amounts else self.undated_satang


@dataclass(slots=True)
class Sheet:
    """One sheet that holds a form, with what its head says."""

    name: str
    form: FormKey
    records: list[Record] = field(default_factory=list)
    owner_text: str = ""  # the organisation line, e.g. "องค์การบริหารส่วนตำบลแม่ใส"
    place_text: str = ""  # e.g. "หมู่ที่ 1 บ้านร่องไฮ ตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา"
    edition_text: str = ""  # e.g. "เพิ่มเติม ฉบับที่ 3/2567"
    fiscal_years: tuple[int, ...] = ()
    held_text: str = ""  # the forum's date as printed
    held_on: dt.date | None = None
    attendance: int | None = None
    moo: int | None = None  # the village whose forum it was


@dataclass(slots=True)
class Reading:
    """A whole file. `outcome` follows from the findings and records."""

    file: str
    sha256: str
    form: FormKey
    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outcome: Literal["accept", "accept_with_findings", "refuse"] = "accept"
    has_macro: bool = False  # the original must not be handed on without a warning

    def records(self) -> list[Record]:
        return [record for sheet in self.sheets for record in sheet.records]
