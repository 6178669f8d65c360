"""Three tiers by channel: a flat list and the printed matrix hold the same projects."""

import json
from functools import cache
from typing import Any

import pytest
from tests.shared import SHARED, needs_cases

from prasan.exchange.reading import Reading, read_file

pytestmark = [needs_cases, pytest.mark.cases]
CASE = SHARED / "cases" / "snuk_matrix"
FILES = ("snuk_flat.xlsx", "snuk_matrix.xlsx")


@cache
def reading(name: str) -> Reading:
    return read_file(CASE / name)


def expected() -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    return case


@pytest.mark.parametrize("name", FILES)
def test_both_files_hold_the_same_22_projects_and_no_row_of_dots(name: str) -> None:
    got = {(r.name, r.channel, r.tier, r.place_text, r.strategy) for r in reading(name).records()}
    rows = expected()["rows"]
    assert got == {(row["project"], row["channel"], row["tier"], row["province"], row["issue"]) for row in rows}
    assert len(reading(name).records()) == 22
    assert reading(name).outcome == "accept"


def test_the_flat_list_gives_each_project_its_row() -> None:
    got = [(r.row, r.ordinal, r.name) for r in reading("snuk_flat.xlsx").records()]
    assert got == [(row["flat_row"], row["no"], row["project"]) for row in expected()["rows"]]


def test_the_matrix_gives_each_project_its_cell_and_place_in_it() -> None:
    records = reading("snuk_matrix.xlsx").records()
    cells = expected()["files"]["snuk_matrix.xlsx"]["cells"]
    assert {record.channel: record.cell for record in records} == cells
    assert len({(record.cell, record.part) for record in records}) == 22
    assert reading("snuk_matrix.xlsx").form == "project_matrix"
