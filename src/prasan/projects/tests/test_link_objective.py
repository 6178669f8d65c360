"""A project is linked to an objective of the proclaimed strategy by its officers (R01)."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import ProjectObjective
from prasan.projects.testing import make_project
from prasan.strategy.models import Objective, StrategyPlan

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _objective(stage: Cast, *, proclaimed: bool = True) -> Objective:
    plan = StrategyPlan.objects.create(
        code=f"P{StrategyPlan.objects.count()}", level="PROVINCE", body=stage.province_office, title_th="แผน",
        first_year=2566, last_year=2570, proclaimed_on=moment(0).date() if proclaimed else None,
    )  # fmt: skip
    return Objective.objects.create(plan=plan, kind="ISSUE", code="1", position=1, name_th="เศรษฐกิจ")


def test_a_link_is_made_once_and_taken_back(stage: Cast):
    road, objective = make_project(owner=stage.sao), _objective(stage)
    projects.link_objective(project=road, objective=objective, actor=stage.wichai, at=moment(90))
    with pytest.raises(projects.UnableToLinkObjective, match="linked_already"):
        projects.link_objective(project=road, objective=objective, actor=stage.wichai, at=moment(91))
    projects.unlink_objective(project=road, objective=objective, actor=stage.wichai, at=moment(92))
    with pytest.raises(projects.UnableToLinkObjective, match="not_linked"):
        projects.unlink_objective(project=road, objective=objective, actor=stage.wichai, at=moment(93))
    acts = Entry.objects.filter(act__contains="objective").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["projects.link_objective", "projects.unlink_objective"]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("stranger", False), ("clerk", False), ("duangjai", False), ("wichai", True), ("system", True)],
)
def test_only_the_owners_officers_link(stage: Cast, who: str, allowed: bool):
    road, objective = make_project(owner=stage.sao), _objective(stage)
    if allowed:
        assert projects.link_objective(project=road, objective=objective, actor=getattr(stage, who), at=moment(90)).pk
        return
    with pytest.raises(projects.UnableToLinkObjective, match="not_allowed"):
        projects.link_objective(project=road, objective=objective, actor=getattr(stage, who), at=moment(90))
    assert not ProjectObjective.objects.exists()


def test_a_draft_strategy_is_not_answered(stage: Cast):
    with pytest.raises(projects.UnableToLinkObjective, match="not_proclaimed"):
        projects.link_objective(
            project=make_project(owner=stage.sao), objective=_objective(stage, proclaimed=False), actor=stage.wichai,
            at=moment(90),
        )  # fmt: skip
    assert not ProjectObjective.objects.exists()
