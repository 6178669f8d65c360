"""The states of a meeting, and what may be written in each, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """An act that moves a meeting from one state to another, and the side that does it."""

    act: str
    source: str
    target: str
    side: str


MEETING_STEPS = (
    Step("call_meeting", "", "PLANNED", "secretariat"),
    Step("send_notice", "PLANNED", "NOTICED", "secretariat"),
    Step("open_meeting", "NOTICED", "OPEN", "secretariat"),
    Step("close_meeting", "OPEN", "CLOSED", "secretariat"),
    Step("cancel_meeting", "PLANNED", "CANCELLED", "secretariat"),
    Step("cancel_meeting", "NOTICED", "CANCELLED", "secretariat"),
)
WRITTEN_WHILE = {
    "add_item": ("PLANNED", "NOTICED", "OPEN"),
    "move_item": ("PLANNED", "NOTICED"),
    "remove_item": ("PLANNED", "NOTICED"),
    "record_attendance": ("NOTICED", "OPEN"),
    "resolve": ("OPEN",),
}
"""Acts that write into a meeting without moving it. Once it is open items keep their numbers: resolutions cite them."""


def sources_of(act: str) -> tuple[str, ...]:
    """The states an act may start from."""
    return WRITTEN_WHILE.get(act) or tuple(step.source for step in MEETING_STEPS if step.act == act)
