"""A project answers an objective of a proclaimed strategy (R01): its officers say which."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.projects import access
from prasan.projects.models import Project, ProjectObjective
from prasan.strategy.models import Objective


class UnableToLinkObjective(Refused):
    """The project answers what it answered before. Codes: not_allowed, not_proclaimed, linked_already, not_linked."""


@transaction.atomic
def link_objective(*, project: Project, objective: Objective, actor: User, at: dt.datetime) -> ProjectObjective:
    """Say that a project answers an objective of a proclaimed plan (s.53/1, R01)."""
    _may(project, actor, at)
    if objective.plan.proclaimed_on is None:
        raise UnableToLinkObjective(
            "not_proclaimed", "แผนยุทธศาสตร์นี้ยังไม่ประกาศใช้", "This strategy is not proclaimed yet."
        )
    try:
        with transaction.atomic():
            link = ProjectObjective.objects.create(project=project, objective=objective)
    except IntegrityError as error:
        raise UnableToLinkObjective("linked_already", "เชื่อมไว้แล้ว", "They are linked already.") from error
    _journal(project, objective, "projects.link_objective", actor, at)
    return link


@transaction.atomic
def unlink_objective(*, project: Project, objective: Objective, actor: User, at: dt.datetime) -> None:
    """Take the link of a project to an objective back."""
    _may(project, actor, at)
    gone, _ = ProjectObjective.objects.filter(project=project, objective=objective).delete()
    if not gone:
        raise UnableToLinkObjective("not_linked", "ไม่ได้เชื่อมไว้", "They are not linked.")
    _journal(project, objective, "projects.unlink_objective", actor, at)


def _may(project: Project, actor: User, at: dt.datetime) -> None:
    if not access.can_revise_project(actor, project=project, on=localdate(at)):
        raise UnableToLinkObjective(
            "not_allowed",
            f"เชื่อม {project.code} กับเป้าประสงค์ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของเจ้าของโครงการ",
            f"{project.code} was not linked: you are no planning officer of its owner.",
        )


def _journal(project: Project, objective: Objective, act: str, actor: User, at: dt.datetime) -> None:
    said = {"plan": objective.plan.code, "objective": objective.code}
    journal.record(at=at, actor=actor, act=act, subject=project, subject_code=project.code, data=said)
