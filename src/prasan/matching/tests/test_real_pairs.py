"""Pairs that people read and labelled, and the links of a real village list."""

import json

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.shared import SHARED, needs_cases

from prasan.matching import Records, match_table, score_rows
from prasan.matching.coding import FEW
from prasan.matching.extraction import extract
from prasan.matching.table import checked_table

pytestmark = [needs_cases, pytest.mark.cases]


@pytest.fixture(scope="module")
def labelled() -> pl.DataFrame:
    """The labelled pairs beside what the engine says of them."""
    pairs = pl.read_csv(SHARED / "data" / "dup_pairs_dev.csv", infer_schema_length=0)
    sides = [
        pairs.select(
            id=(pl.int_range(pl.len()) * 2 + n).cast(pl.Int64),
            name=f"{side}_text",
            owner=f"{side}_owner",
            amount_thb=f"{side}_amount",
            fiscal_year=f"{side}_fy",
        )
        for n, side in enumerate("ab")
    ]
    rows = np.arange(pairs.height, dtype=np.int64) * 2
    said = score_rows(Records.of(pl.concat(sides)), rows, rows + 1).select("probability", "verdict")
    return pl.concat([pairs, said], how="horizontal")


def duplicates(labelled: pl.DataFrame, **where: str) -> float:
    chosen = labelled.filter(*(pl.col(column) == value for column, value in where.items()))
    return (chosen["verdict"] == "duplicate").fill_null(False).mean()


def test_lines_of_one_unit_that_differ_in_place_part_or_phase_stay_apart(labelled: pl.DataFrame):
    assert duplicates(labelled, source="same_book_hard_negative") <= 0.003


def test_one_line_printed_in_two_budget_books_is_found(labelled: pl.DataFrame):
    assert duplicates(labelled, source="integrated_vs_ministry_volume") >= 0.97


def test_broken_encoding_hides_few_lines(labelled: pl.DataFrame):
    assert duplicates(labelled, source="ocr_vs_pdf_text_layer") >= 0.97


def test_a_city_plan_s_repeated_lines_are_told_from_its_similar_ones(labelled: pl.DataFrame):
    assert duplicates(labelled, source="lao_plan_nakhonsawan", label="1") >= 0.92
    assert duplicates(labelled, source="lao_plan_nakhonsawan", label="0") <= 0.03


def test_a_programme_name_at_another_agency_is_rarely_called_a_duplicate(labelled: pl.DataFrame):
    assert duplicates(labelled, source="integrated_same_name_other_agency") <= 0.05


def test_recurring_programmes_are_never_called_duplicates(labelled: pl.DataFrame):
    recurring = labelled.filter(pl.col("label") == "R")["verdict"]
    assert set(recurring) <= {"recurring", "overlap"}
    assert (recurring == "recurring").sum() >= 5


def test_the_plan_of_a_real_village_list_is_linked_to_its_action_plan():
    rows = pl.read_csv(SHARED / "cases" / "maesai" / "expected_rows.csv", infer_schema_length=0)
    years = [f"b{year}" for year in range(2566, 2571)]
    table = rows.select(
        id="row_id",
        name="name",
        moo="moo",
        owner=pl.lit("อบต.แม่ใส"),
        province=pl.lit("พะเยา"),
        district=pl.lit("เมืองพะเยา"),
        subdistrict=pl.lit("แม่ใส"),
        amount_thb=pl.max_horizontal(pl.col(years).cast(pl.Float64)),
        fiscal_year=pl.concat_str(
            [pl.when(pl.col(y).is_not_null()).then(pl.lit(f"{y[1:]} ")).otherwise(pl.lit("")) for y in years]
        ),
    )
    pairs = {(a, b): verdict for a, b, _, verdict, _ in match_table(table).iter_rows()}
    links = json.loads((SHARED / "cases" / "maesai" / "expected.json").read_text(encoding="utf-8"))["links"]["items"]
    verdicts: dict[str, list[str | None]] = {}
    for link in links:
        low, high = sorted((link["from_id"], link["to_id"]))
        verdicts.setdefault(link["kind"], []).append(pairs.get((low, high)))
    assert verdicts["plan_to_action"] == ["duplicate"] * 8
    assert verdicts["plan_to_pao_action"] == ["duplicate"]
    assert sorted(str(verdict) for verdict in verdicts["same_request"]) == ["duplicate", "overlap"]
    assert len(pairs) < 60  # of 11,628 possible: a list an officer can read


def test_every_real_line_reads_alike_in_columns_and_by_itself():
    pairs = pl.read_csv(SHARED / "data" / "dup_pairs_dev.csv", infer_schema_length=0)
    lines = pairs.select(name="a_text", owner="a_owner", amount_thb="a_amount", fiscal_year="a_fy").with_row_index("id")
    table = checked_table(lines)
    singly = pl.concat([extract(table.slice(start, FEW)) for start in range(0, table.height, FEW)])
    assert_frame_equal(extract(table), singly)
