"""What can be said of systems before they run: faults of a definition, conflicts of dates, differences of two."""

import datetime as dt
import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from prasan.rulebook.reading import Words
from prasan.rulebook.systems import DatedStep, PlanningSystem

ADDED, REMOVED, MOVED = "ADDED", "REMOVED", "MOVED"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a definition cannot run: the step, the key of it that is wrong, and what to say.

    Codes: unknown_step, unknown_actor, circular, dated_without_certainty, undated_with_certainty.
    """

    number: str
    key: str
    code: str
    message: Words


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two steps whose dates do not go together, by R39 (order) or R60 (the same work at the same time)."""

    rule: str
    first: str
    second: str
    message: Words


@dataclass(frozen=True, slots=True)
class Difference:
    """A step that is only in one of two calendars, or in both with other dates.

    `days_start` and `days_end` say how many days later (less than 0: earlier) the second calendar begins and
    ends; None where one of the two has no date.
    """

    number: str
    kind: str
    days_start: int | None = None
    days_end: int | None = None


def faults(system: PlanningSystem, actors: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Everything that keeps a definition from running; `actors` are the keys known, None: not checked."""
    numbers = {step.number for step in system.steps}
    found = []
    for step in system.steps:
        dated = step.window is not None or step.event_window is not None
        if dated and step.certainty == "-":
            found.append(
                Fault(
                    step.number,
                    "certainty",
                    "dated_without_certainty",
                    Words(
                        f"ขั้น {step.number} มีกำหนดเวลา จึงต้องบอกที่มา (certainty) ไม่ใช่ “-”",
                        f"step {step.number} has a window, so its certainty must not be “-”",
                    ),
                )
            )
        if not dated and step.certainty not in ("-", "W", "G"):
            found.append(
                Fault(
                    step.number,
                    "certainty",
                    "undated_with_certainty",
                    Words(
                        f"ขั้น {step.number} ไม่มีวันพิมพ์ไว้ certainty ต้องเป็น “-”, “W” หรือ “G”",
                        f"step {step.number} has no printed date, so its certainty must be “-”, “W” or “G”",
                    ),
                )
            )
        for number in step.after:
            if number not in numbers:
                found.append(
                    Fault(
                        step.number,
                        "after",
                        "unknown_step",
                        Words(
                            f"ขั้น {step.number} อ้างขั้นก่อนหน้า “{number}” ซึ่งไม่มี",
                            f"step {step.number} comes after “{number}”, which is not there",
                        ),
                    )
                )
        named = (*step.actors, *(need.actor for need in step.gates))
        for actor in named if actors is not None else ():
            if actor not in (actors or ()):
                found.append(
                    Fault(
                        step.number,
                        "actors" if actor in step.actors else "gates",
                        "unknown_actor",
                        Words(f"ไม่รู้จักผู้รับผิดชอบ “{actor}”", f"the actor “{actor}” is unknown"),
                    )
                )
    return tuple(found) + _circular(system)


def _circular(system: PlanningSystem) -> tuple[Fault, ...]:
    """The steps left when those whose predecessors are all taken have been taken, again and again."""
    numbers = {step.number for step in system.steps}
    left = {step.number: {number for number in step.after if number in numbers} for step in system.steps}
    while ready := [number for number, after in left.items() if not after & left.keys()]:
        for number in ready:
            del left[number]
    ring = ", ".join(left)
    said = Words(f"ลำดับก่อนหลังวนกลับที่เดิม: {ring}", f"the order of these steps runs in a circle: {ring}")
    return tuple(Fault(number, "after", "circular", said) for number in left)


def conflicts(dated: Sequence[DatedStep]) -> tuple[Conflict, ...]:
    """Steps that end before what they build on has ended (R39), and the same actors making the same document
    in overlapping windows (R60). Steps without dates conflict with nothing."""
    by_number = {item.step.number: item for item in dated}
    found = []
    for item in dated:
        for number in item.step.after:
            before = by_number.get(number)
            if before and before.ends_before and item.ends_before and item.ends_before < before.ends_before:
                found.append(Conflict("R39", number, item.step.number, _too_early(number, item.step.number)))
    for first, second in itertools.combinations(dated, 2):
        if _overlap(first, second) and _same_work(first, second):
            said = Words(
                f"ขั้น {first.step.number} และ {second.step.number} ให้ผู้รับผิดชอบเดียวกันทำเอกสารเดียวกันในช่วงเวลาที่ซ้อนกัน",
                f"Steps {first.step.number} and {second.step.number} have the same body make the same document "
                "in windows that overlap.",
            )
            found.append(Conflict("R60", first.step.number, second.step.number, said))
    return tuple(found)


def _too_early(first: str, second: str) -> Words:
    return Words(
        f"ขั้น {second} สิ้นสุดก่อนขั้น {first} ซึ่งเป็นขั้นก่อนหน้าจะแล้วเสร็จ",
        f"Step {second} ends before step {first}, on which it builds, is due.",
    )


def _overlap(first: DatedStep, second: DatedStep) -> bool:
    if not (first.starts_on and first.ends_before and second.starts_on and second.ends_before):
        return False
    return first.starts_on < second.ends_before and second.starts_on < first.ends_before


def _same_work(first: DatedStep, second: DatedStep) -> bool:
    return bool(set(first.step.actors) & set(second.step.actors) and set(first.step.makes) & set(second.step.makes))


def differences(first: Sequence[DatedStep], second: Sequence[DatedStep]) -> tuple[Difference, ...]:
    """What the second calendar changes of the first: steps moved or removed, then steps added, by number."""
    mine, theirs = ({item.step.number: item for item in dated} for dated in (first, second))
    found = []
    for number, item in mine.items():
        other = theirs.get(number)
        if other is None:
            found.append(Difference(number, REMOVED))
        elif (item.starts_on, item.ends_before) != (other.starts_on, other.ends_before):
            start = _days(item.starts_on, other.starts_on)
            found.append(Difference(number, MOVED, start, _days(item.ends_before, other.ends_before)))
    return (*found, *(Difference(number, ADDED) for number in theirs if number not in mine))


def _days(first: dt.date | None, second: dt.date | None) -> int | None:
    return (second - first).days if first and second else None
