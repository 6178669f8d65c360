"""Nothing asked is lost: each original's owner and the village behind it get the answer of the joint project."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import JointProject
from prasan.integration.services import ShareDraft
from prasan.integration.testing import make_handover, make_joint, make_resolution
from prasan.needs.services import merge_need
from prasan.needs.testing import make_need
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _agreed(stage: Cast, standing: Project, *others: Project) -> JointProject:
    joint = make_joint(standing, *others)
    shares = [ShareDraft(standing.owner, 2569, "LAO", 1_000_00)]
    integrate.set_cost_shares(joint=joint, shares=shares, actor=stage.system, at=moment(81))
    for partner in joint.partners.all():
        integrate.agree_to_joint(partner=partner, actor=stage.system, at=moment(82))
    resolution = make_resolution(stage.provincial_committee)
    return integrate.confirm_joint(joint=joint, resolution=resolution, actor=stage.system, at=moment(83))


def _came_back(*bodies: object) -> list[tuple[str, str]]:
    return [
        (answer.original.code, answer.joint.state)
        for answer in queries.joint_answers_for(bodies, most=8)  # type: ignore[arg-type]
    ]


def test_owner_village_and_those_merged_before_get_the_answer_by_name(stage: Cast):
    road, lane = make_project(owner=stage.pao), make_project(owner=stage.sao)
    twin = make_project(owner=stage.other_sao)
    projects.merge_project(project=twin, into=lane, reason="ซ้ำ", actor=stage.system, at=moment(60))
    need = make_need(body=stage.village_committee, area=stage.village)
    same = make_need(body=stage.other_committee, area=stage.other_village)
    merge_need(need=same, into=need, reason="เรื่องเดียวกัน", actor=stage.system, at=moment(60))
    lane = Project.objects.get(pk=lane.pk)
    projects.take_up_needs(project=lane, needs=[need], actor=stage.system, at=moment(61))
    assert _came_back(stage.sao) == []
    joint = _agreed(stage, road, lane)
    assert _came_back(stage.pao) == [(road.code, "AGREED")]
    assert _came_back(stage.sao) == [(lane.code, "AGREED")]
    assert _came_back(stage.other_sao) == [(twin.code, "AGREED")]
    assert _came_back(stage.village_committee) == [(lane.code, "AGREED")]
    assert _came_back(stage.other_committee) == [(lane.code, "AGREED")]
    assert _came_back(stage.far_committee) == []
    (told,) = queries.joint_answers_to(need)
    assert (told.original, told.joint, told.lead, told.at) == (lane, joint, stage.pao, moment(83))
    integrate.dissolve_joint(joint=joint, reason="เงินไม่พอ", actor=stage.system, at=moment(90))
    assert _came_back(stage.sao, stage.village_committee) == [(lane.code, "DISSOLVED")]
    assert _came_back(stage.other_sao) == [(twin.code, "DISSOLVED")]
    assert [(a.joint.dissolved_reason, a.at) for a in queries.joint_answers_to(need)] == [("เงินไม่พอ", moment(90))]
    acts = [station.act for station in queries.journey(need)]
    assert acts[-3:].count("integration.dissolve_joint") == 1
    assert "integration.confirm_joint" in acts


def test_the_committee_that_coordinates_a_handed_over_project_gets_the_answer(stage: Cast):
    asked = make_project(owner=stage.village_committee, origin="COMMUNITY")
    make_handover(project=asked, to=stage.sao, accepted=True)
    _agreed(stage, make_project(owner=stage.pao), asked)
    assert _came_back(stage.village_committee) == [(asked.code, "AGREED")]


def test_a_body_asked_to_do_it_and_nobody_get_theirs(stage: Cast):
    asked = make_project(owner=stage.sao, asks=stage.highways)
    _agreed(stage, make_project(owner=stage.pao), asked)
    assert _came_back(stage.highways) == [(asked.code, "AGREED")]
    assert _came_back() == []
