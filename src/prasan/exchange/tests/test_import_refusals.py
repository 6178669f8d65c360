"""What cannot be imported is refused with findings, and nothing is ever half saved."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from tests.shared import SHARED, needs_cases

from prasan.accounts import services as accounts
from prasan.accounts.models import Role
from prasan.agencies.models import Body
from prasan.exchange import services as exchange
from prasan.exchange.models import Outcome, RowOutcome, Submission, SubmissionFinding, SubmissionRow
from prasan.exchange.services import reconciling
from prasan.exchange.testing import AT, needs_sheet, operator, plan_sheet, send
from prasan.journal.models import Entry
from prasan.needs.models import Forum, Need
from prasan.projects.models import Project

pytestmark = pytest.mark.django_db
BAD = SHARED / "cases" / "bad_inputs_open"


def kept_files() -> list[Path]:
    return [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]


def test_the_original_is_kept_whole_by_its_hash(tmp_path: Path) -> None:
    operator("56")
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"))
    kept = Path(settings.MEDIA_ROOT) / result.submission.original
    assert kept.read_bytes() == (tmp_path / "แผน.xlsx").read_bytes()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == result.submission.sha256
    assert result.submission.original.startswith(result.submission.sha256[:2] + "/")


def test_a_file_that_is_no_form_is_kept_and_refused_with_a_finding(tmp_path: Path) -> None:
    operator("56")
    path = tmp_path / "จดหมาย.csv"
    path.write_text("เรื่อง,ถึง\nขอเชิญประชุม,ทุกท่าน\n", encoding="utf-8")
    result = exchange.import_file(path=path, actor=accounts.system_actor(), at=AT)
    assert result.submission.outcome == Outcome.REFUSE
    assert (result.registered, result.merged, result.refused) == (0, 0, 0)
    assert SubmissionFinding.objects.filter(severity="error").exists()
    assert len(kept_files()) == 1
    assert not Project.objects.exists()


def test_a_missing_file_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    actor = operator("56")
    with pytest.raises(exchange.UnableToImport) as refusal:
        exchange.import_file(path=tmp_path / "ไม่มี.xlsx", actor=actor, at=AT)
    assert refusal.value.code == "no_such_file"
    assert not Submission.objects.exists()


def test_a_forum_without_a_village_is_refused_row_by_row_and_says_why(tmp_path: Path) -> None:
    operator("56")
    sheet = needs_sheet("ซ่อมถนน", "ขุดคลอง")
    sheet.place_text = "หมู่ที่ 1 ตำบลไม่มีจริง อำเภอเมืองพะเยา จังหวัดพะเยา"
    result = send(tmp_path, sheet)
    assert (result.registered, result.refused) == (0, 2)
    assert result.submission.outcome == Outcome.REFUSE
    rows = SubmissionRow.objects.filter(outcome=RowOutcome.REFUSED)
    assert [row.name for row in rows] == ["ซ่อมถนน", "ขุดคลอง"]
    assert SubmissionFinding.objects.filter(kind="village_unknown").count() == 2


def test_a_file_refused_for_want_of_the_register_can_be_sent_again_once_it_is_loaded(tmp_path: Path) -> None:
    operator("60")
    first = send(tmp_path, needs_sheet("ซ่อมถนน"))
    assert first.submission.outcome == Outcome.REFUSE
    operator("56")
    second = send(tmp_path, needs_sheet("ซ่อมถนน"))
    assert (second.registered, second.refused) == (1, 0)
    assert Submission.objects.count() == 1
    assert SubmissionRow.objects.count() == 1


def test_a_stranger_imports_nothing_and_leaves_no_trace(tmp_path: Path) -> None:
    operator("56")
    stranger = accounts.create_user(username="stranger", actor=accounts.system_actor(), at=AT)
    entries = Entry.objects.count()
    with pytest.raises(exchange.UnableToImport) as refusal:
        send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"), actor=stranger)
    assert refusal.value.code == "not_allowed"
    assert "แม่ใส" in refusal.value.message_th
    assert Entry.objects.count() == entries
    assert not Submission.objects.exists()
    assert not Project.objects.exists()
    assert kept_files() == []


@pytest.mark.parametrize(
    ("role", "of", "allowed"),
    [
        (Role.PLAN_ANALYST, "own", True),
        (Role.INSPECTOR, "own", False),
        (Role.PLAN_ANALYST, "other", False),
        (Role.PLAN_ANALYST, "province", False),
    ],
)
def test_only_the_planning_officers_of_the_owner_import_its_plan(
    tmp_path: Path, role: Role, of: str, allowed: bool
) -> None:
    system = operator("56")
    send(tmp_path, plan_sheet("โครงการเดิม หมู่ที่ 1"), name="เดิม.xlsx")
    other = plan_sheet("โครงการเดิม หมู่ที่ 1")
    other.owner_text = "องค์การบริหารส่วนตำบลแม่นาเรือ อำเภอเมืองพะเยา จังหวัดพะเยา"
    send(tmp_path, other, name="อื่น.xlsx")
    from prasan.agencies.services import ensure_province_bodies

    ensure_province_bodies(province_code="56", actor=system, at=AT)
    bodies = {
        "own": Body.objects.get(name_th="องค์การบริหารส่วนตำบลแม่ใส"),
        "other": Body.objects.get(name_th="องค์การบริหารส่วนตำบลแม่นาเรือ"),
        "province": Body.objects.get(kind="PROVINCE"),
    }
    person = accounts.create_user(username="person", actor=system, at=AT)
    accounts.grant_role(user=person, body=bodies[of], role=role, actor=system, at=AT)
    before = (Project.objects.count(), Entry.objects.count())
    sheet = plan_sheet("โครงการใหม่ หมู่ที่ 2", name="ใหม่")
    if allowed:
        assert send(tmp_path, sheet, name="ใหม่.xlsx", actor=person).registered == 1
    else:
        with pytest.raises(exchange.UnableToImport):
            send(tmp_path, sheet, name="ใหม่.xlsx", actor=person)
        assert (Project.objects.count(), Entry.objects.count()) == before


def test_a_plan_analyst_of_the_lao_imports_the_forums_of_its_villages(tmp_path: Path) -> None:
    system = operator("56")
    send(tmp_path, plan_sheet("โครงการเดิม หมู่ที่ 1"), name="เดิม.xlsx")
    person = accounts.create_user(username="person", actor=system, at=AT)
    lao = Body.objects.get(name_th="องค์การบริหารส่วนตำบลแม่ใส")
    accounts.grant_role(user=person, body=lao, role=Role.PLAN_ANALYST, actor=system, at=AT)
    assert send(tmp_path, needs_sheet("ซ่อมถนน"), name="ประชาคม.xlsx", actor=person).registered == 1


def test_a_failure_at_the_last_step_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operator("56")
    entries = Entry.objects.count()
    monkeypatch.setattr(reconciling, "_stored", lambda *_: -1)
    with pytest.raises(exchange.UnableToImport) as refusal:
        send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"), needs_sheet("ซ่อมถนน"))
    assert refusal.value.code == "does_not_reconcile"
    for model in (Submission, SubmissionRow, SubmissionFinding, Project, Need, Forum):
        assert not model.objects.exists()
    assert Entry.objects.count() == entries
    assert kept_files() == []


@needs_cases
def test_a_workbook_with_macros_is_kept_without_them() -> None:
    operator("60")
    path = BAD / "15_macro_enabled.xlsm"
    result = exchange.import_file(path=path, actor=accounts.system_actor(), at=AT, province_code="60")
    kept = Path(settings.MEDIA_ROOT) / result.submission.original
    assert kept.suffix == ".xlsx"
    with zipfile.ZipFile(kept) as book:
        assert not [name for name in book.namelist() if "vba" in name.lower()]
        said = b"".join(book.read(n) for n in book.namelist() if n.endswith((".rels", "[Content_Types].xml")))
    assert b"vba" not in said.lower()
    assert b"macroEnabled" not in said


@needs_cases
@pytest.mark.parametrize("path", sorted(BAD.glob("[0-9]*")) if BAD.is_dir() else [], ids=lambda p: p.stem)
def test_no_broken_file_breaks_the_import(path: Path) -> None:
    operator("60", "46")
    province = "46" if path.stem[:2] in {"08", "10", "11", "25"} else "60"
    result = exchange.import_file(path=path, actor=accounts.system_actor(), at=AT, province_code=province)
    rows = SubmissionRow.objects.filter(submission=result.submission)
    assert rows.count() == len(result.reading.records()) == result.registered + result.merged + result.refused
    refused = {(row.sheet, row.row) for row in rows.filter(outcome=RowOutcome.REFUSED)}
    said = {(f.sheet, f.row) for f in SubmissionFinding.objects.filter(severity="error")}
    assert refused <= said
    assert not Project.objects.filter(name__contains="ไม่ดำเนินการแล้ว").exists()


@needs_cases
def test_two_projects_of_one_code_do_not_overwrite_each_other() -> None:
    operator("60")
    path = BAD / "09_same_code_twice.xlsx"
    result = exchange.import_file(path=path, actor=accounts.system_actor(), at=AT, province_code="60")
    assert (result.registered, result.merged, result.refused) == (6, 0, 2)
    assert Project.objects.filter(external_code="NS-002").count() == 1
