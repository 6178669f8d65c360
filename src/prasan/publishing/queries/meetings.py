"""Gathering a meeting into the words its papers print."""

import datetime as dt

from django.utils.timezone import localdate, localtime

from prasan.agencies.models import Body
from prasan.common.dates import format_date
from prasan.meetings.models import AgendaItem, AgendaSection, Attendance, Meeting, Presence, Resolution, Seat, SeatRole
from prasan.publishing.paper import meetings as papers
from prasan.publishing.paper.meetings import Matter, MeetingPaper, Part, Person


def agenda_file(meeting: Meeting, *, thai_digits: bool = True) -> bytes:
    """ระเบียบวาระการประชุม as a Word file."""
    return papers.agenda_docx(paper_of(meeting), thai_digits=thai_digits)


def minutes_file(meeting: Meeting, *, thai_digits: bool = True) -> bytes:
    """รายงานการประชุม as a Word file."""
    return papers.minutes_docx(paper_of(meeting), thai_digits=thai_digits)


def extract_file(resolution: Resolution, *, thai_digits: bool = True) -> bytes:
    """An extract of one resolution as a Word file."""
    item = resolution.item
    paper = paper_of(item.meeting)
    return papers.extract_docx(paper, _matter(item), number=resolution.number, thai_digits=thai_digits)


def order_file(committee: Body, number: str, *, thai_digits: bool = True) -> bytes:
    """The appointment order (L17) with everybody it seated, as a Word file."""
    seats = Seat.objects.filter(committee=committee, appointed_by=number).order_by("pk")
    lines = [(_office(seat.person_name, seat.position_name), str(seat.get_role_display())) for seat in seats]
    return papers.order_docx(committee=committee.name_th, number=number, seats=lines, thai_digits=thai_digits)


def paper_of(meeting: Meeting) -> MeetingPaper:
    """A meeting in finished Thai words."""
    items = list(meeting.items.select_related("resolution").order_by("section", "position"))
    sheet = sorted(meeting.attendances.select_related("seat").order_by("pk"), key=_rank)
    return MeetingPaper(
        committee=meeting.committee.name_th,
        number=f"{meeting.number}/{meeting.year}",
        held_on=f"วันที่ {format_date(localdate(meeting.starts_at))}",
        place=meeting.place,
        time=_hour(meeting.starts_at),
        parts=tuple(
            Part(number, str(label), tuple(_matter(item) for item in items if item.section == number))
            for number, label in AgendaSection.choices
        ),
        came=_people(sheet, Presence.PRESENT, Presence.REPRESENTED),
        absent=_people(sheet, Presence.ABSENT),
        attended=_people(sheet, Presence.ATTENDING),
        opened=_hour(meeting.opened_at),
        closed=_hour(meeting.closed_at),
        minutes_by=meeting.minutes_by,
    )


def _matter(item: AgendaItem) -> Matter:
    resolution: Resolution | None = getattr(item, "resolution", None)  # none is joined where nothing is decided
    return Matter(f"{item.section}.{item.position}", item.title, item.detail, resolution.text if resolution else "")


def _people(sheet: list[Attendance], *kinds: str) -> tuple[Person, ...]:
    return tuple(_person(line) for line in sheet if line.presence in kinds)


def _rank(line: Attendance) -> int:
    """The chair first, the secretaries last, as committees are listed; who has no seat after them."""
    return SeatRole.values.index(line.seat.role) if line.seat is not None else len(SeatRole.values)


def _person(line: Attendance) -> Person:
    if line.seat is None:
        return _office(line.name, line.position_name), ""
    member = _office(line.seat.person_name, line.seat.position_name)
    who = f"{line.name} แทน {member}" if line.presence == Presence.REPRESENTED else member
    return who, str(line.seat.get_role_display())


def _office(name: str, office: str) -> str:
    return f"{name} {office}".strip()


def _hour(moment: dt.datetime | None) -> str:
    return f"{localtime(moment):%H.%M} น." if moment is not None else "…………………"
