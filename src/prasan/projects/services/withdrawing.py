"""The owner takes its project back; the record stays."""

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


class UnableToWithdrawProject(Refused):
    """The project still stands."""


@transaction.atomic
def withdraw_project(
    *, project: Project, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Project:
    """Take a project back, saying why; needs it answered are open again.

    Refused: `not_allowed`, `no_reason`, `withdrawn`, `stands_for_others`, `changed_meanwhile`.
    """
    code, owner = project.code, project.owner
    if not access.can_withdraw_project(actor, project=project, on=localdate(at)):
        raise UnableToWithdrawProject(
            "not_allowed",
            f"ถอน {code} ไม่ได้ เพราะผู้ถอนได้คือเจ้าของโครงการ ({owner.name_th}) โปรดให้เจ้าของถอน",
            f"{code} was not withdrawn: only its owner may ({owner.name_en or owner.name_th}).",
        )
    if not reason.strip():
        raise UnableToWithdrawProject(
            "no_reason",
            f"ถอน {code} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"{code} was not withdrawn: no reason given. Say why.",
        )
    if project.withdrawn_at is not None:
        raise UnableToWithdrawProject("withdrawn", f"{code} ถอนไปแล้ว ไม่ต้องทำซ้ำ", f"{code} is withdrawn already.")
    if Project.objects.filter(merged_into=project).exists():
        raise UnableToWithdrawProject(
            "stands_for_others",
            f"ถอน {code} ไม่ได้ เพราะมีโครงการอื่นรวมอยู่ (R31) โปรดแยกโครงการเหล่านั้นออกก่อน",
            f"{code} was not withdrawn: other projects are merged into it (R31). Take them apart first.",
        )
    version = project.version if seen_version is None else seen_version
    standing = Project.objects.filter(pk=project.pk, version=version, withdrawn_at=None)
    if not standing.update(withdrawn_at=at, version=F("version") + 1):
        raise UnableToWithdrawProject(
            "changed_meanwhile",
            f"ถอน {code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{code} was not withdrawn: somebody changed it before you. Open it again and repeat.",
        )
    keep_sketches([project.pk])
    project.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="projects.withdraw_project",
        subject=project,
        subject_code=code,
        data={"reason": reason},
    )
    return project
