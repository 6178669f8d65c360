"""What a window is on a given day; plain dates in, a word out."""

import datetime as dt

WAITING, OPEN, PAST, UNDATED = "WAITING", "OPEN", "PAST", "UNDATED"


def window_state(starts_on: dt.date | None, ends_before: dt.date | None, *, on: dt.date) -> str:
    """WAITING before the window, OPEN inside it (half-open), PAST after it, UNDATED without a window."""
    if starts_on is None or ends_before is None:
        return UNDATED
    if on < starts_on:
        return WAITING
    return OPEN if on < ends_before else PAST
