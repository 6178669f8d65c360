"""A body's calendar under a secret address, for its own people only."""

import base64
import datetime as dt

import pytest
from tests.cast import cast, moment

from prasan.cycles import services
from prasan.cycles.models import CalendarFeed
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
AT = moment(1)


def test_the_secret_is_long_and_not_in_the_journal() -> None:
    them = cast()
    feed = services.create_feed(body=them.sao, actor=them.wichai, at=AT)
    assert len(base64.urlsafe_b64decode(feed.secret + "=")) == 32
    entry = Entry.objects.get(act="cycles.create_feed")
    assert (entry.subject_code, entry.data) == (them.sao.code, {"feed": feed.pk})


@pytest.mark.parametrize(("who", "may"), [("stranger", False), ("duangjai", False), ("clerk", True), ("wichai", True)])
def test_who_may_share_the_calendar_of_a_local_government(who: str, may: bool) -> None:
    them = cast()
    actor, entries = getattr(them, who), Entry.objects.count()
    if may:
        assert services.create_feed(body=them.sao, actor=actor, at=AT).created_by == actor
        return
    with pytest.raises(services.UnableToShareCalendar) as refusal:
        services.create_feed(body=them.sao, actor=actor, at=AT)
    assert refusal.value.code == "not_allowed"
    assert (CalendarFeed.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_revoked_address_is_revoked_once() -> None:
    them = cast()
    feed = services.create_feed(body=them.sao, actor=them.wichai, at=AT)
    services.revoke_feed(feed=feed, actor=them.wichai, at=AT + dt.timedelta(hours=1))
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToShareCalendar) as refusal:
        services.revoke_feed(feed=feed, actor=them.wichai, at=AT + dt.timedelta(hours=2))
    assert refusal.value.code == "revoked_already"
    assert feed.revoked_at == AT + dt.timedelta(hours=1)
    assert Entry.objects.count() == entries
