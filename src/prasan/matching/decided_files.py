"""Decided pairs from a table: two records to a row, and what was decided of them."""

from pathlib import Path
from typing import Any, Final

import polars as pl

from prasan.matching.files import read_columns
from prasan.matching.learning import DecidedPairs, UnableToLearn

# Heads of a side (after "a_" or "b_"), by the column of `match_table` that each gives.
_SIDES: Final = {
    "name": ("name", "text"),
    "owner": ("owner", "agency"),
    "province": ("province",),
    "district": ("district",),
    "subdistrict": ("subdistrict",),
    "moo": ("moo",),
    "amount_thb": ("amount_thb", "amount"),
    "fiscal_year": ("fiscal_year", "fy"),
}
_ANSWER: Final = ("decision", "label")
_MEANS: Final = {"1": "SAME", "0": "DIFFERENT", "R": "DIFFERENT"}
UNDECIDED: Final = ("", "U", "WAITING")


def read_decided(path: Path) -> tuple[DecidedPairs, int]:
    """Decided pairs of a CSV or Parquet file, and how many rows nobody decided.

    Columns: decision (SAME, OVERLAP, CONTINUATION, DIFFERENT) or label (1, 0, R, U); a_name and b_name, or a_text and
    b_text; when there a_ref and b_ref (records named alike are one), a_owner, a_province, a_district, a_subdistrict,
    a_moo, a_amount, a_fy and the same of b. Raises UnableToReadTable and UnableToLearn (missing_column among them).
    """
    table = read_columns(path)
    answer = next((name for name in _ANSWER if name in table.columns), None)
    names = [_head(table, side, "name") for side in "ab"]
    if answer is None or None in names:
        raise UnableToLearn(
            "missing_column",
            f"ไฟล์ {path.name} ต้องมีคอลัมน์ decision (หรือ label), a_name และ b_name (หรือ a_text, b_text)",
            f"{path.name} needs the columns decision (or label), a_name and b_name (or a_text, b_text)",
        )
    said = pl.col(answer).cast(pl.String).fill_null("").str.strip_chars().str.to_uppercase()
    decided = table.with_columns(said.alias("answer")).filter(~pl.col("answer").is_in(UNDECIDED))
    sides = [_side(decided, side, offset) for offset, side in enumerate("ab")]
    called = {
        row["id"]: row["called"] or repr(sorted((k, v) for k, v in row.items() if k not in ("id", "called")))
        for side in sides
        for row in side.iter_rows(named=True)
    }
    pairs = [(2 * row, 2 * row + 1, _MEANS.get(one, one)) for row, one in enumerate(decided["answer"])]
    return DecidedPairs.of(pl.concat(sides).drop("called"), pairs, called), table.height - decided.height


def _head(table: pl.DataFrame, side: str, column: str) -> str | None:
    return next((f"{side}_{name}" for name in _SIDES[column] if f"{side}_{name}" in table.columns), None)


def _side(table: pl.DataFrame, side: str, offset: int) -> pl.DataFrame:
    """The records of one side, as text, numbered so that no two rows share an id."""
    columns: dict[str, Any] = {
        column: pl.lit(None, pl.String)
        if (head := _head(table, side, column)) is None
        else pl.col(head).cast(pl.String)
        for column in _SIDES
    }
    ref = f"{side}_ref"
    called = pl.col(ref).cast(pl.String).fill_null("") if ref in table.columns else pl.lit("")
    return table.select(id=(pl.int_range(pl.len()) * 2 + offset).cast(pl.Int64), called=called, **columns)
