"""Places as offices print them: village numbers, and areas resolved by a gazetteer that is given."""

import re
from collections.abc import Sequence
from typing import Final, Protocol


class PlaceProblem(Protocol):
    """Why a level of a place could not be settled."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def suggestion_code(self) -> str: ...
    @property
    def suggestion_name(self) -> str: ...


class PlaceMatch(Protocol):
    """The area a text means, as deep as it is certain."""

    @property
    def code(self) -> str: ...
    @property
    def moos(self) -> tuple[int, ...]: ...
    @property
    def problems(self) -> Sequence[PlaceProblem]: ...


class Gazetteer(Protocol):
    """What reading needs of a register of areas; `prasan.areas` has one."""

    def resolve(self, text: str, *, province_code: str | None = None) -> PlaceMatch:
        """Give the area a text means and what is wrong with it."""


# \d and int() read Thai digits too.
_LIST: Final = r"\d{1,2}(?:\s*(?:,|และ|กับ|-|–|ถึง|/)\s*\d{1,2})*(?!\d)"
_said = re.compile(rf"(?:หมู่ที่|หมู่บ้านที่|หมู่|ม\.ที่|(?<![\d\u0e01-\u0e4e.] )(?<![\d\u0e01-\u0e4e.])ม\.)\s*({_LIST})")
_bare = re.compile(_LIST)
_MOST: Final = 99


def moos_said(text: str) -> tuple[int, ...]:
    """Give the village numbers a text names after หมู่ที่, หมู่ or ม., in order: “หมู่ที่ 6,10” gives (6, 10)."""
    if "หมู่" not in text and "ม." not in text:
        return ()
    numbers = [number for found in _said.finditer(text) for number in _numbers(found[1])]
    return tuple(dict.fromkeys(numbers))


def moos_of_column(text: str) -> tuple[int, ...]:
    """Give the village numbers of a cell in a column for them, where the word may be missing."""
    bare = text.strip()
    if _bare.fullmatch(bare):
        return tuple(dict.fromkeys(_numbers(bare)))
    return moos_said(text)


def _numbers(text: str) -> list[int]:
    if text.isdigit():
        return [int(text)]
    numbers: list[int] = []
    pieces = re.split(r"\s*(,|และ|กับ|-|–|ถึง|/)\s*", text)
    for index in range(0, len(pieces), 2):
        number = int(pieces[index])
        joined = pieces[index - 1] if index else ""
        if joined in ("-", "–", "ถึง") and numbers and numbers[-1] < number <= numbers[-1] + 30:
            numbers.extend(range(numbers[-1] + 1, number + 1))
        elif 0 < number <= _MOST:
            numbers.append(number)
    return numbers
