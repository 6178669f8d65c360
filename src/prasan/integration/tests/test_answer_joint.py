"""Each partner answers for itself (AFP: take part)."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import JointPartner, JointProject
from prasan.integration.services import ShareDraft
from prasan.integration.testing import make_joint, make_resolution
from prasan.journal.models import Entry
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@pytest.fixture(name="joint")
def _joint(stage: Cast) -> JointProject:
    return make_joint(make_project(owner=stage.pao), make_project(owner=stage.sao))


def _part(joint: JointProject, body: object) -> JointPartner:
    return joint.partners.get(body=body)


def test_a_body_agrees_and_its_answer_stands_with_who_and_when(stage: Cast, joint: JointProject):
    partner = integrate.agree_to_joint(partner=_part(joint, stage.sao), actor=stage.wichai, at=moment(82))
    assert (partner.answer, partner.answered_by, partner.answered_at) == ("AGREED", stage.wichai, moment(82))
    assert _part(joint, stage.pao).answer == "PENDING"
    entry = Entry.objects.get(act="integration.agree_to_joint")
    assert (entry.subject_id, entry.data["body"]) == (joint.project_id, stage.sao.name_th)
    assert list(queries.waiting_partners([stage.sao, stage.pao])) == [_part(joint, stage.pao)]


def test_a_body_that_declined_may_agree_later(stage: Cast, joint: JointProject):
    integrate.decline_joint(partner=_part(joint, stage.sao), reason="งบไม่พอ", actor=stage.wichai, at=moment(82))
    assert (_part(joint, stage.sao).answer, _part(joint, stage.sao).reason) == ("DECLINED", "งบไม่พอ")
    integrate.agree_to_joint(partner=_part(joint, stage.sao), actor=stage.wichai, at=moment(83))
    assert (_part(joint, stage.sao).answer, _part(joint, stage.sao).reason) == ("AGREED", "")


def test_two_bodies_may_answer_the_same_page_but_not_one_whose_shares_changed(stage: Cast, joint: JointProject):
    seen = joint.version
    hers, his = _part(joint, stage.pao), _part(joint, stage.sao)
    integrate.agree_to_joint(partner=hers, actor=stage.malee, at=moment(82), seen_version=seen)
    integrate.agree_to_joint(partner=his, actor=stage.wichai, at=moment(82), seen_version=seen)
    shares = [ShareDraft(stage.pao, 2569, "LAO", 1_000_00)]
    integrate.set_cost_shares(joint=joint, shares=shares, actor=stage.malee, at=moment(83))
    with pytest.raises(integrate.UnableToAnswerJoint, match="changed_meanwhile"):
        integrate.agree_to_joint(partner=_part(joint, stage.sao), actor=stage.wichai, at=moment(84), seen_version=seen)
    assert _part(joint, stage.sao).answer == "PENDING"


def test_refusals_change_nothing(stage: Cast, joint: JointProject):
    partner = _part(joint, stage.sao)
    integrate.agree_to_joint(partner=partner, actor=stage.wichai, at=moment(82))
    entries = Entry.objects.count()
    with pytest.raises(integrate.UnableToAnswerJoint, match="answered_already"):
        integrate.agree_to_joint(partner=partner, actor=stage.wichai, at=moment(83))
    with pytest.raises(integrate.UnableToAnswerJoint, match="no_reason"):
        integrate.decline_joint(partner=partner, reason=" ", actor=stage.wichai, at=moment(83))
    assert (Entry.objects.count(), _part(joint, stage.sao).answer) == (entries, "AGREED")


def test_after_it_is_agreed_or_dissolved_there_is_nothing_to_answer(stage: Cast, joint: JointProject):
    for partner in joint.partners.all():
        integrate.agree_to_joint(partner=partner, actor=stage.system, at=moment(82))
    shares = [ShareDraft(stage.pao, 2569, "LAO", 1_000_00)]
    integrate.set_cost_shares(joint=joint, shares=shares, actor=stage.system, at=moment(82))
    for partner in joint.partners.all():
        integrate.agree_to_joint(partner=partner, actor=stage.system, at=moment(82))
    integrate.confirm_joint(
        joint=joint, resolution=make_resolution(stage.provincial_committee), actor=stage.system, at=moment(83)
    )
    with pytest.raises(integrate.UnableToAnswerJoint, match="agreed_already"):
        integrate.decline_joint(partner=_part(joint, stage.sao), reason="ไม่", actor=stage.wichai, at=moment(84))
    joint.refresh_from_db()
    integrate.dissolve_joint(joint=joint, reason="เลิก", actor=stage.system, at=moment(85))
    with pytest.raises(integrate.UnableToAnswerJoint, match="dissolved"):
        integrate.agree_to_joint(partner=_part(joint, stage.sao), actor=stage.wichai, at=moment(86))
