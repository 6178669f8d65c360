"""Keeping the file as it came: whole, by its hash, readable by the installation only, never with a macro in it."""

import contextlib
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

_MACRO_PART = re.compile(r"(?i)(^|/)(vbaProject[^/]*|vbaData\.xml)$|(^|/)(macrosheets|activeX)/")
_MACRO_MENTION = re.compile(
    rb"<(?:Override|Relationship)\b[^>]*(?:vbaProject|vbaData|macrosheets|activeX)[^>]*/>|<Default\b[^>]*vbaProject[^>]*/>"
)
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@contextlib.contextmanager
def kept_original(path: Path, *, sha256: str, macros: bool) -> Iterator[str]:
    """Keep the file under MEDIA_ROOT and give its name there; on an error within, the copy goes again.

    A workbook with macros is kept without them (its name then ends in .xlsx): nobody is handed code.
    """
    suffix = ".xlsx" if macros else re.sub(r"[^.a-z0-9]", "", path.suffix.lower())
    name = f"{sha256[:2]}/{sha256}{suffix}"
    target = Path(settings.MEDIA_ROOT) / name
    new = not target.exists()
    if new:
        _write(target, without_macros(path) if macros else path.read_bytes())
    try:
        yield name
    except BaseException:
        if new:
            target.unlink(missing_ok=True)
        raise


def _write(target: Path, content: bytes) -> None:
    """Write beside the target and move it in place, so that a half-written original never has its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def without_macros(path: Path) -> bytes:
    """The workbook without its macro parts and without any mention of them."""
    with tempfile.TemporaryFile() as copy:
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.infolist():
                if _MACRO_PART.search(part.filename):
                    continue
                content = source.read(part)
                if part.filename.endswith((".rels", "[Content_Types].xml")):
                    content = _MACRO_MENTION.sub(b"", content).replace(_MACRO_TYPE, _PLAIN_TYPE)
                target.writestr(part.filename, content)
        copy.seek(0)
        return copy.read()
