"""Long lists in pieces, for databases that take only so many values in one question."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

Item = TypeVar("Item")

MOST_IDS: Final = 5_000
"""Values in one question; SQLite takes some 32,000 in all, and a question has other values beside."""


def chunks(items: Iterable[Item], size: int = MOST_IDS) -> Iterator[Sequence[Item]]:
    """The items in their order, `size` at a time; the last piece may be shorter, none is empty."""
    left = iter(items)
    while piece := list(islice(left, size)):
        yield piece
