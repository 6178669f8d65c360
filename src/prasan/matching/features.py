"""What a pair of records has in common and what differs, as columns: relations for the rules, features for the score.

Everything here depends on the two records alone, never on the list they stand in, so that one pair gives the same
answer on a screen and inside a table of a million.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from prasan.matching.differences import replaced_letters
from prasan.matching.extraction import PLACE_LEVELS
from prasan.matching.sketches import Bits, Ints, shared_bits, sketch
from prasan.matching.vocabulary import OBJECTS, PHYSICAL_WORKS, PROGRAMME_WORKS, SHARED_FACILITIES, SIDE_WORKS, WORKS

Floats = npt.NDArray[np.float64]

UNKNOWN, SAME, DIFFERENT = 0, 1, -1
_LISTS: Final = ("km", "road", "phase", "building", "soi", "numbers", "latin", "village")
_PAIRED: Final = (
    *_LISTS, "moo_mask", "text_years", "years", "amount", "objects", "works", "materials", "owner_bones",
    "core", "whole",
    *(f"{level}_{kind}" for level in PLACE_LEVELS for kind in ("key", "given", "bones")),
)  # fmt: skip


def _bits(vocabulary: dict[str, str], names: tuple[str, ...]) -> int:
    return sum(1 << bit for bit, name in enumerate(vocabulary) if name in names)


PHYSICAL: Final = _bits(WORKS, PHYSICAL_WORKS)
SIDE: Final = _bits(WORKS, SIDE_WORKS)
PROGRAMME: Final = _bits(WORKS, PROGRAMME_WORKS)
SHARED_OBJECTS: Final = _bits(OBJECTS, SHARED_FACILITIES)


class Sketches:
    """Sketches of the cores of all records, made once; they let most pairs go before anything dear is computed."""

    def __init__(self, records: pl.DataFrame) -> None:
        self.bits: Bits
        self.bits, self.sizes = sketch(records["core"].to_list())

    def likeness(self, left: Ints, right: Ints) -> tuple[Floats, Floats]:
        """Dice of the letter pairs, and the share of the shorter text that the longer one holds."""
        shared = shared_bits(self.bits, left, right).astype(np.float64)
        a, b = self.sizes[left], self.sizes[right]
        return 2 * shared / np.maximum(a + b, 1), shared / np.maximum(np.minimum(a, b), 1)


def paired(records: pl.DataFrame, left: Ints, right: Ints) -> pl.DataFrame:
    """The columns of both records of each pair, side by side (`…_a`, `…_b`)."""
    chosen = records.select(_PAIRED)
    return pl.concat(
        [
            chosen[left].rename(lambda name: f"{name}_a"),
            chosen[right].rename(lambda name: f"{name}_b"),
        ],
        how="horizontal",
    )


def _list_relation(name: str) -> pl.Expr:
    """DIFFERENT when each list has an entry that the other lacks, SAME when one holds the other, else UNKNOWN."""
    a, b = pl.col(f"{name}_a"), pl.col(f"{name}_b")
    both = (a.list.len() > 0) & (b.list.len() > 0)
    clash = (a.list.set_difference(b).list.len() > 0) & (b.list.set_difference(a).list.len() > 0)
    return pl.when(~both).then(UNKNOWN).when(clash).then(DIFFERENT).otherwise(SAME).cast(pl.Int8).alias(name)


def _mask_relation(name: str, as_name: str) -> pl.Expr:
    a, b = pl.col(f"{name}_a"), pl.col(f"{name}_b")
    both = (a != 0) & (b != 0)
    return pl.when((a & b) != 0).then(SAME).when(both).then(DIFFERENT).otherwise(UNKNOWN).cast(pl.Int8).alias(as_name)


def _place_relation(pairs: pl.DataFrame, level: str) -> pl.Series:
    """Names given in columns must be equal; one read from text may be misspelt or run on: near is unknown."""
    a, b = pairs[f"{level}_bones_a"], pairs[f"{level}_bones_b"]
    both = ((a != "") & (b != "")).to_numpy()
    given = (pairs[f"{level}_given_a"] & pairs[f"{level}_given_b"]).to_numpy()
    same_key = (pairs[f"{level}_key_a"] == pairs[f"{level}_key_b"]).to_numpy()
    near = np.zeros(len(both), np.bool_)
    doubtful = np.flatnonzero(both & ~same_key & ~given)
    if len(doubtful):
        likeness = process.cpdist(a[doubtful].to_list(), b[doubtful].to_list(), scorer=fuzz.partial_ratio)
        near[doubtful] = likeness >= 84
    relation = np.where(both & same_key, SAME, np.where(both & ~near, DIFFERENT, UNKNOWN))
    return pl.Series(level, relation, dtype=pl.Int8)


def _ratio(a: pl.Series, b: pl.Series) -> Floats:
    return np.asarray(process.cpdist(a.to_list(), b.to_list(), scorer=Indel.normalized_similarity), dtype=np.float64)


def _owner_relation(pairs: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    a, b = pairs["owner_bones_a"], pairs["owner_bones_b"]
    both = ((a != "") & (b != "")).to_numpy()
    likeness = _ratio(a, b)
    numbered = [name.str.extract_all(r"\d+").list.join(" ") for name in (a, b)]  # "สำนักงานทางหลวงที่ 4" and "… 18"
    alike = (likeness >= 0.85) & (numbered[0] == numbered[1]).to_numpy()
    relation = np.where(both & alike, SAME, np.where(both, DIFFERENT, UNKNOWN))
    return pl.Series("owner", relation, dtype=pl.Int8), pl.Series("owner_likeness", np.where(both, likeness, 0.5))


def _number_columns() -> list[pl.Expr]:
    a, b = pl.col("numbers_a"), pl.col("numbers_b")
    only_a, only_b = a.list.set_difference(b).list.len(), b.list.set_difference(a).list.len()
    shared, union = a.list.set_intersection(b).list.len(), a.list.set_union(b).list.len()
    return [
        pl.when(union == 0).then(1.0).otherwise(shared / union.clip(lower_bound=1)).alias("numbers_shared"),
        ((only_a > 0) & (only_b > 0)).alias("numbers_clash"),
        ((only_a > 0) ^ (only_b > 0)).alias("numbers_one_sided"),
        ((pl.col("phase_a").list.len() > 0) ^ (pl.col("phase_b").list.len() > 0)).alias("phase_one_sided"),
        ((pl.col("latin_a").list.set_difference(pl.col("latin_b")).list.len() == 1)
         & (pl.col("latin_b").list.set_difference(pl.col("latin_a")).list.len() == 1)).alias("latin_clash"),
    ]  # fmt: skip


def _amount_columns() -> list[pl.Expr]:
    a, b = pl.col("amount_a"), pl.col("amount_b")
    known = (a > 0) & (b > 0)
    gap = pl.when(known).then((a.log() - b.log()).abs()).otherwise(None)
    return [known.alias("amount_known"), gap.alias("amount_gap")]


def relations(pairs: pl.DataFrame) -> pl.DataFrame:
    """How each pair relates in place, part, year, owner, amount, object and work (SAME, DIFFERENT or UNKNOWN)."""
    table = pairs.select(
        *(_list_relation(name) for name in _LISTS if name not in ("numbers", "latin")),
        *(
            _mask_relation(name, as_name)
            for name, as_name in (("moo_mask", "moo"), ("years", "year"), ("text_years", "text_year"))
        ),
        *(_mask_relation(name, name) for name in ("objects", "works", "materials")),
        *_number_columns(),
        *_amount_columns(),
        ((pl.col("works_a") & SIDE) != (pl.col("works_b") & SIDE)).alias("side_work"),
        ((pl.col("moo_mask_a") != 0) ^ (pl.col("moo_mask_b") != 0)).alias("moo_one_sided"),
        (
            ((pl.col("moo_mask_a") & ~pl.col("moo_mask_b")) != 0)
            & ((pl.col("moo_mask_b") & ~pl.col("moo_mask_a")) != 0)
        ).alias("moo_clash"),
        (((pl.col("works_a") | pl.col("works_b")) & PROGRAMME) != 0).alias("programme"),
        (((pl.col("works_a") | pl.col("works_b")) & PHYSICAL) != 0).alias("physical"),
        ((pl.col("objects_a") & pl.col("objects_b") & SHARED_OBJECTS) != 0).alias("shared_facility"),
        (pl.col("core_a") == pl.col("core_b")).alias("same_words"),
    )
    owner, owner_likeness = _owner_relation(pairs)
    return table.with_columns(*(_place_relation(pairs, level) for level in PLACE_LEVELS), owner, owner_likeness)


def likeness(pairs: pl.DataFrame, dice: Floats, held: Floats) -> pl.DataFrame:
    """Measures of how alike the words are, all between 0 and 1 but the two counts of replaced letters."""
    replaced, lone = replaced_letters(pairs["core_a"].to_list(), pairs["core_b"].to_list())
    return pl.DataFrame(
        {
            "core": _ratio(pairs["core_a"], pairs["core_b"]),
            "whole": _ratio(pairs["whole_a"], pairs["whole_b"]),
            "dice": dice,
            "held": held,
            "replaced": replaced,
            "lone": lone,
            "length": np.minimum(
                pairs["core_a"].str.len_chars().to_numpy(), pairs["core_b"].str.len_chars().to_numpy()
            ).astype(np.float64),
        }
    )


def _is(column: pl.Series, value: int) -> Floats:
    return (column == value).to_numpy().astype(np.float64)


def feature_columns(relation: pl.DataFrame, words: pl.DataFrame) -> dict[str, Floats]:
    """The numbers that the logistic score weighs, by name; symmetric in the two records."""
    columns: dict[str, Floats] = {}
    for name in ("core", "whole", "dice", "held"):
        columns[name] = words[name].to_numpy()
        columns[f"{name}_above_90"] = np.maximum(columns[name] - 0.9, 0)
    columns["replaced"] = np.log1p(words["replaced"].to_numpy())
    columns["lone"] = np.log1p(words["lone"].to_numpy())
    columns["length"] = np.log1p(words["length"].to_numpy())
    for name in ("subdistrict", "district", "province", "moo", "village", "road", "km", "soi", "building", "phase",
                 "year", "text_year", "owner", "objects", "works", "materials"):  # fmt: skip
        columns[f"{name}_same"] = _is(relation[name], SAME)
        columns[f"{name}_different"] = _is(relation[name], DIFFERENT)
    for name in (
        "numbers_clash",
        "numbers_one_sided",
        "phase_one_sided",
        "moo_one_sided",
        "latin_clash",
        "side_work",
        "physical",
    ):
        columns[name] = relation[name].to_numpy().astype(np.float64)
    columns["numbers_shared"] = relation["numbers_shared"].to_numpy()
    columns["owner_likeness"] = relation["owner_likeness"].to_numpy()
    known = relation["amount_known"].to_numpy().astype(np.float64)
    gap = relation["amount_gap"].fill_null(0.0).to_numpy()
    columns["amount_known"] = known
    columns["amount_gap"] = np.minimum(gap, 2.5)
    columns["amount_equal"] = known * (gap < 0.001)
    columns["amount_near"] = known * (gap < 0.12)
    unplaced = 1 - np.maximum(columns["subdistrict_same"], columns["district_same"])
    columns["unplaced"] = unplaced
    columns["unplaced_other_owner"] = unplaced * columns["owner_different"]
    columns["unplaced_amount_gap"] = unplaced * columns["amount_gap"]
    return columns
