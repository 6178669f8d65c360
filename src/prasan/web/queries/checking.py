"""What a file says before anything of it is registered, and what became of the rows of one that was."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, Sum
from django.utils.functional import Promise

from prasan.areas import queries as areas
from prasan.common.chunks import chunks
from prasan.exchange import reading
from prasan.exchange.models import Submission, SubmissionRow
from prasan.exchange.queries import pairs_of
from prasan.exchange.repair import write_repair_report
from prasan.exchange.services import FileRow, Foresight
from prasan.integration.models import Verdict
from prasan.web.queries.writing import LikelyRow, likely_row, projects_shown
from prasan.web.wording import finding_text, state_of

WEIGHTS = {"error": 0, "warning": 1, "info": 2}
ROWS_TOGETHER = 20  # rows of a file that are shown unfolded at once


@dataclass(frozen=True, slots=True)
class CheckedFinding:
    """Something found, in the reader's language."""

    sheet: str
    row: int | None
    cell: str
    severity: str
    message: str
    word: str | Promise


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """One sheet with a form in it."""

    name: str
    records: int
    satang: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file as it would be taken."""

    name: str
    outcome: str
    sheets: list[CheckedSheet]
    findings: list[CheckedFinding]
    records: int
    satang: int


@dataclass(frozen=True, slots=True)
class RowOutcomeCount:
    """How many rows of a file ended in one outcome, and their money."""

    outcome: str
    rows: int
    satang: int


def check_file(path: Path) -> CheckedFile:
    """Read a file and say what would become of it; nothing is written. What must be mended comes first."""
    found = reading.read_file(path, gazetteer=areas.gazetteer())
    sheets = [
        CheckedSheet(sheet.name, len(sheet.records), sum(record.main_satang() or 0 for record in sheet.records))
        for sheet in found.sheets
        if sheet.records
    ]
    findings = [
        CheckedFinding(
            one.sheet,
            one.row,
            one.cell,
            one.severity,
            finding_text(one.message_th, one.message_en),
            state_of("severity", one.severity).word,
        )
        for one in sorted(found.findings, key=lambda f: WEIGHTS[f.severity])
    ]
    return CheckedFile(
        name=path.name,
        outcome=found.outcome,
        sheets=sheets,
        findings=findings,
        records=sum(sheet.records for sheet in sheets),
        satang=sum(sheet.satang for sheet in sheets),
    )


def repair_report(path: Path) -> bytes:
    """The file with its findings marked in the cells, as a workbook without anything that could run."""
    found = reading.read_file(path, gazetteer=areas.gazetteer())
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.xlsx"
        write_repair_report(path, found, output)
        return output.read_bytes()


@dataclass(frozen=True, slots=True)
class RepeatingRow:
    """A row of a checked file with the project that it most likely repeats, and the others that it may."""

    at: FileRow
    likeliest: LikelyRow
    others: Sequence[LikelyRow]


@dataclass(frozen=True, slots=True)
class RowsTogether:
    """Some of the rows, in the order of the file, with the places in that order of the first and the last."""

    first: int
    last: int
    rows: Sequence[RepeatingRow]


def repeating_rows(found: Foresight) -> list[RepeatingRow]:
    """The rows of a checked file that may repeat standing projects, in the order of the file."""
    projects = projects_shown(one for row in found.rows for one in row.likely)
    rows = []
    for row in found.rows:
        likeliest, *others = (likely_row(one, projects, row.at.name) for one in row.likely)
        rows.append(RepeatingRow(row.at, likeliest, others))
    return rows


def some_together(rows: Sequence[RepeatingRow]) -> Iterator[RowsTogether]:
    """The rows a few at a time: a file may have hundreds, and each says a lot."""
    last = 0
    for some in chunks(rows, ROWS_TOGETHER):
        first, last = last + 1, last + len(some)
        yield RowsTogether(first, last, some)


@dataclass(frozen=True, slots=True)
class FoundInFile:
    """Pairs of one verdict of which a project came by the file."""

    verdict: str
    pairs: int


def likely_in(submission: Submission) -> list[FoundInFile]:
    """What the projects of a registered file may repeat, by verdict: as it stands in the queue of pairs."""
    found = pairs_of(submission).order_by().values("verdict").annotate(pairs=Count("pk"))
    counts = {row["verdict"]: row["pairs"] for row in found}
    return [FoundInFile(verdict, counts[verdict]) for verdict in Verdict.values if verdict in counts]


def row_outcomes(submission: Submission) -> list[RowOutcomeCount]:
    """Rows of a registered file by what became of them."""
    rows = (
        SubmissionRow.objects.filter(submission=submission)
        .order_by()
        .values("outcome")
        .annotate(rows=Count("pk"), satang=Sum("amount_satang"))
        .order_by("outcome")
    )
    return [RowOutcomeCount(row["outcome"], row["rows"], row["satang"] or 0) for row in rows]
