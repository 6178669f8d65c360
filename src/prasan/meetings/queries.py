"""What is read of committees: who sits, who came, whether quorum stands, what was resolved."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from prasan.agencies.models import Body
from prasan.meetings import rules
from prasan.meetings.models import AgendaItem, Attendance, Meeting, MeetingState, Outcome, Resolution, Seat


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many came of how many seats, and how many it takes."""

    seats: int
    present: int
    needed: int

    @property
    def stands(self) -> bool:
        return rules.has_quorum(present=self.present, seats=self.seats)

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.present)

    @property
    def certainty(self) -> str:
        """How sure the sources are that it is half of the seats."""
        return rules.QUORUM_CERTAINTY


def seats_in_office(committee: Body, on: dt.date) -> QuerySet[Seat]:
    """Who sits in a committee on a day, the chair first as entered."""
    return (
        Seat.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), committee=committee, starts_on__lte=on)
        .select_related("represents", "user")
        .order_by("pk")
    )


def quorum_of(meeting: Meeting) -> Quorum:
    """The quorum of a meeting: of the seats counted at its opening, before that of those in office that day."""
    seats = meeting.seats_in_office
    day = localdate(meeting.starts_at)
    if seats is None:
        seats = seats_in_office(meeting.committee, day).count()
    present = Attendance.objects.filter(meeting=meeting, seat__isnull=False, presence__in=rules.HERE).count()
    return Quorum(seats=seats, present=present, needed=rules.quorum(seats))


def resolutions(committee: Body | None = None) -> QuerySet[Resolution]:
    """Resolutions, the last first; of one committee where it is named."""
    rows = Resolution.objects.select_related("item__meeting__committee__area", "recorded_by")
    if committee is not None:
        rows = rows.filter(item__meeting__committee=committee)
    return rows.order_by("-resolved_at", "-pk")


def deferred_items(committee: Body) -> QuerySet[AgendaItem]:
    """Matters put off that no later matter of the same subject has taken up: they wait for the next meeting."""
    taken = AgendaItem.objects.filter(meeting__committee=committee, subject_kind="AgendaItem").exclude(
        meeting__state=MeetingState.CANCELLED
    )
    known = [int(code) for code in taken.values_list("subject_code", flat=True) if code.isdigit()]
    return (
        AgendaItem.objects.filter(meeting__committee=committee, resolution__outcome=Outcome.DEFERRED)
        .exclude(pk__in=known)
        .select_related("meeting", "resolution")
        .order_by("resolution__resolved_at", "pk")
    )


def outcomes_of(item: AgendaItem) -> tuple[str, ...]:
    """What can come of a matter, by the kind of decision it asks for."""
    return rules.outcomes_of(item.decision_kind)


def undecided(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Items that keep a meeting from closing: sections 2 and 4 without a resolution."""
    return meeting.items.filter(section__in=rules.MUST_BE_DECIDED, resolution__isnull=True)


def groups_of(meeting: Meeting) -> tuple[str, ...]:
    """Groups of participation that came (R07), each once."""
    groups = meeting.attendances.exclude(group="").exclude(presence="ABSENT").values_list("group", flat=True)
    return tuple(sorted(set(groups)))
