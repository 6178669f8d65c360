"""`prasan load areas|bodies FILE…`: registers from CSV, CSV.GZ, XLSX and GeoJSON; `load strategies`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from prasan.accounts import services as accounts
from prasan.agencies import services as agencies
from prasan.areas import services as areas
from prasan.cli.progress import console, each
from prasan.common.chunks import chunks
from prasan.integration import services as integration
from prasan.projects import services as projects
from prasan.projects.queries import nearby
from prasan.strategy import services as strategy

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILES = click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=_FILE)
_JSON = click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")
_MOST_FINDINGS = 20  # on a screen; --json prints them all
_KINDS = {
    "areas": "เขตการปกครอง / areas",
    "villages": "หมู่บ้าน / villages",
    "clusters": "กลุ่มจังหวัด / clusters",
    "territories": "เขต อปท. / LAO territories",
    "coverage": "ตำบลในเขต อปท. / LAO coverage",
    "boundaries": "แนวเขต / boundaries",
    "laos": "อปท. / local governments",
    "agencies": "หน่วยรับงบประมาณ / budgetary units",
    "bodies": "หน่วยงาน / bodies",
}


@click.group(name="load", help="โหลดทะเบียนพื้นที่และหน่วยงาน / load registers of places and bodies")
def command() -> None:
    """Both know each file by its header; a row that does not fit is told and makes the exit code 1."""


@command.command("areas", help="จังหวัด อำเภอ ตำบล หมู่บ้าน กลุ่มจังหวัด เขต อปท. แนวเขต (CSV CSV.GZ XLSX GeoJSON)")
@_FILES
@_JSON
def load_areas(paths: tuple[Path, ...], as_json: bool) -> None:
    """Load places; several files are taken in the order they build on each other."""
    actor, at = accounts.system_actor(), timezone.now()
    with Bars() as bar:
        areas.load_builtin_register(actor=actor, at=at)
        loaded = areas.load_areas(paths=list(paths), actor=actor, at=at, progress=bar)
    _let_projects_follow()
    _tell(loaded, as_json)


@command.command("bodies", help="อปท. และตำบลในเขต กระทรวงและหน่วยรับงบประมาณ หน่วยงานอื่น (CSV CSV.GZ XLSX)")
@_FILES
@_JSON
def load_bodies(paths: tuple[Path, ...], as_json: bool) -> None:
    """Load bodies; local governments bring their territories along."""
    actor, at = accounts.system_actor(), timezone.now()
    with Bars() as bar:
        areas.load_builtin_register(actor=actor, at=at)
        loaded = agencies.load_bodies(paths=list(paths), actor=actor, at=at, progress=bar)
    _let_projects_follow()
    _tell(loaded, as_json)


@command.command("strategies", help="กรอบระดับชาติที่ทุกแผนเชื่อมขึ้นไป / the national frames every plan links up to")
@_JSON
def load_strategies(as_json: bool) -> None:
    """Keep the national frames of the rulebook that are not kept yet."""
    made = strategy.load_references(actor=accounts.system_actor(), at=timezone.now())
    if as_json:
        loaded = [{"code": one.code, "title_th": one.title_th, "title_en": one.title_en} for one in made]
        click.echo(json.dumps({"loaded": loaded}, ensure_ascii=False))
        return
    for one in made:
        click.echo(f"  {one.title_th}")
    click.echo(f"โหลดกรอบระดับชาติ {len(made)} ฉบับ / {len(made)} national frames loaded")


def _let_projects_follow() -> None:
    """Projects and pairs are found by their places; what an interrupted load leaves behind the next makes good."""
    actor = accounts.system_actor()
    with console.status("ตรวจพื้นที่ของโครงการ / looking at the places of projects"):
        moved = list(chunks(nearby.misplaced()))
    for ids in each(moved, "ปรับดัชนีรายการคล้าย / indexing projects"):
        with transaction.atomic():
            projects.refresh_sketches(projects=ids, actor=actor, at=timezone.now())
            integration.refresh_pairs(projects=ids, actor=actor, at=timezone.now())


class Bars:
    """One bar a file on standard error while somebody watches."""

    def __enter__(self) -> Callable[[Path], Callable[[int, int], None]]:
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._progress.start()
        return self._bar

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def _bar(self, path: Path) -> Callable[[int, int], None]:
        task = self._progress.add_task(path.name, total=None)
        return lambda done, total: self._progress.update(task, completed=done, total=total)


def _tell(loaded: list[areas.LoadedFile], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"files": [file.as_record() for file in loaded]}, ensure_ascii=False))
    else:
        for file in loaded:
            _tell_file(file)
    sys.exit(1 if any(file.refused for file in loaded) else 0)


def _tell_file(file: areas.LoadedFile) -> None:
    click.echo(f"{file.file} · {_KINDS.get(file.kind, 'ไม่รู้จัก / unknown')} · {file.rows:,} แถว / rows")
    click.echo(
        f"  เพิ่ม / added {file.created:,} · แก้ / changed {file.updated:,} · เท่าเดิม / as before {file.unchanged:,}"
        f" · ไม่รับ / refused {file.refused:,}"
    )
    for finding in file.findings[:_MOST_FINDINGS]:
        where = f"แถว / row {finding.row} · {finding.column}" if finding.row else "ไฟล์ / file"
        mark = "✗" if finding.refused else "!"
        click.echo(f"  {mark} {where}: {finding.message_th} / {finding.message_en}")
    if len(file.findings) > _MOST_FINDINGS:
        more = len(file.findings) - _MOST_FINDINGS
        click.echo(f"  … อีก {more:,} รายการ ดูทั้งหมดด้วย --json / {more:,} more with --json")
