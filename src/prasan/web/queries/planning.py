"""The way of a plan for its page: its stages with their gates, its other editions, and the meetings it can go to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from prasan import rulebook
from prasan.accounts.models import User
from prasan.meetings import access as meetings_access
from prasan.meetings.models import Meeting, MeetingState
from prasan.plans import queries as plans
from prasan.plans.models import PlanEdition


@dataclass(frozen=True, slots=True)
class PlanWay:
    """What the workspace shows of a plan beside its items."""

    path: tuple[plans.PathStep, ...]
    others: tuple[PlanEdition, ...]
    dispatches: tuple[str, ...]
    digest: str


def way_of(edition: PlanEdition, *, on: dt.date, drafts_too: bool) -> PlanWay:
    """The stages, the other editions of the same plan, and where it was sent."""
    others = PlanEdition.objects.filter(
        plan_type=edition.plan_type, body=edition.body_id, fiscal_year=edition.fiscal_year
    ).exclude(pk=edition.pk)
    if not drafts_too:
        others = others.exclude(state="DRAFT")
    path = plans.path_of(edition, on=on)
    passed = [step.gate for step in path if step.gate is not None]
    sent = edition.dispatches.select_related("letter") if drafts_too else ()
    return PlanWay(
        path=tuple(path),
        others=tuple(others.order_by("-number")),
        dispatches=tuple(f"{one.letter.number} {one.letter.subject}".strip() for one in sent),
        digest=passed[-1].digest if passed else "",
    )


def meetings_for(edition: PlanEdition, user: User, *, on: dt.date) -> QuerySet[Meeting]:
    """Meetings to come of the committee the plan waits for, whose agenda the person keeps."""
    stage = plans.stage_after(edition, on=on)
    if stage is None:
        return Meeting.objects.none()
    ahead = Meeting.objects.filter(
        state__in=(MeetingState.PLANNED, MeetingState.NOTICED, MeetingState.OPEN),
        committee__kind__in=rulebook.load().actor(stage.gate.actor).kinds,
    )
    fit = [
        meeting.pk
        for meeting in ahead.select_related("committee__area")
        if plans.decides_on(stage, meeting.committee, edition)
        and meetings_access.can_run_meetings(user, committee=meeting.committee, on=on)
    ]
    return ahead.filter(pk__in=fit).select_related("committee").order_by("starts_at", "pk")
