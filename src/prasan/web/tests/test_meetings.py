"""A meeting held from the pages: who may, what is shown, and what a refusal leaves."""

import datetime as dt
import io
from collections.abc import Callable

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prasan.accounts.models import User
from prasan.journal.models import Entry
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.meetings.testing import make_item, make_meeting, make_seats
from prasan.web.tests.conftest import Stage

Open = Callable[[User | None], Client]


@pytest.fixture(name="meeting")
def _meeting(stage: Stage) -> Meeting:
    people, at = stage.cast, timezone.now()
    make_seats(committee=people.district_committee, count=3, actor=people.duangjai, at=at)
    return make_meeting(committee=people.district_committee, actor=people.duangjai, at=at)


def test_a_meeting_is_held_from_notice_to_minutes(stage: Stage, browser_of: Open, meeting: Meeting) -> None:
    browser, here = browser_of(stage.cast.duangjai), f"/meetings/{meeting.pk}/"
    page = browser.get(here).content.decode()
    assert stage.road.name in page  # the hand-over waits for this committee
    browser.post(f"{here}items/take/", {"take": [f"Handover-{stage.handover.pk}"]})
    item = AgendaItem.objects.get()
    assert (item.title, item.subject_kind, item.decision_kind) == (stage.road.name, "Handover", "CONSIDER")
    day = timezone.localdate()
    notice = {"office_code": "พย 0118", "dated_on": f"{day.day}/{day.month}/{day.year + 543}", "version": 1}
    assert browser.post(f"{here}notice/", notice).status_code == 302
    seats = meeting.committee.seats.values_list("pk", flat=True)
    browser.post(f"{here}attendance/", {f"presence_{pk}": "PRESENT" for pk in seats})
    assert browser.post(f"{here}open/", {"version": 2}).status_code == 302
    assert item.title in browser.get(here).content.decode()
    decided = {"outcome": "ADOPTED", "text": "รับไว้ดำเนินการ", "how": "CONSENSUS"}
    assert browser.post(f"/agenda-items/{item.pk}/resolve/", decided).status_code == 302
    resolution = Resolution.objects.get()
    assert browser.post(f"{here}close/", {"minutes_by": "ดวงใจ", "version": 3}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "CLOSED"
    assert resolution.number in browser.get("/resolutions/").content.decode()
    assert "รับไว้ดำเนินการ" in browser.get(f"/resolutions/{resolution.pk}/").content.decode()
    paper = docx.Document(io.BytesIO(browser.get(f"{here}minutes.docx").content))
    assert "มติที่ประชุม\tรับไว้ดำเนินการ" in [paragraph.text for paragraph in paper.paragraphs]
    papers = (
        f"{here}agenda.docx",
        f"/resolutions/{resolution.pk}/extract.docx",
        f"/committees/{meeting.committee_id}/order.docx?number=1/2568",
    )
    assert [browser.get(address).content[:2] for address in papers] == [b"PK"] * 3
    assert browser.get(f"/committees/{meeting.committee_id}/order.docx").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("clerk", 403), ("prasit", 403), ("wichai", 403), ("duangjai", 302)])
def test_who_may_add_an_item(stage: Stage, browser_of: Open, meeting: Meeting, name: str, status: int) -> None:
    before = Entry.objects.count()
    browser = browser_of(getattr(stage.cast, name))
    given = {"section": 4, "title": "เรื่อง", "decision_kind": "CONSIDER"}
    assert browser.post(f"/meetings/{meeting.pk}/items/", given).status_code == status
    added = 1 if status == 302 else 0
    assert (AgendaItem.objects.count(), Entry.objects.count() - before) == (added, added)
    assert ("อ่านได้อย่างเดียว" in browser.get(f"/meetings/{meeting.pk}/").content.decode()) == (status == 403)


def test_opening_without_quorum_says_why(stage: Stage, browser_of: Open, meeting: Meeting) -> None:
    make_item(meeting=meeting, actor=stage.cast.duangjai, at=timezone.now())
    browser = browser_of(stage.cast.duangjai)
    browser.post(f"/meetings/{meeting.pk}/notice/", {"office_code": "พย 0118", "dated_on": "1/10/2568", "version": 1})
    response = browser.post(f"/meetings/{meeting.pk}/open/", {"version": 2})
    assert (response.status_code, "ไม่ครบองค์ประชุม" in response.content.decode()) == (422, True)
    assert Meeting.objects.get().state == "NOTICED"


def test_members_are_shown_to_those_signed_in_only(stage: Stage, browser_of: Open, meeting: Meeting) -> None:
    here = f"/committees/{meeting.committee_id}/"
    assert "กรรมการ 1" in browser_of(stage.cast.wichai).get(here).content.decode()
    assert browser_of(None).get(here).status_code == 302
    browser = browser_of(stage.cast.duangjai)
    seat = {"role": "SECRETARY", "person_name": "นางสาม", "starts_on": "1/10/2568", "appointed_by": "9/2568"}
    assert browser.post(f"{here}seats/", seat).status_code == 302
    added = meeting.committee.seats.get(role="SECRETARY")
    assert (added.person_name, added.starts_on) == ("นางสาม", dt.date(2025, 10, 1))
    assert browser.get(f"/seats/{added.pk}/end/").status_code == 200
    assert browser.post(f"/seats/{added.pk}/end/", {"ends_on": "1/12/2568", "reason": ""}).status_code == 422
    assert browser.post(f"/seats/{added.pk}/end/", {"ends_on": "1/12/2568", "reason": "ย้าย"}).status_code == 302


def test_calling_a_meeting(stage: Stage, browser_of: Open) -> None:
    browser, committee = browser_of(stage.cast.prasit), stage.cast.provincial_committee
    assert committee.name_th in browser.get("/meetings/new/").content.decode()
    given = {"committee": committee.pk, "day": "2/3/2569", "time": "13.30", "place": "ห้องประชุม", "subject": ""}
    assert browser.post("/meetings/new/", {**given, "time": "บ่าย"}).status_code == 422
    assert browser.post("/meetings/new/", given).status_code == 302
    made = Meeting.objects.get(committee=committee)
    assert (made.number, made.year, timezone.localtime(made.starts_at).hour) == (1, 2569, 13)
    assert "1/2569" in browser.get("/meetings/").content.decode()


def test_the_lists_ask_as_much_for_many_as_for_few(stage: Stage, browser_of: Open, meeting: Meeting) -> None:
    browser, people, at = browser_of(stage.cast.duangjai), stage.cast, timezone.now()
    browser.get("/meetings/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/meetings/")
    for _ in range(3):
        more = make_meeting(committee=people.district_committee, actor=people.duangjai, at=at)
        make_item(meeting=more, actor=people.duangjai, at=at)
    with CaptureQueriesContext(connection) as many:
        browser.get("/meetings/")
    assert len(many) == len(few)
