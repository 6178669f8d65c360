"""The XML parts of a workbook: safe to expand, and what they say beside the values of the cells."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from prasan.exchange.reading.grid import Marks, place_of
from prasan.exchange.reading.source import NotReadable

MOST_EXPANDED: Final = 300_000_000  # bytes of all parts together
MOST_RATIO: Final = 100  # expanded to packed, of a part that is large
LARGE_PART: Final = 8_000_000
_CHUNK: Final = 1 << 20
_doctype = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

StartTag = Callable[[str, dict[str, str]], None]


def check_sizes(archive: zipfile.ZipFile, sheet_names: dict[str, str]) -> None:
    """Refuse what expands too much, from the directory alone: nothing is expanded here."""
    total = 0
    for info in archive.infolist():
        total += info.file_size
        ratio = info.file_size / max(info.compress_size, 1)
        if total > MOST_EXPANDED or (info.file_size > LARGE_PART and ratio > MOST_RATIO):
            raise NotReadable(
                "expands_too_much",
                sheet=sheet_names.get(info.filename, ""),
                value=info.filename,
                expanded=f"{info.file_size:,}",
                packed=f"{info.compress_size:,}",
            )


def read_part(archive: zipfile.ZipFile, name: str, most: int = LARGE_PART) -> bytes:
    """Read a small part whole; one that is large or declares a DTD is refused."""
    try:
        with archive.open(name) as stream:
            data = stream.read(most + 1)
    except KeyError:
        return b""
    if len(data) > most:
        raise NotReadable("expands_too_much", value=name, expanded=f"{len(data):,}", packed="?")
    if _doctype.search(data):
        raise NotReadable("unsafe_xml", value=name)
    return data


def verify(archive: zipfile.ZipFile, name: str) -> None:
    """Expand a part piece by piece so that a false size, a bad checksum or a DTD is found before it is parsed."""
    with archive.open(name) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            if _doctype.search(before + chunk):
                raise NotReadable("unsafe_xml", value=name)
            before = chunk[-9:]


def parse(data: bytes, start: StartTag, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Walk through XML; element and attribute names come without their prefix. Broken XML is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def local(name: str) -> str:
        return name.rpartition(":")[2]

    def on_start(name: str, attributes: dict[str, str]) -> None:
        start(local(name), attributes)

    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise NotReadable("damaged_file", value=f"XML: {problem}") from None


def _nothing(_: str) -> None:
    """Ignore text or an end tag."""


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part: id → (last word of the type, target path in the archive)."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    if data := read_part(archive, f"{folder}/_rels/{name}.rels"):
        parse(data, start, _nothing, _nothing)
    return found


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """Give (sheet name, part, visible) of each sheet in order."""
    links = relations(archive, "xl/workbook.xml")
    sheets: list[tuple[str, str, bool]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            sheets.append((attributes.get("name", ""), links.get(link, ("", ""))[1], visible))

    parse(read_part(archive, "xl/workbook.xml"), start, _nothing, _nothing)
    return sheets


_row_start = re.compile(rb"<(?:\w+:)?row[\s>/]")
# What makes a row worth parsing: an error value, a formula, or a row that is hidden or has no height.
_telling = re.compile(rb"""\bt=["']e["']|<(?:\w+:)?f[\s>/]|\bhidden=["'](?:1|true)|\bht=["']0(?:\.0+)?["']""")
_valued = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
_row_number = re.compile(rb"""\br=["'](\d+)["']""")
_reference = re.compile(rb"""\br=["']([A-Z]+)\d+["'](?=[^<]*>\s*<(?:\w+:)?(?:v|is|f)[\s>])""")
_column = re.compile(rb"<(?:\w+:)?col\b[^>]*>")


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the sheet piece by piece: first what stands before the rows, then each row (the last with the tail)."""
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            rest += chunk
            if _doctype.search(rest):
                raise NotReadable("unsafe_xml", value=part)
            starts = [found.start() for found in _row_start.finditer(rest)]
            begin = 0
            for here in starts:
                if here:
                    yield rest[begin:here]
                begin = here
            rest = rest[begin:]
            if len(rest) > 64 * _CHUNK:
                raise NotReadable("damaged_file", value=part)
        yield rest


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
    for piece in _rows(archive, part):
        if not _row_start.match(piece):
            _hidden_columns(piece, scan.marks)
            continue
        head = piece[: piece.index(b">") + 1] if b">" in piece else piece
        number = _row_number.search(head)
        row = int(number[1]) - 1 if number else row + 1
        if _valued.search(piece):
            scan.last_row = row
            if row > 20_000 or _far.search(piece):
                scan.last_column = max(scan.last_column, _last_column(piece))
        if _telling.search(piece):
            _read_row(piece, row, scan.marks)
    return scan


_far = re.compile(rb"""\br=["'][A-Z]{2,}\d""")


def _last_column(piece: bytes) -> int:
    letters = [found[1].decode() for found in _reference.finditer(piece)]
    return max((place_of(f"{name}1")[1] for name in letters), default=0)


def _hidden_columns(piece: bytes, marks: Marks) -> None:
    for found in _column.finditer(piece):
        attributes = dict(re.findall(rb"""(\w+)=["']([^"']*)["']""", found[0]))
        hidden = attributes.get(b"hidden") in (b"1", b"true") or attributes.get(b"width") == b"0"
        if hidden and b"min" in attributes and b"max" in attributes:
            marks.hidden_columns.append((int(attributes[b"min"]) - 1, int(attributes[b"max"]) - 1))


_row_end = re.compile(rb"</(?:\w+:)?row\s*>")


def _read_row(piece: bytes, row: int, marks: Marks) -> None:
    """Parse one row: its hidden mark, its error cells and its formulas."""
    end = _row_end.search(piece)
    cell: dict[str, str] = {}
    inside: list[str] = []
    value: list[str] = []
    places = [(row, -1)]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "row" and (attributes.get("hidden") in ("1", "true") or attributes.get("ht") in ("0", "0.0")):
            marks.hidden_rows.add(row)
        if tag == "c":
            # A writer may leave the reference out: then the cell follows the one before it.
            place = place_of(attributes["r"]) if "r" in attributes else (row, places[-1][1] + 1)
            places.append(place)
            cell.clear()
            cell.update(attributes)
            value.clear()
        if tag == "f":
            cell["f"] = "1"
        inside.append(tag)

    def text(words: str) -> None:
        if inside and inside[-1] in ("v", "t"):
            value.append(words)

    def close(tag: str) -> None:
        inside.pop()
        if tag != "c":
            return
        place = places[-1]
        shown = "".join(value)
        if cell.get("t") == "e":
            marks.errors[place] = shown or "#ERROR!"
        if "f" in cell:
            marks.formulas[place] = bool(shown)

    alone = piece[: end.end()] if end else piece[: piece.index(b">") + 1]  # <row …/> has no end tag
    parse(alone, start, close, text)


def read_notes(archive: zipfile.ZipFile, part: str, marks: Marks) -> None:
    """Read the comments and text boxes that lie over a sheet."""
    threads: list[tuple[int, int, str]] = []
    for kind, path in relations(archive, part).values():
        if kind == "comments":
            marks.comments += _comments(read_part(archive, path), "comment", "t")
        elif kind == "threadedComment":
            threads += _comments(read_part(archive, path), "threadedComment", "text")
        elif kind == "drawing":
            marks.boxes += _boxes(read_part(archive, path))
    if threads:
        places = {place[:2] for place in threads}
        marks.comments = [note for note in marks.comments if note[:2] not in places] + threads


def _comments(data: bytes, element: str, word: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    state = {"ref": "", "tag": ""}
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        state["tag"] = tag
        if tag == element:
            state["ref"] = attributes.get("ref", "")
            words.clear()

    def text(piece: str) -> None:
        if state["tag"] == word:
            words.append(piece)

    def end(tag: str) -> None:
        state["tag"] = ""
        if tag == element and state["ref"]:
            found.append((*place_of(state["ref"].partition(":")[0]), " ".join("".join(words).split())))

    if data:
        parse(data, start, end, text)
    return found


def _boxes(data: bytes) -> list[tuple[int, int, str]]:
    """Give the text of each shape with the cell its upper left corner lies on."""
    found: list[tuple[int, int, str]] = []
    path: list[str] = []
    corner = {"row": "0", "col": "0"}
    words: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        if tag.endswith("Anchor"):
            words.clear()
            corner.update(row="0", col="0")

    def text(piece: str) -> None:
        if path[-1:] == ["t"]:
            words.append(piece)
        elif len(path) > 1 and path[-2] == "from" and path[-1] in corner:
            corner[path[-1]] = piece.strip()

    def end(tag: str) -> None:
        path.pop()
        if tag == "p" and words:
            words.append(" ")
        if tag.endswith("Anchor") and (box := " ".join("".join(words).split())):
            found.append((int(corner["row"]), int(corner["col"]), box))

    if data:
        parse(data, start, end, text)
    return found
