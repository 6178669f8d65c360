"""A strategy is written on the pages from its first issue to its proclamation, and read by anybody."""

import io

import pytest
from django.test import Client
from tests.cast import Cast, cast, moment, signed_in

from prasan.exchange.queries import strategy_workbook
from prasan.strategy import services as strategy
from prasan.strategy.models import Indicator, Objective, StrategyPlan

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    stage = cast()
    strategy.load_references(actor=stage.system, at=moment(0))
    return stage


def _begun(stage: Cast, province: Client) -> StrategyPlan:
    form = {
        "body": stage.province_office.pk, "title": "แผนพัฒนาจังหวัดพะเยา", "vision": "เมืองน่าอยู่", "first_year": "2571",
        "last_year": "2575", "reference": "",
    }  # fmt: skip
    assert province.post("/strategy/new/", form).status_code == 302
    return StrategyPlan.objects.get(body=stage.province_office)


def _post(client: Client, address: str, plan: StrategyPlan, **said: str) -> int:
    plan.refresh_from_db()
    return client.post(address, {"version": plan.version, **said}).status_code


def test_a_strategy_is_written_linked_and_proclaimed(stage: Cast):
    province = signed_in(stage.prasit)
    plan = _begun(stage, province)
    assert "ตัวชี้วัด" in province.get(f"/strategy/{plan.pk}/proclaim/").content.decode()  # what R40 lacks is said
    assert _post(province, f"/strategy/{plan.pk}/proclaim/", plan, by="มติ 1", proclaimed_on="1 ต.ค. 2569") == 422
    assert _post(province, f"/strategy/{plan.pk}/issues/", plan, code="1", name="สิ่งแวดล้อมดี") == 302
    issue = plan.objectives.get()
    assert _post(province, f"/strategy/objectives/{issue.pk}/children/", plan, code="1.1", name="น้ำสะอาด") == 302
    goal = plan.objectives.get(kind="GOAL")
    assert _post(province, f"/strategy/objectives/{goal.pk}/children/", plan, code="1.1.1", name="บำบัดน้ำเสีย") == 302
    measure = {"name": "น้ำได้มาตรฐาน", "unit": "ร้อยละ", "baseline": "๗๐.๕", "target_2571": "80", "target_2575": "1,000"}
    assert _post(province, f"/strategy/objectives/{goal.pk}/indicators/", plan, **measure) == 302
    indicator = Indicator.objects.get()
    assert [(t.fiscal_year, str(t.value)) for t in indicator.targets.all()] == [(2571, "80.0000"), (2575, "1000.0000")]
    assert str(indicator.baseline) == "70.5000"
    page = province.get(f"/strategy/objectives/{issue.pk}/").content.decode()
    green = Objective.objects.get(plan__code="national_strategy_2561", code="5")
    assert f'name="above" value="{green.pk}"' in page
    assert _post(province, f"/strategy/objectives/{issue.pk}/link/", plan, above=str(green.pk)) == 302
    stranger = Client()
    assert stranger.get(f"/strategy/{plan.pk}/").status_code == 404  # a draft is the officers'
    assert _post(province, f"/strategy/{plan.pk}/proclaim/", plan, by="มติ 1", proclaimed_on="1 ต.ค. 2569") == 302
    read = stranger.get(f"/strategy/{plan.pk}/").content.decode()
    assert green.name_th in read
    assert "น้ำได้มาตรฐาน" in read
    assert "<line " in read
    assert f"/strategy/{plan.pk}/edit/" not in read
    assert province.post(f"/strategy/{plan.pk}/next/").status_code == 302
    assert StrategyPlan.objects.get(body=stage.province_office, number=2).objectives.count() == 3


def test_the_second_officer_is_told_on_the_page(stage: Cast):
    province = signed_in(stage.prasit)
    plan = _begun(stage, province)
    head = {"title": "ชื่อแรก", "vision": "", "first_year": "2571", "last_year": "2575", "reference": ""}
    stale = {"version": plan.version}
    assert _post(province, f"/strategy/{plan.pk}/edit/", plan, **head) == 302
    late = province.post(f"/strategy/{plan.pk}/edit/", head | {"title": "ทับ"} | stale)
    assert late.status_code == 409
    assert "ก่อนท่าน" in late.content.decode()
    added = province.post(f"/strategy/{plan.pk}/issues/", {"code": "1", "name": "x"} | stale)
    assert added.status_code == 409
    plan.refresh_from_db()
    assert (plan.title_th, plan.objectives.count()) == ("ชื่อแรก", 0)


def test_only_its_writers_get_into_a_draft(stage: Cast):
    plan = _begun(stage, signed_in(stage.prasit))
    issue = strategy.add_objective(plan=plan, kind="ISSUE", code="1", name="น้ำ", actor=stage.prasit, at=moment(1))
    for who in (stage.wichai, stage.duangjai, stage.stranger, stage.clerk):
        client = signed_in(who)
        assert client.get(f"/strategy/{plan.pk}/").status_code == 200  # officers read drafts
        assert client.get(f"/strategy/{plan.pk}/edit/").status_code == 404
        assert client.get(f"/strategy/objectives/{issue.pk}/").status_code == 404
        for address in (f"/strategy/{plan.pk}/discard/", f"/strategy/objectives/{issue.pk}/remove/"):
            assert client.post(address).status_code == 404
    assert 'name="title"' not in signed_in(stage.stranger).get("/strategy/new/").content.decode()
    assert plan.objectives.count() == 1


def test_the_lists_filter_and_show_the_gaps(stage: Cast):
    plan = _begun(stage, signed_in(stage.prasit))
    strategy.add_objective(plan=plan, kind="ISSUE", code="1", name="ไม่เชื่อมกับใคร", actor=stage.prasit, at=moment(1))
    officer, stranger = signed_in(stage.prasit), Client()
    assert plan.title_th in officer.get("/strategy/", {"level": "PROVINCE"}).content.decode()
    assert plan.title_th not in stranger.get("/strategy/").content.decode()
    assert "2566-2570" not in officer.get("/strategy/", {"year": "2575"}).content.decode()
    gaps = officer.get("/strategy/issues/", {"gap": "ALONE"}).content.decode()
    assert "ไม่เชื่อมกับใคร" in gaps
    assert "ความมั่นคง" not in gaps
    assert "ความมั่นคง" in officer.get("/strategy/issues/", {"gap": "UNANSWERED"}).content.decode()
    assert officer.get("/strategy/", {"format": "xlsx"}).status_code == 200


def test_a_workbook_goes_out_and_comes_in_on_the_page(stage: Cast):
    province = signed_in(stage.prasit)
    plan = _begun(stage, province)
    strategy.add_objective(plan=plan, kind="ISSUE", code="1", name="น้ำ", actor=stage.prasit, at=moment(1))
    out = province.get(f"/strategy/{plan.pk}.xlsx").content
    assert len(out) == len(strategy_workbook(plan))

    def send(data: bytes, **more: str) -> object:
        file = io.BytesIO(data)
        file.name = "แผน.xlsx"
        return province.post("/strategy/import/", {"body": stage.province_office.pk, "upload": file, **more})

    checked = send(out, do="check")
    assert (checked.status_code, "ไม่พบสิ่งที่ต้องแก้" in checked.content.decode()) == (200, True)
    assert send(out).status_code == 302
    refused = send(b"%PDF-1.4")
    assert (refused.status_code, "แผน.xlsx" in refused.content.decode()) == (422, True)
    assert signed_in(stage.stranger).get("/strategy/import/", {"format": "xlsx"}).status_code == 200
    plan.refresh_from_db()
    assert plan.objectives.count() == 1
