"""Why a pair was found: what is the same and what differs, as a code with Thai and English words for people."""

from collections.abc import Iterator
from typing import Final, TypedDict

import polars as pl

from prasan.matching.extraction import PLACE_LEVELS
from prasan.matching.features import DIFFERENT, SAME
from prasan.matching.texts import by_distinct

SIDES: Final = (
    "km", "road", "phase", "building", "soi", "moo_mask", "years", "amount",
    *(f"{level}_key" for level in PLACE_LEVELS),
)  # fmt: skip
"""Columns of both records, `…_a` and `…_b`, that the words are made of."""


class Reason(TypedDict):
    """One reason: a stable code for programs, words for people."""

    code: str
    th: str
    en: str


_PLACE: Final = {
    "subdistrict": ("ตำบล", "subdistrict"),
    "district": ("อำเภอ", "district"),
    "province": ("จังหวัด", "province"),
}
_PARTS: Final = {
    "road": ("ทางหลวงหมายเลข", "road number"),
    "km": ("กิโลเมตรที่", "kilometre"),
    "soi": ("เลขซอยหรือถนน", "soi or street number"),
    "building": ("เลขอาคาร", "building number"),
    "phase": ("ระยะหรือช่วงที่", "phase or section"),
}
_MARKS: Final = {"p": "ระยะ ", "s": "ช่วง ", "n": "โครงการ "}  # kinds of phase, as extraction marks them


_WITHIN: Final = "\x1f"  # between code, Thai and English
_BETWEEN: Final = "\x1e"  # between reasons
_FIELDS: Final = ("code", "th", "en")


def _said(name: str, relation: int) -> pl.Expr:
    return pl.col(name) == relation


def _reason(when: pl.Expr, code: str, th: str, en: str, *values: pl.Expr) -> pl.Expr:
    """The reason in one text where it holds, else null; `{}` in the words takes the values in order."""
    text = _WITHIN.join((code, th, en))
    return pl.when(when).then(pl.format(text, *values, *values) if values else pl.lit(text))


def _of_places() -> Iterator[pl.Expr]:
    """The finest level on which both agree, and every level on which they differ."""
    for level, (th, en) in _PLACE.items():
        both = (pl.col(f"{level}_key_a"), pl.col(f"{level}_key_b"))
        yield _reason(
            _said(level, DIFFERENT), f"other_{level}", f"{th}ต่างกัน: {{}} / {{}}", f"other {en}: {{}} / {{}}", *both
        )
    finer = pl.lit(False)
    for level, (th, en) in _PLACE.items():
        name = pl.col(f"{level}_key_a")
        agreed = _said(level, SAME) & ~finer
        yield _reason(agreed, f"same_{level}", f"{th}เดียวกัน: {{}}", f"same {en}: {{}}", name)
        finer = finer | _said(level, SAME)
    yield _reason(~finer, "place_unknown", "ไม่ทราบพื้นที่ของรายการใดรายการหนึ่ง", "the place of one of the two is unknown")
    moos = (pl.col("moo_a"), pl.col("moo_b"))
    yield _reason(_said("moo", SAME), "same_moo", "หมู่ที่เดียวกัน: {} / {}", "same moo: {} / {}", *moos)
    yield _reason(_said("moo", DIFFERENT), "other_moo", "หมู่ที่ต่างกัน: {} / {}", "other moo: {} / {}", *moos)


def _of_parts() -> Iterator[pl.Expr]:
    for part, (th, en) in _PARTS.items():
        a, b = (pl.col(f"{part}_{side}").list.join(", ") for side in "ab")
        if part == "phase":
            a, b = a.str.replace_many(_MARKS), b.str.replace_many(_MARKS)
        yield _reason(_said(part, SAME), f"same_{part}", f"{th}เดียวกัน: {{}}", f"same {en}: {{}}", a)
        yield _reason(
            _said(part, DIFFERENT), f"other_{part}", f"{th}ต่างกัน: {{}} / {{}}", f"other {en}: {{}} / {{}}", a, b
        )
    once = "มีระยะหรือช่วงที่เพียงรายการเดียว"
    yield _reason(pl.col("phase_one_sided"), "phase_on_one_side", once, "only one of the two names a phase")


