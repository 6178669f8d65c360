"""`prasan strategy`: an empty form, a strategy as a workbook, and a workbook read in as the draft of a body."""

import json
from pathlib import Path

import click
from django.utils import timezone

from prasan.accounts import services as accounts
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.exchange import queries as exchange
from prasan.exchange import services as acts
from prasan.strategy.models import StrategyPlan
from prasan.web.queries.cascade import level_of

_OUT = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ไฟล์ .xlsx")


@click.group(name="strategy", help="แผนยุทธศาสตร์เป็นไฟล์ Excel / strategies as workbooks")
def command() -> None:
    """Write the form, write a strategy out, read one in."""


@command.command("template", help="แบบฟอร์มเปล่า / an empty form")
@click.option("--first-year", type=click.IntRange(2500, 2650), required=True, help="ปีแรก พ.ศ.")
@click.option("--last-year", type=click.IntRange(2500, 2650), required=True, help="ปีสุดท้าย พ.ศ.")
@_OUT
def template(first_year: int, last_year: int, output: Path) -> None:
    """The form with a column for each year."""
    if last_year < first_year:
        raise click.UsageError("ปีสุดท้ายอยู่ก่อนปีแรก / the last year is before the first")
    _write(output, exchange.empty_strategy_workbook(first_year, last_year))


@command.command("export", help="เขียนแผนยุทธศาสตร์เป็นไฟล์ / write a strategy to a file")
@click.argument("code")
@_OUT
def export(code: str, output: Path) -> None:
    """The latest version under this code."""
    plan = StrategyPlan.objects.filter(code=code).order_by("-number").first()
    if plan is None:
        raise click.UsageError(f"ไม่มีแผนยุทธศาสตร์รหัส {code} / no strategy {code}")
    _write(output, exchange.strategy_workbook(plan))


@command.command("import", help="นำเข้าเป็นร่างของหน่วยงาน / read in as the draft of a body")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "body_code", required=True, help="รหัสหน่วยงาน เช่น PROVINCE-46")
@click.option("--dry-run", is_flag=True, help="ตรวจเท่านั้น / check only")
@click.option("--json", "as_json", is_flag=True, help="ผลลัพธ์สำหรับโปรแกรม / machine output")
def import_(file: Path, body_code: str, dry_run: bool, as_json: bool) -> None:
    """By the system's own hand; findings that forbid it make the exit code 1 and leave nothing."""
    body = Body.objects.filter(code=body_code).first()
    if body is None or not level_of(body):
        raise click.UsageError(f"ไม่มีหน่วยงานที่มีแผนยุทธศาสตร์รหัส {body_code} / no body with a strategy {body_code}")
    try:
        read = acts.import_strategy(
            data=file.read_bytes(), file=file.name, body=body, level=level_of(body), actor=accounts.system_actor(),
            at=timezone.now(), dry_run=dry_run,
        )  # fmt: skip
    except Refused as refusal:
        raise click.ClickException(f"{refusal.message_th} / {refusal.message_en}") from None
    _tell(read, as_json)
    if read.reading.refused:
        raise click.exceptions.Exit(1)


def _tell(read: acts.StrategyImport, as_json: bool) -> None:
    if as_json:
        told = {
            "file": read.reading.file,
            "outcome": "refuse" if read.reading.refused else "accept",
            "rows": len(read.reading.rows),
            "plan": read.plan.code if read.plan is not None else None,
            "changed": read.changed,
            "findings": [
                {"sheet": one.sheet, "row": one.row, "cell": one.cell, "kind": one.kind, "severity": one.severity,
                 "message_th": one.message_th, "message_en": one.message_en}
                for one in read.findings
            ],
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in read.findings:
        click.echo(f"{one.message_th}\n  {one.message_en}")
    what = "ไม่มีอะไรเปลี่ยน / nothing changed" if read.plan is not None and not read.changed else ""
    where = read.plan.code if read.plan is not None else "ยังไม่ได้นำเข้า / nothing imported"
    click.echo(f"{len(read.reading.rows)} แถว / rows · {where} {what}".rstrip())


def _write(output: Path, content: bytes) -> None:
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"ชื่อไฟล์ {output.name} ต้องลงท้ายด้วย .xlsx / {output.name} must end in .xlsx")
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise click.UsageError(f"เขียนไฟล์ {output} ไม่ได้ / cannot write {output}: {problem}") from None
    click.echo(f"เขียนแล้ว / written: {output}")
