"""Cleaning of Thai text in whole columns, and the skeleton that survives wrong tone marks and vowels."""

import re
from collections.abc import Callable
from itertools import product
from typing import Final

import polars as pl

from prasan.common.text import clean
from prasan.matching.coding import CODES, coded, coded_pattern, coded_word, coded_words
from prasan.matching.vocabulary import ABBREVIATIONS, KINDS_OF_BODY, MOO, NAMED, PLACES, UNITS

# The rows that common.text repairs: anything but plain ASCII and Thai, and Thai marks out of order or twice.
_UNTIDY: Final = coded_pattern(r"  |เเ|ำ[ัิ-ฺ็-๎ำ]|[่-์๎][ัิ-ฺ็-์]|[ัิ-ฺ็]{2}|ํ") + rf"|[^ -~{re.escape(''.join(CODES.values()))}]"
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
_KINDS_OF_BODY: Final = coded_words(KINDS_OF_BODY)
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


_WRITTEN_OUT: Final = _written_out()


FEW: Final = 500  # below this the price is the number of steps, not of the rows


def mended(values: pl.Series, pattern: str, mend: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`values` with `mend` done to those rows only that hold the pattern: few do, and looking is cheap."""
    rows = values.str.contains(pattern).arg_true()
    return values.clone().scatter(rows, mend(values.gather(rows))) if len(rows) else values


def by_distinct(values: pl.Series, make: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """`make` done once for each distinct value: a million lines have some thousand owners and places."""
    if len(values) < FEW:
        return make(values).alias(values.name)
    distinct = values.unique()
    made = pl.DataFrame({"value": distinct, "made": make(distinct)})
    rows = values.alias("value").to_frame().join(made, on="value", how="left", nulls_equal=True, maintain_order="left")
    return rows["made"].alias(values.name)


def _repaired(values: pl.Series) -> pl.Series:
    return pl.Series([clean(text) for text in values.to_list()], dtype=pl.String)


def cleaned(values: pl.Series) -> pl.Series:
    """One coded spelling for text that looks the same: marks, digits, blanks (common.text.clean), lower case."""
    texts = values.cast(pl.String).fill_null("")
    code, controls = coded(texts)
    rows = (code.str.contains(_UNTIDY) | pl.Series(controls)).arg_true()
    if len(rows):
        code = code.clone().scatter(rows, coded(_repaired(texts.gather(rows)))[0])
    return code.str.strip_chars(" ")


def _with_moo_run_on(texts: pl.Series) -> pl.Series:
    return texts.str.replace_all(_MOO_RUN_ON, _MOO_SPELLED).str.replace_all("  ", " ", literal=True)


def _with_places_run_on(texts: pl.Series) -> pl.Series:
    for pattern, words in _PLACE_RUN_ON:
        texts = texts.str.replace_all(pattern, words)
    return texts


def spelled_out(values: pl.Series) -> pl.Series:
    """Cleaned coded text with the abbreviations of plan lines written in full, run-together ones too."""
    texts = mended(cleaned(values), _BROKEN_GLYPH, lambda part: part.str.replace_all(_BROKEN_GLYPH, ""))
    texts = mended(texts, _MOO_RUN_ON, _with_moo_run_on)
    texts = pl.select((pl.lit(" ") + texts + pl.lit(" ")).str.replace_many(_WRITTEN_OUT, leftmost=True)).to_series()
    texts = mended(texts.str.strip_chars(" "), _ONE_LETTER, _with_places_run_on)
    return mended(texts, _WARD, lambda part: part.str.replace_all(_BANGKOK, _IN_BANGKOK)).alias(values.name)


def skeleton(text: pl.Expr) -> pl.Expr:
    """Consonants, leading vowels, Latin letters and digits of coded text: what broken marks leave untouched."""
    return text.str.replace_all(_NO_BONE, "")


def place_keys(values: pl.Series) -> pl.Series:
    """Names of provinces, districts or subdistricts without prefix and blanks, coded; empty when unknown."""
    return by_distinct(values, _place_keys)


def _place_keys(values: pl.Series) -> pl.Series:
    return spelled_out(values).str.strip_chars().str.replace(_PREFIX_OF_PLACE, "").str.replace_all(r"[\s.\-]+", "")


def owner_bones(values: pl.Series) -> pl.Series:
    """Skeletons of owners' names, the kind of body as one letter: "อบต.แม่ใส" and "อบต.แม่กา" share only that."""
    return by_distinct(values, _owner_bones)


def _owner_bones(values: pl.Series) -> pl.Series:
    texts = spelled_out(values).str.replace_all(_PUBLIC_ORGANISATION, "")
    texts = texts.str.replace_many(_KINDS_OF_BODY, leftmost=True)
    return texts.to_frame("owner").select(skeleton(pl.col("owner"))).to_series()
