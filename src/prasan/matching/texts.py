"""Texts one below another, and what is done to all: in columns where they are many, line by line where few.

The steps of cleaning and extraction are written once, in the words of `Texts`. A step costs a column some 0.1 ms
however short it is, and a line some microseconds: so a million lines are read as `Column`, and the one that an
officer is typing as `Lines`. Both give the same answer (a test compares them); both work on coded text (coding.py).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from prasan.matching.coding import FEW, LETTERS
from prasan.matching.letters import Ints

Cells = pl.Series | list[Any] | npt.NDArray[Any]
"""Values one below another: a column of polars where they are many, a list where few, or numbers."""


class Table(Protocol):
    """Columns of one length by their names: a frame of polars, or a dictionary."""

    def __getitem__(self, name: str, /) -> Cells: ...


_WORD_EDGE: Final = "(?-u:\\b)"  # as polars writes it
_BACK: Final = str.maketrans(LETTERS)
_GROUP: Final = re.compile(r"\$\{(\d)\}")


class Texts(Protocol):
    """Texts in their order; every method leaves the texts it is called on as they are."""

    def __len__(self) -> int: ...

    def series(self) -> pl.Series:
        """The texts as a column of strings."""

    def cells(self) -> pl.Series | list[str]:
        """The texts in the form in which they are kept."""

    def values(self) -> list[str]:
        """The texts as a list."""

    def blanks(self) -> "Texts":
        """As many empty texts."""

    def rows(self, pattern: str) -> Ints:
        """The rows whose text holds the pattern."""

    def rows_of(self, text: str) -> Ints:
        """The rows that hold just this text."""

    def pick(self, rows: Ints) -> "Texts":
        """The texts of these rows."""

    def put(self, rows: Ints, texts: "Texts") -> "Texts":
        """The texts with those of these rows replaced."""

    def replaced(self, pattern: str, by: str, *, once: bool = False) -> "Texts":
        """Every match (or the first) replaced; `${1}` in `by` is the first group."""

    def without_names(self, before: str, names: "Texts") -> "Texts":
        """Each text with a blank for every `before` followed by the name in the same row; no name, no change."""

    def spelled(self, spellings: "Spellings") -> "Texts":
        """Words replaced by others in one pass from left to right; where several begin, the first of the table."""

    def found(self, pattern: str, between: str = "|") -> "Texts":
        """All matches of each text."""

    def last_found(self, pattern: str) -> "Texts":
        """The first group of the last match of each text; empty without a match."""

    def stripped(self, letters: str = " ") -> "Texts":
        """Without these letters at both ends."""

    def padded(self, before: str, after: str) -> "Texts":
        """With something before and behind."""

    def beside(self, *others: "Texts") -> "Texts":
        """The texts of one row of all, joined by "|"."""

    def decoded(self) -> "Texts":
        """The Thai texts that were coded, but for the signs that were folded into blanks."""

    def distinct(self, pattern: str, but: Sequence[str] = ()) -> Cells:
        """All matches of each text as a sorted list without doubles."""

    def number_bits(self, pattern: str, zero: int, least: int, most: int) -> Ints:
        """A bit for each number found from `least` to `most`; `zero` would be bit 0."""


class Spellings:
    """A table of words of two letters and more, with what is written for each."""

    def __init__(self, words: dict[str, str]) -> None:
        self.words: Final = words
        self._by_beginning: dict[str, list[tuple[str, str]]] = {}
        for before, after in words.items():
            self._by_beginning.setdefault(before[:2], []).append((before, after))
        self._next = re.compile("|".join(map(re.escape, self._by_beginning))).search

    def write(self, text: str) -> str:
        """One text with its words replaced."""
        pieces: list[str] = []
        place, copied = 0, 0
        while beginning := self._next(text, place):
            place = beginning.start()
            for before, after in self._by_beginning[beginning[0]]:
                if text.startswith(before, place):
                    pieces += (text[copied:place], after)
                    place = copied = place + len(before)
                    break
            else:
                place += 1
        return "".join((*pieces, text[copied:]))


def strings(values: pl.Series) -> pl.Series:
    """A column of anything as text; null is empty."""
    values = _as_text(values)
    return values.fill_null("") if values.null_count() else values


def texts_of(values: Cells) -> Texts:
    """Texts of a column, in the form that suits their number."""
    if len(values) > FEW:
        return Column(strings(pl.Series(values)))
    every = _as_text(values).to_list() if isinstance(values, pl.Series) else values
    return Lines(["" if value is None else str(value) for value in every])


def _as_text(values: pl.Series) -> pl.Series:
    return values if values.dtype == pl.String else values.cast(pl.String)


def column_of(cells: Cells, kind: pl.DataType | None = None) -> pl.Series:
    """Values as a column; `kind` is that of a list, texts if not said."""
    return pl.Series(cells, dtype=kind or pl.String()) if isinstance(cells, list) else pl.Series(cells)


def distinct(texts: Cells) -> Texts:
    """The distinct texts in their order."""
    if isinstance(texts, pl.Series) and len(texts) > FEW:
        return Column(texts.unique().sort())
    return Lines(sorted(set(texts)))


def values_of(cells: Cells, rows: Ints) -> list[Any]:
    """The values of these rows."""
    if isinstance(cells, list):
        return [cells[row] for row in rows.tolist()]
    found: list[Any] = cells[rows].tolist() if isinstance(cells, np.ndarray) else cells[rows].to_list()
    return found


def by_distinct(values: "Texts", make: Callable[["Texts"], "Texts"]) -> "Texts":
    """`make` done once for each distinct text: a million lines have some thousand owners and places."""
    if isinstance(values, Lines):
        every = values.values()
        once = list(dict.fromkeys(every))
        made = dict(zip(once, make(Lines(once)).values(), strict=True))
        return Lines([made[text] for text in every])
    return Column(column_of(column_by_distinct(values, lambda some: make(some).series())))


def column_by_distinct(values: "Texts", make: Callable[["Texts"], Cells]) -> Cells:
    """The same where something else than texts is made of them."""
    if isinstance(values, Lines):
        return make(values)
    once = values.series().unique()
    made = pl.DataFrame({"value": once, "made": make(Column(once))})
    rows = values.series().alias("value").to_frame().join(made, on="value", how="left", maintain_order="left")
    return rows["made"]


def mended(texts: Texts, pattern: str, mend: Callable[[Texts], Texts]) -> Texts:
    """`texts` with `mend` done to those rows only that hold the pattern: few do, and looking is cheap."""
    rows = texts.rows(pattern)
    return texts.put(rows, mend(texts.pick(rows))) if len(rows) else texts


class Column:
    """Many texts, in a column of polars."""

    def __init__(self, values: pl.Series) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def series(self) -> pl.Series:
        return self._values

    def cells(self) -> pl.Series | list[str]:
        return self._values

    def values(self) -> list[str]:
        return self._values.to_list()

    def blanks(self) -> Texts:
        return Column(pl.repeat("", len(self), dtype=pl.String, eager=True))

    def rows(self, pattern: str) -> Ints:
        return _numbered(self._values.str.contains(pattern).arg_true())

    def rows_of(self, text: str) -> Ints:
        return _numbered((self._values == text).arg_true())

    def pick(self, rows: Ints) -> Texts:
        return Column(self._values.gather(rows))

    def put(self, rows: Ints, texts: Texts) -> Texts:
        return Column(self._values.clone().scatter(rows, texts.series())) if len(rows) else self

    def replaced(self, pattern: str, by: str, *, once: bool = False) -> Texts:
        replace = self._values.str.replace if once else self._values.str.replace_all
        return Column(replace(pattern, by))

    def without_names(self, before: str, names: Texts) -> Texts:
        pair = pl.DataFrame({"text": self._values, "name": names.series()})
        nothing = pl.lit("\0")  # stands in no text
        named = pl.when(pl.col("name") != "").then(pl.concat_str(pl.lit(before), "name")).otherwise(nothing)
        return Column(pair.select(pl.col("text").str.split(named).list.join(" ")).to_series())

    def spelled(self, spellings: "Spellings") -> Texts:
        return Column(self._values.str.replace_many(spellings.words, leftmost=True))

    def found(self, pattern: str, between: str = "|") -> Texts:
        return Column(self._values.str.extract_all(pattern).list.join(between))

    def last_found(self, pattern: str) -> Texts:
        last = self._values.str.extract_all(pattern).list.last()
        return Column(last.str.extract(pattern, 1).fill_null(""))

    def stripped(self, letters: str = " ") -> Texts:
        return Column(self._values.str.strip_chars(letters))

    def padded(self, before: str, after: str) -> Texts:
        return Column(pl.select(pl.lit(before) + self._values + pl.lit(after)).to_series())

    def beside(self, *others: Texts) -> Texts:
        columns = [one.series().alias(str(place)) for place, one in enumerate((self, *others))]
        return Column(pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator="|")).to_series())

    def decoded(self) -> Texts:
        return Column(self._values.str.replace_many(LETTERS))

    def distinct(self, pattern: str, but: Sequence[str] = ()) -> Cells:
        rows = pl.int_range(len(self), eager=True).alias("row")
        found = pl.DataFrame({"row": rows, "list": self._values}).filter(pl.col("list") != "")
        found = found.with_columns(pl.col("list").str.extract_all(pattern))
        if but:
            found = found.with_columns(pl.col("list").list.set_difference(pl.lit(but)))
        several = found.filter(pl.col("list").list.len() > 1).explode("list").unique().sort("row", "list")
        several = several.group_by("row", maintain_order=True).agg("list")
        single = found.filter(pl.col("list").list.len() == 1)
        lists = rows.to_frame().join(pl.concat([single, several]), on="row", how="left", maintain_order="left")["list"]
        return lists.fill_null(pl.lit([], pl.List(pl.String)))

    def number_bits(self, pattern: str, zero: int, least: int, most: int) -> Ints:
        numbers = self._values.str.extract_all(pattern).list.eval(pl.element().cast(pl.Int64)).list.unique()
        bit = pl.lit(2, pl.Int64).pow(pl.element() - zero)
        bits = numbers.list.eval(pl.when(pl.element().is_between(least, most)).then(bit).otherwise(0).cast(pl.Int64))
        return _numbered(bits.list.sum().fill_null(0))


class Lines:
    """A few texts, one after another."""

    def __init__(self, values: list[str]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def series(self) -> pl.Series:
        return pl.Series(self._values, dtype=pl.String)

    def cells(self) -> pl.Series | list[str]:
        return self._values

    def values(self) -> list[str]:
        return self._values

    def blanks(self) -> Texts:
        return Lines([""] * len(self))

    def rows(self, pattern: str) -> Ints:
        search = _regular(pattern).search
        return np.array([row for row, text in enumerate(self._values) if search(text)], np.int64)

    def rows_of(self, text: str) -> Ints:
        return np.array([row for row, one in enumerate(self._values) if one == text], np.int64)

    def pick(self, rows: Ints) -> Texts:
        return Lines([self._values[row] for row in rows])

    def put(self, rows: Ints, texts: Texts) -> Texts:
        values = list(self._values)
        for row, text in zip(rows, texts.values(), strict=True):
            values[row] = text
        return Lines(values)

    def replaced(self, pattern: str, by: str, *, once: bool = False) -> Texts:
        sub, filled = _regular(pattern).sub, _filled(by)
        return Lines([sub(filled, text, int(once)) for text in self._values])

    def without_names(self, before: str, names: Texts) -> Texts:
        pairs = zip(self._values, names.values(), strict=True)
        return Lines([text.replace(before + name, " ") if name else text for text, name in pairs])

    def spelled(self, spellings: "Spellings") -> Texts:
        return Lines([spellings.write(text) for text in self._values])

    def found(self, pattern: str, between: str = "|") -> Texts:
        return Lines([between.join(one[0] for one in _regular(pattern).finditer(text)) for text in self._values])

    def last_found(self, pattern: str) -> Texts:
        every = ([*_regular(pattern).finditer(text)] for text in self._values)
        return Lines([found[-1][1] if found else "" for found in every])

    def stripped(self, letters: str = " ") -> Texts:
        return Lines([text.strip(letters) for text in self._values])

    def padded(self, before: str, after: str) -> Texts:
        return Lines([before + text + after for text in self._values])

    def beside(self, *others: Texts) -> Texts:
        return Lines(["|".join(row) for row in zip(*(one.values() for one in (self, *others)), strict=True)])

    def decoded(self) -> Texts:
        return Lines([text.translate(_BACK) for text in self._values])

    def distinct(self, pattern: str, but: Sequence[str] = ()) -> Cells:
        every = ({one[0] for one in _regular(pattern).finditer(text)} for text in self._values)
        return [sorted(found.difference(but)) for found in every]

    def number_bits(self, pattern: str, zero: int, least: int, most: int) -> Ints:
        every = ({int(one[0]) for one in _regular(pattern).finditer(text)} for text in self._values)
        return np.array([sum(1 << one - zero for one in found if least <= one <= most) for found in every], np.int64)


def _numbered(values: pl.Series) -> Ints:
    return values.to_numpy().astype(np.int64)


@cache
def _regular(pattern: str) -> re.Pattern[str]:
    """The same expression for Python: coded text has digits, blanks and word edges of ASCII only."""
    return re.compile(pattern.replace(_WORD_EDGE, r"\b"), re.ASCII)


@cache
def _filled(by: str) -> Callable[[re.Match[str]], str]:
    """What stands for a match; never a template of Python's, in which codes would be read as signs."""
    pieces = _GROUP.split(by)  # words, group, words, group, words

    def filled(found: re.Match[str]) -> str:
        return "".join(found[int(one)] if place % 2 else one for place, one in enumerate(pieces))

    return filled
