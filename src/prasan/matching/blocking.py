"""Which records are compared with which: blocks by place, split by rare letter runs where a block is too big."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from prasan.matching.sketches import Ints, rare_runs

LARGEST_BLOCK: Final = 700  # records compared all with all
WINDOW: Final = 60  # neighbours looked at where even a rare run is common (programme lines printed alike)
WINDOW_OF_ALL: Final = 5  # neighbours in the order of the text that every record of a big block meets
PAIRS_AT_ONCE: Final = 200_000
GATHERED: Final = 4_000_000  # pairs held at once to be made distinct (32 MB)
Pairs = tuple[Ints, Ints]


def _pairs_of_groups(members: Ints, sizes: Ints, window: int) -> Iterator[Pairs]:
    """All pairs (or each with its next `window`) inside consecutive groups of `members`, in pieces."""
    ends = np.cumsum(sizes)
    group_end = np.repeat(ends, sizes)
    position = np.arange(len(members), dtype=np.int64)
    reach = np.minimum(group_end - position - 1, window)
    start = 0
    totals = np.cumsum(reach)
    while start < len(members):
        base = totals[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(totals, base + PAIRS_AT_ONCE, side="right")))
        part = reach[start:stop]
        left = np.repeat(position[start:stop], part)
        step = np.arange(len(left), dtype=np.int64) - np.repeat(np.cumsum(part) - part, part)
        right = left + 1 + step
        if len(left):
            yield _ordered(members[left], members[right])
        start = stop


def _ordered(left: Ints, right: Ints) -> Pairs:
    return np.minimum(left, right), np.maximum(left, right)


def _grouped(rows: Ints, keys: Ints, rank: Ints) -> tuple[Ints, Ints]:
    """Rows ordered by key and then rank, and the size of each group of one key."""
    order = np.lexsort((rank[rows], keys))
    _, sizes = np.unique(keys, return_counts=True)
    return rows[order], sizes.astype(np.int64)


def _split(rows: Ints, cores: list[str], rank: Ints) -> Iterator[Pairs]:
    """Pairs inside one big block: records that share one of their rarest letter runs.

    Nobody is dropped: where a rare run is itself shared by more than LARGEST_BLOCK records, the records are put
    in the order of their text and each meets its next WINDOW neighbours.
    """
    yield from _once(_runs_in_common(rows, cores, rank), len(cores))


def _runs_in_common(rows: Ints, cores: list[str], rank: Ints) -> Iterator[Pairs]:
    members, runs = rare_runs([cores[row] for row in rows])
    ordered, sizes = _grouped(rows[members], runs.astype(np.int64), rank)
    big = np.repeat(sizes > LARGEST_BLOCK, sizes)
    yield from _pairs_of_groups(ordered[~big], sizes[sizes <= LARGEST_BLOCK], LARGEST_BLOCK)
    yield from _pairs_of_groups(ordered[big], sizes[sizes > LARGEST_BLOCK], WINDOW)
    in_order = rows[np.argsort(rank[rows], kind="stable")]
    yield from _pairs_of_groups(in_order, np.array([len(rows)], np.int64), WINDOW_OF_ALL)


def _once(pairs: Iterator[Pairs], count: int) -> Iterator[Pairs]:
    """The same pairs without those that come again among the next GATHERED: records share several runs."""
    waiting: list[Ints] = []
    gathered = 0
    for left, right in pairs:
        waiting.append(left * count + right)
        gathered += len(left)
        if gathered >= GATHERED:
            yield from _pieces(np.unique(np.concatenate(waiting)), count)
            waiting, gathered = [], 0
    if waiting:
        yield from _pieces(np.unique(np.concatenate(waiting)), count)


def _pieces(codes: Ints, count: int) -> Iterator[Pairs]:
    for start in range(0, len(codes), PAIRS_AT_ONCE):
        part = codes[start : start + PAIRS_AT_ONCE]
        yield part // count, part % count


def _blocks(rows: Ints, keys: Ints, cores: list[str], rank: Ints) -> Iterator[Pairs]:
    """Pairs of the records `rows` that have the same key."""
    ordered, sizes = _grouped(rows, keys, rank)
    small = np.repeat(sizes <= LARGEST_BLOCK, sizes)
    yield from _pairs_of_groups(ordered[small], sizes[sizes <= LARGEST_BLOCK], LARGEST_BLOCK)
    ends = np.cumsum(sizes)
    for size, end in zip(sizes, ends, strict=True):
        if size > LARGEST_BLOCK:
            yield from _split(np.sort(ordered[end - size : end]), cores, rank)


def candidate_pairs(records: pl.DataFrame) -> Iterator[Pairs]:
    """Pairs of row numbers (left < right) worth comparing, in pieces; a pair may come more than once.

    1. Same subdistrict name. 2. Same district, when one of the two has no subdistrict. 3. Same province, when one
    of the two has no district. 4. Anywhere, when one of the two has no province. Blocks 2-4 compare only pairs
    that the block before could not see.
    """
    cores = records["core"].to_list()
    rank = records["core"].rank("ordinal").to_numpy().astype(np.int64)
    codes = {
        level: records[f"{level}_bones"].rank("dense").to_numpy().astype(np.int64)
        for level in ("subdistrict", "district", "province")
    }
    known = {level: (records[f"{level}_bones"] != "").to_numpy() for level in codes}
    everyone = np.arange(records.height, dtype=np.int64)
    rows = everyone[known["subdistrict"]]
    yield from _blocks(rows, codes["subdistrict"][rows], cores, rank)
    for level, finer in (("district", "subdistrict"), ("province", "district")):
        unknown = ~known[finer] & (~known["subdistrict"])
        wanted = np.unique(codes[level][known[level] & unknown])
        rows = everyone[known[level] & np.isin(codes[level], wanted)]
        for left, right in _blocks(rows, codes[level][rows], cores, rank):
            new = unknown[left] | unknown[right]
            if new.any():
                yield left[new], right[new]
    nowhere = ~known["province"]
    if nowhere.any():
        for left, right in _blocks(everyone, np.zeros(records.height, np.int64), cores, rank):
            new = nowhere[left] | nowhere[right]
            if new.any():
                yield left[new], right[new]
