"""The lists of files brought in and of what was found in one of them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.exchange.models import Outcome, Severity, Submission, SubmissionFinding, SubmissionRow
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.wording import finding_text, language, state_of


@dataclass(frozen=True, slots=True)
class SubmissionRowOfList:
    """One file in the list."""

    pk: int
    name: str
    outcome: str
    rows: int
    findings: int
    received_at: dt.datetime
    replaced: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the list."""

    sheet: str
    row: int | None
    cell: str
    severity: str
    kind: str
    message: str


def _count(model: type[SubmissionRow] | type[SubmissionFinding]) -> Coalesce:
    counted = model.objects.filter(submission=OuterRef("pk")).order_by().values("submission")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), Value(0), output_field=IntegerField())


def submission_rows() -> QuerySet[Submission]:
    """Files with how many rows they had and how much was found in them."""
    return Submission.objects.annotate(
        row_count=_count(SubmissionRow),
        finding_count=_count(SubmissionFinding),
        newer=Subquery(Submission.objects.filter(replaces=OuterRef("pk")).values("pk")[:1]),
    )


def make_submission(submission: Submission) -> SubmissionRowOfList:
    """The row of one file."""
    return SubmissionRowOfList(
        submission.pk,
        submission.name,
        submission.outcome,
        submission.row_count,  # type: ignore[attr-defined]
        submission.finding_count,  # type: ignore[attr-defined]
        submission.received_at,
        submission.newer is not None,  # type: ignore[attr-defined]
    )


def _called(rows: QuerySet[Submission], value: str) -> QuerySet[Submission]:
    return rows.filter(name__icontains=value)


def submissions_spec() -> ListSpec[Submission, SubmissionRowOfList]:
    """The list of files, the newest first."""
    return ListSpec(
        name="submissions",
        columns=(
            Column("name", _("ไฟล์"), lambda r: r.name, order=by("name"), css="name"),
            Column("received", _("รับเมื่อ"), lambda r: r.received_at, "date", by("received_at")),
            Column("rows", _("แถว"), lambda r: r.rows, "number", by("row_count"), "row_count"),
            Column("findings", _("ข้อสังเกต"), lambda r: r.findings, "number", by("finding_count"), "finding_count"),
            Column("outcome", _("ผลตรวจ"), lambda r: state_of("outcome", r.outcome).word, order=by("outcome")),
        ),
        make=make_submission,
        default_order="-received",
        filters=(
            Filter("q", _("ชื่อไฟล์"), _called),
            Filter("outcome", _("ผลตรวจ"), exact_filter("outcome"), tuple(Outcome.choices)),
        ),
    )


WEIGHT = Case(
    When(severity=Severity.ERROR, then=Value(0)),
    When(severity=Severity.WARNING, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
PLACE = Coalesce(F("row"), Value(0), output_field=IntegerField())


def make_finding(finding: SubmissionFinding) -> FindingRow:
    """The row of one finding."""
    return FindingRow(
        finding.sheet,
        finding.row,
        finding.cell,
        finding.severity,
        finding.kind,
        finding_text(finding.message_th, finding.message_en),
    )


def _saying(rows: QuerySet[SubmissionFinding], value: str) -> QuerySet[SubmissionFinding]:
    return rows.filter(**{f"message_{language()}__icontains": value})


def findings_spec(submission: Submission) -> ListSpec[SubmissionFinding, FindingRow]:
    """What was found in one file, what must be mended first."""
    sheets = submission.findings.order_by("sheet").values_list("sheet", flat=True).distinct()
    return ListSpec(
        name=f"findings-{submission.pk}",
        columns=(
            Column("severity", _("ระดับ"), lambda r: state_of("severity", r.severity).word, order=WEIGHT),
            Column("sheet", _("แผ่นงาน"), lambda r: r.sheet, order=by("sheet")),
            Column("row", _("แถว"), lambda r: r.row, "number", PLACE),
            Column("cell", _("ช่อง"), lambda r: r.cell, order=Coalesce(F("cell"), Value(""), output_field=CharField())),
            Column("message", _("ข้อสังเกตและสิ่งที่ควรทำ"), lambda r: r.message, css="wide"),
        ),
        make=make_finding,
        default_order="severity",
        filters=(
            Filter("q", _("คำในข้อสังเกต"), _saying),
            Filter("severity", _("ระดับ"), exact_filter("severity"), tuple(Severity.choices)),
            Filter("sheet", _("แผ่นงาน"), exact_filter("sheet"), tuple((s, s) for s in sheets if s)),
        ),
    )
