"""Matching on several machines: Dask distributed runs the same engine on provinces side by side, with the same pairs.

Only records without a province can belong with records of any province; they are few, and every task takes them
along. What a task needs it reads from files that all machines see, and a task that dies with its machine is run again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from prasan.matching.extraction import province_of
from prasan.matching.files import table_pieces
from prasan.matching.reading import Reading
from prasan.matching.scoring import Weights, load_weights
from prasan.matching.table import Progress, Records, checked_table, match_records, named_pairs, readings

# Dask's own setting gives every page back at once, and each of our arrays of some MB comes and goes in moments.
_KEEPING_PAGES: Final = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), 1 << 30)
ROWS_AT_ONCE: Final = 250_000
RECORDS_OF_A_TASK: Final = 1_000_000  # besides those without a province: about 3 GiB
_PROVINCE: Final = "province_read"
_LOST: Final = "lost"  # who names no province


def processes_here(count: int) -> Any:
    """A `distributed.LocalCluster` of so many processes of this machine, one thread each, that keep their pages.

    Workers on other machines are best started with MALLOC_TRIM_THRESHOLD_ and MALLOC_MMAP_THRESHOLD_ set likewise.
    """
    import dask
    from distributed import LocalCluster

    local: Any = LocalCluster  # it has no types

    environment = {f"distributed.nanny.pre-spawn-environ.{name}": value for name, value in _KEEPING_PAGES.items()}
    with dask.config.set(environment):
        return local(n_workers=count, threads_per_worker=1, dashboard_address=None)


def match_on_cluster(
    client: Any,
    path: Path,
    scratch: Path,
    *,
    weights: Weights | None = None,
    explain: bool = True,
    records_of_a_task: int = RECORDS_OF_A_TASK,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Pairs of the table in `path` (as `match_table` gives them), worked out by a `distributed.Client`.

    The records are read in pieces; nobody, the caller included, holds all of them at once.

    `scratch` is a folder that every worker sees; it gets files that may be thrown away afterwards. Raises what
    `read_table` and `match_table` raise, and what Dask raises when a task has died too often.
    """
    weights = weights or load_weights()
    pieces, named = [], []
    for number, rows in enumerate(table_pieces(path, ROWS_AT_ONCE)):
        pieces.append(str(scratch / f"records-{number}.parquet"))
        checked_table(rows).write_parquet(pieces[-1])
        named.append(client.submit(_named_provinces, pieces[-1], pure=False))  # read while the next is written
    counts = pl.concat(client.gather(named)).group_by(_PROVINCE).agg(pl.col("len").sum())
    sets = [[], *_balanced(counts, records_of_a_task, max(sum(client.ncores().values()), 1))]
    client.gather(client.map(_dealt, [(piece, sets) for piece in pieces], pure=False))
    found = client.map(_pairs_of, range(len(sets)), scratch=str(scratch), weights=weights, explain=explain, pure=False)
    frames, done = [], 0
    for future in found:
        frames.append(pl.read_parquet(future.result()))
        done += frames[-1].height
        if progress:
            progress(done, "pairs")
    return pl.concat(frames).sort(["probability", "id_a", "id_b"], descending=[True, False, False])


def _named_provinces(piece: str) -> pl.DataFrame:
    """Write the province that each record names, and count the records of each."""
    provinces = province_of(pl.read_parquet(piece, columns=["name", "province"])).alias(_PROVINCE).to_frame()
    provinces.write_parquet(_beside(piece, "provinces"))
    return provinces.group_by(_PROVINCE).len()


def _dealt(task: tuple[str, Sequence[Sequence[str]]]) -> None:
    """Write the records of each set of provinces into a file of their own; those of set 0, that name none, are read."""
    piece, sets = task
    frame, provinces = pl.read_parquet(piece), pl.read_parquet(_beside(piece, "provinces"))[_PROVINCE]
    place = {name: number for number, names in enumerate(sets) for name in names or [""]}
    numbers = provinces.replace_strict(place, return_dtype=pl.Int64)
    Reading.of(frame.filter(numbers == 0)).keep(_beside(piece, _LOST))  # every task needs them
    for number in sorted({*numbers.unique()} - {0}):
        frame.filter(numbers == number).write_parquet(_beside(piece, f"set-{number}"))


def _beside(piece: str, kind: str) -> Path:
    return Path(f"{piece}.{kind}")


def _balanced(counts: pl.DataFrame, most: int, workers: int) -> list[list[str]]:
    """Provinces in sets of about `most` records, as many for each worker, the biggest first into the smallest set."""
    rows = counts.filter(pl.col(_PROVINCE) != "").sort(["len", _PROVINCE], descending=[True, False]).rows()
    rounds = -(-sum(size for _, size in rows) // (most * workers))
    sets: list[list[str]] = [[] for _ in range(rounds * workers)]
    sizes = [0] * len(sets)
    for province, size in rows:
        smallest = sizes.index(min(sizes))
        sets[smallest].append(province)
        sizes[smallest] += size
    return [one for one in sets if one]


def _pairs_of(number: int, *, scratch: str, weights: Weights, explain: bool) -> str:
    """Pairs of the records of a set of provinces, and of these with records of no province; file they are written to.

    Of set 0: pairs of records of no province with each other.
    """
    lost = [Reading.kept(file.with_suffix("")) for file in sorted(Path(scratch).glob(f"*.{_LOST}.npz"))]
    files = sorted(Path(scratch).glob(f"*.set-{number}"))
    own = readings(pl.concat([pl.read_parquet(file) for file in files])) if files else []
    records = Records.read([*lost, *own])
    pairs = match_records(records, weights=weights, explain=explain, among_lost=number == 0)
    out = Path(scratch) / f"pairs-{number}.parquet"
    named_pairs(records, pairs).write_parquet(out)
    return str(out)
