"""Fixed-width sketches of the letter pairs of a text, and the rare letter runs that blocks are split by."""

from typing import Final

import numpy as np
import numpy.typing as npt

WIDTH: Final = 1024  # bits of one sketch
_ROWS_AT_ONCE: Final = 8192

Bits = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]


def _letters(texts: list[str]) -> tuple[npt.NDArray[np.uint64], Ints]:
    """All code points one after another, and the row each belongs to."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    return codes, rows.astype(np.int64)


def _runs(texts: list[str], length: int) -> tuple[npt.NDArray[np.uint64], Ints]:
    """Hash of every run of `length` letters inside one text, and the row it comes from."""
    codes, rows = _letters(texts)
    if len(codes) < length:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    count = len(codes) - length + 1
    hashed = np.zeros(count, np.uint64)
    for offset in range(length):
        hashed = hashed * np.uint64(1_000_003) + codes[offset : offset + count]
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    inside = rows[:count] == rows[length - 1 :]
    return hashed[inside], rows[:count][inside]


def sketch(texts: list[str]) -> tuple[Bits, Ints]:
    """Sketch (rows x WIDTH/8 bytes) of the 2-letter runs of each text, and the number of bits set in each."""
    sketches = np.zeros((len(texts), WIDTH // 8), np.uint8)
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        part = texts[start : start + _ROWS_AT_ONCE]
        hashed, rows = _runs(part, 2)
        flags = np.zeros((len(part), WIDTH), np.bool_)
        flags[rows, (hashed % np.uint64(WIDTH)).astype(np.int64)] = True
        sketches[start : start + len(part)] = np.packbits(flags, axis=1)
    return sketches, np.bitwise_count(sketches).sum(axis=1, dtype=np.int64)


def shared_bits(sketches: Bits, left: Ints, right: Ints) -> Ints:
    """Number of bits that the sketches of each pair of rows share."""
    words = sketches.view(np.uint64)
    shared = np.zeros(len(left), np.int64)
    for start in range(0, len(left), 1 << 17):
        piece = slice(start, start + (1 << 17))
        shared[piece] = np.bitwise_count(words[left[piece]] & words[right[piece]]).sum(axis=1, dtype=np.int64)
    return shared


def rare_runs(texts: list[str], *, length: int = 5, keep: int = 8) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """For each text the `keep` rarest letter runs that at least one other text has: (rows, hashes).

    A run that only one text has can bring it to no other; the rarest of the rest make the smallest blocks.
    Texts that are shorter than a run count as one run of their own.
    """
    hashed, rows = _runs([text.ljust(length, "\x00") for text in texts], length)
    order = np.lexsort((hashed, rows))
    hashed, rows = hashed[order], rows[order]
    first = np.ones(len(rows), np.bool_)
    first[1:] = (rows[1:] != rows[:-1]) | (hashed[1:] != hashed[:-1])
    hashed, rows = hashed[first], rows[first]
    _, place, count = np.unique(hashed, return_inverse=True, return_counts=True)
    frequency = count[place]
    shared = frequency > 1
    hashed, rows, frequency = hashed[shared], rows[shared], frequency[shared]
    order = np.lexsort((hashed, frequency, rows))
    hashed, rows = hashed[order], rows[order]
    starts = np.searchsorted(rows, rows, side="left")
    chosen = np.arange(len(rows)) - starts < keep
    return rows[chosen], hashed[chosen]
