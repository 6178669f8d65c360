"""What holds in every meeting: quorum, which outcome a vote allows, how a resolution is numbered."""

import datetime as dt
from dataclasses import dataclass

QUORUM_SOURCE = (
    "R72 [I]: a decision stores its quorum. That quorum is at least half of the seats in office is general practice."
)
QUORUM_CERTAINTY = "G"
"""The sources name no number: half of the seats is shown with its mark, so that nobody takes it for their law."""

INFORMATION = "FOR_INFORMATION"
MUST_BE_DECIDED = (2, 4)
"""Sections that may not stay open when a meeting closes: the minutes before, and what is to be considered."""
HERE = ("PRESENT", "REPRESENTED")
TWO_LISTS_OF = "PROVINCIAL_OFFICE"
"""Bodies invited on two lists, heads and planning officers (R29)."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes as counted in the room."""

    in_favour: int
    against: int
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def tied(self) -> bool:
        return self.in_favour == self.against


def quorum(seats: int) -> int:
    """How many must be there: at least half of the seats in office, never nobody."""
    if seats < 0:
        raise ValueError("seats cannot be fewer than none")
    return max(1, (seats + 1) // 2)


def has_quorum(*, present: int, seats: int) -> bool:
    """Whether so many of so many seats may decide. A committee without members decides nothing."""
    return seats > 0 and present >= quorum(seats)


def outcomes_of(decision_kind: str) -> tuple[str, ...]:
    """What can come of a matter: what is told for information cannot be rejected."""
    return ("ADOPTED", "DEFERRED") if decision_kind == INFORMATION else ("ADOPTED", "REJECTED", "DEFERRED")


def vote_allows(votes: Votes, outcome: str) -> bool:
    """Whether the count bears the outcome; a tie bears both, because the chair decides. Deferring needs no majority."""
    if outcome == "ADOPTED":
        return votes.in_favour >= votes.against
    if outcome == "REJECTED":
        return votes.against >= votes.in_favour
    return True


def number_of(*, code: str, number: int, year: int, section: int, position: int) -> str:
    """The number of a resolution: body, meeting/year, item: `GBJ-46 3/2569-4.2`."""
    return f"{code} {number}/{year}-{section}.{position}"


def terms_meet(starts_on: dt.date, ends_on: dt.date | None, other_start: dt.date, other_end: dt.date | None) -> bool:
    """Whether two terms share a day (half-open: one may begin the day another ends)."""
    return (ends_on is None or other_start < ends_on) and (other_end is None or starts_on < other_end)
