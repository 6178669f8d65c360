"""Projects of several bodies become one joint project, and are taken apart again."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.integration import access, joint_rules
from prasan.integration.joints import lead_of, originals_of
from prasan.integration.models import JointPartner, JointProject, JointState, PartnerRole
from prasan.integration.services.joint_state import step, tell
from prasan.integration.services.refreshing import keep_in_step
from prasan.projects import services as projects_acts
from prasan.projects.models import Project


class UnableToJoinProjects(Refused):
    """Every project stands for itself as before."""


class UnableToDissolveJoint(Refused):
    """The joint project stands."""


@transaction.atomic
def join_projects(
    *,
    projects: Sequence[Project],
    standing: Project,
    reason: str,
    actor: User,
    at: dt.datetime,
    lead: Body | None = None,
) -> JointProject:
    """Let one of several projects stand for all, as a proposal that each owner still has to answer (AFP step 7, R31).

    The owners are the partners; the owner of the standing project leads unless another of them is named. The
    others are merged by a pointer, so that totals count the work once from now on. Refused: `not_allowed`,
    `too_few`, `one_owner`, `standing_not_among`, `lead_not_owner`, `no_reason`, `merged`, `withdrawn`,
    `joint_already`, and what `projects.merge_project` refuses.
    """
    together = _locked(projects)
    codes = ", ".join(one.code for one in together)
    if not access.can_join_projects(actor, projects=together, standing=standing, on=localdate(at)):
        raise UnableToJoinProjects(
            "not_allowed",
            f"ทำ {codes} เป็นโครงการร่วมไม่ได้ เพราะท่านไม่ได้ดูแลทุกโครงการ (R31) โปรดให้อำเภอหรือจังหวัดที่ดูแลทุกแห่งเสนอ",
            f"{codes} were not joined: you do not act for all of them (R31). Ask the district or province over all.",
        )
    leading = lead or standing.owner
    _check(together, standing, leading, reason)
    joint = JointProject.objects.create(project=standing, reason=reason.strip(), proposed_by=actor, proposed_at=at)
    others = [one for one in together if one.pk != standing.pk]
    joint.members.set(others)
    owners = {one.owner_id: one.owner for one in together}
    JointPartner.objects.bulk_create(
        JointPartner(joint=joint, body=owner, role=PartnerRole.LEAD if owner.pk == leading.pk else PartnerRole.PARTNER)
        for owner in sorted(owners.values(), key=lambda body: (body.pk != leading.pk, body.sort_key, body.pk))
    )
    for one in others:
        _merge(one, standing, reason, actor, at)
    keep_in_step({one.pk for one in together})
    data = {"members": [one.code for one in others], "body": leading.name_th, "reason": reason.strip()}
    tell("join_projects", joint, together, actor, at, data)
    return joint


@transaction.atomic
def dissolve_joint(
    *, joint: JointProject, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> JointProject:
    """Undo a joint project: every project that was joined stands for itself again, with its own money and needs.

    What left it before stays as it is. Refused: `not_allowed`, `no_reason`, `dissolved`, `changed_meanwhile`.
    """
    code = joint.project.code
    if not access.can_dissolve_joint(actor, joint=joint, on=localdate(at)):
        raise UnableToDissolveJoint(
            "not_allowed",
            f"ยกเลิกโครงการร่วม {code} ไม่ได้ เพราะท่านไม่ได้ดูแลทุกโครงการ (R31) โปรดให้อำเภอหรือจังหวัดที่ดูแลทุกแห่งยกเลิก",
            f"Joint project {code} was not dissolved: you do not act for all its projects (R31). "
            "Ask the district or province over all.",
        )
    if not reason.strip():
        raise UnableToDissolveJoint(
            "no_reason",
            f"ยกเลิกโครงการร่วม {code} ไม่ได้ เพราะไม่มีเหตุผล ทุกหน่วยงานและหมู่บ้านจะอ่านเหตุผลนี้",
            f"Joint project {code} was not dissolved: no reason given. Every body and village will read it.",
        )
    if joint.state == JointState.DISSOLVED:
        raise UnableToDissolveJoint(
            "dissolved", f"โครงการร่วม {code} ยกเลิกไปแล้ว", f"Joint project {code} is dissolved already."
        )
    originals = originals_of(joint)
    before = joint.state
    step(
        joint,
        UnableToDissolveJoint,
        seen_version,
        state=JointState.DISSOLVED,
        dissolved_by=actor,
        dissolved_at=at,
        dissolved_reason=reason.strip(),
    )
    for one in joint.members.filter(merged_into=joint.project_id).order_by("pk"):
        _unmerge(one, reason, actor, at)
    keep_in_step({one.pk for one in originals})
    data = {"before": before, "state": joint.state, "body": lead_of(joint).name_th, "reason": reason.strip()}
    tell("dissolve_joint", joint, originals, actor, at, data)
    return joint


def _locked(projects: Sequence[Project]) -> list[Project]:
    """The projects as they are now, locked in one order, so that two officers joining crosswise wait for each other."""
    rows = Project.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=[one.pk for one in projects])
    return list(rows.select_related("owner__area", "area").order_by("pk"))


def _check(together: Sequence[Project], standing: Project, lead: Body, reason: str) -> None:
    joint = set(
        JointProject.objects.filter(project__in=together)
        .exclude(state=JointState.DISSOLVED)
        .values_list("project_id", flat=True)
    )
    problem = joint_rules.joining_problem(
        projects=[
            joint_rules.Standing(
                code=one.code,
                owner=one.owner_id,
                merged=one.merged_into_id is not None,
                withdrawn=one.withdrawn_at is not None,
                joint=one.pk in joint,
            )
            for one in together
        ],
        standing_is_among=any(one.pk == standing.pk for one in together),
        lead_is_owner=any(one.owner_id == lead.pk for one in together),
        reason=reason,
    )
    if problem is not None:
        code, th, en = problem
        raise UnableToJoinProjects(code, f"ทำเป็นโครงการร่วมไม่ได้ เพราะ{th}", f"The projects were not joined: {en}.")


def _merge(project: Project, standing: Project, reason: str, actor: User, at: dt.datetime) -> None:
    try:
        projects_acts.merge_project(project=project, into=standing, reason=reason, actor=actor, at=at)
    except projects_acts.UnableToMergeProject as refusal:
        raise UnableToJoinProjects(refusal.code, refusal.message_th, refusal.message_en) from refusal


def _unmerge(project: Project, reason: str, actor: User, at: dt.datetime) -> None:
    try:
        projects_acts.unmerge_project(project=project, reason=reason, actor=actor, at=at)
    except projects_acts.UnableToUnmergeProject as refusal:
        raise UnableToDissolveJoint(refusal.code, refusal.message_th, refusal.message_en) from refusal
