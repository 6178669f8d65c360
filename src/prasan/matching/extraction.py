"""What a plan line says besides its words: where, which part, how much, which year, what is done to what.

Every reader takes the working text of the step before and hands on the text without what it has read, so that the
"4" of "กว้าง 4 เมตร" is never taken for a soi and "2562" of a highway never for a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from prasan.matching.cleaning import owner_bones, place_keys, skeleton, spelled_out
from prasan.matching.coding import coded_pattern, coded_word
from prasan.matching.letters import Ints
from prasan.matching.texts import (
    Cells,
    Column,
    Lines,
    Table,
    Texts,
    by_distinct,
    column_by_distinct,
    column_of,
    mended,
    texts_of,
)
from prasan.matching.vocabulary import COUNT_UNITS, MATERIALS, MEASURE_UNITS, OBJECTS, WORKS
from prasan.matching.wordlists import WordLists

_SMALL_WORDS: Final = ("and", "of", "the", "for", "to", "in", "on", "by", "with", "at")
_LATIN: Final = r"(?-u:\b)[a-z]{2,6}(?-u:\b)"
_ROMAN: Final = {"iii": "3", "iv": "4", "ii": "2", "vi": "6", "v": "5", "i": "1"}
_DIGITS: Final = dict(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
_DIGIT_LETTERS: Final = str.maketrans(_DIGITS)
# Every number of the line but counts, moo and years; a number that lost its word by a new word order stays comparable.
_WITH_NUMBERS: Final = ("measures", "km", "road_main", "road_rural", "phase", "building", "soi")
PLACE_LEVELS: Final = ("subdistrict", "district", "province")
_PLACE_WORDS: Final = {"subdistrict": "ตำบล", "district": "อำเภอ", "province": "จังหวัด"}
_BEFORE_PLACE: Final = {coded_word(word): level for level, word in _PLACE_WORDS.items()}
_BANGKOK: Final = coded_word("กรุงเทพมหานคร")
_TOWN: Final = coded_word("เมือง")
_END_OF_NAME: Final = r"(?:\s|ตำบล|อำเภอ|จังหวัด|แขวง|เขต|หมู่|ความยาว|พร้อม|\d|[(),]|$)"

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_MOO_WORD: Final = r"(?:หม[ุู่้๊๋]{1,3}\s?(?:ท[ิี่้๊]{1,3})?|ม\.)"  # misspelt marks are common here
_MOO: Final = rf"{_MOO_WORD}\s?\d{{1,2}}(?:\s?(?:,|และ|ถึง|-)\s?{_MOO_WORD}?\s?\d{{1,2}})*"
_KM: Final = r"\d{1,4}\s?\+\s?\d{1,3}(?:\.\d+)?"
_ROAD: Final = r"(?:ทางหลวงชนบท|ทางหลวงหมายเลข|ทางหลวง|หมายเลข|สาย)\s?(?:หมายเลข|สาย)?\s?#?\s?\d{1,4}"
_RURAL_ROAD: Final = r"[ก-ฮ]{2}\.?\s?(?:ถนน|ถ\.?)?\s?\d{0,2}[\s-]?\d{4}"
_PART: Final = "ระยะที่|ระยะ|ช่วงที่|ช่วง|ตอนที่|ตอน|เฟสที่|เฟส|ส่วนที่|สัญญาที่|งวดที่|ชุดที่|รุ่นที่|กลุ่มที่|จุดที่|โครงการที่|โครงการ|phase"
_PHASE: Final = rf"(?:{_PART})\s?(?:\d{{1,3}}|[ivx]{{1,4}})(?-u:\b)"
_BUILDING: Final = r"(?:อาคาร|ตึก|โรง|หลังที่|สนาม|สระ|บ่อ|บ้านเลขที่)[ก-๙]{0,20}?\s?(?:ที่|หมายเลข)?\s?\d{1,4}(?:/\d+(?:-\d+)?)?"
_SOI: Final = r"(?:ซอย|ถนน|ตรอก)[ก-๙]{0,40}?\s?\d{1,3}(?-u:\b)"
_YEAR: Final = r"(?-u:\b)25[4-9]\d(?-u:\b)"
_DATED: Final = r"(?:ปีงบประมาณ|งบประมาณ|ประจำปี|ปี|/)\s?(?:ปี)?\s?25[4-9]\d(?:\s?-\s?25[4-9]\d)?"
# "(โอนงบครั้งที่ 13/2567)", "(เสนอจากคำร้องของประชาชน)" tell where a line came from, not what it is.
_PROVENANCE: Final = r"\((?:โอนงบ|โอนเงิน|ข้อบัญญัติ|เทศบัญญัติ|เสนอ|งบ|องค์การบริหารส่วนจังหวัด)[^()]*\)"
_VILLAGE_WORD: Final = r"บ[่้๊๋][าะ]น"  # misspelt like the moo
_VILLAGE: Final = coded_pattern(rf"(?:{_VILLAGE_WORD}|ชุมชน)[ก-๙]{{2,20}}?{_END_OF_NAME}")
_NOT_A_VILLAGE: Final = coded_pattern(r"(^|\x00)(?:เมือง\x00|(?:เทศบาล|พัก|เลข|เรือน|และ|เช่า|มั่นคง|หนังสือ)[^\x00]*)")
_COUNTED: Final = rf"(?:{_NUMBER})\s?(?:{COUNT_UNITS})"
# What is read from a line, in this order; what one reader took the next does not see.
_PARTS: Final = {
    "moo_said": _MOO,
    "dated": _DATED,
    "km": _KM,
    "road_main": _ROAD,
    "road_rural": _RURAL_ROAD,
    "counts": _COUNTED,
    "measures": rf"(?:{_NUMBER})\s?(?:{MEASURE_UNITS})",
    "years_said": _YEAR,
    "phase": _PHASE,
    "building": _BUILDING,
    "soi": _SOI,
}
_NUMBERED_YEAR: Final = r"25[4-9]\d"
_FISCAL_YEAR: Final = r"25\d\d|260[01]"
_NO_AMOUNT: Final = "[,\\s\u00a0\u2000-\u200b\u202f\u3000]|บาท"  # what may stand in an amount and says nothing
_CODED_PROVENANCE: Final = coded_pattern(_PROVENANCE)
_CODED_PARTS: Final = {name: coded_pattern(pattern) for name, pattern in _PARTS.items()}
_NAMED_PLACES: Final = {
    level: coded_pattern(rf"{word}\s?([ก-๙]{{2,30}}?){_END_OF_NAME}") for level, word in _PLACE_WORDS.items()
}
_NAMED_VILLAGE: Final = coded_pattern(rf"(?:{_VILLAGE_WORD}|ชุมชน)([ก-๙]{{2,20}}?){_END_OF_NAME}?\x00")
_PHASE_KINDS: Final = {
    coded_pattern(rf"{words}\s?(\d|[ivx])"): f"{letter}${{1}}"
    for words, letter in ((r"(?:ระยะ|เฟส|phase)(?:ที่)?", "p"), (r"โครงการ(?:ที่)?", "n"), (r"[ก-๎]+", "s"))
}
_FIRST_WORD: Final = coded_pattern(r"^\s*(?:โครงการ|ค่า|งาน)")
_VOCABULARIES: Final = {"objects": OBJECTS, "works": WORKS, "materials": MATERIALS}
_WORD_LISTS: Final = WordLists(words for vocabulary in _VOCABULARIES.values() for words in vocabulary.values())
SAID: Final = (
    "owner_bones", "moo_mask", "text_years", "objects", "works", "materials", "years", "amount",
    *(f"{level}_{kind}" for level in PLACE_LEVELS for kind in ("key", "given", "bones")),
)  # fmt: skip
"""What pairs of records are compared by, besides LISTS."""
LISTS: Final = ("km", "road", "phase", "building", "soi", "numbers", "latin", "village")


def province_of(frame: pl.DataFrame) -> pl.Series:
    """The province that each record names in its column or else in its text, as a key; empty where none is named."""
    given = place_keys(frame["province"]).series()
    lacking = (given == "").arg_true()
    said = spelled_out(texts_of(frame["name"].gather(lacking))).last_found(_NAMED_PLACES["province"]).series()
    return given.scatter(lacking, said) if len(lacking) else given


def _said_where(given: Texts, text: Texts, named: str) -> Texts:
    """The names given in the column, and where there is none the last one that the text says."""
    lacking = given.rows_of("")
    return given.put(lacking, text.pick(lacking).last_found(named)) if len(lacking) else given


def _places(given: dict[str, Texts], text: Texts) -> dict[str, Texts]:
    """Keys of province, district, subdistrict: the column first, else what the text says."""
    keys = {level: _said_where(given[level], text, _NAMED_PLACES[level]) for level in PLACE_LEVELS}
    towns = keys["district"].rows_of(_TOWN)  # "เมือง" alone: that of its province
    keys["district"] = keys["district"].put(towns, keys["province"].pick(towns).padded(_TOWN, ""))
    return keys


def _without_known_places(text: Texts, keys: dict[str, Texts]) -> Texts:
    """The text less the names of its own places; other places that it mentions stay and tell lines apart."""
    for word, level in _BEFORE_PLACE.items():
        text = text.without_names(word, keys[level])
    text = text.replaced(_CODED_PROVENANCE, " ")
    for key in keys.values():
        capital = key.rows_of(_BANGKOK)
        text = text.put(capital, text.pick(capital).replaced(_BANGKOK, " "))
    return text


def _parts(placeless: Texts) -> dict[str, Texts]:
    """Moo, km, road, measures, phase, building, soi, years; each read once, in this order, and blanked in `rest`.

    Few lines hold any one part, so the dear work is done for those only in which a first look finds it.
    """
    read, rest = {}, placeless
    for name, pattern in _CODED_PARTS.items():
        rows = rest.rows(pattern)
        some, found = rest.pick(rows), rest.blanks()
        if name != "counts":  # "1 แห่ง" says nothing about which work it is
            found = found.put(rows, some.found(pattern))
        rest = rest.put(rows, some.replaced(pattern, " "))
        read[name] = found
        if name == "dated":
            read["undated"] = rest
    return read | {"rest": rest}


def _numbers_in(texts: Texts) -> Cells:
    """The distinct numbers in each text, in order of value as text, without noughts before them."""
    texts = mended(texts, r"\d", lambda some: some.replaced(r"(^|[^\d/.-])0+(\d)", "${1}${2}"))
    return texts.distinct(r"\d+(?:[/.-]\d+)*")


def _marked_phases(texts: Texts) -> Texts:
    """ "ระยะที่ 2|ช่วง ii" -> "p2|s2": a phase, section or project of several, with its number."""
    for words, letter in _PHASE_KINDS.items():
        texts = texts.replaced(words, letter)
    for roman, digit in _ROMAN.items():
        texts = texts.replaced(rf"([pns]){roman}(?-u:\b)", f"${{1}}{digit}")
    return texts


def _villages(found: Texts) -> Cells:
    """ "บ้านหนองบัว |บ้านพักครู " -> "หนองบว": the bones of names that are no house or office."""
    names = found.padded("", "\0").replaced(_NAMED_VILLAGE, "${1}\0").replaced(_NOT_A_VILLAGE, "${1}")
    return skeleton(names).distinct(r"[^\x00]+")


def _lists(text: Texts, placeless: Texts, parts: dict[str, Texts]) -> dict[str, Cells]:
    """LISTS: what a line names, each as sorted lists of distinct entries."""
    with_numbers = (*(parts[name] for name in _WITH_NUMBERS), parts["rest"].found(_NUMBER))
    numbers = with_numbers[0].beside(*with_numbers[1:]).replaced(",", "")
    foreign = text.rows("[a-z]{2}")
    latin = text.blanks().put(foreign, text.pick(foreign))
    return {
        "km": parts["km"].replaced(r"\s", "").distinct(_KM),
        "road": _numbers_in(parts["road_main"].beside(parts["road_rural"])),
        "phase": mended(parts["phase"], ".", _marked_phases).distinct(r"[pns]\d+"),
        "building": _numbers_in(parts["building"]),
        "soi": _numbers_in(parts["soi"]),
        "numbers": column_by_distinct(numbers, lambda said: said.distinct(r"\d+(?:\.\d+)?")),
        "latin": latin.distinct(_LATIN, but=_SMALL_WORDS),
        "village": column_by_distinct(placeless.found(_VILLAGE, "\0"), _villages),
    }


def _moo(given: Cells, said: Texts) -> Ints:
    """Moo numbers as bits (moo 1 is bit 1; numbers above 62 are no moo): the column first, else what the text says."""
    column = western(given)
    rows = column.rows(r"\d")
    return said.put(rows, column.pick(rows)).number_bits(r"\d{1,2}", zero=0, least=1, most=62)


def _spoken_of(text: Texts) -> dict[str, Ints]:
    """What is built or bought, what is done to it and of what, each as the bits of its vocabulary."""
    said, masks = _WORD_LISTS.bits(text.cells()), {}
    for name, vocabulary in _VOCABULARIES.items():
        masks[name] = said & ((1 << len(vocabulary)) - 1)
        said >>= len(vocabulary)
    return masks


def _years(texts: Texts, pattern: str) -> Ints:
    """Buddhist years as bits, 2540 is bit 0; years outside 2540-2601 are left out."""
    return texts.number_bits(pattern, zero=2540, least=2540, most=2601)


@dataclass(frozen=True, slots=True)
class Words:
    """What records say, read once: where (names by level), which part, and the words that are left of the work.

    All texts are coded (coding.py). `placeless` is `text` less the names of the record's own places, `parts` what was
    read out of that (_PARTS), `core` the rest.
    """

    text: Texts
    given: dict[str, Texts]
    keys: dict[str, Texts]
    placeless: Texts
    parts: dict[str, Texts]
    core: Texts

    @classmethod
    def of(cls, frame: Table) -> "Words":
        """Of records with name, province, district and subdistrict."""
        text = spelled_out(texts_of(frame["name"]))
        given = {level: place_keys(frame[level]) for level in PLACE_LEVELS}
        keys = _places(given, text)
        placeless = _without_known_places(text, keys)
        parts = _parts(placeless)
        core = parts["undated"].replaced(_CODED_PARTS["counts"], " ").replaced(_FIRST_WORD, " ", once=True)
        return cls(text, given, keys, placeless, parts, core)

    def key(self, level: str) -> Texts:
        """Names of the places of a level, in plain letters; empty where unknown."""
        return by_distinct(self.keys[level], lambda names: names.decoded())

    def untold(self, level: str) -> Ints:
        """The rows whose column does not name the place of a level."""
        return self.given[level].rows_of("")


def extract(frame: pl.DataFrame) -> pl.DataFrame:
    """Records (id, name, owner, places, amount, year, moo) with columns of what they say (`said`).

    Beside it stand `text`, `placeless` (the text less the names of its own places) and `core_text` (the words that
    are left of the work), coded (coding.py).
    """
    words = Words.of(frame)
    texts = {"text": words.text.cells(), "placeless": words.placeless.cells(), "core_text": words.core.cells()}
    return frame.hstack(columns_of(texts | said(frame, words)))


def columns_of(read: Mapping[str, Cells]) -> list[pl.Series]:
    """What was read of records as columns of polars; LISTS become lists of texts."""
    kinds = dict.fromkeys(LISTS, pl.List(pl.String))
    return [column_of(cells, kinds.get(name)).alias(name) for name, cells in read.items()]


def said(frame: Table, words: Words) -> dict[str, Cells]:
    """What records say (SAID and LISTS), which pairs of them are compared by.

    Lists are sorted and distinct; masks are bit sets; an empty text, list or mask means "not said".
    """
    read: dict[str, Cells] = {"owner_bones": owner_bones(frame["owner"]).cells()}
    read |= _lists(words.text, words.placeless, words.parts)
    for level in PLACE_LEVELS:
        given = np.ones(len(words.text), np.bool_)
        given[words.untold(level)] = False
        bones = by_distinct(words.keys[level], skeleton)
        read |= {f"{level}_key": words.key(level).cells(), f"{level}_bones": bones.cells(), f"{level}_given": given}
    read |= {
        "moo_mask": _moo(frame["moo"], words.parts["moo_said"]),
        "text_years": _years(words.parts["dated"].beside(words.parts["years_said"]), _NUMBERED_YEAR),
        "years": _years(western(frame["fiscal_year"]), _FISCAL_YEAR),
        **_spoken_of(words.text),
    }
    amount = amounts(frame["amount_thb"]).to_numpy()  # not a number where there is none
    read["amount"] = np.where(amount > 0, amount, 0.0)
    return read


def years_unread(values: Cells) -> pl.Series:
    """Where a cell names no Buddhist year; several may stand in one cell."""
    said = western(values)
    return pl.Series(np.isin(np.arange(len(said)), said.rows(_FISCAL_YEAR), invert=True))


def amounts(values: Cells) -> pl.Series:
    """Baht from numbers or text with separators, Thai digits and the word baht; null where there is no number."""
    return western(values).replaced(_NO_AMOUNT, "").series().cast(pl.Float64, strict=False)


def western(values: Cells) -> Texts:
    """Cells as text, Thai digits as Arabic ones."""
    texts = texts_of(values)
    if isinstance(texts, Lines):
        return Lines([text.translate(_DIGIT_LETTERS) for text in texts.values()])
    return Column(texts.series().str.replace_many(_DIGITS))
