"""Importing one file: read it, then register or refuse it in one transaction, so that nothing is ever half saved."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import IntegrityError, transaction

from prasan.accounts.models import User
from prasan.areas import queries as area_queries
from prasan.common.errors import Refused
from prasan.exchange import access, rules
from prasan.exchange.models import Outcome, RowOutcome, Submission, SubmissionFinding, SubmissionRow
from prasan.exchange.reading import FormChoice, read_file
from prasan.exchange.reading.records import Reading
from prasan.exchange.services import correcting, reconciling, registering
from prasan.exchange.services.drafting import Drafter
from prasan.exchange.services.keeping import kept_original
from prasan.exchange.services.naming import Names, province_named
from prasan.exchange.services.refusals import UnableToImport
from prasan.exchange.services.repeating import absorb_repeats
from prasan.exchange.services.rows import Import, rows_of
from prasan.integration import services as integration
from prasan.journal import services as journal

BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file: every row is in exactly one of the three counts."""

    submission: Submission
    reading: Reading
    registered: int
    merged: int
    refused: int
    revised: int = 0  # of the registered: rows of a corrected file that changed their record
    withdrawn: int = 0  # records whose row is gone from a corrected file
    known: bool = False  # the very same file had come before: nothing was changed


def import_file(
    *,
    path: Path,
    actor: User,
    at: dt.datetime,
    province_code: str | None = None,
    fiscal_year: int | None = None,
    form: FormChoice = "auto",
    name: str | None = None,
) -> ImportResult:
    """Register what a workbook or CSV says, or refuse it with findings; the original is kept either way.

    The same file again changes nothing. A corrected file revises, adds and withdraws only what differs. What
    another file has registered already becomes MERGED and is not counted twice. `province_code` is where the file
    comes from, `fiscal_year` the year meant where the file names none, `name` the file's name for people.
    Raises UnableToImport (`not_allowed`, `no_such_file`, `does_not_reconcile`, or a refusal of an inner act);
    nothing is kept then.
    """
    if not path.is_file():
        raise UnableToImport(
            "no_such_file", f"ไม่พบไฟล์ {path.name} โปรดตรวจชื่อและที่เก็บ", f"There is no file {path.name}. Check its name."
        )
    reading = read_file(path, gazetteer=area_queries.gazetteer(), form=form)
    if name:
        reading = replace(reading, file=name)
    known = _known(reading)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _import(path, Import(reading, actor, at), province_code or "", fiscal_year)
    except IntegrityError:
        # Another officer sent the same file at the same moment and was faster: the file is known now.
        known = _known(reading)
        if known is None:
            raise
        return known
    except UnableToImport:
        raise
    except Refused as refusal:
        raise UnableToImport(refusal.code, refusal.message_th, refusal.message_en) from refusal


def _known(reading: Reading) -> ImportResult | None:
    """The result of the same file before; a file refused then is tried again when it reads better now."""
    submission = Submission.objects.filter(sha256=reading.sha256).first()
    if submission is None or (submission.outcome == Outcome.REFUSE and reading.outcome != "refuse"):
        return None
    outcomes = list(submission.rows.values_list("outcome", flat=True))
    return ImportResult(
        submission=submission,
        reading=reading,
        registered=outcomes.count(RowOutcome.REGISTERED),
        merged=outcomes.count(RowOutcome.MERGED),
        refused=outcomes.count(RowOutcome.REFUSED),
        known=True,
    )


def _import(path: Path, job: Import, province_code: str, fiscal_year: int | None) -> ImportResult:
    """Everything inside the one transaction. The submission comes first: its hash is the lock."""
    submission = _claim(job, path)
    with kept_original(path, sha256=job.reading.sha256, macros=job.reading.has_macro) as original:
        job.rows = rows_of(job.reading.sheets)
        correction, withdrawn = None, 0
        if job.reading.outcome != "refuse":
            gazetteer = area_queries.gazetteer()
            province = province_code or province_named(gazetteer, job.reading.sheets)
            names = Names(gazetteer, province, job.actor, job.at)
            Drafter(job, names, fiscal_year=fiscal_year).draft_all()
            _check_rights(job)
            correction, withdrawn = _register(job, submission)
        for row in job.rows:
            row.outcome = row.outcome or RowOutcome.REFUSED
        submission.outcome = _outcome(job)
        submission.original = original
        submission.save()
        _save_rows(job, submission)
        reconciling.reconcile(job, submission)
        _journal(job, submission, correction, withdrawn)
    return ImportResult(
        submission=submission,
        reading=job.reading,
        registered=job.count(RowOutcome.REGISTERED),
        merged=job.count(RowOutcome.MERGED),
        refused=job.count(RowOutcome.REFUSED),
        revised=correction.revised if correction else 0,
        withdrawn=withdrawn,
    )


