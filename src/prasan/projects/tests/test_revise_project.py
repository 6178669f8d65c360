"""A project's particulars change; its code stays and the journal keeps what stood before."""

import dataclasses

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project, project_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_what_changed_is_written_and_journalled_with_before_and_after(stage: Cast):
    project = make_project(owner=stage.sao)
    draft = project_draft(owner=stage.sao, name="ก่อสร้างถนนลาดยาง", years=(YearDraft(2569, 70), YearDraft(2570, 30)))
    projects.revise_project(project=project, draft=draft, actor=stage.wichai, at=moment(45), reason="เปลี่ยนแบบ")
    stored = Project.objects.get(pk=project.pk)
    assert (stored.code, stored.name, stored.version) == ("56-2569-00001", "ก่อสร้างถนนลาดยาง", 2)
    assert list(stored.years.values_list("fiscal_year", "amount_satang")) == [(2569, 70), (2570, 30)]
    data = Entry.objects.get(act="projects.revise_project").data
    assert data["reason"] == "เปลี่ยนแบบ"
    assert data["changes"]["name"] == {"before": "ก่อสร้างถนน คสล.", "after": "ก่อสร้างถนนลาดยาง"}
    assert data["changes"]["years"] == {
        "before": [[2569, "PLANNED", "IN", 100_000]],
        "after": [[2569, "PLANNED", "IN", 70], [2570, "PLANNED", "IN", 30]],
    }
    assert set(data["changes"]) == {"name", "name_key", "years"}


def test_saying_the_same_again_writes_nothing(stage: Cast):
    project = make_project(owner=stage.sao)
    entries = Entry.objects.count()
    same = projects.revise_project(
        project=project, draft=project_draft(owner=stage.sao), actor=stage.wichai, at=moment(45)
    )
    assert (same.version, Entry.objects.count()) == (1, entries)


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(stage: Cast):
    project = make_project(owner=stage.sao)
    hers, his = Project.objects.get(pk=project.pk), Project.objects.get(pk=project.pk)
    projects.revise_project(
        project=hers, draft=project_draft(owner=stage.sao, name="ของเธอ"), actor=stage.wichai, at=moment(45)
    )
    with pytest.raises(projects.UnableToReviseProject, match="changed_meanwhile"):
        projects.revise_project(
            project=his,
            draft=project_draft(owner=stage.sao, name="ของเขา", baht=9),
            actor=stage.system,
            at=moment(45),
        )
    stored = Project.objects.get(pk=project.pk)
    assert (stored.name, stored.years.get().amount_satang) == ("ของเธอ", 100_000)


def test_the_owner_never_changes_by_revision(stage: Cast):
    project = make_project(owner=stage.sao)
    with pytest.raises(projects.UnableToReviseProject, match="owner_changes"):
        projects.revise_project(
            project=project, draft=project_draft(owner=stage.pao), actor=stage.system, at=moment(45)
        )


def test_a_merged_a_withdrawn_and_a_bad_draft_are_refused(stage: Cast):
    kept, merged, gone = (make_project(owner=stage.sao) for _ in range(3))
    projects.merge_project(project=merged, into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(45))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(45))
    good = project_draft(owner=stage.sao, name="ใหม่")
    for project, draft, code in (
        (merged, good, "merged"),
        (gone, good, "withdrawn"),
        (kept, dataclasses.replace(good, name=""), "no_name"),
    ):
        with pytest.raises(projects.UnableToReviseProject) as refusal:
            projects.revise_project(project=project, draft=draft, actor=stage.wichai, at=moment(46))
        assert refusal.value.code == code
    assert not Entry.objects.filter(act="projects.revise_project").exists()
