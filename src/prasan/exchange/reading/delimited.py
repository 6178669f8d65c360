"""Opens CSV and other separated text: finds its encoding and separator, gives one sheet."""

import csv
from collections import Counter
from typing import Final

from prasan.exchange.reading.grid import Grid
from prasan.exchange.reading.source import NotReadable

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", ""),
    (b"\xff\xfe\x00\x00", "utf-32", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "utf-32"),
    (b"\xff\xfe", "utf-16", "utf-16"),
    (b"\xfe\xff", "utf-16", "utf-16"),
)
_SEPARATORS: Final = ",\t;|"
LONGEST_CELL: Final = 100_000


def decode(data: bytes) -> tuple[str, str]:
    """Give the text and the encoding worth a remark ("" for UTF-8); raises `NotReadable`."""
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding), name
    if b"\x00" in data[:4096] and (encoding := _utf_16(data[:4096])):
        return _decoded(data, encoding), "utf-16"
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as problem:
        place = problem.start
    text = _decoded(data, "cp874", place)
    thai = sum("\u0e01" <= letter <= "\u0e5b" for letter in text[:20_000])
    odd = sum(letter < " " and letter not in "\r\n\t" for letter in text[:20_000])
    if thai < 10 or odd:
        raise NotReadable("unreadable_text", value=place)
    return text, "cp874"


def _utf_16(head: bytes) -> str:
    """Give the byte order that makes nearly all of a head without a mark Thai or Latin text, or ""."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
        usual = sum(" " <= letter <= "~" or "\u0e01" <= letter <= "\u0e5b" or letter in "\r\n\t" for letter in text)
        if usual > 0.9 * len(text):
            return encoding
    return ""


def _decoded(data: bytes, encoding: str, place: int | None = None) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise NotReadable("unreadable_text", value=problem.start if place is None else place) from None


def read_text(text: str, name: str) -> Grid:
    """Give separated text as one sheet whose rows are those of the file; raises `NotReadable`."""
    separator = _separator(text)
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        rows.extend(reader)
    except csv.Error:
        raise NotReadable("broken_csv", value=reader.line_num) from None
    if not any(any(cell.strip() for cell in row) for row in rows):
        raise NotReadable("empty_file")
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    return Grid(name=name, rows=padded, widths=list(map(len, rows)))


def _separator(text: str) -> str:
    """Choose the separator that cuts most lines into the same number of columns."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    best, best_score = "", (0, 0)
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        if not widths:
            break
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
        if width > 1 and (count, width) > best_score:
            best, best_score = separator, (count, width)
    if not best:
        raise NotReadable("delimiter_not_found", value=lines[0][:80] if lines else "")
    return best
