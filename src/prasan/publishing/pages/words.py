"""Two names set against each other: which of their words differ."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Thai writes without spaces, so names are compared in pieces that are never split inside: numbers, Latin
# words, runs of spaces, and a Thai consonant with the vowels and marks that belong to it.
_piece = re.compile(r"[0-9๐-๙][0-9๐-๙.,]*|[A-Za-z]+|\s+|[เแโใไ]?[ก-ฮ][ะ-ฺ็-๎ๅ]*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    differs: bool


_SHORT = 5  # pieces: equal runs shorter than this between differences are chance, and marking them is noise


def compared(first: str, second: str) -> tuple[list[Word], list[Word]]:
    """Split two names into runs that both have and runs that only one has; joined, they give the names back."""
    a, b = _piece.findall(first), _piece.findall(second)
    left: list[Word] = []
    right: list[Word] = []
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for tag, a_from, a_to, b_from, b_to in blocks:
        same = tag == "equal" and (len(blocks) == 1 or _telling(a[a_from:a_to]))
        _add(left, "".join(a[a_from:a_to]), differs=not same)
        _add(right, "".join(b[b_from:b_to]), differs=not same)
    return left, right


def _telling(run: list[str]) -> bool:
    """Whether an equal run says something: long enough, or with a number in it."""
    return len(run) >= _SHORT or any(piece[0].isdigit() for piece in run)


def _add(words: list[Word], text: str, *, differs: bool) -> None:
    if text and words and words[-1].differs == differs:
        words[-1] = Word(words[-1].text + text, differs)
    elif text:
        words.append(Word(text, differs))
