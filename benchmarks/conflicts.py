"""How long the search for works in each other's way takes on a made list, reading of the lines included.

usage: python benchmarks/conflicts.py [--projects 100000]
Prints seconds against a limit of 30, and what was found. Exit 1 above it.
"""

import argparse
import datetime as dt
import random
import time
from collections import Counter

import polars as pl

from made_projects import made_projects
from prasan.integration.conflict_search import SCHEMA, search_conflicts

MOST_SECONDS = 30.0


def made_works(count: int) -> pl.DataFrame:
    """About `count` made plan lines of several owners; days are known of two thirds."""
    luck = random.Random(14)
    made, _ = made_projects(count, seed=14)
    owners = {name: number for number, name in enumerate(made["owner"].unique(maintain_order=True), 1)}
    days: list[tuple[dt.date | None, dt.date | None]] = []
    for year in made["fiscal_year"]:
        begins = dt.date(year - 544, 10, 1) + dt.timedelta(days=luck.randrange(330))
        known = luck.random() < 2 / 3
        days.append((begins, begins + dt.timedelta(days=luck.randint(5, 120))) if known else (None, None))
    starts, ends = zip(*days, strict=True)
    return made.with_columns(
        pl.col("id").cast(pl.Int64),
        pl.col("fiscal_year").cast(pl.Int64),
        owner_id=pl.col("owner").replace_strict(owners, return_dtype=pl.Int64),
        target=pl.lit(""),
        moo=pl.lit(""),
        starts_on=pl.Series(starts, dtype=pl.Date),
        ends_before=pl.Series(ends, dtype=pl.Date),
    ).select(*SCHEMA)


def main() -> int:
    """Make, search, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    works = made_works(parser.parse_args().projects)
    began = time.perf_counter()
    found = search_conflicts(works)
    seconds = time.perf_counter() - began
    print(f"{works.height:,} projects: {seconds:.1f} s of {MOST_SECONDS:.0f}; {len(found):,} conflicts")
    for (kind, certainty), number in sorted(Counter((one.kind, one.certainty) for one in found).items()):
        print(f"  {kind:<22} {certainty:<9} {number:>7,}")
    return 0 if seconds <= MOST_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main())
