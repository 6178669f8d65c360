"""Finding what a line may be the same as without reading the others again: what is kept of each line, and a first look.

A sketch is 64 bytes, a bit for each run of two letters (letters.py); places are numbers that stay the same for ever.
Whoever keeps them (a table, a file) looks up the sketches of a place and lets `nearest` choose those worth scoring.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.matching.blocking import LEAST_DICE, LEAST_HELD, NEAR_AMOUNT, likeness_of_sketches
from prasan.matching.compiling import compiled
from prasan.matching.extraction import PLACE_LEVELS, Words
from prasan.matching.letters import WORDS, Letters, bits_of, sketches
from prasan.matching.texts import Texts, column_by_distinct

SKETCH_VERSION: Final = 1
"""Raised when the same line gives another sketch or another number of its place: what was kept is of no use then."""
NOWHERE: Final = 0
"""The number of a place that nobody named."""

__all__ = ["NEAR_AMOUNT", "NOWHERE", "SKETCH_VERSION", "nearest", "sketched"]


def sketched(frame: pl.DataFrame) -> pl.DataFrame:
    """What to keep of each record: id, a number for province, district and subdistrict (NOWHERE unknown), sketch.

    Read are id, name, province, district, subdistrict (text, null where not given), all in the order given.
    Places are those of the columns, else those that the line names, but for the subdistrict: a name read from a line
    may be misspelt, and a district is small enough to be looked through. Numbers are signed, of 64 bits.
    """
    words = Words.of(frame)
    core = Letters.of(words.core.series(), digits=False)
    keys = {level: words.key(level) for level in PLACE_LEVELS}
    untold, read = words.untold("subdistrict"), keys["subdistrict"]
    keys["subdistrict"] = read.put(untold, read.pick(untold).blanks())
    places = [column_by_distinct(names, _numbers).alias(level) for level, names in keys.items()]
    kept = [row.tobytes() for row in sketches(core.codes, core.ends)[0]]
    return frame[["id"]].hstack([*places, pl.Series("sketch", kept, dtype=pl.Binary)])


def nearest(sketch: bytes, others: Sequence[bytes], most: int) -> list[int]:
    """Which of the others (by their place in the list) are alike enough to be scored, the most alike first."""
    if not others:
        return []
    every = np.frombuffer(sketch + b"".join(others), np.uint64).reshape(-1, WORDS)
    likeness = _likeness(every)
    order = np.lexsort((np.arange(len(others)), -likeness))[:most]
    return [int(row) for row in order if likeness[row] > 0]


@compiled
def _likeness(every: Any) -> Any:
    """Dice of the first sketch with each of the rest; 0 where the pair is not worth scoring."""
    sizes = np.zeros(len(every), np.int64)
    for row in range(len(every)):
        for word in range(WORDS):
            sizes[row] += bits_of(every[row, word])
    found = np.zeros(len(every) - 1)
    for row in range(1, len(every)):
        dice, held = likeness_of_sketches(every, sizes, 0, row)
        if dice >= LEAST_DICE or held >= LEAST_HELD:
            found[row - 1] = dice
    return found


def _numbers(names: Texts) -> pl.Series:
    return pl.Series([_number(name) for name in names.values()], dtype=pl.Int64)


def _number(name: str) -> int:
    if not name:
        return NOWHERE
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
