"""One TAO from the village forum to the money spent, as its three workbooks came."""

import csv
import json
from functools import cache
from typing import Any

import pytest
from tests.shared import SHARED, needs_cases

from prasan.exchange.reading import Reading, Record, read_file

pytestmark = [needs_cases, pytest.mark.cases]
CASE = SHARED / "cases" / "maesai"
FILES = ("community_needs.xlsx", "local_plan_p02.xlsx", "action_plan.xlsx")
FORMS = {
    "ประชาคม": "community_needs",
    "ผ.02": "local_plan_p02",
    "ผ.02/2": "local_plan_p02_2",
    "แผนดำเนินงาน": "action_plan",
}
STATES = {"inProgress": "IN_PROGRESS", "done": "DONE", "notStarted": "NOT_STARTED", "": ""}


@cache
def reading(name: str) -> Reading:
    return read_file(CASE / name)


def expected_rows(name: str) -> list[dict[str, str]]:
    with (CASE / "expected_rows.csv").open(encoding="utf-8-sig") as stream:
        return [row for row in csv.DictReader(stream) if row["file"] == name]


def expected_file(name: str) -> dict[str, Any]:
    case = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(item for item in case["files"] if item["file"] == name)
    return found


def satang(text: str) -> int:
    return round(float(text or 0) * 100)


def asked(record: Record, year: int, kind: str = "PLANNED") -> int:
    return sum(a.satang for a in record.amounts if a.fiscal_year == year and a.kind == kind)


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read_with_its_place_name_and_responsible_office(name: str) -> None:
    got = [(r.sheet, r.row, r.form, r.ordinal, r.name, r.problem, r.responsible) for r in reading(name).records()]
    assert got == [
        (
            row["sheet"],
            int(row["excel_row"]),
            FORMS[row["form"]],
            int(row["seq"]),
            row["name"],
            row["problem"],
            row["responsible"],
        )
        for row in expected_rows(name)
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_row_carries_its_amounts_to_the_satang(name: str) -> None:
    kind = "BUDGETED" if name == "action_plan.xlsx" else "PLANNED"
    got = [[asked(r, year, kind) for year in range(2566, 2571)] for r in reading(name).records()]
    rows = expected_rows(name)
    assert got == [[satang(row[f"b{year}"]) for year in range(2566, 2571)] for row in rows]
    paid = [sum(a.satang for a in r.amounts if a.kind == "PAID") for r in reading(name).records()]
    assert paid == [satang(row["paid"]) for row in rows]


@pytest.mark.parametrize("name", FILES)
def test_every_row_names_its_village(name: str) -> None:
    for record, row in zip(reading(name).records(), expected_rows(name), strict=True):
        if row["area_text"]:
            numbers = row["area_text"].removeprefix("หมู่ที่ ").split(",")
            assert record.moos == tuple(map(int, numbers)), row
            assert int(row["moo"]) in record.moos
        else:
            assert record.moos == ((int(row["moo"]),) if row["moo"] else ()), row


@pytest.mark.parametrize("name", FILES)
def test_every_row_knows_its_programme_and_its_state(name: str) -> None:
    for record, row in zip(reading(name).records(), expected_rows(name), strict=True):
        assert record.progress == STATES[row["status"]]
        if row["form"] == "แผนดำเนินงาน":
            assert record.strategy.endswith(row["programme"])
        elif row["programme"]:
            assert record.programme == row["programme"]


def test_the_village_sheets_say_which_village_met_when_and_how_many_came() -> None:
    sheets = {sheet.name: sheet for sheet in reading("community_needs.xlsx").sheets}
    expected = expected_file("community_needs.xlsx")["sheets"]
    assert list(sheets) == list(expected)
    for name, want in expected.items():
        sheet = sheets[name]
        assert (sheet.moo, sheet.attendance, len(sheet.records)) == (
            want["village_moo"],
            want["attendance"],
            want["records"],
        )
        assert sheet.records[0].row == want["first_data_row"]
        assert sheet.held_on is not None
        assert sheet.held_on.isoformat() == "2024-10-12"
        assert want["village_name_printed"] in sheet.place_text
        assert sum(record.response_kind != "" for record in sheet.records) == want["records_with_kind"]
    assert sum(sheet.attendance or 0 for sheet in sheets.values()) == 476


def test_the_plan_sheets_add_up_to_what_their_rows_say() -> None:
    want = expected_file("local_plan_p02.xlsx")
    for sheet in reading("local_plan_p02.xlsx").sheets:
        expected = want["sheets"][sheet.name]
        assert sum(record.main_satang() or 0 for record in sheet.records) == satang(expected["total"])
        for year, amount in expected["sum_by_year"].items():
            amounts = [asked(record, int(year)) for record in sheet.records]
            assert sum(amounts) == satang(amount)
            assert sum(map(bool, amounts)) == expected["count_by_year"][year]
        assert sheet.owner_text == "องค์การบริหารส่วนตำบลแม่ใส"
        assert sheet.fiscal_years == (2566, 2567, 2568, 2569, 2570)
    assert reading("local_plan_p02.xlsx").sheets[0].edition_text == "เพิ่มเติม ฉบับที่ 3 พ.ศ. 2567"


def test_a_strategy_and_a_programme_on_one_line_are_both_taken() -> None:
    record = next(r for r in reading("local_plan_p02.xlsx").records() if r.row == 23)
    assert (record.strategy, record.tactic, record.programme) == (
        "2. ยุทธศาสตร์พัฒนาสังคม การศึกษา วัฒนธรรม",
        "",
        "แผนงานสร้างความเข้มแข็งของชุมชน",
    )


def test_the_printed_total_that_is_wrong_is_the_only_thing_said_about_the_plan() -> None:
    result = reading("local_plan_p02.xlsx")
    (finding,) = result.findings
    assert (finding.kind, finding.sheet, finding.row, finding.cell) == (
        "total_mismatch",
        "ผ.02 เพิ่มเติม 2568",
        26,
        "G26",
    )
    for figure in ("5,501,430.32", "5,709,195.29", "207,764.97", "G10:G25"):
        assert figure in finding.message_th
        assert figure in finding.message_en
    assert result.outcome == "accept_with_findings"


def test_the_action_plan_says_69_projects_and_lists_58() -> None:
    result = reading("action_plan.xlsx")
    (finding,) = result.findings
    assert (finding.kind, finding.cell, finding.value) == ("count_mismatch", "B76", "69")
    assert "58" in finding.message_en
    want = expected_file("action_plan.xlsx")["sheets"]["แผนการดำเนินงาน 2568"]
    for name, figures in want["by_strategy"].items():
        rows = [record for record in result.records() if record.strategy.endswith(name)]
        assert len(rows) == figures["records"]
        assert sum(asked(r, 2568, "BUDGETED") for r in rows) == satang(str(figures["budget"]))
        assert sum(asked(r, 2568, "PAID") for r in rows) == satang(str(figures["paid"]))


def test_the_needs_are_accepted_without_any_remark() -> None:
    result = reading("community_needs.xlsx")
    assert (result.outcome, result.findings, len(result.records())) == ("accept", [], 55)
