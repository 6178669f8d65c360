"""A resolution whose plan could not pass is offered again, on its own page and on the plan's, until it went on."""

import pytest
from tests.cast import Cast, cast, moment, signed_in

from prasan.agencies.models import Body
from prasan.integration import services as integrate
from prasan.integration.testing import make_pair
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Resolution
from prasan.meetings.services import Present
from prasan.meetings.testing import make_seats
from prasan.plans import services as plans
from prasan.plans.models import Gate, PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.testing import make_project
from prasan.web.queries.agenda import waiting_list

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _open_meeting(stage: Cast, committee: Body) -> Meeting:
    by = {"actor": stage.system, "at": moment(101)}
    seats = make_seats(committee=committee, count=3, **by)
    meeting = meetings.call_meeting(committee=committee, starts_at=moment(102), place="ห้องประชุม", subject="แผน", **by)
    return meeting, seats, by


def test_a_refused_resolution_is_carried_out_later(stage: Cast):
    one = make_project(owner=stage.sao, name="ถนน คสล.")
    twin = make_project(owner=stage.highways, area=stage.tambon, name="ถนน คสล.")
    pair = make_pair(one, twin)
    plan = make_local_plan(lao=stage.sao)
    plans.submit_edition(edition=plan, actor=stage.wichai, at=moment(100))
    meeting, seats, by = _open_meeting(stage, stage.sao)
    officer = signed_in(stage.system)
    assert officer.post(f"/meetings/{meeting.pk}/items/take/", {"take": f"PlanEdition-{plan.pk}"}).status_code == 302
    item = meeting.items.get()
    meetings.send_notice(meeting=meeting, prefix="พย 71301", dated_on=moment(101).date(), **by)
    meetings.record_attendance(meeting=meeting, lines=[Present(seat, "PRESENT") for seat in seats], **by)
    meetings.open_meeting(meeting=Meeting.objects.get(pk=meeting.pk), **by)
    said = {"outcome": "ADOPTED", "text": "เห็นชอบ", "how": "CONSENSUS"}
    assert officer.post(f"/agenda-items/{item.pk}/resolve/", said).status_code == 302
    made = Resolution.objects.get()
    assert not Gate.objects.exists()  # an undecided duplicate blocks it (AC-21)
    assert made.number in officer.get(f"/plans/{plan.pk}/").content.decode()
    assert f"/resolutions/{made.pk}/carry-out/" in officer.get(f"/resolutions/{made.pk}/").content.decode()
    assert (
        f"/resolutions/{made.pk}/carry-out/"
        not in signed_in(stage.duangjai).get(f"/resolutions/{made.pk}/").content.decode()
    )
    officer.post(f"/resolutions/{made.pk}/carry-out/")
    assert not Gate.objects.exists()
    integrate.decide_pair(pair=pair, decision="DIFFERENT", reason="คนละสาย", actor=stage.system, at=moment(102))
    signed_in(stage.duangjai).post(f"/resolutions/{made.pk}/carry-out/")
    assert not Gate.objects.exists()
    officer.post(f"/resolutions/{made.pk}/carry-out/")
    assert Gate.objects.get().resolution == made
    assert PlanEdition.objects.get(pk=plan.pk).state == "ENDORSED"
    assert "carry-out" not in officer.get(f"/resolutions/{made.pk}/").content.decode()
    officer.post(f"/resolutions/{made.pk}/carry-out/")
    assert Gate.objects.count() == 1


def test_what_waits_is_narrowed_down_by_words_and_counted_whole(stage: Cast):
    for body in (stage.sao, stage.other_sao):
        plans.submit_edition(edition=make_local_plan(lao=body), actor=stage.system, at=moment(100))
    on = moment(101).date()
    assert [one.kind for one in waiting_list(stage.sao, on).shown] == ["PlanEdition"]  # its own, no neighbour's
    assert waiting_list(stage.sao, on, words="แม่ใส").count == 1
    assert waiting_list(stage.sao, on, words="ไม่มีคำนี้").count == 0
    meeting, _seats, _by = _open_meeting(stage, stage.sao)
    page = signed_in(stage.system).get(f"/meetings/{meeting.pk}/", {"q": "ไม่มีคำนี้"}).content.decode()
    assert "ไม่มีเรื่องที่มีคำนี้" in page
