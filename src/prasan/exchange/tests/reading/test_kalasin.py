"""What ministries, the province and local governments put into one province: places, dates, amounts bound in years."""

import csv
import json
from functools import cache
from typing import Any

import pytest
from tests.shared import SHARED, needs_cases

from prasan.areas.rules.gazetteer import Gazetteer
from prasan.common.text import clean
from prasan.exchange.reading import Reading, Record, read_file

pytestmark = [needs_cases, pytest.mark.cases]
CASE = SHARED / "cases" / "kalasin_supply"


@cache
def reading() -> Reading:
    return read_file(CASE / "agency_projects.xlsx", gazetteer=Gazetteer.from_geothai())


def expected() -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    return case


def expected_rows() -> list[dict[str, str]]:
    with (CASE / "expected_rows.csv").open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def amount(record: Record, kind: str, span: str, year: int) -> int:
    return sum(a.satang for a in record.amounts if (a.kind, a.span, a.fiscal_year) == (kind, span, year))


def test_every_row_is_read_with_its_agency_amounts_and_day_of_notice() -> None:
    records, rows = reading().records(), expected_rows()
    assert len(records) == len(rows) == 128
    for record, row in zip(records, rows, strict=True):
        assert (record.sheet, record.row, record.ordinal) == (row["sheet"], int(row["excel_row"]), int(row["no"]))
        assert (record.ministry, record.agency, record.programme) == (
            row["ministry"],
            row["agency"],
            row["budget_plan"],
        )
        assert (record.name, record.place_text) == (clean(row["project_or_item"]), row["area_text"])
        assert record.main_satang() == int(row["amount_thb"]) * 100
        bound = (
            amount(record, "OBLIGATED", "UNTIL", 2564),
            amount(record, "OBLIGATED", "IN", 2566),
            amount(record, "OBLIGATED", "IN", 2567),
            amount(record, "OBLIGATED", "FROM", 2568),
        )
        fields = ("bound_before_2565", "bound_2566", "bound_2567", "bound_later")
        assert bound == tuple(int(row[field] or 0) * 100 for field in fields)
        assert record.notified_on is not None
        assert record.notified_on.isoformat() == row["notified_on"]


def test_every_place_is_resolved_to_the_code_expected() -> None:
    for record, row in zip(reading().records(), expected_rows(), strict=True):
        assert record.area_code == (row["subdistrict_code"] or row["district_code"] or "46"), row
        wanted = row["moo"].replace("และ", ",")
        assert record.moos == tuple(int(number) for number in wanted.split(",") if number.strip()), row


def test_the_sheets_and_ministries_add_up() -> None:
    totals = expected()["totals"]
    records = reading().records()
    assert sum(record.main_satang() or 0 for record in records) == totals["amount_thb"] * 100
    assert sum(len(record.area_code) >= 4 for record in records) == totals["with_district"]
    assert sum(len(record.area_code) == 6 for record in records) == totals["with_subdistrict"]
    for name, want in totals["by_ministry"].items():
        own = [record for record in records if record.ministry == name]
        assert (len(own), sum(r.main_satang() or 0 for r in own)) == (want["records"], want["amount_thb"] * 100)
    for sheet in reading().sheets:
        want = expected()["sheets"][sheet.name]
        assert len(sheet.records) == want["records"]
        assert sum(r.main_satang() or 0 for r in sheet.records) == want["amount_thb"] * 100


def test_nothing_is_amiss_but_a_tone_mark_typed_twice() -> None:
    assert {finding.kind for finding in reading().findings} <= {"thai_mark_order"}
    assert reading().outcome == "accept"
