"""Two joint projects of the demonstration: one that every body agreed to and a committee resolved, one that waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

from django.db.models import QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.common.dates import fiscal_year_bounds
from prasan.integration import services as integration
from prasan.integration.models import JointProject, Pair, PairDecision, Verdict
from prasan.integration.queries import planned_by_year
from prasan.integration.services import ShareDraft, TaskDraft
from prasan.meetings.models import Resolution
from prasan.projects import services as projects
from prasan.projects.access import acts_for
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft, YearDraft

WORK = "รางระบายน้ำ"
"""What the local government and the department both build, in neighbouring villages of one tambon."""


def propose_drains(*, people: dict[str, User], lao: Body, at: dt.datetime) -> JointProject | None:
    """The LAO's drains and the department's become one line of work; shares and tasks say who does which part.

    Nothing where there are no such projects, or where it was proposed before.
    """
    own = list(_standing().filter(owner=lao, name__contains=WORK, take_ups__isnull=False).distinct()[:2])
    if not own or own[0].area is None or JointProject.objects.exists():
        return None
    near = _standing().filter(
        owner__kind=BodyKind.DEPARTMENT, name__contains=WORK, area__code__startswith=own[0].area.code[:6]
    )
    main = near.first()
    if main is None:
        return None
    (year, first), mine = next(iter(sorted(planned_by_year(main).items()))), sum(planned_by_year(own[0]).values())
    _revise(main, year, first + mine, people["operator"], at)
    joint = integration.join_projects(
        projects=[main, *own], standing=Project.objects.get(pk=main.pk), actor=people["district"], at=at,
        reason="รางระบายน้ำสองหมู่บ้านเป็นแนวเดียวกัน ทำพร้อมกันจะระบายน้ำได้ตลอดแนวและไม่ขุดซ้ำ",
    )  # fmt: skip
    shares = [ShareDraft(lao, year, "LAO", mine), ShareDraft(main.owner, year, "MINISTRY", first)]
    integration.set_cost_shares(joint=joint, shares=shares, actor=people["district"], at=at)
    integration.set_joint_tasks(joint=joint, tasks=_tasks(lao, main.owner, year), actor=people["district"], at=at)
    return joint


def agree(*, joint: JointProject, resolution: Resolution, people: dict[str, User], at: dt.datetime) -> None:
    """Every body answers for itself, then what the committee resolved is carried out."""
    on = at.date()
    for partner in joint.partners.select_related("body__area").order_by("pk"):
        who = next((p for p in people.values() if acts_for(p, body=partner.body, on=on)), people["operator"])
        integration.agree_to_joint(partner=partner, actor=who, at=at)
    integration.confirm_joint(joint=joint, resolution=resolution, actor=people["district"], at=at)


def propose_a_pair(*, people: dict[str, User], at: dt.datetime) -> JointProject | None:
    """The province proposes one likely duplicate of an agency and an LAO as a joint project; both have to answer."""
    likely = Pair.objects.filter(
        decision=PairDecision.WAITING,
        verdict=Verdict.DUPLICATE,
        first__merged_into=None,
        second__merged_into=None,
    ).select_related("first__owner", "second__owner")
    agency = people["agency"].memberships.get().body if "agency" in people else None
    for pair in likely.order_by("-probability", "pk"):
        sides = sorted((pair.first, pair.second), key=lambda one: one.owner_id != getattr(agency, "pk", None))
        if sides[0].owner == agency and sides[1].owner.kind in LAO_KINDS:
            return integration.join_projects(
                projects=sides, standing=sides[0], actor=people["province"], at=at,
                reason="หน่วยงานทั้งสองขอทำงานเดียวกันในหมู่บ้านเดียวกัน เสนอให้ทำร่วมกัน",
            )  # fmt: skip
    return None


def _standing() -> QuerySet[Project]:
    return Project.objects.filter(merged_into=None, withdrawn_at=None).order_by("code")


def _revise(project: Project, year: int, satang: int, actor: User, at: dt.datetime) -> None:
    """The main project's plan grows by what the neighbours' part costs, so that it is the money of the whole."""
    said = {one.name: getattr(project, one.name) for one in fields(ProjectDraft) if one.name not in ("years", "source")}
    draft = ProjectDraft(**said, years=(YearDraft(year, satang),))
    reason = "รวมงานของหมู่บ้านข้างเคียงตามที่หารือร่วมกัน"
    projects.revise_project(project=project, draft=draft, reason=reason, actor=actor, at=at)
    integration.refresh_pairs(projects=[project.pk], actor=actor, at=at)


def _tasks(lao: Body, agency: Body, year: int) -> Sequence[TaskDraft]:
    begins, _ = fiscal_year_bounds(year)
    days = [begins + dt.timedelta(days=n) for n in (0, 60, 150, 240)]
    return (
        TaskDraft(1, "สำรวจแนวและระดับน้ำตลอดสองหมู่บ้าน", agency, days[0], days[1]),
        TaskDraft(2, "ก่อสร้างช่วงท้ายน้ำ", agency, days[1], days[2], after=1),
        TaskDraft(3, "ก่อสร้างช่วงต้นน้ำและเชื่อมแนว", lao, days[2], days[3], after=2),
    )
