"""Records as arrays of numbers: the form in which pairs of them are compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from prasan.matching.extraction import LISTS, PLACE_LEVELS
from prasan.matching.letters import Ints, Letters, Words, ends_of, hashes, picked, sketches
from prasan.matching.texts import Cells, Column, distinct, texts_of

MASKS: Final = ("moo_mask", "text_years", "years", "objects", "works", "materials")
UNKNOWN_PLACE: Final = -1

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Entries:
    """Hashes of what lines name, list after list in the order of LISTS and row after row, and where each list ends."""

    hashes: Words
    ends: Ints

    @classmethod
    def of(cls, said: Mapping[str, Cells]) -> "Entries":
        """The lists of what records say."""
        if isinstance(said[LISTS[0]], list):
            lists = [one for row in zip(*(said[name] for name in LISTS), strict=True) for one in row]
            ends = ends_of(np.array([len(one) for one in lists], np.int64))
            return cls(hashes([entry for one in lists for entry in one]), ends)
        table = pl.DataFrame({name: said[name] for name in LISTS})
        sizes = table.select(pl.all().list.len()).to_numpy().astype(np.int64)
        ends = ends_of(sizes.ravel())
        found = np.zeros(ends[-1], np.uint64)
        starts = ends[:-1].reshape(sizes.shape)
        for which, name in enumerate(LISTS):
            size = sizes[:, which]
            inside = np.arange(size.sum(), dtype=np.int64) - np.repeat(np.cumsum(size) - size, size)
            values = table[name].filter(table[name].list.len() > 0).explode()
            found[np.repeat(starts[:, which], size) + inside] = hashes(values)
        return cls(found, ends)

    @classmethod
    def joined(cls, parts: "list[Entries]") -> "Entries":
        """Lists of several tables, one after another."""
        sizes = [np.diff(part.ends) for part in parts]
        return cls(np.concatenate([part.hashes for part in parts]), ends_of(np.concatenate(sizes)))

    def pick(self, rows: Ints) -> "Entries":
        """The lists of these rows."""
        sizes = np.diff(self.ends).reshape(-1, len(LISTS))[rows].ravel()
        return Entries(picked(self.hashes, self.ends[:: len(LISTS)], rows), ends_of(sizes))


@dataclass(frozen=True)
class Arrays:
    """What pairs are compared by, one row a record.

    `places` (rows x 3, subdistrict, district, province) number the names, -1 where unknown; numbers compare only
    inside one `Arrays`. `entries` hold a hash of each thing a line names, list after list in the order of LISTS:
    list `which` of `row` is `entries[entry_ends[8 * row + which] : entry_ends[8 * row + which + 1]]`.
    """

    core: Letters
    whole: Letters
    owner: Letters
    sketch: Words
    sketch_sizes: Ints
    places: Ints
    given: Flags
    masks: Ints
    amount: Floats
    owner_number: Ints
    owner_digits: Ints
    entries: Words
    entry_ends: Ints

    @classmethod
    def of(cls, said: Mapping[str, Cells], core: Letters, whole: Letters, entries: Entries) -> "Arrays":
        """Arrays of what records say (extraction.py), the letters of `core_text` and `text`, and the lists."""
        sketch, sizes = sketches(core.codes, core.ends)
        owners = distinct(said["owner_bones"])
        return cls(
            core=core,
            whole=whole,
            owner=Letters.of(owners.cells()),
            sketch=sketch,
            sketch_sizes=sizes,
            places=np.column_stack([_numbered(said[f"{level}_key"]) for level in PLACE_LEVELS]),
            given=np.column_stack([np.asarray(said[f"{level}_given"]) for level in PLACE_LEVELS]),
            masks=np.column_stack([np.asarray(said[name]).astype(np.int64) for name in MASKS]),
            amount=np.asarray(said["amount"]).astype(np.float64),
            owner_number=_ranked(said["owner_bones"]),
            owner_digits=_ranked(owners.found(r"\d+", " ").cells()),
            entries=entries.hashes,
            entry_ends=entries.ends,
        )

    def __len__(self) -> int:
        return len(self.amount)


def in_order(numbers: Ints) -> Ints:
    """Distinct numbers in their order: what np.unique gives, which hashes first and takes ten times as long."""
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _numbered(names: Cells) -> Ints:
    """A number for each distinct name, -1 for none."""
    numbers = _ranked(names)
    numbers[texts_of(names).rows_of("")] = UNKNOWN_PLACE
    return numbers


def _ranked(values: Cells) -> Ints:
    """The place of each text among the distinct ones in their order, the first being 0."""
    ordered = distinct(values)
    if isinstance(values, pl.Series) and isinstance(ordered, Column):  # ranking all would take ten times as long
        return values.cast(pl.Enum(ordered.series())).to_physical().to_numpy().astype(np.int64)
    places = {text: place for place, text in enumerate(ordered.values())}
    return np.array([places[text] for text in values], np.int64)
