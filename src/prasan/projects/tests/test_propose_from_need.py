"""A community makes its own project of a need, so that it can be handed over (R36)."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need
from prasan.projects import queries
from prasan.projects import services as projects
from prasan.projects.models import Origin, Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_the_project_says_what_the_need_says_and_answers_it(stage: Cast):
    need = make_need(body=stage.village_committee, amount_satang=55_500, moos="6,10", ordinal=3, place_text="ซอย 2")
    project = projects.propose_from_need(need=need, actor=stage.somsri, at=moment(20))
    assert (project.owner, project.origin, project.area) == (need.body, Origin.COMMUNITY, need.area)
    assert (project.name, project.moos, project.ordinal, project.place_text) == (need.title, "6,10", 3, "ซอย 2")
    assert list(project.years.values_list("fiscal_year", "kind", "amount_satang")) == [(2569, "PLANNED", 55_500)]
    assert list(queries.live_answers(need)) == [project]
    entry = Entry.objects.get(act="projects.propose_from_need")
    assert (entry.subject_code, entry.data["source"], entry.data["amount_satang"]) == (project.code, need.code, 55_500)


def test_a_need_without_an_amount_becomes_a_project_without_money(stage: Cast):
    project = projects.propose_from_need(
        need=make_need(body=stage.village_committee), actor=stage.wichai, at=moment(20)
    )
    assert not project.years.exists()


def test_self_help_merged_withdrawn_and_answered_needs_are_refused(stage: Cast):
    own, merged, gone, taken = (make_need(body=stage.village_committee) for _ in range(4))
    needs.classify_need(need=own, response_kind="SELF_HELP", actor=stage.somsri, at=moment(1))
    needs.merge_need(need=merged, into=taken, reason="ซ้ำ", actor=stage.somsri, at=moment(1))
    needs.withdraw_need(need=gone, reason="เลิก", actor=stage.somsri, at=moment(1))
    projects.take_up_needs(project=make_project(owner=stage.sao), needs=[taken], actor=stage.wichai, at=moment(2))
    count = Project.objects.count()
    for need, code in ((own, "self_help"), (merged, "merged"), (gone, "withdrawn"), (taken, "answered")):
        with pytest.raises(projects.UnableToProposeFromNeed) as refusal:
            projects.propose_from_need(need=Need.objects.get(pk=need.pk), actor=stage.somsri, at=moment(20))
        assert refusal.value.code == code
    assert Project.objects.count() == count
    assert not Entry.objects.filter(act="projects.propose_from_need").exists()


def test_what_the_community_proposed_nobody_takes_up_beside_it(stage: Cast):
    need = make_need(body=stage.village_committee)
    projects.propose_from_need(need=need, actor=stage.somsri, at=moment(20))
    with pytest.raises(projects.UnableToTakeUpNeeds, match="answered_elsewhere"):
        projects.take_up_needs(project=make_project(owner=stage.sao), needs=[need], actor=stage.wichai, at=moment(21))
    with pytest.raises(projects.UnableToProposeFromNeed, match="answered"):
        projects.propose_from_need(need=need, actor=stage.somsri, at=moment(22))
