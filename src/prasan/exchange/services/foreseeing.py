"""What the rows of a file may repeat, told before anything of it is registered."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from prasan.accounts.models import User
from prasan.areas import queries as areas
from prasan.exchange.reading import FormChoice, read_file
from prasan.exchange.services.drafting import Drafter
from prasan.exchange.services.naming import Names, province_named
from prasan.exchange.services.rows import Import, rows_of
from prasan.integration.queries import Asked, Likely, likely_of_many, repeats_among
from prasan.projects.services import ProjectDraft

MOST_FORESEEN = 300
"""Rows held against standing projects before anything is registered: some seconds, all of it one transaction."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of the file that would become a project."""

    sheet: str
    row: int
    name: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row and the standing projects that it may repeat, the most probable first."""

    at: FileRow
    likely: tuple[Likely, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Two rows of the file that may be the same work, with the engine's verdict and reasons."""

    first: FileRow
    second: FileRow
    probability: float
    verdict: str
    reasons: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Foresight:
    """The rows that may repeat something, among the first `compared` of `whole` that would become projects.

    `within` are those of all rows that may repeat each other, the most probable first.
    """

    rows: tuple[Foreseen, ...]
    within: tuple[Within, ...]
    compared: int
    whole: int


@transaction.atomic
def foresee_repeats(
    *,
    path: Path,
    actor: User,
    at: dt.datetime,
    province_code: str = "",
    fiscal_year: int | None = None,
    form: FormChoice = "auto",
    most: int = MOST_FORESEEN,
) -> Foresight:
    """Read the rows as an import would; hold the first `most` against the projects that stand, and all to each other.

    An import registers the bodies and villages that a file names for the first time; so all of it is undone here.
    """
    reading = read_file(path, gazetteer=areas.gazetteer(), form=form)
    job = Import(reading, actor, at)
    job.rows = rows_of(reading.sheets)
    province = province_code or province_named(areas.gazetteer(), reading.sheets)
    Drafter(job, Names(areas.gazetteer(), province, actor, at), fiscal_year=fiscal_year).draft_all()
    drafted = [
        (FileRow(row.record.sheet, row.record.row, row.draft.name), Asked.of(row.draft))
        for row in job.rows
        if isinstance(row.draft, ProjectDraft)
    ]
    rows, asked = [row for row, _ in drafted], [one for _, one in drafted]
    found = likely_of_many(asked[:most], most=2)
    among = repeats_among(asked)
    transaction.set_rollback(True)
    return Foresight(
        tuple(Foreseen(row, tuple(likely)) for row, likely in zip(rows, found, strict=False) if likely),
        tuple(Within(rows[one.first], rows[one.second], one.probability, one.verdict, one.reasons) for one in among),
        len(found),
        len(rows),
    )
