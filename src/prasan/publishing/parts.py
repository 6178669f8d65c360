"""What the report of a province holds: plain frozen records, no database, filled by whoever ran the job.

Amounts are integer satang (`*_satang`, `by_year`), fiscal years Buddhist Era, windows half-open. Sums that can be
counted from what is listed are counted here, so that a printed total cannot differ from its rows.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from prasan.cycles.queries import CalendarStep
from prasan.publishing.funnels import CoordinationFunnel, NeedFunnel

SCHEMA_VERSION = "1.0"
Level = Literal["PROVINCE", "DISTRICT", "LAO", "VILLAGE", "OTHER"]
LEVELS: tuple[Level, ...] = ("PROVINCE", "DISTRICT", "LAO", "VILLAGE", "OTHER")
_LEVEL_OF_PLAN: dict[str, Level] = {
    "PROVINCIAL_ANNUAL_ACTION_PLAN": "PROVINCE",
    "DISTRICT_NEEDS_PLAN": "DISTRICT",
    "LOCAL_PLAN": "LAO",
    "LOCAL_ACTION_PLAN": "LAO",
    "VILLAGE_PLAN": "VILLAGE",
}
ByYear = Mapping[int, int]


def summed_by_year(parts: Iterable[ByYear]) -> dict[int, int]:
    """Add up satang by fiscal year, years in order."""
    total: dict[int, int] = {}
    for part in parts:
        for year, satang in part.items():
            total[year] = total.get(year, 0) + satang
    return dict(sorted(total.items()))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: file, sheet and Excel row (1-based)."""

    file: str = ""
    sheet: str = ""
    row: int | None = None

    def __str__(self) -> str:
        where = f"{self.file} › {self.sheet}" if self.sheet else self.file
        return f"{where} › แถว {self.row}" if self.row is not None else where


@dataclass(frozen=True, slots=True)
class InputFile:
    """One submitted file; every row of it was registered, merged or refused."""

    file: str
    sha256: str
    form: str
    outcome: Literal["accept", "accept_with_findings", "refuse"]
    rows: int = 0
    registered: int = 0
    merged: int = 0
    refused: int = 0
    total_satang: int = 0
    by_year: ByYear = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    rows: int = 0
    registered: int = 0
    merged: int = 0
    refused: int = 0
    needs: int = 0
    projects: int = 0
    pairs: int = 0
    conflicts: int = 0
    handovers: int = 0
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a reconciliation, with its name for people."""

    name_th: str
    name_en: str
    value: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A whole and the parts it must equal exactly; `unit` says whether values are satang or counted rows."""

    code: str
    name_th: str
    name_en: str
    unit: Literal["satang", "rows"]
    whole: int
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """Whole less parts; zero when it reconciles."""
        return self.whole - sum(part.value for part in self.parts)


def needs_reconciliation(funnel: NeedFunnel) -> Reconciliation:
    """Say that every need asked came to one place: asked = self_help + taken + handed_over + waiting."""
    places = tuple(Part(*NeedFunnel.NAMES[code], tally.count) for code, tally in funnel.places)
    name_th, name_en = "ความต้องการทุกเรื่องมีที่ไป", "every need came to one place"
    return Reconciliation("NEEDS", name_th, name_en, "rows", funnel.asked.count, places)


