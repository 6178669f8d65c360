"""Reads one file as it came: what it is, which forms its sheets hold, their records, and what was found."""

import hashlib
import os
from collections import defaultdict
from pathlib import Path
from typing import Final, Literal

from prasan.common.text import search_key
from prasan.exchange.reading.cells import TextCells
from prasan.exchange.reading.delimited import decode, read_text
from prasan.exchange.reading.fields import Fields
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1, column_letters
from prasan.exchange.reading.heads import find_head, shown
from prasan.exchange.reading.layout import FORM_TITLES, LAYOUTS
from prasan.exchange.reading.lines import ordinal_of
from prasan.exchange.reading.matrix import is_matrix, read_matrix
from prasan.exchange.reading.places import Gazetteer
from prasan.exchange.reading.records import FormKey, Reading, Record, Sheet
from prasan.exchange.reading.source import NotReadable, kind_of
from prasan.exchange.reading.summaries import SummaryTable, read_summary, reconcile
from prasan.exchange.reading.tables import Table
from prasan.exchange.reading.titles import fill_sheet, is_summary, plan_family, read_titles
from prasan.exchange.reading.workbook import Workbook

FormChoice = FormKey | Literal["auto"]
LARGEST_FILE: Final = 100_000_000
_HEAD_WITHIN: Final = 80  # rows in which the first heading must stand
_PLAN_WORDS: Final = ("โครงการ", "แผนพัฒนา", "ประชาคม", "แบบผ", "งบประมาณ")


def read_file(path: Path, *, gazetteer: Gazetteer | None = None, form: FormChoice = "auto") -> Reading:
    """Read a workbook or separated text; never raises for what the file is or holds: findings say it.

    `form` limits the search to one form (`local_plan_p02` stands for its variants too). With a `gazetteer`
    places are resolved. `outcome` is `refuse` when nothing can be registered, `accept` when nothing is amiss.
    """
    path = Path(path)
    reading = Reading(file=_written(path.name), sha256="", form="none")
    findings = Findings(reading.file)
    try:
        data = _load(path, reading)
        _read(data, path, reading, findings, gazetteer, form)
    except NotReadable as problem:
        reading.sheets.clear()
        findings.add(problem.kind, sheet=problem.sheet, value=problem.value, facts=problem.facts)
    reading.findings = findings.finish()
    reading.form = _form_of(reading)
    reading.outcome = _outcome(reading)
    return reading


def _written(name: str) -> str:
    """A file's name as text: bytes of it that are no UTF-8 (a disk of another country's Windows) become a mark."""
    return os.fsencode(name).decode("utf-8", "replace")


def _load(path: Path, reading: Reading) -> bytes:
    """The bytes of the file; its hash is taken also of one that is too large to be read."""
    try:
        if not path.exists():
            raise NotReadable("missing_file")
        if not path.is_file():
            raise NotReadable("not_a_file")
        with path.open("rb") as file:
            reading.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise NotReadable("file_too_large", value=f"{size:,}", limit=f"{LARGEST_FILE:,}")
        return path.read_bytes()
    except OSError as problem:
        raise NotReadable("unreadable_file", value=problem.strerror or type(problem).__name__) from None


def _read(
    data: bytes, path: Path, reading: Reading, findings: Findings, gazetteer: Gazetteer | None, form: FormChoice
) -> None:
    sheets = _Sheets(reading, findings, gazetteer, form)
    if kind_of(data) == "text":
        text, encoding = decode(data)
        if encoding:
            findings.add("encoding", value=encoding)
        sheets.read(read_text(text, _written(path.stem)))
    else:
        workbook = Workbook(data)
        if macros := workbook.macros():
            reading.has_macro = True
            findings.add("macro_present", value=", ".join(macros))
        for grid in workbook.grids():
            sheets.read(grid)
    sheets.finish()


