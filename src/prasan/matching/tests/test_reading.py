"""Records that were read in pieces are those that were read at once."""

from pathlib import Path

import numpy as np
import polars as pl
from polars.testing import assert_frame_equal

from prasan.matching.reading import Reading
from prasan.matching.table import checked_table

LINES = (
    "ก่อสร้างถนน คสล. สายบ้านนายดำ-วัดป่า หมู่ที่ 1 ต.แม่ใส กว้าง 4 เมตร",
    "ขุดลอกหนองน้ำ บ้านหนองบัว ระยะที่ 2",
    "",
    "ซ่อมทางหลวงหมายเลข 1021 กม. 3+500 - กม. 4+200",
)


def read(rows: list[int]) -> Reading:
    names = [LINES[row % len(LINES)] for row in rows]
    return Reading.of(checked_table(pl.DataFrame({"id": rows, "name": names})))


def assert_same(one: Reading, other: Reading) -> None:
    assert_frame_equal(one.table(), other.table())
    for name in ("core", "whole"):
        ours, theirs = getattr(one, name), getattr(other, name)
        assert (ours.codes.tobytes(), ours.ends.tolist()) == (theirs.codes.tobytes(), theirs.ends.tolist())
    assert np.array_equal(one.entries.hashes, other.entries.hashes)
    assert np.array_equal(one.entries.ends, other.entries.ends)


def test_pieces_are_joined_in_the_order_of_the_ids():
    rows = list(range(2_000))  # many enough for columns, and a piece that is read line by line
    assert_same(Reading.joined([read(rows[6::2]), read(rows[:5]), read(rows[5::2])]), read(rows))
    assert_same(Reading.joined([read([])]), read([]))


def test_what_was_read_is_kept_in_files(tmp_path: Path):
    for number, rows in enumerate(([], [3, 4, 5], list(range(1_000)))):
        read(rows).keep(tmp_path / f"{number}.lost")
        assert_same(Reading.kept(tmp_path / f"{number}.lost"), read(rows))
