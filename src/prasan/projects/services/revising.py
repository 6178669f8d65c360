"""A project's particulars change; the code stays and the journal keeps what stood before."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Model
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.projects import access
from prasan.projects.models import Project, ProjectYear
from prasan.projects.services.drafts import ProjectDraft, fields_of, problem_of
from prasan.projects.services.sketching import keep_sketches


class UnableToReviseProject(Refused):
    """The project reads as before."""


@transaction.atomic
def revise_project(
    *,
    project: Project,
    draft: ProjectDraft,
    actor: User,
    at: dt.datetime,
    reason: str = "",
    seen_version: int | None = None,
) -> Project:
    """Let a project say what the draft says; nothing is written when it says so already.

    The owner does not change here (that is a hand-over). Refused: `not_allowed`, `owner_changes`,
    `merged`, `withdrawn`, `changed_meanwhile`, and what `record_project` refuses of a draft.
    """
    if not access.can_revise_project(actor, project=project, on=localdate(at)):
        raise UnableToReviseProject(
            "not_allowed",
            f"แก้ไข {project.code} ไม่ได้ เพราะเป็นโครงการของ {project.owner.name_th} ซึ่งท่านไม่ใช่เจ้าหน้าที่แผน "
            "โปรดให้เจ้าของโครงการแก้ไข",
            f"{project.code} was not revised: it belongs to {project.owner.name_en or project.owner.name_th} "
            "and you are no planning officer there. Ask its owner.",
        )
    _check(project, draft)
    fields = fields_of(draft)
    before = {name: getattr(project, name) for name in fields}
    years_before = sorted(project.years.values_list("fiscal_year", "kind", "span", "amount_satang"))
    years = sorted((y.fiscal_year, str(y.kind), str(y.span), y.amount_satang) for y in draft.years)
    changed = {name for name in fields if before[name] != fields[name]}
    if not changed and years == years_before:
        return project
    version = project.version if seen_version is None else seen_version
    standing = Project.objects.filter(pk=project.pk, version=version, merged_into=None, withdrawn_at=None)
    if not standing.update(version=F("version") + 1, **{name: fields[name] for name in changed}):
        raise UnableToReviseProject(
            "changed_meanwhile",
            f"แก้ไข {project.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{project.code} was not revised: somebody changed it before you. Open it again and repeat.",
        )
    if years != years_before:
        _replace_years(project, draft)
    keep_sketches([project.pk])
    project.refresh_from_db()
    data: dict[str, object] = {
        name: {"before": _plain(before[name]), "after": _plain(fields[name])} for name in sorted(changed)
    }
    if years != years_before:
        data["years"] = {"before": years_before, "after": years}
    journal.record(
        at=at,
        actor=actor,
        act="projects.revise_project",
        subject=project,
        subject_code=project.code,
        data={"changes": data, "reason": reason, "source": draft.source},
    )
    return project


def _replace_years(project: Project, draft: ProjectDraft) -> None:
    ProjectYear.objects.filter(project=project).delete()
    ProjectYear.objects.bulk_create(
        ProjectYear(
            project=project,
            fiscal_year=y.fiscal_year,
            kind=y.kind,
            span=y.span,
            amount_satang=y.amount_satang,
        )
        for y in draft.years
    )


def _plain(value: object) -> object:
    """The value as JSON takes it: records by their name, dates in ISO form."""
    if isinstance(value, Model):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _check(project: Project, draft: ProjectDraft) -> None:
    if draft.owner.pk != project.owner_id:
        raise UnableToReviseProject(
            "owner_changes",
            f"แก้ไข {project.code} ไม่ได้ เพราะเจ้าของโครงการเปลี่ยนด้วยการแก้ไขไม่ได้ (R36, R37) โปรดใช้การส่งต่อ",
            f"{project.code} was not revised: its owner does not change by revision (R36, R37). Hand it over.",
        )
    if project.merged_into_id is not None:
        raise UnableToReviseProject(
            "merged",
            f"แก้ไข {project.code} ไม่ได้ เพราะรวมกับ {project.canonical().code} แล้ว โปรดแก้รายการนั้นหรือแยกออกก่อน",
            f"{project.code} was not revised: it is merged into {project.canonical().code}. "
            "Revise that one, or take it apart first.",
        )
    if project.withdrawn_at is not None:
        raise UnableToReviseProject(
            "withdrawn",
            f"แก้ไข {project.code} ไม่ได้ เพราะถอนแล้ว โปรดบันทึกโครงการใหม่หากยังต้องการ",
            f"{project.code} was not revised: it is withdrawn. Record it anew if it is still wanted.",
        )
    if problem := problem_of(draft):
        code, th, en = problem
        raise UnableToReviseProject(
            code, f"แก้ไข {project.code} ไม่ได้ เพราะ{th}", f"{project.code} was not revised, because {en}"
        )
