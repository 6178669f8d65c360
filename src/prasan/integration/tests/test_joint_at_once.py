"""Two officers in one joint project at the same moment: the second is told, and nothing is half done (PostgreSQL)."""

from collections.abc import Callable

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import Cast, cast, moment

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.integration import services as integrate
from prasan.integration.models import CostShare, JointPartner, JointProject
from prasan.integration.services import ShareDraft
from prasan.integration.testing import make_joint, make_resolution
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writer waits for the other anyway"),
]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _joint(stage: Cast) -> JointProject:
    road = make_project(owner=stage.pao, baht=900, area=stage.village)
    return make_joint(road, make_project(owner=stage.sao, baht=100, area=stage.village))


def _answer(joint: JointProject, body: Body, actor: User, *, agree: bool = True) -> Callable[[], object]:
    """The answer of a body to the page as it is now."""
    partner = JointPartner.objects.select_related("joint__project", "body").get(joint=joint, body=body)
    if agree:
        return lambda: integrate.agree_to_joint(partner=partner, actor=actor, at=moment(82))
    return lambda: integrate.decline_joint(partner=partner, actor=actor, at=moment(82), reason="ไม่มีเงิน")


def _share(joint: JointProject, stage: Cast) -> Callable[[], object]:
    page = JointProject.objects.select_related("project").get(pk=joint.pk)
    shares = [ShareDraft(stage.pao, page.project.fiscal_year, "LAO", 900_00)]
    return lambda: integrate.set_cost_shares(joint=page, shares=shares, actor=stage.malee, at=moment(82))


def _answers(joint: JointProject) -> list[str]:
    return sorted(JointPartner.objects.filter(joint=joint).values_list("answer", flat=True))


def test_nobody_has_agreed_to_shares_that_were_changed_at_the_same_moment(stage: Cast):
    for _ in range(4):
        joint = _joint(stage)
        done, refused = at_once([_answer(joint, stage.sao, stage.wichai), _share(joint, stage)])
        assert [one.code for one in refused] in ([], ["changed_meanwhile"])
        assert len(done) + len(refused) == 2
        assert CostShare.objects.filter(joint=joint).count() == 1
        assert _answers(joint) == ["PENDING", "PENDING"]  # told to look again, or asked again


def test_two_bodies_answer_the_same_page_at_the_same_moment(stage: Cast):
    joint = _joint(stage)
    acts = [_answer(joint, stage.sao, stage.wichai), _answer(joint, stage.pao, stage.malee)]
    assert at_once(acts)[1] == []
    assert _answers(joint) == ["AGREED", "AGREED"]
    assert Entry.objects.filter(act="integration.agree_to_joint").count() == 2


def test_one_body_answers_once_when_two_of_its_officers_press(stage: Cast):
    joint = _joint(stage)
    twice = [_answer(joint, stage.sao, stage.wichai) for _ in range(2)]
    assert [one.code for one in at_once(twice)[1]] == ["answered_already"]
    assert Entry.objects.filter(act="integration.agree_to_joint").count() == 1


def test_what_is_dissolved_while_somebody_answers_is_dissolved(stage: Cast):
    for _ in range(4):
        joint = _joint(stage)
        page = JointProject.objects.select_related("project").get(pk=joint.pk)

        def undo(page: JointProject = page) -> object:
            return integrate.dissolve_joint(joint=page, reason="แยกกันทำ", actor=stage.prasit, at=moment(82))

        done, refused = at_once([undo, _answer(joint, stage.sao, stage.wichai)])
        assert [one.code for one in refused] in ([], ["changed_meanwhile"])
        assert len(done) + len(refused) == 2
        assert JointProject.objects.get(pk=joint.pk).state == "DISSOLVED"
        assert not Project.objects.filter(merged_into__isnull=False).exists()


def test_a_joint_project_is_not_agreed_over_an_answer_given_at_the_same_moment(stage: Cast):
    resolution = make_resolution(stage.provincial_committee)
    for _ in range(4):
        joint = _joint(stage)
        _share(joint, stage)()
        for body, actor in ((stage.sao, stage.wichai), (stage.pao, stage.malee)):
            _answer(joint, body, actor)()
        page = JointProject.objects.select_related("project").get(pk=joint.pk)

        def confirm(page: JointProject = page) -> object:
            return integrate.confirm_joint(joint=page, resolution=resolution, actor=stage.malee, at=moment(83))

        done, refused = at_once([confirm, _answer(joint, stage.sao, stage.wichai, agree=False)])
        agreed = JointProject.objects.get(pk=joint.pk).state == "AGREED"
        assert (len(done), len(refused)) == (1, 1)
        assert [one.code for one in refused] == (["changed_meanwhile"] if agreed else ["partner_declined"])
        assert _answers(joint) == (["AGREED", "AGREED"] if agreed else ["AGREED", "DECLINED"])


def test_a_project_is_joined_once_when_two_propose_it(stage: Cast):
    road = make_project(owner=stage.pao, baht=900, area=stage.village)
    twins = [make_project(owner=stage.sao, baht=100, area=stage.village) for _ in range(2)]

    def propose(twin: Project) -> Callable[[], object]:
        both = list(Project.objects.filter(pk__in=(road.pk, twin.pk)).order_by("pk"))
        return lambda: integrate.join_projects(
            projects=both, standing=both[1], reason="สายเดียวกัน", actor=stage.prasit, at=moment(82)
        )

    done, refused = at_once([propose(twin) for twin in twins])
    assert (len(done), len(refused)) == (1, 1)
    assert JointProject.objects.count() == 1
    assert Project.objects.get(pk=road.pk).merged_into_id in {twin.pk for twin in twins}
