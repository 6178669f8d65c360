"""What a window and a task are on a given day; plain dates in, a word out."""

import datetime as dt

WAITING, OPEN, PAST, UNDATED = "WAITING", "OPEN", "PAST", "UNDATED"
SUBMITTED, RETURNED, DONE, LATE, EXCUSED = "SUBMITTED", "RETURNED", "DONE", "LATE", "EXCUSED"
TASK_STATES = (LATE, RETURNED, OPEN, EXCUSED, WAITING, SUBMITTED, DONE)
"""The states of a task, the most pressing first."""


def window_state(starts_on: dt.date | None, ends_before: dt.date | None, *, on: dt.date) -> str:
    """WAITING before the window, OPEN inside it (half-open), PAST after it, UNDATED without a window."""
    if starts_on is None or ends_before is None:
        return UNDATED
    if on < starts_on:
        return WAITING
    return OPEN if on < ends_before else PAST


def task_state(
    *,
    starts_on: dt.date | None,
    due_before: dt.date | None,
    excused: bool,
    extended: bool,
    submitted: bool,
    returned: bool,
    done: bool,
    on: dt.date,
) -> str:
    """The state of a task on a day, from its dates and acts.

    What was done stays DONE and what was submitted SUBMITTED. Past its day a task is LATE, also when it was
    returned; inside an extension it is EXCUSED. A task without a printed date is OPEN until it is done: nobody is
    late for a day that no source prints.
    """
    if done:
        return DONE
    if submitted:
        return SUBMITTED
    if excused:
        return EXCUSED
    if due_before is not None and on >= due_before:
        return LATE
    if returned:
        return RETURNED
    if starts_on is not None and on < starts_on:
        return WAITING
    return EXCUSED if extended else OPEN
