"""Why a pair was found: what is the same and what differs, as a code with Thai and English words for people."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypedDict

import numpy as np
import polars as pl

from prasan.matching.arrays import Flags
from prasan.matching.coding import FEW
from prasan.matching.features import DIFFERENT, SAME, Compared
from prasan.matching.letters import Ints
from prasan.matching.texts import Cells, values_of


class Reason(TypedDict):
    """One reason: a stable code for programs, words for people."""

    code: str
    th: str
    en: str


REASONS: Final = pl.List(pl.Struct({"code": pl.String, "th": pl.String, "en": pl.String}))
Words = Callable[[Ints], Sequence[object]]
"""What is put into the words of a reason, for these of the pairs."""

_PLACE: Final = {
    "subdistrict": ("ตำบล", "subdistrict"),
    "district": ("อำเภอ", "district"),
    "province": ("จังหวัด", "province"),
}
_PARTS: Final = {
    "road": ("ทางหลวงหมายเลข", "road number"),
    "km": ("กิโลเมตรที่", "kilometre"),
    "soi": ("เลขซอยหรือถนน", "soi or street number"),
    "building": ("เลขอาคาร", "building number"),
    "phase": ("ระยะหรือช่วงที่", "phase or section"),
}
_MARKS: Final = {"p": "ระยะ ", "s": "ช่วง ", "n": "โครงการ "}  # kinds of phase, as extraction marks them
_FIRST_YEAR: Final = 2540  # of the bits of years


@dataclass(frozen=True, slots=True)
class _Reason:
    """A reason with the pairs it holds for; `{}` in its words takes the values in order."""

    holds: Flags
    code: str
    th: str
    en: str
    values: tuple[Words, ...] = ()

    def told(self) -> tuple[Ints, list[str], list[str]]:
        """The pairs it holds for, with the words in Thai and in English."""
        rows = np.flatnonzero(self.holds)
        if not self.values:
            return rows, [self.th] * len(rows), [self.en] * len(rows)
        values = list(zip(*(words(rows) for words in self.values), strict=True)) if len(rows) else []
        return rows, [self.th.format(*one) for one in values], [self.en.format(*one) for one in values]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the two records of each pair say."""

    said: Mapping[str, Cells]
    left: Ints
    right: Ints

    def both(self, name: str, read: Callable[[Any], object] = str) -> tuple[Words, Words]:
        """The words of a column for the first record of pairs and for the second."""

        def words(side: Ints) -> Words:
            return lambda rows: [read(value) for value in values_of(self.said[name], side[rows])]

        return words(self.left), words(self.right)

    def shared(self, name: str, read: Callable[[Any], object]) -> Words:
        """The words of the bits that both records have."""
        masks = self.said[name]

        def words(rows: Ints) -> list[object]:
            of_both = (values_of(masks, side[rows]) for side in (self.left, self.right))
            return [read(a & b) for a, b in zip(*of_both, strict=True)]

        return words


def reasons_of(pairs: Compared, said: Mapping[str, Cells], left: Ints, right: Ints) -> Cells:
    """Every reason for each pair (REASONS), place first; `pairs` has what `table.compared` gives of these rows."""
    sides = _Sides(said, left, right)
    told = [
        (one.code, *one.told())
        for some in (_of_places, _of_parts, _of_words, _of_money, _of_owner_and_year)
        for one in some(pairs, sides)
    ]
    if len(left) <= FEW:
        lists: list[list[Reason]] = [[] for _ in left]
        for code, rows, *words in told:
            for row, th, en in zip(rows.tolist(), *words, strict=True):
                lists[row].append({"code": code, "th": th, "en": en})
        return lists
    every = pl.DataFrame(
        {
            "pair": np.concatenate([rows for _, rows, _, _ in told]),
            "code": [code for code, rows, _, _ in told for _ in range(len(rows))],
            "th": [words for _, _, th, _ in told for words in th],
            "en": [words for _, _, _, en in told for words in en],
        },
        schema_overrides={"code": pl.String, "th": pl.String, "en": pl.String},
    )
    # Each pair has some: its words are the same or alike.
    listed = every.sort("pair", maintain_order=True).group_by("pair", maintain_order=True)
    return listed.agg(pl.struct("code", "th", "en").alias("reasons"))["reasons"].cast(REASONS)


def _of_places(pairs: Compared, sides: _Sides) -> Iterator[_Reason]:
    """The finest level on which both agree, and every level on which they differ."""
    for level, (th, en) in _PLACE.items():
        names = sides.both(f"{level}_key")
        yield _Reason(
            pairs[level] == DIFFERENT, f"other_{level}", f"{th}ต่างกัน: {{}} / {{}}", f"other {en}: {{}} / {{}}", names
        )
    finer = np.zeros(len(sides.left), bool)
    for level, (th, en) in _PLACE.items():
        agreed = pairs[level] == SAME
        name, _ = sides.both(f"{level}_key")
        yield _Reason(agreed & ~finer, f"same_{level}", f"{th}เดียวกัน: {{}}", f"same {en}: {{}}", (name,))
        finer |= agreed
    yield _Reason(~finer, "place_unknown", "ไม่ทราบพื้นที่ของรายการใดรายการหนึ่ง", "the place of one of the two is unknown")
    moos = sides.both("moo_mask", lambda mask: _numbers(mask, 0))
    yield _Reason(pairs["moo"] == SAME, "same_moo", "หมู่ที่เดียวกัน: {} / {}", "same moo: {} / {}", moos)
    yield _Reason(pairs["moo"] == DIFFERENT, "other_moo", "หมู่ที่ต่างกัน: {} / {}", "other moo: {} / {}", moos)


