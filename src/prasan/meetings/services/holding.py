"""Opening a meeting that has its quorum, closing it with everything decided, or cancelling it."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.meetings import queries
from prasan.meetings.models import Meeting
from prasan.meetings.services.moving import ask_right, ask_state, change, note


class UnableToOpenMeeting(Refused):
    """The meeting is not open."""


class UnableToCloseMeeting(Refused):
    """The meeting goes on."""


class UnableToCancelMeeting(Refused):
    """The meeting stands."""


@transaction.atomic
def open_meeting(*, meeting: Meeting, actor: User, at: dt.datetime, seen_version: int | None = None) -> Meeting:
    """Open a meeting: the seats in office that day are counted, and half of them must be there (R72).

    Refused: `not_allowed`, `wrong_state`, `no_quorum`, `changed_meanwhile`.
    """
    ask_right(UnableToOpenMeeting, actor, meeting.committee, at)
    ask_state(UnableToOpenMeeting, "open_meeting", meeting)
    found = queries.quorum_of(meeting)
    if not found.stands:
        raise UnableToOpenMeeting(
            "no_quorum",
            f"เปิดประชุม {meeting} ไม่ได้ เพราะไม่ครบองค์ประชุม มา {found.present} จาก {found.seats} "
            f"ต้องมาอย่างน้อย {found.needed} (R72) โปรดบันทึกผู้มาประชุมเพิ่ม หรือเลื่อนการประชุม",
            f"Meeting {meeting} was not opened: {found.present} of {found.seats} are here, "
            f"{found.needed} are needed (R72). Record who else came, or put the meeting off.",
        )
    seats = queries.seats_in_office(meeting.committee, localdate(meeting.starts_at)).count()
    change(UnableToOpenMeeting, meeting, seen_version, state="OPEN", opened_at=at, seats_in_office=seats)
    note("open_meeting", meeting, actor, at, seats=seats, present=found.present, quorum=found.needed)
    return meeting


@transaction.atomic
def close_meeting(
    *, meeting: Meeting, minutes_by: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Meeting:
    """Close a meeting when the minutes before and all that was to be considered are decided or put off.

    Refused: `not_allowed`, `wrong_state`, `no_minutes_writer`, `undecided_items`, `changed_meanwhile`.
    """
    ask_right(UnableToCloseMeeting, actor, meeting.committee, at)
    ask_state(UnableToCloseMeeting, "close_meeting", meeting)
    if not minutes_by.strip():
        raise UnableToCloseMeeting(
            "no_minutes_writer",
            f"ปิดประชุม {meeting} ไม่ได้ เพราะไม่มีชื่อผู้จดรายงานการประชุม โปรดระบุชื่อ",
            f"Meeting {meeting} was not closed: nobody is named who wrote the minutes. Give the name.",
        )
    left = [f"{item.section}.{item.position}" for item in queries.undecided(meeting)]
    if left:
        raise UnableToCloseMeeting(
            "undecided_items",
            f"ปิดประชุม {meeting} ไม่ได้ เพราะวาระ {', '.join(left)} ยังไม่มีมติ โปรดลงมติหรือเลื่อนพิจารณา",
            f"Meeting {meeting} was not closed: items {', '.join(left)} are undecided. Resolve or defer them.",
        )
    change(UnableToCloseMeeting, meeting, seen_version, state="CLOSED", closed_at=at, minutes_by=minutes_by.strip())
    note("close_meeting", meeting, actor, at, minutes_by=meeting.minutes_by)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Meeting:
    """Cancel a meeting that is not open yet, saying why; its number is not used again.

    Refused: `not_allowed`, `wrong_state`, `no_reason`, `changed_meanwhile`.
    """
    ask_right(UnableToCancelMeeting, actor, meeting.committee, at)
    ask_state(UnableToCancelMeeting, "cancel_meeting", meeting)
    if not reason.strip():
        raise UnableToCancelMeeting(
            "no_reason",
            f"ยกเลิกการประชุม {meeting} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"Meeting {meeting} was not cancelled: no reason given. Say why.",
        )
    change(UnableToCancelMeeting, meeting, seen_version, state="CANCELLED", cancel_reason=reason.strip())
    note("cancel_meeting", meeting, actor, at, reason=meeting.cancel_reason)
    return meeting
