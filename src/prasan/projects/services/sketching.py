"""What projects are found by follows them: every act that writes or changes one calls this."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db import transaction

from prasan.accounts.models import User
from prasan.common.chunks import chunks
from prasan.journal import services as journal
from prasan.matching.sketching import SKETCH_VERSION, sketched
from prasan.projects.models import Project, ProjectSketch
from prasan.projects.queries import lines
from prasan.projects.queries.nearby import STANDING

BATCH = 500
TOLD = ["province", "district", "subdistrict", "owner", "satang", "sketch", "reading"]


@transaction.atomic
def sketch_projects(*, projects: Collection[int], actor: User, at: dt.datetime) -> int:
    """Let projects (their ids) be found that an earlier version of the program recorded; how many now can be."""
    keep_sketches(projects)
    found = ProjectSketch.objects.filter(project__in=projects).count()
    journal.record(at=at, actor=actor, act="projects.sketch_projects", data={"projects": found})
    return found


@transaction.atomic
def refresh_sketches(*, projects: Collection[int], actor: User, at: dt.datetime) -> int:
    """Let projects (their ids) be found at the place that the registers name now; how many were found elsewhere before.

    Called by whoever loaded a register of places or bodies, with `nearby.misplaced`. Nothing is refused.
    """
    for ids in chunks(sorted(projects)):  # nobody revises one between its being read and its being kept
        list(Project.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    before = _places(projects)
    keep_sketches(projects)
    moved = len(_places(projects) - before)
    if moved:
        journal.record(at=at, actor=actor, act="projects.refresh_sketches", data={"projects": moved})
    return moved


def _places(project_ids: Collection[int]) -> set[tuple[int, ...]]:
    kept = ProjectSketch.objects.values_list("project_id", *lines.DIGITS)
    return {row for ids in chunks(sorted(project_ids)) for row in kept.filter(project__in=ids)}


def keep_sketches(project_ids: Collection[int]) -> None:
    """The same within an act of this room, whose own line in the journal tells of it; the merged and withdrawn go."""
    for ids in chunks(sorted(project_ids)):
        standing = list(Project.objects.filter(STANDING, pk__in=ids).values_list("pk", flat=True))
        ProjectSketch.objects.filter(project__in=set(ids).difference(standing)).delete()
        ProjectSketch.objects.bulk_create(
            _sketches(standing), batch_size=BATCH, update_conflicts=True, unique_fields=["project"], update_fields=TOLD
        )


def _sketches(project_ids: Collection[int]) -> Iterator[ProjectSketch]:
    read = {line.id: line for line in lines.lines_of(project_ids)}
    for pk, province, district, subdistrict, sketch in sketched(lines.table_of([*read.values()])):
        line = read[pk]
        assert line.owner is not None
        yield ProjectSketch(
            project_id=pk,
            province=province,
            district=district,
            subdistrict=subdistrict,
            owner_id=line.owner,
            satang=line.satang or 0,
            sketch=sketch,
            reading=SKETCH_VERSION,
        )
