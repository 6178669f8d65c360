"""Translations: which sentences the code speaks, and compiling what was translated for Django to read."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent
LOCALE = PACKAGE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""How Python code, and templates once Django has turned them into code, mark a sentence."""
THAI = re.compile("[\u0e00-\u0e7f]")
Message = str | tuple[str, str]


def compile(*, locale: Path = LOCALE) -> list[Path]:
    """Write a .mo beside every .po that is newer than it; gives the files written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        draft = io.BytesIO()
        write_mo(draft, catalog)
        target.write_bytes(draft.getvalue())
        written.append(target)
    return written


def sentences(package: Path = PACKAGE) -> dict[Message, list[str]]:
    """Every sentence that code and templates mark for translation, with the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(package.rglob("*")):
        if "migrations" in path.parts or "tests" in path.parts:
            continue
        for message in _of(path):
            found.setdefault(message, []).append(str(path.relative_to(package)))
    return found


def _of(path: Path) -> Iterator[Message]:
    if path.suffix == ".py":
        code = path.read_text()
    elif path.suffix == ".html" and "templates" in path.parts:
        code = templatize(path.read_text(), origin=str(path))
    else:
        return
    for _line, message, _comments, _context in extract(
        "python", io.BytesIO(code.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        if isinstance(message, tuple):
            yield (message[0], message[1])
        elif message:
            yield message


if __name__ == "__main__":
    compile()
