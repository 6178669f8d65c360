"""Cleaning of Thai text in whole columns, and the skeleton that survives wrong tone marks and vowels."""

from typing import Final

import polars as pl

from prasan.common.text import clean, expand_abbreviations, to_arabic_digits
from prasan.matching.vocabulary import ABBREVIATIONS, KINDS_OF_BODY

# What common.text leaves, because it cannot be told from other words there: in a plan line it can.
_LONGEST_FIRST: Final = dict(sorted(ABBREVIATIONS.items(), key=lambda entry: -len(entry[0])))
_PLACE_PREFIXES: Final = (("ต", "ตำบล"), ("อ", "อำเภอ"), ("จ", "จังหวัด"))
_BROKEN_GLYPH: Final = r"\(cid:\d+\)"  # what PDF readers leave of a mark whose glyph has no name
# Bangkok's own words, only together: แขวง alone may be a highway office, เขต alone any zone.
_BANGKOK: Final = r"แขวง\s?([ก-๙]{2,25}?)\s?เขต\s?"
# "โรงเรียนพัฒนานิคมม.3", "หมายเลข3510ม.11": a moo, though what stands before it reads like a unit.
_MOO_RUN_ON: Final = r"([^กตซร.])ม\.\s?(\d)"
_PREFIX_OF_PLACE: Final = r"^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด)\s*"


def cleaned(values: pl.Series) -> pl.Series:
    """One spelling for text that looks the same: marks, digits, spaces (common.text.clean), lower case."""
    texts = values.cast(pl.String).fill_null("").to_list()
    return pl.Series(values.name, [to_arabic_digits(clean(text)).lower() for text in texts], dtype=pl.String)


def spelled_out(values: pl.Series) -> pl.Series:
    """Cleaned text with the abbreviations of plan lines written in full, run-together ones too."""
    texts = cleaned(values).str.replace_all(_BROKEN_GLYPH, "").str.replace_all(_MOO_RUN_ON, "${1} หมู่ที่ ${2}")
    texts = pl.Series(values.name, [expand_abbreviations(text) for text in texts], dtype=pl.String)
    texts = texts.str.replace_many(_LONGEST_FIRST, leftmost=True)
    for letter, word in _PLACE_PREFIXES:
        texts = texts.str.replace_all(rf"{letter}\.\s?([ก-ฮเแโใไ])", f"{word}${{1}}")
    return texts.str.replace_all(_BANGKOK, "ตำบล${1} อำเภอ")


def skeleton(text: pl.Expr) -> pl.Expr:
    """Consonants, leading vowels, Latin letters and digits only: what broken marks leave untouched."""
    return text.str.replace_all(r"[ะ-ฺๅ็-๎\s\p{P}\p{S}]", "")


def place_keys(values: pl.Series) -> pl.Series:
    """Names of provinces, districts or subdistricts without prefix and blanks; empty when unknown."""
    return spelled_out(values).str.strip_chars().str.replace(_PREFIX_OF_PLACE, "").str.replace_all(r"[\s.\-]+", "")


def owner_bones(values: pl.Series) -> pl.Series:
    """Skeletons of owners' names, the kind of body as one letter: "อบต.แม่ใส" and "อบต.แม่กา" share only that."""
    texts = spelled_out(values).str.replace_all(r"\(องค์การมหาชน\)", "")
    texts = texts.str.replace_many(KINDS_OF_BODY, leftmost=True)
    return texts.to_frame("owner").select(skeleton(pl.col("owner"))).to_series()
