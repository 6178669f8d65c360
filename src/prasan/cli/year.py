"""`prasan year`: open a fiscal year of a planning system in a province, see how it stands, and who is missing."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from prasan import rulebook
from prasan.accounts.services import system_actor
from prasan.agencies.queries import district_code_of
from prasan.areas.models import Area, AreaLevel
from prasan.cli import database, progress
from prasan.common.dates import format_date, parse_date, parse_fiscal_year
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles
from prasan.cycles import services as acts
from prasan.cycles.models import Cycle, CycleStep, SystemVersion, Task

Read = TypeVar("Read")
STATES = {
    cycles.WAITING: "ยังไม่ถึง / not yet",
    cycles.OPEN: "อยู่ในช่วง / open",
    cycles.SUBMITTED: "ส่งแล้ว / submitted",
    cycles.RETURNED: "ส่งคืน / returned",
    cycles.DONE: "เสร็จ / done",
    cycles.LATE: "เกินกำหนด / late",
    cycles.EXCUSED: "ได้รับข้อยกเว้น / excused",
}
WRONG_USE = ("unknown_system", "implausible_year")
"""Refusals of opening that are wrong words; every other one is an act the rules forbid, which exits 1."""

province_option = click.option("--province", help="รหัสจังหวัด เช่น 46 / code of the province")
year_option = click.option("--fiscal-year", help="ปีงบประมาณ พ.ศ. เช่น 2570 / fiscal year, Buddhist Era")
system_option = click.option("--system", help="คีย์ของระบบแผน เช่น moi_2559 / key of the planning system")
on_option = click.option("--on", "day", help="วันที่ถือเป็นวันนี้ / the day taken as today")
json_option = click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")


@click.group(name="year", help="เปิดและติดตามปีงบประมาณ / open a fiscal year and follow it")
def command() -> None:
    """Open, status, missing."""


@command.command(name="open", help="เปิดปี: ทุกขั้นมีวัน ทุกหน่วยงานมีงาน / date every step, give every body its tasks")
@click.option("--province", required=True, help="รหัสจังหวัด เช่น 46 / code of the province")
@click.option("--system", required=True, help="คีย์ของระบบแผน เช่น moi_2559 / key of the planning system")
@click.option("--fiscal-year", required=True, help="ปีงบประมาณ พ.ศ. เช่น 2570 / fiscal year, Buddhist Era")
@click.option("--dry-run", is_flag=True, help="บอกสิ่งที่จะเกิด ไม่บันทึก / say what it would make, keep nothing")
@json_option
def open_(province: str, system: str, fiscal_year: str, dry_run: bool, as_json: bool) -> None:
    """Open the year; a dry run does the same and takes it all back, so what it says is what would be."""
    area, year = _province(province), _said(lambda: parse_fiscal_year(fiscal_year))
    progress.say("กำลังเปิดปี / opening …")
    with database.in_turn(), transaction.atomic():
        told = _open(area, system, year)
        if dry_run:
            transaction.set_rollback(True)
    told = {**told, "dry_run": dry_run}
    click.echo(_json(told) if as_json else "\n".join(_opening_lines(told)))


@command.command(help="ปีที่เปิดไว้เป็นอย่างไร / how the open years stand")
@province_option
@system_option
@year_option
@on_option
@json_option
def status(province: str | None, system: str | None, fiscal_year: str | None, day: str | None, as_json: bool) -> None:
    """Every open year that fits what was asked, each step with its tasks counted by state."""
    on, found = _day(day), _years(province, system, fiscal_year)
    years = [{**_about(one), "steps": [_standing(s) for s in cycles.overview(one, on=on)]} for one in found]
    click.echo(_json({"on": on.isoformat(), "years": years}) if as_json else "\n".join(_status_lines(years, on)))


@command.command(help="ใครยังไม่ส่ง / who is not in yet")
@click.option("--province", required=True, help="รหัสจังหวัด เช่น 46 / code of the province")
@system_option
@year_option
@click.option("--district", help="รหัสอำเภอ เช่น 4601 / code of a district")
@click.option("--step", "number", help="เลขขั้น เช่น 2b / number of a step")
@click.option("--all", "to_come", is_flag=True, help="รวมงานที่ยังไม่ถึงเวลา / also what is still to come")
@on_option
@json_option
def missing(
    province: str,
    system: str | None,
    fiscal_year: str | None,
    district: str | None,
    number: str | None,
    to_come: bool,
    day: str | None,
    as_json: bool,
) -> None:
    """The tasks not submitted, done or excused away, the earliest due first; those not begun only with --all."""
    on, found = _day(day), _years(province, system, fiscal_year)
    if district is not None:
        _district(province, district)
    if number is not None and not CycleStep.objects.filter(cycle__in=found, number=number).exists():
        raise click.UsageError(f"ไม่มีขั้น “{number}” ในปีที่ถาม / the years asked for have no step “{number}”")
    tasks = [
        told
        for one in found
        for told in _missing(one, on=on, number=number)
        if (to_come or told["state"] != cycles.WAITING) and district in (None, told["district"])
    ]
    told = {"on": on.isoformat(), "province": province, "district": district, "total": len(tasks), "missing": tasks}
    click.echo(_json(told) if as_json else "\n".join(_missing_lines(tasks, on)))


def _open(area: Area, system: str, year: int) -> dict[str, Any]:
    own = SystemVersion.objects.filter(area=area, key=system, published_at__isnull=False).order_by("-number").first()
    key = system if own is not None else _said(lambda: rulebook.planning_system(system)).key
    stood = Cycle.objects.filter(area=area, system=key, fiscal_year=year).first()
    before = Task.objects.filter(cycle=stood).count() if stood is not None else 0
    try:
        cycle = acts.open_cycle(
            system=key, fiscal_year=year, area=area, definition=own, actor=system_actor(), at=timezone.now()
        )
    except Refused as refusal:
        raise _refusal(refusal) from None
    tasks = Task.objects.filter(cycle=cycle)
    nobody = tasks.filter(body=None).order_by("actor").values_list("actor", flat=True).distinct()
    return {
        **_about(cycle),
        "opened": stood is None,
        "tasks": tasks.count(),
        "tasks_added": tasks.count() - before,
        "unregistered": list(nobody),
        "steps": [_step(step) | {"tasks": step.total} for step in cycles.overview(cycle, on=timezone.localdate())],
        "conflicts": [
            {"rule": one.rule, "message_th": one.message.th, "message_en": one.message.en}
            for one in cycles.calendar_of(cycle).conflicts
        ],
    }


def _about(cycle: Cycle) -> dict[str, Any]:
    title = cycles.system_running(cycle).title
    return {
        "system": cycle.system,
        "version": cycle.definition.number if cycle.definition is not None else None,
        "title_th": title.th,
        "title_en": title.en,
        "fiscal_year": cycle.fiscal_year,
        "province": cycle.area.code if cycle.area is not None else None,
    }


def _step(step: cycles.StepStanding) -> dict[str, Any]:
    return {
        "number": step.number,
        "level": step.level,
        "name_th": step.name_th,
        "name_en": step.name_en,
        "starts_on": step.starts_on.isoformat() if step.starts_on else None,
        "ends_before": step.ends_before.isoformat() if step.ends_before else None,
        "certainty": step.certainty,
    }


def _standing(step: cycles.StepStanding) -> dict[str, Any]:
    return _step(step) | {"tasks": step.total, "states": {s: step.counts.get(s, 0) for s in cycles.TASK_STATES}}


def _missing(cycle: Cycle, *, on: dt.date, number: str | None) -> list[dict[str, Any]]:
    out = cycles.missing_tasks(cycle, on=on).select_related("step", "body__area")
    chosen = out.filter(step__number=number) if number is not None else out
    districts: dict[int, str] = {}
    told = []
    for task in chosen.order_by(F("due_before").asc(nulls_last=True), "step__position", "body__code", "actor"):
        if task.body is not None and task.body.pk not in districts:
            districts[task.body.pk] = district_code_of(task.body)
        told.append(
            {
                "system": cycle.system,
                "fiscal_year": cycle.fiscal_year,
                "step": task.step.number,
                "step_th": task.step.name_th,
                "step_en": task.step.name_en,
                "body": task.body.code if task.body is not None else None,
                "body_th": task.body.name_th if task.body is not None else rulebook.load().actor(task.actor).name.th,
                "district": districts[task.body.pk] or None if task.body is not None else None,
                "due_before": task.due_before.isoformat() if task.due_before else None,
                "state": cycles.state_of_task(task, on=on),
            }
        )
    return told


def _years(province: str | None, system: str | None, fiscal_year: str | None) -> list[Cycle]:
    found = Cycle.objects.select_related("area", "definition").order_by("-fiscal_year", "area__code", "system")
    if province is not None:
        found = found.filter(area=_province(province))
    if system is not None:
        own = SystemVersion.objects.filter(key=system).exists()
        found = found.filter(system=system if own else _said(lambda: rulebook.planning_system(system)).key)
    if fiscal_year is not None:
        found = found.filter(fiscal_year=_said(lambda: parse_fiscal_year(fiscal_year)))
    years = list(found)
    if not years:
        raise click.UsageError(
            "ยังไม่ได้เปิดปีที่ถาม โปรดเปิดด้วย prasan year open / no such year is open; see prasan year open"
        )
    return years


def _province(code: str) -> Area:
    area = Area.objects.filter(code=code, level=AreaLevel.PROVINCE).first()
    if area is None:
        raise click.UsageError(f"ไม่มีจังหวัดรหัส {code} / no province {code}")
    return area


def _district(province: str, code: str) -> None:
    if not (code.startswith(province) and Area.objects.filter(code=code, level=AreaLevel.DISTRICT).exists()):
        raise click.UsageError(f"ไม่มีอำเภอรหัส {code} ในจังหวัด {province} / province {province} has no district {code}")


def _day(text: str | None) -> dt.date:
    return timezone.localdate() if text is None else _said(lambda: parse_date(text))


def _said(read: Callable[[], Read]) -> Read:
    """What was read of the command line; what cannot be read is wrong use."""
    try:
        return read()
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th} / {refusal.message_en}") from None


def _refusal(refusal: Refused) -> click.ClickException:
    said = f"{refusal.message_th} / {refusal.message_en}"
    return click.UsageError(said) if refusal.code in WRONG_USE else click.ClickException(said)


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def _opening_lines(told: dict[str, Any]) -> list[str]:
    if told["dry_run"]:
        done = "ลองเปิด ไม่ได้บันทึก / dry run, nothing kept"
    elif told["opened"]:
        done = "เปิดปีแล้ว / opened"
    else:
        done = "เปิดไว้แล้ว / open already"
    lines = [_title(told), f"{done}: {told['tasks']:,} งาน / tasks (+{told['tasks_added']:,})"]
    lines += [f"  {s['number']:9} {_window(s)}  {s['tasks']:>7,}  {s['name_th']}" for s in told["steps"]]
    lines += [f"  ! {one['rule']}: {one['message_th']} / {one['message_en']}" for one in told["conflicts"]]
    if told["unregistered"]:
        names = ", ".join(rulebook.load().actor(key).name.th for key in told["unregistered"])
        lines.append(f"  ไม่มีในทะเบียนหน่วยงาน / not in the register of bodies: {names}")
    return lines


def _status_lines(years: Sequence[dict[str, Any]], on: dt.date) -> list[str]:
    lines = [f"ณ วันที่ / on {format_date(on)}"]
    for year in years:
        lines += ["", _title(year)]
        for step in year["steps"]:
            counts = ", ".join(f"{STATES[state]} {n:,}" for state, n in step["states"].items() if n)
            lines.append(f"  {step['number']:9} {_window(step)}  {step['name_th']}: {counts or '–'}")
    return lines


def _missing_lines(tasks: Sequence[dict[str, Any]], on: dt.date) -> list[str]:
    lines = [f"ณ วันที่ / on {format_date(on)}: ยังไม่ส่ง {len(tasks):,} งาน / tasks missing"]
    for one in tasks:
        due = dt.date.fromisoformat(one["due_before"]) - dt.timedelta(days=1) if one["due_before"] else None
        last = format_date(due) if due is not None else "ไม่มีกำหนด / no day"
        lines.append(f"  {one['step']:9} {last}  [{STATES[one['state']]}] {one['body_th']} ({one['district'] or '–'})")
    return lines


def _title(told: dict[str, Any]) -> str:
    place = told["province"] or "–"
    return f"{told['title_th']} / {told['title_en']} [{told['system']}] {told['fiscal_year']} ({place})"


def _window(step: dict[str, Any]) -> str:
    if step["starts_on"] is None:
        return "ไม่มีวันที่พิมพ์ไว้ / no date printed"
    starts_on, ends_before = (dt.date.fromisoformat(step[key]) for key in ("starts_on", "ends_before"))
    return cycles.window_text(starts_on, ends_before, "th")
