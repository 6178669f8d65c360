"""Matching on several machines: Dask distributed runs the same engine on provinces side by side, with the same pairs.

Only records without a province can belong with records of any province; they are few, and every task takes them
along. What a task needs it reads from files that all machines see, and a task that dies with its machine is run again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.matching.extraction import province_of
from prasan.matching.files import table_pieces
from prasan.matching.letters import Ints
from prasan.matching.scoring import Weights, load_weights
from prasan.matching.table import Progress, Records, checked_table, match_records, named_pairs

ROWS_AT_ONCE: Final = 250_000
RECORDS_OF_A_TASK: Final = 700_000  # besides those without a province: about 2 GiB
_PROVINCE: Final = "province_read"


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
    pieces = []
    for number, rows in enumerate(table_pieces(path, ROWS_AT_ONCE)):
        pieces.append(str(scratch / f"records-{number}.parquet"))
        checked_table(rows).write_parquet(pieces[-1])
    counts = client.gather(client.map(_with_province, pieces, pure=False))
    sets = _balanced(pl.concat(counts).group_by(_PROVINCE).agg(pl.col("len").sum()), records_of_a_task)
    tasks = [(number, provinces) for number, provinces in enumerate([[], *sets])]
    found = client.map(
        _pairs_of, tasks, pieces=pieces, scratch=str(scratch), weights=weights, explain=explain, pure=False
    )
    frames, done = [], 0
    for future in found:
        frames.append(pl.read_parquet(future.result()))
        done += frames[-1].height
        if progress:
            progress(done, "pairs")
    return pl.concat(frames).sort(["probability", "id_a", "id_b"], descending=[True, False, False])


def _with_province(piece: str) -> pl.DataFrame:
    """Write the province that each record names beside it, and count the records of each."""
    frame = pl.read_parquet(piece)
    frame = frame.with_columns(province_of(frame).alias(_PROVINCE))
    frame.write_parquet(piece)
    return frame.group_by(_PROVINCE).len()


def _balanced(counts: pl.DataFrame, most: int) -> list[list[str]]:
    """Provinces in sets of about `most` records, the biggest province first into the smallest set."""
    rows = counts.filter(pl.col(_PROVINCE) != "").sort(["len", _PROVINCE], descending=[True, False]).rows()
    sets: list[list[str]] = [[] for _ in range(-(-sum(size for _, size in rows) // most))]
    sizes = [0] * len(sets)
    for province, size in rows:
        smallest = sizes.index(min(sizes))
        sets[smallest].append(province)
        sizes[smallest] += size
    return [one for one in sets if one]


def _pairs_of(
    task: tuple[int, Sequence[str]], *, pieces: Sequence[str], scratch: str, weights: Weights, explain: bool
) -> str:
    """Pairs of the records of some provinces, and of these with records of no province; file they are written to.

    With no province given: pairs of records of no province with each other.
    """
    number, provinces = task
    wanted = pl.scan_parquet(list(pieces)).filter(pl.col(_PROVINCE).is_in(["", *provinces]))
    frame = wanted.collect()
    lost = frame.filter(pl.col(_PROVINCE) == "")["id"]
    records = Records.of(frame.drop(_PROVINCE))
    is_lost = records.table["id"].is_in(lost.implode()).to_numpy()

    def mine(left: Ints, right: Ints) -> "np.ndarray[Any, Any]":
        both: np.ndarray[Any, Any] = is_lost[left] & is_lost[right]
        return ~both if provinces else both

    pairs = match_records(records, weights=weights, explain=explain, wanted=mine)
    out = Path(scratch) / f"pairs-{number}.parquet"
    named_pairs(records, pairs).write_parquet(out)
    return str(out)
