"""Lists of words, and which of them stand in many texts: one pass over the letters, however many words there are.

The automaton is that of Aho and Corasick, Efficient string matching: an aid to bibliographic search (1975).
"""

from collections import deque
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from prasan.matching.coding import coded_word, joined
from prasan.matching.compiling import compiled

_BLANK: Final = " ?"  # a blank that may stand in a word or not


class WordLists:
    """Up to 62 lists of words; each list is written as a regular expression "word|word| ..." of literal words."""

    def __init__(self, lists: Iterable[str]) -> None:
        words = [(spelling, 1 << bit) for bit, one in enumerate(lists) for spelling in _spellings(one)]
        self._moves, self._said = _automaton([(coded_word(word).encode(), bit) for word, bit in words])

    def bits(self, texts: pl.Series | list[str]) -> npt.NDArray[np.int64]:
        """A bit for each list of which a coded text holds a word, the first list being bit 0."""
        found: npt.NDArray[np.int64] = _bits(*joined(texts), self._moves, self._said)
        return found


def _spellings(words: str) -> Iterable[str]:
    for word in words.split("|"):
        yield from {word.replace(_BLANK, blank) for blank in ("", " ")}


def _automaton(words: list[tuple[bytes, int]]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """For each state (in steps of 256) the next one by letter, and the bits of the words that end there."""
    after: list[dict[int, int]] = [{}]
    said = [0]
    for word, bit in words:
        state = 0
        for letter in word:
            if letter not in after[state]:
                after[state][letter] = len(after)
                after.append({})
                said.append(0)
            state = after[state][letter]
        said[state] |= bit
    moves = np.zeros((len(after), 256), np.int32)
    shorter = [0] * len(after)  # the state of the longest end of this one that is a beginning of a word
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        said[state] |= said[shorter[state]]
        moves[state] = moves[shorter[state]]
        for letter, longer in after[state].items():
            shorter[longer] = int(moves[state, letter])
            moves[state, letter] = longer
            waiting.append(longer)
    return moves.ravel() << 8, np.array(said, np.int64)


@compiled
def _bits(texts: Any, sizes: Any, moves: Any, said: Any) -> Any:
    found = np.zeros(len(sizes), np.int64)
    start = 0
    for row in range(len(sizes)):
        state, bits = np.int64(0), np.int64(0)
        for place in range(start, start + sizes[row]):
            state = np.int64(moves[state + texts[place]])
            bits |= said[state >> 8]
        found[row] = bits
        start += sizes[row]
    return found
