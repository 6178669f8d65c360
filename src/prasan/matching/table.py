"""Matching a table with itself, and one pair by itself: the doors of this engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.common.errors import Refused
from prasan.matching.blocking import candidate_pairs
from prasan.matching.extraction import amounts, extract, year_texts
from prasan.matching.features import Sketches, feature_columns, likeness, paired, relations
from prasan.matching.reasons import REASONS_TYPE, Reason, reasons_of
from prasan.matching.scoring import Weights, load_weights
from prasan.matching.sketches import Ints
from prasan.matching.verdicts import allowed_probability, verdict

REQUIRED: Final = ("id", "name")
OPTIONAL: Final = ("owner", "agency", "province", "district", "subdistrict", "moo", "amount_thb", "fiscal_year")
Progress = Callable[[int, str], None]

_EXPLAINED_AT_ONCE: Final = 50_000
_LEAST_DICE, _LEAST_HELD = 0.5, 0.8


class UnableToMatch(Refused):
    """The table cannot be matched: missing_column, blank_id, id_twice, amount_not_a_number."""


@dataclass(frozen=True)
class PairScore:
    """The answer for one pair; `verdict` is None when there is nothing to say about it."""

    probability: float
    verdict: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Records:
    """Records in the order of their ids, with everything that pairs are compared by."""

    table: pl.DataFrame
    sketches: Sketches

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Records":
        """Check and prepare a table of records; raises UnableToMatch."""
        table = extract(_checked(frame))
        return cls(table, Sketches(table))


def _checked(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        listed = ", ".join(missing)
        raise UnableToMatch("missing_column", f"ไม่มีคอลัมน์ {listed} ในตาราง", f"the table has no column {listed}")
    blank = frame["id"].is_null() | (frame["id"].cast(pl.String).str.strip_chars() == "")
    if blank.any():
        row = int(blank.arg_max() or 0) + 1
        raise UnableToMatch("blank_id", f"แถวข้อมูลที่ {row} ไม่มี id", f"data row {row} has no id")
    twice = frame.filter(frame["id"].is_duplicated())["id"]
    if len(twice):
        shown = str(twice.cast(pl.String).sort().item(0))
        raise UnableToMatch("id_twice", f"id {shown} ซ้ำกันมากกว่าหนึ่งแถว", f"id {shown} stands in more than one row")
    absent = [pl.lit(None, pl.String).alias(name) for name in OPTIONAL if name not in frame.columns]
    frame = frame.with_columns(absent).select(*REQUIRED, *OPTIONAL).sort("id")
    owner = pl.col("owner").cast(pl.String).str.strip_chars()
    return frame.with_columns(
        pl.when(owner.fill_null("") == "").then(pl.col("agency").cast(pl.String)).otherwise(owner).alias("owner")
    )


def unread_values(frame: pl.DataFrame) -> dict[str, int]:
    """How many cells of amount_thb and fiscal_year say something that is no amount and no Buddhist year.

    Such a value counts as unknown in matching; whoever gave the table should hear of it.
    """
    counts = {}
    for column, read in (
        ("amount_thb", amounts(pl.col("amount_thb")).is_null()),
        ("fiscal_year", year_texts(pl.col("fiscal_year")).list.len() == 0),
    ):
        if column in frame.columns:
            said = ~pl.col(column).cast(pl.String).str.strip_chars().fill_null("").is_in(["", "-"])
            counts[column] = int(frame.select((said & read).sum()).item())
    return counts


def _worth_comparing(
    records: Records, left: Ints, right: Ints
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    dice, held = records.sketches.likeness(left, right)
    return (dice >= _LEAST_DICE) | (held >= _LEAST_HELD), dice, held


def score_rows(records: Records, left: Ints, right: Ints, weights: Weights | None = None) -> pl.DataFrame:
    """Score pairs given by row numbers: relations, likeness, probability and verdict, one row a pair."""
    weights = weights or load_weights()
    worth, dice, held = _worth_comparing(records, left, right)
    pairs = paired(records.table, left, right)
    relation, words = relations(pairs), likeness(pairs, dice, held)
    probability = weights.probability(feature_columns(relation, words))
    scored = pl.concat(
        [pairs, relation, words.rename({"core": "core_likeness", "whole": "whole_likeness"})], how="horizontal"
    )
    scored = scored.with_columns(pl.Series("probability", probability), pl.Series("worth_comparing", worth))
    scored = scored.with_columns(verdict(weights.threshold))
    return scored.with_columns(allowed_probability(weights.threshold))


def _kept(records: Records, left: Ints, right: Ints, weights: Weights) -> pl.DataFrame | None:
    worth, _, _ = _worth_comparing(records, left, right)
    worth &= _can_be_together(records.table, left, right)
    left, right = left[worth], right[worth]
    if not len(left):
        return None
    scored = score_rows(records, left, right, weights)
    scored = scored.select("probability", "verdict").with_columns(pl.Series("left", left), pl.Series("right", right))
    return scored.filter(pl.col("verdict").is_not_null())


def _explained(records: Records, pairs: pl.DataFrame, weights: Weights) -> pl.Series:
    """Reasons for pairs that were kept; read again, since only these need words."""
    reasons: list[list[Reason]] = []
    for start in range(0, pairs.height, _EXPLAINED_AT_ONCE):
        part = pairs.slice(start, _EXPLAINED_AT_ONCE)
        scored = score_rows(records, part["left"].to_numpy(), part["right"].to_numpy(), weights)
        reasons += [reasons_of(row) for row in scored.iter_rows(named=True)]
    return pl.Series("reasons", reasons, dtype=REASONS_TYPE)


def _can_be_together(table: pl.DataFrame, left: Ints, right: Ints) -> np.ndarray[Any, Any]:
    """False where the columns themselves name two places: such a pair never gets a verdict."""
    together = np.ones(len(left), np.bool_)
    for level in ("province", "district", "subdistrict"):
        codes = table[f"{level}_key"].rank("dense").to_numpy()
        given = table[f"{level}_given"].to_numpy()
        together &= ~(given[left] & given[right]) | (codes[left] == codes[right])
    return together


def match_table(
    frame: pl.DataFrame, *, progress: Progress | None = None, weights: Weights | None = None
) -> pl.DataFrame:
    """Likely duplicates, overlaps, continuations and recurring lines of a table of projects.

    Columns read: id, name; when there: owner (or agency), province, district, subdistrict, moo, amount_thb (baht),
    fiscal_year (Buddhist Era; several years may stand in one cell). Gives id_a < id_b, probability (that both are
    the same work), verdict and reasons, surest first. The same records give the same answer in any order.
    Raises UnableToMatch.
    """
    weights = weights or load_weights()
    records = Records.of(frame)
    found, compared = [], 0
    for left, right in candidate_pairs(records.table):
        compared += len(left)
        part = _kept(records, left, right, weights)
        if part is not None and part.height:
            found.append(part)
        if progress:
            progress(compared, "pairs")
    ids = records.table["id"]
    if not found:
        return pl.DataFrame(
            schema={
                "id_a": ids.dtype,
                "id_b": ids.dtype,
                "probability": pl.Float64,
                "verdict": pl.String,
                "reasons": REASONS_TYPE,
            }
        )
    pairs = pl.concat(found).unique(subset=["left", "right"], keep="first")
    pairs = pairs.sort(["probability", "left", "right"], descending=[True, False, False])
    pairs = pairs.with_columns(_explained(records, pairs, weights))
    return pairs.select(
        ids[pairs["left"]].alias("id_a"), ids[pairs["right"]].alias("id_b"), "probability", "verdict", "reasons"
    )


def score_pair(a: Mapping[str, Any], b: Mapping[str, Any], *, weights: Weights | None = None) -> PairScore:
    """Score two records (mappings with the columns of `match_table`; no id is needed); symmetric in the two."""
    columns = (*REQUIRED, *OPTIONAL)
    rows = [{name: _plain(record.get(name)) for name in columns} for record in (a, b)]
    rows[0]["id"], rows[1]["id"] = "1", "2"
    records = Records.of(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)))
    scored = score_rows(records, np.array([0], np.int64), np.array([1], np.int64), weights)
    row = scored.row(0, named=True)
    return PairScore(row["probability"], row["verdict"], tuple(reasons_of(row)))


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
