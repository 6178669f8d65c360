"""Calling a meeting, and inviting to it by letter."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, localtime

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.agencies.queries import desk_of
from prasan.common.dates import BE_MINUS_CE, fiscal_year_of, format_date
from prasan.common.errors import Refused
from prasan.letters import services as letters
from prasan.letters.models import AddresseeRole
from prasan.meetings import rules
from prasan.meetings.models import AgendaSection, Meeting
from prasan.meetings.queries import seats_in_office
from prasan.meetings.services.moving import ask_right, ask_state, change, note


class UnableToCallMeeting(Refused):
    """No meeting was called."""


class UnableToSendNotice(Refused):
    """Nobody was invited."""


@transaction.atomic
def call_meeting(
    *, committee: Body, starts_at: dt.datetime, place: str, subject: str, actor: User, at: dt.datetime
) -> Meeting:
    """Call the next meeting of the calendar year: ครั้งที่ n/year.

    Refused: `not_allowed`, `no_place`.
    """
    ask_right(UnableToCallMeeting, actor, committee, at)
    if not place.strip():
        raise UnableToCallMeeting(
            "no_place",
            "เรียกประชุมไม่ได้ เพราะไม่ได้ระบุสถานที่ โปรดระบุห้องหรือสถานที่ประชุม",
            "No meeting was called: no place given. Say where it is held.",
        )
    Body.objects.select_for_update(of=("self",)).get(pk=committee.pk)  # the lock of the numbering
    year = localdate(starts_at).year + BE_MINUS_CE
    last = Meeting.objects.filter(committee=committee, year=year).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        committee=committee,
        number=last + 1,
        year=year,
        subject=subject.strip(),
        starts_at=starts_at,
        place=place.strip(),
    )
    note("call_meeting", meeting, actor, at, starts_at=starts_at.isoformat(), place=meeting.place)
    return meeting


@transaction.atomic
def send_notice(
    *,
    meeting: Meeting,
    prefix: str,
    dated_on: dt.date,
    actor: User,
    at: dt.datetime,
    number: str = "",
    seen_version: int | None = None,
) -> Meeting:
    """Invite every member in office that day by letter (L3); agencies on two lists, heads and planning officers (R29).

    Refused: `not_allowed`, `wrong_state`, `no_members`, `no_items`, `changed_meanwhile`, and what the letter refuses.
    """
    ask_right(UnableToSendNotice, actor, meeting.committee, at)
    ask_state(UnableToSendNotice, "send_notice", meeting)
    addressees = _addressees(meeting)
    if not addressees:
        raise UnableToSendNotice(
            "no_members",
            f"เชิญประชุม {meeting} ไม่ได้ เพราะไม่มีกรรมการดำรงตำแหน่งในวันประชุม โปรดบันทึกการแต่งตั้งก่อน",
            f"Nobody was invited to {meeting}: the committee has no member that day. Record the appointments first.",
        )
    if not meeting.items.exists():
        raise UnableToSendNotice(
            "no_items",
            f"เชิญประชุม {meeting} ไม่ได้ เพราะยังไม่มีระเบียบวาระ โปรดเพิ่มเรื่องก่อน",
            f"Nobody was invited to {meeting}: the agenda is empty. Add an item first.",
        )
    letter = letters.draft_letter(
        sender=desk_of(meeting.committee),
        content=letters.Content(
            subject=f"ขอเชิญประชุม{meeting.committee.name_th} ครั้งที่ {meeting.number}/{meeting.year}",
            body=_body(meeting),
            fiscal_year=fiscal_year_of(localdate(meeting.starts_at)),
            catalogue="L3",
            attachments="ระเบียบวาระการประชุม จำนวน 1 ชุด\nแบบตอบรับการเข้าร่วมประชุม จำนวน 1 แผ่น",
        ),
        addressees=addressees,
        actor=actor,
        at=at,
    )
    letter = letters.dispatch_letter(
        letter=letter, dated_on=dated_on, prefix=prefix, actor=actor, at=at, number=number, circular=True
    )
    change(UnableToSendNotice, meeting, seen_version, state="NOTICED", notice=letter)
    note("send_notice", meeting, actor, at, letter=letter.number, invited=len(addressees))
    return meeting


def _addressees(meeting: Meeting) -> list[letters.Addressee]:
    """Every member once; a body that several members represent once on each list."""
    wanted: dict[tuple[str, int | str], letters.Addressee] = {}
    for seat in seats_in_office(meeting.committee, localdate(meeting.starts_at)):
        body = seat.represents
        if body is None:
            wanted[("TO", seat.person_name)] = letters.Addressee(None, seat.person_name, AddresseeRole.TO)
            continue
        lists = (AddresseeRole.HEADS, AddresseeRole.PLANNING_OFFICERS)
        for role in lists if body.kind == rules.TWO_LISTS_OF else (AddresseeRole.TO,):
            wanted[(role, body.pk)] = letters.Addressee(body, "", role)
    return list(wanted.values())


def _body(meeting: Meeting) -> str:
    """The paragraphs of the notice: purpose, when and where, the agenda."""
    local = localdate(meeting.starts_at)
    when = f"{format_date(local, style='long', language='th')} เวลา {_hour(meeting.starts_at)} น. ณ {meeting.place}"
    why = f" เพื่อ{meeting.subject}" if meeting.subject else ""
    lines = [
        f"ด้วย{meeting.committee.name_th} กำหนดประชุมครั้งที่ {meeting.number}/{meeting.year}{why} ใน{when}",
        "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว โดยมีระเบียบวาระดังนี้",
    ]
    for item in meeting.items.order_by("section", "position"):
        heading = AgendaSection(item.section).label
        lines.append(f"ระเบียบวาระที่ {item.section}.{item.position} {item.title} ({heading})")
    return "\n\n".join(lines)


def _hour(moment: dt.datetime) -> str:
    return f"{localtime(moment):%H.%M}"
