"""`prasan check` as an officer types it: a stored plan, a workbook, and wrong use."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from tests.cast import Cast, cast, moment

from prasan.cli.check import command
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.plans import services as plans
from prasan.plans.models import ConformityFinding, PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
SCHEMA = next(
    folder / "docs" / "schemas" / "check.schema.json"
    for folder in Path(__file__).resolve().parents
    if (folder / "docs" / "schemas").is_dir()
)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _plan(stage: Cast) -> PlanEdition:
    make_pair(*(make_project(owner=stage.sao) for _ in range(2)))
    return make_local_plan(lao=stage.sao)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def _told(result: Result) -> dict[str, object]:
    told: dict[str, object] = json.loads(result.output)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return told


def test_a_plan_with_an_undecided_duplicate_exits_1_and_says_which(stage: Cast) -> None:
    _plan(stage)
    before = Entry.objects.count()
    result = _run(f"LOCAL_PLAN/{stage.sao.code}/2569", "--json")
    told = _told(result)
    assert result.exit_code == 1
    assert (told["plan"], told["source"], told["blocking"], told["items"]) == (
        f"LOCAL_PLAN/{stage.sao.code}/2569/1", "edition", 1, 2,
    )  # fmt: skip
    assert {"R31", "R54"} <= set(told["checked"])
    assert "R08" not in told["checked"]
    text = _run(f"LOCAL_PLAN/{stage.sao.code}/2569").output
    assert "R31 [ขวางการเห็นชอบ] 56-2569-00001: อาจซ้ำกับ 56-2569-00002" in text
    assert "R31 [blocks] 56-2569-00001" in _run(f"LOCAL_PLAN/{stage.sao.code}/2569/1", "--language", "en").output
    assert Entry.objects.count() == before
    assert not ConformityFinding.objects.exists()


def test_what_the_level_above_lifted_blocks_no_longer(stage: Cast) -> None:
    edition = _plan(stage)
    plans.check_edition(edition=edition, actor=stage.wichai, at=moment(150))
    finding = ConformityFinding.objects.get(rule="R31")
    plans.answer_finding(finding=finding, state="APPEALED", answer="ไม่ซ้ำ", actor=stage.wichai, at=moment(151))
    plans.decide_finding(finding=finding, decision="LIFTED", reason="จริง", actor=stage.duangjai, at=moment(152))
    result = _run(f"LOCAL_PLAN/{stage.sao.code}/2569", "--json")
    told = _told(result)
    assert (result.exit_code, told["blocking"]) == (0, 0)
    shown = next(one for one in told["findings"] if one["rule"] == "R31")
    assert (shown["state"], shown["decision"]) == ("APPEALED", "LIFTED")


@pytest.mark.parametrize(
    "name", ["nowhere.xlsx", "LOCAL_PLAN/NOBODY/2569", "LOCAL_PLAN/{sao}/2599", "POEM/{sao}/2569", "LOCAL_PLAN/{sao}/x"]
)
def test_what_is_neither_a_plan_nor_a_file_is_wrong_use(stage: Cast, name: str) -> None:
    _plan(stage)
    assert _run(name.format(sao=stage.sao.code)).exit_code == 2


def test_a_list_of_an_agency_is_checked_as_far_as_a_file_tells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["บัญชีโครงการของหน่วยงาน ปีงบประมาณ 2569 จังหวัดพะเยา"])
    sheet.append(["ที่", "กระทรวง", "หน่วยงาน", "แผนงาน", "โครงการ/รายการ", "พื้นที่", "งบประมาณ (บาท)", "วันที่แจ้ง"])
    for number, told in enumerate(("1 พ.ย. 2568", "30 ต.ค. 2568", ""), start=1):
        name = f"ซ่อมสร้างผิวทางแอสฟัลต์คอนกรีต สายที่ {number}"
        sheet.append([number, "คมนาคม", "กรมทางหลวง", "พื้นฐาน", name, "อ.จุน", 1_000_000, told])
    book.save(tmp_path / "agency.xlsx")
    result = _run(str(tmp_path / "agency.xlsx"), "--fiscal-year", "2569", "--json")
    told = _told(result)
    assert result.exit_code == 0
    assert (told["plan"], told["source"], told["plan_type"]) == (
        "agency.xlsx", "file", "PROVINCIAL_ANNUAL_ACTION_PLAN",
    )  # fmt: skip
    assert told["checked"] == ["R33", "R48", "R50"]
    found = [(one["rule"], one["subject"].rpartition("!")[2]) for one in told["findings"]]
    assert found == [("R48", "5"), ("R50", "3")]


def test_a_workbook_that_is_no_plan_is_wrong_use(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["สวัสดี"])
    book.save(tmp_path / "notes.xlsx")
    assert _run(str(tmp_path / "notes.xlsx")).exit_code == 2
