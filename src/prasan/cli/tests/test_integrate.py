"""`prasan integrate` asks everything it needs before it changes anything, and never shows a stack trace."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from prasan.cli import integrate, main
from prasan.exchange.models import Submission
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import operator, plan_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.MEDIA_ROOT = tmp_path / "kept"
    operator("46", "56")
    path = tmp_path / "แผน.xlsx"
    write_workbook(path, [plan_sheet("ก่อสร้างถนน หมู่ที่ 1", "ขุดคลอง หมู่ที่ 2")])
    return path


def run(*paths: Path, out: Path, province: str = "56", cycle: str = "moi_2559") -> Result:
    words = [*map(str, paths), "--province", province, "--fiscal-year", "2569", "--cycle", cycle, "--out", str(out)]
    return CliRunner().invoke(integrate.command, [*words, "--json"])


@pytest.mark.parametrize(
    ("province", "cycle"), [("99", "moi_2559"), ("10", "moi_2559"), ("5601", "moi_2559"), ("56", "ไม่มี")]
)
def test_a_wrong_province_or_cycle_is_wrong_use_and_changes_nothing(
    plan: Path, tmp_path: Path, province: str, cycle: str
) -> None:
    result = run(plan, out=tmp_path / "out", province=province, cycle=cycle)
    assert result.exit_code == 2
    assert not Submission.objects.exists()


def test_a_folder_that_cannot_be_written_is_wrong_use_and_changes_nothing(plan: Path, tmp_path: Path) -> None:
    result = run(plan, out=plan / "ใต้ไฟล์")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "เขียนใน" in result.stderr
    assert not Submission.objects.exists()


def test_a_folder_without_tables_is_wrong_use(plan: Path, tmp_path: Path) -> None:
    empty = tmp_path / "ว่าง"
    (empty / "ไม่ใช่ไฟล์.xlsx").mkdir(parents=True)
    (empty / "~$แผน.xlsx").write_bytes(b"lock")
    (empty / "ลิงก์.xlsx").symlink_to(tmp_path / "ไม่มี")
    assert run(empty, out=tmp_path / "out").exit_code == 2


def test_a_copy_under_another_name_is_counted_once_and_told(plan: Path, tmp_path: Path) -> None:
    copy = tmp_path / "แผนสำเนา ของปลัด.xlsx"
    copy.write_bytes(plan.read_bytes())
    result = run(plan, copy, out=tmp_path / "out")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["counts"]["rows"] == 2
    assert [f["file"] for f in report["findings"] if f["kind"] == "same_file"] == [copy.name]


def test_when_every_file_is_refused_the_exit_code_says_so(plan: Path, tmp_path: Path) -> None:
    letter = tmp_path / "จดหมาย.xlsx"
    letter.write_bytes(b"%PDF-1.4")
    result = run(letter, out=tmp_path / "out")
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert [file["outcome"] for file in json.loads(result.stdout)["inputs"]] == ["refuse"]


def test_what_nobody_foresaw_is_a_sentence_and_a_file_for_the_makers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(main, "prasan", fail)
    monkeypatch.setattr("prasan.env.HOME", tmp_path)
    with pytest.raises(SystemExit) as ended:
        main.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert "Traceback" in (tmp_path / "error.log").read_text(encoding="utf-8")
