"""`prasan import`: workbooks and CSV files into the database, or only read (`--dry-run`), with findings per cell."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from rich.console import Console

from prasan.accounts import services as accounts
from prasan.areas import queries as areas
from prasan.areas.models import AreaLevel
from prasan.cli import import_table
from prasan.cli.progress import stage
from prasan.cli.submissions import files_of
from prasan.exchange import queries
from prasan.exchange import services as exchange
from prasan.exchange.reading import Finding, FormChoice, Reading, read_file, summary
from prasan.exchange.repair import write_repair_report
from prasan.exchange.templates import FORMS
from prasan.integration.services import LINES_AT_ONCE

CHOICES: tuple[FormChoice, ...] = ("auto", *FORMS, "project_matrix")


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", type=click.Choice(CHOICES), default="auto", show_default=True, help="แบบของไฟล์ / form")
@click.option("--dry-run", is_flag=True, help="อ่านและตรวจเท่านั้น ไม่บันทึก / read and check only")
@click.option("--json", "as_json", is_flag=True, help="ผลลัพธ์สำหรับโปรแกรม / machine output")
@click.option("--province", help="รหัสจังหวัดสองหลัก เช่น 46 / province the files come from")
@click.option("--fiscal-year", type=click.IntRange(2500, 2650), help="ปีงบประมาณ พ.ศ. เมื่อไฟล์ไม่ได้ระบุ")
@click.option(
    "--compare/--no-compare",
    default=None,
    help="เทียบกับโครงการที่มีอยู่ ปกติเทียบเมื่อบันทึก / find likely duplicates; by default when something is saved",
)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="สำเนาที่ระบายสีจุดที่ต้องแก้ (.xlsx)")
def command(
    paths: tuple[Path, ...],
    form: FormChoice,
    dry_run: bool,
    as_json: bool,
    province: str | None,
    fiscal_year: int | None,
    compare: bool | None,
    report: Path | None,
) -> None:
    """นำเข้าแผนและบัญชีโครงการจากไฟล์ Excel หรือ CSV

    Import workbooks; exit code 0, 1 when a file is refused, 2 on wrong use.
    """
    files = files_of(paths)
    area = areas.area_by_code(province) if province is not None else None
    if province is not None and (area is None or area.level != AreaLevel.PROVINCE):
        raise click.UsageError(f"ไม่พบจังหวัดรหัส {province} / there is no province {province}")
    lines = []
    with import_table.progress(len(files), shown=not as_json and sys.stderr.isatty()) as step:
        for file in files:
            step(file.name)
            lines.append(_one(file, form=form, dry_run=dry_run, province=province, fiscal_year=fiscal_year))
            if dry_run and compare:
                _foresee(file, lines[-1], form=form, province=province, fiscal_year=fiscal_year)
            if report is not None:
                _report(report, file, lines[-1], several=len(files) > 1)
    if not dry_run and compare is not False:
        _compare(lines)
    if as_json:
        click.echo(json.dumps({"files": [line.told for line in lines]}, ensure_ascii=False, indent=2))
    else:
        import_table.show(Console(), lines, dry_run=dry_run)
    raise SystemExit(1 if any(line.told["outcome"] == "refuse" for line in lines) else 0)


def _one(
    file: Path, *, form: FormChoice, dry_run: bool, province: str | None, fiscal_year: int | None
) -> import_table.Line:
    if dry_run:
        reading = _read(file, form)
        return import_table.Line(reading, _told(reading), list(reading.findings))
    try:
        result = exchange.import_file(
            path=file,
            actor=accounts.system_actor(),
            at=timezone.now(),
            province_code=province,
            fiscal_year=fiscal_year,
            form=form,
        )
    except exchange.UnableToImport as refusal:
        return _refused(_read(file, form), refusal)
    except OSError as problem:
        raise click.UsageError(f"อ่าน {file} ไม่ได้ / cannot read {file}: {problem.strerror}") from None
    findings = queries.findings_of(result.submission)
    outside = queries.outside_province(result.submission, province) if province else None
    findings += [outside] if outside else []
    told = _told(result.reading) | {
        "outcome": result.submission.outcome,
        "registered": result.registered,
        "merged": result.merged,
        "refused": result.refused,
        "revised": result.revised,
        "withdrawn": result.withdrawn,
        "known": result.known,
        "findings": [import_table.finding(f) for f in findings],
    }
    return import_table.Line(result.reading, told, findings, result.submission)


def _compare(lines: list[import_table.Line]) -> None:
    """Queue what the files' projects may repeat, and say it with each file."""
    came = [(line, line.submission) for line in lines if line.submission is not None]
    pieces = sum(-(-queries.projects_of(submission).count() // LINES_AT_ONCE) for _, submission in came)
    with stage("เทียบรายการที่อาจซ้ำ / likely duplicates", total=pieces) as forward:
        for line, submission in came:
            step = exchange.Compared(0, queries.projects_of(submission).count(), 0)
            while step.done < step.whole:
                step = exchange.compare_submission(
                    submission=submission, actor=accounts.system_actor(), at=timezone.now(), after=step.last
                )
                forward()
            pairs = list(queries.pairs_of(submission).select_related("first", "second"))
            rows = queries.rows_by_project(submission)
            line.told["likely_duplicates"] = [import_table.likely(pair, rows) for pair in pairs]


def _foresee(
    file: Path, line: import_table.Line, *, form: FormChoice, province: str | None, fiscal_year: int | None
) -> None:
    """Say what the rows may repeat, which are not registered."""
    try:
        found = exchange.foresee_repeats(
            path=file,
            actor=accounts.system_actor(),
            at=timezone.now(),
            province_code=province or "",
            fiscal_year=fiscal_year,
            form=form,
        )
    except exchange.UnableToImport:
        return  # the findings say why it would be refused
    line.told["likely_repeats"] = import_table.foreseen(found)


def _refused(reading: Reading, refusal: exchange.UnableToImport) -> import_table.Line:
    """A file of which nothing was kept: the refusal stands with the findings, and the other files go on."""
    said = Finding("", None, "", refusal.code, "error", refusal.message_th, refusal.message_en)
    findings = [*reading.findings, said]
    told = _told(reading) | {"outcome": "refuse", "registered": 0, "merged": 0, "refused": len(reading.records())}
    told["findings"] = [import_table.finding(f) for f in findings]
    return import_table.Line(reading, told, findings)


def _read(file: Path, form: FormChoice) -> Reading:
    try:
        return read_file(file, gazetteer=areas.gazetteer(), form=form)
    except OSError as problem:
        raise click.UsageError(f"อ่าน {file} ไม่ได้ / cannot read {file}: {problem.strerror}") from None


def _told(reading: Reading) -> dict[str, Any]:
    told: dict[str, Any] = summary([reading])["files"][0]
    return told


def _report(report: Path, file: Path, line: import_table.Line, *, several: bool) -> None:
    """One report for one file; with several files each gets its own, named after it."""
    target = report.with_name(f"{report.stem} {file.stem}.xlsx") if several else report
    try:
        write_repair_report(file, line.reading, target, findings=line.findings)
    except OSError as problem:
        raise click.UsageError(f"เขียน {target} ไม่ได้ / cannot write {target}: {problem.strerror}") from None
