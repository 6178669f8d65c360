"""What a plan line says besides its words: where, which part, how much, which year, what is done to what.

Every reader takes the working text of the step before and hands on the text without what it has read, so that the
"4" of "กว้าง 4 เมตร" is never taken for a soi and "2562" of a highway never for a year.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from prasan.matching.cleaning import FEW, by_distinct, mended, owner_bones, place_keys, skeleton, spelled_out
from prasan.matching.coding import coded_pattern, coded_word, decoded
from prasan.matching.vocabulary import COUNT_UNITS, MATERIALS, MEASURE_UNITS, OBJECTS, WORKS

_SMALL_WORDS: Final = ["and", "of", "the", "for", "to", "in", "on", "by", "with", "at"]
_LATIN: Final = r"(?-u:\b)[a-z]{2,6}(?-u:\b)"
_ROMAN: Final = {"iii": "3", "iv": "4", "ii": "2", "vi": "6", "v": "5", "i": "1"}
_DIGITS: Final = dict(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
# Every number of the line but counts, moo and years; a number that lost its word by a new word order stays comparable.
_WITH_NUMBERS: Final = ("measures", "km", "road_main", "road_rural", "phase", "building", "soi")
PLACE_LEVELS: Final = ("subdistrict", "district", "province")
_PLACE_WORDS: Final = {"subdistrict": "ตำบล", "district": "อำเภอ", "province": "จังหวัด"}
_BEFORE_PLACE: Final = {coded_word(word): level for level, word in _PLACE_WORDS.items()}
_BANGKOK: Final = coded_word("กรุงเทพมหานคร")
_TOWN: Final = coded_word("เมือง")
_NOWHERE: Final = "\0"  # stands in no cleaned text
_END_OF_NAME: Final = r"(?:\s|ตำบล|อำเภอ|จังหวัด|แขวง|เขต|หมู่|ความยาว|พร้อม|\d|[(),]|$)"

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_MOO_WORD: Final = r"(?:หม[ุู่้๊๋]{1,3}\s?(?:ท[ิี่้๊]{1,3})?|ม\.)"  # misspelt marks are common here
_MOO: Final = rf"{_MOO_WORD}\s?\d{{1,2}}(?:\s?(?:,|และ|ถึง|-)\s?{_MOO_WORD}?\s?\d{{1,2}})*"
_KM: Final = r"\d{1,4}\s?\+\s?\d{1,3}(?:\.\d+)?"
_ROAD: Final = r"(?:ทางหลวงชนบท|ทางหลวงหมายเลข|ทางหลวง|หมายเลข|สาย)\s?(?:หมายเลข|สาย)?\s?#?\s?\d{1,4}"
_RURAL_ROAD: Final = r"[ก-ฮ]{2}\.?\s?(?:ถนน|ถ\.?)?\s?\d{0,2}[\s-]?\d{4}"
_PHASE: Final = (
    r"(?:ระยะที่|ระยะ|ช่วงที่|ช่วง|ตอนที่|ตอน|เฟสที่|เฟส|ส่วนที่|สัญญาที่|งวดที่|โครงการที่|โครงการ|phase)\s?(?:\d{1,3}|[ivx]{1,4})(?-u:\b)"
)
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
READ: Final = (
    "id", "owner_bones", "moo_mask", "text_years", "objects", "works", "materials", "years", "amount",
    *(f"{level}_{kind}" for level in PLACE_LEVELS for kind in ("key", "given", "bones")),
)  # fmt: skip
"""Columns, besides LISTS, that pairs of records are compared by."""
LISTS: Final = ("km", "road", "phase", "building", "soi", "numbers", "latin", "village")


def _distinct(joined: pl.Series, pattern: str, but: Sequence[str] = ()) -> pl.Series:
    """What of the pattern stands in each text, as a sorted list of distinct entries; most lines have none."""
    if len(joined) < FEW:
        entries = [sorted(set(found).difference(but)) for found in joined.str.extract_all(pattern).to_list()]
        return pl.Series(joined.name, entries, dtype=pl.List(pl.String))
    found = pl.DataFrame({"row": pl.int_range(len(joined), eager=True), "list": joined}).filter(joined != "")
    found = found.with_columns(pl.col("list").str.extract_all(pattern))
    if but:
        found = found.with_columns(pl.col("list").list.set_difference(pl.lit(but)))
    several = found.filter(pl.col("list").list.len() > 1).explode("list").unique().sort("row", "list")
    several = several.group_by("row", maintain_order=True).agg("list")
    single = found.filter(pl.col("list").list.len() == 1)
    rows = pl.DataFrame({"row": pl.int_range(len(joined), eager=True)})
    lists = rows.join(pl.concat([single, several]), on="row", how="left", maintain_order="left")["list"]
    return lists.fill_null(pl.lit([], pl.List(pl.String)))


def _numbers_in(joined: pl.Series) -> pl.Series:
    """Text pieces joined by "|" -> list of the distinct numbers in them, in order of value as text."""
    joined = mended(joined, r"\d", lambda some: some.str.replace_all(r"(^|[^\d/.-])0+(\d)", "${1}${2}"))
    return _distinct(joined, r"\d+(?:[/.-]\d+)*")


def _mask_of(vocabulary: dict[str, str], text: pl.Expr) -> pl.Expr:
    words = map(coded_pattern, vocabulary.values())
    return pl.sum_horizontal(text.str.contains(word).cast(pl.Int64) * (1 << bit) for bit, word in enumerate(words))


def _moo_mask(text: pl.Expr) -> pl.Expr:
    """Text holding moo numbers -> bit mask (moo 1 is bit 1; numbers above 62 are no moo)."""
    numbers = text.str.extract_all(r"\d{1,2}").list.eval(pl.element().cast(pl.Int64))
    bits = numbers.list.unique().list.eval(
        pl.when(pl.element().is_between(1, 62)).then(pl.lit(2, pl.Int64).pow(pl.element())).otherwise(0).cast(pl.Int64)
    )
    return bits.list.sum().fill_null(0)


def _years_mask(years: pl.Expr) -> pl.Expr:
    """List of Buddhist years as text -> bit mask, 2540 is bit 0; years outside 2540-2601 are left out."""
    offsets = years.list.eval(pl.element().cast(pl.Int64) - 2540)
    bits = offsets.list.unique().list.eval(
        pl.when(pl.element().is_between(0, 61)).then(pl.lit(2, pl.Int64).pow(pl.element())).otherwise(0).cast(pl.Int64)
    )
    return bits.list.sum().fill_null(0)


def province_of(frame: pl.DataFrame) -> pl.Series:
    """The province that each record names in its column or else in its text, as a key; empty where none is named."""
    given = place_keys(frame["province"])
    lacking = (given == "").arg_true()
    said = _said_where(spelled_out(frame["name"].gather(lacking)), given.gather(lacking), _NAMED_PLACES["province"])
    return given.clone().scatter(lacking, said) if len(lacking) else given


def _with_places(frame: pl.DataFrame) -> pl.DataFrame:
    """Province, district, subdistrict keys: the column first, else what the text says (and which of the two)."""
    columns = []
    for level in PLACE_LEVELS:
        given = place_keys(frame[level])
        columns += [_said_where(frame["text"], given, _NAMED_PLACES[level]).alias(f"{level}_key")]
        columns += [(given != "").alias(f"{level}_given")]
    frame = frame.with_columns(columns)
    bare_town = (pl.col("district_key") == _TOWN) & (pl.col("province_key") != "")
    town = pl.concat_str(pl.lit(_TOWN), "province_key")
    frame = frame.with_columns(pl.when(bare_town).then(town).otherwise("district_key").alias("district_key"))
    return frame.with_columns(
        by_distinct(frame[f"{level}_key"], _bones).alias(f"{level}_bones") for level in PLACE_LEVELS
    )


def _bones(values: pl.Series) -> pl.Series:
    return values.to_frame("name").select(skeleton(pl.col("name"))).to_series()


def _said_where(text: pl.Series, given: pl.Series, named: str) -> pl.Series:
    """The names given in the column, and where there is none the last one that the text says."""
    rows = (given == "").arg_true()
    said = text.gather(rows).str.extract_all(named).list.last().str.extract(named, 1).fill_null("")
    return given.clone().scatter(rows, said) if len(rows) else given


def _without_known_places(frame: pl.DataFrame) -> pl.DataFrame:
    """The text less the names of its own places; other places that it mentions stay and tell lines apart."""
    text = pl.col("text")
    for word, level in _BEFORE_PLACE.items():
        key = pl.col(f"{level}_key")
        named = pl.when(key != "").then(pl.concat_str(pl.lit(word), key)).otherwise(pl.lit(_NOWHERE))
        text = text.str.split(named).list.join(" ")
    bangkok = pl.any_horizontal(*(pl.col(f"{level}_key") == _BANGKOK for level in PLACE_LEVELS))
    text = text.str.replace_all(coded_pattern(_PROVENANCE), " ")
    return frame.with_columns(
        pl.when(bangkok).then(text.str.replace_all(_BANGKOK, " ", literal=True)).otherwise(text).alias("placeless")
    )


def _take(read: dict[str, pl.Series], name: str, pattern: str) -> None:
    """Read all matches of `pattern` from the working text `rest` into `name` (joined by "|"), and blank them there.

    Few lines hold any one part, so the dear work is done for those only in which a first look finds it.
    """
    rest = read["rest"]
    rows = rest.str.contains(pattern).arg_true()
    found = pl.repeat("", len(rest), dtype=pl.String, eager=True)
    if len(rows):
        some = rest.gather(rows)
        if name != "counts":  # "1 แห่ง" says nothing about which work it is
            found = found.scatter(rows, some.str.extract_all(pattern).list.join("|"))
        read["rest"] = rest.clone().scatter(rows, some.str.replace_all(pattern, " "))
    read[name] = found


def _with_parts(frame: pl.DataFrame) -> pl.DataFrame:
    """Moo, km, road, measures, phase, building, soi, years, other numbers; each read once, in this order."""
    read = {"rest": frame["placeless"]}
    for name, pattern in _CODED_PARTS.items():
        _take(read, name, pattern)
        if name == "dated":
            read["core_text"] = read["rest"]
    return _distinct_parts(frame.with_columns(**read))


def _distinct_parts(frame: pl.DataFrame) -> pl.DataFrame:
    """What was read, as sorted lists of distinct entries and as masks."""
    given_moo = _western(pl.col("moo"))
    joined = frame.select(
        km=pl.col("km").str.replace_all(r"\s", ""),
        road=pl.concat_str("road_main", "road_rural", separator="|").str.strip_chars("|"),
        numbers=pl.concat_str(*_WITH_NUMBERS, pl.col("rest").str.extract_all(_NUMBER).list.join("|"), separator="|")
        .str.strip_chars("|")
        .str.replace_all(",", "", literal=True),
        latin=pl.when(pl.col("text").str.contains("[a-z]{2}")).then("text").otherwise(pl.lit("")),
        dated=pl.concat_str("dated", "years_said", separator="|"),
    )
    return frame.with_columns(
        _moo_mask(pl.when(given_moo.str.contains(r"\d")).then(given_moo).otherwise("moo_said")).alias("moo_mask"),
        _distinct(joined["km"], _KM).alias("km"),
        _numbers_in(joined["road"]).alias("road"),
        *(_numbers_in(frame[part]).alias(part) for part in ("building", "soi")),
        _distinct(_phases(frame["phase"]), r"[pns]\d+").alias("phase"),
        joined.select(_years_mask(pl.col("dated").str.extract_all(r"25[4-9]\d")).alias("text_years")).to_series(),
        _distinct(joined["numbers"], r"\d+(?:\.\d+)?").alias("numbers"),
        _distinct(joined["latin"], _LATIN, but=_SMALL_WORDS).alias("latin"),
    )


def _phases(joined: pl.Series) -> pl.Series:
    """ "ระยะที่ 2|ช่วง ii" -> "p2|s2": a phase, section or project of several, with its number."""
    return mended(joined, ".", _marked_phases)


def _marked_phases(joined: pl.Series) -> pl.Series:
    for words, letter in _PHASE_KINDS.items():
        joined = joined.str.replace_all(words, letter)
    for roman, digit in _ROMAN.items():
        joined = joined.str.replace_all(rf"([pns]){roman}(?-u:\b)", f"${{1}}{digit}")
    return joined


def _with_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Villages, masks of object, work and material, and the two texts whose skeletons are compared."""
    core = pl.col("core_text").str.replace_all(_CODED_PARTS["counts"], " ").str.replace(_FIRST_WORD, " ")
    villages = mended(frame["placeless"].str.extract_all(_VILLAGE).list.join("\0"), ".", _villages)
    return frame.with_columns(
        _distinct(villages, r"[^\x00]+").alias("village"),
        _mask_of(OBJECTS, pl.col("text")).alias("objects"),
        _mask_of(WORKS, pl.col("text")).alias("works"),
        _mask_of(MATERIALS, pl.col("text")).alias("materials"),
        core.alias("core_text"),
    )


