"""A strategy's workbook: its head, and one row an issue, goal, strategy or indicator; read without a database."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from prasan.common.text import clean, search_key, to_arabic_digits
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1
from prasan.exchange.reading.records import Finding
from prasan.exchange.reading.source import NotReadable, kind_of
from prasan.exchange.reading.workbook import Workbook

KINDS: Final = {"ประเด็น": "ISSUE", "เป้าประสงค์": "GOAL", "กลยุทธ์": "STRATEGY", "ตัวชี้วัด": "INDICATOR"}
HEADS: Final = ("ชนิด", "ลำดับ", "ข้อความ", "หน่วยนับ", "ค่าฐาน", "ปีฐาน", "ตอบระดับบน")
LABELS: Final = {
    "title": "ชื่อแผน", "vision": "วิสัยทัศน์", "first_year": "ปีแรก", "last_year": "ปีสุดท้าย", "reference": "อ้างอิง",
}  # fmt: skip
PARENT: Final = {"ISSUE": None, "GOAL": "ISSUE", "STRATEGY": "GOAL"}
_YEARS: Final = range(2480, 2651)


@dataclass(slots=True)
class StrategyRow:
    """One row under the heading, with the cell it stands in; an indicator belongs to the objective above it."""

    kind: str
    code: str
    name: str
    row: int  # 1-based, of Excel
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    targets: dict[int, Decimal] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    above_cell: str = ""


@dataclass(slots=True)
class StrategyReading:
    """What a workbook says; with an error among its findings nothing of it is taken."""

    file: str
    sheet: str = ""
    title: str = ""
    vision: str = ""
    reference: str = ""
    first_year: int = 0
    last_year: int = 0
    rows: list[StrategyRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether something has to be corrected first."""
        return any(finding.severity == "error" for finding in self.findings)


def read_strategy(data: bytes, *, file: str) -> StrategyReading:
    """Read a strategy's workbook; never raises for what the file is or holds: findings name sheet, row and cell."""
    reading, findings = StrategyReading(file), Findings(file)
    try:
        if kind_of(data) != "zip":
            raise NotReadable("file_type", value="CSV")
        grid, head = _sheet(Workbook(data))
        reading.sheet = grid.name
        _read_head(grid, head, reading, findings)
        _read_rows(grid, head, reading, findings)
    except NotReadable as problem:
        findings.add(problem.kind, sheet=problem.sheet, value=problem.value, facts=problem.facts)
    reading.findings = findings.finish()
    return reading


def _sheet(book: Workbook) -> tuple[Grid, int]:
    """The sheet with the heading, and the heading's row."""
    first = None
    for grid in book.grids():
        first = first or grid
        for row in range(min(len(grid.rows), 60)):
            words = {clean(str(value)) for value in grid.rows[row] if isinstance(value, str)}
            if set(HEADS[:3]) <= words:
                return grid, row
    name = first.name if first is not None else ""
    raise NotReadable("header_not_found", sheet=name, expected=", ".join(HEADS))


def _read_head(grid: Grid, head: int, reading: StrategyReading, findings: Findings) -> None:
    said: dict[str, tuple[str, str]] = {}
    for row in range(head):
        for key, label in LABELS.items():
            if search_key(str(grid.at(row, 0))) == search_key(label):
                value = grid.at(row, 1)
                said[key] = (str(value).strip() if key == "vision" else _text(value), a1(row, 1))
    for key in ("title", "first_year", "last_year"):
        if not said.get(key, ("", ""))[0]:
            findings.add("strategy_head", sheet=grid.name, value=LABELS[key], expected=LABELS[key])
    reading.title, reading.vision, reading.reference = (
        said.get(key, ("", ""))[0] for key in ("title", "vision", "reference")
    )
    for key in ("first_year", "last_year"):
        text, cell = said.get(key, ("", ""))
        year = _year(text)
        if text and year is None:
            findings.add("strategy_years", sheet=grid.name, cell=cell, value=text)
        setattr(reading, key, year or 0)
    if 0 < reading.last_year < reading.first_year:
        findings.add("strategy_years", sheet=grid.name, cell=said["last_year"][1], value=reading.last_year)


def _read_rows(grid: Grid, head: int, reading: StrategyReading, findings: Findings) -> None:
    table = _Table(grid, head, findings)
    for column, year in table.years.items():
        if reading.last_year and not reading.first_year <= year <= reading.last_year:
            findings.add("strategy_years", sheet=grid.name, cell=a1(head, column), value=year)
    for row in range(head + 1, len(grid.rows)):
        if any(_text(value) for value in grid.rows[row]):
            found = table.read(row)
            if found is not None:
                table.check_place(found, row)
                reading.rows.append(found)
    if not reading.rows:
        findings.add("no_records", sheet=grid.name)


