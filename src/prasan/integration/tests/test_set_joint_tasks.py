"""What is done by whom, when, and after what."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import services as integrate
from prasan.integration.models import JointProject, JointTask
from prasan.integration.services import TaskDraft
from prasan.integration.testing import make_joint
from prasan.journal.models import Entry
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
OCTOBER, DECEMBER, MARCH = dt.date(2025, 10, 1), dt.date(2025, 12, 1), dt.date(2026, 3, 1)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@pytest.fixture(name="joint")
def _joint(stage: Cast) -> JointProject:
    return make_joint(make_project(owner=stage.pao), make_project(owner=stage.sao), agreed=True)


def _tasks(stage: Cast) -> list[TaskDraft]:
    return [
        TaskDraft(1, "วางท่อ", stage.sao, OCTOBER, DECEMBER),
        TaskDraft(2, " ลาดยาง ", stage.pao, DECEMBER, MARCH, after=1),
    ]


def test_tasks_stand_in_order_with_what_they_follow(stage: Cast, joint: JointProject):
    integrate.set_joint_tasks(joint=joint, tasks=_tasks(stage), actor=stage.malee, at=moment(82))
    first, second = JointTask.objects.order_by("ordinal")
    assert (first.title, first.body, first.after) == ("วางท่อ", stage.sao, None)
    assert (second.title, second.starts_on, second.ends_before, second.after) == ("ลาดยาง", DECEMBER, MARCH, first)
    assert set(joint.partners.values_list("answer", flat=True)) == {"PENDING"}
    assert Entry.objects.get(act="integration.set_joint_tasks").data["asked_again"] == 2


def test_the_same_tasks_again_write_nothing_and_an_empty_list_takes_them_away(stage: Cast, joint: JointProject):
    integrate.set_joint_tasks(joint=joint, tasks=_tasks(stage), actor=stage.malee, at=moment(82))
    entries = Entry.objects.count()
    integrate.set_joint_tasks(joint=joint, tasks=_tasks(stage)[::-1], actor=stage.malee, at=moment(83))
    assert Entry.objects.count() == entries
    integrate.set_joint_tasks(joint=joint, tasks=[], actor=stage.malee, at=moment(84))
    assert not JointTask.objects.exists()


def test_refusals_change_nothing(stage: Cast, joint: JointProject):
    entries = Entry.objects.count()
    for wrong, code in (
        (TaskDraft(3, "ติดไฟ", stage.highways, MARCH, dt.date(2026, 4, 1)), "not_a_partner"),
        (TaskDraft(2, "ติดไฟ", stage.pao, MARCH, dt.date(2026, 4, 1)), "ordinal_twice"),
        (TaskDraft(3, "", stage.pao, MARCH, dt.date(2026, 4, 1)), "no_title"),
        (TaskDraft(3, "ติดไฟ", stage.pao, MARCH, MARCH), "ends_before_it_begins"),
        (TaskDraft(3, "ติดไฟ", stage.pao, MARCH, dt.date(2026, 4, 1), after=7), "unknown_task"),
        (TaskDraft(3, "ติดไฟ", stage.pao, MARCH, dt.date(2026, 4, 1), after=3), "circle"),
        (TaskDraft(3, "ติดไฟ", stage.pao, OCTOBER, MARCH, after=1), "too_early"),
    ):
        with pytest.raises(integrate.UnableToSetJointTasks) as refusal:
            integrate.set_joint_tasks(joint=joint, tasks=[*_tasks(stage), wrong], actor=stage.malee, at=moment(82))
        assert refusal.value.code == code
    with pytest.raises(integrate.UnableToSetJointTasks, match="changed_meanwhile"):
        integrate.set_joint_tasks(joint=joint, tasks=_tasks(stage), actor=stage.malee, at=moment(82), seen_version=9)
    assert (JointTask.objects.count(), Entry.objects.count()) == (0, entries)
