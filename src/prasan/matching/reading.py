"""Records as they were read, before they are compared: what their lines say and the letters of their words."""

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from prasan.matching.arrays import Entries
from prasan.matching.extraction import LISTS, SAID, Words, columns_of, said
from prasan.matching.letters import Ints, Letters
from prasan.matching.texts import Cells, Table

_ARRAYS: Final = ("core.codes", "core.ends", "whole.codes", "whole.ends", "entries.hashes", "entries.ends")


@dataclass(frozen=True)
class Reading:
    """Some records: what SAID and LISTS name, the letters of their words without and with numbers, and LISTS."""

    ids: pl.Series
    said: dict[str, Cells]
    core: Letters
    whole: Letters
    entries: Entries

    @classmethod
    def of(cls, checked: Table) -> "Reading":
        """Read a table that has every column, and ids that are distinct (table.checked_table)."""
        words = Words.of(checked)
        every = said(checked, words)
        letters = Letters.of(words.core.cells(), digits=False), Letters.of(words.text.cells())
        return cls(pl.Series(checked["id"]), every, *letters, Entries.of(every))

    @classmethod
    def joined(cls, parts: "list[Reading]") -> "Reading":
        """The records of all, in the order of their ids."""
        if len(parts) == 1:
            return parts[0]._in_order()
        core, whole = Letters.joined([part.core for part in parts]), Letters.joined([part.whole for part in parts])
        entries = Entries.joined([part.entries for part in parts])
        table = pl.concat([part.table() for part in parts])
        return cls(table["id"], _columns(table), core, whole, entries)._in_order()

    def _in_order(self) -> "Reading":
        if self.ids.is_sorted():
            return self
        order: Ints = self.ids.arg_sort().to_numpy().astype(np.int64)
        letters = self.core.pick(order), self.whole.pick(order)
        return Reading(self.ids[order], _columns(self.table()[order]), *letters, self.entries.pick(order))

    def table(self) -> pl.DataFrame:
        """The ids and what the records say."""
        return pl.DataFrame([self.ids.alias("id"), *columns_of({name: self.said[name] for name in (*SAID, *LISTS)})])

    def keep(self, path: Path) -> None:
        """Write it to two files whose names begin with that of `path`."""
        self.table().write_parquet(_written(path))
        np.savez(_numbers(path), **{name: attrgetter(name)(self) for name in _ARRAYS})

    @classmethod
    def kept(cls, path: Path) -> "Reading":
        """What `keep` wrote."""
        table = pl.read_parquet(_written(path))
        with np.load(_numbers(path)) as arrays:
            every = [arrays[name] for name in _ARRAYS]
        letters = Letters(*every[:2]), Letters(*every[2:4])
        return cls(table["id"], _columns(table), *letters, Entries(*every[4:]))


def _columns(table: pl.DataFrame) -> dict[str, Cells]:
    return {name: table[name] for name in (*SAID, *LISTS)}


def _written(path: Path) -> Path:
    return Path(f"{path}.parquet")


def _numbers(path: Path) -> Path:
    return Path(f"{path}.npz")
