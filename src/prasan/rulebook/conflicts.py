"""Where the windows of a dated system contradict each other: a hand-over out of order (R39), double work (R60)."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prasan.rulebook.reading import Words
from prasan.rulebook.systems import DatedStep


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two steps that do not fit together, by their printed numbers, and what is wrong in words."""

    rule: str
    first: str
    second: str
    message: Words


def conflicts(dated: Sequence[DatedStep]) -> tuple[Conflict, ...]:
    """Every contradiction among the dated steps; steps without a date contradict nothing."""
    return (*_out_of_order(dated), *_doubled(dated))


def _out_of_order(dated: Sequence[DatedStep]) -> Iterator[Conflict]:
    by_number = {one.step.number: one for one in dated}
    for later in dated:
        for number in later.step.after:
            before = by_number.get(number)
            if before is None or before.ends_before is None or later.ends_before is None:
                continue
            if later.ends_before < before.ends_before:
                yield Conflict(
                    "R39",
                    number,
                    later.step.number,
                    Words(
                        f"ขั้น {later.step.number} สิ้นสุดก่อนขั้น {number} ที่ต้องรอผล",
                        f"Step {later.step.number} ends before step {number}, on whose result it builds.",
                    ),
                )


def _doubled(dated: Sequence[DatedStep]) -> Iterator[Conflict]:
    for one, other in itertools.combinations(dated, 2):
        if not _overlap(one, other) or not set(one.step.actors) & set(other.step.actors):
            continue
        if one.step.name == other.step.name or set(one.step.makes) & set(other.step.makes):
            yield Conflict(
                "R60",
                one.step.number,
                other.step.number,
                Words(
                    f"ขั้น {one.step.number} และขั้น {other.step.number} ให้ผู้รับผิดชอบเดียวกันทำงานเดียวกันในเวลาที่ซ้อนกัน",
                    f"Steps {one.step.number} and {other.step.number} ask the same work of one body at one time.",
                ),
            )


def _overlap(one: DatedStep, other: DatedStep) -> bool:
    if one.starts_on is None or one.ends_before is None or other.starts_on is None or other.ends_before is None:
        return False
    return one.starts_on < other.ends_before and other.starts_on < one.ends_before
