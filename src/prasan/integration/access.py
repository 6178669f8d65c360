"""Who may hand over, answer a hand-over, decide whether two projects are the same, and make projects joint."""

import datetime as dt
from collections.abc import Iterable

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.integration.models import (
    ChangeRecommendation,
    Conflict,
    Handover,
    JointPartner,
    JointProject,
    Pair,
    PartnerRole,
)
from prasan.needs import access as needs_access
from prasan.projects import access as projects_access
from prasan.projects.models import Project


def can_record_pairs(actor: User, *, on: dt.date) -> bool:
    """The system itself after a run of the engine, or somebody who plans for a district or province."""
    if actor.is_superuser and actor.is_active:
        return True
    bodies = Body.objects.filter(kind__in=projects_access.INTEGRATING_KINDS, memberships__user=actor).distinct()
    return any(holds(actor, body=b, roles=projects_access.INTEGRATING_ROLES, on=on) for b in bodies)


def can_suggest_pairs(actor: User, *, projects: Iterable[Project], on: dt.date) -> bool:
    """Whoever may write these projects, or record what a run of the engine suggests."""
    if can_record_pairs(actor, on=on):
        return True
    owners = {project.owner_id: project for project in projects}
    return all(projects_access.can_revise_project(actor, project=project, on=on) for project in owners.values())


def can_decide_pair(actor: User, *, pair: Pair, on: dt.date) -> bool:
    """Whoever may merge the two: officers of both owners, or of a district or province over both (R31)."""
    return projects_access.can_merge_projects(actor, project=pair.first, into=pair.second, on=on)


def can_learn_weights(actor: User, *, province: str, on: dt.date) -> bool:
    """The system itself, or who plans for that province; for the whole country ("") only the system."""
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    if not province:
        return False
    offices = Body.objects.filter(kind=BodyKind.PROVINCE, area__code=province, memberships__user=actor).distinct()
    return any(holds(actor, body=b, roles=projects_access.INTEGRATING_ROLES, on=on) for b in offices)


def can_record_conflicts(actor: User, *, on: dt.date) -> bool:
    """Whoever may record pairs: both come of one run over the same works."""
    return can_record_pairs(actor, on=on)


def can_decide_conflict(actor: User, *, conflict: Conflict, on: dt.date) -> bool:
    """Officers of both owners, or of a district or province over both: as for a pair (R31)."""
    return projects_access.can_merge_projects(actor, project=conflict.first, into=conflict.second, on=on)


def can_hand_over(actor: User, *, holder: Body, project: Project, on: dt.date) -> bool:
    """Officers of the body that holds the project; for a village also who may write for it (R36, R52)."""
    if projects_access.acts_for(actor, body=holder, on=on) or _chairs(actor, holder, on):
        return True
    area = holder.area or project.area
    return (
        holder.kind == BodyKind.VILLAGE_COMMITTEE
        and area is not None
        and needs_access.can_record_need(actor, body=holder, area=area, on=on)
    )


def can_answer_handover(actor: User, *, handover: Handover, on: dt.date) -> bool:
    """Only the receiving body answers: its officers, its chair, or the office that writes for it."""
    receiver = handover.to_body
    return projects_access.acts_for(actor, body=receiver, on=on) or _chairs(actor, receiver, on)


def can_recommend_change(actor: User, *, project: Project, committee: Body, on: dt.date) -> bool:
    """Who writes for the provincial committee, its chair included, and only for a project in its province (R49)."""
    if committee.kind != BodyKind.PROVINCIAL_COMMITTEE or not projects_access.lies_over(committee, project):
        return False
    return projects_access.acts_for(actor, body=committee, on=on) or _chairs(actor, committee, on)


def can_answer_recommendation(actor: User, *, recommendation: ChangeRecommendation, on: dt.date) -> bool:
    """Only the agency whose project it is: the province asks, it does not answer for the agency (R49)."""
    return projects_access.acts_for(actor, body=recommendation.project.owner, on=on)


def _chairs(actor: User, body: Body, on: dt.date) -> bool:
    return holds(actor, body=body, roles=(Role.CHAIR,), on=on)


def can_join_projects(actor: User, *, projects: Iterable[Project], standing: Project, on: dt.date) -> bool:
    """Whoever may merge each into the one that stands: officers of both owners, or of a body over both (R31)."""
    return all(
        projects_access.can_merge_projects(actor, project=one, into=standing, on=on)
        for one in projects
        if one.pk != standing.pk
    )


def can_arrange_joint(actor: User, *, joint: JointProject, on: dt.date) -> bool:
    """Shares and tasks: officers of the lead, or who may join the projects."""
    leads = joint.partners.filter(role=PartnerRole.LEAD).select_related("body__area")
    if any(projects_access.acts_for(actor, body=partner.body, on=on) for partner in leads):
        return True
    return can_dissolve_joint(actor, joint=joint, on=on)


def can_answer_joint(actor: User, *, partner: JointPartner, on: dt.date) -> bool:
    """Each body answers for itself, the lead for nobody else (AFP: take part): its officers, its chair."""
    return projects_access.acts_for(actor, body=partner.body, on=on) or _chairs(actor, partner.body, on)


def can_confirm_joint(actor: User, *, joint: JointProject, on: dt.date) -> bool:
    """Whoever may arrange it: that all have answered is asked of the act, not of the person."""
    return can_arrange_joint(actor, joint=joint, on=on)


def can_dissolve_joint(actor: User, *, joint: JointProject, on: dt.date) -> bool:
    """Whoever may take apart every project that was joined (R31)."""
    members = joint.members.select_related("owner__area", "area")
    return can_join_projects(actor, projects=members, standing=joint.project, on=on)
