"""Finding what a line may be the same as without reading the others again: what is kept of each line, and a first look.

A sketch is 64 bytes, a bit for each run of two letters (letters.py); places are numbers that stay the same for ever.
Whoever keeps them (a table, a file) looks up the sketches of a place and lets `nearest` choose those worth scoring.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from prasan.matching.blocking import LEAST_DICE, LEAST_HELD, NEAR_AMOUNT, likeness_of_sketches
from prasan.matching.compiling import compiled
from prasan.matching.extraction import PLACE_LEVELS, Words
from prasan.matching.letters import WORDS, Letters, bits_of, sketches
from prasan.matching.texts import Cells, Table, Texts, column_by_distinct

SKETCH_VERSION: Final = 1
"""Raised when the same line gives another sketch or another number of its place: what was kept is of no use then."""
NOWHERE: Final = 0
"""The number of a place that nobody named."""

__all__ = ["NEAR_AMOUNT", "NOWHERE", "SKETCH_VERSION", "Sketched", "nearest", "sketched"]


class Sketched(NamedTuple):
    """What to keep of a record: its id, a number for each of its places (NOWHERE unknown), and its sketch."""

    id: Any
    province: int
    district: int
    subdistrict: int
    sketch: bytes


def sketched(frame: Table) -> list[Sketched]:
    """What to keep of each record.

    Read are id, name, province, district, subdistrict (text, null where not given), all in the order given.
    Places are those of the columns, else those that the line names, but for the subdistrict: a name read from a line
    may be misspelt, and a district is small enough to be looked through. Numbers are signed, of 64 bits.
    """
    words = Words.of(frame)
    core = Letters.of(words.core.cells(), digits=False)
    keys = {level: words.key(level) for level in PLACE_LEVELS}
    untold, read = words.untold("subdistrict"), keys["subdistrict"]
    keys["subdistrict"] = read.put(untold, read.pick(untold).blanks())
    numbers = {level: column_by_distinct(names, _numbers) for level, names in keys.items()}
    places = (numbers[level] for level in reversed(PLACE_LEVELS))
    kept = (row.tobytes() for row in sketches(core.codes, core.ends)[0])
    return [Sketched(*row) for row in zip(frame["id"], *places, kept, strict=True)]


def nearest(sketch: bytes, others: Mapping[int, bytes], most: int) -> list[int]:
    """The ids of those sketches that are alike enough to be scored, the most alike first, at most so many."""
    if not others:
        return []
    likeness = _likeness(np.frombuffer(sketch + b"".join(others.values()), np.uint64).reshape(-1, WORDS))
    alike = np.flatnonzero(likeness)
    ids = np.fromiter(others, np.int64, len(others))[alike]
    found: list[int] = ids[np.lexsort((ids, -likeness[alike]))[:most]].tolist()
    return found


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


def _numbers(names: Texts) -> Cells:
    return [_number(name) for name in names.values()]


def _number(name: str) -> int:
    if not name:
        return NOWHERE
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
