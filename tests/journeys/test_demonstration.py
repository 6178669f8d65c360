"""`prasan demo`, the README's first command: from an empty folder to a province whose journeys can be followed."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from prasan.env import ROOT
from prasan.publishing.report import FILES


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the command ran once, in a process of its own, as a person would run it."""
    folder = tmp_path_factory.mktemp("demonstration")
    environment = {**os.environ, "PRASAN_HOME": str(folder), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("PRASAN_DATABASE_URL", None)
    command = [sys.executable, "-m", "prasan", "demo", "--no-serve"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "กาฬสินธุ์" in done.stdout
    return folder


def test_it_writes_every_file_of_the_report_and_reconciles(home: Path) -> None:
    out = home / "report"
    assert {path.name for path in out.iterdir()} == set(FILES)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["refused"] == 0
    assert report["counts"]["needs"] > 900
    assert report["sums"]["reconciled"] is True


def test_it_finds_the_projects_that_a_department_and_a_local_government_both_list(home: Path) -> None:
    report = json.loads((home / "report" / "report.json").read_text(encoding="utf-8"))
    across = [p for p in report["pairs"] if p["verdict"] == "DUPLICATE" and p["first"]["owner"] != p["second"]["owner"]]
    assert len(across) >= 30


def test_it_finds_works_of_two_offices_in_each_others_way(home: Path) -> None:
    report = json.loads((home / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["counts"]["conflicts"] == len(report["conflicts"]) > 5
    assert all(one["first"]["owner"] != one["second"]["owner"] for one in report["conflicts"])
    database = sqlite3.connect(home / "prasan.sqlite3")
    likely = database.execute(
        "select kind from integration_conflict where certainty = 'LIKELY' order by kind"
    ).fetchall()
    assert likely == [("SAME_GROUP_SAME_TIME",), ("WRONG_ORDER",)]


def test_one_project_has_gone_from_the_local_government_to_the_pao_and_every_role_can_sign_in(home: Path) -> None:
    database = sqlite3.connect(home / "prasan.sqlite3")
    hops = database.execute(
        "select max(hop) from integration_handover where state = 'ACCEPTED' group by project_id order by 1 desc"
    ).fetchone()
    assert hops == (3,)
    roles = database.execute("select count(distinct role) from accounts_membership").fetchone()
    assert roles[0] >= 4
