"""Recording and revising one project by hand, with what it may repeat beside the form."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, cast, signed_in

from prasan.agencies.models import Body
from prasan.integration.models import Pair
from prasan.projects.models import AmountKind, Project, ProjectYear
from prasan.projects.services import YearDraft, revise_project
from prasan.projects.testing import AT, make_project
from prasan.web.queries import writing

pytestmark = pytest.mark.django_db

ROAD = "ก่อสร้างถนน คสล. สายบ้านร่องไฮ หมู่ที่ 1 กว้าง 4 เมตร ยาว 300 เมตร"


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _said(*years: tuple[Any, Any], **said: Any) -> dict[str, Any]:
    rows = {"years-TOTAL_FORMS": len(years), "years-INITIAL_FORMS": 0}
    for number, (year, amount) in enumerate(years):
        rows |= {f"years-{number}-year": year, f"years-{number}-amount": amount}
    return {"name": ROAD, "area": "56011401", "fiscal_year": "2570", **rows, **said}


def test_an_officer_records_a_project(stage: Cast):
    client = signed_in(stage.wichai)
    page = client.get("/projects/new/").content.decode()
    assert "องค์การบริหารส่วนตำบลแม่ใส" in page
    assert "บ้านแม่ใสกลาง" in page  # a village of the อบต.
    assert "บ้านแม่กา" not in page  # a village of another
    answer = client.post("/projects/new/", _said(("2570", "๔๕๐,๐๐๐.๕๐"), ("๒๕๗๑", "100"), ("2572", "")))
    project = Project.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/projects/{project.code}/")
    assert (project.owner, project.area, project.origin) == (stage.sao, stage.village, "LOCAL_PLAN")
    assert list(project.years.values_list("fiscal_year", "kind", "amount_satang")) == [
        (2570, "PLANNED", 45_000_050),
        (2571, "PLANNED", 10_000),
    ]


def test_what_cannot_be_read_is_told_at_its_field_and_nothing_is_saved(stage: Cast):
    client = signed_in(stage.wichai)
    for wrong, told in (
        ({"name": " "}, "เขียนชื่อโครงการ"),
        ({"fiscal_year": "2025"}, "ปี พ.ศ. ต้องอยู่ระหว่าง"),
        ({"area": "56010701"}, "เลือก"),  # a village of another อบต.
        ({"years-0-amount": "หลายบาท"}, "มีช่องที่ต้องแก้"),
        ({"years-1-year": "2570", "years-1-amount": "5"}, "ปีนี้มีจำนวนเงินแล้ว"),
        ({"years-0-year": ""}, "มีช่องที่ต้องแก้"),
    ):
        answer = client.post("/projects/new/", _said(("2570", "100"), ("2571", "")) | wrong)
        assert answer.status_code == 422, wrong
        assert told in answer.content.decode(), wrong
    assert not Project.objects.exists()


def test_a_likely_duplicate_is_shown_while_typing_and_once_before_it_is_recorded(stage: Cast):
    standing = make_project(owner=stage.highways, name=ROAD, baht=450_000, area=stage.village, fiscal_year=2570)
    client = signed_in(stage.wichai)
    typed = _said(("2570", "450,000"), name=ROAD.replace("คสล.", "คอนกรีตเสริมเหล็ก"))
    panel = client.get("/projects/likely/", {**typed, "owner": stage.sao.code}).content.decode()
    assert f"/projects/{standing.code}/" in panel
    assert "ซ้ำ" in panel
    assert "หมู่ที่เดียวกัน: 1 / 1" in panel

    warned = client.post("/projects/new/", typed)
    assert warned.status_code == 200
    assert "อาจเป็นงานที่มีอยู่แล้ว" in warned.content.decode()
    assert Project.objects.count() == 1
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', warned.content.decode())
    assert confirmed
    assert confirmed[1] == standing.code
    assert client.post("/projects/new/", typed | {"confirmed": confirmed[1]}).status_code == 302
    made = Project.objects.get(owner=stage.sao)
    pair = Pair.objects.get()
    assert (pair.first, pair.second, pair.verdict, pair.decision) == (standing, made, "DUPLICATE", "WAITING")

    revised = typed | {"years-0-amount": "90000", "reason": "สำรวจใหม่", "version": made.version}
    assert client.post(f"/projects/{made.code}/revise/", revised).status_code == 302
    pair.refresh_from_db()
    assert pair.at_stake_satang == 9_000_000  # the queue follows


def test_a_duplicate_that_came_after_the_warning_is_shown_too(stage: Cast):
    first = make_project(owner=stage.highways, name=ROAD, baht=450_000, area=stage.village, fiscal_year=2570)
    make_project(owner=stage.pao, name=ROAD, baht=450_000, area=stage.village, fiscal_year=2570)
    client = signed_in(stage.wichai)
    again = client.post("/projects/new/", _said(("2570", "450000"), confirmed=first.code))
    assert again.status_code == 200
    assert Project.objects.filter(owner=stage.sao).count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "ถ"},
        {"name": ROAD, "fiscal_year": "ปีหน้า", "area": "ไม่มี", "years-TOTAL_FORMS": "x"},
        {"name": "\x00" * 10, "years-TOTAL_FORMS": "99999", "years-INITIAL_FORMS": "-1"},
        {"name": "ก" * 5000},
        {"project": "ไม่มี"},
    ],
)
def test_the_panel_answers_whatever_is_typed(stage: Cast, typed: dict[str, str]):
    answer = signed_in(stage.wichai).get("/projects/likely/", {"owner": stage.sao.code, **typed})
    assert answer.status_code == 200


def test_the_panel_asks_a_bounded_number_of_questions(stage: Cast, django_assert_max_num_queries: Any):
    for number in range(15):
        make_project(owner=stage.sao, name=f"{ROAD} สายที่ {number}", area=stage.village, baht=450_000 + number)
    client = signed_in(stage.wichai)
    with django_assert_max_num_queries(27):
        client.get("/projects/likely/", {**_said(("2570", "450000")), "owner": stage.sao.code})


def test_the_time_of_the_work_is_written_changed_and_taken_away(stage: Cast):
    client = signed_in(stage.wichai)
    days = {"starts_on": "1 ธันวาคม 2569", "ends_on": "๓๑ มี.ค. ๒๕๗๐"}
    for wrong, told in (
        ({"ends_on": ""}, "เขียนทั้งวันเริ่มและวันแล้วเสร็จ"),
        ({"ends_on": "30 พฤศจิกายน 2569"}, "วันแล้วเสร็จอยู่ก่อนวันเริ่มงาน"),
        ({"starts_on": "เดือนหน้า"}, "วันที่"),
    ):
        answer = client.post("/projects/new/", _said(("2570", "100"), **days) | wrong)
        assert answer.status_code == 422, wrong
        assert told in answer.content.decode(), wrong
    client.post("/projects/new/", _said(("2570", "100"), **days))
    project = Project.objects.get()
    assert project.work == (dt.date(2026, 12, 1), dt.date(2027, 4, 1))
    assert "31 มี.ค. 2570" in client.get(f"/projects/{project.code}/").content.decode()
    page = client.get(f"/projects/{project.code}/revise/").content.decode()
    assert re.search(r'name="ends_on"[^>]+value="31 มี', page)
    revise = {"reason": "ยังไม่ทราบวัน", "version": project.version, "starts_on": "", "ends_on": ""}
    assert client.post(f"/projects/{project.code}/revise/", _said(("2570", "100"), **revise)).status_code == 302
    project.refresh_from_db()
    assert project.work is None


def test_revising_keeps_what_the_form_does_not_show(stage: Cast):
    project = make_project(
        owner=stage.sao, name=ROAD, baht=100, area=stage.village, strategy="ยุทธศาสตร์ที่ 1", programme="เคหะ", ordinal=7,
    )  # fmt: skip
    ProjectYear.objects.create(project=project, fiscal_year=2570, kind=AmountKind.BUDGETED, amount_satang=5_000)
    client = signed_in(stage.wichai)
    address = f"/projects/{project.code}/revise/"
    page = client.get(address).content.decode()
    assert ROAD in page
    assert 'value="100' in page
    said = _said(("2569", "200"), ("2570", "300"), name=f"{ROAD} ฉบับแก้", reason="สำรวจใหม่", version=project.version)
    assert client.post(address, said | {"fiscal_year": "2569"}).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.strategy, project.programme, project.ordinal) == (
        f"{ROAD} ฉบับแก้", "ยุทธศาสตร์ที่ 1", "เคหะ", 7,
    )  # fmt: skip
    assert set(project.years.values_list("fiscal_year", "kind", "amount_satang")) == {
        (2569, "PLANNED", 20_000),
        (2570, "PLANNED", 30_000),
        (2570, "BUDGETED", 5_000),
    }


def test_the_second_officer_is_told_what_the_first_wrote(stage: Cast):
    project = make_project(owner=stage.sao, name=ROAD, area=stage.village)
    client, seen = signed_in(stage.wichai), project.version
    other = replace(writing.draft_of(project), target="ยาว 250 เมตร", years=(YearDraft(2569, 77_700),))
    revise_project(project=project, draft=other, actor=stage.system, at=AT)
    said = _said(("2569", "5"), name="ของผม", reason="แก้ชื่อ", version=seen)
    answer = client.post(f"/projects/{project.code}/revise/", said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มีผู้แก้ไขก่อนท่าน" in page
    assert "ยาว 250 เมตร" in page  # what stands now
    assert "2569: 777" in page
    assert "ของผม" in page  # what was typed is not lost
    project.refresh_from_db()
    assert (project.name, project.target) == (ROAD, "ยาว 250 เมตร")
    assert f'name="version" value="{project.version}"' in page


@pytest.mark.parametrize("slip", [{"look": "1"}, {"fiscal_year": "2025"}, {"reason": ""}])
def test_the_second_officer_is_told_after_comparing_or_a_slip_too(stage: Cast, slip: dict[str, str]):
    project = make_project(owner=stage.sao, name=ROAD, area=stage.village)
    client, address = signed_in(stage.wichai), f"/projects/{project.code}/revise/"
    said = _said(("2569", "5"), name="ของผม", reason="แก้ชื่อ", version=project.version)
    other = replace(writing.draft_of(project), target="ยาว 250 เมตร")
    revise_project(project=project, draft=other, actor=stage.system, at=AT)
    sent = re.search(r'name="version" value="(\d+)"', client.post(address, said | slip).content.decode())
    assert sent
    answer = client.post(address, said | {"version": sent[1]})
    assert answer.status_code == 409
    assert "ยาว 250 เมตร" in answer.content.decode()
    project.refresh_from_db()
    assert (project.name, project.target) == (ROAD, "ยาว 250 เมตร")


def test_a_project_is_not_a_likely_duplicate_of_itself(stage: Cast):
    project = make_project(owner=stage.sao, name=ROAD, baht=450_000, area=stage.village)
    client = signed_in(stage.wichai)
    panel = client.get("/projects/likely/", _said(("2569", "450000"), project=project.code)).content.decode()
    assert project.code not in panel


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("wichai", {"SAO"}),
        ("somsri", {"VILLAGE_COMMITTEE"}),
        ("malee", {"PAO"}),
        ("clerk", set()),
        ("stranger", set()),
    ],
)
def test_for_whom_somebody_may_write(stage: Cast, who: str, offered: set[str]):
    bodies = writing.owners_offered(getattr(stage, who), on=AT.date())
    assert {body.code for body in bodies} == offered
    answer = signed_in(getattr(stage, who)).post("/projects/new/", _said(("2570", "1"), area=""))
    assert answer.status_code == (302 if offered else 200)
    assert Project.objects.count() == len(offered)


def test_a_province_writes_for_the_agencies_whose_lists_it_collects(stage: Cast):
    bodies = {body.code for body in writing.owners_offered(stage.prasit, on=AT.date())}
    assert {"PROVINCE_OFFICE", "PROVINCIAL_COMMITTEE", "HIGHWAYS"} <= bodies
    assert "SAO" not in bodies
    with CaptureQueriesContext(connection) as few:
        writing.owners_offered(stage.prasit, on=AT.date())
    for number in range(5):
        Body.objects.create(code=f"OFFICE{number}", kind="PROVINCIAL_OFFICE", name_th="สำนักงาน", area=stage.province)
    with CaptureQueriesContext(connection) as more:
        assert len(writing.owners_offered(stage.prasit, on=AT.date())) == len(bodies) + 5
    assert len(more) == len(few)  # asked once for all agencies, not for each
    client = signed_in(stage.prasit)
    assert "HIGHWAYS" in client.get("/projects/new/").content.decode()
    said = _said(("2570", "1"), area="560114")
    assert client.post("/projects/new/?owner=HIGHWAYS", said).status_code == 302
    assert Project.objects.get().owner == stage.highways
    assert client.post("/projects/new/?owner=SAO", said).status_code == 200  # offered nobody: choose
    assert Project.objects.count() == 1


def test_who_may_not_revise_finds_no_page(stage: Cast):
    project = make_project(owner=stage.sao, area=stage.village)
    for person in (stage.clerk, stage.stranger, stage.malee, stage.duangjai):
        assert signed_in(person).get(f"/projects/{project.code}/revise/").status_code == 404
        assert "/revise/" not in signed_in(person).get(f"/projects/{project.code}/").content.decode()
    assert "/revise/" in signed_in(stage.wichai).get(f"/projects/{project.code}/").content.decode()
    assert Client().get(f"/projects/{project.code}/revise/").status_code == 302  # to sign in


def test_only_who_may_write_is_offered_to(stage: Cast):
    assert "/projects/new/" in signed_in(stage.wichai).get("/projects/").content.decode()
    for client in (Client(), signed_in(stage.clerk)):
        assert "/projects/new/" not in client.get("/projects/").content.decode()


def test_without_scripts_a_button_compares_and_records_nothing(stage: Cast):
    standing = make_project(owner=stage.highways, name=ROAD, baht=450_000, area=stage.village, fiscal_year=2570)
    mine = make_project(owner=stage.sao, name="อบรมอาชีพ", area=stage.village)
    client = signed_in(stage.wichai)
    typed = _said(("2570", "450000"), look="1", reason="ดู", version=mine.version)
    for address in ("/projects/new/", f"/projects/{mine.code}/revise/"):
        answer = client.post(address, typed)
        assert answer.status_code == 200
        assert f"/projects/{standing.code}/" in answer.content.decode()
    mine.refresh_from_db()
    assert (mine.name, Project.objects.count()) == ("อบรมอาชีพ", 2)
