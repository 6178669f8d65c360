"""The XML parts of a workbook: refused when they expand too much or are unsafe, else walked through."""

import posixpath
import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from prasan.exchange.reading.source import NotReadable

MOST_EXPANDED: Final = 300_000_000  # bytes of all parts together
MOST_RATIO: Final = 100  # expanded to packed, of a part that is large
LARGE_PART: Final = 8_000_000
CHUNK: Final = 1 << 20
doctype = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

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
    if doctype.search(data):
        raise NotReadable("unsafe_xml", value=name)
    return data


def verify(archive: zipfile.ZipFile, name: str) -> None:
    """Expand a part piece by piece so that a false size, a bad checksum or a DTD is found before it is parsed."""
    with archive.open(name) as stream:
        before = b""
        while chunk := stream.read(CHUNK):
            if doctype.search(before + chunk):
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
    except (expat.ExpatError, LookupError, ValueError) as problem:
        raise NotReadable("damaged_file", value=f"XML: {problem}") from None


def nothing(_: str) -> None:
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
        parse(data, start, nothing, nothing)
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

    parse(read_part(archive, "xl/workbook.xml"), start, nothing, nothing)
    return sheets
