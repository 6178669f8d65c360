"""Projects of several bodies become one joint project; every original is kept."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
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


def test_one_stands_for_all_and_the_owners_are_lead_and_partners(stage: Cast):
    road = make_project(owner=stage.highways, area=stage.district, baht=3_000)
    lane, drain = make_project(owner=stage.sao, baht=500), make_project(owner=stage.sao, baht=200)
    joint = integrate.join_projects(
        projects=[road, lane, drain], standing=road, reason=" สายเดียวกัน ", actor=stage.prasit, at=moment(80)
    )
    assert (joint.project, joint.state, joint.reason, joint.proposed_by) == (
        road,
        "PROPOSED",
        "สายเดียวกัน",
        stage.prasit,
    )
    assert set(joint.members.all()) == {lane, drain}
    assert list(joint.partners.order_by("pk").values_list("body", "role", "answer")) == [
        (stage.highways.pk, "LEAD", "PENDING"),
        (stage.sao.pk, "PARTNER", "PENDING"),
    ]
    assert {p.canonical() for p in Project.objects.all()} == {road}
    totals = projects_queries.totals([road.pk, lane.pk, drain.pk])
    assert (totals.projects, totals.satang) == (1, 3_000_00)
    assert list(lane.years.values_list("amount_satang", flat=True)) == [500_00]
    told = Entry.objects.filter(act="integration.join_projects").order_by("subject_code")
    assert [entry.subject_code for entry in told] == sorted([road.code, lane.code, drain.code])
    assert told[0].data["members"] == sorted([lane.code, drain.code])
    assert "integration.join_projects" in [station.act for station in queries.journey(Project.objects.get(pk=lane.pk))]


def test_another_owner_may_be_named_to_lead(stage: Cast):
    road, lane = make_project(owner=stage.pao), make_project(owner=stage.sao)
    joint = integrate.join_projects(
        projects=[road, lane], standing=road, lead=stage.sao, reason="ร่วมกัน", actor=stage.prasit, at=moment(80)
    )
    assert queries.lead_of(joint) == stage.sao


def test_what_may_not_be_joined_stays_as_it_is(stage: Cast):
    a, b, c = make_project(owner=stage.sao), make_project(owner=stage.pao), make_project(owner=stage.sao)
    d, gone = make_project(owner=stage.highways, area=stage.district), make_project(owner=stage.pao)
    merged = make_project(owner=stage.pao)
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.system, at=moment(70))
    projects.merge_project(project=merged, into=b, reason="ซ้ำ", actor=stage.system, at=moment(70))
    make_joint(d, make_project(owner=stage.other_sao))
    before = _state()
    for together, standing, lead, reason, code in (
        ([a], a, None, "ร่วม", "too_few"),
        ([a, c], a, None, "ร่วม", "one_owner"),
        ([a, b], c, None, "ร่วม", "standing_not_among"),
        ([a, b], a, stage.highways, "ร่วม", "lead_not_owner"),
        ([a, b], a, None, " ", "no_reason"),
        ([a, merged], a, None, "ร่วม", "merged"),
        ([a, gone], a, None, "ร่วม", "withdrawn"),
        ([a, d], a, None, "ร่วม", "joint_already"),
        ([a, d], d, None, "ร่วม", "joint_already"),
    ):
        with pytest.raises(integrate.UnableToJoinProjects) as refusal:
            integrate.join_projects(
                projects=together, standing=standing, lead=lead, reason=reason, actor=stage.system, at=moment(80)
            )
        assert refusal.value.code == code
    assert _state() == before


def _state() -> tuple[object, ...]:
    return list(Project.objects.order_by("pk").values()), JointProject.objects.count(), Entry.objects.count()


def test_the_second_of_two_who_join_the_same_project_is_told(stage: Cast):
    a, b, c = make_project(owner=stage.sao), make_project(owner=stage.pao), make_project(owner=stage.highways)
    integrate.join_projects(projects=[a, b], standing=b, reason="ร่วม", actor=stage.system, at=moment(80))
    with pytest.raises(integrate.UnableToJoinProjects, match="merged"):
        integrate.join_projects(projects=[a, c], standing=c, reason="ร่วม", actor=stage.system, at=moment(80))
    assert JointProject.objects.count() == 1
