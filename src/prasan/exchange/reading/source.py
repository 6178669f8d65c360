"""What a file really is, by its first bytes and its directory, whatever it is called."""

import re
import zipfile
from typing import Final

# Beginnings of files that offices send by mistake, and what to call them.
_MAGIC: Final = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\x00", "SQLite"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF: Final = (
    (b"\x09\x08", "BIFF8 .xls"),
    (b"\x09\x04", "BIFF4 .xls"),
    (b"\x09\x02", "BIFF3 .xls"),
    (b"\x09\x00\x04\x00", "BIFF2 .xls"),
)
_html = re.compile(rb"<(?:!doctype html|html|head|meta|table|body)\b", re.IGNORECASE)
_spreadsheet_ml = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
# A zip that is no .xlsx: a member it holds, and what that makes it.
_ZIP_KINDS: Final = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "Word .docx"),
    ("ppt/presentation.xml", "PowerPoint .pptx"),
    ("content.xml", "OpenDocument (.ods)"),
    ("Index/Document.iwa", "Apple Numbers"),
)


class NotReadable(Exception):
    """The file as a whole cannot be read; `kind` is in the catalogue of findings."""

    def __init__(self, kind: str, *, sheet: str = "", value: object = "", **facts: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.sheet = sheet
        self.value = value
        self.facts = facts


def kind_of(data: bytes) -> str:
    """Say "zip" or "text"; raises `NotReadable` for anything that is known to be something else."""
    if not data:
        raise NotReadable("empty_file")
    if data.startswith(_OLE):
        raise _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    for magic, name in (*_MAGIC, *_BIFF):
        if data.startswith(magic):
            raise NotReadable("file_type", value=name)
    head = data[:4096]
    for candidate in (head, head.replace(b"\x00", b"")):
        if _spreadsheet_ml.search(candidate):
            raise NotReadable("file_type", value="XML Spreadsheet 2003")
        if _html.search(candidate):
            raise NotReadable("file_type", value="HTML")
    return "text"


def _ole(data: bytes) -> NotReadable:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return NotReadable("encrypted")
    if holds("WordDocument"):
        return NotReadable("file_type", value="Word 97-2003 .doc")
    if holds("Workbook"):
        return NotReadable("file_type", value="BIFF8 .xls")
    if holds("Book"):
        return NotReadable("file_type", value="BIFF5 .xls")
    return NotReadable("file_type", value="OLE")


def check_workbook(archive: zipfile.ZipFile) -> None:
    """Raise `NotReadable` for a zip that is no .xlsx workbook."""
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise NotReadable("encrypted")
    if "xl/workbook.xml" in names:
        return
    for member, kind in _ZIP_KINDS:
        if member in names:
            raise NotReadable("file_type", value=kind)
    raise NotReadable("file_type", value="ZIP")
