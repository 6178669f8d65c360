"""Objectives for the page of a project: those it answers, and those it may answer."""

import datetime as dt

from django.db.models import QuerySet

from prasan.agencies.queries import province_code_of
from prasan.areas.models import Area
from prasan.projects.models import Project
from prasan.strategy.models import Objective, StrategyLevel
from prasan.strategy.queries import proclaimed_plan


def of_project(project: Project) -> QuerySet[Objective]:
    """The objectives a project answers."""
    return Objective.objects.filter(project_links__project=project).select_related("plan").order_by("plan", "position")


def offered(project: Project, *, on: dt.date) -> QuerySet[Objective]:
    """The objectives of the proclaimed provincial plan that a project does not answer yet (R01)."""
    code = project.area.code[:2] if project.area is not None else province_code_of(project.owner)
    area = Area.objects.filter(code=code).first()
    plan = proclaimed_plan(level=StrategyLevel.PROVINCE, area=area, on=on) if area is not None else None
    if plan is None:
        return Objective.objects.none()
    return plan.objectives.exclude(project_links__project=project).order_by("position")
