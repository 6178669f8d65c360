"""The plan book as PDF, set by typst; the same book gives the same bytes."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from prasan.common.svg import sara_am_apart
from prasan.publishing.paper.book import Book
from prasan.publishing.paper.fonts import font_dir
from prasan.publishing.paper.packing import packed
from prasan.publishing.wording import prose_digits

_words_drawn = re.compile(r"(?<=>)[^<>]+(?=</(?:text|tspan)>)")
_TEMPLATE = Path(__file__).with_name("book.typ")


def in_thai_digits(svg: str) -> str:
    """Write the numbers of a drawing as the book writes its own; the name of a licence stays as it is."""
    return _words_drawn.sub(lambda found: found[0] if "CC BY" in found[0] else prose_digits(found[0]), svg)


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _compiler(book: Book, made_on: dt.date, drawings: Mapping[str, str]) -> typst.Compiler:
    text = json.dumps({**asdict(book), "made": [made_on.year, made_on.month, made_on.day]}, ensure_ascii=False)
    inputs = {"book": text, **{name: sara_am_apart(svg) for name, svg in drawings.items()}}
    return typst.Compiler(_TEMPLATE, font_paths=_fonts(font_dir()), sys_inputs=inputs)


def book_pdf(book: Book, *, made_on: dt.date, drawings: Mapping[str, str]) -> bytes:
    """Set the book; `drawings` are the SVGs its sections name. Raises `UnableToFindFonts`."""
    midnight = dt.datetime(made_on.year, made_on.month, made_on.day, tzinfo=dt.UTC)
    made = _compiler(book, made_on, drawings).compile(format="pdf", timestamp=midnight)
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one book")
    return packed(made)


def book_pages(book: Book, *, made_on: dt.date, drawings: Mapping[str, str]) -> list[int]:
    """Give the page of each entry of the contents, in order."""
    found = _compiler(book, made_on, drawings).query("<entry>", field="value")
    return [int(page) for page in json.loads(found)]


def drawing_png(svg: str, *, ppi: float = 200) -> bytes:
    """Turn an SVG into a PNG with the book's own letters, for papers that cannot hold an SVG."""
    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    compiler = typst.Compiler(page.encode(), font_paths=_fonts(font_dir()))
    made = compiler.compile(format="png", ppi=ppi, sys_inputs={"svg": sara_am_apart(svg)})
    if not isinstance(made, bytes):
        raise TypeError("typst gave several files for one drawing")
    return made
