"""Broken files as offices really send them: what is refused, what is taken, and what is said."""

import json
import os
import subprocess
import sys
import time
from functools import cache
from typing import Any

import pytest
from tests.shared import SHARED, needs_cases

from prasan.areas.rules.gazetteer import Gazetteer
from prasan.exchange.reading import Reading, read_file

pytestmark = [needs_cases, pytest.mark.cases]
CASE = SHARED / "cases" / "bad_inputs_open"


def cases() -> list[dict[str, Any]]:
    if not CASE.is_dir():
        return []
    found: list[dict[str, Any]] = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))["files"]
    return found


by_file = pytest.mark.parametrize("want", [pytest.param(case, id=case["file"]) for case in cases()])


@cache
def reading(name: str) -> Reading:
    return read_file(CASE / name, gazetteer=Gazetteer.from_geothai())


def by_year(result: Reading) -> dict[str, int]:
    sums: dict[str, int] = {}
    for record in result.records():
        for amount in record.main_amounts():
            sums[str(amount.fiscal_year)] = sums.get(str(amount.fiscal_year), 0) + amount.satang
    return sums


@by_file
def test_a_file_ends_as_expected_with_the_expected_number_of_records(want: dict[str, Any]) -> None:
    result = reading(want["file"])
    counts = want["records"] if isinstance(want["records"], list) else [want["records"]]
    assert result.outcome in want["outcome"]
    assert len(result.records()) in counts


@by_file
def test_every_expected_finding_is_made_at_its_place_and_names_what_stood_there(want: dict[str, Any]) -> None:
    found = reading(want["file"]).findings
    for expected in want["findings"]:
        places = [
            f
            for f in found
            if all(getattr(f, key) == expected[key] for key in ("kind", "cell", "row", "sheet") if key in expected)
        ]
        assert places, expected
        for part in (str(expected.get("value", "")), str(expected.get("suggestion", ""))):
            assert any(part in f.message_th and part in f.message_en for f in places), expected


@by_file
def test_nothing_is_said_about_a_file_without_a_fault(want: dict[str, Any]) -> None:
    if not want["findings"]:
        assert [f for f in reading(want["file"]).findings if f.severity != "info"] == []


@by_file
def test_every_finding_names_the_file_and_its_place_in_both_languages(want: dict[str, Any]) -> None:
    for finding in reading(want["file"]).findings:
        for message in (finding.message_th, finding.message_en):
            assert want["file"] in message or finding.kind == "sheet_not_read"
            assert finding.sheet in message
            assert finding.cell in message
            assert "{" not in message


@by_file
def test_the_money_of_each_year_is_what_the_case_says(want: dict[str, Any]) -> None:
    sums = want.get("sum_by_year") or want.get("sum_by_year_in_baht_without_the_implausible_cell")
    if sums:
        assert by_year(reading(want["file"])) == {year: baht * 100 for year, baht in sums.items()}
    if "total" in want:
        assert sum(by_year(reading(want["file"])).values()) == want["total"] * 100


@by_file
def test_names_dates_and_years_are_read_as_the_case_says(want: dict[str, Any]) -> None:
    records = reading(want["file"]).records()
    names = {str(record.row): record.name for record in records}
    assert want.get("names_after_cleaning", {}).items() <= names.items()
    if "first_text" in want:
        assert records[0].name == want["first_text"]
    if "dates" in want:
        assert want["dates"] == {
            f"H{record.row}": record.notified_on.isoformat() if record.notified_on else None for record in records
        }
    if "years_accepted" in want:
        assert want["years_accepted"] == {f"C{r.row}": r.fiscal_year for r in records if r.fiscal_year}


@by_file
def test_no_amount_is_ever_negative_or_in_a_year_that_is_none(want: dict[str, Any]) -> None:
    for record in reading(want["file"]).records():
        for amount in record.amounts:
            assert amount.satang > 0
            assert 2540 <= amount.fiscal_year <= 2590


def test_one_amount_merged_over_five_years_is_counted_in_none() -> None:
    record = next(r for r in reading("03_merged_data_cells.xlsx").records() if r.row == 17)
    assert record.amounts == []
    twin = next(r for r in reading("03_merged_data_cells.xlsx").records() if r.row == 14)
    assert twin.name == "ปรับปรุงภูมิทัศน์ทาง เท้าภายในเขตเทศบาล"
    assert twin.main_satang() == 310_000_000


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    names = {r.row: r.name for r in reading("16_formula_injection.xlsx").records()}
    assert names[12] == "+cmd|' /C calc'!A0"
    assert names[15] == "=1+1"


def test_of_two_projects_with_one_code_only_the_first_can_be_registered() -> None:
    refused = [(r.row, r.name) for r in reading("09_same_code_twice.xlsx").records() if r.refused]
    assert [row for row, _ in refused] == [7, 9]


def test_a_guessed_tambon_is_never_assigned() -> None:
    codes = {r.row: r.area_code for r in reading("08_unknown_tambon.xlsx").records()}
    assert (codes[5], codes[7], codes[9], codes[10]) == ("4605", "4607", "", "4607")


def test_the_hidden_sheets_are_counted_but_not_taken() -> None:
    result = reading("19_hidden_rows_sheets.xlsx")
    hidden = {f.value: f.message_en for f in result.findings if f.kind == "hidden_sheet"}
    assert [sheet.name for sheet in result.sheets] == ["ผ.02"]
    assert "holds 3 entries" in hidden["ผ.02 (เก่า)"]
    assert "holds 2 entries" in hidden["ผ.02 (ร่าง)"]


def test_a_workbook_with_a_macro_says_so_to_whoever_keeps_it() -> None:
    assert reading("15_macro_enabled.xlsm").has_macro


READ_AND_TELL_PEAK = """
import resource, sys
from pathlib import Path
from prasan.exchange.reading import read_file

read_file(Path(sys.argv[1]))
status = Path("/proc/self/status")
if status.exists():
    told = dict(line.split(":", 1) for line in status.read_text().splitlines())
    print(int(told["VmHWM"].split()[0]))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""
"""Prints the KiB the reader held at most. ru_maxrss of Linux also remembers the process that forked this one (here a
test run that grows all the while); VmHWM begins anew with the interpreter."""


@pytest.mark.parametrize(("name", "most_mb"), [("17_200k_empty_rows.xlsx", 300), ("18_zip_bomb.xlsx", 600)])
def test_a_heavy_file_costs_little_time_and_memory(name: str, most_mb: int) -> None:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_TELL_PEAK, str(CASE / name)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert time.monotonic() - start < 20
    assert int(done.stdout) < most_mb * 1024
