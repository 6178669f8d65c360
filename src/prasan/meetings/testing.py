"""Committees and meetings for tests, made through the services."""

import datetime as dt

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.meetings import services
from prasan.meetings.models import AgendaItem, Meeting, Seat
from prasan.meetings.queries import seats_in_office
from prasan.meetings.services import Present


def make_seats(*, committee: Body, count: int, actor: User, at: dt.datetime) -> list[Seat]:
    """So many members, the first in the chair, in office since a month before."""
    return [
        services.appoint_seat(
            committee=committee,
            role="MEMBER" if n else "CHAIR",
            person_name=f"กรรมการ {n + 1}",
            starts_on=at.date() - dt.timedelta(days=30),
            appointed_by="1/2568",
            actor=actor,
            at=at,
        )
        for n in range(count)
    ]


def make_meeting(*, committee: Body, actor: User, at: dt.datetime) -> Meeting:
    """A meeting that is called for the moment given."""
    return services.call_meeting(
        committee=committee, starts_at=at, place="ห้องประชุม", subject="พิจารณาแผน", actor=actor, at=at
    )


def make_item(*, meeting: Meeting, actor: User, at: dt.datetime, kind: str = "ENDORSE", section: int = 4) -> AgendaItem:
    """One matter to decide."""
    return services.add_item(meeting=meeting, section=section, title="แผนพัฒนา", decision_kind=kind, actor=actor, at=at)


def hold_meeting(*, meeting: Meeting, actor: User, at: dt.datetime) -> Meeting:
    """Invite, have every member come, and open."""
    services.send_notice(meeting=meeting, prefix="พย 0017.2", dated_on=at.date(), actor=actor, at=at)
    seats = seats_in_office(meeting.committee, at.date())
    services.record_attendance(meeting=meeting, lines=[Present(seat, "PRESENT") for seat in seats], actor=actor, at=at)
    return services.open_meeting(meeting=meeting, actor=actor, at=at)
