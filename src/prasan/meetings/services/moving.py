"""What every act on a meeting does first: ask who may, ask the state, and win over the second officer."""

import datetime as dt

from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.meetings import access
from prasan.meetings.models import Meeting, MeetingState
from prasan.meetings.workflow import sources_of


def ask_right(refusal: type[Refused], actor: User, committee: Body, at: dt.datetime) -> None:
    """Refuse `not_allowed` to everybody but the secretariat."""
    if not access.can_run_meetings(actor, committee=committee, on=localdate(at)):
        raise refusal(
            "not_allowed",
            f"ดำเนินการไม่ได้ เพราะท่านไม่ได้เป็นฝ่ายเลขานุการของ {committee} โปรดให้เลขานุการหรือสำนักงานที่ทำหน้าที่แทนดำเนินการ",
            f"Nothing was changed: you are not of the secretariat of {committee}. "
            "Ask its secretary or the office that writes for it.",
        )


def ask_state(refusal: type[Refused], act: str, meeting: Meeting) -> None:
    """Refuse `wrong_state` where the table of states has no such act from here."""
    if meeting.state not in sources_of(act):
        state = MeetingState(meeting.state)
        raise refusal(
            "wrong_state",
            f"ดำเนินการกับการประชุม {meeting} ไม่ได้ เพราะการประชุมอยู่ในสถานะ “{state.label}” โปรดเปิดดูการประชุมใหม่",
            f"Nothing was changed in meeting {meeting}: it is {state.value.lower()}. Open the meeting again.",
        )


def change(refusal: type[Refused], meeting: Meeting, seen_version: int | None, **values: object) -> Meeting:
    """Change a meeting if nobody did meanwhile; else refuse `changed_meanwhile`."""
    version = meeting.version if seen_version is None else seen_version
    found = Meeting.objects.filter(pk=meeting.pk, version=version, state=meeting.state)
    if not found.update(version=F("version") + 1, **values):
        raise refusal(
            "changed_meanwhile",
            f"ดำเนินการกับการประชุม {meeting} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่",
            f"Nothing was changed in meeting {meeting}: somebody changed it before you. Open it again.",
        )
    meeting.refresh_from_db()
    return meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now; who comes second waits for the first."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=meeting.pk)


def note(act: str, meeting: Meeting, actor: User, at: dt.datetime, **data: object) -> None:
    """One entry of the journal about a meeting."""
    journal.record(
        at=at,
        actor=actor,
        act=f"meetings.{act}",
        subject=meeting,
        subject_code=f"{meeting.committee.code} {meeting.number}/{meeting.year}",
        data=data,
    )
