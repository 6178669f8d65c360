"""One streaming pass over a sheet part for what the values do not tell: errors, formulas, hidden rows and columns."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from prasan.exchange.reading.grid import Marks, place_of
from prasan.exchange.reading.parts import CHUNK, doctype, parse
from prasan.exchange.reading.source import NotReadable

_row_start = re.compile(rb"<(?:\w+:)?row[\s>/]")
_row_number = re.compile(rb"""\br=["'](\d+)["']""")
_reference = re.compile(rb"""\br=["']([A-Z]+)\d+["'](?=[^<]*>\s*<(?:\w+:)?(?:v|is|f)[\s>])""")
_column = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_last_reference = re.compile(rb"[A-Z]{1,3}")


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bool]]:
    """Give the sheet piece by piece: first what stands before the rows, then each row (the last with the tail).

    Beside each piece stands whether anything around it is worth looking for.
    """
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            rest += chunk
            if doctype.search(rest):
                raise NotReadable("unsafe_xml", value=part)
            starts = [found.start() for found in _row_start.finditer(rest)]
            begin, telling = 0, _tells(rest)
            for here in starts:
                if here:
                    yield rest[begin:here], telling
                begin = here
            rest = rest[begin:]
            if len(rest) > 64 * CHUNK:
                raise NotReadable("damaged_file", value=part)
        yield rest, True


@dataclass(slots=True)
class SheetScan:
    """What one streaming pass over a sheet part tells."""

    marks: Marks = field(default_factory=Marks)
    last_row: int = -1  # 0-based, of cells that hold a value
    last_column: int = 0


def scan_sheet(archive: zipfile.ZipFile, part: str) -> SheetScan:
    """Read errors, formulas and hidden parts of a sheet in one pass, parsing only the rows that have some."""
    scan = SheetScan()
    row = -1
    for piece, telling in _rows(archive, part):
        if not _row_start.match(piece):
            _hidden_columns(piece, scan.marks)
            continue
        number = _row_number.search(piece, 0, piece.find(b">") + 1)
        row = int(number[1]) - 1 if number else row + 1
        # Written out, for a generator would cost more than all the searches.
        if b"<v" in piece or b"<is" in piece or b":v>" in piece or b":is>" in piece:
            scan.last_row = row
            scan.last_column = max(scan.last_column, _last_column(piece))
        if telling and _tells(piece):
            _read_row(piece, row, scan.marks)
    return scan


def _tells(piece: bytes) -> bool:
    """Say whether a row may hold an error value or a formula, be hidden or have no height."""
    return (
        b'"e"' in piece
        or b"<f" in piece
        or b"hidden=" in piece
        or b'ht="0' in piece
        or b"'e'" in piece
        or b"ht='0" in piece
        or b":f>" in piece
        or b":f " in piece
    )


def _last_column(piece: bytes) -> int:
    """Give the last column of a row that holds a value; cells stand in order, so mostly the last cell tells."""
    at = piece.rfind(b' r="')
    last = _last_reference.match(piece, at + 4) if at >= 0 else None
    if last and len(last[0]) == 1:
        return last[0][0] - 65
    letters = {found[1].decode() for found in _reference.finditer(piece)}
    return max((place_of(f"{name}1")[1] for name in letters), default=0)


def _hidden_columns(piece: bytes, marks: Marks) -> None:
    for found in _column.finditer(piece):
        attributes = dict(re.findall(rb"""(\w+)=["']([^"']*)["']""", found[0]))
        hidden = attributes.get(b"hidden") in (b"1", b"true") or attributes.get(b"width") == b"0"
        if hidden and b"min" in attributes and b"max" in attributes:
            marks.hidden_columns.append((int(attributes[b"min"]) - 1, int(attributes[b"max"]) - 1))


_row_end = re.compile(rb"</(?:\w+:)?row\s*>")


class _RowReader:
    """Takes from one row its hidden mark, its error cells and its formulas."""

    def __init__(self, row: int, marks: Marks) -> None:
        self.row, self.marks = row, marks
        self.column = -1
        self.is_error = self.is_formula = False
        self.inside: list[str] = []
        self.value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.inside.append(tag)
        if tag == "c":
            # A writer may leave the reference out: then the cell follows the one before it.
            self.column = place_of(attributes["r"])[1] if "r" in attributes else self.column + 1
            self.is_error, self.is_formula = attributes.get("t") == "e", False
            self.value.clear()
        elif tag == "f":
            self.is_formula = True
        elif tag == "row" and (attributes.get("hidden") in ("1", "true") or attributes.get("ht") in ("0", "0.0")):
            self.marks.hidden_rows.add(self.row)

    def text(self, words: str) -> None:
        if self.inside[-1:] in (["v"], ["t"]):
            self.value.append(words)

    def end(self, tag: str) -> None:
        self.inside.pop()
        if tag != "c":
            return
        place, shown = (self.row, self.column), "".join(self.value)
        if self.is_error:
            self.marks.errors[place] = shown or "#ERROR!"
        if self.is_formula:
            self.marks.formulas[place] = bool(shown)


def _read_row(piece: bytes, row: int, marks: Marks) -> None:
    end = _row_end.search(piece)
    reader = _RowReader(row, marks)
    alone = piece[: end.end()] if end else piece[: piece.index(b">") + 1]  # <row …/> has no end tag
    parse(alone, reader.start, reader.end, reader.text)
