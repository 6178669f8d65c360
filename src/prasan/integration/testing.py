"""Hand-overs and pairs for tests, made by the operator through the services."""

import datetime as dt

from prasan.accounts.services import system_actor
from prasan.agencies.models import Body
from prasan.integration.models import CapacityVerdict, Handover, JointProject, Pair
from prasan.integration.services import (
    PairDraft,
    accept_handover,
    agree_to_joint,
    hand_over,
    join_projects,
    record_pairs,
)
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.projects.models import Project

AT = dt.datetime(2025, 5, 1, 2, tzinfo=dt.UTC)


def make_handover(*, project: Project, to: Body, accepted: bool = False, at: dt.datetime = AT) -> Handover:
    """A project handed on for lack of money; taken at once where `accepted`."""
    handover = hand_over(
        project=project, to=to, verdict=CapacityVerdict.MONEY, reason="งบไม่พอ", actor=system_actor(), at=at
    )
    return accept_handover(handover=handover, actor=system_actor(), at=at) if accepted else handover


def make_pair(first: Project, second: Project, *, probability: float = 0.9, verdict: str = "duplicate") -> Pair:
    """A suggestion of the engine about two projects."""
    drafts = [PairDraft(first.pk, second.pk, probability, verdict)]
    record_pairs(pairs=drafts, engine="test 1", actor=system_actor(), at=AT, among=[first.pk, second.pk])
    return Pair.objects.get(first=min(first.pk, second.pk), second=max(first.pk, second.pk))


def make_joint(standing: Project, *others: Project, agreed: bool = False, at: dt.datetime = AT) -> JointProject:
    """A joint project under the first; with every partner's yes where `agreed`."""
    projects = [Project.objects.get(pk=one.pk) for one in (standing, *others)]
    joint = join_projects(projects=projects, standing=projects[0], reason="สายทางเดียวกัน", actor=system_actor(), at=at)
    for partner in joint.partners.all() if agreed else ():
        agree_to_joint(partner=partner, actor=system_actor(), at=at)
    return joint


def make_resolution(committee: Body, *, at: dt.datetime = AT, outcome: str = "ADOPTED") -> Resolution:
    """What a committee resolved about a joint project."""
    number = Meeting.objects.count() + 1
    meeting = Meeting.objects.create(
        committee=committee, number=number, year=2568, starts_at=at, place="ศาลากลาง", state="CLOSED"
    )
    item = AgendaItem.objects.create(
        meeting=meeting, section=4, position=1, title="โครงการร่วม", decision_kind="ENDORSE"
    )
    return Resolution.objects.create(
        item=item, number=f"{committee.code} {number}/2568-4.1", decision_kind="ENDORSE", outcome=outcome,
        text="เห็นชอบ", present=9, quorum=8, resolved_at=at, recorded_by=system_actor(),
    )  # fmt: skip
