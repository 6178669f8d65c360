"""Pages of running years with the cycles of 76 provinces: `PYTHONPATH=src .venv/bin/python benchmarks/year_pages.py`.

The pages are asked through the whole of the middleware, in process, by an officer of one province.
"""

import datetime as dt
import os
import platform
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
os.environ.setdefault("PRASAN_SECRET_KEY", "benchmark")

import django
from django.test import Client

from open_year import close_tree, make_province

LIMIT = 100.0  # milliseconds at the 95th percentile
LIMITED = ("desk", "calendar")  # the pages everybody opens every day; the others are printed beside them
PROVINCES, ROUNDS, YEAR = 76, 30, 2570


def main() -> None:
    """Load the nation, then ask each page often and print its 95th percentile."""
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from prasan.accounts.models import Membership, Role, User
    from prasan.accounts.services import system_actor
    from prasan.agencies.models import Body
    from prasan.cycles.models import Cycle, Task
    from prasan.cycles.services import open_cycle

    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    slowest: dict[str, float] = {}
    try:
        actor, began = system_actor(), time.perf_counter()
        provinces = [make_province(f"{n + 11}") for n in range(PROVINCES)]
        close_tree()
        for province in provinces:
            open_cycle(system="moi_2559", fiscal_year=YEAR, area=province, actor=actor, at=dt.datetime.now(dt.UTC))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # as its autovacuum does within a minute of such a load
        sys.stdout.write(
            f"{connection.vendor}: {PROVINCES} provinces, {Task.objects.count():,} tasks, "
            f"loaded in {time.perf_counter() - began:.0f} s\n"
        )
        officer = User.objects.create(username="officer")
        Membership.objects.create(user=officer, body=Body.objects.get(code="GBJ-46"), role=Role.PLAN_ANALYST)
        client = Client()
        client.force_login(officer)
        cycle = Cycle.objects.get(area__code="46")
        pages = {
            "desk": "/desk/",
            "years": "/cycles/",
            "year": f"/cycles/{cycle.pk}/",
            "step": f"/cycles/{cycle.pk}/steps/1/",
            "missing": f"/cycles/{cycle.pk}/missing/?step=2b",
            "calendar": f"/calendar/?cycle={cycle.pk}",
        }
        for name, address in pages.items():
            slowest[name] = _ask(client, name, address)
    finally:
        teardown_databases(old, verbosity=0)
    worst = max(slowest[name] for name in LIMITED)
    sys.stdout.write(
        f"worst p95 of {' and '.join(LIMITED)} {worst:.0f} ms, limit {LIMIT:.0f} ms, ratio {worst / LIMIT:.2f}; "
        f"Python {platform.python_version()}, Django {django.get_version()}\n"
    )
    if worst > LIMIT:
        raise SystemExit(1)


def _ask(client: Client, name: str, address: str) -> float:
    assert client.get(address).status_code == 200, address
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(took, n=20)[-1]
    sys.stdout.write(f"{name:10} p50 {statistics.median(took):6.1f} ms  p95 {p95:6.1f} ms  {address}\n")
    return p95


if __name__ == "__main__":
    main()
