"""A need is answered by a project of the body that takes it, and by nobody else at the same time (R36)."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.testing import make_need
from prasan.projects import queries
from prasan.projects import services as projects
from prasan.projects.models import Project, TakeUp
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_needs_of_several_villages_are_answered_by_one_project(stage: Cast):
    asked = [make_need(body=stage.village_committee), make_need(body=stage.other_committee)]
    road = make_project(owner=stage.sao)
    projects.take_up_needs(project=road, needs=asked, actor=stage.wichai, at=moment(50))
    assert list(queries.needs_of(road)) == asked
    assert [list(queries.live_answers(need)) for need in asked] == [[road], [road]]
    entries = Entry.objects.filter(act="projects.take_up_needs")
    assert [(e.subject_code, e.data["project"]) for e in entries] == [(n.code, road.code) for n in asked]


def test_taking_up_again_writes_nothing(stage: Cast):
    need, road = make_need(body=stage.village_committee), make_project(owner=stage.sao)
    projects.take_up_needs(project=road, needs=[need], actor=stage.wichai, at=moment(50))
    assert projects.take_up_needs(project=road, needs=[need], actor=stage.wichai, at=moment(51)) == []
    assert (TakeUp.objects.count(), Entry.objects.filter(act="projects.take_up_needs").count()) == (1, 1)


def test_the_same_body_may_answer_with_two_projects_but_no_second_body(stage: Cast):
    need = make_need(body=stage.village_committee)
    road, drain, theirs = (make_project(owner=o) for o in (stage.sao, stage.sao, stage.pao))
    projects.take_up_needs(project=road, needs=[need], actor=stage.wichai, at=moment(50))
    projects.take_up_needs(project=drain, needs=[need], actor=stage.wichai, at=moment(50))
    with pytest.raises(projects.UnableToTakeUpNeeds, match="answered_elsewhere"):
        projects.take_up_needs(project=theirs, needs=[need], actor=stage.malee, at=moment(51))
    for project in (road, drain):
        projects.withdraw_project(project=project, reason="ไม่มีงบ", actor=stage.wichai, at=moment(52))
    assert list(queries.live_answers(need)) == []
    projects.take_up_needs(project=theirs, needs=[need], actor=stage.malee, at=moment(53))
    assert list(queries.live_answers(need)) == [theirs]


def test_one_refused_need_stops_all(stage: Cast):
    good, merged, gone, far = (
        make_need(body=b)
        for b in (stage.village_committee, stage.village_committee, stage.village_committee, stage.far_committee)
    )
    needs.merge_need(need=merged, into=good, reason="ซ้ำ", actor=stage.somsri, at=moment(1))
    needs.withdraw_need(need=gone, reason="เลิก", actor=stage.somsri, at=moment(1))
    road = make_project(owner=stage.sao)
    for bad, code in ((merged, "merged"), (gone, "withdrawn"), (far, "outside_area")):
        with pytest.raises(projects.UnableToTakeUpNeeds) as refusal:
            projects.take_up_needs(project=road, needs=[good, bad], actor=stage.wichai, at=moment(50))
        assert refusal.value.code == code
    projects.withdraw_project(project=road, reason="เลิก", actor=stage.wichai, at=moment(51))
    with pytest.raises(projects.UnableToTakeUpNeeds, match="project_not_standing"):
        projects.take_up_needs(project=Project.objects.get(pk=road.pk), needs=[good], actor=stage.wichai, at=moment(52))
    assert (TakeUp.objects.count(), Entry.objects.filter(act="projects.take_up_needs").count()) == (0, 0)


def test_a_need_merged_into_another_is_answered_through_it(stage: Cast):
    kept, merged = make_need(body=stage.village_committee), make_need(body=stage.other_committee)
    road, double = make_project(owner=stage.sao), make_project(owner=stage.sao)
    projects.take_up_needs(project=road, needs=[merged], actor=stage.wichai, at=moment(50))
    needs.merge_need(need=merged, into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(51))
    projects.merge_project(project=road, into=double, reason="ซ้ำ", actor=stage.wichai, at=moment(52))
    assert list(queries.live_answers(kept)) == [double]
    assert list(queries.live_answers(merged)) == [double]
    assert list(queries.needs_of(double)) == [merged]
