"""What a pair is called: duplicate, overlap, continuation, recurring, or nothing. Rules first, score second."""

from typing import Final

import polars as pl

from prasan.matching.features import DIFFERENT, SAME

DUPLICATE: Final = "duplicate"
OVERLAP: Final = "overlap"
CONTINUATION: Final = "continuation"
RECURRING: Final = "recurring"

# Both said and different: never the same work, whatever the words (domain.md 4.3).
PLACES: Final = ("province", "district", "subdistrict", "village", "moo", "road", "km", "soi", "building")


def _differs(name: str) -> pl.Expr:
    return pl.col(name) == DIFFERENT


def _same(name: str) -> pl.Expr:
    return pl.col(name) == SAME


_ELSEWHERE: Final = pl.any_horizontal(*(_differs(name) for name in PLACES)) | pl.col("moo_clash")
_ONLY_MOO_DIFFERS: Final = (
    _differs("moo")
    & ~pl.any_horizontal(*(_differs(name) for name in PLACES if name not in ("moo", "village")))
    & _same("subdistrict")
)
_NEAR_AMOUNT: Final = pl.col("amount_known") & (pl.col("amount_gap") < 0.12)
_UNPLACED: Final = ~_same("subdistrict") & ~_same("district")
# The same line of words: no word replaced by another, whatever was left out or misspelt.
_SAME_LINE: Final = (
    (pl.col("core") >= 0.86) & (pl.col("replaced") <= 3) & ~pl.col("latin_clash") & (pl.col("length") >= 6)
)
# A yearly programme: held, not built; other lines without a place are one only when the money is another.
_YEARLY: Final = ~pl.col("physical") & (pl.col("programme") | (_UNPLACED & ~_NEAR_AMOUNT))
# One programme name in the budgets of two agencies, without a place and with other money: two budget lines.
_OTHER_BUDGET: Final = _UNPLACED & _differs("owner") & pl.col("amount_known") & ~_NEAR_AMOUNT
# AWOS beside LLWAS; designing a bridge beside building it for other money.
_OTHER_THING: Final = pl.col("latin_clash") | (pl.col("side_work") & ~_NEAR_AMOUNT)
_OTHER_YEAR: Final = _differs("text_year") | (_differs("year") & _YEARLY)


def _overlapping() -> pl.Expr:
    """Same place and thing, other scope: design beside building, part of the same road, a facility villages share."""
    same_spot = _same("subdistrict") & (_same("moo") | _same("village") | _same("soi") | _same("road"))
    alike = (pl.col("core") >= 0.75) | (pl.col("dice") >= 0.75)
    beside = pl.col("side_work") & (pl.col("core") >= 0.7) & (pl.col("replaced") <= 14) & _same("objects")
    same_thing = same_spot & _same("objects") & alike & (pl.col("replaced") <= 6) & ~_differs("village")
    clean_numbers = ~pl.col("numbers_clash") & ~pl.col("latin_clash")
    return (_SAME_LINE & clean_numbers) | beside | (same_thing & clean_numbers)


def left_to_the_score() -> pl.Expr:
    """Whether no rule speaks against one work, so that the probability decides: column `free` of `verdict`."""
    # "(ช่วงที่ 2)" beside a line without a section and with other money: a further section, not the same one again.
    further = pl.col("phase_one_sided") & pl.col("amount_known") & ~_NEAR_AMOUNT & _SAME_LINE
    recurs = _OTHER_YEAR & ~_differs("owner") & _SAME_LINE
    ruled_out = _ELSEWHERE | _differs("phase") | _differs("text_year") | recurs | further | _OTHER_BUDGET | _OTHER_THING
    return (pl.col("worth") & ~ruled_out).alias("free")


def verdict(threshold: float) -> pl.Expr:
    """Verdict of each row of a table of relations, likeness, `free` and `probability`; null when nothing is to say."""
    here = ~_ELSEWHERE
    partly = pl.col("moo_clash") & _same("moo") & _same("subdistrict") & _SAME_LINE
    joint = _ONLY_MOO_DIFFERS & pl.col("shared_facility") & (pl.col("core") >= 0.6)
    same_owner = ~_differs("owner")
    return (
        pl.when(~pl.col("worth"))
        .then(None)
        .when(here & _differs("phase") & _SAME_LINE)
        .then(pl.when(_same("year")).then(pl.lit(OVERLAP)).otherwise(pl.lit(CONTINUATION)))
        .when(here & _differs("phase"))
        .then(None)
        .when(here & _OTHER_YEAR & same_owner & _SAME_LINE)
        .then(pl.lit(RECURRING))
        .when(here & _differs("text_year"))
        .then(None)
        .when(pl.col("free") & (pl.col("probability") >= threshold))
        .then(pl.lit(DUPLICATE))
        .when(here & pl.col("phase_one_sided") & ~_same("year") & _SAME_LINE)
        .then(pl.lit(CONTINUATION))
        .when((here & _overlapping()) | partly | joint)
        .then(pl.lit(OVERLAP))
        .otherwise(None)
        .alias("verdict")
    )


def allowed_probability(threshold: float) -> pl.Expr:
    """The probability, held below the threshold where a rule says that the two lines are not the same work."""
    ceiling = pl.min_horizontal("probability", pl.lit(round(threshold - 0.01, 4)))
    return pl.when("free").then(pl.col("probability")).otherwise(ceiling).alias("probability")
