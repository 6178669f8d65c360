"""Labelled pairs for measuring and training the matching engine: read by people, or made with known truth."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from prasan.matching.features import feature_columns
from prasan.matching.learning import connected
from prasan.matching.letters import Ints
from prasan.matching.table import Records, compared

OCR = "ocr_vs_pdf_text_layer"


@dataclass(frozen=True)
class LabelledPairs:
    """Pairs as row numbers of `records`, with label 1 (same work) or 0, source, group of connected records."""

    records: Records
    left: Ints
    right: Ints
    frame: pl.DataFrame  # label (1, 0, R, U), source, group, sim


def read_labelled(path: Path) -> LabelledPairs:
    """The labelled pairs of a CSV with a_/b_ ref, fy, owner, text, amount (undecidable U left out)."""
    pairs = pl.read_csv(path, infer_schema_length=0).filter(pl.col("label") != "U")
    sides = [
        pairs.select(
            id=pl.int_range(pl.len()) * 2 + offset,
            name=f"{side}_text", owner=f"{side}_owner", amount_thb=f"{side}_amount", fiscal_year=f"{side}_fy",
        )
        for offset, side in enumerate("ab")
    ]  # fmt: skip
    records = Records.of(pl.concat(sides).with_columns(pl.col("id").cast(pl.Int64)))
    rows = np.arange(pairs.height, dtype=np.int64) * 2
    groups = connected(list(zip(pairs["a_ref"], pairs["b_ref"], strict=True)))
    return LabelledPairs(records, rows, rows + 1, pairs.with_columns(pl.Series("group", groups)))


def read_set(path: Path) -> tuple[pl.DataFrame, pl.Series]:
    """A generated set (rid, name, agency, prov, amphoe, tambon, amount, year, ent) as a table and its truth."""
    made = pl.read_parquet(path).sort("rid")
    table = made.select(
        id="rid", name="name", owner="agency", province="prov", district="amphoe", subdistrict="tambon",
        amount_thb="amount", fiscal_year="year",
    )  # fmt: skip
    return table, made["ent"]


def pairs_of_set(table: pl.DataFrame, truth: pl.Series) -> LabelledPairs:
    """Every pair of a generated set that the engine would score, labelled by its truth."""
    records = Records.of(table)
    found = [pl.DataFrame({"left": left, "right": right}) for left, right in records.meetings().pairs()]
    pairs = pl.concat(found).unique().sort("left", "right")
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    same = truth[left] == truth[right]
    frame = pl.DataFrame({"label": pl.Series(same).cast(pl.Int8).cast(pl.String)})
    return LabelledPairs(records, left, right, frame.with_columns(source=pl.lit("generated"), group=pl.lit(0)))


def features_of(pairs: LabelledPairs) -> dict[str, np.ndarray]:
    """The features the score weighs, by name, one value a pair."""
    return feature_columns(compared(pairs.records, pairs.left, pairs.right))


def free_of(pairs: LabelledPairs) -> np.ndarray:
    """Which pairs the rules leave to the score."""
    return compared(pairs.records, pairs.left, pairs.right)["free"]
