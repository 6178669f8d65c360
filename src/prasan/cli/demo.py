"""`prasan demo`: a whole demonstration province, through the main job, then served."""

import csv
import os
from pathlib import Path

import click
import geothai
from django.utils import timezone

from prasan import env
from prasan.accounts import services as accounts
from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.areas import services as areas
from prasan.cli.integrate import integrate, summary
from prasan.cli.job.scope import Order
from prasan.cli.progress import say
from prasan.demonstration import facts
from prasan.demonstration.committees import work_in_committees
from prasan.demonstration.nine_steps import walk_nine_steps
from prasan.demonstration.people import PASSWORD, Person, people
from prasan.demonstration.story import tell
from prasan.demonstration.strategies import write_strategies
from prasan.demonstration.workbooks import write_province
from prasan.demonstration.years import open_years


@click.command()
@click.option("--no-serve", is_flag=True, help="หยุดหลังงานเสร็จ ไม่เปิดเว็บ (stop after the job)")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(no_serve: bool, host: str, port: int) -> None:
    """สาธิตทั้งจังหวัด (A whole demonstration province, run through the main job and served)."""
    folder = env.HOME / "workbooks"
    say("เขียนไฟล์ของจังหวัดสาธิต / writing the demonstration's workbooks")
    workbooks = write_province(folder)
    _place_districts(env.HOME)
    out = env.HOME / "report"
    report = integrate(Order(workbooks, facts.PROVINCE, facts.FISCAL_YEAR, facts.SYSTEM), out)
    signs_in = _people()
    users = {person.username: _sign_up(person) for person in signs_in}
    users["operator"] = accounts.system_actor()
    district = signs_in[0].body_code.removeprefix("KM-")[:4]
    tell(people=users, district_code=district, at=timezone.now())
    year = open_years(people=users, at=timezone.now())
    write_strategies(people=users, at=timezone.now())
    work_in_committees(people=users, district_code=district, year=year, at=timezone.now())
    walk_nine_steps(people=users, at=timezone.now())
    click.echo(summary(report, _shown(out)))
    click.echo(f"  ไฟล์ที่ใช้ {_shown(folder)}")
    if no_serve:
        return
    click.echo(f"\nเปิด http://{host}:{port}/  (หยุดด้วย Ctrl-C)  รหัสผ่านทุกคน: {PASSWORD}")
    for person in signs_in:
        click.echo(f"  {person.username:<10} {person.display_name}")
    from prasan.cli.serve import serve

    serve(host=host, port=port)


def _place_districts(home: Path) -> None:
    """Points of the districts for the map, our own facts, loaded as anybody would load them."""
    path = home / "district_points.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["level", "code", "parent_code", "name_th", "lat", "lng"])
        for district in geothai.districts(facts.PROVINCE):
            point = facts.DISTRICT_POINTS[district.code]
            writer.writerow(["district", district.code, facts.PROVINCE, district.name_th, *point])
    areas.load_areas(paths=[path], actor=accounts.system_actor(), at=timezone.now())


def _people() -> tuple[Person, ...]:
    """One person a role, of the อปท. that was handed over most, so that every desk has something on it."""
    laos = Body.objects.filter(kind__in=LAO_KINDS, projects__handovers__isnull=False).order_by("code")
    lao = laos.first()
    assert lao is not None
    assert lao.area is not None
    place = lao.area.code
    village = (
        Body.objects.filter(kind=BodyKind.VILLAGE_COMMITTEE, area__code__startswith=place).order_by("code").first()
    )
    assert village is not None
    assert village.area is not None
    agency = Body.objects.filter(kind=BodyKind.DEPARTMENT, projects__isnull=False).order_by("code").first()
    assert agency is not None
    return people(village.area.code, lao.code, place[:4], agency.code)


def _sign_up(person: Person) -> User:
    now = timezone.now()
    actor = accounts.system_actor()
    user = User.objects.filter(username=person.username).first()
    if user is None:
        user = accounts.create_user(
            username=person.username, display_name=person.display_name, password=PASSWORD, actor=actor, at=now
        )
    accounts.grant_role(user=user, body=Body.objects.get(code=person.body_code), role=person.role, actor=actor, at=now)
    return user


def _shown(path: Path) -> Path:
    return Path(os.path.relpath(path))
