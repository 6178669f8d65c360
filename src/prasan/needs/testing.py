"""Needs for tests: as an officer would record them, with everything that does not matter filled in."""

import datetime as dt
from typing import Any

from prasan.accounts.models import User
from prasan.accounts.services import system_actor
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.needs.models import Need
from prasan.needs.services import NeedDraft, record_need

AT = dt.datetime(2025, 1, 15, 2, tzinfo=dt.UTC)


def need_draft(*, body: Body, area: Area | None = None, **said: Any) -> NeedDraft:
    """A draft that may be recorded; `said` says what differs."""
    place = area or body.area
    assert place is not None
    return NeedDraft(**{"area": place, "body": body, "fiscal_year": 2569, "title": "ซ่อมถนนภายในหมู่บ้าน", **said})


def make_need(
    *, body: Body, area: Area | None = None, actor: User | None = None, at: dt.datetime = AT, **said: Any
) -> Need:
    """A recorded need of a community; by the operator unless an actor is given."""
    return record_need(draft=need_draft(body=body, area=area, **said), actor=actor or system_actor(), at=at)