class _Table:
    """The rows under the heading, each told apart by its kind and held against those above it."""

    def __init__(self, grid: Grid, head: int, findings: Findings) -> None:
        self.grid, self.findings = grid, findings
        self.columns = {_text(value): n for n, value in reversed(list(enumerate(grid.rows[head])))}
        years = {n: _year(_text(value)) for n, value in enumerate(grid.rows[head])}
        self.years = {n: year for n, year in years.items() if year is not None}
        self.seen: set[tuple[str, str]] = set()
        self.open: list[str] = []  # the kinds of the objectives the next row may stand under

    def said(self, row: int, head: str) -> str:
        return _text(self.grid.at(row, self.columns[head])) if head in self.columns else ""

    def tell(self, kind: str, row: int, column: str | int, value: object = "", **facts: object) -> None:
        """Note a finding at a cell, named by its heading or by its place."""
        place = self.columns.get(column, 0) if isinstance(column, str) else column
        self.findings.add(kind, sheet=self.grid.name, row=row + 1, cell=a1(row, place), value=value, facts=facts)

    def read(self, row: int) -> StrategyRow | None:
        kind = KINDS.get(self.said(row, "ชนิด").removesuffix("ยุทธศาสตร์"), "")
        if not kind:
            self.tell("strategy_kind", row, "ชนิด", self.said(row, "ชนิด"), expected=", ".join(KINDS))
            return None
        for head in ("ข้อความ", "หน่วยนับ" if kind == "INDICATOR" else "ลำดับ"):
            if not self.said(row, head):
                self.tell("strategy_words", row, head, head)
        found = StrategyRow(kind, self.said(row, "ลำดับ"), self.said(row, "ข้อความ"), row + 1, self.said(row, "หน่วยนับ"))
        if kind == "INDICATOR":
            self.measure(found, row)
        else:
            found.above = tuple(part.strip() for part in self.said(row, "ตอบระดับบน").split(";") if part.strip())
            found.above_cell = a1(row, self.columns.get("ตอบระดับบน", 0))
        return found

    def measure(self, found: StrategyRow, row: int) -> None:
        """Baseline and yearly targets of an indicator."""
        found.baseline = self.figure(row, self.columns.get("ค่าฐาน"))
        year = self.said(row, "ปีฐาน")
        found.baseline_year = _year(year)
        if year and found.baseline_year is None:
            self.tell("strategy_years", row, "ปีฐาน", year)
        figures = {year: self.figure(row, column) for column, year in self.years.items()}
        found.targets = {year: figure for year, figure in figures.items() if figure is not None}
        if not found.targets:
            self.tell("strategy_no_targets", row, next(iter(self.years), 0))

    def figure(self, row: int, column: int | None) -> Decimal | None:
        text = _text(self.grid.at(row, column)) if column is not None else ""
        if text in ("", "-", "–"):
            return None
        try:
            figure = Decimal(to_arabic_digits(text).replace(",", ""))
        except InvalidOperation:
            figure = Decimal("NaN")
        if not figure.is_finite() or abs(figure) >= 10**14:
            self.tell("strategy_number", row, column or 0, text)
            return None
        return round(figure, 4)

    def check_place(self, found: StrategyRow, row: int) -> None:
        """An objective stands under one of the kind above it, an indicator under any, and a number stands once."""
        names = {kind: name for name, kind in KINDS.items()}
        if found.kind == "INDICATOR":
            if not self.open:
                self.tell("strategy_parent", row, "ชนิด", names[found.kind], expected="ประเด็น")
            return
        parent = PARENT[found.kind]
        while self.open and self.open[-1] != parent:
            self.open.pop()
        if parent is not None and not self.open:
            self.tell("strategy_parent", row, "ชนิด", names[found.kind], expected=names[parent])
        self.open.append(found.kind)
        if (found.kind, found.code) in self.seen:
            self.tell("strategy_code_twice", row, "ลำดับ", found.code)
        self.seen.add((found.kind, found.code))


def _year(text: str) -> int | None:
    digits = to_arabic_digits(text).strip()
    return int(digits) if digits.isdecimal() and int(digits) in _YEARS else None


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)) if not isinstance(value, float) else repr(value)
