"""Seats have terms, and one chair at a time."""

import datetime as dt
from typing import Any

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.meetings import queries
from prasan.meetings import services as meetings
from prasan.meetings.models import Seat

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 1, 15)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _appoint(stage: Cast, **changes: Any) -> Seat:
    values: dict[str, Any] = {
        "committee": stage.provincial_committee,
        "role": "CHAIR",
        "person_name": "นายหนึ่ง",
        "starts_on": DAY,
        "appointed_by": "12/2568",
        "actor": stage.prasit,
        "at": moment(0),
    }
    return meetings.appoint_seat(**{**values, **changes})


def test_the_office_that_writes_for_a_committee_seats_its_members(stage: Cast):
    seat = _appoint(stage, represents=stage.highways, position_name="ผู้อำนวยการแขวง")
    assert (seat.person_name, seat.represents, seat.appointed_by) == ("นายหนึ่ง", stage.highways, "12/2568")
    assert Entry.objects.get(act="meetings.appoint_seat").data == {
        "role": "CHAIR",
        "starts_on": "2025-01-15",
        "order": "12/2568",
    }


def test_the_next_chair_begins_the_day_the_last_ends(stage: Cast):
    first = _appoint(stage)
    meetings.end_seat(seat=first, ends_on=dt.date(2025, 3, 1), reason="ย้าย", actor=stage.prasit, at=moment(1))
    second = _appoint(stage, person_name="นายสอง", starts_on=dt.date(2025, 3, 1))
    committee = stage.provincial_committee
    assert list(queries.seats_in_office(committee, dt.date(2025, 2, 28))) == [first]
    assert list(queries.seats_in_office(committee, dt.date(2025, 3, 1))) == [second]
    assert list(queries.seats_in_office(committee, dt.date(2025, 1, 14))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_name": "นายสอง"}, "chair_taken"),
        ({"role": "KING"}, "unknown_role"),
        ({"role": "MEMBER", "person_name": " "}, "no_name"),
        ({"role": "MEMBER", "ends_on": DAY}, "term_runs_back"),
    ],
)
def test_refusals_of_an_appointment_change_nothing(stage: Cast, changes: dict[str, Any], code: str):
    _appoint(stage)
    before = list(Seat.objects.values()), Entry.objects.count()
    with pytest.raises(meetings.UnableToAppointSeat) as refusal:
        _appoint(stage, **changes)
    assert refusal.value.code == code
    assert (list(Seat.objects.values()), Entry.objects.count()) == before


def test_refusals_of_ending_a_term_change_nothing(stage: Cast):
    seat = _appoint(stage, ends_on=dt.date(2025, 6, 1))
    before = list(Seat.objects.values()), Entry.objects.count()
    for ends_on, reason, actor, code in (
        (dt.date(2025, 3, 1), " ", stage.prasit, "no_reason"),
        (DAY, "ย้าย", stage.prasit, "term_runs_back"),
        (dt.date(2025, 6, 1), "ย้าย", stage.prasit, "ended_already"),
        (dt.date(2025, 3, 1), "ย้าย", stage.duangjai, "not_allowed"),
    ):
        with pytest.raises(meetings.UnableToEndSeat) as refusal:
            meetings.end_seat(seat=seat, ends_on=ends_on, reason=reason, actor=actor, at=moment(1))
        assert refusal.value.code == code
    assert (list(Seat.objects.values()), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("committee", "allowed"),
    [
        ("provincial_committee", {"prasit"}),
        ("district_committee", {"duangjai"}),  # the province is a superior, not the secretariat
        ("village_committee", {"somsri"}),
        ("provincial_local", {"prasit"}),
    ],
)
def test_only_the_secretariat_appoints(stage: Cast, committee: str, allowed: set[str]):
    for name in ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee"):
        values = {"committee": getattr(stage, committee), "role": "MEMBER", "actor": getattr(stage, name)}
        count = Seat.objects.count(), Entry.objects.count()
        if name in allowed:
            assert _appoint(stage, **values).pk
            continue
        with pytest.raises(meetings.UnableToAppointSeat) as refusal:
            _appoint(stage, **values)
        assert refusal.value.code == "not_allowed"
        assert (Seat.objects.count(), Entry.objects.count()) == count
