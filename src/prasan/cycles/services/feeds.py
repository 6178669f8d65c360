"""A body's calendar under a secret address: made, and taken back."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles.models import CalendarFeed
from prasan.journal import services as journal

SECRET_BYTES = 32


class UnableToShareCalendar(Refused):
    """Feeds are as before. Codes: not_allowed, revoked_already."""


@transaction.atomic
def create_feed(*, body: Body, actor: User, at: dt.datetime) -> CalendarFeed:
    """Make a secret address under which the body's calendar can be subscribed to; refused: `not_allowed`."""
    _may(actor, body, at)
    feed = CalendarFeed.objects.create(
        secret=secrets.token_urlsafe(SECRET_BYTES), body=body, created_by=actor, created_at=at
    )
    _record("cycles.create_feed", feed, actor, at)
    return feed


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, actor: User, at: dt.datetime) -> CalendarFeed:
    """Take the address back for good; refused: `not_allowed`, `revoked_already`."""
    _may(actor, feed.body, at)
    if not CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at):
        raise UnableToShareCalendar(
            "revoked_already",
            f"ลิงก์ปฏิทินของ {feed.body} ยกเลิกไปแล้ว",
            f"The calendar link of {feed.body} is revoked already.",
        )
    feed.refresh_from_db()
    _record("cycles.revoke_feed", feed, actor, at)
    return feed


def _may(actor: User, body: Body, at: dt.datetime) -> None:
    if not access.can_share_calendar(actor, body=body, on=localdate(at)):
        raise UnableToShareCalendar(
            "not_allowed",
            f"จัดการลิงก์ปฏิทินของ {body} ไม่ได้ เพราะท่านไม่ได้อยู่ในหน่วยงานนี้ โปรดให้คนของหน่วยงานทำ",
            f"The calendar link of {body} was not changed: you hold no role there. Ask its people.",
        )


def _record(act: str, feed: CalendarFeed, actor: User, at: dt.datetime) -> None:
    # The secret itself stays out of the journal: who reads the journal must not be able to subscribe.
    journal.record(at=at, actor=actor, act=act, subject=feed, subject_code=feed.body.code, data={"feed": feed.pk})
