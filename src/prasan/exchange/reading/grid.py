"""The cells of one sheet as values, with the marks a value reader loses: errors, formulas, hidden parts, notes."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Marks:
    """What the sheet says beside its values. Places are 0-based (row, column)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # an Excel error value
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)  # whether a computed value is kept
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last, inclusive
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    boxes: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """One sheet; `rows[0][0]` is A1."""

    name: str
    rows: list[list[Any]]
    visible: bool = True
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # first row, column, last row, column
    marks: Marks = field(default_factory=Marks)
    widths: list[int] = field(default_factory=list)  # of separated text: how many columns each row really had

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def at(self, row: int, column: int) -> Any:
        """Give the value of a cell, or "" beyond the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def column_letters(column: int) -> str:
    """Write a 0-based column as Excel does: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Write a 0-based place in A1 notation."""
    return f"{column_letters(column)}{row + 1}"


def a1_range(row: int, column: int, last_row: int, last_column: int) -> str:
    """Write a range in A1 notation, a single cell as one."""
    first, last = a1(row, column), a1(last_row, last_column)
    return first if first == last else f"{first}:{last}"


def place_of(reference: str) -> tuple[int, int]:
    """Read A1 notation as a 0-based (row, column); raises ValueError."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1
