"""What the rows of a file may repeat, told before anything of it is registered."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from prasan.accounts.models import User
from prasan.areas import queries as areas
from prasan.exchange.reading import read_file
from prasan.exchange.services.drafting import Drafter
from prasan.exchange.services.naming import Names, province_named
from prasan.exchange.services.rows import Import, rows_of
from prasan.integration.queries import Asked, Likely, likely_of_many
from prasan.projects.services import ProjectDraft


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row of a file and the standing projects that it may repeat, the most probable first."""

    sheet: str
    row: int
    name: str
    likely: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class Foresight:
    """The rows that may repeat something, among the first `compared` of `whole` rows that would become projects."""

    rows: tuple[Foreseen, ...]
    compared: int
    whole: int


@transaction.atomic
def foresee_repeats(
    *, path: Path, actor: User, at: dt.datetime, province_code: str = "", fiscal_year: int | None = None, most: int
) -> Foresight:
    """Read the rows as an import would, and hold the first `most` against the projects that stand.

    An import registers the bodies and villages that a file names for the first time; so all of it is undone here.
    """
    reading = read_file(path, gazetteer=areas.gazetteer())
    job = Import(reading, actor, at)
    job.rows = rows_of(reading.sheets)
    province = province_code or province_named(areas.gazetteer(), reading.sheets)
    Drafter(job, Names(areas.gazetteer(), province, actor, at), fiscal_year=fiscal_year).draft_all()
    drafted = [(row, row.draft) for row in job.rows if isinstance(row.draft, ProjectDraft)]
    found = likely_of_many([Asked.of(draft) for _, draft in drafted[:most]], most=2)
    transaction.set_rollback(True)
    rows = (
        Foreseen(row.record.sheet, row.record.row, draft.name, tuple(likely))
        for (row, draft), likely in zip(drafted, found, strict=False)
        if likely
    )
    return Foresight(tuple(rows), min(most, len(drafted)), len(drafted))
