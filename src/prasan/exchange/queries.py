"""Reads of files that came in: which, what each of their rows became, and what was found in them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.db.models import Count, Q, QuerySet, Sum

from prasan.accounts.models import User
from prasan.agencies import queries as bodies
from prasan.areas import queries as areas
from prasan.areas.models import Area
from prasan.exchange import access
from prasan.exchange.models import RowOutcome, Severity, Submission, SubmissionFinding, SubmissionRow
from prasan.exchange.reading import records
from prasan.exchange.reading.records import Finding
from prasan.exchange.reading.strategy import StrategyRow
from prasan.exchange.templates.strategy import write_strategy
from prasan.integration.models import Pair
from prasan.projects.models import Project
from prasan.strategy.models import StrategyPlan
from prasan.strategy.services import Written, tree_of


def projects_of(submission: Submission) -> QuerySet[Project]:
    """The projects that a file registered and that stand; those it only repeats belong to another file."""
    rows = SubmissionRow.objects.filter(submission=submission, outcome=RowOutcome.REGISTERED, project__isnull=False)
    return Project.objects.filter(pk__in=rows.values("project"), withdrawn_at=None, merged_into=None)


def pairs_of(submission: Submission) -> QuerySet[Pair]:
    """Pairs of which at least one project came by this file, the most probable first."""
    ids = projects_of(submission).values("pk")
    return Pair.objects.filter(Q(first__in=ids) | Q(second__in=ids)).order_by("-probability", "pk")


def rows_by_project(submission: Submission) -> dict[int, list[tuple[str, int]]]:
    """Sheet and row of the file by the id of the project that it registered or revised there."""
    found: dict[int, list[tuple[str, int]]] = {}
    rows = SubmissionRow.objects.filter(submission=submission, project__isnull=False).order_by("pk")
    for project, sheet, row in rows.values_list("project_id", "sheet", "row"):
        found.setdefault(project, []).append((sheet, row))
    return found


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One file in a list."""

    id: int
    name: str
    form: str
    outcome: str
    received_at: dt.datetime
    received_by: str
    registered: int
    merged: int
    refused: int
    errors: int
    warnings: int
    satang: int
    replaces: str
    replaced_by: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of a file and what it became: the code of a need or project, or nothing where it was refused."""

    sheet: str
    row: int
    section: str
    ordinal: int | None
    name: str
    outcome: str
    satang: int | None
    kind: str  # "need", "project" or empty
    code: str
    owner: str
    area: str
    standing_code: str  # of the record that stands for it now; the same code unless it was merged since


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """How many rows of a sheet became what, and their money."""

    name: str
    form: str
    registered: int
    merged: int
    refused: int
    satang: int


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """All that a page about one file shows."""

    line: SubmissionLine
    sheets: tuple[SheetTotal, ...]
    findings: tuple[Finding, ...]
    rows: tuple[RowLine, ...]


def submissions(actor: User, *, on: dt.date, limit: int = 200) -> list[SubmissionLine]:
    """Files that a person may see, the latest first; three queries."""
    return _lines(list(_counted(access.visible_to(actor, on=on))[:limit]))


def submission_page(actor: User, submission_id: int, *, on: dt.date) -> SubmissionPage | None:
    """One file with its sheets, findings and rows; None where it is not for this person."""
    submission = _counted(access.visible_to(actor, on=on)).filter(pk=submission_id).first()
    if submission is None:
        return None
    return SubmissionPage(
        line=_lines([submission])[0],
        sheets=tuple(_sheet_totals(submission)),
        findings=tuple(findings_of(submission)),
        rows=tuple(rows_of(submission)),
    )


def rows_of(submission: Submission) -> list[RowLine]:
    """Every row of a file in its order, and what it became; one query."""
    rows = submission.rows.select_related(
        "need__body", "need__area", "need__merged_into", "project__owner", "project__area", "project__merged_into"
    )
    return [_row(row) for row in rows]


def findings_of(submission: Submission) -> list[Finding]:
    """What was found in a file, when it was read and when it was registered; one query."""
    return [
        Finding(f.sheet, f.row, f.cell, f.kind, cast(records.Severity, f.severity), f.message_th, f.message_en)
        for f in submission.findings.all()
    ]


def outside_province(submission: Submission, province_code: str) -> Finding | None:
    """Say how many of a file's records lie outside a province, and where; None where all lie inside.

    It is asked anew each time, for the same file may be read for one province today and for another tomorrow.
    """
    rows = submission.rows.select_related("need__area", "project__area", "project__owner__area")
    placed = [(row.need, row.project) for row in rows if row.need or row.project]
    owners = bodies.province_codes_of({project.owner for _, project in placed if project is not None})
    counts: Counter[str] = Counter()
    for need, project in placed:
        area = need.area if need is not None else project.area if project is not None else None
        code = _province_of(area) or (owners[project.owner.pk] if project is not None else "")
        counts[code] += 1
    total = counts.total()
    inside = counts.pop(province_code, 0) + counts.pop("", 0)
    if not counts:
        return None
    register = areas.gazetteer()
    where = ", ".join(f"{register.name_of(code)} {n:,}" for code, n in sorted(counts.items()))
    asked = register.name_of(province_code)
    return Finding(
        "",
        None,
        "",
        "outside_province",
        "info",
        f"ไฟล์ “{submission.name}”: {total - inside:,} จาก {total:,} รายการอยู่นอกจังหวัด{asked} ({where}) "
        "ขึ้นทะเบียนไว้ในจังหวัดของรายการนั้น ถ้าไม่ใช่โปรดตรวจชื่อสถานที่ในไฟล์",
        f"File “{submission.name}”: {total - inside:,} of {total:,} records lie outside {asked} ({where}). "
        "They are registered in the province they lie in; if that is wrong, check the names of places in the file.",
    )


def _province_of(area: Area | None) -> str:
    return area.code[:2] if area is not None and area.code[:2].isdigit() else ""


def _counted(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """With counts from the rows; chosen by id first, so that the joins of access do not multiply them."""
    known = Submission.objects.filter(pk__in=submissions.values("pk")).annotate(
        registered=Count("rows", filter=Q(rows__outcome=RowOutcome.REGISTERED)),
        merged=Count("rows", filter=Q(rows__outcome=RowOutcome.MERGED)),
        refused=Count("rows", filter=Q(rows__outcome=RowOutcome.REFUSED)),
        satang=Sum("rows__amount_satang"),
    )
    return (
        known.select_related("received_by", "replaces").prefetch_related("replaced_by").order_by("-received_at", "-pk")
    )


def _lines(submissions: list[Submission]) -> list[SubmissionLine]:
    found = SubmissionFinding.objects.filter(submission__in=submissions).order_by()
    said = {
        (pk, severity): n for pk, severity, n in found.values_list("submission", "severity").annotate(n=Count("pk"))
    }
    return [_line(submission, said) for submission in submissions]


def _line(submission: Submission, said: dict[tuple[int, str], int]) -> SubmissionLine:
    counted = vars(submission)
    return SubmissionLine(
        id=submission.pk,
        name=submission.name,
        form=submission.form,
        outcome=submission.outcome,
        received_at=submission.received_at,
        received_by=str(submission.received_by),
        registered=counted["registered"],
        merged=counted["merged"],
        refused=counted["refused"],
        errors=said.get((submission.pk, Severity.ERROR), 0),
        warnings=said.get((submission.pk, Severity.WARNING), 0),
        satang=counted["satang"] or 0,
        replaces=submission.replaces.name if submission.replaces else "",
        replaced_by=next((later.name for later in submission.replaced_by.all()), ""),
    )


def _sheet_totals(submission: Submission) -> list[SheetTotal]:
    totals = (
        submission.rows.order_by()
        .values("sheet", "form")
        .annotate(
            registered=Count("pk", filter=Q(outcome=RowOutcome.REGISTERED)),
            merged=Count("pk", filter=Q(outcome=RowOutcome.MERGED)),
            refused=Count("pk", filter=Q(outcome=RowOutcome.REFUSED)),
            satang=Sum("amount_satang"),
        )
    )
    return [
        SheetTotal(t["sheet"], t["form"], t["registered"], t["merged"], t["refused"], t["satang"] or 0)
        for t in totals.order_by("sheet")
    ]


def _row(row: SubmissionRow) -> RowLine:
    record = row.need or row.project
    owner = row.need.body if row.need else row.project.owner if row.project else None
    return RowLine(
        sheet=row.sheet,
        row=row.row,
        section=row.section,
        ordinal=row.ordinal,
        name=row.name,
        outcome=row.outcome,
        satang=row.amount_satang,
        kind="need" if row.need else "project" if row.project else "",
        code=record.code if record else "",
        owner=owner.name_th if owner else "",
        area=record.area.name_th if record and record.area else "",
        standing_code=record.canonical().code if record else "",
    )


def strategy_workbook(plan: StrategyPlan) -> bytes:
    """A strategy as the workbook that reads back without change."""
    rows = list(_strategy_rows(tree_of(plan)))
    head: dict[str, str | int] = {
        "title": plan.title_th,
        "vision": plan.vision,
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "reference": plan.reference,
    }
    return write_strategy(head, rows)


def empty_strategy_workbook(first_year: int, last_year: int) -> bytes:
    """An empty form of a strategy for these fiscal years."""
    return write_strategy({"first_year": first_year, "last_year": last_year}, [])


def _strategy_rows(tree: tuple[Written, ...]) -> Iterator[StrategyRow]:
    for node in tree:
        above = tuple(f"{one.plan.code}/{one.code}" for one in node.above)
        yield StrategyRow(node.kind, node.code, node.name, 0, above=above)
        for measure in node.measures:
            yield StrategyRow(
                "INDICATOR", "", measure.name, 0, measure.unit, measure.baseline, measure.baseline_year,
                dict(measure.targets),
            )  # fmt: skip
        yield from _strategy_rows(node.children)
