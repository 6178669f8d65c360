"""A file sent again changes nothing; a corrected one changes only what differs, and says so."""

import datetime as dt
from pathlib import Path

import pytest

from prasan.exchange import queries
from prasan.exchange.models import RowOutcome, Submission, SubmissionRow
from prasan.exchange.reading.records import Amount
from prasan.exchange.testing import AT, needs_sheet, operator, plan_sheet, send
from prasan.journal.models import Entry
from prasan.needs.models import Need, ResponseKind
from prasan.needs.services import classify_need
from prasan.projects.models import Project, ProjectYear

pytestmark = pytest.mark.django_db
ROADS = ("ก่อสร้างถนน คสล. หมู่ที่ 1", "ก่อสร้างถนน คสล. หมู่ที่ 2", "ขุดลอกลำเหมือง หมู่ที่ 3")


def test_the_same_file_again_changes_nothing_and_gives_the_same_result(tmp_path: Path) -> None:
    operator("56")
    first = send(tmp_path, plan_sheet(*ROADS))
    before = (Project.objects.count(), SubmissionRow.objects.count(), Entry.objects.count())
    (tmp_path / "again").mkdir()
    second = send(tmp_path / "again", plan_sheet(*ROADS))
    assert second.known
    assert second.submission == first.submission
    assert (second.registered, second.merged, second.refused) == (3, 0, 0)
    assert (Project.objects.count(), SubmissionRow.objects.count(), Entry.objects.count()) == before


def test_a_corrected_amount_revises_the_project_and_keeps_its_code(tmp_path: Path) -> None:
    operator("56")
    first = send(tmp_path, plan_sheet(*ROADS))
    codes = list(Project.objects.order_by("code").values_list("code", flat=True))
    sheet = plan_sheet(*ROADS)
    sheet.records[1].amounts = plan_sheet("x", satang=70_000_050).records[0].amounts
    second = send(tmp_path, sheet)
    assert second.submission.replaces == first.submission
    assert (second.registered, second.revised, second.withdrawn) == (3, 1, 0)
    assert list(Project.objects.order_by("code").values_list("code", flat=True)) == codes
    assert ProjectYear.objects.get(project__name=ROADS[1]).amount_satang == 70_000_050
    revisions = Entry.objects.filter(act="projects.revise_project")
    assert [entry.subject_code for entry in revisions] == [codes[1]]


def test_marked_months_are_the_time_of_the_work_and_a_file_without_any_leaves_it(tmp_path: Path) -> None:
    operator("56")
    sheet = plan_sheet(*ROADS[:2], form="action_plan")
    sheet.records[0].months = (2, 3, 5)
    send(tmp_path, sheet)
    road = Project.objects.get(name=ROADS[0])
    assert road.work == (dt.date(2026, 12, 1), dt.date(2027, 4, 1))  # December 2569 to March 2570
    assert Project.objects.get(name=ROADS[1]).work is None
    sheet.records[0].months = ()
    sheet.records[0].responsible = "กองการเกษตร"
    assert send(tmp_path, sheet).revised == 1
    road.refresh_from_db()
    assert (road.responsible, road.work) == ("กองการเกษตร", (dt.date(2026, 12, 1), dt.date(2027, 4, 1)))


def test_a_spelling_corrected_at_the_same_number_keeps_the_code(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet("ก่อสรางถนน คสล. สายบ้านร่องไฮ หมู่ที่ 1"))
    code = Project.objects.get().code
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน คสล. สายบ้านร่องไฮ หมู่ที่ 1"))
    assert result.revised == 1
    assert Project.objects.get().code == code
    assert Project.objects.get().name == "ก่อสร้างถนน คสล. สายบ้านร่องไฮ หมู่ที่ 1"


def test_another_village_at_the_same_number_is_another_project(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet("ก่อสร้างถนน คสล. หมู่ที่ 1"))
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน คสล. หมู่ที่ 7"), at=AT + dt.timedelta(days=1))
    assert (result.registered, result.revised, result.withdrawn) == (1, 0, 1)
    assert Project.objects.filter(withdrawn_at=None).get().name.endswith("หมู่ที่ 7")


