"""Checks of a plan as a whole: its days, letters, strategy, amendment, decisions, ranking and duplicates."""

import datetime as dt
from collections.abc import Iterator

from prasan.common.dates import format_date
from prasan.rulebook.checks.facts import DispatchFacts, PlanFacts, Violation
from prasan.rulebook.rules import Rule
from prasan.rulebook.systems import Edge

# Words of `agencies.BodyKind`, which this room does not know.
CENTRE = frozenset({"NATIONAL_COMMITTEE", "NATIONAL_SUBCOMMITTEE", "CABINET", "PARLIAMENT", "DEPARTMENT", "MINISTRY"})
AGENCIES = frozenset({"PROVINCIAL_OFFICE", "DEPARTMENT", "MINISTRY"})
LOCAL = frozenset({"SAO", "MUNICIPALITY", "PAO", "SPECIAL_LAO"})


def last_day_of(plan: PlanFacts, rule: Rule) -> dt.date | None:
    """The last day the rule's deadline allows, read on the day of the check; None where none is printed."""
    if not rule.values or plan.on < rule.values[0].starts_on:
        return None
    edge = rule.value_on(plan.on).value
    return edge.day_after(plan.fiscal_year) - dt.timedelta(days=1) if isinstance(edge, Edge) else None


def local_plan_is_finished_in_time(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R54: the day the plan was submitted, against the printed last day."""
    yield from _late(plan, rule, plan.finished_on)


def community_plan_is_sent_in_time(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R34: sent with a letter or submitted here, whichever came first."""
    days = [letter.dated_on for letter in plan.dispatches] + ([plan.finished_on] if plan.finished_on else [])
    yield from _late(plan, rule, min(days, default=None))


def request_is_sent_in_time(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R14, AC-06: by 15 September, to ministries, the Interior and the national secretariat."""
    sent = min((letter.dated_on for letter in plan.dispatches), default=None)
    yield from _late(plan, rule, sent)
    if sent is None or any(True for _ in _late(plan, rule, sent)):
        return
    yield from _lacking(plan, _three_addressees(plan.dispatches))


def endorsed_before_it_was_sent(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R16: no letter before the endorsement."""
    if not plan.dispatches:
        return
    sent = min(letter.dated_on for letter in plan.dispatches)
    endorsed = min((d.decided_on for d in plan.decisions if d.kind == "ENDORSE" and d.decided_on), default=None)
    if endorsed is None or endorsed > sent:
        yield Violation(
            "",
            f"ส่งเมื่อ {format_date(sent)} ก่อนได้รับความเห็นชอบของคณะกรรมการ โปรดเสนอคณะกรรมการ",
            f"Sent on {format_date(sent, language='en')} before its committee endorsed it. Bring it to the committee.",
        )


def area_plan_stays_in_the_province(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R25, AC-22: no letter carries the area version to the centre."""
    for letter in plan.dispatches:
        if letter.to & CENTRE:
            yield Violation(
                "",
                f"ส่งส่วนกลางเมื่อ {format_date(letter.dated_on)} แผนฉบับกำหนดพื้นที่ไม่ต้องส่งส่วนกลาง โปรดยกเลิกหนังสือ",
                f"Sent to the centre on {format_date(letter.dated_on, language='en')}; the area version stays in the "
                "province. Cancel the letter.",
            )
            return


def action_plan_goes_to_everybody(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R27: once it goes out, everybody named gets it."""
    if not plan.dispatches:
        return
    to = _reached(plan)
    wanted = [
        *_three_addressees(plan.dispatches),
        ("หน่วยงานในจังหวัด", "agencies of the province", bool(to & {"PROVINCIAL_OFFICE"})),
        ("อำเภอ", "districts", bool(to & {"DISTRICT", "DISTRICT_COMMITTEE"})),
        ("อปท.", "local governments", bool(to & LOCAL)),
    ]
    yield from _lacking(plan, wanted)


def details_go_to_agencies(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R59: a plan that goes out reaches the agencies whose projects it asks for."""
    if plan.dispatches and any(item.asks_another for item in plan.items) and not _reached(plan) & AGENCIES:
        yield Violation(
            "",
            "มีโครงการที่ขอรับการสนับสนุน แต่ยังไม่ได้ส่งรายละเอียดให้หน่วยงาน โปรดส่งหนังสือถึงหน่วยงาน",
            "Projects ask other agencies, yet no letter took the details to an agency. Send the letter.",
        )


def six_components(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R40: vision, issues, goals, indicators, target values, strategies."""
    frame = plan.strategy
    if frame is None:
        yield Violation(
            "",
            "แผนนี้ยังไม่เชื่อมกับยุทธศาสตร์ จึงไม่มีองค์ประกอบทั้งหก โปรดเลือกยุทธศาสตร์ของแผน",
            "The plan names no strategic frame, so it has none of the six components. Choose its strategy.",
        )
        return
    targets = frame.indicators and not frame.indicators_without_target
    parts = (
        ("วิสัยทัศน์", "vision", frame.vision),
        ("ประเด็นยุทธศาสตร์", "strategic issues", frame.issues),
        ("เป้าประสงค์", "goals", frame.goals),
        ("ตัวชี้วัด", "indicators", frame.indicators),
        ("ค่าเป้าหมายของทุกตัวชี้วัด", "target values of every indicator", targets),
        ("กลยุทธ์", "strategies", frame.strategies),
    )
    missing = [(th, en) for th, en, there in parts if not there]
    if missing:
        th, en = ", ".join(one[0] for one in missing), ", ".join(one[1] for one in missing)
        yield Violation("", f"แผนยังขาด{th} โปรดเพิ่ม", f"The plan lacks {en}. Add them.")


def requests_are_ranked(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R62: somebody has put the requests in order."""
    if not plan.ranked_by_hand and any(item.asks_another for item in plan.items):
        yield Violation(
            "",
            "คำขอที่ส่งตรงถึงหน่วยงานยังอยู่ตามลำดับที่รวบรวม ยังไม่มีผู้จัดลำดับความสำคัญ โปรดจัดลำดับ",
            "Requests to agencies stand as they were collected; nobody has ranked them. Rank them.",
        )


def amendment_is_typed_and_numbered(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R71: an edition that changes another says its number, year and reason."""
    change = plan.amendment
    if change is None or change.kind == "ORIGINAL":
        return
    stated = (
        ("ครั้งที่", "number", change.number),
        ("ปี", "year", change.year),
        ("เหตุผลความจำเป็น", "reason", change.reason.strip()),
    )
    missing = [(th, en) for th, en, there in stated if not there]
    if missing:
        th, en = ", ".join(one[0] for one in missing), ", ".join(one[1] for one in missing)
        yield Violation("", f"การเปลี่ยนแผนยังไม่ได้ระบุ{th} โปรดระบุ", f"The change does not state its {en}. State it.")


def decision_is_complete(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R72: body, kind, day, meeting, number, quorum and attendance of every decision."""
    for made in plan.decisions:
        parts = (made.body, made.kind, made.decided_on, made.meeting, made.number, made.quorum, made.present)
        if any(part is None or part == "" for part in parts):
            yield Violation(
                made.label,
                f"บันทึกมติ {made.label} ไม่ครบ โปรดระบุองค์กร ประเภท วันที่ ครั้งที่ เลขที่ และองค์ประชุม",
                f"The record of decision {made.label} lacks body, kind, day, meeting, number or quorum.",
            )


def no_undecided_duplicates(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R31, AC-21: a likely duplicate waits until somebody merges it, splits it or keeps it with a reason."""
    others: dict[str, list[str]] = {}
    for item, other in plan.duplicates:
        others.setdefault(item, []).append(other)
    for item, found in others.items():
        listed = ", ".join(sorted(found))
        yield Violation(
            item,
            f"อาจซ้ำกับ {listed} และยังไม่มีผู้พิจารณา โปรดรวม แยก หรือคงไว้พร้อมเหตุผล ก่อนให้ความเห็นชอบ",
            f"Likely the same as {listed}, not decided. Merge, split or keep it with a reason before endorsement.",
        )


def _late(plan: PlanFacts, rule: Rule, done_on: dt.date | None) -> Iterator[Violation]:
    last = last_day_of(plan, rule)
    if last is None:
        return
    th, en = format_date(last), format_date(last, language="en")
    if done_on is not None and done_on > last:
        yield Violation(
            "",
            f"แล้วเสร็จเมื่อ {format_date(done_on)} หลังวันสุดท้าย {th} โปรดชี้แจงเหตุผล",
            f"Done on {format_date(done_on, language='en')}, after the last day {en}. Say why.",
        )
    elif done_on is None and plan.on > last:
        yield Violation(
            "", f"ยังไม่แล้วเสร็จ เลยวันสุดท้าย {th} แล้ว โปรดเร่งดำเนินการ", f"Not done; the last day was {en}. Finish it."
        )


def _three_addressees(letters: tuple[DispatchFacts, ...]) -> list[tuple[str, str, bool]]:
    """Ministries; the Interior as secretariat of อผจ.; the secretariat of กนภ. The last two are known by name."""
    names = " ".join(name for letter in letters for name in letter.names)
    to = {kind for letter in letters for kind in letter.to}
    return [
        ("กระทรวง", "ministries", bool(to & {"MINISTRY", "DEPARTMENT"})),
        ("กระทรวงมหาดไทย (เลขานุการ อผจ.)", "the Ministry of the Interior", "มหาดไทย" in names or "อผจ" in names),
        ("ฝ่ายเลขานุการ กนภ.", "the secretariat of กนภ.", "กนภ" in names),
    ]


def _lacking(plan: PlanFacts, wanted: list[tuple[str, str, bool]]) -> Iterator[Violation]:
    missing = [(th, en) for th, en, there in wanted if not there]
    if missing:
        th, en = ", ".join(one[0] for one in missing), ", ".join(one[1] for one in missing)
        yield Violation("", f"ยังไม่ได้ส่งถึง{th} โปรดส่งให้ครบ", f"Not sent to: {en}. Send it to all of them.")


def _reached(plan: PlanFacts) -> set[str]:
    return {kind for letter in plan.dispatches for kind in letter.to}
