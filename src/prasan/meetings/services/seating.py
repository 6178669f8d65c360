"""Who sits in a committee, from when until when, by which order."""

import datetime as dt

from django.db import transaction

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.meetings import rules
from prasan.meetings.models import Seat, SeatRole
from prasan.meetings.services.moving import ask_right


class UnableToAppointSeat(Refused):
    """Nobody was appointed."""


class UnableToEndSeat(Refused):
    """The term runs on."""


@transaction.atomic
def appoint_seat(
    *,
    committee: Body,
    role: str,
    person_name: str,
    starts_on: dt.date,
    actor: User,
    at: dt.datetime,
    ends_on: dt.date | None = None,
    position_name: str = "",
    represents: Body | None = None,
    user: User | None = None,
    appointed_by: str = "",
) -> Seat:
    """Seat a member for a term by an appointment order (L17). One chair at a time.

    Refused: `not_allowed`, `unknown_role`, `no_name`, `term_runs_back`, `chair_taken`.
    """
    ask_right(UnableToAppointSeat, actor, committee, at)
    Body.objects.select_for_update(of=("self",)).get(pk=committee.pk)
    _check(committee, role, person_name, starts_on, ends_on)
    seat = Seat.objects.create(
        committee=committee,
        role=role,
        person_name=person_name.strip(),
        position_name=position_name.strip(),
        user=user,
        represents=represents,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=appointed_by.strip(),
    )
    _note("appoint_seat", seat, actor, at, role=role, starts_on=starts_on.isoformat(), order=seat.appointed_by)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, ends_on: dt.date, reason: str, actor: User, at: dt.datetime) -> Seat:
    """End a term: `ends_on` is the first day without the member.

    Refused: `not_allowed`, `no_reason`, `term_runs_back`, `ended_already`.
    """
    ask_right(UnableToEndSeat, actor, seat.committee, at)
    if not reason.strip():
        raise UnableToEndSeat(
            "no_reason",
            f"ให้ {seat} พ้นจากตำแหน่งไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"The term of {seat} was not ended: no reason given. Say why.",
        )
    if ends_on <= seat.starts_on:
        raise UnableToEndSeat("term_runs_back", *_runs_back(seat.starts_on))
    if not Seat.objects.filter(pk=seat.pk, ends_on=seat.ends_on).exclude(ends_on__lte=ends_on).update(ends_on=ends_on):
        raise UnableToEndSeat(
            "ended_already",
            f"{seat} พ้นจากตำแหน่งก่อนวันนั้นแล้ว โปรดเปิดดูใหม่",
            f"The term of {seat} ended before that day already. Open it again.",
        )
    seat.refresh_from_db()
    _note("end_seat", seat, actor, at, ends_on=ends_on.isoformat(), reason=reason)
    return seat


def _check(committee: Body, role: str, name: str, starts_on: dt.date, ends_on: dt.date | None) -> None:
    if role not in SeatRole.values:
        raise UnableToAppointSeat(
            "unknown_role",
            f"แต่งตั้งไม่ได้ เพราะไม่รู้จักตำแหน่ง {role} โปรดเลือกตำแหน่งจากรายการ",
            f"Nobody was appointed: {role} is no role of a committee. Choose one of the list.",
        )
    if not name.strip():
        raise UnableToAppointSeat(
            "no_name",
            "แต่งตั้งไม่ได้ เพราะไม่มีชื่อ โปรดระบุชื่อกรรมการ",
            "Nobody was appointed: no name given. Name the member.",
        )
    if ends_on is not None and ends_on <= starts_on:
        raise UnableToAppointSeat("term_runs_back", *_runs_back(starts_on))
    chairs = Seat.objects.filter(committee=committee, role=SeatRole.CHAIR) if role == SeatRole.CHAIR else ()
    taken = [chair for chair in chairs if rules.terms_meet(starts_on, ends_on, chair.starts_on, chair.ends_on)]
    if taken:
        raise UnableToAppointSeat(
            "chair_taken",
            f"แต่งตั้งประธานไม่ได้ เพราะ {taken[0].person_name} เป็นประธานอยู่ในช่วงนั้น โปรดให้พ้นจากตำแหน่งก่อน",
            f"No chair was appointed: {taken[0].person_name} holds the chair then. End that term first.",
        )


def _runs_back(starts_on: dt.date) -> tuple[str, str]:
    return (
        f"วันสิ้นสุดต้องอยู่หลังวันเริ่ม {starts_on.isoformat()} โปรดแก้วันที่",
        f"The term must end after it starts on {starts_on.isoformat()}. Correct the day.",
    )


def _note(act: str, seat: Seat, actor: User, at: dt.datetime, **data: object) -> None:
    journal.record(at=at, actor=actor, act=f"meetings.{act}", subject=seat, subject_code=seat.committee.code, data=data)
