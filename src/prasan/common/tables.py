"""Reading a plain register table (CSV, CSV.GZ, TSV, XLSX) whose columns are known by their header words."""

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from prasan.common.errors import Refused
from prasan.common.text import clean, search_key, to_arabic_digits

LARGEST = 400 * 1024 * 1024  # bytes after unpacking; all of Thailand's villages are 9 MB
_HEADER_WITHIN = 15  # rows; titles may stand above the header


class UnreadableTable(Refused):
    """A file that is no table. Codes: missing_file, empty_file, too_large, unreadable_file, unknown_columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header; `number` is the 1-based row of the file."""

    number: int
    cells: Sequence[object]
    columns: Mapping[str, int]

    def has(self, column: str) -> bool:
        """Whether the table has the column at all."""
        return column in self.columns

    def raw(self, column: str) -> object:
        """The cell as it came; None where the column or the cell is absent."""
        index = self.columns.get(column)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def text(self, column: str) -> str:
        """The cell as clean text; 46.0 of a spreadsheet is 46."""
        value = self.raw(column)
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if value is None:
            return ""
        text = str(value)
        # Codes and coordinates are most cells of a register and need no Thai cleaning.
        return " ".join(text.split()) if text.isascii() else clean(text)

    def number_text(self, column: str) -> str:
        """The cell as text with Arabic digits."""
        text = self.text(column)
        return text if text.isascii() else to_arabic_digits(text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its known columns: canonical name → position."""

    columns: Mapping[str, int]
    rows: Sequence[Row]


def read_table(path: Path, words: Mapping[str, Sequence[str]]) -> Table:
    """Read a table. `words` gives for each canonical column its header words (the canonical name is one of them).

    The header is the first of the first rows with at least two known words. Raises UnreadableTable.
    """
    if not path.is_file():
        raise UnreadableTable("missing_file", f"ไม่พบไฟล์ {path}", f"There is no file {path}.")
    known = {search_key(word): name for name, others in words.items() for word in (name, *others)}
    lines = enumerate(_lines(path), start=1)
    for number, cells in lines:
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = known.get(search_key(str(cell))) if cell not in (None, "") else None
            if name:
                columns.setdefault(name, index)
        if len(columns) > 1:
            rows = [Row(n, below, columns) for n, below in lines if any(c not in (None, "") for c in below)]
            return Table(columns, rows)
        if number >= _HEADER_WITHIN:
            break
    raise UnreadableTable(
        "unknown_columns",
        f"ไม่พบแถวหัวตารางที่รู้จักในไฟล์ {path.name}",
        f"{path.name} has no header row with known columns.",
    )


def _lines(path: Path) -> Iterator[Sequence[object]]:
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        return _sheet(path)
    text = _decoded(_unpacked(path), path)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=first.count)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _unpacked(path: Path) -> bytes:
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as packed:
                data = packed.read(LARGEST + 1)
        else:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except (OSError, EOFError) as problem:
        raise _unreadable(path) from problem
    if len(data) > LARGEST:
        raise UnreadableTable("too_large", f"ไฟล์ {path.name} ใหญ่เกินไป", f"{path.name} is too large.")
    if not data.strip():
        raise UnreadableTable("empty_file", f"ไฟล์ {path.name} ว่างเปล่า", f"{path.name} is empty.")
    return data


def _decoded(data: bytes, path: Path) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path)


def _sheet(path: Path) -> Iterator[Sequence[object]]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as parts:
                if sum(part.file_size for part in parts.infolist()) > LARGEST:
                    raise UnreadableTable("too_large", f"ไฟล์ {path.name} ใหญ่เกินไป", f"{path.name} is too large.")
        with CalamineWorkbook.from_path(str(path)) as book:
            return iter(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as problem:
        raise _unreadable(path) from problem


def _unreadable(path: Path) -> UnreadableTable:
    return UnreadableTable("unreadable_file", f"อ่านไฟล์ {path.name} ไม่ได้", f"{path.name} cannot be read.")
