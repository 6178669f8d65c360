"""Which records are compared with which: those of one place; and who names no place looks for rare letter runs."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.matching.arrays import MASKS, Arrays, Flags
from prasan.matching.compiling import compiled
from prasan.matching.extraction import LISTS, PLACE_LEVELS
from prasan.matching.letters import WORDS, Ints, Words, bits_of, ends_of
from prasan.matching.runs import (
    SLOTS,
    count_runs,
    held_runs,
    keyed_run,
    keys_of,
    places_of,
    rarest_runs,
    room_for,
    spot_of,
    table_of,
)  # fmt: skip

LARGEST_GROUP: Final = 3_000_000  # comparisons inside one place up to which everybody meets everybody
MOST_SHARING: Final = 300  # records that share a run; a run shared by more tells nothing
WINDOW: Final = 40  # neighbours in the order of the text that records without any place meet
LEAST_DICE: Final = 0.55
LEAST_HELD: Final = 0.8
LEAST_DICE_UNPLACED: Final = 0.75  # without a common place words must say more
LEAST_HELD_UNPLACED: Final = 0.92
_ALIKE: Final = (LEAST_DICE, LEAST_HELD)
_ALIKE_UNPLACED: Final = (LEAST_DICE_UNPLACED, LEAST_HELD_UNPLACED)
NEAR_AMOUNT: Final = 1.13

Pairs = tuple[Ints, Ints]
_SUBDISTRICT, _DISTRICT, _PROVINCE = range(len(PLACE_LEVELS))
_MOO: Final = MASKS.index("moo_mask")
_YEARS: Final = MASKS.index("years")
_OBJECTS: Final = MASKS.index("objects")
_PLACED_LISTS: Final = tuple(LISTS.index(name) for name in ("km", "road", "soi", "building"))
_LISTS: Final = len(LISTS)


@dataclass(frozen=True)
class Groups:
    """Records in groups: `members[ends[g] : ends[g + 1]]`, those that seek first; a pair needs one that seeks."""

    members: Ints
    ends: Ints
    seeking: Ints  # how many members of each group seek

    @classmethod
    def by(cls, key: Ints, rows: Ints, seeks: Flags) -> "Groups":
        """Group `rows` by `key` (one value a row of `rows`)."""
        order = np.lexsort((rows, ~seeks[rows], key))
        members, keys = rows[order], key[order]
        starts = np.flatnonzero(np.concatenate([np.ones(1, np.bool_), keys[1:] != keys[:-1]])) if len(keys) else keys
        ends = np.append(starts, len(members)).astype(np.int64)
        seeking = np.add.reduceat(seeks[members], starts).astype(np.int64) if len(starts) else starts
        return cls(members, ends, seeking)

    def comparisons(self) -> Ints:
        """How many comparisons each group asks for."""
        sizes = np.diff(self.ends)
        return self.seeking * (2 * sizes - self.seeking - 1) // 2

    def only(self, chosen: Flags) -> "Groups":
        """The groups that are chosen."""
        sizes = np.diff(self.ends)
        members = self.members[np.repeat(chosen, sizes)]
        return Groups(members, ends_of(sizes[chosen]), self.seeking[chosen])


@compiled
def lists_clash(entries: Any, ends: Any, a: Any, b: Any, which: Any) -> Any:
    """1 when one list holds the other, -1 when each has an entry that the other lacks, 0 when one is empty."""
    start_a, end_a = ends[_LISTS * a + which], ends[_LISTS * a + which + 1]
    start_b, end_b = ends[_LISTS * b + which], ends[_LISTS * b + which + 1]
    if start_a == end_a or start_b == end_b:
        return 0
    shared = 0
    for one in range(start_a, end_a):
        for other in range(start_b, end_b):
            if entries[one] == entries[other]:
                shared += 1
                break
    return -1 if shared < end_a - start_a and shared < end_b - start_b else 1


@compiled
def likeness_of_sketches(sketch: Any, sizes: Any, a: Any, b: Any) -> Any:
    """Dice of the letter pairs, and the share of the shorter text that the longer one holds."""
    shared = 0
    for word in range(WORDS):
        shared += bits_of(sketch[a, word] & sketch[b, word])
    both, least = sizes[a] + sizes[b], min(sizes[a], sizes[b])
    return 2.0 * shared / max(both, 1), shared / max(least, 1)


@compiled
def _told_apart(data: Any, a: Any, b: Any) -> Any:
    """Whether the places or parts that the two name make them two works, whatever their words."""
    places, given, masks, entries, ends, shared_objects = data[2:]
    for level in range(3):
        if given[a, level] and given[b, level] and places[a, level] != places[b, level]:
            return True
    for which in _PLACED_LISTS:
        if lists_clash(entries, ends, a, b, which) < 0:
            return True
    moo_a, moo_b = masks[a, _MOO], masks[b, _MOO]
    if moo_a & ~moo_b and moo_b & ~moo_a:  # other moo: only lists that overlap, or a facility that villages share
        return moo_a & moo_b == 0 and masks[a, _OBJECTS] & masks[b, _OBJECTS] & shared_objects == 0
    return False


@compiled
def _years_apart(a: Any, b: Any) -> Any:
    """Whether more than a year lies between two sets of years; not where one is unknown."""
    return a != 0 and b != 0 and (a | a << 1 | a >> 1) & b == 0


@compiled
def _unplaced_apart(data: Any, a: Any, b: Any) -> Any:
    """Whether two records without a common place are years apart, or told apart otherwise."""
    return _years_apart(data[4][a, _YEARS], data[4][b, _YEARS]) or _told_apart(data, a, b)


@compiled
def _compared(members: Any, ends: Any, seeking: Any, window: Any, among: Any, least: Any, data: Any) -> Any:
    """Pairs worth scoring inside each group; each member that seeks meets all after it, or `window` of them.

    Unless `among`, those that seek do not meet each other. `least` are the least dice and share held.
    """
    sketch, sizes = data[0], data[1]
    left, right, count = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    for group in range(len(ends) - 1):
        rows = members[ends[group] : ends[group + 1]]
        near, near_sizes = sketch[rows], sizes[rows]  # side by side in memory: the loop below reads nothing else
        for one in range(seeking[group]):
            first = one + 1 if among else seeking[group]
            last = len(rows) if window == 0 else min(len(rows), one + 1 + window)
            for other in range(first, last):
                dice, held = likeness_of_sketches(near, near_sizes, one, other)
                if (dice < least[0] and held < least[1]) or _told_apart(data, rows[one], rows[other]):
                    continue
                if count == len(left):
                    left = np.concatenate((left, np.empty(count, np.int64)))
                    right = np.concatenate((right, np.empty(count, np.int64)))
                left[count], right[count] = min(rows[one], rows[other]), max(rows[one], rows[other])
                count += 1
    return left[:count].copy(), right[:count].copy()


@compiled
def _near_in_amount(rows: Any, seeks: Any, amount: Any, data: Any) -> Any:
    """Pairs worth scoring of `rows` (in the order of their amounts) of which one seeks and the amounts are near.

    An amount that nobody knows (0, so it stands first) is near to every other.
    """
    near, near_sizes = data[0][rows], data[1][rows]
    left, right, count = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    seekers, passed = np.flatnonzero(seeks), 0
    for one in range(len(rows)):
        if seeks[one]:
            passed += 1
        # who seeks meets everybody after it, who does not meets those that do
        for place in range(one + 1 if seeks[one] else passed, len(rows) if seeks[one] else len(seekers)):
            other = place if seeks[one] else seekers[place]
            if amount[one] > 0 and amount[other] > amount[one] * NEAR_AMOUNT:
                break
            dice, held = likeness_of_sketches(near, near_sizes, one, other)
            if dice < LEAST_DICE_UNPLACED and held < LEAST_HELD_UNPLACED:
                continue
            if _unplaced_apart(data, rows[one], rows[other]):
                continue
            if count == len(left):
                left = np.concatenate((left, np.empty(count, np.int64)))
                right = np.concatenate((right, np.empty(count, np.int64)))
            left[count], right[count] = min(rows[one], rows[other]), max(rows[one], rows[other])
            count += 1
    return left[:count].copy(), right[:count].copy()


@compiled
def _met(runs: Any, seekers: Any, buckets: Any, held: Any, holders: Any, region: Any, years: Any, data: Any) -> Any:
    """Pairs worth scoring of a seeker and a holder of one of its runs whose amount is near.

    `held` are the keys of the holders, which are in the order of key, region and row, the table of all keys, and where
    the holders of each begin; holders of one region that are too many for one key are passed over.
    """
    keys, keyed, first = held
    left, right, count = np.empty(1024, np.int64), np.empty(1024, np.int64), 0
    met_by = np.full(len(region), -1, np.int32)  # the seeker that each record was last held against
    for place in range(len(runs)):
        a = seekers[place]
        for bucket in range(buckets[a] - 1, buckets[a] + 2):
            key = keyed_run(runs[place], bucket)
            at = first[spot_of(keyed, key)]
            while at < len(keys) and keys[at] == key:
                end = at
                while end < len(keys) and keys[end] == key and region[holders[end]] == region[holders[at]]:
                    end += 1
                for other in range(at, end if end - at <= MOST_SHARING else at):
                    b = holders[other]
                    # years first: most are years apart, and a sketch is far away in memory
                    if a == b or met_by[b] == a or _years_apart(years[a], years[b]):
                        continue
                    met_by[b] = a
                    dice, held = likeness_of_sketches(data[0], data[1], a, b)
                    if dice < LEAST_DICE_UNPLACED and held < LEAST_HELD_UNPLACED:
                        continue
                    if _told_apart(data, a, b):
                        continue
                    if count == len(left):
                        left = np.concatenate((left, np.empty(count, np.int64)))
                        right = np.concatenate((right, np.empty(count, np.int64)))
                    left[count], right[count] = min(a, b), max(a, b)
                    count += 1
                at = end
    return left[:count].copy(), right[:count].copy()


class Meetings:
    """Finds the pairs of one set of records; `threads` work side by side on groups of their own."""

    def __init__(self, arrays: Arrays, shared_objects: int, threads: int) -> None:
        self._arrays, self._threads = arrays, threads
        self._years = np.ascontiguousarray(arrays.masks[:, _YEARS])
        self._data = (
            arrays.sketch, arrays.sketch_sizes, arrays.places, arrays.given, arrays.masks,
            arrays.entries, arrays.entry_ends, shared_objects,
        )  # fmt: skip

    def pairs(self, *, among_lost: bool = True) -> Iterator[Pairs]:
        """Pairs of row numbers (left < right) worth scoring; a pair may come more than once.

        1. Same province and subdistrict. 2. Same district, when one of the two has no subdistrict. 3. Same province,
        when one of the two has no district, and 4. anywhere, when one of the two has no province: there only those
        of one owner, or of near amounts and years; by the rules no other pair without a common place is one work.
        Without `among_lost` no two of those that have no province.
        """
        places, everyone = self._arrays.places, np.arange(len(self._arrays), dtype=np.int64)
        subdistrict, district, province = (places[:, level] for level in range(3))
        yield from self._inside(province, subdistrict, np.ones(len(everyone), np.bool_))
        yield from self._inside(province, district, subdistrict < 0)
        yield from self._inside(province, self._arrays.owner_number, district < 0)
        yield from self._near(province, district < 0)
        lost, placed = everyone[province < 0], everyone[province >= 0]
        yield from self._of_lost(lost, placed, province, among=among_lost)

    def _inside(self, coarse: Ints, fine: Ints, seeks: Flags) -> Iterator[Pairs]:
        """Pairs of records that have both keys, of which one seeks; those of one huge group by rare letter runs."""
        rows = np.flatnonzero((coarse >= 0) & (fine >= 0))
        groups = Groups.by(coarse[rows] * (int(fine.max(initial=0)) + 1) + fine[rows], rows, seeks)
        small = groups.comparisons() <= LARGEST_GROUP
        yield from self._all_with_all(groups.only(small & (groups.seeking > 0)))
        large = groups.only(~small)
        for group in range(len(large.seeking)):
            members = large.members[large.ends[group] : large.ends[group + 1]]
            yield from self._by_runs(members, members[: large.seeking[group]])

    def _all_with_all(
        self, groups: Groups, window: int = 0, *, among: bool = True, least: tuple[float, float] = _ALIKE
    ) -> Iterator[Pairs]:
        """Compare inside groups as `_compared` does, each thread its share of the comparisons."""
        if not len(groups.seeking):
            return
        work = np.cumsum(groups.comparisons() + 1)
        cuts = np.searchsorted(work, np.linspace(0, work[-1], 8 * self._threads + 1)[1:-1])
        bounds = np.unique(np.concatenate([[0], cuts, [len(groups.seeking)]]))
        shares = list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))

        def compared(share: tuple[int, int]) -> Pairs:
            ends, seeking = groups.ends[share[0] : share[1] + 1], groups.seeking[share[0] : share[1]]
            found: Pairs = _compared(groups.members, ends, seeking, window, among, least, self._data)
            return found

        yield from _in_threads(compared, shares, self._threads)

    def _near(self, province: Ints, seeks: Flags) -> Iterator[Pairs]:
        """Pairs of one province with near amounts and years, of which one seeks."""
        amount, years = self._arrays.amount, self._years
        order = np.lexsort((amount, province))
        order = order[province[order] >= 0]
        groups = np.split(order, np.flatnonzero(np.diff(province[order])) + 1) if len(order) else []
        shares = [rows[some] for rows in groups for some in _of_near_years(years[rows])]

        def compared(rows: Ints) -> Pairs:
            found: Pairs = _near_in_amount(rows, seeks[rows], amount[rows], self._data)
            return found

        yield from _in_threads(compared, [rows for rows in shares if seeks[rows].any()], self._threads)

    def _by_runs(self, members: Ints, seekers: Ints) -> Iterator[Pairs]:
        """Pairs of a seeker and a member that share a run which is rare among the members, whatever their amounts."""
        letters, counts = self._arrays.core, np.zeros(SLOTS, np.int32)
        count_runs(letters.codes, letters.ends, members, counts)
        runs, owners = rarest_runs(letters.codes, letters.ends, seekers, counts, 2)
        nowhere = np.zeros(len(self._arrays), np.int64)
        yield from self._sharing(runs, owners, members, nowhere, nowhere)

    def _of_lost(self, lost: Ints, placed: Ints, province: Ints, *, among: bool) -> Iterator[Pairs]:
        """Records without a province, with those of each province and, if so asked, among each other.

        What is rare is learnt from the lost records alone, and too common means inside one province: so the pairs
        are the same when provinces are worked on by different machines.
        """
        if not len(lost):
            return
        letters, counts = self._arrays.core, np.zeros(SLOTS, np.int32)
        count_runs(letters.codes, letters.ends, lost, counts)
        runs, owners = rarest_runs(letters.codes, letters.ends, lost, counts, 1)
        with np.errstate(divide="ignore"):
            logs = np.log(self._arrays.amount) / np.log(NEAR_AMOUNT)
        buckets = np.where(self._arrays.amount > 0, np.floor(np.maximum(logs, 0)), 0).astype(np.int64) + 1
        yield from self._sharing(runs, owners, np.concatenate([lost, placed]) if among else placed, province, buckets)
        if among:
            yield from self._neighbours(lost)
            yield from self._among_owners(lost)
        yield from self._of_owner(lost, placed, province)

    def _sharing(self, runs: Words, seekers: Ints, members: Ints, region: Ints, buckets: Ints) -> Iterator[Pairs]:
        """Seekers (one run each) with the members that hold the run and whose amount lies in a bucket beside."""
        letters, wanted = self._arrays.core, keys_of(runs, seekers, buckets)
        table, keyed = table_of(runs, room_for(runs)), table_of(wanted, room_for(wanted))
        parts = np.array_split(members[np.argsort(region[members], kind="stable")], self._threads)

        def held(rows: Ints) -> Pairs:
            found: Pairs = held_runs(letters.codes, letters.ends, rows, buckets, table, keyed)
            return found

        pieces = list(_in_threads(held, parts, self._threads))
        keys, holders = np.concatenate([p[0] for p in pieces]), np.concatenate([p[1] for p in pieces])
        order = np.argsort(keys, kind="stable")
        keys, holders = keys[order], holders[order]
        by_key = (keys, keyed, places_of(keys, keyed))
        shares = np.array_split(np.arange(len(runs)), 8 * self._threads)

        def met(share: Ints) -> Pairs:
            some = runs[share], seekers[share]
            found: Pairs = _met(*some, buckets, by_key, holders, region, self._years, self._data)
            return found

        yield from _in_threads(met, shares, self._threads)

    def _among_owners(self, rows: Ints) -> Iterator[Pairs]:
        """Records with the others of their owner."""
        owner = self._arrays.owner_number
        everyone = np.ones(len(owner), np.bool_)
        yield from self._all_with_all(Groups.by(owner[rows], rows, everyone), least=_ALIKE_UNPLACED)

    def _of_owner(self, lost: Ints, placed: Ints, province: Ints) -> Iterator[Pairs]:
        """Records without a province with the others of their owner, province by province."""
        owner = self._arrays.owner_number
        seeks = np.zeros(len(owner), np.bool_)
        seeks[lost] = True
        own = placed[np.isin(owner[placed], owner[lost])]
        theirs = pl.DataFrame({"owner": owner[own], "region": province[own]}).unique()
        seeking = theirs.join(pl.DataFrame({"owner": owner[lost], "row": lost}), on="owner")
        rows = np.concatenate([own, seeking["row"].to_numpy()])
        regions = np.concatenate([province[own], seeking["region"].to_numpy()])
        groups = Groups.by(owner[rows] * (int(province.max(initial=0)) + 1) + regions, rows, seeks)
        met = groups.only((groups.seeking > 0) & (groups.seeking < np.diff(groups.ends)))
        few = met.only(met.comparisons() <= LARGEST_GROUP)
        yield from self._all_with_all(few, among=False, least=_ALIKE_UNPLACED)

    def _neighbours(self, rows: Ints) -> Iterator[Pairs]:
        """Each record with the next WINDOW in the order of their texts: lines printed alike share no rare run."""
        letters = self._arrays.core
        texts = [letters.codes[letters.ends[row] : letters.ends[row + 1]].tobytes() for row in rows]
        order = sorted(range(len(rows)), key=lambda place: (texts[place], rows[place]))
        count = np.array([len(rows)], np.int64)
        whole = Groups(rows[order], np.append(np.zeros(1, np.int64), count), count)
        yield from self._all_with_all(whole, WINDOW, least=_ALIKE_UNPLACED)


def _of_near_years(years: Ints) -> Iterator[Flags]:
    """Parts of records, by the bits of their years, in which any two of them meet that are at most a year apart.

    Whose years nobody knows is in every part.
    """
    named = int(np.bitwise_or.reduce(years, initial=0))
    for bit in (1 << place for place in range(named.bit_length()) if named >> place & 1) if named else (0,):
        yield (years == 0) | (years & (bit | bit << 1) != 0)


def _in_threads(work: Any, shares: list[Any], threads: int) -> Iterator[Pairs]:
    if threads == 1:
        yield from map(work, shares)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, shares)
