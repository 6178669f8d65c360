"""Every planning system, with printed dates or without, prints and becomes every kind of file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from prasan import rulebook
from prasan.cli.calendar import command as calendar
from prasan.cli.rules import command as rules

SYSTEMS = [system.key for system in rulebook.load().systems]


@pytest.mark.parametrize("key", SYSTEMS)
def test_a_system_becomes_every_kind_of_file(key: str, tmp_path: Path) -> None:
    for ending, begins in ((".svg", b"<svg"), (".ics", b"BEGIN:VCALENDAR"), (".xlsx", b"PK"), (".json", b"{")):
        path = tmp_path / f"calendar{ending}"
        result = CliRunner().invoke(calendar, ["--cycle", key, "--fiscal-year", "2569", "-o", str(path)])
        assert result.exit_code == 0, result.output
        assert path.read_bytes().startswith(begins)
    steps = json.loads((tmp_path / "calendar.json").read_text(encoding="utf-8"))["steps"]
    assert [(s["number"], s["certainty"]) for s in steps] == [
        (s.number, s.certainty) for s in rulebook.planning_system(key).steps
    ]


def test_what_is_still_to_be_verified_is_marked_on_the_printed_calendar() -> None:
    printed = CliRunner().invoke(calendar, ["--cycle", "one_plan_2562", "--fiscal-year", "2569"]).output
    assert "** เห็นในข้อมูลสาธารณะ ยังต้องตรวจกับต้นฉบับ" in printed
    assert "*** ความรู้ทั่วไป ยังต้องตรวจ" in printed


def test_the_rules_list_every_system() -> None:
    printed = CliRunner().invoke(rules, []).output
    assert [key for key in SYSTEMS if f"  {key} " not in printed] == []
