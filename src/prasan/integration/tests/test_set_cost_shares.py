"""The shares of every year come to what is planned, to the satang."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import CostShare, JointProject
from prasan.integration.services import ShareDraft
from prasan.integration.testing import make_joint
from prasan.journal.models import Entry
from prasan.projects.models import ProjectYear
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
YEARS = (YearDraft(2569, 1_000_01), YearDraft(2570, 500_00), YearDraft(2570, 900_00, kind="BUDGETED"))


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@pytest.fixture(name="joint")
def _joint(stage: Cast) -> JointProject:
    road = make_project(owner=stage.pao, years=YEARS)
    return make_joint(road, make_project(owner=stage.sao), agreed=True)


def _shares(stage: Cast, last: int = 200_01) -> list[ShareDraft]:
    return [
        ShareDraft(stage.pao, 2569, "LAO", 600_00),
        ShareDraft(stage.pao, 2569, "LAO_SUBSIDY", 200_00),
        ShareDraft(stage.sao, 2569, "LAO", last),
        ShareDraft(stage.pao, 2570, "PROVINCE", 500_00),
    ]


def test_shares_by_year_body_and_source_are_kept_and_everybody_is_asked_again(stage: Cast, joint: JointProject):
    integrate.set_cost_shares(joint=joint, shares=_shares(stage), actor=stage.malee, at=moment(82))
    assert queries.share_gaps(joint) == ()
    kept = set(CostShare.objects.values_list("body", "fiscal_year", "source", "amount_satang"))
    assert kept == {(d.body.pk, d.fiscal_year, d.source, d.amount_satang) for d in _shares(stage)}
    assert set(joint.partners.values_list("answer", "answered_by", "answered_at")) == {("PENDING", None, None)}
    entry = Entry.objects.get(act="integration.set_cost_shares")
    assert (entry.subject_id, entry.data["asked_again"], len(entry.data["shares"])) == (joint.project_id, 2, 4)


def test_the_same_shares_again_write_nothing(stage: Cast, joint: JointProject):
    integrate.set_cost_shares(joint=joint, shares=_shares(stage), actor=stage.malee, at=moment(82))
    integrate.agree_to_joint(partner=joint.partners.get(body=stage.sao), actor=stage.wichai, at=moment(83))
    version, entries = joint.version, Entry.objects.count()
    integrate.set_cost_shares(joint=joint, shares=_shares(stage)[::-1], actor=stage.malee, at=moment(84))
    assert (JointProject.objects.get().version, Entry.objects.count()) == (version, entries)
    assert joint.partners.get(body=stage.sao).answer == "AGREED"


def test_a_satang_off_is_refused_with_the_year_and_the_difference(stage: Cast, joint: JointProject):
    with pytest.raises(integrate.UnableToSetCostShares) as refusal:
        integrate.set_cost_shares(joint=joint, shares=_shares(stage, 200_00), actor=stage.malee, at=moment(82))
    assert refusal.value.code == "shares_off"
    assert "ปี 2569 ขาด 0.01 บาท" in refusal.value.message_th
    assert "2569 is 0.01 baht short" in refusal.value.message_en
    assert not CostShare.objects.exists()


def test_refusals_change_nothing(stage: Cast, joint: JointProject):
    entries = Entry.objects.count()
    for wrong, code in (
        (ShareDraft(stage.highways, 2569, "LAO", 1), "not_a_partner"),
        (ShareDraft(stage.sao, 2569, "GIFT", 1), "unknown_source"),
        (ShareDraft(stage.sao, 2569, "PROVINCE", 0), "not_positive"),
        (ShareDraft(stage.sao, 2569, "LAO", 1), "share_twice"),
        (ShareDraft(stage.sao, 2571, "LAO", 1), "shares_off"),
    ):
        with pytest.raises(integrate.UnableToSetCostShares) as refusal:
            integrate.set_cost_shares(joint=joint, shares=[*_shares(stage), wrong], actor=stage.malee, at=moment(82))
        assert refusal.value.code == code
    with pytest.raises(integrate.UnableToSetCostShares, match="changed_meanwhile"):
        integrate.set_cost_shares(
            joint=joint, shares=_shares(stage), actor=stage.malee, at=moment(82), seen_version=joint.version - 1
        )
    assert (CostShare.objects.count(), Entry.objects.count()) == (0, entries)
    assert joint.partners.filter(answer="AGREED").count() == 2


def test_when_the_plan_changes_afterwards_the_difference_is_seen(stage: Cast, joint: JointProject):
    integrate.set_cost_shares(joint=joint, shares=_shares(stage), actor=stage.malee, at=moment(82))
    ProjectYear.objects.filter(project=joint.project, fiscal_year=2570, kind="PLANNED").update(amount_satang=400_00)
    assert [(g.fiscal_year, g.missing) for g in queries.share_gaps(joint)] == [(2570, -100_00)]