def test_a_row_that_is_gone_is_withdrawn_with_a_finding_and_a_new_one_is_added(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS))
    result = send(tmp_path, plan_sheet(ROADS[0], ROADS[2], "ติดตั้งไฟโซล่าเซลล์ หมู่ที่ 4"))
    assert (result.registered, result.withdrawn) == (3, 1)
    gone = Project.objects.get(name=ROADS[1])
    assert gone.withdrawn_at == AT
    assert Project.objects.filter(withdrawn_at=None).count() == 3
    said = [f for f in queries.findings_of(result.submission) if f.kind == "row_withdrawn"]
    assert len(said) == 1
    assert gone.code in said[0].message_th


def test_rows_that_moved_to_another_number_are_the_same_projects(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS))
    codes = dict(Project.objects.values_list("name", "code"))
    result = send(tmp_path, plan_sheet(ROADS[2], ROADS[0], ROADS[1]))
    assert (result.registered, result.withdrawn) == (3, 0)
    assert dict(Project.objects.values_list("name", "code")) == codes


def test_another_plan_of_the_same_name_is_not_a_correction(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS))
    other = plan_sheet(*ROADS)
    other.owner_text = "องค์การบริหารส่วนตำบลแม่นาเรือ อำเภอเมืองพะเยา จังหวัดพะเยา"
    result = send(tmp_path, other)
    assert result.submission.replaces is None
    assert (result.registered, result.merged) == (3, 0)
    assert Project.objects.filter(withdrawn_at=None).count() == 6


def test_a_third_sending_corrects_the_second(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS))
    second = send(tmp_path, plan_sheet(*ROADS[:2]))
    third = send(tmp_path, plan_sheet(*ROADS[:1]))
    assert third.submission.replaces == second.submission
    assert Project.objects.filter(withdrawn_at=None).count() == 1
    assert Submission.objects.count() == 3


def test_a_corrected_list_of_needs_keeps_codes_and_what_an_officer_has_classified(tmp_path: Path) -> None:
    actor = operator("56")
    send(tmp_path, needs_sheet("ซ่อมถนนสายหลัก", "ขุดลอกคลอง"), name="ประชาคม.xlsx")
    need = Need.objects.get(title="ซ่อมถนนสายหลัก")
    classify_need(need=need, response_kind=ResponseKind.NEEDS_SUPPORT, actor=actor, at=AT)
    sheet = needs_sheet("ซ่อมถนนสายหลัก")
    sheet.records[0].target_group = "ประชาชนทั้งหมู่บ้าน"
    result = send(tmp_path, sheet, name="ประชาคม.xlsx")
    assert (result.registered, result.revised, result.withdrawn) == (1, 1, 1)
    need.refresh_from_db()
    assert need.target_group == "ประชาชนทั้งหมู่บ้าน"
    assert need.response_kind == ResponseKind.NEEDS_SUPPORT
    assert Need.objects.get(title="ขุดลอกคลอง").withdrawn_at == AT


def test_a_file_that_repeats_another_merges_and_its_correction_leaves_the_other_alone(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS), name="ก.xlsx")
    repeat = send(tmp_path, plan_sheet(*ROADS[:2], name="สำเนา"), name="ข.xlsx")
    assert (repeat.registered, repeat.merged, repeat.refused) == (0, 2, 0)
    assert Project.objects.count() == 3
    merged = SubmissionRow.objects.filter(outcome=RowOutcome.MERGED)
    assert set(merged.values_list("project__name", flat=True)) == set(ROADS[:2])
    fewer = send(tmp_path, plan_sheet(ROADS[0], name="สำเนา"), name="ข.xlsx")
    assert (fewer.merged, fewer.withdrawn) == (1, 0)
    assert Project.objects.filter(withdrawn_at=None).count() == 3


