"""The way of a plan for its page: its stages with their gates, its other editions, and the meetings it can go to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from prasan import rulebook
from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.agencies.queries import SECRETARIATS
from prasan.letters import queries as letters
from prasan.letters.models import Letter, LetterState
from prasan.meetings import access as meetings_access
from prasan.meetings.models import Meeting, MeetingState, Outcome, Resolution
from prasan.plans import queries as plans
from prasan.plans.models import EditionDispatch, PlanEdition, PlanType
from prasan.plans.services import types_made_by
from prasan.projects.access import acts_for
from prasan.web.wording import name_of


@dataclass(frozen=True, slots=True)
class PlanWay:
    """What the workspace shows of a plan beside its items."""

    path: tuple[plans.PathStep, ...]
    others: tuple[PlanEdition, ...]
    dispatches: tuple[EditionDispatch, ...]
    digest: str
    not_carried_out: Resolution | None  # adopted, but refused when the plan should have passed by it
    copy_is_whole: bool  # whether the frozen copy still has the hash it was decided with


def way_of(edition: PlanEdition, *, on: dt.date, drafts_too: bool) -> PlanWay:
    """The stages, the other editions of the same plan, and where it was sent."""
    of_plan = PlanEdition.objects.filter(plan_type=edition.plan_type, body=edition.body_id).exclude(pk=edition.pk)
    # The year before and after too: a plan is compared with last year's as often as with its own first edition.
    others = of_plan.filter(fiscal_year__range=(edition.fiscal_year - 1, edition.fiscal_year + 1))
    if not drafts_too:
        others = others.exclude(state="DRAFT")
    path = plans.path_of(edition, on=on)
    passed = [step.gate for step in path if step.gate is not None]
    sent = edition.dispatches.select_related("letter") if drafts_too else ()
    return PlanWay(
        path=tuple(path),
        others=tuple(others.order_by("-fiscal_year", "-number")),
        dispatches=tuple(sent),
        digest=passed[-1].digest if passed else "",
        not_carried_out=_not_carried_out(edition) if drafts_too else None,
        copy_is_whole=not passed or plans.copy_is_whole(passed[-1]),
    )


def _not_carried_out(edition: PlanEdition) -> Resolution | None:
    reached = edition.gates.values("state")
    asked = edition.referrals.exclude(state__in=reached).values("agenda_item")
    adopted = Resolution.objects.filter(item__in=asked, outcome=Outcome.ADOPTED)
    return adopted.order_by("-resolved_at", "-pk").first()


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


def bodies_acted_for(user: User, *, on: dt.date) -> list[Body]:
    """The bodies whose plans and projects somebody may write: their own and the committees they serve, by kind."""
    mine = current(on).filter(user=user).select_related("body__area")
    bodies = {row.body_id: row.body for row in mine}
    served = [kind for kind, office in SECRETARIATS.items() if any(b.kind == office for b in bodies.values())]
    areas = [body.area_id for body in bodies.values() if body.area_id is not None]
    for body in Body.objects.filter(kind__in=served, area__in=areas, valid_to=None).select_related("area"):
        bodies.setdefault(body.pk, body)
    fit = [body for body in bodies.values() if acts_for(user, body=body, on=on)]
    return sorted(fit, key=lambda body: (body.kind, body.sort_key, body.pk))


def makers_of(user: User, *, on: dt.date) -> list[tuple[str, str]]:
    """The plans somebody may compile, as “body/type” with what to call it: their own bodies' and those they serve."""
    return [
        (f"{body.pk}/{key}", f"{PlanType(key).label} · {name_of(body)}")
        for body in bodies_acted_for(user, on=on)
        for key in types_made_by(body)
    ]


def letters_for(edition: PlanEdition, user: User, *, on: dt.date) -> QuerySet[Letter]:
    """Letters of the plan's own place that it could go with: drafts, and those sent; the latest first."""
    found = letters.visible_to(user, on=on).exclude(state=LetterState.CANCELLED)
    return found.filter(sender__area=edition.body.area_id).exclude(editions__edition=edition).order_by("-pk")
