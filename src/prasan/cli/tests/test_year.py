"""`prasan year` as an officer types it: opening, trying first, how it stands, who is missing, and wrong use."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.cast import Cast, cast, moment

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.cli.year import command
from prasan.cycles import services as acts
from prasan.cycles.models import Cycle, CycleStep, SystemVersion, Task
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
SCHEMA = next(
    folder / "docs" / "schemas" / "year.schema.json"
    for folder in Path(__file__).resolve().parents
    if (folder / "docs" / "schemas").is_dir()
)
YEAR = ("--province", "56", "--system", "moi_2559", "--fiscal-year", "2570")


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def _told(*words: str) -> dict[str, Any]:
    result = _run(*words, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return told


def _kept() -> tuple[int, ...]:
    return tuple(kind.objects.count() for kind in (Cycle, CycleStep, Task, SystemVersion, Body, Entry))


def test_a_dry_run_says_what_opening_makes_and_keeps_nothing(stage: Cast) -> None:
    before = _kept()
    tried = _told("open", *YEAR, "--dry-run")
    assert _kept() == before
    opened = _told("open", *YEAR)
    assert tried == {**opened, "dry_run": True}
    assert (opened["opened"], opened["version"], opened["tasks"]) == (True, 1, opened["tasks_added"])
    assert opened["tasks"] == Task.objects.count() > 0
    first = opened["steps"][0]
    assert (first["number"], first["starts_on"], first["ends_before"], first["tasks"]) == (
        "1", "2025-01-01", "2025-03-01", 5,
    )  # fmt: skip


def test_opening_again_adds_nothing_and_says_so(stage: Cast) -> None:
    _run("open", *YEAR)
    before = _kept()
    again = _told("open", *YEAR)
    assert (again["opened"], again["tasks_added"], _kept()) == (False, 0, before)
    assert "เปิดไว้แล้ว / open already" in _run("open", *YEAR).output


def test_the_provinces_own_published_system_is_opened_and_a_draft_is_not(stage: Cast) -> None:
    own = acts.draft_system(
        based_on="moi_2559", key="phayao_plan", area=stage.province, reason="ลอง", actor=stage.prasit, at=moment(0)
    )
    words = ("open", "--province", "56", "--system", "phayao_plan", "--fiscal-year", "2570")
    assert _run(*words).exit_code == 2
    acts.publish_system(definition=own, reason="ใช้จริง", actor=stage.prasit, at=moment(1))
    _told(*words)
    assert Cycle.objects.get(system="phayao_plan").definition == own


def test_how_the_years_stand_is_counted_by_state_on_a_day(stage: Cast) -> None:
    _run("open", *YEAR)
    acts.submit_task(
        task=Task.objects.get(step__number="1", body=stage.village_committee), actor=stage.somsri, at=moment(0)
    )
    for day, states in (
        ("2024-12-31", {"SUBMITTED": 1, "WAITING": 4}),
        ("2025-01-01", {"SUBMITTED": 1, "OPEN": 4}),
        ("2025-02-28", {"SUBMITTED": 1, "OPEN": 4}),
        ("2025-03-01", {"SUBMITTED": 1, "LATE": 4}),
    ):
        year = _told("status", *YEAR, "--on", day)["years"][0]
        assert {state: n for state, n in year["steps"][0]["states"].items() if n} == states
    assert "เกินกำหนด / late 4" in _run("status", "--on", "1 มี.ค. 2568", "--province", "56").output
    assert len(_told("status")["years"]) == 2  # the year of the country too


def test_who_is_missing_is_named_by_body_and_district(stage: Cast) -> None:
    _run("open", *YEAR)
    acts.submit_task(
        task=Task.objects.get(step__number="1", body=stage.village_committee), actor=stage.somsri, at=moment(0)
    )
    words = ("missing", *YEAR, "--on", "2025-03-01", "--district", "5601")
    told = _told(*words, "--step", "1")
    assert [(one["body"], one["district"], one["state"]) for one in told["missing"]] == [
        (body.code, "5601", "LATE") for body in (stage.far_committee, stage.other_committee, stage.other_sao, stage.sao)
    ]
    assert told["missing"][0]["due_before"] == "2025-03-01"
    begun = _told(*words)["missing"]
    assert "WAITING" not in {one["state"] for one in begun}
    assert {one["state"] for one in _told(*words, "--all")["missing"]} == {"LATE", "OPEN", "WAITING"}
    assert _told("missing", *YEAR, "--on", "2025-03-01", "--district", "5602", "--step", "1")["missing"] == []
    line = _run(*words, "--step", "1").output.splitlines()[1]
    assert line == f"  1         28 กุมภาพันธ์ 2568  [เกินกำหนด / late] {stage.far_committee.name_th} (5601)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "--province", "99", "--system", "moi_2559", "--fiscal-year", "2570"), "no province 99"),
        (("open", "--province", "5601", "--system", "moi_2559", "--fiscal-year", "2570"), "no province 5601"),
        (("open", "--province", "56", "--system", "moi_9999", "--fiscal-year", "2570"), "moi_9999"),
        (("open", "--province", "56", "--system", "moi_2559", "--fiscal-year", "2027"), "2570"),
        (("open", "--province", "56", "--system", "moi_2559", "--fiscal-year", "2591"), "2591"),
        (("open", "--province", "56", "--system", "moi_2559"), "--fiscal-year"),
        (("status", "--province", "56"), "prasan year open"),
        (("status", "--on", "31/2/2568"), "31/2/2568"),
        (("missing", *YEAR), "prasan year open"),
    ],
)
def test_wrong_use_exits_2_says_what_is_wrong_and_keeps_nothing(stage: Cast, words: tuple[str, ...], said: str) -> None:
    before = _kept()
    result = _run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert _kept() == before


def test_a_district_or_a_step_that_is_not_there_is_wrong_use(stage: Cast) -> None:
    _run("open", *YEAR)
    for words in (("--district", "5799"), ("--district", "56"), ("--step", "99")):
        assert _run("missing", *YEAR, *words).exit_code == 2


def test_an_act_the_rules_forbid_exits_1(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prasan.cli.year.system_actor", lambda: stage.stranger)
    before = _kept()
    result = _run("open", *YEAR)
    assert (result.exit_code, result.stdout, _kept()) == (1, "", before)
    assert "ผู้เปิดปฏิทินต้องมีหน้าที่ด้านแผน" in result.stderr


def test_a_shipped_system_is_found_by_its_alias(stage: Cast) -> None:
    alias = next(system.aliases[0] for system in rulebook.load().systems if system.aliases)
    told = _told("open", "--province", "56", "--system", alias, "--fiscal-year", "2570")
    assert alias in rulebook.planning_system(told["system"]).aliases