class _Sheets:
    """Reads the sheets of one file one after the other and what they say together."""

    def __init__(self, reading: Reading, findings: Findings, gazetteer: Gazetteer | None, form: FormChoice) -> None:
        self.reading, self.findings, self.gazetteer = reading, findings, gazetteer
        self.form: FormKey | None = None if form == "auto" else form
        if self.form in ("local_plan_p02_1", "local_plan_p02_2"):
            self.form = "local_plan_p02"
        self.summaries: list[SummaryTable] = []
        self.names: list[str] = []
        self.failed = False

    def read(self, grid: Grid) -> None:
        """Read one sheet; hidden ones are only counted."""
        self.names.append(grid.name)
        if not grid.visible:
            hidden = self._sheet(grid, Findings(self.findings.file))
            count = len(hidden.records) if hidden else 0
            self.findings.add("hidden_sheet", sheet=grid.name, value=grid.name, count=count)
            return
        sheet = self._sheet(grid, self.findings)
        if sheet is not None:
            self.reading.sheets.append(sheet)
            self._notes(grid)

    def _sheet(self, grid: Grid, findings: Findings) -> Sheet | None:
        head = find_head(grid, form=self.form, most=_HEAD_WITHIN)
        titles = read_titles(grid, head.first if head else 8)
        if not head or is_summary(titles):
            if is_summary(titles) and (printed := read_summary(grid, titles, findings)):
                if findings is self.findings:
                    self.summaries.append(printed)
                sheet = Sheet(grid.name, "summary")
                fill_sheet(sheet, titles)
                return sheet
            if is_matrix(grid) and self.form in (None, "project_matrix"):
                return read_matrix(grid, findings)
        if not head:
            self._no_head(grid, findings)
            return None
        form = head.layout.form
        if form == "local_plan_p02":
            words = " ".join(heading.full for heading in head.headings)
            form, agree = plan_family(titles, words, grid.name)
            if not agree:
                findings.add("form_code_conflict", sheet=grid.name, value=titles.code, expected=FORM_TITLES[form])
        sheet = Sheet(grid.name, form)
        fill_sheet(sheet, titles)
        fields = Fields(findings, self.gazetteer)
        fields.look_above(titles.place, titles.text)
        table = Table(grid, head, form, titles, fields, TextCells(grid.name, findings), findings)
        sheet.records = table.read()
        sheet.fiscal_years = tuple(
            sorted({column.year for column in table.money if column.year and column.span == "IN"})
        )
        if not sheet.records and findings is self.findings:
            findings.add("no_records", sheet=grid.name, row=head.first + 1)
        _check_codes(sheet.records, head.columns.get("external_code"), findings)
        return sheet

    def _no_head(self, grid: Grid, findings: Findings) -> None:
        """Say what a sheet without a heading is: a form that lost it, a table of figures, or something else."""
        keys = {search_key(shown(value)) for row in grid.rows[:5] for value in row}
        if {"ขั้น", "จำนวนโครงการ"} <= keys:
            self.failed = True
            findings.add("figures_not_projects", sheet=grid.name)
        elif _looks_like_form(grid):
            self.failed = True
            layouts = [layout for layout in LAYOUTS if self.form in (None, layout.form)] or list(LAYOUTS)
            layout = next((item for item in layouts if item.form == "local_plan_p02"), layouts[0])
            words = [(*column.exact, *column.within)[0] for column in layout.columns if column.exact or column.within]
            findings.add("header_not_found", sheet=grid.name, expected=", ".join(words))
        elif grid.rows:
            findings.add("sheet_not_read", sheet=grid.name)

    def _notes(self, grid: Grid) -> None:
        marks, name = grid.marks, grid.name
        for row, column, text in sorted(marks.comments):
            self.findings.add("cell_comment", sheet=name, row=row + 1, cell=a1(row, column), value=text)
        for row, column, text in sorted(marks.boxes):
            self.findings.add("text_box", sheet=name, row=row + 1, cell=a1(row, column), value=text)
        for first, last in marks.hidden_columns:
            last = min(last, max(grid.width - 1, first))
            if first < grid.width and any(row[first : last + 1] != [""] * (last + 1 - first) for row in grid.rows):
                cell = f"{column_letters(first)}:{column_letters(last)}"
                texts = (shown(row[first]) for row in grid.rows)
                heading = next((text for text in texts if text and len(text) < 60), "")
                self.findings.add("hidden_column", sheet=name, cell=cell, value=heading)

    def finish(self) -> None:
        """Reconcile summaries with their details, and say so when no sheet held a form."""
        for table in self.summaries:
            reconcile(table, self.reading.sheets, self.findings)
        if not self.reading.sheets and not self.failed:
            names = ", ".join(f"“{name}”" for name in self.names)
            title = FORM_TITLES[self.form] if self.form else ", ".join(layout.title_th for layout in LAYOUTS)
            self.findings.add("no_form_sheet", value=names, expected=title)


def _looks_like_form(grid: Grid) -> bool:
    """Say whether a sheet without a heading was meant as a form: form words above, numbered rows below."""
    texts = " ".join(search_key(shown(value)) for row in grid.rows[:12] for value in row[:20] if isinstance(value, str))
    if not any(word in texts for word in _PLAN_WORDS):
        return False
    numbered = sum(
        1
        for row in grid.rows[:200]
        if len(row) > 2
        and ordinal_of(row[0]) is not None
        and any(isinstance(value, str) and value for value in row[1:4])
    )
    return numbered >= 1


def _check_codes(records: list[Record], column: int | None, findings: Findings) -> None:
    """Refuse the later of two rows that share a code for different projects, or are the same row twice."""
    if column is None:
        return
    by_code: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if code := record.external_code.upper():
            by_code[code].append(record)
    for code, group in by_code.items():
        kept = [group[0]]
        for later in group[1:]:
            same = search_key(later.name) == search_key(kept[0].name)
            twin = next((record for record in kept if record.fiscal_year == later.fiscal_year), None)
            if same and twin is None:
                kept.append(later)
                continue
            later.refused = True
            first = twin if same and twin else kept[0]
            cells = f"{a1(first.row - 1, column)},{a1(later.row - 1, column)}"
            kind = "duplicate_row" if same else "duplicate_code"
            findings.add(kind, sheet=later.sheet, row=later.row, cell=cells, value=code)


def _form_of(reading: Reading) -> FormKey:
    """Name the file after the form that holds most of its records."""
    counts: dict[FormKey, int] = defaultdict(int)
    for sheet in reading.sheets:
        counts[sheet.form] += len(sheet.records)
    return max(counts, key=lambda form: counts[form], default="none")


def _outcome(reading: Reading) -> Literal["accept", "accept_with_findings", "refuse"]:
    if all(record.refused for record in reading.records()):
        return "refuse"
    amiss = any(finding.severity != "info" for finding in reading.findings)
    return "accept_with_findings" if amiss else "accept"
