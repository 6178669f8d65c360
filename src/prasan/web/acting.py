"""What one press does in several rooms: taking matters onto an agenda, writing a project, sending a plan."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import services as cycles
from prasan.cycles.models import Task
from prasan.integration import services as integration
from prasan.integration.models import JointProject, JointState
from prasan.letters import services as letters
from prasan.letters.models import Letter
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Outcome, Resolution
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, Referral
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import ProjectDraft
from prasan.web.queries.agenda import Waiting


@transaction.atomic
def take_onto_agenda(meeting: Meeting, waiting: Sequence[Waiting], *, actor: User, at: dt.datetime) -> None:
    """Put matters on an agenda, plans with their referral: all of them, or none."""
    for one in waiting:
        item = meetings.add_item(
            meeting=meeting,
            section=one.section,
            title=one.title,
            decision_kind=one.decision,
            subject_kind=one.kind,
            subject_code=one.code,
            actor=actor,
            at=at,
        )
        if one.kind == "PlanEdition":
            plans.refer_edition(edition=PlanEdition.objects.get(pk=one.code), agenda_item=item, actor=actor, at=at)


@transaction.atomic
def send_letter(letter: Letter, **said: Any) -> Letter:
    """Send a letter, held once more against the plans it carries: one that stays in the province stops it (R25)."""
    plans.check_letter(letter)
    return letters.dispatch_letter(letter=letter, **said)


@transaction.atomic
def record_and_compare(draft: ProjectDraft, *, actor: User, at: dt.datetime) -> Project:
    """Record a project and queue what it may be the same as."""
    project = projects.record_project(draft=draft, actor=actor, at=at)
    integration.suggest_pairs(projects=[project.pk], actor=actor, at=at)
    return project


@transaction.atomic
def revise_and_compare(project: Project, *, actor: User, at: dt.datetime, **said: Any) -> Project:
    """Revise a project; the queue follows, and holds what it may be the same as now."""
    revised = projects.revise_project(project=project, actor=actor, at=at, **said)
    integration.refresh_pairs(projects=[revised.pk], actor=actor, at=at)
    integration.suggest_pairs(projects=[revised.pk], actor=actor, at=at)
    return revised


def carry_out(resolution: Resolution, *, actor: User, at: dt.datetime) -> list[Refused]:
    """Let what an adopted resolution decided go on; what refuses is given back, the resolution stands.

    It can be pressed again: what went on already is left alone.
    """
    refusals: list[Refused] = []
    for act in _open_acts(resolution, actor, at):
        try:
            act()
        except Refused as refusal:
            refusals.append(refusal)
    return refusals


def is_open(resolution: Resolution) -> bool:
    """Whether something an adopted resolution decided has not gone on yet."""
    return any(of(resolution) is not None for of in (_plan_of, _task_of, _joint_of))


def _open_acts(resolution: Resolution, actor: User, at: dt.datetime) -> list[Callable[[], object]]:
    acts: list[Callable[[], object]] = []
    edition, task = _plan_of(resolution), _task_of(resolution)
    if edition is not None:
        acts.append(partial(plans.pass_gate, edition=edition, resolution=resolution, actor=actor, at=at))
    if task is not None:
        decided = partial(
            cycles.record_gate_decision,
            task=task,
            body=resolution.item.meeting.committee,
            decision=resolution.decision_kind,
            code=resolution.number,
            decided_on=localdate(resolution.resolved_at),
        )
        acts.append(partial(decided, actor=actor, at=at))
    joint = _joint_of(resolution)
    if joint is not None:
        acts.append(partial(integration.confirm_joint, joint=joint, resolution=resolution, actor=actor, at=at))
    return acts


def _joint_of(resolution: Resolution) -> JointProject | None:
    """The joint project a resolution agrees and that is still a proposal."""
    item = resolution.item
    about = item.subject_kind == "JointProject" and item.subject_code.isdecimal()
    if resolution.outcome != Outcome.ADOPTED or not about:
        return None
    return JointProject.objects.filter(pk=item.subject_code, state=JointState.PROPOSED).first()


def _plan_of(resolution: Resolution) -> PlanEdition | None:
    """The plan a resolution lets pass and that has not passed by it yet."""
    if resolution.outcome != Outcome.ADOPTED or resolution.gates.exists():
        return None
    referral = Referral.objects.select_related("edition__body").filter(agenda_item=resolution.item_id).first()
    if referral is None or referral.edition.gates.filter(state=referral.state).exists():
        return None
    return referral.edition


def _task_of(resolution: Resolution) -> Task | None:
    """The task a resolution decides for and that does not cite it yet."""
    item = resolution.item
    if resolution.outcome != Outcome.ADOPTED or item.subject_kind != "Task" or not item.subject_code.isdecimal():
        return None
    return Task.objects.filter(pk=item.subject_code).exclude(gate_decisions__code=resolution.number).first()
