"""`prasan template`: an empty or example workbook of an official form, which imports back without change."""

import datetime as dt
import json
from pathlib import Path

import click

from prasan.common.dates import fiscal_year_of
from prasan.exchange.templates import FORMS, write_workbook
from prasan.exchange.templates.examples import empty_sheet, example_sheet


@click.command(name="template", help="แบบฟอร์มทางการเปล่าหรือพร้อมตัวอย่าง / an official form, empty or with an example")
@click.argument("form", type=click.Choice(FORMS))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ไฟล์ .xlsx")
@click.option("--fiscal-year", type=click.IntRange(2500, 2650), help="ปีงบประมาณ พ.ศ.")
@click.option("--json", "as_json", is_flag=True, help="ผลลัพธ์สำหรับโปรแกรม / machine output")
@click.option("--example", is_flag=True, help="ใส่แถวตัวอย่าง")
def command(form: str, output: Path, fiscal_year: int | None, example: bool, as_json: bool) -> None:
    """Write the form; without --fiscal-year the one that follows the current fiscal year is meant."""
    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"ชื่อไฟล์ {output.name} ต้องลงท้ายด้วย .xlsx / {output.name} must end in .xlsx")
    year = fiscal_year or fiscal_year_of(dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()) + 1
    known = next(key for key in FORMS if key == form)
    sheet = (example_sheet if example else empty_sheet)(known, fiscal_year=year)
    try:
        write_workbook(output, [sheet], guide=True, title=sheet.name)
    except OSError as problem:
        raise click.UsageError(f"เขียนไฟล์ {output} ไม่ได้ / cannot write {output}: {problem}") from None
    if as_json:
        click.echo(json.dumps({"file": str(output), "form": form, "fiscal_year": year}, ensure_ascii=False))
        return
    click.echo(f"เขียนแบบฟอร์มแล้ว / written: {output}")
