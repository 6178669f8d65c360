"""A meeting from its call through notice, attendance and resolutions to its end."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast, cast, moment

from prasan.accounts.models import Membership, Role
from prasan.common.errors import Refused
from prasan.journal.models import Entry
from prasan.letters.models import Letter
from prasan.meetings import queries
from prasan.meetings import services as meetings
from prasan.meetings.models import AgendaItem, Attendance, Meeting, Resolution
from prasan.meetings.services import Present
from prasan.meetings.testing import hold_meeting, make_item, make_meeting, make_seats

pytestmark = pytest.mark.django_db
AT = moment(40)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@pytest.fixture(name="meeting")
def _meeting(stage: Cast) -> Meeting:
    make_seats(committee=stage.provincial_committee, count=5, actor=stage.prasit, at=AT)
    return make_meeting(committee=stage.provincial_committee, actor=stage.prasit, at=AT)


def _everything() -> list[list[dict[str, Any]] | int]:
    tables = (Meeting, AgendaItem, Attendance, Resolution, Letter)
    return [*(list(table.objects.order_by("pk").values()) for table in tables), Entry.objects.count()]


def _refused(kind: type[Refused], code: str, act: Any, **values: Any) -> None:
    before = _everything()
    with pytest.raises(kind) as refusal:
        act(**values)
    assert refusal.value.code == code
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert _everything() == before


def test_from_notice_to_resolution(stage: Cast, meeting: Meeting):
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    resolution = meetings.resolve(
        item=item, outcome="ADOPTED", text="เห็นชอบ", actor=stage.prasit, at=AT, votes=(3, 1, 1)
    )
    meetings.close_meeting(meeting=meeting, minutes_by="ประสิทธิ์", actor=stage.prasit, at=moment(40, 12))
    assert (meeting.state, meeting.seats_in_office, meeting.closed_at) == ("CLOSED", 5, moment(40, 12))
    assert resolution.number == "PROVINCIAL_COMMITTEE 1/2568-4.1"
    stored = (resolution.decision_kind, resolution.present, resolution.quorum, resolution.by_consensus)
    assert stored == ("ENDORSE", 5, 3, False)
    assert [e.act for e in Entry.objects.order_by("id") if e.act.startswith("meetings.") and "seat" not in e.act] == [
        "meetings.call_meeting",
        "meetings.add_item",
        "meetings.send_notice",
        "meetings.record_attendance",
        "meetings.open_meeting",
        "meetings.resolve",
        "meetings.close_meeting",
    ]


def test_meetings_are_numbered_by_committee_and_calendar_year(stage: Cast, meeting: Meeting):
    second = make_meeting(committee=stage.provincial_committee, actor=stage.prasit, at=moment(41))
    later = make_meeting(committee=stage.provincial_committee, actor=stage.prasit, at=moment(360))
    other = make_meeting(committee=stage.district_committee, actor=stage.duangjai, at=moment(41))
    numbers = [(m.number, m.year) for m in (meeting, second, later, other)]
    assert numbers == [(1, 2568), (2, 2568), (1, 2569), (1, 2568)]


def test_the_notice_goes_to_members_and_to_agencies_on_two_lists(stage: Cast, meeting: Meeting):
    common = {"committee": stage.provincial_committee, "role": "MEMBER", "starts_on": dt.date(2025, 1, 1)}
    for name, body in (("ผอ.", stage.highways), ("รอง ผอ.", stage.highways), ("นายก", stage.pao)):
        meetings.appoint_seat(**common, person_name=name, represents=body, actor=stage.prasit, at=AT)
    make_item(meeting=meeting, actor=stage.prasit, at=AT)
    meetings.send_notice(meeting=meeting, prefix="พย 0017.2", dated_on=AT.date(), actor=stage.prasit, at=AT)
    letter = Letter.objects.get()
    assert (letter.catalogue, letter.sender, letter.state) == ("L3", stage.province_office, "DISPATCHED")
    assert (meeting.state, meeting.notice) == ("NOTICED", letter)
    told = [(a.role, str(a)) for a in letter.addressees.all()]
    assert told == [
        *(("TO", f"กรรมการ {n}") for n in range(1, 6)),
        ("HEADS", stage.highways.name_th),
        ("PLANNING_OFFICERS", stage.highways.name_th),
        ("TO", stage.pao.name_th),
    ]


def test_a_meeting_opens_with_half_of_its_seats_and_not_with_one_fewer(stage: Cast, meeting: Meeting):
    make_item(meeting=meeting, actor=stage.prasit, at=AT)
    meetings.send_notice(meeting=meeting, prefix="พย 0017.2", dated_on=AT.date(), actor=stage.prasit, at=AT)
    seats = list(queries.seats_in_office(stage.provincial_committee, AT.date()))
    lines = [
        Present(seats[0], "PRESENT"),
        Present(seats[1], "REPRESENTED", name="ผู้แทน"),
        Present(seats[2], "ABSENT"),
        Present(None, "ATTENDING", name="ผู้สังเกตการณ์", group="civil_society"),
    ]
    meetings.record_attendance(meeting=meeting, lines=lines, actor=stage.prasit, at=AT)
    assert (queries.quorum_of(meeting).present, queries.quorum_of(meeting).missing) == (2, 1)
    assert queries.groups_of(meeting) == ("civil_society",)
    _refused(
        meetings.UnableToOpenMeeting, "no_quorum", meetings.open_meeting, meeting=meeting, actor=stage.prasit, at=AT
    )
    meetings.record_attendance(meeting=meeting, lines=[Present(seats[2], "PRESENT")], actor=stage.prasit, at=AT)
    meetings.open_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    assert (meeting.state, meeting.opened_at, Attendance.objects.count()) == ("OPEN", AT, 4)


def test_refusals_of_an_agenda(stage: Cast, meeting: Meeting):
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    good = {"meeting": meeting, "section": 4, "title": "ก", "decision_kind": "ENDORSE", "actor": stage.prasit, "at": AT}
    for changes, code in (
        ({"section": 6}, "unknown_section"),
        ({"decision_kind": "BLESS"}, "unknown_kind"),
        ({"title": " "}, "no_title"),
        ({"actor": stage.duangjai}, "not_allowed"),
    ):
        _refused(meetings.UnableToAddItem, code, meetings.add_item, **{**good, **changes})
    by = {"item": item, "actor": stage.prasit, "at": AT}
    _refused(meetings.UnableToMoveItem, "no_neighbour", meetings.move_item, **by, up=True)
    _refused(meetings.UnableToRemoveItem, "no_reason", meetings.remove_item, **by, reason="")
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    _refused(meetings.UnableToMoveItem, "wrong_state", meetings.move_item, **by, up=True)
    _refused(meetings.UnableToRemoveItem, "wrong_state", meetings.remove_item, **by, reason="ถอน")


def test_items_change_places_and_close_ranks(stage: Cast, meeting: Meeting):
    first, second, third = (make_item(meeting=meeting, actor=stage.prasit, at=AT) for _ in range(3))
    meetings.move_item(item=third, up=True, actor=stage.prasit, at=AT)
    assert list(meeting.items.values_list("pk", flat=True)) == [first.pk, third.pk, second.pk]
    meetings.remove_item(item=first, reason="ถอนเรื่อง", actor=stage.prasit, at=AT)
    assert list(meeting.items.values_list("pk", "position")) == [(third.pk, 1), (second.pk, 2)]


def test_refusals_of_the_notice(stage: Cast, meeting: Meeting):
    send = {"prefix": "พย 0017.2", "dated_on": AT.date(), "actor": stage.prasit, "at": AT}
    _refused(meetings.UnableToSendNotice, "no_items", meetings.send_notice, meeting=meeting, **send)
    empty = make_meeting(committee=stage.provincial_local, actor=stage.prasit, at=AT)
    _refused(meetings.UnableToSendNotice, "no_members", meetings.send_notice, meeting=empty, **send)
    make_item(meeting=meeting, actor=stage.prasit, at=AT)
    _refused(
        meetings.UnableToSendNotice, "changed_meanwhile", meetings.send_notice, meeting=meeting, seen_version=7, **send
    )
    meetings.send_notice(meeting=meeting, **send)
    _refused(meetings.UnableToSendNotice, "wrong_state", meetings.send_notice, meeting=meeting, **send)


def test_refusals_of_attendance(stage: Cast, meeting: Meeting):
    make_item(meeting=meeting, actor=stage.prasit, at=AT)
    record = {"meeting": meeting, "actor": stage.prasit, "at": AT}
    kind = meetings.UnableToRecordAttendance
    seat = queries.seats_in_office(stage.provincial_committee, AT.date())[0]
    _refused(kind, "wrong_state", meetings.record_attendance, **record, lines=[Present(seat, "PRESENT")])
    meetings.send_notice(meeting=meeting, prefix="พย 0017.2", dated_on=AT.date(), actor=stage.prasit, at=AT)
    meeting.refresh_from_db()
    stranger = make_seats(committee=stage.provincial_local, count=1, actor=stage.prasit, at=AT)[0]
    for line, code in (
        (Present(stranger, "PRESENT"), "not_a_member"),
        (Present(seat, "ATTENDING", name="ก"), "unknown_presence"),
        (Present(None, "PRESENT", name="ก"), "unknown_presence"),
        (Present(seat, "REPRESENTED"), "no_name"),
    ):
        _refused(kind, code, meetings.record_attendance, **record, lines=[line])


def test_refusals_of_a_resolution(stage: Cast, meeting: Meeting):
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    told = make_item(meeting=meeting, actor=stage.prasit, at=AT, kind="FOR_INFORMATION", section=3)
    good = {"item": item, "outcome": "ADOPTED", "text": "เห็นชอบ", "actor": stage.prasit, "at": AT}
    kind = meetings.UnableToResolve
    _refused(kind, "wrong_state", meetings.resolve, **good)
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    for changes, code in (
        ({"outcome": "PERHAPS"}, "unknown_outcome"),
        ({"item": told, "outcome": "REJECTED"}, "unknown_outcome"),
        ({"text": " "}, "no_text"),
        ({"votes": (5, 1, 0)}, "too_many_votes"),
        ({"votes": (5, 1, -1)}, "too_many_votes"),
        ({"votes": (1, 3, 1)}, "vote_says_otherwise"),
        ({"votes": (2, 2, 1)}, "tie"),
        ({"actor": stage.duangjai}, "not_allowed"),
    ):
        _refused(kind, code, meetings.resolve, **{**good, **changes})
    lines = [Present(seat, "ABSENT") for seat in queries.seats_in_office(stage.provincial_committee, AT.date())[:3]]
    meetings.record_attendance(meeting=meeting, lines=lines, actor=stage.prasit, at=AT)
    _refused(kind, "no_quorum", meetings.resolve, **good)
    meetings.record_attendance(
        meeting=meeting, lines=[Present(line.seat, "PRESENT") for line in lines], actor=stage.prasit, at=AT
    )
    meetings.resolve(**good, votes=(2, 2, 1), chair_decides=True)
    _refused(kind, "resolved_already", meetings.resolve, **good)


def test_kinds_of_decision_are_kept_apart(stage: Cast, meeting: Meeting):
    """D08: กพจ. is told of a matter, or decides it; what it was told it has not endorsed."""
    told = make_item(meeting=meeting, actor=stage.prasit, at=AT, kind="FOR_INFORMATION", section=3)
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    resolution = meetings.resolve(item=told, outcome="ADOPTED", text="รับทราบ", actor=stage.prasit, at=AT)
    assert resolution.decision_kind == "FOR_INFORMATION"


def test_a_chair_resolves_but_does_not_run_the_meeting(stage: Cast, meeting: Meeting):
    Membership.objects.create(user=stage.stranger, body=stage.provincial_committee, role=Role.CHAIR)
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    _refused(
        meetings.UnableToCloseMeeting,
        "not_allowed",
        meetings.close_meeting,
        meeting=meeting,
        minutes_by="ก",
        actor=stage.stranger,
        at=AT,
    )
    resolution = meetings.resolve(item=item, outcome="REJECTED", text="ไม่เห็นชอบ", actor=stage.stranger, at=AT)
    assert (resolution.recorded_by, resolution.by_consensus) == (stage.stranger, True)


def test_a_meeting_closes_when_all_is_decided_or_put_off(stage: Cast, meeting: Meeting):
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    make_item(meeting=meeting, actor=stage.prasit, at=AT, section=5)
    close = {"meeting": meeting, "actor": stage.prasit, "at": AT}
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    kind = meetings.UnableToCloseMeeting
    _refused(kind, "undecided_items", meetings.close_meeting, **close, minutes_by="ก")
    _refused(kind, "no_minutes_writer", meetings.close_meeting, **close, minutes_by=" ")
    meetings.resolve(item=item, outcome="DEFERRED", text="เลื่อน", actor=stage.prasit, at=AT)
    _refused(kind, "changed_meanwhile", meetings.close_meeting, **close, minutes_by="ก", seen_version=1)
    meetings.close_meeting(**close, minutes_by="ก")
    assert list(queries.deferred_items(stage.provincial_committee)) == [item]
    following = make_meeting(committee=stage.provincial_committee, actor=stage.prasit, at=moment(50))
    meetings.add_item(
        meeting=following,
        section=4,
        title=item.title,
        decision_kind="ENDORSE",
        subject_kind="AgendaItem",
        subject_code=str(item.pk),
        actor=stage.prasit,
        at=moment(50),
    )
    assert list(queries.deferred_items(stage.provincial_committee)) == []
    meetings.cancel_meeting(meeting=following, reason="น้ำท่วม", actor=stage.prasit, at=moment(51))
    assert list(queries.deferred_items(stage.provincial_committee)) == [item]


def test_a_meeting_is_cancelled_with_a_reason_and_its_number_is_not_used_again(stage: Cast, meeting: Meeting):
    cancel = {"meeting": meeting, "actor": stage.prasit, "at": AT}
    kind = meetings.UnableToCancelMeeting
    _refused(kind, "no_reason", meetings.cancel_meeting, **cancel, reason="")
    meetings.cancel_meeting(**cancel, reason="น้ำท่วม")
    _refused(kind, "wrong_state", meetings.cancel_meeting, **cancel, reason="น้ำท่วม")
    assert make_meeting(committee=stage.provincial_committee, actor=stage.prasit, at=AT).number == 2


def test_nobody_but_the_secretariat_calls_a_meeting(stage: Cast):
    for name in ("stranger", "clerk", "somsri", "wichai", "prasit", "malee"):
        _refused(
            meetings.UnableToCallMeeting,
            "not_allowed",
            meetings.call_meeting,
            committee=stage.district_committee,
            starts_at=AT,
            place="ห้อง",
            subject="",
            actor=getattr(stage, name),
            at=AT,
        )
    call = {"committee": stage.district_committee, "starts_at": AT, "subject": "", "actor": stage.duangjai, "at": AT}
    _refused(meetings.UnableToCallMeeting, "no_place", meetings.call_meeting, **call, place=" ")
    assert meetings.call_meeting(**call, place="ห้อง").state == "PLANNED"


@pytest.mark.parametrize(
    "values",
    [
        {"present": None},
        {"quorum": None},
        {"decision_kind": None},
        {"resolved_at": None},
        {"number": None},
        {"present": 2},  # below the quorum of three
        {"by_consensus": False, "votes_for": None},
    ],
)
def test_the_database_keeps_no_resolution_without_its_evidence(stage: Cast, meeting: Meeting, values: dict[str, Any]):
    """R72: body, kind, date, meeting, number, quorum and attendance."""
    item = make_item(meeting=meeting, actor=stage.prasit, at=AT)
    hold_meeting(meeting=meeting, actor=stage.prasit, at=AT)
    resolution = meetings.resolve(item=item, outcome="ADOPTED", text="เห็นชอบ", actor=stage.prasit, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.filter(pk=resolution.pk).update(**values)
    assert Resolution.objects.get(pk=resolution.pk).present == 5