def _of_words() -> Iterator[pl.Expr]:
    percent = (100 * pl.col("core")).round().cast(pl.Int64)
    same = pl.col("same_words")
    yield _reason(same, "same_words", "ชื่อโครงการตรงกัน", "same words")
    yield _reason(~same, "similar_words", "ชื่อโครงการคล้ายกัน {}%", "words alike {}%", percent)
    yield _reason(_said("objects", SAME), "same_object", "สิ่งที่ทำเป็นประเภทเดียวกัน", "same kind of object")
    yield _reason(
        pl.col("side_work"),
        "other_work",
        "คนละลักษณะงาน (ออกแบบ ควบคุมงาน กับงานจริง)",
        "other kind of work (design or supervision beside the work)",
    )
    sizes = "ขนาดหรือตัวเลขในชื่อต่างกัน"
    yield _reason(pl.col("numbers_clash"), "other_numbers", sizes, "sizes or numbers in the names differ")
    shared = pl.col("shared_facility") & _said("moo", DIFFERENT)
    yield _reason(shared, "shared_facility", "เป็นสิ่งที่หลายหมู่บ้านใช้ร่วมกันได้", "a facility that villages can share")


def _of_money() -> Iterator[pl.Expr]:
    a, b = pl.col("amount_a"), pl.col("amount_b")
    most = pl.max_horizontal(a, b)
    percent = 100 * (most - pl.min_horizontal(a, b)) / most
    known, equal, near = pl.col("amount_known"), percent < 0.05, percent <= 15
    shown = pl.max_horizontal(percent.round(), pl.lit(1.0)).fill_nan(1.0).cast(pl.Int64)
    yield _reason(known & equal, "same_amount", "วงเงินเท่ากัน", "same amount")
    yield _reason(known & ~equal & near, "near_amount", "วงเงินต่างกันไม่เกิน {}%", "amounts within {}%", shown)
    yield _reason(known & ~near, "other_amount", "วงเงินต่างกัน {}%", "amounts differ by {}%", shown)


def _of_owner_and_year() -> Iterator[pl.Expr]:
    yield _reason(_said("owner", SAME), "same_owner", "หน่วยงานเดียวกัน", "same owner")
    yield _reason(_said("owner", DIFFERENT), "other_owner", "คนละหน่วยงาน", "another owner")
    both = (pl.col("years_said_a"), pl.col("years_said_b"))
    yield _reason(
        _said("year", SAME), "same_year", "ปีงบประมาณเดียวกัน: {}", "same fiscal year: {}", pl.col("years_shared")
    )
    yield _reason(_said("year", DIFFERENT), "other_year", "คนละปีงบประมาณ: {} / {}", "other fiscal year: {} / {}", *both)
    named = "ปีที่ระบุในชื่อต่างกัน"
    yield _reason(_said("text_year", DIFFERENT), "other_year_in_name", named, "the years in the names differ")


def _listed(masks: pl.Series, first: int) -> pl.Series:
    """Bit sets as lists of numbers to read, the lowest bit being `first`."""

    def words(distinct: pl.Series) -> pl.Series:
        texts = [", ".join(str(first + bit) for bit in range(63) if mask >> bit & 1) for mask in distinct]
        return pl.Series(texts, dtype=pl.String)

    return by_distinct(masks, words)


_ALL: Final = (*_of_places(), *_of_parts(), *_of_words(), *_of_money(), *_of_owner_and_year())


def reasons_of(pairs: pl.DataFrame) -> pl.Series:
    """Every reason for each pair, place first; `pairs` has what `measured` gave and SIDES of both records."""
    words = pairs.with_columns(
        *(_listed(pairs[f"moo_mask_{side}"], 0).alias(f"moo_{side}") for side in "ab"),
        *(_listed(pairs[f"years_{side}"], 2540).alias(f"years_said_{side}") for side in "ab"),
        _listed(pairs.select(pl.col("years_a") & pl.col("years_b")).to_series(), 2540).alias("years_shared"),
    )
    # One text a pair, taken apart at the end: forty lists of structures a pair would cost ten times as much.
    joined = words.select(pl.concat_str(_ALL, separator=_BETWEEN, ignore_nulls=True)).to_series()
    return by_distinct(joined, _taken_apart).alias("reasons")


def _taken_apart(joined: pl.Series) -> pl.Series:
    one = pl.element().str.split_exact(_WITHIN, len(_FIELDS) - 1).struct.rename_fields(_FIELDS)
    return joined.str.split(_BETWEEN).list.eval(one)
