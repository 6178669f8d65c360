"""Undo: every original stands for itself again, with its own money."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import services as integrate
from prasan.integration.models import JointProject
from prasan.integration.testing import make_joint
from prasan.journal.models import Entry
from prasan.projects import queries as projects_queries
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_all_stand_again_and_may_be_joined_anew(stage: Cast):
    road, lane = make_project(owner=stage.pao, baht=900), make_project(owner=stage.sao, baht=300)
    twin = make_project(owner=stage.pao, baht=900)  # merged as a duplicate before, which is none of this act's
    projects.merge_project(project=twin, into=road, reason="ซ้ำ", actor=stage.system, at=moment(70))
    joint = make_joint(road, lane)
    integrate.dissolve_joint(joint=joint, reason="เงินไม่พอ", actor=stage.prasit, at=moment(82))
    stored = JointProject.objects.get()
    assert (stored.state, stored.dissolved_by, stored.dissolved_at, stored.dissolved_reason) == (
        "DISSOLVED",
        stage.prasit,
        moment(82),
        "เงินไม่พอ",
    )
    assert Project.objects.get(pk=lane.pk).merged_into is None
    assert Project.objects.get(pk=twin.pk).merged_into == road
    assert projects_queries.totals([road.pk, lane.pk, twin.pk]).satang == 1_200_00
    told = Entry.objects.filter(act="integration.dissolve_joint")
    assert {entry.subject_code for entry in told} == {road.code, lane.code, twin.code}
    make_joint(lane, road)
    assert JointProject.objects.exclude(state="DISSOLVED").get().project == lane


def test_what_left_before_stays_as_it_is(stage: Cast):
    road, lane, other = (make_project(owner=owner) for owner in (stage.pao, stage.sao, stage.highways))
    joint = make_joint(road, lane)
    moved = Project.objects.get(pk=lane.pk)
    projects.unmerge_project(project=moved, reason="แยก", actor=stage.system, at=moment(81))
    projects.merge_project(project=moved, into=other, reason="ซ้ำ", actor=stage.system, at=moment(81))
    integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.system, at=moment(82))
    assert Project.objects.get(pk=lane.pk).merged_into == other


def test_refusals_change_nothing(stage: Cast):
    joint = make_joint(make_project(owner=stage.pao), make_project(owner=stage.sao))
    entries = Entry.objects.count()
    with pytest.raises(integrate.UnableToDissolveJoint, match="no_reason"):
        integrate.dissolve_joint(joint=joint, reason=" ", actor=stage.prasit, at=moment(82))
    with pytest.raises(integrate.UnableToDissolveJoint, match="changed_meanwhile"):
        integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.prasit, at=moment(82), seen_version=9)
    assert (JointProject.objects.get().state, Entry.objects.count()) == ("PROPOSED", entries)
    integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.prasit, at=moment(82))
    with pytest.raises(integrate.UnableToDissolveJoint, match="dissolved"):
        integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.prasit, at=moment(83))
