"""What a plan line says besides its words: where, which part, how much, which year, what is done to what.

Every reader takes the working text of the step before and hands on the text without what it has read, so that the
"4" of "กว้าง 4 เมตร" is never taken for a soi and "2562" of a highway never for a year.
"""

import re
from typing import Final

import polars as pl

from prasan.matching.cleaning import owner_bones, place_keys, skeleton, spelled_out
from prasan.matching.vocabulary import COUNT_UNITS, MATERIALS, MEASURE_UNITS, OBJECTS, WORKS

_SMALL_WORDS: Final = ["and", "of", "the", "for", "to", "in", "on", "by", "with", "at"]
_ROMAN: Final = {"iii": "3", "iv": "4", "ii": "2", "vi": "6", "v": "5", "i": "1"}
_DIGITS: Final = dict(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
# Every number of the line but counts, moo and years; a number that lost its word by a new word order stays comparable.
_WITH_NUMBERS: Final = ("measures", "km", "road_main", "road_rural", "phase", "building", "soi")
PLACE_LEVELS: Final = ("subdistrict", "district", "province")
_PLACE_WORDS: Final = {"subdistrict": "ตำบล", "district": "อำเภอ", "province": "จังหวัด"}
_END_OF_NAME: Final = r"(?:\s|ตำบล|อำเภอ|จังหวัด|แขวง|เขต|หมู่|ความยาว|พร้อม|\d|[(),]|$)"

_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"
_MOO_WORD: Final = r"(?:หม[ุู่้๊๋]{1,3}\s?(?:ท[ิี่้๊]{1,3})?|ม\.)"  # misspelt marks are common here
_MOO: Final = rf"{_MOO_WORD}\s?\d{{1,2}}(?:\s?(?:,|และ|ถึง|-)\s?{_MOO_WORD}?\s?\d{{1,2}})*"
_KM: Final = r"\d{1,4}\s?\+\s?\d{1,3}(?:\.\d+)?"
_ROAD: Final = r"(?:ทางหลวงชนบท|ทางหลวงหมายเลข|ทางหลวง|หมายเลข|สาย)\s?(?:หมายเลข|สาย)?\s?#?\s?\d{1,4}"
_RURAL_ROAD: Final = r"[ก-ฮ]{2}\.?\s?(?:ถนน|ถ\.?)?\s?\d{0,2}[\s-]?\d{4}"
_PHASE: Final = (
    r"(?:ระยะที่|ระยะ|ช่วงที่|ช่วง|ตอนที่|ตอน|เฟสที่|เฟส|ส่วนที่|สัญญาที่|งวดที่|โครงการที่|โครงการ|phase)\s?(?:\d{1,3}|[ivx]{1,4})\b"
)
_BUILDING: Final = r"(?:อาคาร|ตึก|โรง|หลังที่|สนาม|สระ|บ่อ|บ้านเลขที่)[ก-๙]{0,20}?\s?(?:ที่|หมายเลข)?\s?\d{1,4}(?:/\d+(?:-\d+)?)?"
_SOI: Final = r"(?:ซอย|ถนน|ตรอก)[ก-๙]{0,40}?\s?\d{1,3}\b"
_YEAR: Final = r"\b25[4-9]\d\b"
_DATED: Final = r"(?:ปีงบประมาณ|งบประมาณ|ประจำปี|ปี|/)\s?(?:ปี)?\s?25[4-9]\d(?:\s?-\s?25[4-9]\d)?"
# "(โอนงบครั้งที่ 13/2567)", "(เสนอจากคำร้องของประชาชน)" tell where a line came from, not what it is.
_PROVENANCE: Final = r"\((?:โอนงบ|โอนเงิน|ข้อบัญญัติ|เทศบัญญัติ|เสนอ|งบ|องค์การบริหารส่วนจังหวัด)[^()]*\)"
_VILLAGE: Final = rf"(?:บ้าน|ชุมชน)[ก-๙]{{2,20}}?{_END_OF_NAME}"
_NOT_A_VILLAGE: Final = r"^(?:เมือง|เทศบาล|พัก|เลข|เรือน|และ|เช่า|มั่นคง|หนังสือ|เมือง$)"


def _numbers_in(found: pl.Expr) -> pl.Expr:
    """List of text pieces -> list of the distinct numbers in them, in order of value as text."""
    digits = (
        found.list.join("|").str.extract_all(r"\d+(?:[/.-]\d+)*").list.eval(pl.element().str.strip_chars_start("0"))
    )
    return digits.list.unique().list.sort()


def _mask_of(vocabulary: dict[str, str], text: pl.Expr) -> pl.Expr:
    bits = [text.str.contains(words).cast(pl.Int64) * (1 << bit) for bit, words in enumerate(vocabulary.values())]
    return pl.sum_horizontal(bits)


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


def _with_places(frame: pl.DataFrame) -> pl.DataFrame:
    """Province, district, subdistrict keys: the column first, else what the text says (and which of the two)."""
    columns = []
    for level in PLACE_LEVELS:
        given = place_keys(frame[level])
        named = rf"{_PLACE_WORDS[level]}\s?([ก-๙]{{2,30}}?){_END_OF_NAME}"
        said = pl.col("text").str.extract_all(named).list.last().str.extract(named, 1).fill_null("")
        columns += [
            pl.when(given != "").then(given).otherwise(said).alias(f"{level}_key"),
            (given != "").alias(f"{level}_given"),
        ]
    frame = frame.with_columns(columns)
    bare_town = (pl.col("district_key") == "เมือง") & (pl.col("province_key") != "")
    return frame.with_columns(
        pl.when(bare_town)
        .then("เมือง" + pl.col("province_key"))
        .otherwise(pl.col("district_key"))
        .alias("district_key"),
        *(skeleton(pl.col(f"{level}_key")).alias(f"{level}_bones") for level in PLACE_LEVELS),
    )


def _without_known_places(frame: pl.DataFrame) -> pl.DataFrame:
    """The text less the names of its own places; other places that it mentions stay and tell lines apart."""
    kept = []
    rows = frame.select("text", *(f"{level}_key" for level in PLACE_LEVELS)).iter_rows()
    for text, *names in rows:
        for level, name in zip(PLACE_LEVELS, names, strict=True):
            if name:
                text = text.replace(_PLACE_WORDS[level] + name, " ")
        text = re.sub(_PROVENANCE, " ", text)
        text = text.replace("กรุงเทพมหานคร", " ") if "กรุงเทพมหานคร" in names else text
        kept.append(text)
    return frame.with_columns(pl.Series("placeless", kept, dtype=pl.String))


def _take(frame: pl.DataFrame, name: str, pattern: str) -> pl.DataFrame:
    """Read all matches of `pattern` from the working text into list column `name`, and blank them there."""
    return frame.with_columns(
        pl.col("rest").str.extract_all(pattern).alias(name), pl.col("rest").str.replace_all(pattern, " ").alias("rest")
    )


def _with_parts(frame: pl.DataFrame) -> pl.DataFrame:
    """Moo, km, road, measures, phase, building, soi, years, other numbers; each read once, in this order."""
    frame = _take(frame.with_columns(rest="placeless"), "moo_said", _MOO)
    frame = _take(frame, "km", _KM)
    frame = _take(frame, "dated", _DATED)
    frame = _take(frame, "road_main", _ROAD)
    frame = _take(frame, "road_rural", _RURAL_ROAD)
    frame = _take(frame, "counts", rf"(?:{_NUMBER})\s?(?:{COUNT_UNITS})")
    frame = _take(frame, "measures", rf"(?:{_NUMBER})\s?(?:{MEASURE_UNITS})")
    frame = _take(frame, "years_said", _YEAR)
    frame = _take(frame, "phase", _PHASE)
    frame = _take(frame, "building", _BUILDING)
    frame = _take(frame, "soi", _SOI)
    return _distinct_parts(frame)


def _distinct_parts(frame: pl.DataFrame) -> pl.DataFrame:
    """What was read, as sorted lists of distinct entries and as masks."""
    given_moo = _western(pl.col("moo"))
    return frame.with_columns(
        pl.when(given_moo.str.contains(r"\d"))
        .then(_moo_mask(given_moo))
        .otherwise(_moo_mask(pl.col("moo_said").list.join(" ")))
        .alias("moo_mask"),
        pl.col("km").list.eval(pl.element().str.replace_all(r"\s", "")).list.unique().list.sort().alias("km"),
        _numbers_in(pl.concat_list("road_main", "road_rural")).alias("road"),
        *(_numbers_in(pl.col(part)).alias(part) for part in ("building", "soi")),
        pl.col("phase")
        .list.eval(
            pl.element()
            .str.replace("^(?:ระยะ|เฟส|phase)(?:ที่)?", "p")
            .str.replace("^(?:โครงการ)(?:ที่)?", "n")
            .str.replace("^[ก-๙]+", "s")
            .str.replace_many(_ROMAN, leftmost=True)
            .str.replace_all(r"\s", "")
        )
        .list.unique()
        .list.sort()
        .alias("phase"),
        _years_mask(pl.concat_list("dated", "years_said").list.join(" ").str.extract_all(r"25[4-9]\d")).alias(
            "text_years"
        ),
        pl.concat_list(*_WITH_NUMBERS, pl.col("rest").str.extract_all(_NUMBER))
        .list.eval(pl.element().str.replace_all(",", "").str.extract_all(r"\d+(?:\.\d+)?").explode())
        .list.drop_nulls()
        .list.unique()
        .list.sort()
        .alias("numbers"),
        pl.col("text")
        .str.extract_all(r"\b[a-z]{2,6}\b")
        .list.eval(pl.element().filter(~pl.element().is_in(_SMALL_WORDS)))
        .list.unique()
        .list.sort()
        .alias("latin"),
    )


def _with_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Villages, masks of object, work and material, and the two skeletons that are compared."""
    villages = (
        pl.col("placeless")
        .str.extract_all(_VILLAGE)
        .list.eval(pl.element().str.replace(_END_OF_NAME + "$", "").str.replace("^(?:บ้าน|ชุมชน)", ""))
    )
    villages = villages.list.eval(
        skeleton(pl.element().filter((pl.element().str.len_chars() > 1) & ~pl.element().str.contains(_NOT_A_VILLAGE)))
    )
    core = pl.col("placeless").str.replace_all(_MOO, " ").str.replace_all(rf"{_NUMBER}\s?(?:{COUNT_UNITS})", " ")
    core = core.str.replace_all(_DATED, " ").str.replace_all(r"\d+", " ").str.replace(r"^\s*(?:โครงการ|ค่า|งาน)", " ")
    return frame.with_columns(
        villages.list.unique().list.sort().alias("village"),
        _mask_of(OBJECTS, pl.col("text")).alias("objects"),
        _mask_of(WORKS, pl.col("text")).alias("works"),
        _mask_of(MATERIALS, pl.col("text")).alias("materials"),
        skeleton(core).alias("core"),
        skeleton(pl.col("text")).alias("whole"),
    )


def extract(frame: pl.DataFrame) -> pl.DataFrame:
    """Add to records (id, name, owner, places, amount, year, moo) every column that pairs are compared by.

    Lists are sorted and distinct; masks are bit sets; an empty text, list or mask means "not said".
    """
    frame = frame.with_columns(
        spelled_out(frame["name"]).alias("text"), owner_bones(frame["owner"]).alias("owner_bones")
    )
    frame = _with_words(_with_parts(_without_known_places(_with_places(frame))))
    return frame.with_columns(
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
