"""`prasan import` and `prasan template` as an officer or a program calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from prasan.agencies.models import Body
from prasan.cli import import_, template
from prasan.exchange.models import Submission
from prasan.exchange.services import reconciling
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import operator, plan_sheet
from prasan.integration.models import Pair
from prasan.projects.models import Project

pytestmark = pytest.mark.django_db
KEYS = ["file", "form", "outcome", "records", "total_satang", "by_year", "sheets", "findings"]


@pytest.fixture
def plan(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.MEDIA_ROOT = tmp_path / "kept"
    operator("56")
    path = tmp_path / "แผน.xlsx"
    write_workbook(path, [plan_sheet("ก่อสร้างถนน หมู่ที่ 1", "ขุดคลอง หมู่ที่ 2")])
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(import_.command, [str(a) for a in arguments])


def test_a_dry_run_prints_the_contract_and_writes_nothing(plan: Path) -> None:
    result = run(plan, "--dry-run", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)["files"][0]
    assert list(told) == KEYS
    assert (told["form"], told["outcome"], told["records"]) == ("local_plan_p02", "accept", 2)
    assert told["by_year"] == {"2569": 100_000_000}
    assert not Submission.objects.exists()


def test_an_import_registers_and_a_second_one_says_that_nothing_changed(plan: Path) -> None:
    first = run(plan, "--json", "--province", "56")
    assert first.exit_code == 0
    told = json.loads(first.stdout)["files"][0]
    assert (told["registered"], told["merged"], told["refused"], told["known"]) == (2, 0, 0, False)
    again = run(plan, "--province", "56")
    assert again.exit_code == 0
    assert "ไม่มีอะไรเปลี่ยน" in again.stdout
    assert Project.objects.count() == 2


def test_the_table_shows_whole_amounts_on_a_narrow_terminal(plan: Path) -> None:
    result = CliRunner(env={"COLUMNS": "80"}).invoke(import_.command, [str(plan), "--dry-run"])
    assert "1,000,000" in result.stdout


def test_all_columns_stand_in_eighty_and_findings_hang_under_their_words(plan: Path, tmp_path: Path) -> None:
    letter = tmp_path / "จดหมายถึงนายอำเภอเรื่องขอรับการสนับสนุน.csv"
    letter.write_text("เรียน นายอำเภอ", encoding="utf-8")
    result = CliRunner(env={"COLUMNS": "80"}).invoke(import_.command, [str(plan), str(letter), "--province", "56"])
    lines = result.stdout.splitlines()
    head = next(line for line in lines if line.lstrip().startswith("ไฟล์"))
    assert head.split() == ["ไฟล์", "แบบ", "ผล", "รายการ", "บาท", "รับ", "รวม", "ไม่รับ"]
    assert all(cell_len(line.rstrip()) <= 80 for line in lines)
    first = next(number for number, line in enumerate(lines) if line.startswith("  ต้องแก้"))
    assert lines[first + 1].startswith(" " * 8)


def test_a_refused_file_gives_exit_code_1_and_says_what_to_do(plan: Path, tmp_path: Path) -> None:
    letter = tmp_path / "จดหมาย.csv"
    letter.write_text("เรื่อง,ถึง\nขอเชิญประชุม,ทุกท่าน\n", encoding="utf-8")
    result = run(plan, letter)
    assert result.exit_code == 1
    assert "ไม่รับ" in result.stdout
    assert Project.objects.count() == 2


@pytest.mark.parametrize(
    "arguments", [["/no/such/file.xlsx"], ["."], [], ["--province", "99", "{plan}"], ["--form", "x", "{plan}"]]
)
def test_wrong_use_gives_exit_code_2_and_a_sentence(
    plan: Path, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = run(*(a.replace("{plan}", str(plan)) for a in arguments))
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "Error" in result.output


def test_a_folder_stands_for_the_workbooks_in_it(plan: Path) -> None:
    (plan.parent / "อ่านฉัน.md").write_text("x")
    result = run(plan.parent, "--dry-run", "--json")
    assert [f["file"] for f in json.loads(result.stdout)["files"]] == ["แผน.xlsx"]


def test_a_report_is_written_beside(plan: Path, tmp_path: Path) -> None:
    report = tmp_path / "ซ่อม.xlsx"
    assert run(plan, "--dry-run", "--report", report).exit_code == 0
    assert report.is_file()


def test_a_template_is_written_and_reads_back_as_its_form(tmp_path: Path) -> None:
    path = tmp_path / "แบบ.xlsx"
    done = CliRunner().invoke(template.command, ["action_plan", "-o", str(path), "--fiscal-year", "2570", "--example"])
    assert done.exit_code == 0
    told = json.loads(run(path, "--dry-run", "--json").stdout)["files"][0]
    assert (told["form"], told["records"], told["by_year"]) == ("action_plan", 1, {"2570": 123_450_050})


def test_a_template_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(template.command, ["action_plan", "-o", str(tmp_path / "ไม่มี" / "แบบ.xlsx")])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_a_file_of_which_nothing_can_be_kept_does_not_hold_back_the_others(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "ฉบับอื่น.xlsx"
    write_workbook(other, [plan_sheet("สร้างศาลา หมู่ที่ 5", name="อื่น")])
    monkeypatch.setattr(reconciling, "_stored", lambda job, _: -1 if job.reading.file == plan.name else 50_000_000)
    result = run(plan, other, "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)["files"]
    assert (first["outcome"], first["registered"], first["refused"]) == ("refuse", 0, 2)
    assert first["findings"][-1]["kind"] == "does_not_reconcile"
    assert (second["outcome"], second["registered"]) == ("accept", 1)
    assert [p.name for p in Project.objects.all()] == ["สร้างศาลา หมู่ที่ 5"]


def test_a_template_tells_programs_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "แบบ.xlsx"
    arguments = ["local_plan_p02", "-o", str(path), "--fiscal-year", "2570", "--json"]
    done = CliRunner().invoke(template.command, arguments)
    assert json.loads(done.stdout) == {"file": str(path), "form": "local_plan_p02", "fiscal_year": 2570}


def test_what_may_be_there_already_is_queued_and_told(plan: Path, tmp_path: Path) -> None:
    assert run(plan, "--province", "56").exit_code == 0
    assert not Pair.objects.exists()
    other = tmp_path / "แผนอื่น.xlsx"
    write_workbook(other, [plan_sheet("โครงการก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน ม.1", "จัดซื้อเครื่องพิมพ์")])
    told = json.loads(run(other, "--province", "56", "--json").stdout)["files"][0]["likely_duplicates"]
    assert len(told) == Pair.objects.count() == 3  # with the one that stood, and two rows of this file
    assert {pair["verdict"] for pair in told} == {"DUPLICATE"}
    assert all("same_amount" in [reason["code"] for reason in pair["reasons"]] for pair in told)
    within = next(pair for pair in told if len(pair["rows"]) == 2)
    assert [row["code"] for row in within["rows"]] == within["codes"]
    assert within["rows"][0]["row"] + 1 == within["rows"][1]["row"]
    shown = run(other, "--province", "56").stdout
    assert "อาจซ้ำกับโครงการอื่น 3 คู่" in shown
    assert told[0]["codes"][0] in shown


def test_a_file_that_is_only_checked_says_what_its_rows_may_repeat(plan: Path, tmp_path: Path) -> None:
    assert run(plan, "--province", "56").exit_code == 0
    before = (Project.objects.count(), Body.objects.count())
    other = tmp_path / "แผนอื่น.xlsx"
    write_workbook(other, [plan_sheet("โครงการก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน ม.1", "จัดซื้อเครื่องพิมพ์")])
    assert "likely_repeats" not in run(other, "--dry-run", "--json").stdout
    answer = run(other, "--province", "56", "--dry-run", "--compare", "--json")
    told = json.loads(answer.stdout)["files"][0]["likely_repeats"]
    assert (told["compared"], told["whole"]) == (3, 3)
    (standing,) = Project.objects.filter(name__startswith="ก่อสร้างถนน").values_list("code", flat=True)
    assert {(one["sheet"], one["code"], one["verdict"]) for one in told["rows"]} == {("ผ.02", standing, "DUPLICATE")}
    (pair,) = told["within"]
    assert [pair[side]["name"] for side in ("first", "second")] == ["โครงการก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน ม.1"]
    assert pair["second"]["row"] == pair["first"]["row"] + 1
    shown = run(other, "--province", "56", "--dry-run", "--compare").stdout
    assert "และแถวที่อาจซ้ำกันเอง 1 คู่" in shown
    assert (Project.objects.count(), Body.objects.count()) == before
    assert not Pair.objects.exists()


def test_comparing_can_be_left_out(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "แผนอื่น.xlsx"
    write_workbook(other, [plan_sheet("โครงการก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน ม.1")])
    result = run(plan, other, "--province", "56", "--no-compare", "--json")
    assert "likely_duplicates" not in result.stdout
    assert not Pair.objects.exists()
