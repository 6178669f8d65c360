"""Texts as arrays of letters, and what is measured on them: sketches, letters in common, runs replaced.

The functions are compiled (numba) and release the interpreter's lock; the compiled code is kept beside this file.
"""

import string
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from prasan.matching.coding import CODES, joined
from prasan.matching.compiling import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

WORDS: Final = 8  # 64-bit words of one sketch
_TWO_BYTES: Final = 0xDC  # the first byte of every two-byte code
_LARGEST_TABLE: Final = (
    1 << 11
)  # letters times letters of two differing middles that are aligned; the lesser fits a word
_BRIDGE: Final = 2  # equal letters between two differences that are too few to be a word in common
_WIDEST: Final = 512  # letters of one text that are compared; more than any plan line has

_DROPPED_MARKS: Final = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅฯๆ"
_DROPPED_SIGNS: Final = " #$%()+,-./:_|"


def _kept(*, digits: bool) -> tuple[Bytes, Bytes]:
    """1 for each byte that a skeleton keeps, alone and after the first byte of a two-byte code; 0 for the others."""
    alone, after = np.ones(256, np.uint8), np.ones(256, np.uint8)
    alone[:32] = 0
    for code in CODES.values():
        if ord(code) < 32:
            alone[ord(code)] = 1
    for letter in _DROPPED_MARKS + _DROPPED_SIGNS + ("" if digits else string.digits):
        written = CODES.get(letter, letter).encode()
        (after if len(written) > 1 else alone)[written[-1]] = 0
    return alone, after


_KEPT: Final = {digits: _kept(digits=digits) for digits in (True, False)}


@dataclass(frozen=True)
class Letters:
    """Texts one after another, one byte a letter; text `row` is `codes[ends[row] : ends[row + 1]]`."""

    codes: Bytes
    ends: Ints

    @classmethod
    def of(cls, texts: pl.Series | list[str], *, digits: bool = True) -> "Letters":
        """The skeletons of coded texts (coding.py): without marks, signs and blanks, and without digits if so asked."""
        codes, kept = _skeletons(*joined(texts), *_KEPT[digits])
        return cls(codes, ends_of(kept))

    @classmethod
    def joined(cls, parts: "list[Letters]") -> "Letters":
        """Texts of several, one after another."""
        sizes = [np.diff(part.ends) for part in parts]
        codes = np.concatenate([np.empty(0, np.uint8), *(part.codes for part in parts)])
        return cls(codes, ends_of(np.concatenate([np.empty(0, np.int64), *sizes])))

    def pick(self, rows: Ints) -> "Letters":
        """The texts of these rows."""
        return Letters(picked(self.codes, self.ends, rows), ends_of(np.diff(self.ends)[rows]))