def _of_parts(pairs: Compared, sides: _Sides) -> Iterator[_Reason]:
    for part, (th, en) in _PARTS.items():
        a, b = sides.both(part, _phases if part == "phase" else ", ".join)
        yield _Reason(pairs[part] == SAME, f"same_{part}", f"{th}เดียวกัน: {{}}", f"same {en}: {{}}", (a,))
        yield _Reason(
            pairs[part] == DIFFERENT, f"other_{part}", f"{th}ต่างกัน: {{}} / {{}}", f"other {en}: {{}} / {{}}", (a, b)
        )
    once = "มีระยะหรือช่วงที่เพียงรายการเดียว"
    yield _Reason(pairs["phase_one_sided"], "phase_on_one_side", once, "only one of the two names a phase")


def _of_words(pairs: Compared, sides: _Sides) -> Iterator[_Reason]:
    def percent(rows: Ints) -> list[int]:
        return [round(100 * core) for core in pairs["core"][rows].tolist()]

    same = pairs["same_words"]
    yield _Reason(same, "same_words", "ชื่อโครงการตรงกัน", "same words")
    yield _Reason(~same, "similar_words", "ชื่อโครงการคล้ายกัน {}%", "words alike {}%", (percent,))
    yield _Reason(pairs["objects"] == SAME, "same_object", "สิ่งที่ทำเป็นประเภทเดียวกัน", "same kind of object")
    yield _Reason(
        pairs["side_work"],
        "other_work",
        "คนละลักษณะงาน (ออกแบบ ควบคุมงาน กับงานจริง)",
        "other kind of work (design or supervision beside the work)",
    )
    sizes = "ขนาดหรือตัวเลขในชื่อต่างกัน"
    yield _Reason(pairs["numbers_clash"], "other_numbers", sizes, "sizes or numbers in the names differ")
    shared = pairs["shared_facility"] & (pairs["moo"] == DIFFERENT)
    yield _Reason(shared, "shared_facility", "เป็นสิ่งที่หลายหมู่บ้านใช้ร่วมกันได้", "a facility that villages can share")


def _of_money(pairs: Compared, sides: _Sides) -> Iterator[_Reason]:
    a, b = (np.asarray(sides.said["amount"])[side] for side in (sides.left, sides.right))
    known, most = pairs["amount_known"], np.maximum(a, b)
    percent = 100 * (most - np.minimum(a, b)) / np.where(known, most, 1)
    equal, near = percent < 0.05, percent <= 15

    def shown(rows: Ints) -> list[int]:
        return [max(round(one), 1) for one in percent[rows].tolist()]

    yield _Reason(known & equal, "same_amount", "วงเงินเท่ากัน", "same amount")
    yield _Reason(known & ~equal & near, "near_amount", "วงเงินต่างกันไม่เกิน {}%", "amounts within {}%", (shown,))
    yield _Reason(known & ~near, "other_amount", "วงเงินต่างกัน {}%", "amounts differ by {}%", (shown,))


def _of_owner_and_year(pairs: Compared, sides: _Sides) -> Iterator[_Reason]:
    yield _Reason(pairs["owner"] == SAME, "same_owner", "หน่วยงานเดียวกัน", "same owner")
    yield _Reason(pairs["owner"] == DIFFERENT, "other_owner", "คนละหน่วยงาน", "another owner")
    shared = (sides.shared("years", _years),)
    yield _Reason(pairs["year"] == SAME, "same_year", "ปีงบประมาณเดียวกัน: {}", "same fiscal year: {}", shared)
    both = sides.both("years", _years)
    yield _Reason(
        pairs["year"] == DIFFERENT, "other_year", "คนละปีงบประมาณ: {} / {}", "other fiscal year: {} / {}", both
    )
    named = "ปีที่ระบุในชื่อต่างกัน"
    yield _Reason(pairs["text_year"] == DIFFERENT, "other_year_in_name", named, "the years in the names differ")


def _phases(marked: Sequence[str]) -> str:
    return ", ".join(_MARKS.get(one[:1], one[:1]) + one[1:] for one in marked)


def _years(mask: int) -> str:
    return _numbers(mask, _FIRST_YEAR)


@lru_cache(maxsize=10_000)
def _numbers(mask: int, first: int) -> str:
    """A bit set as numbers to read, the lowest bit being `first`."""
    return ", ".join(str(first + bit) for bit in range(63) if mask >> bit & 1)
