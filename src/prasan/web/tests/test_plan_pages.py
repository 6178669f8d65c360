"""A plan is compiled, confirmed, submitted, sent and compared on its pages."""

import io

import openpyxl
import pytest
from django.test import Client
from tests.cast import YEAR, Cast, cast, moment, signed_in

from prasan.letters import services as letters
from prasan.letters.services import Addressee, Content
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.projects import services as projects
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _made(client: Client, stage: Cast, plan_type: str, body: object, year: int = YEAR) -> PlanEdition:
    form = {"plan": f"{body.pk}/{plan_type}", "fiscal_year": str(year)}
    assert client.post("/plans/new/", form).status_code == 302
    return PlanEdition.objects.get(plan_type=plan_type, body=body, fiscal_year=year)


def test_officers_compile_the_plans_of_their_own_bodies_only(stage: Cast):
    make_project(owner=stage.sao)
    lao = signed_in(stage.wichai)
    page = lao.get("/plans/new/").content.decode()
    assert f'value="{stage.sao.pk}/LOCAL_PLAN"' in page
    assert f'value="{stage.other_sao.pk}/LOCAL_PLAN"' not in page
    plan = _made(lao, stage, "LOCAL_PLAN", stage.sao)
    assert plan.items.count() == 1
    assert "จัดทำใหม่" in lao.get(f"/plans/{plan.pk}/").content.decode()
    make_project(owner=stage.sao, name="อีกโครงการ")
    assert lao.post(f"/plans/{plan.pk}/compile/").status_code == 302
    assert plan.items.count() == 2
    other = {"plan": f"{stage.other_sao.pk}/LOCAL_PLAN", "fiscal_year": str(YEAR)}
    assert lao.post("/plans/new/", other).status_code == 422
    stranger = signed_in(stage.stranger)
    assert 'name="plan"' not in stranger.get("/plans/new/").content.decode()
    stranger.post(f"/plans/{plan.pk}/compile/")
    assert PlanEdition.objects.count() == 1


def test_items_are_confirmed_many_at_once_after_they_were_seen(stage: Cast):
    """AC-18, R08 on the page."""
    province = signed_in(stage.prasit)
    road = make_project(owner=stage.highways, area=stage.district, name="ถนน")
    long = _made(province, stage, "PROVINCIAL_5Y_PLAN", stage.province_office)
    plans.submit_edition(edition=long, actor=stage.prasit, at=moment(150))
    new = make_project(owner=stage.highways, area=stage.district, name="นโยบายใหม่")
    annual = _made(province, stage, "PROVINCIAL_ANNUAL_REQUEST", stage.province_office)
    address = f"/plans/{annual.pk}/confirm/"
    assert "ยืนยัน 2 รายการ" in province.get(f"/plans/{annual.pk}/").content.decode()
    first, second = annual.items.order_by("priority")
    assert [item.project for item in (first, second)] == [road, new]
    listed = province.get(address).content.decode()
    assert f'value="{first.pk}" checked' in listed
    assert f'value="{second.pk}" checked' not in listed
    seen = province.post(address, {"do": "see", "item": [first.pk, second.pk]}).content.decode()
    assert "ตรวจก่อนบันทึก" in seen
    assert queries.unconfirmed(annual).count() == 2  # looking keeps nothing
    said = {"do": "save", "item": [first.pk, second.pk], "version": annual.version}
    assert province.post(address, said | {"reason": " "}).status_code == 422
    assert queries.unconfirmed(annual).count() == 2
    assert province.post(address, said | {"version": annual.version - 1, "reason": "นโยบายรัฐบาล"}).status_code == 409
    assert province.post(address, said | {"reason": "นโยบายรัฐบาล"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confirms, first.confirms_reason) == (long.items.get(), "")
    assert (second.confirms, second.confirms_reason) == (None, "นโยบายรัฐบาล")
    assert signed_in(stage.wichai).get(address).status_code == 404
    annual.refresh_from_db()
    assert province.post(f"/plans/{annual.pk}/submit/", {"version": annual.version}).status_code == 302
    annual.refresh_from_db()
    assert annual.state == "SUBMITTED"
    assert annual.checked_at is not None


def _letter(stage: Cast, *to: Addressee):
    return letters.draft_letter(
        sender=stage.province_office, content=Content(subject="ส่งแผน", body="ด้วย…", fiscal_year=YEAR), addressees=to,
        actor=stage.prasit, at=moment(160),
    )  # fmt: skip


def test_the_area_version_stays_in_the_province_on_the_pages_too(stage: Cast):
    """AC-22, R25: also when the letter changes after the plan was tied to it."""
    province = signed_in(stage.prasit)
    plan = _made(province, stage, "PROVINCIAL_ANNUAL_AREA_PLAN", stage.province_office)
    assert province.get(f"/plans/{plan.pk}/send/").status_code == 404  # a draft is not sent
    plans.submit_edition(edition=plan, actor=stage.prasit, at=moment(150))
    outside, inside = _letter(stage, Addressee(stage.department)), _letter(stage, Addressee(stage.district_office))
    refused = province.post(f"/plans/{plan.pk}/send/", {"letter": outside.pk})
    assert refused.status_code == 422
    assert "R25" in refused.content.decode()
    assert province.post(f"/plans/{plan.pk}/send/", {"letter": inside.pk}).status_code == 302
    letters.revise_letter(
        letter=inside, content=Content(subject="ส่งแผน", body="ด้วย…", fiscal_year=YEAR),
        addressees=[Addressee(stage.district_office), Addressee(stage.department)], actor=stage.prasit, at=moment(161),
    )  # fmt: skip
    form = {"office": "พย 0017.2", "dated_on": "1 ต.ค. 2568", "version": inside.version}
    assert province.post(f"/letters/{inside.pk}/dispatch/", form).status_code == 422
    inside.refresh_from_db()
    assert (inside.state, inside.number) == ("DRAFT", "")
    assert signed_in(stage.wichai).get(f"/plans/{plan.pk}/send/").status_code == 404
    assert inside.subject in province.get(f"/plans/{plan.pk}/send/").content.decode()


def test_two_editions_are_compared_as_what_their_projects_became(stage: Cast):
    lao = signed_in(stage.wichai)
    one, twin = make_project(owner=stage.sao, baht=100), make_project(owner=stage.sao, baht=30, name="ซ้ำ")
    old = _made(lao, stage, "LOCAL_PLAN", stage.sao)
    plans.submit_edition(edition=old, actor=stage.wichai, at=moment(150))
    projects.merge_project(project=twin, into=one, reason="ซ้ำ", actor=stage.wichai, at=moment(151))
    fresh = make_project(owner=stage.sao, baht=5, name="ใหม่")
    new = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(152)
    )
    assert new.number == 2
    found = queries.compare_editions(old, new)
    assert ([line.code for line in found.added], found.removed) == ([fresh.code], ())
    assert (found.old_total, found.new_total) == (10_000, 10_500)
    file = lao.get(f"/plans/{new.pk}/compare/{old.pk}/", {"format": "xlsx"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(file)).active.values)
    head = list(rows[0])
    moved = [row[head.index(next(h for h in head if h and h.startswith("ผลต่าง")))] for row in rows[1:] if row[1]]
    assert sum(moved) == pytest.approx((found.new_total - found.old_total) / 100)
    assert Client().get(f"/plans/{new.pk}/compare/{old.pk}/").status_code == 404  # a draft is the officers'
