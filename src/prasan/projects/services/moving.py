"""A project's place or time of work changes; only the body that carries it out may do that (R49)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.projects import access
from prasan.projects.models import Project
from prasan.projects.services.sketching import keep_sketches


class UnableToMoveProject(Refused):
    """The project stays where and when it was."""


@transaction.atomic
def move_project(
    *,
    project: Project,
    reason: str,
    actor: User,
    at: dt.datetime,
    area: Area | None = None,
    work: tuple[dt.date, dt.date] | None = None,
    seen_version: int | None = None,
) -> Project:
    """Give a project another place, or another time of work (`work`: first day, and the first day after it).

    What is not given stays. Refused: `not_allowed`, `nothing_to_move`, `ends_before_it_begins`,
    `changed_meanwhile`.
    """
    if not access.can_move_project(actor, project=project, on=localdate(at)):
        raise UnableToMoveProject(
            "not_allowed",
            f"ย้าย {project.code} ไม่ได้ เพราะหน่วยงานเจ้าของโครงการเท่านั้นที่ตัดสินได้ (R49) โปรดเสนอให้หน่วยงานพิจารณา",
            f"{project.code} was not moved: only the body whose project it is decides (R49). Recommend it instead.",
        )
    _check(project, area, work)
    changes: dict[str, object] = {}
    if area is not None:
        changes |= {"area": area}
    if work is not None:
        changes |= {"work_starts_on": work[0], "work_ends_before": work[1]}
    version = project.version if seen_version is None else seen_version
    standing = Project.objects.filter(pk=project.pk, version=version, merged_into=None, withdrawn_at=None)
    before = _place_and_time(project)
    if not standing.update(version=F("version") + 1, **changes):
        raise UnableToMoveProject(
            "changed_meanwhile",
            f"ย้าย {project.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{project.code} was not moved: somebody changed it before you. Open it again and repeat.",
        )
    keep_sketches([project.pk])
    project.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="projects.move_project",
        subject=project,
        subject_code=project.code,
        data={"before": before, "after": _place_and_time(project), "reason": reason},
    )
    return project


def _check(project: Project, area: Area | None, work: tuple[dt.date, dt.date] | None) -> None:
    if area is None and work is None:
        raise UnableToMoveProject(
            "nothing_to_move",
            f"ย้าย {project.code} ไม่ได้ เพราะไม่ได้บอกพื้นที่หรือเวลาใหม่",
            f"{project.code} was not moved: neither a new place nor a new time was given.",
        )
    if work is not None and work[0] >= work[1]:
        raise UnableToMoveProject(
            "ends_before_it_begins",
            f"ย้าย {project.code} ไม่ได้ เพราะวันสิ้นสุดต้องหลังวันเริ่ม",
            f"{project.code} was not moved: the work must end after it begins.",
        )


def _place_and_time(project: Project) -> dict[str, str | None]:
    return {
        "area": project.area.code if project.area is not None else None,
        "starts_on": project.work_starts_on.isoformat() if project.work_starts_on else None,
        "ends_before": project.work_ends_before.isoformat() if project.work_ends_before else None,
    }
