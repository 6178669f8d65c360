"""Money that came in by a file is in the database to the satang, or nothing of the file is."""

from django.db.models import Count, Sum

from prasan.common.chunks import chunks
from prasan.exchange.models import RowOutcome, Submission
from prasan.exchange.services.refusals import UnableToImport
from prasan.exchange.services.rows import Import
from prasan.needs.models import Need
from prasan.projects.models import AmountKind, ProjectYear, Span


def reconcile(job: Import, submission: Submission) -> None:
    """Check rows by outcome against the file, and registered rows against the records they became.

    Raises UnableToImport (`does_not_reconcile`), which rolls the whole import back.
    """
    told = {"n": len(job.rows), "satang": sum(row.record.main_satang() or 0 for row in job.rows)}
    kept = submission.rows.aggregate(n=Count("pk"), satang=Sum("amount_satang"))
    if (kept["n"], kept["satang"] or 0) != (told["n"], told["satang"]):
        raise _refusal(submission, told["satang"], kept["satang"] or 0)
    held_back = {f.row for f in job.findings if f.kind == "not_revised"}
    rows = [r for r in job.rows if r.outcome == RowOutcome.REGISTERED and r.record.row not in held_back]
    asked = sum(row.record.main_satang() or 0 for row in rows)
    if asked != (stored := _stored(job, held_back)):
        raise _refusal(submission, asked, stored)


def _stored(job: Import, held_back: set[int | None]) -> int:
    """What the registered records hold, read from the database, in the kind of money each row names."""
    rows = [r for r in job.rows if r.outcome == RowOutcome.REGISTERED and r.record.row not in held_back]
    needs = [row.need.pk for row in rows if row.need is not None]
    total = 0
    for chunk in chunks(needs):
        total += Need.objects.filter(pk__in=chunk).aggregate(s=Sum("amount_satang"))["s"] or 0
    for kind, fallback in ((AmountKind.PLANNED, False), (AmountKind.BUDGETED, True)):
        projects = [
            row.project.pk
            for row in rows
            if row.project is not None
            and fallback != any(a.kind == "PLANNED" and a.span == "IN" for a in row.record.amounts)
        ]
        for chunk in chunks(projects):
            years = ProjectYear.objects.filter(project__in=chunk, kind=kind, span=Span.IN)
            total += years.aggregate(s=Sum("amount_satang"))["s"] or 0
    return total


def _refusal(submission: Submission, told: int, stored: int) -> UnableToImport:
    return UnableToImport(
        "does_not_reconcile",
        f"ยอดเงินของ {submission.name} ไม่ตรง: ไฟล์มี {told} สตางค์ แต่บันทึกได้ {stored} สตางค์ จึงไม่นำเข้า โปรดแจ้งผู้ดูแลระบบ",
        f"{submission.name} does not reconcile: the file says {told} satang, {stored} were stored. Nothing was "
        "imported. Tell the operator.",
    )