def _villages(found: pl.Series) -> pl.Series:
    """ "บ้านหนองบัว |บ้านพักครู " -> "หนองบว": the bones of names that are no house or office."""
    names = (found + "\0").str.replace_all(_NAMED_VILLAGE, "${1}\0").str.replace_all(_NOT_A_VILLAGE, "${1}")
    return _bones(names)


def extract(frame: pl.DataFrame) -> pl.DataFrame:
    """Add to records (id, name, owner, places, amount, year, moo) every column that pairs are compared by.

    Lists are sorted and distinct; masks are bit sets; an empty text, list or mask means "not said". The columns `text`
    and `placeless` (the text less the names of its own places) are coded (coding.py).
    """
    frame = frame.with_columns(
        spelled_out(frame["name"]).alias("text"), owner_bones(frame["owner"]).alias("owner_bones")
    )
    frame = _with_words(_with_parts(_without_known_places(_with_places(frame))))
    return frame.with_columns(
        *(by_distinct(frame[f"{level}_key"], decoded) for level in PLACE_LEVELS),
        _years_mask(year_texts(pl.col("fiscal_year"))).alias("years"),
        amounts(pl.col("amount_thb")).fill_null(0).fill_nan(0).clip(lower_bound=0).alias("amount"),
    )


def year_texts(years: pl.Expr) -> pl.Expr:
    """The Buddhist years that a cell names, as a list of text; several may stand in one cell."""
    return _western(years).str.extract_all(r"25\d\d|260[01]")


def amounts(values: pl.Expr) -> pl.Expr:
    """Baht from numbers or text with separators, Thai digits and the word baht; null where there is no number."""
    return _western(values).str.replace_all(r"[,\s]|บาท", "").cast(pl.Float64, strict=False)


def _western(values: pl.Expr) -> pl.Expr:
    return values.cast(pl.String).fill_null("").str.replace_many(_DIGITS)
