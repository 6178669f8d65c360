"""The acts of this room; the only place that writes it."""

from prasan.meetings.services.agenda import (
    UnableToAddItem,
    UnableToMoveItem,
    UnableToRemoveItem,
    add_item,
    move_item,
    remove_item,
)
from prasan.meetings.services.attending import Present, UnableToRecordAttendance, record_attendance
from prasan.meetings.services.calling import UnableToCallMeeting, UnableToSendNotice, call_meeting, send_notice
from prasan.meetings.services.holding import (
    UnableToCancelMeeting,
    UnableToCloseMeeting,
    UnableToOpenMeeting,
    cancel_meeting,
    close_meeting,
    open_meeting,
)
from prasan.meetings.services.resolving import UnableToResolve, resolve
from prasan.meetings.services.seating import UnableToAppointSeat, UnableToEndSeat, appoint_seat, end_seat

__all__ = [
    "Present",
    "UnableToAddItem",
    "UnableToAppointSeat",
    "UnableToCallMeeting",
    "UnableToCancelMeeting",
    "UnableToCloseMeeting",
    "UnableToEndSeat",
    "UnableToMoveItem",
    "UnableToOpenMeeting",
    "UnableToRecordAttendance",
    "UnableToRemoveItem",
    "UnableToResolve",
    "UnableToSendNotice",
    "add_item",
    "appoint_seat",
    "call_meeting",
    "cancel_meeting",
    "close_meeting",
    "end_seat",
    "move_item",
    "open_meeting",
    "record_attendance",
    "remove_item",
    "resolve",
    "send_notice",
]
