"""Matching on a cluster of processes of this machine: seconds, memory of each process, quality, and how time grows.

usage: python benchmarks/matching_cluster.py SET.parquet [LARGER.parquet] [--workers 2] [--limit-gib 4] [--growth 1.15]
Each set has the columns of the generated sets. With two sets the time of the second is held against that of the first
times (how many times as many records) to the power of --growth.
"""

import argparse
import itertools
import platform
import resource
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl
from distributed import Client

from prasan.matching import match_table
from prasan.matching.cluster import match_on_cluster, processes_here

NAMES = {
    "rid": "id", "agency": "owner", "prov": "province", "amphoe": "district", "tambon": "subdistrict",
    "amount": "amount_thb", "year": "fiscal_year",
}  # fmt: skip


def peak_gib() -> float:
    """Most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def loaded() -> None:
    """Load the compiled code, as a process has that has matched something."""
    match_table(pl.DataFrame({"id": [1, 2], "name": ["ก่อสร้างถนน", "ก่อสร้างถนน คสล."]}))


def measure(path: Path, workers: int) -> tuple[int, float, float]:
    """Records, seconds and the most memory of one process, printed with precision and recall."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        table = Path(folder) / "table.parquet"
        pl.scan_parquet(path).select([*NAMES, "name"]).rename(NAMES).sink_parquet(table)
        with processes_here(workers) as cluster, Client(cluster) as client:
            client.run(loaded)
            start = time.perf_counter()
            pairs = match_on_cluster(client, table, Path(folder), explain=False)
            seconds = time.perf_counter() - start
            peak = max(client.run(peak_gib).values())
    truth = pl.read_parquet(path, columns=["rid", "ent"]).sort("rid")["ent"].to_numpy()
    said = pairs.filter(pl.col("verdict") == "duplicate")
    hit = int((truth[said["id_a"].to_numpy()] == truth[said["id_b"].to_numpy()]).sum())
    sizes = np.unique(truth, return_counts=True)[1]
    true = int((sizes * (sizes - 1) // 2).sum())
    rates = f"P {hit / said.height:.4f}  R {hit / true:.4f}  F1 {2 * hit / (said.height + true):.4f}"
    print(
        f"{len(truth):>12,} records, {workers} workers: {seconds:.1f} s, {pairs.height:,} pairs, {rates}; "
        f"most memory of a worker {peak:.2f} GiB, of the caller {peak_gib():.2f} GiB",
        flush=True,
    )
    return len(truth), seconds, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--limit-gib", type=float, default=4.0)
    parser.add_argument("--growth", type=float, default=1.15)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, distributed {version('distributed')}, polars {pl.__version__}")
    figures = [measure(path, chosen.workers) for path in chosen.sets]
    worst = max(peak for _, _, peak in figures)
    print(f"memory of a worker {worst:.2f} GiB, limit {chosen.limit_gib}")
    for (few, fast, _), (many, slow, _) in itertools.pairwise(figures):
        allowed = fast * (many / few) ** chosen.growth
        print(f"{many / few:.0f} times the records in {slow / fast:.1f} times the time, limit {allowed / fast:.1f}")


if __name__ == "__main__":
    main()
