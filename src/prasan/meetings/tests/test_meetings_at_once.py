"""Two secretaries at the same moment: a matter is resolved once, a meeting opened and closed once, one chair sits."""

import datetime as dt

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import Cast, cast, moment

from prasan.meetings import services as meetings
from prasan.meetings.models import Attendance, Meeting, Resolution, Seat
from prasan.meetings.services import Present
from prasan.meetings.testing import make_item, make_meeting, make_seats

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def _held(stage: Cast, *, opened: bool = True) -> tuple[Meeting, list[Seat]]:
    by = {"actor": stage.system, "at": moment(1)}
    seats = make_seats(committee=stage.provincial_committee, count=3, **by)
    meeting = make_meeting(committee=stage.provincial_committee, **by)
    make_item(meeting=meeting, **by)
    meetings.send_notice(meeting=meeting, prefix="พย 0017.2", dated_on=moment(1).date(), **by)
    meetings.record_attendance(meeting=meeting, lines=[Present(seat, "PRESENT") for seat in seats], **by)
    if opened:
        meetings.open_meeting(meeting=meeting, **by)
    return Meeting.objects.get(pk=meeting.pk), seats


def test_one_matter_is_resolved_once():
    stage = cast()
    meeting, _seats = _held(stage)
    item = meeting.items.get()
    done, refused = at_once(
        [
            lambda text=text: (
                meetings.resolve(item=item, outcome="ADOPTED", text=text, actor=stage.system, at=moment(2)).text
            )
            for text in ("เห็นชอบ", "เห็นชอบตามเสนอ", "เห็นชอบโดยมีข้อสังเกต", "รับหลักการ")
        ]
    )
    assert len(done) == 1
    assert {one.code for one in refused} == {"resolved_already"}
    assert Resolution.objects.get().text == done[0]


def test_a_meeting_is_opened_and_closed_once():
    stage = cast()
    meeting, _seats = _held(stage, opened=False)
    opening = {"actor": stage.system, "at": moment(2), "seen_version": meeting.version}
    done, refused = at_once(
        [lambda: meetings.open_meeting(meeting=Meeting.objects.get(pk=meeting.pk), **opening) for _ in range(4)]
    )
    assert len(done) == 1
    assert {one.code for one in refused} <= {"changed_meanwhile", "wrong_state"}
    meetings.resolve(item=meeting.items.get(), outcome="ADOPTED", text="เห็นชอบ", actor=stage.system, at=moment(3))
    seen = Meeting.objects.get(pk=meeting.pk).version
    closing = {"minutes_by": "ก", "actor": stage.system, "at": moment(4), "seen_version": seen}
    done, refused = at_once(
        [lambda: meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), **closing) for _ in range(4)]
    )
    assert len(done) == 1
    assert {one.code for one in refused} <= {"changed_meanwhile", "wrong_state"}


def test_one_member_stands_once_on_the_sheet_whoever_writes_it():
    stage = cast()
    meeting, seats = _held(stage)
    lines = [[Present(seats[0], presence)] for presence in ("PRESENT", "ABSENT", "PRESENT", "ABSENT")]
    done, refused = at_once(
        [
            lambda one=one: meetings.record_attendance(meeting=meeting, lines=one, actor=stage.system, at=moment(2))
            for one in lines
        ]
    )
    assert (len(done), refused) == (4, [])
    assert Attendance.objects.filter(meeting=meeting, seat=seats[0]).count() == 1


def test_one_chair_is_appointed_for_a_term():
    stage = cast()
    term = {"committee": stage.district_committee, "role": "CHAIR", "starts_on": dt.date(2025, 1, 1)}
    done, refused = at_once(
        [
            lambda name=name: meetings.appoint_seat(**term, person_name=name, actor=stage.system, at=moment(1))
            for name in ("ก", "ข", "ค", "ง")
        ]
    )
    assert len(done) == 1
    assert {one.code for one in refused} == {"chair_taken"}


def test_two_meetings_called_at_once_have_two_numbers():
    stage = cast()
    make_seats(committee=stage.provincial_committee, count=3, actor=stage.system, at=moment(1))
    done, refused = at_once(
        [
            lambda: make_meeting(committee=stage.provincial_committee, actor=stage.system, at=moment(1)).number
            for _ in range(4)
        ]
    )
    assert refused == []
    assert sorted(done) == [1, 2, 3, 4]
