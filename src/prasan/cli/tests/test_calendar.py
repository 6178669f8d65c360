"""`prasan calendar` as an officer types it."""

import json
from pathlib import Path

import icalendar
import openpyxl
import pytest
from click.testing import CliRunner, Result
from defusedxml.ElementTree import parse

from prasan.cli.calendar import command


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_without_a_file_the_calendar_is_printed_with_what_is_open() -> None:
    result = _run("--cycle", "moi_2559", "--fiscal-year", "2569", "--on", "20 เม.ย. 2567")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert "ปีงบประมาณ พ.ศ. 2569" in lines[0]
    assert "มท ๐๒๑๒.๑/ว ๒๒๙๖" in lines[1]
    states = {line.split()[0]: line for line in lines[4:11]}
    assert "ผ่านแล้ว" in states["1"]
    for number in ("2a", "2b", "3a", "3b"):
        assert "อยู่ในช่วง" in states[number]
    assert "ยังไม่ถึง" in states["4"]
    assert "ปีอนุมาน" in lines[-1]


def test_the_english_table_has_no_thai_but_the_name_of_the_letter() -> None:
    result = _run("--cycle", "annual_2545", "--fiscal-year", "๒๕๔๕", "--language", "en", "--on", "2000-09-15")
    assert result.exit_code == 0
    table = result.output.splitlines()[3:]
    assert len(table) == 30
    assert not any("ก" <= letter <= "๛" for letter in "".join(table))
    line = next(line for line in table if line.startswith("3.3 "))
    assert "1 Jul – 15 Sep 2000" in line
    assert "open" in line


def test_json_on_the_screen_is_the_calendar() -> None:
    result = _run("--cycle", "moi_2559", "--fiscal-year", "2569", "--json")
    assert result.exit_code == 0
    record = json.loads(result.output)
    assert [step["starts_on"] for step in record["steps"]][:2] == ["2024-01-01", "2024-03-01"]


@pytest.mark.parametrize("suffix", ["json", "ics", "svg", "xlsx", "SVG"])
def test_each_file_holds_every_step(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"calendar.{suffix}"
    result = _run("--cycle", "moi_2559", "--fiscal-year", "2569", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert str(path) in result.output
    if suffix == "json":
        assert len(json.loads(path.read_text(encoding="utf-8"))["steps"]) == 7
    elif suffix == "ics":
        assert len(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == 7
    elif suffix == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert sheet.max_row == 4 + 7
    else:
        assert len(list(parse(path).getroot().iter("{http://www.w3.org/2000/svg}g"))) == 7


def test_json_with_a_file_says_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "calendar.ics"
    result = _run("--cycle", "annual_2545", "--fiscal-year", "2545", "-o", str(path), "--json")
    assert json.loads(result.output) == {
        "file": str(path), "system": "annual_plan_2545", "fiscal_year": 2545, "steps": 29,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "thai", "english"),
    [
        (["--cycle", "moi_9999", "--fiscal-year", "2569"], "ไม่รู้จักระบบแผน", "Known: afp_nine_steps, annual_plan_2545"),
        (["--cycle", "moi_2559", "--fiscal-year", "2026"], "หมายถึง 2569 หรือไม่", "Was 2569 meant?"),
        (["--cycle", "moi_2559", "--fiscal-year", "soon"], "ไม่ใช่ปีงบประมาณ", "not a fiscal year"),
        (["--cycle", "moi_2559", "--fiscal-year", "2999"], "อยู่นอกช่วง", "outside"),
        (["--cycle", "moi_2559", "--fiscal-year", "2569", "--on", "31 ก.พ. 2567"], "ในปฏิทิน", "no day"),
        (["--cycle", "moi_2559", "--fiscal-year", "2569", "-o", "calendar.pdf"], "นามสกุล", "must end in one of"),
        (["--cycle", "moi_2559", "--fiscal-year", "2569", "-o", "calendar"], "นามสกุล", "must end in one of"),
    ],
)
def test_wrong_use_is_a_sentence_in_both_languages_and_exit_two(
    arguments: list[str], thai: str, english: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(*arguments)
    assert result.exit_code == 2
    assert thai in result.output
    assert english in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "calendar.svg"
    result = _run("--cycle", "moi_2559", "--fiscal-year", "2569", "-o", str(path))
    assert result.exit_code == 2
    assert "nowhere" in result.output