def ends_of(sizes: Ints) -> Ints:
    """Where pieces of these sizes end that stand one after another, with the beginning of the first before them."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


@compiled
def picked(values: Any, ends: Any, rows: Any) -> Any:
    """The values of these rows one after another; those of `row` are `values[ends[row] : ends[row + 1]]`."""
    count = 0
    for row in rows:
        count += ends[row + 1] - ends[row]
    found, place = np.empty(count, values.dtype), 0
    for row in rows:
        size = ends[row + 1] - ends[row]
        found[place : place + size] = values[ends[row] : ends[row + 1]]
        place += size
    return found


def hashes(texts: pl.Series | list[str]) -> Words:
    """A number for each text, the same on every machine."""
    found: Words = _hashes(*joined(texts))
    return found


@compiled
def _hashes(texts: Any, sizes: Any) -> Any:
    found, place = np.empty(len(sizes), np.uint64), 0
    for row in range(len(sizes)):
        found[row] = hash_of(texts, place, place + sizes[row])
        place += sizes[row]
    return found


@compiled
def hash_of(codes: Any, start: Any, end: Any) -> Any:
    """A number of 64 bits for these letters: the steps of FNV-1a (Fowler, Noll, Vo)."""
    number = np.uint64(1469598103934665603)
    for place in range(start, end):
        number = (number ^ np.uint64(codes[place])) * np.uint64(1099511628211)
    return number


@compiled
def _skeletons(texts: Any, sizes: Any, alone: Any, after: Any) -> Any:
    out = np.empty(len(texts), np.uint8)
    kept = np.zeros(len(sizes), np.int64)
    place, written = 0, 0
    for row in range(len(sizes)):
        end, before = place + sizes[row], written
        while place < end:  # what is not kept is written over: no branch to guess wrong at every mark
            byte = texts[place]
            place += 1
            if byte == _TWO_BYTES and place < end:
                byte = texts[place]
                place += 1
                out[written] = byte
                written += after[byte]
            else:
                out[written] = byte
                written += alone[byte]
        written = min(written, before + _WIDEST)
        kept[row] = written - before
    return out[:written].copy(), kept


@compiled
def sketches(codes: Any, ends: Any) -> Any:
    """Sketch (rows x WORDS, 64 bits each) of the two-letter runs of each text, and how many bits are set in each."""
    rows = len(ends) - 1
    found = np.zeros((rows, WORDS), np.uint64)
    sizes = np.zeros(rows, np.int64)
    for row in range(rows):
        for place in range(ends[row], ends[row + 1] - 1):
            run = np.uint64(codes[place]) * np.uint64(257) + np.uint64(codes[place + 1])
            slot = (run * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(55)
            found[row, slot >> np.uint64(6)] |= np.uint64(1) << (slot & np.uint64(63))
        for word in range(WORDS):
            sizes[row] += bits_of(found[row, word])
    return found, sizes


@compiled
def bits_of(word: Any) -> Any:
    """How many bits are set in a 64-bit word."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def _trimmed(codes: Any, a: Any, a_end: Any, b: Any, b_end: Any) -> Any:
    """Both ranges without the letters they begin and end with alike."""
    while a < a_end and b < b_end and codes[a] == codes[b]:
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and codes[a_end - 1] == codes[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    return a, a_end, b, b_end


@compiled
def scratch_in_common() -> Any:
    """Room for `in_common`, to be used again and again: where each letter stands in one text, and a row of words."""
    return np.zeros((257, _WIDEST // 64), np.uint64)


@compiled
def in_common(codes: Any, a: Any, a_end: Any, b: Any, b_end: Any, masks: Any) -> Any:
    """Length of the longest common subsequence of two ranges of letters, 64 letters at a step.

    `masks` is what `scratch_in_common` made; it is left as it was. The method is that of Hyyro, Bit-parallel
    LCS-length computation revisited (2004), with carries between the words.
    """
    whole = a_end - a
    a, a_end, b, b_end = _trimmed(codes, a, a_end, b, b_end)
    alike, length = whole - (a_end - a), a_end - a
    if length == 0 or b == b_end:
        return alike
    words = (length + 63) >> 6
    for place in range(length):
        masks[codes[a + place], place >> 6] |= np.uint64(1) << np.uint64(place & 63)
    row = masks[256]
    row[:words] = np.uint64(0xFFFFFFFFFFFFFFFF)
    for place in range(b, b_end):
        letter, carry = codes[place], np.uint64(0)
        for word in range(words):
            old = row[word]
            hit = old & masks[letter, word]
            total = old + hit
            sum_carry = total < old
            total = total + carry
            carry = np.uint64(1) if sum_carry or (carry == np.uint64(1) and total == np.uint64(0)) else np.uint64(0)
            row[word] = total | (old - hit)
    for word in range(words):
        last = min(length - (word << 6), 64)
        used = np.uint64(0xFFFFFFFFFFFFFFFF) if last == 64 else (np.uint64(1) << np.uint64(last)) - np.uint64(1)
        alike += bits_of(~row[word] & used)
    for place in range(length):
        masks[codes[a + place], place >> 6] = np.uint64(0)
    return alike


@compiled
def _comes_first(codes: Any, a: Any, a_end: Any, b: Any, b_end: Any) -> Any:
    """Whether the first range stands before the second: shorter, then by its letters; an alignment needs one order."""
    if a_end - a != b_end - b:
        return a_end - a < b_end - b
    for step in range(a_end - a):
        if codes[a + step] != codes[b + step]:
            return codes[a + step] < codes[b + step]
    return True


@compiled
def _gains(codes: Any, a: Any, rows: Any, b: Any, columns: Any, masks: Any) -> Any:
    """For each place in the second range the places in the first (at most 64, the last is bit 0) that gain nothing.

    A place gains where the longest common subsequence of what is left of both ranges is longer by it than without it.
    The steps are those of `in_common`, from the ends of both ranges to their beginnings.
    """
    for row in range(rows):
        masks[codes[a + row], 0] |= np.uint64(1) << np.uint64(rows - 1 - row)
    found = np.empty(columns, np.uint64)
    word = np.uint64(0xFFFFFFFFFFFFFFFF)
    for column in range(columns - 1, -1, -1):
        hit = word & masks[codes[b + column], 0]
        word = (word + hit) | (word - hit)
        found[column] = word
    for row in range(rows):
        masks[codes[a + row], 0] = np.uint64(0)
    return found


@compiled
def _goes_first(gains_nothing: Any, row: Any, rows: Any, column: Any, columns: Any) -> Any:
    """Whether the next letter that differs is taken from the first of the two ranges: where that costs no letter."""
    if row == rows or column == columns:
        return column == columns
    return (gains_nothing[column] >> np.uint64(rows - 1 - row)) & np.uint64(1) == np.uint64(1)


@compiled
def replaced(codes: Any, a: Any, a_end: Any, b: Any, b_end: Any, masks: Any) -> Any:
    """The longest run of letters replaced by another run, and the longest run that only one of the two has.

    "ถนนธรรมวิถี" against "ถนนเทพนิมิตร" replaces; a missing "แบบมีฝาปิด" only leaves out. Middles too long to be
    aligned letter by letter count as one run. `masks` is what `scratch_in_common` made.
    """
    if not _comes_first(codes, a, a_end, b, b_end):
        a, a_end, b, b_end = b, b_end, a, a_end
    a, a_end, b, b_end = _trimmed(codes, a, a_end, b, b_end)
    rows, columns = a_end - a, b_end - b
    if rows == 0 or columns == 0 or rows * columns > _LARGEST_TABLE:
        return min(rows, columns), abs(rows - columns)
    gains_nothing = _gains(codes, a, rows, b, columns, masks)
    most, lone, gone, come, equal = 0, 0, 0, 0, 0
    row, column = 0, 0
    while row < rows or column < columns:
        if row < rows and column < columns and codes[a + row] == codes[b + column]:
            equal, row, column = equal + 1, row + 1, column + 1
            continue
        if equal > _BRIDGE:  # a word in common ends the run; fewer equal letters belong to it
            most, lone = max(most, min(gone, come)), max(lone, abs(gone - come))
            gone, come = 0, 0
        elif gone + come:
            gone, come = gone + equal, come + equal
        equal = 0
        if _goes_first(gains_nothing, row, rows, column, columns):
            gone, row = gone + 1, row + 1
        else:
            come, column = come + 1, column + 1
    return max(most, min(gone, come)), max(lone, abs(gone - come))