def test_two_equal_rows_of_one_file_are_two_projects(tmp_path: Path) -> None:
    operator("56")
    result = send(tmp_path, plan_sheet(ROADS[0], ROADS[0]))
    assert (result.registered, result.merged) == (2, 0)
    repeat = send(tmp_path, plan_sheet(ROADS[0], ROADS[0], ROADS[0], name="สำเนา"), name="ข.xlsx")
    assert (repeat.registered, repeat.merged) == (1, 2)
    assert Project.objects.count() == 3


def test_another_amount_or_list_is_not_a_repeat(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(ROADS[0]), name="ก.xlsx")
    dearer = send(tmp_path, plan_sheet(ROADS[0], name="สำเนา", satang=60_000_000), name="ข.xlsx")
    community = send(tmp_path, plan_sheet(ROADS[0], name="ชุมชน", form="local_plan_p02_1"), name="ค.xlsx")
    assert (dearer.merged, community.merged) == (0, 0)
    assert Project.objects.count() == 3


def test_every_needs_village_keeps_its_forum_when_corrected(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, needs_sheet("ซ่อมถนน"), needs_sheet("ขุดคลอง", moo=2), name="ประชาคม.xlsx")
    forums = {need.title: need.forum_id for need in Need.objects.all()}
    assert len(set(forums.values())) == 2
    changed = needs_sheet("ซ่อมถนน")
    changed.records[0].problem = "ถนนขาด"
    send(tmp_path, changed, needs_sheet("ขุดคลอง", moo=2), name="ประชาคม.xlsx")
    assert {need.title: need.forum_id for need in Need.objects.all()} == forums


def test_next_years_forum_and_a_second_forum_are_no_corrections(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, needs_sheet("ซ่อมถนน"), name="ประชาคม.xlsx")
    later = needs_sheet("ขุดคลอง")
    later.held_text = "3 มีนาคม 2569"
    second = send(tmp_path, later, name="ประชาคม.xlsx")
    next_year = needs_sheet("สร้างศาลา")
    next_year.held_text = "12 ตุลาคม 2569"
    third = send(tmp_path, next_year, name="ประชาคม.xlsx")
    assert second.submission.replaces is None
    assert third.submission.replaces is None
    assert Need.objects.filter(withdrawn_at=None).count() == 3


def test_the_plan_of_other_years_under_the_same_name_is_no_correction(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS))
    following = plan_sheet("โครงการปี 2572 หมู่ที่ 1")
    following.fiscal_years = (2571, 2572, 2573, 2574, 2575)
    following.records[0].amounts = [Amount(2572, "PLANNED", "IN", 1_000_000, "")]
    result = send(tmp_path, following)
    assert result.submission.replaces is None
    assert Project.objects.filter(withdrawn_at=None).count() == 4


def test_a_plan_sent_in_two_halves_is_no_correction_of_its_first_half(tmp_path: Path) -> None:
    operator("56")
    send(tmp_path, plan_sheet(*ROADS), name="ยุทธศาสตร์ 1.xlsx")
    second = send(tmp_path, plan_sheet("สร้างศูนย์เด็กเล็ก หมู่ที่ 4", "อบรมอาชีพ"), name="ยุทธศาสตร์ 2.xlsx")
    assert (second.registered, second.withdrawn, second.submission.replaces) == (2, 0, None)
    assert Project.objects.filter(withdrawn_at=None).count() == 5


def test_two_halves_of_one_name_in_one_run_stand_side_by_side(tmp_path: Path) -> None:
    operator("56")
    for half, names in ("ก", ROADS), ("ข", ("สร้างศูนย์เด็กเล็ก หมู่ที่ 4", "อบรมอาชีพ")):
        (tmp_path / half).mkdir()
        send(tmp_path / half, plan_sheet(*names))
    assert Project.objects.filter(withdrawn_at=None).count() == 5


def test_a_correction_may_come_under_another_name(tmp_path: Path) -> None:
    operator("56")
    first = send(tmp_path, plan_sheet(*ROADS))
    second = send(tmp_path, plan_sheet(ROADS[0], ROADS[2]), name="แผน (แก้ไข).xlsx")
    assert second.submission.replaces == first.submission
    assert (second.registered, second.withdrawn) == (2, 1)
