"""Thai text inside drawings: made safe for SVG, and measured without a font."""

import html
import re
import unicodedata

FONT_FAMILY = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', 'Leelawadee UI', Thonburi, Tahoma, sans-serif"
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def sara_am_apart(text: str) -> str:
    """Take ำ apart for drawing: nikhahit, tone, sara aa.

    Several renderers (typst among them) draw what follows ำ over it, and its nikhahit on the wrong side of a
    tone mark; taken apart it is drawn right everywhere.
    """
    return _SARA_AM.sub("\u0e4d\\1\u0e32", text)


def svg_text(text: str) -> str:
    """Escape text for SVG, without control characters, and with ำ taken apart."""
    return plain_text(sara_am_apart(text))


def plain_text(text: str) -> str:
    """Text made safe for XML that is read, not drawn: escaped, without control characters, letters as typed."""
    return html.escape(_UNPRINTABLE.sub("", text))


def text_width(text: str, size: float) -> float:
    """Say about how wide a text will be, in the unit of `size`: marks above and below take no room."""
    return size * sum(_glyph_width(character) for character in text)


def _glyph_width(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Cf"):
        return 0.0
    if "\u0e00" <= character <= "\u0e7f":
        return 0.59
    if character in " .,:;|/()":
        return 0.32
    return 0.66 if character.isupper() else 0.56
