"""What a pair is called: duplicate, overlap, continuation, recurring, or nothing. Rules first, score second."""

from functools import cached_property
from typing import Any, Final

import numpy as np

from prasan.matching.arrays import Flags, Floats
from prasan.matching.features import DIFFERENT, SAME, Compared

DUPLICATE: Final = "duplicate"
OVERLAP: Final = "overlap"
CONTINUATION: Final = "continuation"
RECURRING: Final = "recurring"
NOTHING: Final = ""

# Both said and different: never the same work, whatever the words (domain.md 4.3).
PLACES: Final = ("province", "district", "subdistrict", "village", "moo", "road", "km", "soi", "building")


class _Rules:
    """What the rules say of each pair; a rule that others rest upon is worked out once."""

    def __init__(self, pairs: Compared) -> None:
        self._pairs = pairs

    def __getitem__(self, name: str) -> Any:
        return self._pairs[name]

    def differs(self, name: str) -> Any:
        return self._pairs[name] == DIFFERENT

    def same(self, name: str) -> Any:
        return self._pairs[name] == SAME

    def any_differs(self, *names: str) -> Any:
        return np.logical_or.reduce([self.differs(name) for name in names])

    @cached_property
    def elsewhere(self) -> Any:
        return self.any_differs(*PLACES) | self["moo_clash"]

    @cached_property
    def only_moo_differs(self) -> Any:
        others = (name for name in PLACES if name not in ("moo", "village"))
        return self.differs("moo") & ~self.any_differs(*others) & self.same("subdistrict")

    @cached_property
    def partly_there(self) -> Any:
        """Some of the moos of one are among those of the other: part of its place is the same."""
        return self["moo_clash"] & self.same("moo") & self.same("subdistrict")

    @cached_property
    def for_several_moos(self) -> Any:
        return self.only_moo_differs & self["shared_facility"]

    @cached_property
    def near_amount(self) -> Any:
        return self["amount_known"] & (self["amount_gap"] < 0.12)

    @cached_property
    def unplaced(self) -> Any:
        return ~self.same("subdistrict") & ~self.same("district")

    @cached_property
    def same_line(self) -> Any:
        """The same line of words: no word replaced by another, whatever was left out or misspelt."""
        return (self["core"] >= 0.86) & (self["replaced"] <= 3) & ~self["latin_clash"] & (self["length"] >= 6)

    @cached_property
    def yearly(self) -> Any:
        """Held, not built; other lines without a place are a yearly programme only when the money is another."""
        return ~self["physical"] & (self["programme"] | (self.unplaced & ~self.near_amount))

    @cached_property
    def other_budget(self) -> Any:
        """One programme name in the budgets of two agencies, without a place and with other money."""
        return self.unplaced & self.differs("owner") & self["amount_known"] & ~self.near_amount

    @cached_property
    def other_thing(self) -> Any:
        """AWOS beside LLWAS; designing a bridge beside building it for other money."""
        return self["latin_clash"] | (self["side_work"] & ~self.near_amount)

    @cached_property
    def other_year(self) -> Any:
        return self.differs("text_year") | (self.differs("year") & self.yearly)

    @cached_property
    def further(self) -> Any:
        """ "(ช่วงที่ 2)" beside a line without a section and with other money: not the same section again."""
        return self["phase_one_sided"] & self["amount_known"] & ~self.near_amount & self.same_line

    @cached_property
    def overlapping(self) -> Any:
        """Same place and thing, other scope: design beside building, part of one road, a facility villages share."""
        same_spot = self.same("subdistrict") & np.logical_or.reduce(
            [self.same(name) for name in ("moo", "village", "soi", "road")]
        )
        alike = (self["core"] >= 0.75) | (self["dice"] >= 0.75)
        beside = self["side_work"] & (self["core"] >= 0.7) & (self["replaced"] <= 14) & self.same("objects")
        same_thing = same_spot & self.same("objects") & alike & (self["replaced"] <= 6) & ~self.differs("village")
        clean_numbers = ~self["numbers_clash"] & ~self["latin_clash"]
        return (self.same_line & clean_numbers) | beside | (same_thing & clean_numbers)


def open_to_words(pairs: Compared) -> Flags:
    """Whether places and parts (`features.related`) leave anything to say of pairs: else `verdicts` says NOTHING."""
    rules = _Rules(pairs)
    open_ones: Flags = ~rules.elsewhere | rules.partly_there | rules.for_several_moos
    return open_ones


def left_to_the_score(pairs: Compared) -> Flags:
    """Whether no rule speaks against one work, so that the probability decides: column `free` of `verdicts`."""
    rules = _Rules(pairs)
    recurs = rules.other_year & ~rules.differs("owner") & rules.same_line
    ruled_out = (
        rules.elsewhere | rules.differs("phase") | rules.differs("text_year") | recurs
        | rules.further | rules.other_budget | rules.other_thing
    )  # fmt: skip
    free: Flags = rules["worth"] & ~ruled_out
    return free


def verdicts(pairs: Compared, probability: Floats, threshold: float) -> Any:
    """The verdict of each pair that `table.compared` gave, an array of words; NOTHING when there is nothing to say."""
    rules = _Rules(pairs)
    here, other_phase = ~rules.elsewhere, ~rules.elsewhere & rules.differs("phase")
    partly = rules.partly_there & rules.same_line
    joint = rules.for_several_moos & (rules["core"] >= 0.6)
    first_that_holds = (
        (~rules["worth"], NOTHING),
        (other_phase & rules.same_line & rules.same("year"), OVERLAP),
        (other_phase & rules.same_line, CONTINUATION),
        (other_phase, NOTHING),
        (here & rules.other_year & ~rules.differs("owner") & rules.same_line, RECURRING),
        (here & rules.differs("text_year"), NOTHING),
        (rules["free"] & (probability >= threshold), DUPLICATE),
        (here & rules["phase_one_sided"] & ~rules.same("year") & rules.same_line, CONTINUATION),
        ((here & rules.overlapping) | partly | joint, OVERLAP),
    )
    conditions, words = zip(*first_that_holds, strict=True)
    return np.select(conditions, words, NOTHING)


def allowed_probability(pairs: Compared, probability: Floats, threshold: float) -> Floats:
    """The probability, held below the threshold where a rule says that the two lines are not the same work."""
    ceiling = np.minimum(probability, round(threshold - 0.01, 4))
    return np.where(pairs["free"], probability, ceiling)
