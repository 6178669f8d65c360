"""The main job on real workbooks: every row and every satang arrives, and a second run changes nothing."""

import csv
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import transaction
from django.utils import timezone

from prasan.accounts import services as accounts
from prasan.areas import services as areas
from prasan.cli.integrate import integrate
from prasan.cli.job.scope import Order
from prasan.exchange.models import Submission, SubmissionRow
from prasan.integration.models import Handover
from prasan.journal import services as journal
from prasan.journal.models import Entry
from prasan.needs.models import Need
from prasan.plans.models import PlanEdition, PlanItem
from prasan.projects.models import Project, ProjectYear, TakeUp
from prasan.publishing.report import FILES
from tests.shared import SHARED, needs_cases

pytestmark = [needs_cases, pytest.mark.cases, pytest.mark.django_db]

CASES = SHARED / "cases"
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "report.schema.json"
TABLES = (Submission, SubmissionRow, Need, Project, ProjectYear, TakeUp, Handover, PlanEdition, PlanItem, Entry)


@dataclass(frozen=True)
class Run:
    """What one case left behind: the report, the files of both runs, the table sizes after each."""

    report: dict[str, Any]
    first: dict[str, str]
    second: dict[str, str]
    rows_first: dict[str, int]
    rows_second: dict[str, int]
    broken_chain: int | None


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _sizes() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


