"""An older database is brought up to date before a command runs."""

import pytest
from tests.cast import cast

from prasan.cli.database import _sketch_projects
from prasan.projects.models import ProjectSketch
from prasan.projects.queries import nearby
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


def test_projects_recorded_before_sketches_were_kept_are_sketched():
    project = make_project(owner=cast().sao)
    ProjectSketch.objects.all().delete()
    _sketch_projects()
    assert nearby.unsketched() == []
    assert ProjectSketch.objects.get().project == project
