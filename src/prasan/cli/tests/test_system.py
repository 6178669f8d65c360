"""`prasan system` writes and checks files, and `prasan calendar` puts two systems side by side."""

import json
from pathlib import Path

from click.testing import CliRunner

from prasan import rulebook
from prasan.cli import calendar, system


def test_what_is_exported_is_read_back_and_found_fit(tmp_path: Path) -> None:
    file = tmp_path / "moi_2559.yaml"
    done = CliRunner().invoke(system.command, ["export", "moi_2559", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert rulebook.read_system(file) == rulebook.planning_system("moi_2559")
    checked = CliRunner().invoke(system.command, ["check", str(file)])
    assert (checked.exit_code, checked.output.splitlines()[-1]) == (0, "moi_2559: 7 ขั้นตอน / steps")


def test_an_unfit_file_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("key: own\ncolour: red\n", encoding="utf-8")
    checked = CliRunner().invoke(system.command, ["check", str(file)])
    assert checked.exit_code == 2
    assert "own.yaml line 2" in checked.output


def test_two_systems_are_written_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "both.json"
    asked = ["--cycle", "moi_2558", "--fiscal-year", "2570", "--compare", "moi_2559", "-o", str(file)]
    done = CliRunner().invoke(calendar.command, asked)
    assert done.exit_code == 0, done.output
    both = json.loads(file.read_text(encoding="utf-8"))
    titles = [rulebook.planning_system(key).title.th for key in ("moi_2558", "moi_2559")]
    assert both["system"] == "moi_2558-moi_2559"
    assert list(dict.fromkeys(step["lane"] for step in both["steps"])) == titles