@pytest.fixture(scope="module")
def runs(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Each case, and the three together, run twice in one database that is rolled back at the end."""
    orders = {
        "maesai": (["maesai"], "56", 2568),
        "kalasin_supply": (["kalasin_supply"], "46", 2565),
        "nakhonsawan_half": (["nakhonsawan_half"], "60", 2566),
    }
    done: dict[str, Run] = {}
    with django_db_blocker.unblock():
        for name, (folders, province, year) in orders.items():
            with transaction.atomic():
                areas.load_builtin_register(actor=accounts.system_actor(), at=timezone.now())
                paths = [path for folder in folders for path in sorted((CASES / folder).glob("*.xlsx"))]
                done[name] = _run_twice(Order(paths, province, year, "moi_2559"), tmp_path_factory.mktemp(name))
                transaction.set_rollback(True)
    return done


def _run_twice(order: Order, out: Path) -> Run:
    integrate(order, out)
    first, rows_first = _hashes(out), _sizes()
    integrate(order, out)
    return Run(
        report=json.loads((out / "report.json").read_text(encoding="utf-8")),
        first=first,
        second=_hashes(out),
        rows_first=rows_first,
        rows_second=_sizes(),
        broken_chain=journal.verify_chain(),
    )


def _expected(case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES / case / "expected.json").read_text(encoding="utf-8"))
    return loaded


def _satang(baht: float) -> int:
    return round(baht * 100)


@pytest.mark.parametrize("case", ["maesai", "kalasin_supply", "nakhonsawan_half"])
def test_every_row_ends_in_exactly_one_outcome_and_every_satang_with_it(runs: dict[str, Run], case: str) -> None:
    report = runs[case].report
    counts = report["counts"]
    assert counts["rows"] == counts["registered"] + counts["merged"] + counts["refused"]
    assert report["sums"]["reconciled"] is True
    assert [item["difference"] for item in report["sums"]["reconciliations"]] == [0, 0, 0]


@pytest.mark.parametrize("case", ["maesai", "kalasin_supply", "nakhonsawan_half"])
def test_a_second_run_on_the_same_files_changes_no_row_and_no_byte(runs: dict[str, Run], case: str) -> None:
    run = runs[case]
    assert set(run.first) == set(FILES)
    assert run.second == run.first
    assert run.rows_second == run.rows_first
    assert run.broken_chain is None


@pytest.mark.parametrize("case", ["maesai", "kalasin_supply", "nakhonsawan_half"])
def test_the_report_keeps_its_contract(runs: dict[str, Run], case: str) -> None:
    jsonschema.validate(runs[case].report, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_maesai_arrives_whole(runs: dict[str, Run]) -> None:
    report, expected = runs["maesai"].report, _expected("maesai")
    totals = expected["totals"]
    assert report["counts"]["needs"] == totals["proposals"]
    assert report["counts"]["registered"] == totals["proposals"] + totals["plan_rows"] + totals["action_rows"]
    by_file = {item["file"]: item for item in report["inputs"]}
    plan = next(f for f in expected["files"] if f["file"] == "local_plan_p02.xlsx")
    action = next(f for f in expected["files"] if f["file"] == "action_plan.xlsx")
    budget = action["sheets"]["แผนการดำเนินงาน 2568"]["total_budget"]
    assert by_file["local_plan_p02.xlsx"]["total_satang"] == _satang(plan["total"])
    assert by_file["action_plan.xlsx"]["total_satang"] == _satang(budget)


def test_what_maesai_asks_of_the_pao_goes_to_the_district_committee_and_no_further(runs: dict[str, Run]) -> None:
    expected = _expected("maesai")["went_to_pao"]
    asked = [h for h in runs["maesai"].report["handovers"] if h["verdict"] == "NOT_STATED"]
    assert len(asked) == expected["count"]
    assert sum(h["amount_satang"] for h in asked) == _satang(expected["total"])
    assert {h["hop"] for h in asked} == {1}
    assert all("ประสานแผนพัฒนาท้องถิ่นระดับอำเภอ" in h["to_body"] for h in asked)


def test_no_need_of_maesai_is_lost_between_the_village_the_tambon_and_the_district(runs: dict[str, Run]) -> None:
    report = runs["maesai"].report
    forwarded = [h for h in report["handovers"] if h["verdict"] == "NOT_TAKEN"]
    villages = [plan for plan in report["plans"] if plan["level"] == "VILLAGE"]
    assert sum(len(plan["items"]) for plan in villages) == 55
    taken = runs["maesai"].rows_first["TakeUp"] - len(forwarded)  # each forwarded need is its own project's
    assert len(forwarded) + taken == 55
    assert all(h["coordinator"] for h in forwarded)  # R36: กม. coordinates


def test_known_links_of_maesai_from_plan_to_action_are_found_as_pairs(runs: dict[str, Run]) -> None:
    links = [link for link in _expected("maesai")["links"]["items"] if link["kind"] == "plan_to_action"]
    pairs = runs["maesai"].report["pairs"]
    found = {frozenset((pair["first"]["name"], pair["second"]["name"])) for pair in pairs}
    assert [link for link in links if frozenset((link["from_name"], link["to_name"])) not in found] == []


def test_kalasin_arrives_whole_with_its_districts(runs: dict[str, Run]) -> None:
    report, totals = runs["kalasin_supply"].report, _expected("kalasin_supply")["totals"]
    assert report["counts"]["registered"] == totals["records"]
    assert report["sums"]["total_satang"] == _satang(totals["amount_thb"])
    on_map = {area["code"]: (area["projects"], area["satang"]) for area in report["areas"] if area["projects"]}
    expected = {
        code: (district["records"], _satang(district["amount_thb"]))
        for code, district in totals["by_district"].items()
        if code != "(none)"
    }
    assert on_map == expected


def test_kalasin_notices_after_the_thirtieth_day_are_named(runs: dict[str, Run]) -> None:
    expected = _expected("kalasin_supply")["dates"]
    late = [f for f in runs["kalasin_supply"].report["findings"] if f["kind"] == "late_notice"]
    assert len(late) == expected["late_records"]
    for agency in expected["late_agencies"]:
        assert any(agency.split()[-1] in finding["message_th"] for finding in late), agency


@pytest.mark.django_db
def test_a_later_budget_act_gives_agencies_later_days(tmp_path: Path) -> None:
    areas.load_builtin_register(actor=accounts.system_actor(), at=timezone.now(), province_code="46")
    paths = sorted((CASES / "kalasin_supply").glob("*.xlsx"))
    order = Order(paths, "46", 2565, "moi_2559", act_effective_on=dt.date(2021, 10, 20))
    report = integrate(order, tmp_path)
    late = [f for f in report.findings if f.kind == "late_notice"]
    with (CASES / "kalasin_supply" / "expected_rows.csv").open(encoding="utf-8") as file:
        told = [row["notified_on"] for row in csv.DictReader(file) if row["notified_on"]]
    assert len(late) == sum(day > "2021-11-19" for day in told)  # 20 October and thirty days
    assert 0 < len(late) < _expected("kalasin_supply")["dates"]["late_records"]


def test_forums_of_maesai_that_did_not_classify_their_needs_are_told(runs: dict[str, Run]) -> None:
    told = [f for f in runs["maesai"].report["findings"] if f["kind"] == "unclassified_need"]
    assert len(told) == 12  # every sheet leaves the kind blank for some; only one need of village 3 names it


def test_nakhonsawan_arrives_whole(runs: dict[str, Run]) -> None:
    report = runs["nakhonsawan_half"].report
    assert report["counts"]["registered"] == 340
    assert report["sums"]["total_satang"] == _satang(1_135_376_200 + 1_100_000 + 2_009_442_000)
    # The city of the province's name lies in its capital district, so its ผ.02/2 rows find their committee.
    assert len(report["handovers"]) == 40
    assert sum(h["amount_satang"] for h in report["handovers"]) == _satang(2_009_442_000)


def test_every_figure_can_be_traced_to_file_sheet_and_row(runs: dict[str, Run]) -> None:
    for run in runs.values():
        for plan in run.report["plans"]:
            for item in plan["items"]:
                assert item["source"]["file"], item
                assert item["source"]["row"] > 0, item