def _claim(job: Import, path: Path) -> Submission:
    """The file's row in the database. A second import of the same file waits here, and then finds it known."""
    reading = job.reading
    told = {
        "name": reading.file,
        "form": reading.form,
        "size": path.stat().st_size,
        "outcome": Outcome.REFUSE,
        "received_at": job.at,
        "received_by": job.actor,
    }
    same = Submission.objects.select_for_update(no_key=True).filter(sha256=reading.sha256)
    refused = same.filter(outcome=Outcome.REFUSE).first()
    if refused is None:
        return Submission.objects.create(sha256=reading.sha256, **told)
    refused.rows.all().delete()
    refused.findings.all().delete()
    for field, value in told.items():
        setattr(refused, field, value)
    return refused


def _check_rights(job: Import) -> None:
    """All or nothing: a file with one row of a body the person does not work for is not imported."""
    owners = {row.owner for row in job.rows if row.owner is not None}
    foreign = sorted(b.name_th for b in owners if not access.can_import_for(job.actor, body=b, on=job.at.date()))
    if foreign:
        names = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise UnableToImport(
            "not_allowed",
            f"นำเข้าไฟล์ {job.reading.file} ไม่ได้ เพราะมีรายการของ {names} ซึ่งท่านไม่มีหน้าที่บันทึก โปรดให้เจ้าหน้าที่ของหน่วยงานนั้นนำเข้า",
            f"{job.reading.file} was not imported: it has rows of {names}, for whom you may not write. "
            "Ask an officer of that body.",
        )


def _register(job: Import, submission: Submission) -> tuple[correcting.Correction | None, int]:
    """Correct what an earlier sending said, merge what others said, and register the rest."""
    reading = job.reading
    owners = [row.owner.code for row in job.rows if row.owner is not None]
    years = [row.draft.fiscal_year for row in job.rows if row.draft is not None]
    submission.subject_key = rules.subject_key(reading.form, owners, years, reading.sheets)
    before = correcting.predecessor(job, subject=submission.subject_key, name=submission.name, form=reading.form)
    correction = correcting.correct(job, before) if before else None
    submission.replaces = before
    taken = {(type(r).__name__, r.pk) for row in job.rows for r in (row.need, row.project) if r is not None}
    absorb_repeats(job, of_this_file=taken)
    registering.register_new(job)
    withdrawn = correcting.withdraw_gone(job, correction) if correction else 0
    if correction is not None:
        changed = {row.project.pk for row in job.rows if row.project is not None}
        changed |= {row.project_id for row in correction.gone if row.project_id is not None}
        integration.refresh_pairs(projects=changed, **job.who())
    return correction, withdrawn


def _outcome(job: Import) -> Outcome:
    """Refused if nothing of it could be used; with findings if any asks somebody to look."""
    if job.reading.outcome == "refuse" or (job.rows and not any(row.draft for row in job.rows)):
        return Outcome.REFUSE
    worth_a_look = any(f.severity != "info" for f in job.findings)
    if job.reading.outcome == "accept_with_findings" or worth_a_look:
        return Outcome.ACCEPT_WITH_FINDINGS
    return Outcome.ACCEPT


def _save_rows(job: Import, submission: Submission) -> None:
    SubmissionRow.objects.bulk_create(
        [
            SubmissionRow(
                submission=submission,
                sheet=row.sheet.name,
                row=row.record.row,
                part=row.part,
                form=row.record.form,
                outcome=row.outcome or RowOutcome.REFUSED,
                need=row.need,
                project=row.project,
                amount_satang=row.record.main_satang(),
                section=row.record.section[:300],
                ordinal=row.record.ordinal,
                name=row.record.name,
            )
            for row in job.rows
        ],
        batch_size=BATCH,
    )
    SubmissionFinding.objects.bulk_create(
        [
            SubmissionFinding(
                submission=submission,
                sheet=f.sheet[:120],
                row=f.row,
                cell=f.cell[:60],
                kind=f.kind,
                severity=f.severity,
                message_th=f.message_th,
                message_en=f.message_en,
            )
            for f in (*job.reading.findings, *job.findings)
        ],
        batch_size=BATCH,
    )


def _journal(job: Import, submission: Submission, correction: correcting.Correction | None, withdrawn: int) -> None:
    journal.record(
        at=job.at,
        actor=job.actor,
        act="exchange.import_file",
        subject=submission,
        subject_code=submission.sha256[:12],
        data={
            "file": submission.name,
            "form": submission.form,
            "outcome": str(submission.outcome),
            "registered": job.count(RowOutcome.REGISTERED),
            "merged": job.count(RowOutcome.MERGED),
            "refused": job.count(RowOutcome.REFUSED),
            "revised": correction.revised if correction else 0,
            "withdrawn": withdrawn,
            "replaces": correction.replaces.name if correction else "",
        },
    )
