"""Cleaning of Thai text in whole columns, and the skeleton that survives wrong tone marks and vowels."""

import re
from itertools import product
from typing import Final

import polars as pl

from prasan.common.text import clean
from prasan.matching.coding import CODES, coded, coded_line, coded_pattern, coded_word, coded_words
from prasan.matching.texts import Cells, Column, Lines, Spellings, Texts, by_distinct, mended, texts_of
from prasan.matching.vocabulary import ABBREVIATIONS, KINDS_OF_BODY, MOO, NAMED, PLACES, UNITS

# The rows that common.text repairs: anything but plain ASCII and Thai, and Thai marks out of order or twice.
_UNTIDY: Final = coded_pattern(r"  |เเ|ำ[ัิ-ฺ็-๎ำ]|[่-์๎][ัิ-ฺ็-์]|[ัิ-ฺ็]{2}|ํ") + rf"|[^ -~{re.escape(''.join(CODES.values()))}]"
_UNTIDY_LINE: Final = re.compile(_UNTIDY)
_BROKEN_GLYPH: Final = r"\(cid:\d+\)"  # what PDF readers leave of a mark whose glyph has no name
# Bangkok's own words, only together: แขวง alone may be a highway office, เขต alone any zone.
_WARD: Final = coded_pattern("แขวง")
_BANGKOK: Final = coded_pattern(r"แขวง\s?([ก-๙]{2,25}?)\s?เขต\s?")
_IN_BANGKOK: Final = coded_word("ตำบล") + "${1} " + coded_word("อำเภอ")
# "โรงเรียนพัฒนานิคมม.3", "หมายเลข3510ม.11": a moo, though what stands before it reads like a unit.
_MOO_RUN_ON: Final = coded_pattern(r"([^กตซร.])ม\.\s?(\d)")
_MOO_SPELLED: Final = f"${{1}} {coded_word('หมู่ที่')} ${{2}}"
_ONE_LETTER: Final = coded_pattern(r"[ตอจ]\.")
_NO_BONE: Final = coded_pattern(r"[ะ-ฺๅ็-๎ฯๆ\s#$%()+,\-./:_|]")
_PUBLIC_ORGANISATION: Final = coded_pattern(r"\(องค์การมหาชน\)")
_KINDS_OF_BODY: Final = Spellings(coded_words(KINDS_OF_BODY))
_PREFIX_OF_PLACE: Final = coded_pattern(r"^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด)\s*")
_PLACE_RUN_ON: Final = tuple(
    (coded_pattern(rf"{letter}\.\s?([ก-ฮเแโใไ])"), coded_word(word) + "${1}") for letter, word in PLACES.items()
)


def _written_out() -> dict[str, str]:
    """Every spelling of an abbreviation with what stands round it, longest first: one pass replaces them all.

    A unit needs its number, "ม." before a number is a moo, and a single letter with a full stop needs a blank, a
    bracket or a figure before it: "ถ." ends no word then. That is what `prasan.common.text` decides with
    regular expressions that look around, at thirty times the price.
    """
    found = dict(ABBREVIATIONS)
    for (short, word), digit, blank in product(UNITS.items(), "0123456789", ("", " ")):
        found[f"{digit}{blank}{short}."] = f"{digit}{blank}{word}"
        found |= {f"{digit}{blank}{short}{end}": f"{digit}{blank}{word}{end}" for end in " ,)("}
    for before, (short, word), blank in product(" ()/,-", (PLACES | NAMED).items(), ("", " ")):
        found[f"{before}{short}.{blank}"] = f"{before}{word}"
    for short, digit in product(MOO, "0123456789"):
        found[f"{short}{digit}"] = f"{short[0].strip('หม')}หมู่ที่ {digit}"
    return coded_words(dict(sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0]))))


_WRITTEN_OUT: Final = Spellings(_written_out())


def cleaned(texts: Texts) -> Texts:
    """One coded spelling for text that looks the same: marks, digits, blanks (common.text.clean), lower case."""
    if isinstance(texts, Lines):
        return Lines([_cleaned_line(text) for text in texts.values()])
    code, controls = coded(texts.series())
    rows = (code.str.contains(_UNTIDY) | pl.Series(controls)).arg_true()
    if len(rows):
        repaired = pl.Series([clean(text) for text in texts.series().gather(rows).to_list()], dtype=pl.String)
        code = code.clone().scatter(rows, coded(repaired)[0])
    return Column(code).stripped()


def _cleaned_line(text: str) -> str:
    code, controls = coded_line(text)
    if controls or _UNTIDY_LINE.search(code):
        code, _ = coded_line(clean(text))
    return code.strip(" ")


def _with_moo_run_on(texts: Texts) -> Texts:
    return texts.replaced(_MOO_RUN_ON, _MOO_SPELLED).replaced("  ", " ")


def _with_places_run_on(texts: Texts) -> Texts:
    for pattern, words in _PLACE_RUN_ON:
        texts = texts.replaced(pattern, words)
    return texts


def spelled_out(texts: Texts) -> Texts:
    """Cleaned coded text with the abbreviations of plan lines written in full, run-together ones too."""
    texts = mended(cleaned(texts), _BROKEN_GLYPH, lambda part: part.replaced(_BROKEN_GLYPH, ""))
    texts = mended(texts, _MOO_RUN_ON, _with_moo_run_on)
    texts = texts.padded(" ", " ").spelled(_WRITTEN_OUT).stripped()
    texts = mended(texts, _ONE_LETTER, _with_places_run_on)
    return mended(texts, _WARD, lambda part: part.replaced(_BANGKOK, _IN_BANGKOK))


def skeleton(texts: Texts) -> Texts:
    """Consonants, leading vowels, Latin letters and digits of coded text: what broken marks leave untouched."""
    return texts.replaced(_NO_BONE, "")


def place_keys(values: Cells) -> Texts:
    """Names of provinces, districts or subdistricts without prefix and blanks, coded; empty when unknown."""
    return by_distinct(texts_of(values), _place_keys)


def _place_keys(names: Texts) -> Texts:
    return spelled_out(names).replaced(_PREFIX_OF_PLACE, "", once=True).replaced(r"[\s.\-]+", "")


def owner_bones(values: Cells) -> Texts:
    """Skeletons of owners' names, the kind of body as one letter: "อบต.แม่ใส" and "อบต.แม่กา" share only that."""
    return by_distinct(texts_of(values), _owner_bones)


def _owner_bones(names: Texts) -> Texts:
    return skeleton(spelled_out(names).replaced(_PUBLIC_ORGANISATION, "").spelled(_KINDS_OF_BODY))
