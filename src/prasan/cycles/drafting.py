"""A planning system with one step changed, added or taken out; pure, and every refusal names the step and the field."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from prasan import rulebook
from prasan.common.errors import Refused

TEXTS = ("detail", "responsible", "input", "output", "gate", "next", "printed", "source")
LISTS = ("actors", "after", "uses", "makes")
FIELDS = ("lane", "name", "window", "event_window", "certainty", "gates", "waits_for_all", *TEXTS, *LISTS)
EVENTS = ("BUDGET_ACT_IN_FORCE", "CABINET_RESOLUTION")
"""What happens on a day nobody can print, and windows are counted from."""
LONGEST_DAYS = 365
LARGEST_K = 6  # a five-year plan starts at most this many years before or after the year it serves


class UnableToChangeStep(Refused):
    """The system is as before. Codes: unknown_step, repeated_number, unknown_field, wrong_value, still_needed."""

    def __init__(self, code: str, number: str, field: str, said_th: str, said_en: str) -> None:
        at_th = f"ขั้น {number}" + (f" ช่อง {field}" if field else "")
        at_en = f"Step {number}" + (f", {field}" if field else "")
        super().__init__(code, f"{at_th}: {said_th}", f"{at_en}: {said_en}")
        self.number = number
        self.field = field


def known_documents() -> tuple[str, ...]:
    """The documents a step may use or make: types of plans, letters, and the lists that shipped systems name."""
    book = rulebook.load()
    named = (key for system in book.systems for step in system.steps for key in (*step.uses, *step.makes))
    plans = (plan_type.key for plan_type in book.plan_types)
    return tuple(dict.fromkeys((*plans, *(letter.code for letter in book.letters), *sorted(named))))


def with_step_changed(
    system: rulebook.PlanningSystem, number: str, changes: Mapping[str, object]
) -> rulebook.PlanningSystem:
    """The system with these fields of one step replaced."""
    step = dataclasses.replace(_step(system, number), **_known(number, changes))
    changed = dataclasses.replace(system, steps=tuple(step if s.number == number else s for s in system.steps))
    _check(changed, step)
    return changed


def with_step_added(
    system: rulebook.PlanningSystem, step: rulebook.Step, *, behind: str = ""
) -> rulebook.PlanningSystem:
    """The system with one more step, at the end or right behind another."""
    if any(other.number == step.number for other in system.steps):
        raise UnableToChangeStep(
            "repeated_number",
            step.number,
            "number",
            "มีขั้นเลขนี้อยู่แล้ว โปรดใช้เลขอื่น",
            "this number is there already; use another.",
        )
    steps = list(system.steps)
    place = len(steps) if not behind else steps.index(_step(system, behind)) + 1
    changed = dataclasses.replace(system, steps=(*steps[:place], step, *steps[place:]))
    _check(changed, step)
    return changed


def with_step_removed(system: rulebook.PlanningSystem, number: str) -> rulebook.PlanningSystem:
    """The system without the step; refused while another step builds on it."""
    step = _step(system, number)
    waiting = [other.number for other in system.steps if number in other.after]
    if waiting:
        listed = ", ".join(waiting)
        raise UnableToChangeStep(
            "still_needed",
            number,
            "",
            f"ขั้น {listed} ยังรอผลของขั้นนี้ โปรดแก้ขั้นนั้นก่อน",
            f"step {listed} builds on it; change that first.",
        )
    return dataclasses.replace(system, steps=tuple(other for other in system.steps if other is not step))


def _step(system: rulebook.PlanningSystem, number: str) -> rulebook.Step:
    try:
        return system.step(number)
    except KeyError:
        raise UnableToChangeStep(
            "unknown_step", number, "", "ไม่มีขั้นนี้ในระบบแผน", "the planning system has no such step."
        ) from None


def _known(number: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    for field in changes:
        if field not in FIELDS:
            raise UnableToChangeStep("unknown_field", number, field, "ไม่มีช่องนี้", "there is no such field.")
    return dict(changes)


def _check(system: rulebook.PlanningSystem, step: rulebook.Step) -> None:
    """Every field of a step against what a step may say, and the system with it against what can run."""
    if not step.number.strip() or len(step.number) > 16:
        raise _wrong(step, "number", "ต้องมีเลขขั้นไม่เกิน 16 ตัวอักษร", "give a number of at most 16 characters.")
    if step.lane not in rulebook.LANES:
        raise _wrong(step, "lane", "ไม่รู้จักระดับนี้", "there is no such level.")
    if not step.name.th.strip() or not step.name.en.strip():
        raise _wrong(step, "name", "ต้องมีชื่อภาษาไทยและอังกฤษ", "give a name in Thai and in English.")
    if not step.responsible.strip():
        raise _wrong(step, "responsible", "ต้องบอกผู้รับผิดชอบ", "say who is responsible.")
    _check_window(step)
    _check_event(step)
    _check_keys(step)
    for fault in rulebook.faults(system, {actor.key for actor in rulebook.load().actors}):
        if fault.number == step.number:
            raise _wrong(step, fault.key, fault.message.th, fault.message.en)


def _check_window(step: rulebook.Step) -> None:
    if step.certainty not in rulebook.CERTAINTIES:
        raise _wrong(step, "certainty", "ต้องเป็น S I W G หรือ “-”", "say S, I, W, G or “-”.")
    if step.window is None:
        return
    for edge in (step.window.start, step.window.end):
        if not edge.comes_every_year:
            raise _wrong(step, "window", "ไม่มีวันนี้ในทุกปี", "not every year has such a day.")
        if abs(edge.k) > LARGEST_K:
            raise _wrong(
                step, "window", f"ปีห่างจากปีงบประมาณเกิน {LARGEST_K} ปี", f"it lies more than {LARGEST_K} years away."
            )
    if step.window.start.first_day(2545) >= step.window.end.day_after(2545):
        raise _wrong(step, "window", "ช่วงเวลาสิ้นสุดก่อนเริ่ม", "the window ends before it starts.")


def _check_event(step: rulebook.Step) -> None:
    if step.event_window is None:
        return
    if step.event_window.event not in EVENTS or not 1 <= step.event_window.days <= LONGEST_DAYS:
        raise _wrong(
            step,
            "event_window",
            f"ต้องนับ 1 ถึง {LONGEST_DAYS} วันจากเหตุการณ์ที่รู้จัก ({', '.join(EVENTS)})",
            f"count 1 to {LONGEST_DAYS} days from an event that is known ({', '.join(EVENTS)}).",
        )


def _check_keys(step: rulebook.Step) -> None:
    known = {actor.key for actor in rulebook.load().actors}
    documents = known_documents()
    for field in ("uses", "makes"):
        for key in getattr(step, field):
            if key not in documents:
                raise _wrong(step, field, f"ไม่รู้จักเอกสาร “{key}”", f"the document “{key}” is unknown.")
    for gate in step.gates:
        if gate.actor not in known or gate.decision not in rulebook.DECISIONS:
            raise _wrong(
                step, "gates", f"ไม่รู้จัก “{gate.actor} {gate.decision}”", f"“{gate.actor} {gate.decision}” is unknown."
            )


def _wrong(step: rulebook.Step, field: str, said_th: str, said_en: str) -> UnableToChangeStep:
    return UnableToChangeStep("wrong_value", step.number, field, said_th, said_en)
