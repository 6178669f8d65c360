"""What a pair of records has in common and what differs: relations for the rules, features for the score.

Everything here depends on the two records alone, never on the list they stand in, so that one pair gives the same
answer on a screen and inside a table of a million.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from prasan.matching.arrays import MASKS, Arrays, Floats
from prasan.matching.blocking import likeness_of_sketches, lists_clash
from prasan.matching.compiling import compiled
from prasan.matching.extraction import LISTS, PLACE_LEVELS
from prasan.matching.letters import Ints, in_common, replaced, scratch_in_common
from prasan.matching.texts import Cells, values_of
from prasan.matching.vocabulary import OBJECTS, PHYSICAL_WORKS, PROGRAMME_WORKS, SHARED_FACILITIES, SIDE_WORKS, WORKS

UNKNOWN, SAME, DIFFERENT = 0, 1, -1

Compared = dict[str, npt.NDArray[Any]]
"""Pairs of records compared: by name what was measured, one value a pair."""

_COMPARED_LISTS: Final = ("km", "road", "phase", "building", "soi", "village")
_COMPARED_MASKS: Final = {"moo_mask": "moo", "years": "year", "text_years": "text_year"} | {
    name: name for name in ("objects", "works", "materials")
}
_PART_RELATIONS: Final = (*_COMPARED_LISTS, *_COMPARED_MASKS.values())
_PART_FLAGS: Final = (
    "numbers_clash", "numbers_one_sided", "phase_one_sided", "latin_clash", "side_work", "moo_one_sided", "moo_clash",
    "programme", "physical", "shared_facility",
)  # fmt: skip
_PART_MEASURES: Final = ("numbers_shared", "year_gap")
_WORD_FLAGS: Final = ("same_words", "amount_known")
_WORD_MEASURES: Final = (
    "amount_gap", "owner_likeness", "core", "whole", "dice", "held", "replaced", "lone", "length",
)  # fmt: skip
RELATIONS: Final = (*_PART_RELATIONS, "owner", *PLACE_LEVELS)
"""Named relations of a pair, each SAME, DIFFERENT or UNKNOWN."""
FLAGS: Final = (*_PART_FLAGS, *_WORD_FLAGS)
MEASURES: Final = (*_PART_MEASURES, *_WORD_MEASURES)

_LISTS: Final = len(LISTS)
_WHICH_LISTS: Final = tuple(LISTS.index(name) for name in _COMPARED_LISTS)
_NUMBERS, _LATIN, _PHASE = (LISTS.index(name) for name in ("numbers", "latin", "phase"))
_WHICH_MASKS: Final = tuple(MASKS.index(name) for name in _COMPARED_MASKS)
_MOO, _OBJECTS, _WORKS = (MASKS.index(name) for name in ("moo_mask", "objects", "works"))
_YEARS, _TEXT_YEARS = MASKS.index("years"), MASKS.index("text_years")
_TEXT_YEAR: Final = RELATIONS.index("text_year")
_SAME_OWNER: Final = 0.85
_NEAR_VILLAGE: Final = 75
_NEAR_NAME: Final = 84  # of 100: a name read from text may be misspelt or run on


def _bits(vocabulary: dict[str, str], names: tuple[str, ...]) -> int:
    return sum(1 << bit for bit, name in enumerate(vocabulary) if name in names)


PHYSICAL: Final = _bits(WORKS, PHYSICAL_WORKS)
SIDE: Final = _bits(WORKS, SIDE_WORKS)
PROGRAMME: Final = _bits(WORKS, PROGRAMME_WORKS)
SHARED_OBJECTS: Final = _bits(OBJECTS, SHARED_FACILITIES)


@compiled
def _shared(entries: Any, ends: Any, a: Any, b: Any, which: Any) -> Any:
    """How many entries of one list of both records are shared, only in the first, only in the second."""
    start_a, end_a = ends[_LISTS * a + which], ends[_LISTS * a + which + 1]
    start_b, end_b = ends[_LISTS * b + which], ends[_LISTS * b + which + 1]
    shared = 0
    for one in range(start_a, end_a):
        for other in range(start_b, end_b):
            if entries[one] == entries[other]:
                shared += 1
                break
    return shared, end_a - start_a - shared, end_b - start_b - shared


@compiled
def _alike(codes: Any, ends: Any, a: Any, b: Any, scratch: Any) -> Any:
    """Normalised indel similarity of two texts: twice the letters in common, by the letters of both."""
    both = ends[a + 1] - ends[a] + ends[b + 1] - ends[b]
    return 1.0 if both == 0 else 2.0 * in_common(codes, ends[a], ends[a + 1], ends[b], ends[b + 1], scratch) / both


@compiled
def _related(a: Any, b: Any) -> Any:
    """How two bit sets relate: SAME when they share a bit, DIFFERENT when both say something else."""
    if a & b:
        return 1
    return -1 if a != 0 and b != 0 else 0


@compiled
def _years_apart(a: Any, b: Any) -> Any:
    """Years between two sets of years: 0 when they share one, or when one is not known."""
    apart = 0
    if a != 0 and b != 0:
        while a & b == 0 and apart < 62:
            a, apart = a | a << 1 | a >> 1, apart + 1
    return apart


@compiled
def _related_parts(left: Any, right: Any, masks: Any, entries: Any, ends: Any) -> Any:
    relations = np.zeros((len(_PART_RELATIONS), len(left)), np.int8)
    flags = np.zeros((len(_PART_FLAGS), len(left)), np.bool_)
    measures = np.zeros((len(_PART_MEASURES), len(left)))
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        for place in range(len(_WHICH_LISTS)):
            relations[place, pair] = lists_clash(entries, ends, a, b, _WHICH_LISTS[place])
        for place in range(len(_WHICH_MASKS)):
            which = _WHICH_MASKS[place]
            relations[len(_WHICH_LISTS) + place, pair] = _related(masks[a, which], masks[b, which])
        years_a, years_b = masks[a, _TEXT_YEARS], masks[b, _TEXT_YEARS]
        if years_a & ~years_b and years_b & ~years_a:  # "แผนที่ พ.ศ. 2565 ประจำปี 2568" and "… ประจำปี 2570"
            relations[_TEXT_YEAR, pair] = -1
        shared, only_a, only_b = _shared(entries, ends, a, b, _NUMBERS)
        union = shared + only_a + only_b
        measures[0, pair] = 1.0 if union == 0 else shared / union
        measures[1, pair] = _years_apart(masks[a, _YEARS], masks[b, _YEARS])
        flags[0, pair] = only_a > 0 and only_b > 0
        flags[1, pair] = (only_a > 0) != (only_b > 0)
        shared, only_a, only_b = _shared(entries, ends, a, b, _PHASE)
        flags[2, pair] = (shared + only_a > 0) != (shared + only_b > 0)
        shared, only_a, only_b = _shared(entries, ends, a, b, _LATIN)
        flags[3, pair] = only_a == 1 and only_b == 1
        works_a, works_b, moo_a, moo_b = masks[a, _WORKS], masks[b, _WORKS], masks[a, _MOO], masks[b, _MOO]
        flags[4, pair] = works_a & SIDE != works_b & SIDE
        flags[5, pair] = (moo_a != 0) != (moo_b != 0)
        flags[6, pair] = moo_a & ~moo_b != 0 and moo_b & ~moo_a != 0
        flags[7, pair] = (works_a | works_b) & PROGRAMME != 0
        flags[8, pair] = (works_a | works_b) & PHYSICAL != 0
        flags[9, pair] = masks[a, _OBJECTS] & masks[b, _OBJECTS] & SHARED_OBJECTS != 0
    return relations, flags, measures


@compiled
def _likeness_of_owners(owner: Any, a: Any, b: Any, scratch: Any) -> Any:
    """Relation and likeness of two owners; UNKNOWN and a half where one of them is not known."""
    codes, ends, number, digits = owner
    one, other = number[a], number[b]
    if ends[one] == ends[one + 1] or ends[other] == ends[other + 1]:
        return 0, 0.5
    likeness = 1.0 if one == other else _alike(codes, ends, one, other, scratch)
    same = likeness >= _SAME_OWNER and digits[one] == digits[other]  # "ทางหลวงที่ 4" and "ทางหลวงที่ 18" are two
    return 1 if same else -1, likeness


@compiled
def _measured_words(left: Any, right: Any, owner: Any, core: Any, whole: Any, sketch: Any, amount: Any) -> Any:
    owners = np.zeros(len(left), np.int8)
    flags = np.zeros((len(_WORD_FLAGS), len(left)), np.bool_)
    measures = np.zeros((len(_WORD_MEASURES), len(left)))
    scratch = scratch_in_common()
    codes, ends = core
    # One thing after another for all pairs: while one pair is worked on, the processor fetches what the next one needs.
    for pair in range(len(left)):
        owners[pair], measures[1, pair] = _likeness_of_owners(owner, left[pair], right[pair], scratch)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        if amount[a] > 0 and amount[b] > 0:
            flags[1, pair] = True
            measures[0, pair] = abs(np.log(amount[a]) - np.log(amount[b]))
        measures[4, pair], measures[5, pair] = likeness_of_sketches(sketch[0], sketch[1], a, b)
    for pair in range(len(left)):
        a, b = left[pair], right[pair]
        measures[2, pair] = _alike(codes, ends, a, b, scratch)
        flags[0, pair] = measures[2, pair] == 1.0
        measures[6, pair], measures[7, pair] = replaced(codes, ends[a], ends[a + 1], ends[b], ends[b + 1], scratch)
        measures[8, pair] = min(ends[a + 1] - ends[a], ends[b + 1] - ends[b])
    for pair in range(len(left)):
        measures[3, pair] = _alike(whole[0], whole[1], left[pair], right[pair], scratch)
    return owners, flags, measures


def _place_relation(arrays: Arrays, bones: Cells, level: int, left: Ints, right: Ints) -> Ints:
    """Names given in columns must be equal; one read from text may be misspelt or run on: near is unknown."""
    a, b = arrays.places[left, level], arrays.places[right, level]
    both, given = (a >= 0) & (b >= 0), arrays.given[left, level] & arrays.given[right, level]
    relation = np.where(both, np.where(a == b, SAME, DIFFERENT), UNKNOWN)
    doubtful = np.flatnonzero(both & (a != b) & ~given)
    if len(doubtful):
        names = (values_of(bones, rows[doubtful]) for rows in (left, right))
        near = np.asarray(process.cpdist(*names, scorer=fuzz.partial_ratio)) >= _NEAR_NAME
        relation[doubtful[near]] = UNKNOWN
    return relation


def _village_relation(villages: Cells, relation: npt.NDArray[np.int8], left: Ints, right: Ints) -> None:
    """Villages named in the two lines that differ but for a letter may be one: unknown."""
    doubtful = np.flatnonzero(relation == DIFFERENT)
    if len(doubtful):
        names = (["".join(one) for one in values_of(villages, rows[doubtful])] for rows in (left, right))
        near = np.asarray(process.cpdist(*names, scorer=fuzz.ratio)) >= _NEAR_VILLAGE
        relation[doubtful[near]] = UNKNOWN


def related(said: Mapping[str, Cells], arrays: Arrays, left: Ints, right: Ints) -> Compared:
    """How the places and parts that each pair of rows names relate, without a look at their words.

    By name the RELATIONS (-1, 0, 1) but for that of the owners, and those of FLAGS and MEASURES that parts decide:
    numbers_shared (0 to 1) and year_gap (years). Symmetric in the two records.
    """
    relations, flags, measures = _related_parts(left, right, arrays.masks, arrays.entries, arrays.entry_ends)
    pairs: Compared = dict(zip(_PART_RELATIONS, relations, strict=True))
    pairs |= zip(_PART_FLAGS, flags, strict=True)
    pairs |= zip(_PART_MEASURES, measures, strict=True)
    _village_relation(said["village"], pairs["village"], left, right)
    for level, name in enumerate(PLACE_LEVELS):
        pairs[name] = _place_relation(arrays, said[f"{name}_bones"], level, left, right)
    return pairs


def measured(arrays: Arrays, left: Ints, right: Ints) -> Compared:
    """How alike the words, owners and amounts of each pair of rows are: what `related` leaves out.

    Its MEASURES lie between 0 and 1 but for amount_gap (difference of logarithms; 0 where unknown) and replaced, lone
    and length (letters). Symmetric in the two records.
    """
    owners, flags, measures = _measured_words(
        left, right,
        (arrays.owner.codes, arrays.owner.ends, arrays.owner_number, arrays.owner_digits),
        (arrays.core.codes, arrays.core.ends), (arrays.whole.codes, arrays.whole.ends),
        (arrays.sketch, arrays.sketch_sizes), arrays.amount,
    )  # fmt: skip
    pairs: Compared = {"owner": owners}
    pairs |= zip(_WORD_FLAGS, flags, strict=True)
    pairs |= zip(_WORD_MEASURES, measures, strict=True)
    return pairs


def some_of(pairs: Compared, rows: Any) -> Compared:
    """These of the pairs: their numbers, or a flag for each."""
    return {name: values[rows] for name, values in pairs.items()}


def feature_columns(pairs: Compared) -> dict[str, Floats]:
    """The numbers that the logistic score weighs, by name, from what `related` and `measured` gave."""
    columns: dict[str, Floats] = {}
    for name in ("core", "whole", "dice", "held"):
        columns[name] = pairs[name]
        columns[f"{name}_above_90"] = np.maximum(columns[name] - 0.9, 0)
    for name in ("replaced", "lone", "length"):
        columns[name] = np.log1p(pairs[name])
    for name in RELATIONS:
        relation = pairs[name]
        columns[f"{name}_same"] = (relation == SAME).astype(np.float64)
        columns[f"{name}_different"] = (relation == DIFFERENT).astype(np.float64)
    for name in (*_PART_FLAGS[:6], "physical"):
        columns[name] = pairs[name].astype(np.float64)
    columns["numbers_shared"] = pairs["numbers_shared"]
    columns["owner_likeness"] = pairs["owner_likeness"]
    known, gap = pairs["amount_known"].astype(np.float64), pairs["amount_gap"]
    columns["amount_known"] = known
    columns["amount_gap"] = np.minimum(gap, 2.5)
    columns["amount_equal"] = known * (gap < 0.001)
    columns["amount_near"] = known * (gap < 0.12)
    unplaced = 1 - np.maximum(columns["subdistrict_same"], columns["district_same"])
    columns["unplaced"] = unplaced
    columns["year_gap"] = np.minimum(pairs["year_gap"], 3)
    columns["unplaced_year_gap"] = unplaced * columns["year_gap"]
    columns["lone_amount_gap"] = columns["lone"] * columns["amount_gap"]
    columns["village_different_without_moo"] = columns["village_different"] * (1 - columns["moo_same"])
    columns["unplaced_other_owner"] = unplaced * columns["owner_different"]
    columns["unplaced_amount_gap"] = unplaced * columns["amount_gap"]
    return columns
