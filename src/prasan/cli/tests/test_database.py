"""An older database is brought up to date before a command runs."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.cli import database
from prasan.projects import services as projects
from prasan.projects.models import ProjectSketch
from prasan.projects.queries import nearby
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_projects_recorded_before_sketches_were_kept_are_sketched(stage: Cast):
    make_project(owner=stage.sao)
    ProjectSketch.objects.all().delete()
    database.prepare()
    assert nearby.unsketched() == []


def test_sketching_that_was_interrupted_goes_on(stage: Cast):
    old, middle, new = (make_project(owner=stage.sao) for _ in range(3))
    ProjectSketch.objects.all().delete()
    first, *_ = nearby.unsketched()
    projects.sketch_projects(projects=[first], actor=stage.system, at=moment(1))
    assert first == new.pk
    assert not nearby.all_sketched()
    database.prepare()
    assert set(ProjectSketch.objects.values_list("project", flat=True)) == {old.pk, middle.pk, new.pk}


def test_sketches_of_an_earlier_engine_are_made_again(stage: Cast):
    make_project(owner=stage.sao)
    ProjectSketch.objects.update(reading=0)
    database.prepare()
    assert nearby.all_sketched()


def test_an_empty_register_is_sketched(db: None):
    assert nearby.all_sketched()
