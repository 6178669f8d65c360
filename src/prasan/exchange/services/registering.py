"""Registering the rows that are new: forums and needs through needs, projects through projects, in bulk."""

from dataclasses import replace

from prasan.exchange.models import RowOutcome
from prasan.exchange.services.rows import Import, Row
from prasan.needs import services as needs
from prasan.needs.models import Forum
from prasan.needs.services import ForumDraft, NeedDraft
from prasan.projects import services as projects
from prasan.projects.services import ProjectDraft

HELD_TEXT_LIMIT = 200


def register_new(job: Import) -> None:
    """Write down every row that is neither a correction nor a repeat; all or none."""
    waiting = job.waiting()
    asked = [(row, row.draft) for row in waiting if isinstance(row.draft, NeedDraft)]
    forums = _forums(job, asked)
    told = [replace(draft, forum=forums[row.sheet.name]) for row, draft in asked]
    for (row, _), need in zip(asked, needs.record_needs(drafts=told, **job.who()), strict=True):
        row.need, row.outcome = need, RowOutcome.REGISTERED
    planned = [(row, row.draft) for row in waiting if isinstance(row.draft, ProjectDraft)]
    drafts = [draft for _, draft in planned]
    for (row, _), project in zip(planned, projects.record_projects(drafts=drafts, **job.who()), strict=True):
        row.project, row.outcome = project, RowOutcome.REGISTERED


def _forums(job: Import, asked: list[tuple[Row, NeedDraft]]) -> dict[str, Forum]:
    """One forum for each sheet with new needs, by the sheet's name."""
    forums: dict[str, Forum] = {}
    for row, draft in asked:
        sheet = row.sheet
        if sheet.name not in forums:
            forums[sheet.name] = needs.record_forum(
                draft=ForumDraft(
                    area=draft.area,
                    body=draft.body,
                    fiscal_year=draft.fiscal_year,
                    held_text=sheet.held_text[:HELD_TEXT_LIMIT],
                    held_on=sheet.held_on,
                    attendance=sheet.attendance,
                ),
                **job.who(),
            )
    return forums
