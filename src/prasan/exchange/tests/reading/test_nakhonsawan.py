"""A city plan of nineteen sheets: page breaks, carried totals, amendments, merged cells, a summary that errs once."""

import csv
import json
from functools import cache
from typing import Any

import pytest
from tests.shared import SHARED, needs_cases

from prasan.common.text import clean
from prasan.exchange.reading import Reading, read_file

pytestmark = [needs_cases, pytest.mark.cases]
CASE = SHARED / "cases" / "nakhonsawan_half"
FORMS = {"ผ.02": "local_plan_p02", "ผ.02/1": "local_plan_p02_1", "ผ.02/2": "local_plan_p02_2"}
YEARS = range(2566, 2571)


@cache
def reading() -> Reading:
    return read_file(CASE / "nakhonsawan_plan_2566_2570.xlsx")


def expected() -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    return case


def expected_rows() -> list[dict[str, str]]:
    with (CASE / "expected_rows.csv").open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def test_every_row_is_read_with_all_its_words() -> None:
    records = reading().records()
    rows = expected_rows()
    assert len(records) == len(rows) == 340
    fields = ("name", "section", "objective", "target", "kpi", "expected_result", "responsible", "programme")
    for record, row in zip(records, rows, strict=True):
        assert (record.sheet, record.row, record.form, record.ordinal) == (
            row["sheet"],
            int(row["excel_row"]),
            FORMS[row["form"]],
            int(row["seq"]),
        )
        assert {field: getattr(record, field) for field in fields} == {field: clean(row[field]) for field in fields}
        assert record.strategy.startswith(f"{row['strategy']}.")
        assert record.tactic.startswith(f"{row['tactic']} ")
        assert len(record.alignment) == 5


def test_every_row_carries_its_amount_of_each_year() -> None:
    for record, row in zip(reading().records(), expected_rows(), strict=True):
        got = {a.fiscal_year: a.satang for a in record.amounts}
        assert got == {year: int(row[f"b{year}"]) * 100 for year in YEARS if row[f"b{year}"]}
        assert (record.main_satang() or 0) == int(row["total"] or 0) * 100


def test_every_sheet_adds_up_and_counts_as_the_city_counts() -> None:
    sheets = {sheet.name: sheet for sheet in reading().sheets}
    assert list(sheets) == expected()["sheet_order"]
    for name, want in expected()["sheets"].items():
        sheet = sheets[name]
        assert sheet.form == FORMS[want["form"]]
        assert len(sheet.records) == want["records"]
        for year in map(str, YEARS):
            amounts = [a.satang for r in sheet.records for a in r.amounts if a.fiscal_year == int(year)]
            assert sum(amounts) == want["sum_by_year"][year] * 100
            assert len(amounts) == want["count_by_year"][year]
    for form, total in expected()["totals"].items():
        records = [record for record in reading().records() if record.form == FORMS[form]]
        assert len(records) == total["rows"]
        assert sum(len(record.amounts) for record in records) == total["project_years"]
        assert sum(record.main_satang() or 0 for record in records) == total["total"] * 100


def test_the_summary_differs_from_its_details_in_one_line_only() -> None:
    said = [f for f in reading().findings if f.severity != "info"]
    (mismatch,) = expected()["summary"]["mismatches"]
    assert [(f.kind, f.sheet, f.row, f.cell) for f in said] == [
        ("summary_count_mismatch", mismatch["summary_sheet"], mismatch["excel_row"], "B16"),
        ("summary_sum_mismatch", mismatch["summary_sheet"], mismatch["excel_row"], "C16"),
    ]
    for finding in said:
        assert mismatch["detail_sheet"] in finding.message_th
        assert "E16:E24" in finding.message_en
    assert "21,450,000" in said[1].message_en
    assert "22,450,000" in said[1].message_en
    assert reading().outcome == "accept_with_findings"


def test_the_coordination_block_with_the_wrong_code_is_told_and_still_reconciled() -> None:
    (finding,) = [f for f in reading().findings if f.kind == "form_code_conflict"]
    assert (finding.cell, finding.value, finding.severity) == ("A34", "ผ.02/1", "info")
    assert not [f for f in reading().findings if f.kind == "summary_without_detail"]


def test_names_cut_in_the_source_and_hidden_names_stay_as_they_are() -> None:
    cut = [row for row in expected_rows() if row["truncated_in_source"] == "1"]
    assert cut
    assert sum(record.target.endswith("...") for record in reading().records()) > 10
