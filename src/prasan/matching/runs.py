"""Runs of letters by which records that share no place find each other: the rarest of each, and who holds them.

A run is five letters, hashed to 64 bits; a key is a run with the amounts in whose reach it is looked for. Tables of
runs and of keys are open: a number stands at its own spot or at the next one that is free; nought marks a free one.
"""

from typing import Any, Final

import numpy as np

from prasan.matching.compiling import compiled
from prasan.matching.letters import Words, hash_of

RUN: Final = 5  # letters of a run
KEPT_RUNS: Final = 6  # rarest runs by which a record looks for others
SLOTS: Final = 1 << 22  # in which runs are counted


@compiled
def _runs_of(codes: Any, start: Any, end: Any, out: Any) -> Any:
    """Hashes of the letter runs of one text into `out`; how many. A text shorter than a run is one run."""
    count = max(end - start - RUN + 1, 1)
    for place in range(count):
        run = hash_of(codes, start + place, min(start + place + RUN, end))
        run ^= run >> np.uint64(29)
        run *= np.uint64(0xBF58476D1CE4E5B9)
        out[place] = run ^ (run >> np.uint64(32))
    return count


@compiled
def count_runs(codes: Any, ends: Any, rows: Any, counts: Any) -> None:
    """Add how many of `rows` hold the runs of each slot (a run twice in a text counts twice)."""
    out = np.empty(1024, np.uint64)
    for row in rows:
        for place in range(_runs_of(codes, ends[row], ends[row + 1], out)):
            counts[out[place] % np.uint64(SLOTS)] += 1


@compiled
def rarest_runs(codes: Any, ends: Any, rows: Any, counts: Any, least: Any) -> Any:
    """The KEPT_RUNS rarest runs of each row that at least `least` hold; equally rare ones by their hash."""
    runs = np.empty(len(rows) * KEPT_RUNS, np.uint64)
    owners = np.empty(len(rows) * KEPT_RUNS, np.int64)
    total = 0
    out, ranks, best = np.empty(1024, np.uint64), np.empty(KEPT_RUNS, np.int64), np.empty(KEPT_RUNS, np.uint64)
    for row in rows:
        kept = 0
        for place in range(_runs_of(codes, ends[row], ends[row + 1], out)):
            run = out[place]
            rank = counts[run % np.uint64(SLOTS)]
            if rank < least:
                continue
            spot = kept
            known = False
            for other in range(kept):
                known = known or best[other] == run
            if known:
                continue
            while spot > 0 and (ranks[spot - 1] > rank or (ranks[spot - 1] == rank and best[spot - 1] > run)):
                spot -= 1
            if spot == KEPT_RUNS:
                continue
            kept = min(kept + 1, KEPT_RUNS)
            for other in range(kept - 1, spot, -1):
                ranks[other], best[other] = ranks[other - 1], best[other - 1]
            ranks[spot], best[spot] = rank, run
        for spot in range(kept):
            runs[total], owners[total] = best[spot], row
            total += 1
    return runs[:total].copy(), owners[:total].copy()


@compiled
def spot_of(table: Any, run: Any) -> Any:
    """Where the run stands in an open table of runs, or the empty spot where it would."""
    spot = run & np.uint64(len(table) - 1)
    while table[spot] != np.uint64(0) and table[spot] != run:
        spot = (spot + np.uint64(1)) & np.uint64(len(table) - 1)
    return spot


@compiled
def table_of(runs: Any, size: Any) -> Any:
    table = np.zeros(size, np.uint64)
    for run in runs:
        table[spot_of(table, run)] = run
    return table


@compiled
def keyed_run(run: Any, bucket: Any) -> Any:
    key = (run ^ (np.uint64(bucket + 1) * np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xBF58476D1CE4E5B9)
    return key ^ (key >> np.uint64(31))


@compiled
def keys_of(runs: Any, seekers: Any, buckets: Any) -> Any:
    """The keys under which each seeker looks for one of its runs: its own bucket of amounts and those beside it."""
    keys = np.empty(3 * len(runs), np.uint64)
    for place in range(len(runs)):
        for step in range(3):
            keys[3 * place + step] = keyed_run(runs[place], buckets[seekers[place]] + step - 1)
    return keys


@compiled
def held_runs(codes: Any, ends: Any, rows: Any, buckets: Any, table: Any, keyed: Any) -> Any:
    """(key of run and amount, row) of every wanted run that a row holds; `table` of the runs, `keyed` of the keys."""
    keys, owners, count = np.empty(1024, np.uint64), np.empty(1024, np.int64), 0
    out = np.empty(1024, np.uint64)
    for row in rows:
        for place in range(_runs_of(codes, ends[row], ends[row + 1], out)):
            run = out[place]
            if table[spot_of(table, run)] != run:
                continue
            key = keyed_run(run, buckets[row])
            if keyed[spot_of(keyed, key)] != key:
                continue
            if count == len(keys):
                keys = np.concatenate((keys, np.empty(count, np.uint64)))
                owners = np.concatenate((owners, np.empty(count, np.int64)))
            keys[count], owners[count] = key, row
            count += 1
    return keys[:count].copy(), owners[:count].copy()


@compiled
def places_of(keys: Any, keyed: Any) -> Any:
    """Where each of the keys, which are in order, stands first; by its spot in the table `keyed` of them and others."""
    found = np.full(len(keyed), len(keys), np.int64)
    for place in range(len(keys)):
        if place == 0 or keys[place] != keys[place - 1]:
            found[spot_of(keyed, keys[place])] = place
    return found


def room_for(entries: Words) -> int:
    """A power of two that leaves an open table of the entries half empty."""
    return 1 << max(10, (2 * len(entries)).bit_length())
