"""Projects are written down here, one or many, and get their code for life."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs.queries import province_code_of
from prasan.projects import access, rules
from prasan.projects.models import Project, ProjectSequence, ProjectYear
from prasan.projects.services.drafts import ProjectDraft, YearDraft, fields_of, problem_of
from prasan.projects.services.sketching import keep_sketches

__all__ = ["ProjectDraft", "UnableToRecordProject", "YearDraft", "record_project", "record_projects"]

BATCH = 500


class UnableToRecordProject(Refused):
    """The project was not written down."""


def record_project(*, draft: ProjectDraft, actor: User, at: dt.datetime) -> Project:
    """Write down one project of a body and give it its code for life (R10).

    Refused: `not_allowed`, `no_name`, `unknown_origin`, `unknown_progress`, `implausible_year`,
    `negative_amount`, `unknown_amount_kind`, `year_twice`, `too_long`, `ends_before_it_begins`.
    """
    return record_projects(drafts=[draft], actor=actor, at=at)[0]


@transaction.atomic
def record_projects(*, drafts: Sequence[ProjectDraft], actor: User, at: dt.datetime) -> list[Project]:
    """Write down many projects, all or none, in the order given; one journal entry each."""
    for number, draft in enumerate(drafts, 1):
        if problem := problem_of(draft):
            code, th, en = problem
            raise UnableToRecordProject(
                code,
                f"รายการที่ {number}: บันทึกไม่ได้ เพราะ{th}",
                f"Item {number}: not recorded, because {en}",
            )
    for owner in {d.owner for d in drafts}:
        if not access.can_record_project(actor, owner=owner, on=localdate(at)):
            raise UnableToRecordProject(
                "not_allowed",
                f"บันทึกโครงการของ {owner.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้ โปรดให้เจ้าหน้าที่ของหน่วยงานบันทึก",
                f"No project was recorded for {owner.name_th}: you are no planning officer of it. Ask one who is.",
            )
    return _write(drafts=drafts, actor=actor, at=at)


def _write(
    *, drafts: Sequence[ProjectDraft], actor: User, at: dt.datetime, act: str = "projects.record_project"
) -> list[Project]:
    """Write checked drafts and journal each under the act that asked for it."""
    codes = _codes(drafts)
    rows = [
        Project(code=code, owner=draft.owner, **fields_of(draft)) for draft, code in zip(drafts, codes, strict=True)
    ]
    projects = Project.objects.bulk_create(rows, batch_size=BATCH)
    ProjectYear.objects.bulk_create(
        [
            ProjectYear(
                project=project,
                fiscal_year=year.fiscal_year,
                kind=year.kind,
                span=year.span,
                amount_satang=year.amount_satang,
            )
            for project, draft in zip(projects, drafts, strict=True)
            for year in draft.years
        ],
        batch_size=BATCH,
    )
    if projects:
        keep_sketches([project.pk for project in projects])
        journal.record_many(
            at=at,
            actor=actor,
            entries=[_line(act, project, draft) for project, draft in zip(projects, drafts, strict=True)],
        )
    return projects


def _line(act: str, project: Project, draft: ProjectDraft) -> journal.Line:
    data = {
        "name": project.name,
        "body": draft.owner.name_th,
        "origin": project.origin,
        "amount_satang": _counted(draft),
        "years": [[y.fiscal_year, y.kind, y.span, y.amount_satang] for y in draft.years],
        "source": draft.source,
    }
    return journal.Line(act=act, subject=project, subject_code=project.code, data=data)


def _counted(draft: ProjectDraft) -> int | None:
    """What a plan would count of the draft, integer satang; None when it names no money."""
    kind = rules.counted_kind(y.kind for y in draft.years)
    return None if kind is None else sum(y.amount_satang for y in draft.years if y.kind == kind)


def _codes(drafts: Sequence[ProjectDraft]) -> list[str]:
    """Codes in the order of the drafts; every sequence is drawn from once, however many drafts it serves."""
    places: list[Area | None] = [d.area or d.owner.area for d in drafts]
    provinces = {place: province_code_of(place) for place in set(places)}
    keys = [(provinces[place], draft.fiscal_year) for place, draft in zip(places, drafts, strict=True)]
    following = {key: _draw(*key, count) for key, count in sorted(Counter(keys).items())}
    codes = []
    for key in keys:
        codes.append(rules.project_code(*key, following[key]))
        following[key] += 1
    return codes


def _draw(province_code: str, fiscal_year: int, count: int) -> int:
    """The first of `count` fresh numbers. The updated row stays locked until the act is committed."""
    sequence, _ = ProjectSequence.objects.get_or_create(province_code=province_code, fiscal_year=fiscal_year)
    ProjectSequence.objects.filter(pk=sequence.pk).update(last=F("last") + count)
    sequence.refresh_from_db()
    return sequence.last - count + 1
