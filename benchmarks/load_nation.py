"""How long the nation's registers take to load: areas, villages, clusters, local governments, agencies, boundaries.

usage: python benchmarks/load_nation.py [--data FOLDER] [--limit 60]
Loads into an empty database of its own (SQLite in a temporary folder, or PRASAN_DATABASE_URL, whose database must be
empty), with every check on, then a second time, which must change nothing. Prints seconds and rows of each file, the
total against the limit, and the peak memory. Without the real files a nation of the same size is made up: ten
villages and communities in every subdistrict, one local government for each.
"""

import argparse
import csv
import gzip
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

AREA_FILES = (
    "areas.csv",
    "villages.csv.gz",
    "province_clusters.csv",
    "thailand_provinces.geojson",
    "thailand_districts.geojson",
)
BODY_FILES = ("laos.csv", "lao_coverage.csv", "agencies.csv")
VILLAGES_EACH = 11  # 7,436 subdistricts times 11 is 81,796, a little more than the real 79,439


def make_nation(folder: Path) -> None:
    """Made-up villages and local governments for the real subdistricts that the built-in register has."""
    from prasan.areas.models import Area

    codes = list(
        Area.objects.filter(level="SUBDISTRICT", valid_to__isnull=True).values_list("code", "name_th").order_by("code")
    )
    with gzip.open(folder / "villages.csv.gz", "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "subdistrict_code", "moo", "kind", "name_th", "name_en", "lat", "lng"])
        for code, name in codes:
            for moo in range(1, VILLAGES_EACH + 1):
                rows.writerow([f"{code}{moo:02d}", code, moo, "village", f"บ้าน{name} {moo}", "", "15.5", "101.5"])
    with (folder / "laos.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["lao_code", "lao_type", "name_th", "province_code", "district_code"])
        for code, name in codes:
            rows.writerow([f"TAO{code}", "TAO", f"องค์การบริหารส่วนตำบล{name}", code[:2], code[:4]])
    with (folder / "lao_coverage.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["lao_code", "subdistrict_code", "coverage"])
        rows.writerows([f"TAO{code}", code, "completely"] for code, _ in codes)


def prepare() -> float:
    """Migrate the empty database and load the built-in register; the seconds of the register."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from prasan.accounts.services import system_actor
    from prasan.areas.models import Area
    from prasan.areas.services import load_builtin_register

    call_command("migrate", verbosity=0)
    if Area.objects.exists():
        sys.exit("the database is not empty")
    actor, start = system_actor(), time.perf_counter()
    load_builtin_register(actor=actor, at=timezone.now())
    return time.perf_counter() - start


def load_all(folder: Path) -> tuple[float, int]:
    """Load every file that is there; seconds and changes."""
    from django.utils import timezone

    from prasan.accounts.services import system_actor
    from prasan.agencies.services import load_bodies
    from prasan.areas.services import LoadedFile, load_areas

    actor, at = system_actor(), timezone.now()
    seconds, changes = 0.0, 0
    for loader, names in ((load_areas, AREA_FILES), (load_bodies, BODY_FILES)):
        for name in names:
            if not (folder / name).is_file():
                continue
            load: Callable[..., list[LoadedFile]] = loader
            start = time.perf_counter()
            (file,) = load(paths=[folder / name], actor=actor, at=at)
            took = time.perf_counter() - start
            seconds += took
            changes += file.changes
            print(
                f"  {name:<28} {took:6.2f} s  rows {file.rows:>6,}  added {file.created:>6,}"
                f"  changed {file.updated:>6,}  as before {file.unchanged:>6,}  refused {file.refused}"
            )
    return seconds, changes


def main() -> None:
    """Measure and print; exit code 1 over the limit or when the second run changes something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for the first run of all files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.settings")
        os.environ["PRASAN_HOME"] = home
        builtin = prepare()
        from django.db import connection

        folder = options.data
        if not (folder / "villages.csv.gz").is_file():
            print(f"no registers in {folder}: a nation is made up")
            folder = Path(home)
            make_nation(folder)
        print(f"{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} cores")
        print(f"  built-in register            {builtin:6.2f} s")
        first, _ = load_all(folder)
        print("again, unchanged:")
        second, changes = load_all(folder)
        from prasan.agencies.models import Body
        from prasan.areas.models import Area, AreaClosure, AreaLink

        counts = [model.objects.count() for model in (Area, AreaLink, AreaClosure, Body)]
        connection.close()
    total = builtin + first
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("areas {:,}  links {:,}  closure pairs {:,}  bodies {:,}".format(*counts))
    print(f"first run {total:.1f} s, limit {options.limit:.0f} s, ratio {total / options.limit:.2f}")
    print(f"second run {second:.1f} s, {changes} changes; peak memory {peak:.0f} MB")
    sys.exit(1 if total > options.limit or changes else 0)


if __name__ == "__main__":
    main()
