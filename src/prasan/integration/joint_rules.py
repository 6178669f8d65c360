"""Pure decisions of joint projects: who may stand together, whether shares add up, and in what order work is done."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from prasan.common.money import format_baht

Problem = tuple[str, str, str]
"""Code, Thai, English: why something may not be."""


@dataclass(frozen=True, slots=True)
class YearGap:
    """A fiscal year in which the shares are not what is planned; integer satang."""

    fiscal_year: int
    planned: int
    shared: int

    @property
    def missing(self) -> int:
        """What still has to be shared out; negative where more is shared than planned."""
        return self.planned - self.shared


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as the checks see it: its place in the list, half-open days, and the place of the one it follows."""

    ordinal: int
    title: str
    starts_on: dt.date
    ends_before: dt.date
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A project as the checks of joining see it."""

    code: str
    owner: int
    merged: bool
    withdrawn: bool
    joint: bool  # it stands for a joint project that is not dissolved


def joining_problem(
    *, projects: Sequence[Standing], standing_is_among: bool, lead_is_owner: bool, reason: str
) -> Problem | None:
    """Why these projects may not become one joint project; None when they may."""
    if len({one.code for one in projects}) < 2:
        return "too_few", "ต้องมีอย่างน้อยสองโครงการ", "at least two projects are needed"
    if len({one.owner for one in projects}) < 2:
        return (
            "one_owner",
            "ทุกโครงการเป็นของหน่วยงานเดียวกัน โปรดรวมโครงการแทน",
            "all are of one body; merge them instead",
        )
    if not standing_is_among:
        return "standing_not_among", "โครงการหลักไม่ได้อยู่ในรายการ", "the standing project is not among them"
    if not lead_is_owner:
        return "lead_not_owner", "หน่วยงานหลักต้องเป็นเจ้าของโครงการหนึ่งในนั้น", "the lead must own one of them"
    if not reason.strip():
        return "no_reason", "ไม่มีเหตุผล โปรดระบุเหตุผล", "no reason is given; say why"
    for one in projects:
        if one.merged:
            return "merged", f"{one.code} รวมกับโครงการอื่นอยู่แล้ว", f"{one.code} is merged already"
        if one.withdrawn:
            return "withdrawn", f"{one.code} ถอนแล้ว", f"{one.code} is withdrawn"
        if one.joint:
            return "joint_already", f"{one.code} เป็นโครงการร่วมอยู่แล้ว", f"{one.code} is a joint project already"
    return None


def share_gaps(planned: Mapping[int, int], shares: Iterable[tuple[int, int]]) -> tuple[YearGap, ...]:
    """The years in which shares (year, satang) do not come to what is planned, to the satang; in order."""
    shared: dict[int, int] = {}
    for year, satang in shares:
        shared[year] = shared.get(year, 0) + satang
    years = sorted(set(planned) | set(shared))
    gaps = (YearGap(year, planned.get(year, 0), shared.get(year, 0)) for year in years)
    return tuple(gap for gap in gaps if gap.missing)


def order_problem(tasks: Sequence[TaskLine]) -> Problem | None:
    """Why tasks cannot be done in this order; None when they can."""
    by_place = {task.ordinal: task for task in tasks}
    if len(by_place) != len(tasks):
        return "ordinal_twice", "ลำดับของงานซ้ำกัน", "two tasks bear the same number"
    for task in tasks:
        if not task.title.strip():
            return "no_title", f"งานลำดับ {task.ordinal} ไม่มีชื่อ", f"task {task.ordinal} has no title"
        if task.starts_on >= task.ends_before:
            return (
                "ends_before_it_begins",
                f"งานลำดับ {task.ordinal} สิ้นสุดก่อนเริ่ม",
                f"task {task.ordinal} ends before it begins",
            )
        if task.after is not None and task.after not in by_place:
            return (
                "unknown_task",
                f"งานลำดับ {task.ordinal} ทำต่อจากงาน {task.after} ซึ่งไม่มี",
                f"task {task.ordinal} follows task {task.after}, which is not there",
            )
    if circle := _circle(by_place):
        return "circle", f"งานลำดับ {circle} ย้อนกลับมาทำต่อจากตัวเอง", f"task {circle} comes to follow itself"
    return _too_early(by_place)


def _circle(tasks: Mapping[int, TaskLine]) -> int | None:
    """The first task from which one comes back to it by asking what it follows; None when there is none."""
    for ordinal in sorted(tasks):
        seen: set[int] = set()
        following = tasks[ordinal].after
        while following is not None and following not in seen:
            if following == ordinal:
                return ordinal
            seen.add(following)
            following = tasks[following].after
    return None


def _too_early(tasks: Mapping[int, TaskLine]) -> Problem | None:
    for task in tasks.values():
        before = tasks[task.after] if task.after is not None else None
        if before is not None and task.starts_on < before.ends_before:
            return (
                "too_early",
                f"งานลำดับ {task.ordinal} เริ่มก่อนงานลำดับ {before.ordinal} ที่ต้องเสร็จก่อน",
                f"task {task.ordinal} begins before task {before.ordinal}, which must be over, ends",
            )
    return None


def confirming_problem(
    *,
    waiting: Collection[str],
    declined: Collection[str],
    gaps: Sequence[YearGap],
    left: Collection[str],
    adopted: bool,
    over_all: bool,
) -> Problem | None:
    """Why a joint project cannot be agreed yet, given names of partners and codes of members that left."""
    if left:
        codes = ", ".join(sorted(left))
        return "member_left", f"{codes} ไม่ได้รวมอยู่ในโครงการนี้แล้ว", f"{codes} stands in it no longer"
    if declined:
        names = ", ".join(declined)
        return "partner_declined", f"{names} ไม่ตกลง", f"{names} declined"
    if waiting:
        names = ", ".join(waiting)
        return (
            "partner_waiting",
            f"{names} ยังไม่ตอบ แต่ละหน่วยงานต้องตอบเอง",
            f"{names} has not answered; each answers for itself",
        )
    if gaps:
        return "shares_off", f"ส่วนแบ่งค่าใช้จ่ายไม่ตรงแผน: {said_th(gaps)}", f"the shares are off the plan: {said_en(gaps)}"
    if not adopted:
        return "not_resolved", "มติที่อ้างยังไม่ใช่มติให้ดำเนินการ", "the resolution cited decides nothing"
    if not over_all:
        return (
            "not_their_committee",
            "คณะกรรมการที่มีมติไม่ได้ดูแลพื้นที่ของทุกโครงการ",
            "the committee that resolved it is not over the place of every project",
        )
    return None


def said_th(gaps: Sequence[YearGap]) -> str:
    """Year by year what is missing or too much, in baht, in Thai."""
    return " · ".join(
        f"ปี {gap.fiscal_year} {'ขาด' if gap.missing > 0 else 'เกิน'} {format_baht(abs(gap.missing))} บาท" for gap in gaps
    )


def said_en(gaps: Sequence[YearGap]) -> str:
    """The same in English."""
    return "; ".join(
        f"{gap.fiscal_year} is {format_baht(abs(gap.missing))} baht {'short' if gap.missing > 0 else 'over'}"
        for gap in gaps
    )
