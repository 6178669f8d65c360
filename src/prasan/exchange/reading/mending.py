"""Mends the rows a value reader gets wrong: merged cells, error values, formulas; and says what it could not."""

from collections import defaultdict
from typing import Any

from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1, a1_range
from prasan.exchange.reading.heads import Head, shown
from prasan.exchange.reading.money import MoneyColumn
from prasan.exchange.reading.totals import Totals

Range = tuple[int, int, int, int]  # first row, first column, last row, last column
TALLEST_MERGE = 5_000  # rows; a cell merged further down is no table


class Mender:
    """Knows which rows of a sheet need mending."""

    def __init__(self, grid: Grid, above: int, totals: Totals, findings: Findings) -> None:
        """`above` is the last heading row: what is merged there is the heading's business."""
        self._grid, self._totals, self._findings = grid, totals, findings
        self._merged = self._merged_cells(above)
        self.rows = set(self._merged) | {row for row, _ in (*grid.marks.errors, *grid.marks.formulas)}

    def _merged_cells(self, above: int) -> dict[int, list[tuple[int, Range]]]:
        """Give, by row, the cells that a merged range covers below the heading."""
        cells: dict[int, list[tuple[int, Range]]] = defaultdict(list)
        for merged in self._grid.merged:
            top, left, bottom, right = merged
            if top <= above or bottom - top > TALLEST_MERGE:
                continue
            for row in range(top, bottom + 1):
                cells[row].extend((column, merged) for column in range(left, min(right, self._grid.width) + 1))
        return cells

    def mend(self, row: int, values: list[Any], head: Head, money: list[MoneyColumn]) -> tuple[list[Any], set[int]]:
        """Fill merged text downwards and say what errors, formulas and merged money mean; give columns to skip."""
        values = list(values)
        skip: set[int] = set()
        names = {column: name for name, column in head.columns.items() if name != "ordinal"}
        amounts = [item.column for item in money]
        for column, merged in self._merged.get(row, []):
            if column in amounts:
                if self._merged_money(row, column, merged, amounts):
                    skip.add(column)
                    self._totals.unread.add((row, column))
            elif column in names and merged[1] == column:
                values[column] = self._filled(row, column, names[column], merged, head)
        for column in [*names, *amounts]:
            self._error_or_formula(row, column, values, column in names)
        return values, skip

    def _filled(self, row: int, column: int, name: str, merged: Range, head: Head) -> Any:
        """Give the text of a merged cell to every row it covers, and say so where the form does not expect it."""
        top, _, _, right = merged
        value = self._grid.at(top, column)
        fills = {item.field for item in head.layout.columns if item.fills_down}
        across = row == top and any(column < other <= right for other in head.columns.values())
        down = row > top and name not in fills
        if value not in ("", None) and (across or down):
            self._findings.add(
                "merged_data_cell",
                sheet=self._grid.name,
                row=row + 1,
                cell=a1_range(*merged),
                value=shown(value),
                column=head.headings[column].own,
                wording="merged_across" if across else "",
                severity=None if across or name == "name" else "info",
            )
        return value

    def _merged_money(self, row: int, column: int, merged: Range, amounts: list[int]) -> bool:
        """Say whether a money cell belongs to a merged range whose amount has no single year and row."""
        top, left, bottom, right = merged
        covered = [at for at in amounts if left <= at <= right]
        if len(covered) < 2 and top == bottom:
            return False
        value = self._grid.at(top, left)
        if value in ("", "-", None) and left in amounts:
            return True
        if row == top and column == covered[0]:
            shown_value = int(value) if isinstance(value, float) and value.is_integer() else value
            self._findings.add(
                "merged_amount", sheet=self._grid.name, row=row + 1, cell=a1_range(*merged), value=shown_value
            )
        return True

    def _error_or_formula(self, row: int, column: int, values: list[Any], is_text: bool) -> None:
        marks, place = self._grid.marks, (row, column)
        where: dict[str, Any] = {"sheet": self._grid.name, "row": row + 1, "cell": a1(row, column)}
        if place in marks.errors:
            values[column] = ""
            self._totals.unread.add(place)
            self._findings.add("error_value", **where, value=marks.errors[place])
        elif place in marks.formulas and not marks.formulas[place]:
            self._totals.unread.add(place)
            self._findings.add("formula_without_value", **where)
        elif place in marks.formulas and is_text and values[column] != "":
            self._findings.add("formula_in_text_column", **where, value=shown(values[column]))
