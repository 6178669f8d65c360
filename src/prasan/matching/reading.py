"""Records as they were read, before they are compared: what their lines say and the letters of their words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from prasan.matching.arrays import Entries
from prasan.matching.extraction import LISTS, READ, extract
from prasan.matching.letters import Letters


@dataclass(frozen=True)
class Reading:
    """The columns READ and LISTS of some records, the letters of their words without and with numbers, and LISTS."""

    table: pl.DataFrame
    core: Letters
    whole: Letters
    entries: Entries

    @classmethod
    def of(cls, checked: pl.DataFrame) -> "Reading":
        """Read a table that was checked (table.checked_table)."""
        table = extract(checked)
        letters = Letters.of(table["core_text"], digits=False), Letters.of(table["text"])
        return cls(table[[*READ, *LISTS]], *letters, Entries.of(table))

    @classmethod
    def joined(cls, parts: "list[Reading]") -> "Reading":
        """The records of all, in the order of their ids."""
        if len(parts) == 1:
            return parts[0]._in_order()
        core, whole = Letters.joined([part.core for part in parts]), Letters.joined([part.whole for part in parts])
        entries = Entries.joined([part.entries for part in parts])
        return cls(pl.concat([part.table for part in parts]), core, whole, entries)._in_order()

    def _in_order(self) -> "Reading":
        if self.table["id"].is_sorted():
            return self
        rows = self.table["id"].arg_sort()
        order: Any = rows.to_numpy().astype(np.int64)
        return Reading(self.table[rows], self.core.pick(order), self.whole.pick(order), self.entries.pick(order))

    def keep(self, path: Path) -> None:
        """Write it to two files whose names begin with that of `path`."""
        self.table.write_parquet(_table(path))
        letters = {"core": self.core, "whole": self.whole}
        arrays = {f"{name}_{part}": getattr(one, part) for name, one in letters.items() for part in ("codes", "ends")}
        np.savez(_letters(path), **arrays)

    @classmethod
    def kept(cls, path: Path) -> "Reading":
        """What `keep` wrote; entries are hashed anew, for two machines need not hash alike."""
        table = pl.read_parquet(_table(path))
        with np.load(_letters(path)) as arrays:
            core, whole = (Letters(arrays[f"{name}_codes"], arrays[f"{name}_ends"]) for name in ("core", "whole"))
        return cls(table, core, whole, Entries.of(table))


def _table(path: Path) -> Path:
    return Path(f"{path}.parquet")


def _letters(path: Path) -> Path:
    return Path(f"{path}.npz")
