"""Agreed by all, paid to the satang, resolved by a committee over all of it: then everybody gets the answer."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import JointProject
from prasan.integration.services import ShareDraft
from prasan.integration.testing import make_joint, make_resolution
from prasan.journal.models import Entry
from prasan.meetings.models import Resolution
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@pytest.fixture(name="joint")
def _joint(stage: Cast) -> JointProject:
    joint = make_joint(make_project(owner=stage.pao), make_project(owner=stage.sao))
    shares = [ShareDraft(stage.pao, 2569, "LAO", 700_00), ShareDraft(stage.sao, 2569, "LAO", 300_00)]
    return integrate.set_cost_shares(joint=joint, shares=shares, actor=stage.malee, at=moment(81))


def _agree(joint: JointProject, stage: Cast) -> None:
    for partner in joint.partners.all():
        integrate.agree_to_joint(partner=partner, actor=stage.system, at=moment(82))


def _confirm(joint: JointProject, stage: Cast, resolution: Resolution) -> JointProject:
    return integrate.confirm_joint(joint=joint, resolution=resolution, actor=stage.prasit, at=moment(90))


def test_it_is_agreed_and_each_original_is_told(stage: Cast, joint: JointProject):
    _agree(joint, stage)
    resolution = make_resolution(stage.provincial_committee)
    _confirm(joint, stage, resolution)
    stored = JointProject.objects.get()
    assert (stored.state, stored.resolution, stored.agreed_by, stored.agreed_at) == (
        "AGREED",
        resolution,
        stage.prasit,
        moment(90),
    )
    told = Entry.objects.filter(act="integration.confirm_joint")
    assert {entry.subject_code for entry in told} == set(Project.objects.values_list("code", flat=True))
    assert {entry.data["resolution"] for entry in told} == {resolution.number}


def test_what_is_missing_is_refused_in_turn_and_changes_nothing(stage: Cast, joint: JointProject):
    resolution = make_resolution(stage.provincial_committee)
    with pytest.raises(integrate.UnableToConfirmJoint, match="partner_waiting") as waiting:
        _confirm(joint, stage, resolution)
    assert stage.sao.name_th in waiting.value.message_th
    integrate.decline_joint(
        partner=joint.partners.get(body=stage.sao), reason="ไม่มีงบ", actor=stage.wichai, at=moment(82)
    )
    with pytest.raises(integrate.UnableToConfirmJoint, match="partner_declined"):
        _confirm(joint, stage, resolution)
    _agree(joint, stage)
    for wrong, code in (
        (make_resolution(stage.provincial_committee, outcome="REJECTED"), "not_resolved"),
        (make_resolution(stage.other_district_committee), "not_their_committee"),
        (make_resolution(stage.district_committee), "not_their_committee"),
    ):
        with pytest.raises(integrate.UnableToConfirmJoint, match=code):
            _confirm(joint, stage, wrong)
    with pytest.raises(integrate.UnableToConfirmJoint, match="changed_meanwhile"):
        integrate.confirm_joint(
            joint=joint, resolution=resolution, actor=stage.prasit, at=moment(90), seen_version=joint.version - 1
        )
    assert JointProject.objects.get().state == "PROPOSED"
    assert not Entry.objects.filter(act="integration.confirm_joint").exists()


def test_shares_that_no_longer_are_the_plan_and_members_that_left_stop_it(stage: Cast, joint: JointProject):
    _agree(joint, stage)
    resolution = make_resolution(stage.provincial_committee)
    year = joint.project.years.get()
    joint.project.years.update(amount_satang=year.amount_satang + 1)
    with pytest.raises(integrate.UnableToConfirmJoint, match="shares_off"):
        _confirm(joint, stage, resolution)
    joint.project.years.update(amount_satang=year.amount_satang)
    member = joint.members.get()
    projects.unmerge_project(project=member, reason="แยกไปทำเอง", actor=stage.system, at=moment(83))
    with pytest.raises(integrate.UnableToConfirmJoint, match="member_left") as left:
        _confirm(joint, stage, resolution)
    assert member.code in left.value.message_en
    assert queries.members_that_left(joint) == [member]


def test_twice_is_told(stage: Cast, joint: JointProject):
    _agree(joint, stage)
    mine, theirs = JointProject.objects.get(), JointProject.objects.get()
    _confirm(mine, stage, make_resolution(stage.provincial_committee))
    with pytest.raises(integrate.UnableToConfirmJoint, match="changed_meanwhile"):
        _confirm(theirs, stage, make_resolution(stage.provincial_committee))
    with pytest.raises(integrate.UnableToConfirmJoint, match="agreed_already"):
        _confirm(mine, stage, make_resolution(stage.provincial_committee))