@dataclass(frozen=True, slots=True)
class Sums:
    total_satang: int = 0
    by_year: ByYear = field(default_factory=dict)
    by_form: Mapping[str, int] = field(default_factory=dict)
    reconciliations: tuple[Reconciliation, ...] = ()

    @property
    def reconciled(self) -> bool:
        """Whether every reconciliation holds to the satang."""
        return all(item.difference == 0 for item in self.reconciliations)


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """A finding of a file: the fields of the reader's finding, with the file before them."""

    file: str
    sheet: str
    row: int | None
    cell: str
    kind: str
    severity: Literal["info", "warning", "error"]
    message_th: str
    message_en: str
    value: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One hop of a project from body to body; `verdict` and `state` are codes of integration."""

    project_code: str
    project_name: str
    area_name: str
    from_body: str
    to_body: str
    verdict: str
    reason: str
    state: str
    hop: int = 1
    coordinator: str = ""
    amount_satang: int | None = None


@dataclass(frozen=True, slots=True)
class PairSide:
    code: str
    name: str
    owner: str = ""
    area_name: str = ""
    fiscal_year: int | None = None
    amount_satang: int | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class PairLine:
    """Two records the engine found alike; a suggestion for a person, with its reasons."""

    first: PairSide
    second: PairSide
    probability: float
    verdict: str
    reasons_th: tuple[str, ...] = ()
    reasons_en: tuple[str, ...] = ()
    decision: str = "WAITING"


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Two works of different offices in each other's way: a finding for people to settle, with its reasons."""

    first: PairSide
    second: PairSide
    kind: str
    certainty: str
    reasons_th: tuple[str, ...] = ()
    reasons_en: tuple[str, ...] = ()
    decision: str = "WAITING"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item of a plan. `amount_satang` is what it asks in the plan's own year; None when no money is named."""

    priority: int
    code: str
    name: str
    owner: str = ""
    area_code: str = ""
    area_name: str = ""
    district_code: str = ""
    district_name: str = ""
    place: str = ""
    guideline: str = ""
    programme: str = ""
    amount_satang: int | None = None
    by_year: ByYear = field(default_factory=dict)
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan edition of one body; `plan_type` is a code of plans."""

    plan_type: str
    body: str
    fiscal_year: int
    items: tuple[PlanLine, ...] = ()
    area_code: str = ""
    state: str = "DRAFT"
    subdistrict_name: str = ""  # where the body sits; the book gathers the plans of villages by it
    district_name: str = ""

    @property
    def level(self) -> Level:
        return _LEVEL_OF_PLAN.get(self.plan_type, "OTHER")

    @property
    def total_satang(self) -> int:
        return sum(item.amount_satang or 0 for item in self.items)

    @property
    def by_year(self) -> dict[int, int]:
        return summed_by_year(item.by_year for item in self.items)


@dataclass(frozen=True, slots=True)
class MapArea:
    """A district on the map: its boundary (GeoJSON geometry) or the points (lon, lat) of its subdistricts."""

    code: str
    name: str
    projects: int = 0
    satang: int = 0
    geometry: Mapping[str, Any] | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ProvinceReport:
    """Everything `prasan integrate` writes. Parts that are empty are written as such, with what to do next."""

    province_code: str
    province_name: str
    fiscal_year: int
    cycle: str
    generated_on: dt.date
    cycle_name: str = ""
    inputs: tuple[InputFile, ...] = ()
    counts: Counts = Counts()
    sums: Sums = Sums()
    findings: tuple[ReportFinding, ...] = ()
    handovers: tuple[HandoverLine, ...] = ()
    pairs: tuple[PairLine, ...] = ()
    conflicts: tuple[ConflictLine, ...] = ()
    plans: tuple[Plan, ...] = ()
    steps: tuple[CalendarStep, ...] = ()
    areas: tuple[MapArea, ...] = ()
    outline: Mapping[str, Any] | None = None  # boundary of the province, GeoJSON geometry
    today: dt.date | None = None  # draws the line of the calendar
    credits: tuple[str, ...] = ()  # whom to name for registers and boundaries
    needs: NeedFunnel | None = None  # None when the job did not look
    coordination: CoordinationFunnel | None = None
    schema_version: str = SCHEMA_VERSION

    def plans_of(self, level: Level) -> tuple[Plan, ...]:
        """The plans of one level, in the order given."""
        return tuple(plan for plan in self.plans if plan.level == level)

    def items_once(self) -> tuple[PlanLine, ...]:
        """Every item once, though it stands in the plans of several levels: the highest plan's line counts."""
        ordered = (plan for level in LEVELS for plan in self.plans_of(level))
        seen: dict[str, PlanLine] = {}
        for plan in ordered:
            for item in plan.items:
                seen.setdefault(item.code, item)
        return tuple(seen.values())
