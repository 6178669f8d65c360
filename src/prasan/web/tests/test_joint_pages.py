"""A joint project on the pages: proposed from a pair, shared out, answered, agreed, told to everybody, and undone."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from tests.cast import Cast, cast, moment, signed_in

from prasan.integration.models import CostShare, JointPartner, JointProject, JointTask
from prasan.integration.testing import make_joint, make_pair, make_resolution
from prasan.meetings.models import AgendaItem
from prasan.needs.testing import make_need
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project
from prasan.web.acting import carry_out, is_open
from prasan.web.queries.agenda import waiting_for

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _rows(prefix: str, *rows: dict[str, Any], version: int) -> dict[str, Any]:
    head = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0, "version": version}
    return head | {f"{prefix}-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}


def test_from_a_pair_to_the_answer_in_the_village_and_back(stage: Cast):
    need = make_need(body=stage.village_committee, title="ขอถนน")
    lane = make_project(owner=stage.sao, name="ถนนซอย", baht=300, area=stage.village)
    projects.take_up_needs(project=lane, needs=[need], actor=stage.system, at=moment(60))
    road = make_project(owner=stage.highways, name="ถนนสายหลัก", baht=1_000, area=stage.district)
    pair = make_pair(lane, road)
    district, lao, village = (signed_in(who) for who in (stage.duangjai, stage.wichai, stage.somsri))
    assert f"/joint-projects/new/?pair={pair.pk}" in _text(district, f"/pairs/{pair.pk}/")
    page = _text(district, f"/joint-projects/new/?pair={pair.pk}")
    assert page.count('type="radio"') == 2
    missing = district.post("/joint-projects/new/", {"project": [lane.code, road.code], "reason": "สายเดียวกัน"})
    assert missing.status_code == 422
    form = {"project": [lane.code, road.code], "standing": road.code, "lead": stage.sao.pk, "reason": "สายเดียวกัน"}
    made = district.post("/joint-projects/new/", form)
    joint = JointProject.objects.get()
    assert made.headers["Location"] == f"/joint-projects/{joint.pk}/"
    assert f"/joint-projects/{joint.pk}/#answer" in _text(lao, "/desk/")

    shares = (
        {"body": stage.sao.pk, "year": 2569, "source": "LAO", "amount": "๒๕๐.๕๐"},
        {"body": stage.highways.pk, "year": 2569, "source": "MINISTRY", "amount": "749.49"},
        {"body": "", "year": "", "source": "", "amount": ""},
    )
    address = f"/joint-projects/{joint.pk}/shares/"
    off = lao.post(address, _rows("share", *shares, version=joint.version))
    assert off.status_code == 422
    assert "ปี 2569 ขาด 0.01 บาท" in off.content.decode()
    unreadable = lao.post(address, _rows("share", shares[0] | {"amount": "มาก"}, version=joint.version))
    assert (unreadable.status_code, CostShare.objects.count()) == (422, 0)
    right = (shares[0], shares[1] | {"amount": "749.50"}, shares[2])
    assert lao.post(address, _rows("share", *right, version=joint.version)).status_code == 302
    assert set(CostShare.objects.values_list("amount_satang", flat=True)) == {250_50, 749_50}

    joint.refresh_from_db()
    tasks = (
        {"title": "วางท่อ", "body": stage.sao.pk, "first": "1 ต.ค. 2568", "last": "30 พ.ย. 2568", "after": ""},
        {"title": "", "body": "", "first": "", "last": "", "after": ""},
        {"title": "ลาดยาง", "body": stage.highways.pk, "first": "1 ธ.ค. 2568", "last": "31 มี.ค. 2569", "after": "1"},
    )
    address = f"/joint-projects/{joint.pk}/tasks/"
    early = _rows("task", tasks[0], tasks[1], tasks[2] | {"first": "1 พ.ย. 2568"}, version=joint.version)
    assert lao.post(address, early).status_code == 422
    assert lao.post(address, _rows("task", *tasks, version=joint.version)).status_code == 302
    assert list(JointTask.objects.values_list("ordinal", "after__ordinal")) == [(1, None), (3, 1)]

    joint.refresh_from_db()
    other = JointPartner.objects.get(body=stage.highways)
    yes = {"answer": "agree", "reason": "", "version": joint.version}
    assert lao.post(f"/joint-partners/{other.pk}/answer/", yes).status_code == 403  # the lead answers for nobody else
    mine = JointPartner.objects.get(body=stage.sao)
    assert lao.post(f"/joint-partners/{mine.pk}/answer/", yes | {"answer": "decline"}).status_code == 422
    assert lao.post(f"/joint-partners/{mine.pk}/answer/", yes).status_code == 302
    resolution = make_resolution(stage.district_committee)
    confirm = {"resolution": resolution.pk, "version": joint.version}
    waiting = district.post(f"/joint-projects/{joint.pk}/confirm/", confirm)
    assert (waiting.status_code, JointProject.objects.get().state) == (422, "PROPOSED")
    assert signed_in(stage.system).post(f"/joint-partners/{other.pk}/answer/", yes).status_code == 302
    assert district.post(f"/joint-projects/{joint.pk}/confirm/", confirm).status_code == 302
    assert JointProject.objects.get().state == "AGREED"

    answer = f"โครงการ “ถนนซอย” ({lane.code}) รวมอยู่ในโครงการร่วม “ถนนสายหลัก” ({road.code}) นำโดย{stage.sao.name_th}"
    for client, path in (
        (village, "/desk/"),
        (lao, "/desk/"),
        (Client(), f"/needs/{need.code}/"),
        (Client(), f"/projects/{lane.code}/"),
        (Client(), f"/joint-projects/{joint.pk}/"),
    ):
        text = _text(client, path)
        assert answer in text, path
        assert resolution.number in text
    standing = _text(Client(), f"/projects/{road.code}/")
    assert "749.50" in standing
    assert "วางท่อ" in standing
    assert f"/joint-projects/{joint.pk}/" in _text(district, f"/resolutions/{resolution.pk}/")

    joint.refresh_from_db()
    dissolve = {"reason": "เงินไม่พอ", "version": joint.version}
    assert lao.post(f"/joint-projects/{joint.pk}/dissolve/", dissolve).status_code == 403
    assert district.post(f"/joint-projects/{joint.pk}/dissolve/", dissolve | {"reason": ""}).status_code == 422
    assert district.post(f"/joint-projects/{joint.pk}/dissolve/", dissolve).status_code == 302
    assert Project.objects.get(pk=lane.pk).merged_into is None
    assert "แยกจากโครงการร่วม" in _text(village, "/desk/")
    assert "แยกจากโครงการร่วม" in _text(Client(), f"/projects/{lane.code}/")


def test_the_list_is_filtered_summed_once_and_exported(stage: Cast):
    road = make_project(owner=stage.pao, name="ถนนใหญ่", baht=900)
    joint = make_joint(road, make_project(owner=stage.sao, baht=500), make_project(owner=stage.other_sao, baht=200))
    client = signed_in(stage.prasit)
    page = _text(client, "/joint-projects/?state=PROPOSED&body=แม่ใส&year=2569&q=ถนน&place=แม่กา")
    assert f"/joint-projects/{joint.pk}/" in page
    assert f"/joint-projects/{joint.pk}/" not in _text(client, "/joint-projects/?body=ทางหลวง")
    rows = client.get("/joint-projects/?format=csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "900" in rows[1]
    assert client.get("/joint-projects/?format=xlsx").status_code == 200


def test_choosing_finds_projects_by_name_and_by_likeness(stage: Cast):
    lane, road = make_project(owner=stage.sao, name="ถนนซอย"), make_project(owner=stage.pao, name="ถนนสายยาว")
    make_pair(lane, road)
    drain = make_project(owner=stage.other_sao, name="ท่อระบายน้ำ")
    client = signed_in(stage.prasit)
    page = _text(client, f"/joint-projects/new/?project={lane.code}&find=ท่อ")
    assert f'value="{drain.code}"' in page
    assert f'value="{road.code}"' in page
    assert 'name="standing"' not in page
    assert 'name="standing"' in _text(client, f"/joint-projects/new/?project={lane.code}&project={drain.code}")


def test_a_stranger_reads_and_does_nothing_and_pages_speak_english(stage: Cast):
    joint = make_joint(make_project(owner=stage.pao), make_project(owner=stage.sao))
    partner = joint.partners.get(body=stage.sao)
    client = signed_in(stage.stranger)
    page = _text(client, f"/joint-projects/{joint.pk}/")
    assert '<form method="post" action="/joint' not in page
    assert client.get(f"/joint-projects/{joint.pk}/shares/").content.decode().count('name="share-0-amount"') == 0
    answer = {"answer": "agree", "version": joint.version}
    assert client.post(f"/joint-partners/{partner.pk}/answer/", answer).status_code == 403
    dissolve = {"reason": "เลิก", "version": joint.version}
    assert client.post(f"/joint-projects/{joint.pk}/dissolve/", dissolve).status_code == 403
    form = {"project": [], "reason": "x"}
    assert client.post("/joint-projects/new/", form).status_code == 422
    assert Client().get("/joint-projects/new/").status_code == 302
    with translation.override("en"):
        english = client.get(f"/joint-projects/{joint.pk}/", headers={"accept-language": "en"})
    assert english.status_code == 200
    assert JointProject.objects.get().state == "PROPOSED"


def test_what_all_agreed_to_waits_for_the_committee_and_its_resolution_carries_it_out(stage: Cast):
    joint = make_joint(make_project(owner=stage.pao, baht=None), make_project(owner=stage.sao), agreed=True)
    assert [one.kind for one in waiting_for(stage.provincial_committee, moment(90).date())] == ["JointProject"]
    assert waiting_for(stage.district_committee, moment(90).date()) == ()  # it is not over the whole province
    resolution = make_resolution(stage.provincial_committee)
    AgendaItem.objects.filter(pk=resolution.item_id).update(subject_kind="JointProject", subject_code=str(joint.pk))
    resolution.item.refresh_from_db()
    assert is_open(resolution)
    assert carry_out(resolution, actor=stage.prasit, at=moment(91)) == []
    assert JointProject.objects.get().resolution == resolution
    assert not is_open(resolution)
    assert carry_out(resolution, actor=stage.prasit, at=moment(92)) == []
