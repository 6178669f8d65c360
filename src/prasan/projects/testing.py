"""Projects for tests: as an officer would record them, with everything that does not matter filled in."""

import datetime as dt
from typing import Any

from prasan.accounts.models import User
from prasan.accounts.services import system_actor
from prasan.agencies.models import Body
from prasan.projects.models import Origin, Project
from prasan.projects.services import ProjectDraft, YearDraft, record_project

AT = dt.datetime(2025, 3, 3, 2, tzinfo=dt.UTC)


def project_draft(*, owner: Body, baht: int | None = 1_000, **said: Any) -> ProjectDraft:
    """A draft that may be recorded: planned `baht` in 2569 (None for no money); `said` says what differs."""
    years = () if baht is None else (YearDraft(2569, baht * 100),)
    usual = {"origin": Origin.LOCAL_PLAN, "fiscal_year": 2569, "name": "ก่อสร้างถนน คสล.", "area": owner.area}
    return ProjectDraft(**{"owner": owner, "years": years, **usual, **said})


def make_project(
    *, owner: Body, baht: int | None = 1_000, actor: User | None = None, at: dt.datetime = AT, **said: Any
) -> Project:
    """A recorded project; by the operator unless an actor is given."""
    draft = project_draft(owner=owner, baht=baht, **said)
    return record_project(draft=draft, actor=actor or system_actor(), at=at)
