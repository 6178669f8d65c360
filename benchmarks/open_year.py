"""Opening a fiscal year for a whole province: `PYTHONPATH=src .venv/bin/python benchmarks/open_year.py`.

A made province of 1,600 villages, 151 local governments, 18 districts and 60 agencies; every body gets its tasks.
With PRASAN_DATABASE_URL set it runs on that database (a test database of its own is made and dropped).
"""

import datetime as dt
import os
import platform
import resource
import sys
import time
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
os.environ.setdefault("PRASAN_SECRET_KEY", "benchmark")

import django

if TYPE_CHECKING:
    from prasan.areas.models import Area

LIMIT = 10.0
VILLAGES, LAOS, AGENCIES = 1600, 151, 60
SYSTEMS = ("moi_2559", "coordination_4_3", "one_plan_2562")


def make_province(code: str = "46") -> "Area":
    """A province of that size, without any task; `close_tree` is called once after the last."""
    from prasan.agencies.models import Body
    from prasan.areas.models import Area, AreaLevel, AreaLink, Tree

    province = Area.objects.create(code=code, level=AreaLevel.PROVINCE, name_th=f"จังหวัด {code}")
    districts = Area.objects.bulk_create(
        Area(code=f"{code}{n:02}", level=AreaLevel.DISTRICT, name_th=f"อำเภอที่ {n}") for n in range(1, 19)
    )
    tambons = Area.objects.bulk_create(
        Area(code=f"{d.code}{n:02}", level=AreaLevel.SUBDISTRICT, name_th=f"ตำบลที่ {n}")
        for d in districts
        for n in range(1, 9)
    )
    villages = Area.objects.bulk_create(
        Area(code=f"{tambons[n % len(tambons)].code}{n // len(tambons) + 1:02}", level=AreaLevel.VILLAGE,
             name_th=f"บ้านที่ {n}", moo=n // len(tambons) + 1)
        for n in range(VILLAGES)
    )  # fmt: skip
    by_code = {area.code: area for area in [province, *districts, *tambons]}
    places = [*districts, *tambons, *villages]
    AreaLink.objects.bulk_create(
        AreaLink(tree=Tree.ADMINISTRATIVE, parent=by_code[place.code[:-2]], child=place) for place in places
    )
    Body.objects.bulk_create(
        Body(code=f"SAO-{code}-{n}", kind="SAO", name_th=f"อบต.ที่ {n}", area=tambons[n % len(tambons)])
        for n in range(LAOS)
    )
    Body.objects.bulk_create(
        Body(code=f"OFF-{code}-{n}", kind="PROVINCIAL_OFFICE", name_th=f"สำนักงานที่ {n}", area=province)
        for n in range(AGENCIES)
    )
    return province


def close_tree() -> None:
    """Who lies in whom, for every province made."""
    from prasan.areas.models import AreaLevel, Tree
    from prasan.areas.services.closure import rebuild_levels

    rebuild_levels(Tree.ADMINISTRATIVE, list(AreaLevel))


def main() -> None:
    """Open three planning systems one after another, and each once again."""
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from prasan.accounts.services import system_actor
    from prasan.cycles.models import Task
    from prasan.cycles.services import open_cycle

    old = setup_databases(verbosity=0, interactive=False)
    worst = 0.0
    try:
        province, actor = make_province(), system_actor()
        close_tree()
        sys.stdout.write(f"{connection.vendor}: {VILLAGES} villages, {LAOS} LAOs, 18 districts, {AGENCIES} agencies\n")
        for system in SYSTEMS:
            for word in ("opened", "opened again"):
                before, began = Task.objects.count(), time.perf_counter()
                open_cycle(system=system, fiscal_year=2571, area=province, actor=actor, at=dt.datetime.now(dt.UTC))
                took = time.perf_counter() - began
                worst = max(worst, took)
                sys.stdout.write(f"{system:18} {word:13} {took:6.2f} s  {Task.objects.count() - before:6} tasks\n")
    finally:
        teardown_databases(old, verbosity=0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"worst {worst:.2f} s, limit {LIMIT:.0f} s, ratio {worst / LIMIT:.2f}; peak {memory:.0f} MB; "
        f"Python {platform.python_version()}, Django {django.get_version()}\n"
    )
    if worst > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
