"""Reads the rows of a table form into records, from its heading to its last line."""

from typing import Any

from prasan.common.text import search_key
from prasan.exchange.reading.cells import NUMBER, TextCells
from prasan.exchange.reading.fields import PLACE_LEVELS, Fields
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1, column_letters
from prasan.exchange.reading.heads import Head, head_at, shown
from prasan.exchange.reading.layout import MONTHS, ORDINAL, fits
from prasan.exchange.reading.lines import Context, LineKind, is_placeholder, kind_of_line, ordinal_of
from prasan.exchange.reading.mending import Mender
from prasan.exchange.reading.money import DoubtfulUnit, MoneyColumn, money_columns, read_amount
from prasan.exchange.reading.records import Amount, FormKey, Record
from prasan.exchange.reading.titles import Titles
from prasan.exchange.reading.totals import TotalLine, Totals


class Table:
    """One table being read. `records` and the findings are what comes out."""

    def __init__(
        self,
        grid: Grid,
        head: Head,
        form: FormKey,
        titles: Titles,
        fields: Fields,
        cells: TextCells,
        findings: Findings,
    ) -> None:
        self.grid, self.form, self.titles = grid, form, titles
        self.fields, self.cells, self.findings = fields, cells, findings
        self.context = Context()
        for _, _, text in titles.lines:
            if text not in titles.alignment:
                self.context.enter(text)
        self.records: list[Record] = []
        self.totals = Totals()
        self._headings: dict[tuple[str, ...], list[MoneyColumn]] = {}
        self._mender = Mender(grid, head.last, self.totals, findings)
        self._enter(head)
        if not head.money and form.startswith("local_plan"):
            findings.add("money_column_missing", sheet=grid.name, row=head.first + 1)
        self._tell_unread_columns(head)

    # -- the heading in force -------------------------------------------------------------------------

    def _enter(self, head: Head) -> None:
        """Take a heading; a repeated one says nothing new and nothing about it is said twice."""
        self.head = head
        self.ordinal_column = head.columns.get("ordinal")
        self.name_column = head.columns["name"]
        self.name_letters = column_letters(self.name_column)
        self.text_columns = [
            (name, column)
            for name, column in head.columns.items()
            if name not in ("ordinal", "name", "") and name not in self.fields.read_raw
        ]
        self.raw_columns = [(name, column) for name, column in head.columns.items() if name in self.fields.read_raw]
        # The last words over a column: above the first month of a year its year may stand.
        months = [(one.column, MONTHS.get(search_key(one.cells[-1][1]))) for one in head.headings if one.cells]
        self.month_columns = [(column, month) for column, month in months if month is not None]
        words = tuple(f"{heading.column}:{heading.full}" for heading in head.money)
        if words not in self._headings:
            self._headings[words] = money_columns(head, self.grid.name, self.titles.money, self.findings)
        self.money = self._headings[words]
        self.place_levels = [level for level in PLACE_LEVELS if level in head.columns]

    def _tell_unread_columns(self, head: Head) -> None:
        taken = set(head.columns.values()) | {heading.column for heading in head.money}
        for heading in head.headings:
            key = search_key(heading.own)
            if heading.column in taken or not key or key in MONTHS or "รวม" in key:
                continue
            values = (self.grid.at(row, heading.column) for row in range(head.last + 1, len(self.grid.rows)))
            if any(value not in ("", None) for value in values):
                cell = column_letters(heading.column)
                self.findings.add("column_not_read", sheet=self.grid.name, cell=f"{cell}:{cell}", value=heading.own)

    # -- the rows -------------------------------------------------------------------------------------

    def read(self) -> list[Record]:
        """Read all rows under the heading and check the printed totals."""
        rows = self.grid.rows
        row = self.head.last + 1
        while row < len(rows):
            values = rows[row]
            numbered = self.ordinal_column is not None
            ordinal = ordinal_of(values[self.ordinal_column]) if self.ordinal_column is not None else None
            if ordinal is not None or (not numbered and self._is_plain_record(values)):
                self._record(row, values, ordinal)
            elif any(values):
                row = self._line(row, values)
            row += 1
        self.totals.check(self.records, self.grid.name, self.findings)
        return self.records

    def _is_plain_record(self, values: list[Any]) -> bool:
        """Say whether a row of a form without numbers is a record: it has a name that is no total or note."""
        name = values[self.name_column]
        if name in ("", None):
            code = self.head.columns.get("external_code")
            return code is not None and values[code] not in ("", None)
        return kind_of_line(shown(name)) in (LineKind.UNKNOWN, LineKind.LABEL)

    def _record(self, row: int, values: list[Any], ordinal: int | None) -> Record | None:
        skip: set[int] = set()
        if row in self._mender.rows:
            values, skip = self._mender.mend(row, values, self.head, self.money)
        known, read = self.cells.known, self.cells.read
        raw_name = values[self.name_column]
        name = known.get(raw_name) if type(raw_name) is str else None
        if name is None:
            name = read(raw_name, row, self.name_column)
        texts: dict[str, Any] = {}
        for field, column in self.text_columns:
            raw = values[column]
            if raw != "":
                text = known.get(raw) if type(raw) is str else None
                texts[field] = read(raw, row, column) if text is None else text
        if is_placeholder(name) and (name or not (texts or self._has_money(values))):
            return None
        uneven = self._is_uneven(row)
        amounts, undated = ([], None) if uneven else self._amounts(row, values, skip)
        if not texts and not amounts and undated is None and self._is_numbered_heading(name, row, values):
            return None
        raws = {field: values[column] for field, column in self.raw_columns}
        record = self.fields.record(self, row, ordinal, name, texts, raws, amounts, undated)
        record.months = tuple(
            month for column, month in self.month_columns if not is_placeholder(shown(values[column]))
        )
        record.refused = record.refused or uneven
        self._check_name(record, raw_name, row)
        self.records.append(record)
        if row in self.grid.marks.hidden_rows:
            self.findings.add("hidden_row", sheet=self.grid.name, row=row + 1, cell=a1(row, 0), value=name)
        return record

    def _is_numbered_heading(self, name: str, row: int, values: list[Any]) -> bool:
        """Say whether a row that has nothing but a number and a name is a strategy or programme line, and enter it."""
        if kind_of_line(name) is not LineKind.HEADING or self._has_money(values) or row in self._mender.rows:
            return False
        return self.context.enter(name)

    def _has_money(self, values: list[Any]) -> bool:
        return any(_says_something(values[column.column]) for column in self.money)

    def _amounts(self, row: int, values: list[Any], skip: set[int]) -> tuple[list[Amount], int | None]:
        """Read the money of a row by year; when its unit is in doubt, none of it."""
        amounts: list[Amount] = []
        undated: int | None = None
        for column in self.money:
            at = column.column
            raw = values[at]
            if raw == "" or raw == "-" or at in skip:
                continue
            said = len(self.findings.items)
            try:
                satang = read_amount(raw, column, row, self.grid.name, self.findings)
            except DoubtfulUnit:
                self.totals.unread.update((row, money.column) for money in self.money)
                return [], None
            if satang is None:
                if len(self.findings.items) > said:
                    self.totals.unread.add((row, at))
            elif column.year is None:
                undated = satang if undated is None else undated + satang
            else:
                amounts.append(Amount(column.year, column.kind, column.span, satang, f"{column.letters}{row + 1}"))
        return amounts, undated

    def _check_name(self, record: Record, raw: Any, row: int) -> None:
        cell = record.cell
        if not record.name:
            record.refused = True
            if (row, self.name_column) not in self.grid.marks.errors:
                self.findings.add("missing_name", sheet=self.grid.name, row=row + 1, cell=cell)
        elif not isinstance(raw, str) or NUMBER.fullmatch(record.name):
            record.refused = True
            self.findings.add("name_is_number", sheet=self.grid.name, row=row + 1, cell=cell, value=record.name)

    def _is_uneven(self, row: int) -> bool:
        """Say whether a row of separated text has more columns than its heading: an unquoted comma moved its values."""
        widths = self.grid.widths
        expected = widths[self.head.first] if widths else 0
        if not widths or widths[row] <= expected or not any(self.grid.rows[row][expected:]):
            return False
        self.findings.add("uneven_columns", sheet=self.grid.name, row=row + 1, value=widths[row], expected=expected)
        return True

    # -- rows without a number ------------------------------------------------------------------------

    def _line(self, row: int, values: list[Any]) -> int:
        """Deal with a row that has no number; give the last row that belongs to it."""
        if (head := self._repeated_head(row, values)) is not None:
            self._enter(head)
            return head.last
        texts = [
            (column, text)
            for column, value in enumerate(values)
            if isinstance(value, str) and not is_placeholder(text := shown(value))
        ]
        kinds = [(kind_of_line(text), column, text) for column, text in texts]
        for kind, column, text in kinds:
            if kind is LineKind.TOTAL:
                self._total(row, column, text, values)
                return row
        if not texts:
            self._loose_money(row, values)
            return row
        kind, column, text = kinds[0]
        if column <= self.name_column and self._looks_like_record(row, values):
            return row
        if kind is LineKind.HEADING and self.context.enter(str(values[column])):
            return row
        if kind is LineKind.LABEL and len(texts) == 1:
            self.context.section = text
        elif kind not in (LineKind.NOTE, LineKind.ALIGNMENT) and not self._continued(row, texts, values):
            self.findings.add("line_not_read", sheet=self.grid.name, row=row + 1, cell=a1(row, column), value=text)
        return row

    def _repeated_head(self, row: int, values: list[Any]) -> Head | None:
        if all(values[column] == text for column, text in self.head.marker):
            return head_at(self.grid, row, [self.head.layout])
        first = values[self.ordinal_column] if self.ordinal_column is not None else ""
        if isinstance(first, str) and first and len(first) < 20 and fits(ORDINAL, search_key(first)):
            return head_at(self.grid, row, [self.head.layout])
        return None

    def _total(self, row: int, column: int, label: str, values: list[Any]) -> None:
        money = {item.column: values[item.column] for item in self.money}
        self.totals.lines.append(TotalLine(row, label, column, money, self.money, len(self.records)))

    def _loose_money(self, row: int, values: list[Any]) -> None:
        found = [values[column.column] for column in self.money if _says_something(values[column.column])]
        if found:
            cell = a1(row, self.money[0].column)
            self.findings.add(
                "amount_without_project", sheet=self.grid.name, row=row + 1, cell=cell, value=shown(found[0])
            )

    def _looks_like_record(self, row: int, values: list[Any]) -> bool:
        """Take a row that has a name and money or other columns, but whose number was forgotten or is none."""
        text = shown(values[self.name_column])
        kind = kind_of_line(text)
        if not text or kind not in (LineKind.UNKNOWN, LineKind.LABEL):
            return False
        if is_placeholder(text):
            return True
        others = [column for _, column in self.text_columns if values[column] not in ("", None)]
        if not self._has_money(values) and (not others or kind is LineKind.LABEL):
            return False
        if self._record(row, values, None):
            cell = a1(row, self.ordinal_column or 0)
            self.findings.add("missing_ordinal", sheet=self.grid.name, row=row + 1, cell=cell, value=text)
        return True

    def _continued(self, row: int, texts: list[tuple[int, str]], values: list[Any]) -> bool:
        """Join a row that only continues text columns to the record above."""
        columns = {column: name for name, column in self.text_columns}
        own_row = self.records and self.records[-1].row >= row - 3
        if not own_row or self._has_money(values) or any(columns.get(column) not in _CONTINUED for column, _ in texts):
            return False
        for column, text in texts:
            field = columns[column]
            setattr(self.records[-1], field, f"{getattr(self.records[-1], field)} {text}".strip())
        self.findings.add("continued_text", sheet=self.grid.name, row=row + 1, cell=a1(row, texts[0][0]))
        return True


def _says_something(value: Any) -> bool:
    """Say whether a money cell holds more than blanks, dashes or zero."""
    return bool(value.strip(" \u00a0-–—\t")) if isinstance(value, str) else value not in (None, 0)


_CONTINUED = frozenset(("problem", "target_group", "objective", "target", "kpi", "expected_result", "responsible"))
