"""The province recommends on a page, the agency replies on another (R49, AC-19)."""

import datetime as dt

import pytest
from django.test import Client
from tests.cast import Cast, cast, moment, signed_in

from prasan.accounts.models import Membership, Role, User
from prasan.integration.models import ChangeRecommendation
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    stage = cast()
    noi = User.objects.create(username="noi", display_name="แขวงทางหลวง")
    Membership.objects.create(user=noi, body=stage.highways, role=Role.AGENCY_FOCAL_POINT)
    meeting = Meeting.objects.create(
        committee=stage.provincial_committee, number=3, year=2568, starts_at=moment(80), place="ศาลากลาง"
    )
    item = AgendaItem.objects.create(meeting=meeting, section=4, position=1, title="ปรับเวลา", decision_kind="CONSIDER")
    Resolution.objects.create(
        item=item, number="GBJ-56 3/2568-4.1", decision_kind="CONSIDER", outcome="ADOPTED", text="ให้เลื่อน",
        present=9, quorum=8, resolved_at=moment(80), recorded_by=stage.prasit,
    )  # fmt: skip
    return stage


def test_a_recommendation_goes_out_waits_on_the_desk_and_comes_back(stage: Cast):
    road = make_project(owner=stage.highways, name="ถนนลาดยาง", area=stage.district)
    province, agency = signed_in(stage.prasit), signed_in(User.objects.get(username="noi"))
    assert f"/projects/{road.code}/recommend/" in province.get(f"/projects/{road.code}/").content.decode()
    assert f"/projects/{road.code}/recommend/" not in agency.get(f"/projects/{road.code}/").content.decode()
    form = {"resolution": Resolution.objects.get().pk, "kind": "TIME", "reason": "วางท่อก่อน"}
    missing = province.post(f"/projects/{road.code}/recommend/", form)
    assert missing.status_code == 422
    assert not ChangeRecommendation.objects.exists()
    form |= {"first": "๑ มกราคม ๒๕๖๙", "last": "31 ม.ค. 2569"}
    assert province.post(f"/projects/{road.code}/recommend/", form).status_code == 302
    made = ChangeRecommendation.objects.get()
    assert (made.to_starts_on, made.to_ends_before) == (dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    assert f"/recommendations/{made.pk}/" in agency.get("/desk/").content.decode()
    assert province.get(f"/recommendations/{made.pk}/").content.decode().count("<textarea") == 0
    answer = {"answer": "accept", "reply": "", "version": made.version}
    assert agency.post(f"/recommendations/{made.pk}/", answer).status_code == 302
    assert Project.objects.get(pk=road.pk).work_starts_on == dt.date(2026, 1, 1)
    assert f"/recommendations/{made.pk}/" not in agency.get("/desk/").content.decode()


def test_a_stranger_may_neither_recommend_nor_reply(stage: Cast):
    road = make_project(owner=stage.highways, name="ถนนลาดยาง", area=stage.district)
    form = {"resolution": Resolution.objects.get().pk, "kind": "AREA", "area": stage.other_district.pk, "reason": "แล้ง"}
    assert signed_in(stage.stranger).post(f"/projects/{road.code}/recommend/", form).status_code == 403
    assert not ChangeRecommendation.objects.exists()
    assert Client().get(f"/projects/{road.code}/recommend/").status_code == 302


def test_a_slip_in_the_day_is_told_in_the_officers_words(stage: Cast):
    road = make_project(owner=stage.highways, name="ถนนลาดยาง", area=stage.district)
    form = {
        "resolution": Resolution.objects.get().pk,
        "kind": "TIME",
        "reason": "ฝน",
        "first": "31 ก.พ. 2569",
        "last": "x",
    }
    page = signed_in(stage.prasit).post(f"/projects/{road.code}/recommend/", form).content.decode()
    assert "ไม่มีวันที่ “31 ก.พ. 2569” ในปฏิทิน" in page
    assert "อ่าน “x” เป็นวันที่ไม่ได้" in page
