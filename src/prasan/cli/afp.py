"""`prasan afp`: the rounds of AFP and their papers, the workbook and the Word document of the nine steps."""

import json
from pathlib import Path

import click
from django.utils import timezone

from prasan.afp.models import AfpRound
from prasan.publishing.queries import afp as papers

WRITERS = {".xlsx": papers.workbook_of, ".docx": papers.document_of}


@click.group(name="afp", help="บูรณาการเก้าขั้น: รายการและเอกสาร / the nine steps of AFP: rounds and papers")
def command() -> None:
    """List the rounds, write the papers of one."""


@command.command("list", help="รอบบูรณาการทั้งหมด / all rounds")
@click.option("--json", "as_json", is_flag=True, help="ผลลัพธ์สำหรับโปรแกรม / machine output")
def rounds(as_json: bool) -> None:
    """Every round with its body, year and state, the latest first."""
    found = [
        {
            "number": one.pk,
            "body": one.body.code,
            "name": one.body.name_th,
            "fiscal_year": one.fiscal_year,
            "state": one.state,
        }
        for one in AfpRound.objects.select_related("body").order_by("-fiscal_year", "-pk")
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['number']:>4}  {one['fiscal_year']}  {one['state']:<9} {one['name']}")


@command.command("export", help="เขียนเอกสารของรอบ / write the papers of a round")
@click.argument("number", type=int)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ไฟล์ .xlsx หรือ .docx"
)
def export(number: int, output: Path) -> None:
    """The matrix, problems, groups, duplicates, gaps, leads and results of one round."""
    found = AfpRound.objects.filter(pk=number).first()
    if found is None:
        raise click.UsageError(f"ไม่มีรอบบูรณาการที่ {number} / there is no AFP round {number}")
    writer = WRITERS.get(output.suffix.lower())
    if writer is None:
        raise click.UsageError(f"{output.name} ต้องลงท้ายด้วย .xlsx หรือ .docx / must end in .xlsx or .docx")
    try:
        output.write_bytes(writer(found, on=timezone.localdate()))
    except OSError as problem:
        raise click.UsageError(f"เขียนไฟล์ {output} ไม่ได้ / cannot write {output}: {problem}") from None
    click.echo(f"เขียนแล้ว / written: {output}")
