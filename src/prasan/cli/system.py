"""`prasan system`: write a planning system to a file, check a file, read one in as a province's draft."""

from pathlib import Path

import click

from prasan import rulebook
from prasan.common.errors import Refused


@click.group(name="system", help="ระบบแผนเป็นไฟล์ YAML / planning systems as YAML files")
def command() -> None:
    """Export, check and import planning systems."""


@command.command(help="เขียนระบบแผนเป็นไฟล์ / write a system to a file")
@click.argument("key")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(key: str, output: Path) -> None:
    """The shipped system under this key."""
    try:
        output.write_text(rulebook.to_yaml(rulebook.planning_system(key)), encoding="utf-8")
    except Refused as refusal:
        raise _said(refusal) from None
    click.echo(f"เขียนระบบแผนแล้ว / written: {output}")


@command.command(help="ตรวจไฟล์ / check a file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Whether the file can be read, and the conflicts of its windows."""
    try:
        system = _read(file)
    except Refused as refusal:
        raise _said(refusal) from None
    for one in rulebook.conflicts(rulebook.instantiate(system, system.example_fiscal_year)):
        click.echo(f"{one.rule}: {one.message.th} / {one.message.en}")
    click.echo(f"{system.key}: {len(system.steps)} ขั้นตอน / steps")


@command.command(name="import", help="นำเข้าเป็นร่างของจังหวัด / read in as a province's draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--province", required=True, help="รหัสจังหวัด เช่น 46")
@click.option("--reason", required=True)
def import_(file: Path, province: str, reason: str) -> None:
    """One act by the system's own hand; an unfit file leaves nothing."""
    from django.utils import timezone

    from prasan.accounts.services import system_actor
    from prasan.areas.models import Area
    from prasan.cli import database
    from prasan.cycles import services as acts

    database.prepare()
    area = Area.objects.filter(code=province).first()
    if area is None:
        raise click.UsageError(f"ไม่มีจังหวัดรหัส {province} / no province {province}")
    try:
        with database.in_turn():
            made = acts.import_system(
                text=file.read_text(encoding="utf-8"), file=file.name, area=area, reason=reason,
                actor=system_actor(), at=timezone.now(),
            )  # fmt: skip
    except Refused as refusal:
        raise _said(refusal) from None
    click.echo(f"สร้างร่างแล้ว / draft: {made}")


def _read(file: Path) -> rulebook.PlanningSystem:
    from prasan.cycles.services import read_text

    return read_text(file.read_text(encoding="utf-8"), file.name)


def _said(refusal: Refused) -> click.UsageError:
    return click.UsageError(f"{refusal.message_th} / {refusal.message_en}")
