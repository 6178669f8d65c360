"""Thai text: cleaning what people type, digits, abbreviations, and the keys it is searched and sorted by."""

import re
import unicodedata
from functools import lru_cache

from prasan.common import abbreviations

_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_THANTHAKHAT, _NIKHAHIT, _YAMAKKAN = "\u0e4c", "\u0e4d", "\u0e4e"
_VOWEL_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47"
_SARA_AA, _SARA_AM, _SARA_E, _SARA_AE = "\u0e32", "\u0e33", "\u0e40", "\u0e41"
_MARKS = _VOWEL_MARKS + _TONES + _THANTHAKHAT + _NIKHAHIT + _YAMAKKAN + _SARA_AM

# White space among the controls (tab, line ends, separators) is kept here: it becomes one space later.
_INVISIBLE = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_invisible = re.compile(f"[{_INVISIBLE}]")
_mark_run = re.compile(f"[{_MARKS}]*{_NIKHAHIT}[{_MARKS}]*{_SARA_AA}[{_MARKS}]*|[{_MARKS}]{{2,}}")
_dirty = re.compile(
    rf"[{_INVISIBLE}{_NIKHAHIT}]|[^\S ]|  |{_SARA_E}{_SARA_E}|{_SARA_AM}[{_MARKS}]"
    rf"|[{_TONES}{_THANTHAKHAT}{_YAMAKKAN}][{_VOWEL_MARKS}{_TONES}{_THANTHAKHAT}]"
    rf"|[{_VOWEL_MARKS}]{{2}}"
)
_MARK_RANK = dict.fromkeys(_VOWEL_MARKS, 1) | dict.fromkeys(_TONES, 3)
_MARK_RANK |= {"\u0e3a": 0, _NIKHAHIT: 2, _THANTHAKHAT: 4, _YAMAKKAN: 5}

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def clean(text: str) -> str:
    """Give the text as it was meant: NFC, Thai marks in order and once, no invisible characters.

    Nikhahit + sara aa (tone before, between or after) becomes sara am; a tone typed before its vowel goes
    behind it; a mark typed twice stands once; two sara e become sara ae; any run of white space, line ends
    and no-break spaces among them, becomes one space; ends are trimmed. Cleaning twice changes nothing more.
    Text that needs nothing comes back as it is.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _clean(text)


@lru_cache(maxsize=65536)
def _clean(text: str) -> str:
    if not _dirty.search(text) and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")
    # Putting marks in order can bring two of a kind together (a foreign accent between them): until nothing moves.
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    visible = unicodedata.normalize("NFC", _invisible.sub("", text))
    ordered = _mark_run.sub(lambda run: _in_order(run.group()), visible)
    ordered = ordered.replace(_SARA_E + _SARA_E, _SARA_AE)
    return " ".join(unicodedata.normalize("NFC", ordered).split())


def _composed(run: str) -> str:
    """Give a run of marks with its sara am in one piece, nothing else moved."""
    if _SARA_AA not in run and _SARA_AM not in run:
        return run
    return run.translate({ord(_NIKHAHIT): None, ord(_SARA_AA): None, ord(_SARA_AM): None}) + _SARA_AM


def _in_order(run: str) -> str:
    """Give a run of marks in the one right order, each mark once; sara am always ends it."""
    run = _composed(run)
    tail = _SARA_AM if run[-1] == _SARA_AM else ""
    marks = dict.fromkeys(run.removesuffix(_SARA_AM))
    return "".join(sorted(marks, key=_MARK_RANK.__getitem__)) + tail


def marks_repaired(text: str) -> bool:
    """Say whether `clean` had to repair Thai marks: their order, a repetition, or two sara e for one sara ae.

    Composing sara am, spaces and invisible characters do not count: they are never the writer's mistake.
    """
    if not _dirty.search(text):
        return False
    visible = _invisible.sub("", text)
    if _SARA_E + _SARA_E in visible:
        return True
    return any(_composed(run) != _in_order(run) for run in _mark_run.findall(visible))


def to_arabic_digits(text: str) -> str:
    """Write Thai digits as 0-9; everything else stays."""
    return text if text.isascii() else text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """Write 0-9 as Thai digits; everything else stays."""
    return text.translate(_TO_THAI)


class _KeptInSearch(dict[int, str | None]):
    """Which characters a search key keeps: letters, marks and digits; decided once for each character."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept = character if unicodedata.category(character)[0] in "LMN" else None
        self[code] = kept
        return kept


_kept_in_search = _KeptInSearch()


@lru_cache(maxsize=65536)
def search_key(text: str) -> str:
    """Give the form two spellings of one thing share: clean, Arabic digits, lower case, no dots, spaces, signs."""
    return clean(to_arabic_digits(clean(text)).lower().translate(_kept_in_search))


@lru_cache(maxsize=65536)
def expand_abbreviations(text: str) -> str:
    """Write abbreviations out: “ถนน คสล. ม.4 ต.แม่ใส” gives “ถนน คอนกรีตเสริมเหล็ก หมู่ที่ 4 ตำบลแม่ใส”.

    “ม.” is หมู่ที่ before a number and เมตร after one. An abbreviation that could be something else stays.
    """
    return abbreviations.expand(clean(text))


_leading_vowel = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
# Marks that decide only between words equal in all letters, in the order of the dictionary.
_SECOND_LEVEL = dict(zip("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e", "3456789:", strict=True))
_UNSORTED = frozenset("ฯๆ")  # signs of the sentence, not of the word


@lru_cache(maxsize=65536)
def sort_key(text: str) -> str:
    """Give a key whose plain order is the Thai dictionary's, the same as PostgreSQL's `th-x-icu`.

    Vowels written before their consonant (เ แ โ ใ ไ) count after it; tone marks and ็ ์ count last; spaces
    and signs do not count; Thai stands before Latin. The key holds no secret: store it beside the name.
    """
    letters = _leading_vowel.sub(r"\2\1", to_arabic_digits(clean(text)).lower())
    first: list[str] = []
    second: list[str] = []
    for character in letters:
        if weight := _SECOND_LEVEL.get(character):
            second.append(weight)
        elif character not in _UNSORTED and _kept_in_search[ord(character)]:
            first.append(_first_weight(character))
            second.append("2")
    return "".join(first) + "\x01" + "".join(second).rstrip("2")


def _first_weight(character: str) -> str:
    if character == _SARA_AM:
        return "\u0e32\u0e4d"
    if "\u0e01" <= character <= "\u0e5b" or character.isdigit():
        return character
    return "\u0e5f" + character
