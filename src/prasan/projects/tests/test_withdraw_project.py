"""The owner takes its project back; the record stays."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.projects import queries
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_withdrawn_project_keeps_its_record_and_leaves_the_lists(stage: Cast):
    project = make_project(owner=stage.sao)
    projects.withdraw_project(project=project, reason="กรมทางหลวงทำแล้ว", actor=stage.wichai, at=moment(70))
    assert Project.objects.get(pk=project.pk).withdrawn_at == moment(70)
    assert list(queries.standing_projects(area=stage.province)) == []
    assert Entry.objects.get(act="projects.withdraw_project").data == {"reason": "กรมทางหลวงทำแล้ว"}


def test_it_is_refused_without_reason_twice_or_while_it_stands_for_others(stage: Cast):
    gone, kept, merged = (make_project(owner=stage.sao) for _ in range(3))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(70))
    projects.merge_project(project=merged, into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(70))
    for project, reason, code in (
        (kept, " ", "no_reason"),
        (gone, "อีก", "withdrawn"),
        (kept, "เลิก", "stands_for_others"),
    ):
        with pytest.raises(projects.UnableToWithdrawProject) as refusal:
            projects.withdraw_project(project=project, reason=reason, actor=stage.wichai, at=moment(71))
        assert refusal.value.code == code
    assert Entry.objects.filter(act="projects.withdraw_project").count() == 1


def test_the_second_of_two_officers_is_told(stage: Cast):
    project, into = make_project(owner=stage.sao), make_project(owner=stage.sao)
    projects.merge_project(
        project=Project.objects.get(pk=project.pk), into=into, reason="ซ้ำ", actor=stage.wichai, at=moment(70)
    )
    with pytest.raises(projects.UnableToWithdrawProject, match="changed_meanwhile"):
        projects.withdraw_project(project=project, reason="เลิก", actor=stage.wichai, at=moment(70))


def test_a_list_of_projects_takes_two_queries_however_long(stage: Cast, django_assert_num_queries):
    for _ in range(5):
        make_project(owner=stage.sao)
    with django_assert_num_queries(2):
        rows = [
            (p.code, p.owner.name_th, p.area and p.area.name_th, [y.amount_satang for y in p.years.all()])
            for p in queries.standing_projects(area=stage.district, fiscal_year=2569)
        ]
    assert len(rows) == 5
