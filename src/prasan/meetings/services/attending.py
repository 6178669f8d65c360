"""Who came, who sent a substitute, who did not come, and which groups attended (R07)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.meetings.models import Attendance, Meeting, Presence, Seat
from prasan.meetings.queries import seats_in_office
from prasan.meetings.services.moving import ask_right, ask_state, locked, note


class UnableToRecordAttendance(Refused):
    """Attendance is as it was."""


@dataclass(frozen=True, slots=True)
class Present:
    """One line of the attendance sheet; without a seat: somebody who attended."""

    seat: Seat | None
    presence: str
    name: str = ""
    position_name: str = ""
    group: str = ""


@transaction.atomic
def record_attendance(*, meeting: Meeting, lines: Sequence[Present], actor: User, at: dt.datetime) -> Meeting:
    """Write down lines of the attendance sheet; a member's later line replaces the earlier one.

    Refused: `not_allowed`, `wrong_state`, `not_a_member`, `unknown_presence`, `no_name`.
    """
    ask_right(UnableToRecordAttendance, actor, meeting.committee, at)
    current = locked(meeting)
    ask_state(UnableToRecordAttendance, "record_attendance", current)
    members = set(seats_in_office(current.committee, localdate(current.starts_at)).values_list("pk", flat=True))
    for line in lines:
        _check(line, members)
    for line in lines:
        values = {
            "presence": line.presence,
            "name": line.name.strip(),
            "position_name": line.position_name.strip(),
            "group": line.group.strip(),
        }
        if line.seat is None:
            Attendance.objects.create(meeting=current, **values)
        else:
            Attendance.objects.update_or_create(meeting=current, seat=line.seat, defaults=values)
    counted = {kind: sum(1 for line in lines if line.presence == kind) for kind in Presence.values}
    note("record_attendance", current, actor, at, **counted)
    return meeting


def _check(line: Present, members: set[int]) -> None:
    attends = line.presence == Presence.ATTENDING
    if line.presence not in Presence.values or attends != (line.seat is None):
        raise UnableToRecordAttendance(
            "unknown_presence",
            "บันทึกผู้มาประชุมไม่ได้ เพราะกรรมการต้องมา ส่งผู้แทน หรือไม่มา ผู้ไม่ใช่กรรมการเป็นผู้เข้าร่วม โปรดแก้บรรทัดนั้น",
            "Attendance was not recorded: a member comes, is represented or is absent; others attend. "
            "Correct that line.",
        )
    if line.seat is not None and line.seat.pk not in members:
        raise UnableToRecordAttendance(
            "not_a_member",
            f"บันทึกผู้มาประชุมไม่ได้ เพราะ {line.seat} ไม่ได้เป็นกรรมการในวันประชุม โปรดบันทึกเป็นผู้เข้าร่วมประชุม",
            f"Attendance was not recorded: {line.seat} holds no seat on that day. Record who came as attending.",
        )
    if line.presence in (Presence.ATTENDING, Presence.REPRESENTED) and not line.name.strip():
        raise UnableToRecordAttendance(
            "no_name",
            "บันทึกผู้มาประชุมไม่ได้ เพราะไม่มีชื่อผู้แทนหรือผู้เข้าร่วม โปรดระบุชื่อ",
            "Attendance was not recorded: the substitute or attendant has no name. Give the name.",
        )
