"""Two works in each other's way, for their page: when each is done as bars, what would solve it, what was asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.common.dates import fiscal_year_bounds
from prasan.integration import access
from prasan.integration import queries as integration
from prasan.integration.models import ChangeKind, ChangeRecommendation, Conflict, RecommendationState
from prasan.projects.access import AGENCY_KINDS
from prasan.projects.models import Project
from prasan.web.queries.recommending import committee_of
from prasan.web.wording import day, name_of

WIDTH = 1000  # of the picture; it is stretched to the page


@dataclass(frozen=True, slots=True)
class TimeBar:
    """When one work is done; `known` is False where only its fiscal year is."""

    project: Project
    known: bool
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class TimePicture:
    """Both works on one line of time, with the first days of its months and what both share."""

    starts_on: dt.date
    last_on: dt.date
    bars: tuple[TimeBar, ...]
    months: tuple[int, ...]
    clash: tuple[int, int] | None  # x and width, where the days of both are known and overlap

    @property
    def unknown(self) -> bool:
        """Whether the days of one of the two are not known."""
        return not all(bar.known for bar in self.bars)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way to solve it, and the page on which it is recommended to the agency, "" where the reader may not."""

    words: str
    url: str


def time_picture(first: Project, second: Project) -> TimePicture:
    """The bars of two works; whole months around both."""
    spans = [_span(one) for one in (first, second)]
    begins = min(span[0] for span in spans).replace(day=1)
    ends = _next_month(max(span[1] for span in spans) - dt.timedelta(days=1))
    days = (ends - begins).days

    def x(on: dt.date) -> int:
        return round((on - begins).days * WIDTH / days)

    bars = tuple(
        TimeBar(one, one.work_starts_on is not None, x(span[0]), max(4, x(span[1]) - x(span[0])))
        for one, span in zip((first, second), spans, strict=True)
    )
    shared = max(span[0] for span in spans), min(span[1] for span in spans)
    clash = (x(shared[0]), max(4, x(shared[1]) - x(shared[0]))) if shared[0] < shared[1] else None
    months = [begins]
    while months[-1] < ends:
        months.append(_next_month(months[-1]))
    return TimePicture(
        begins,
        ends - dt.timedelta(days=1),
        bars,
        tuple(x(month) for month in months[1:-1]),
        clash if all(bar.known for bar in bars) else None,
    )


def ways_out(conflict: Conflict, user: User, asked: Sequence[ChangeRecommendation], *, on: dt.date) -> list[WayOut]:
    """What would solve it, in words; beside a move of an agency's work the page to recommend it (R49).

    Nothing is recommended of a work while an earlier wish for another time waits for the agency's answer (`asked`).
    """
    waiting = {one.project_id for one in asked if one.kind == ChangeKind.TIME and one.state == RecommendationState.OPEN}
    projects = {one.pk: one for one in (conflict.first, conflict.second)}
    found = []
    for option in conflict.options:
        if option["code"] == "together":
            found.append(WayOut(_("จัดหรือทำร่วมกันในคราวเดียว"), ""))
            continue
        project = projects[option["project"]]
        starts, ends = (
            dt.date.fromisoformat(option[key]) if option[key] else None for key in ("starts_on", "ends_before")
        )
        may = project.pk not in waiting and _may_recommend(project, user, on)
        url = _recommend_url(project, starts, ends) if may else ""
        found.append(WayOut(_words(option["code"], project, starts, ends), url))
    return found


def recommended(conflict: Conflict) -> list[ChangeRecommendation]:
    """What ก.บ.จ. recommended of either work, with the agencies' answers, the latest first."""
    either = (conflict.first_id, conflict.second_id)
    return list(integration.recommendations().filter(project__in=either)[:20])


def conflicts_of(project: Project) -> list[tuple[Conflict, Project]]:
    """Conflicts of a project with the other work of each."""
    found = integration.conflicts().filter(Q(first=project) | Q(second=project))[:20]
    return [(one, one.second if one.first_id == project.pk else one.first) for one in found]


def _words(code: str, project: Project, starts: dt.date | None, ends: dt.date | None) -> str:
    said = {"code": project.code, "owner": name_of(project.owner)}
    last = ends - dt.timedelta(days=1) if ends else None
    if code == "finish_before":
        if last is None:
            return _("ให้ %(code)s ของ%(owner)s เสร็จก่อน") % said
        return _("ให้ %(code)s ของ%(owner)s เสร็จภายใน %(day)s") % (said | {"day": day(last)})
    if starts is None:
        return _("ให้ %(code)s ของ%(owner)s เริ่มหลังอีกงานหนึ่งเสร็จ") % said
    return _("ให้ %(code)s ของ%(owner)s เริ่มไม่ก่อน %(day)s") % (said | {"day": day(starts)})


def _may_recommend(project: Project, user: User, on: dt.date) -> bool:
    if project.owner.kind not in AGENCY_KINDS or project.withdrawn_at is not None or project.merged_into_id is not None:
        return False
    committee = committee_of(project)
    return committee is not None and access.can_recommend_change(user, project=project, committee=committee, on=on)


def _recommend_url(project: Project, starts: dt.date | None, ends: dt.date | None) -> str:
    said = {"kind": ChangeKind.TIME.value}
    if starts is not None:
        said["first"] = starts.isoformat()
    if ends is not None:
        said["last"] = (ends - dt.timedelta(days=1)).isoformat()
    return f"{reverse('recommend', args=[project.code])}?{urlencode(said)}"


def _span(project: Project) -> tuple[dt.date, dt.date]:
    return project.work or fiscal_year_bounds(project.fiscal_year)


def _next_month(on: dt.date) -> dt.date:
    return (on.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
