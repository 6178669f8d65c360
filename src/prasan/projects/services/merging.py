"""One project standing for another: a pointer that can be taken back, never a delete."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.projects import access
from prasan.projects.models import Project
from prasan.projects.services.sketching import keep_sketches


class UnableToMergeProject(Refused):
    """Both projects stand as before."""


class UnableToUnmergeProject(Refused):
    """The project stays merged."""


@transaction.atomic
def merge_project(
    *,
    project: Project,
    into: Project,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> Project:
    """Let `into` stand for `project` from now on; its code, amounts and needs are kept (R31).

    Refused: `not_allowed`, `no_reason`, `merged`, `circle`, `withdrawn`, `changed_meanwhile`.
    """
    if not access.can_merge_projects(actor, project=project, into=into, on=localdate(at)):
        raise UnableToMergeProject(
            "not_allowed",
            f"รวม {project.code} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ (R31) โปรดให้อำเภอหรือจังหวัดที่ดูแลทั้งสองแห่งรวม",
            f"{project.code} was not merged: you do not act for both projects (R31). "
            "Ask the district or province over both.",
        )
    current, kept = _locked(project, into)
    _check_merge(current, kept, reason)
    version = project.version if seen_version is None else seen_version
    same = Project.objects.filter(pk=project.pk, version=version)
    if not same.update(merged_into=kept, version=F("version") + 1):
        raise UnableToMergeProject(*_changed(project))
    keep_sketches([project.pk])
    project.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="projects.merge_project",
        subject=project,
        subject_code=project.code,
        data={"into": kept.code, "reason": reason},
    )
    return project


@transaction.atomic
def unmerge_project(
    *, project: Project, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Project:
    """Let a merged project stand for itself again.

    Refused: `not_merged`, `not_allowed`, `no_reason`, `changed_meanwhile`.
    """
    kept = project.merged_into
    if kept is None:
        raise UnableToUnmergeProject(
            "not_merged",
            f"แยก {project.code} ไม่ได้ เพราะไม่ได้รวมกับโครงการใด",
            f"{project.code} was not taken apart: it is merged into nothing.",
        )
    if not access.can_merge_projects(actor, project=project, into=kept, on=localdate(at)):
        raise UnableToUnmergeProject(
            "not_allowed",
            f"แยก {project.code} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองโครงการ โปรดให้อำเภอหรือจังหวัดที่ดูแลทั้งสองแห่งแยก",
            f"{project.code} was not taken apart: you do not act for both projects. "
            "Ask the district or province over both.",
        )
    if not reason.strip():
        raise UnableToUnmergeProject(
            "no_reason",
            f"แยก {project.code} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุว่าเหตุใดจึงไม่ใช่โครงการเดียวกัน",
            f"{project.code} was not taken apart: no reason given. Say why the two differ.",
        )
    version = project.version if seen_version is None else seen_version
    same = Project.objects.filter(pk=project.pk, version=version, merged_into=kept)
    if not same.update(merged_into=None, version=F("version") + 1):
        raise UnableToUnmergeProject(
            "changed_meanwhile",
            f"แยก {project.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{project.code} was not taken apart: somebody changed it before you. Open it again and repeat.",
        )
    keep_sketches([project.pk])
    project.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="projects.unmerge_project",
        subject=project,
        subject_code=project.code,
        data={"from": kept.code, "reason": reason},
    )
    return project


def _locked(project: Project, into: Project) -> tuple[Project, Project]:
    """Both ends, locked with the whole chain of `into`, so that officers merging crosswise make no circle.

    The rows are locked in one order, so that two such acts wait for each other and never both.
    """
    ids = {project.pk, into.pk}
    following = Project.objects.get(pk=into.pk).merged_into
    while following is not None:
        ids.add(following.pk)
        following = following.merged_into
    rows = {row.pk: row for row in Project.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    kept = rows[into.pk]
    while kept.merged_into_id is not None:
        if kept.merged_into_id not in rows:  # merged on by another officer between the two reads
            raise UnableToMergeProject(*_changed(project))
        kept = rows[kept.merged_into_id]
    return rows[project.pk], kept


def _changed(project: Project) -> tuple[str, str, str]:
    return (
        "changed_meanwhile",
        f"รวม {project.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
        f"{project.code} was not merged: somebody changed it before you. Open it again and repeat.",
    )


def _check_merge(project: Project, kept: Project, reason: str) -> None:
    if not reason.strip():
        raise UnableToMergeProject(
            "no_reason",
            f"รวม {project.code} ไม่ได้ เพราะไม่มีเหตุผล (R31) โปรดระบุว่าเหตุใดจึงเป็นโครงการเดียวกัน",
            f"{project.code} was not merged: no reason given (R31). Say why the two are the same.",
        )
    if project.merged_into_id is not None:
        raise UnableToMergeProject(
            "merged",
            f"รวม {project.code} ไม่ได้ เพราะรวมกับโครงการอื่นอยู่แล้ว โปรดแยกออกก่อน",
            f"{project.code} was not merged: it is merged already. Take it apart first.",
        )
    if kept.pk == project.pk:
        raise UnableToMergeProject(
            "circle",
            f"รวม {project.code} ไม่ได้ เพราะโครงการปลายทางคือโครงการนี้เองหรือรวมอยู่ในโครงการนี้ โปรดเลือกโครงการอื่น",
            f"{project.code} was not merged: the other is this project itself, or merged into it. Choose another.",
        )
    if project.withdrawn_at is not None or kept.withdrawn_at is not None:
        raise UnableToMergeProject(
            "withdrawn",
            f"รวม {project.code} ไม่ได้ เพราะมีโครงการที่ถอนแล้ว โปรดเลือกโครงการที่ยังคงอยู่",
            f"{project.code} was not merged: one of the two is withdrawn. Choose projects that stand.",
        )
