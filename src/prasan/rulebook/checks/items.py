"""Checks of single items: what must be stated, linked, confirmed, classified, forwarded or notified."""

from collections.abc import Iterator

from prasan.common.dates import format_date
from prasan.rulebook.checks.facts import ItemFacts, PlanFacts, Violation
from prasan.rulebook.rules import Rule

_Words = tuple[str, str]
_TARGET: _Words = ("เป้าหมาย/ปริมาณงาน", "target or quantity")
_MONEY: _Words = ("งบประมาณ", "budget")
_AGENCY: _Words = ("หน่วยงานรับผิดชอบ", "responsible agency")
_PROGRAMME: _Words = ("แผนงาน", "programme")
_AREA: _Words = ("พื้นที่", "area")


def linked_to_the_proclaimed_plan(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R01: while a plan is in force every project answers one of its objectives."""
    if not plan.plan_in_force:
        return
    for item in _projects(plan):
        if not item.linked:
            yield Violation(
                item.code,
                f"ยังไม่เชื่อมกับเป้าประสงค์หรือกลยุทธ์ของ {plan.plan_in_force} ที่ประกาศใช้แล้ว โปรดเชื่อม หรือชี้แจงเหตุผล",
                f"Not linked to any objective of {plan.plan_in_force}, which is in force. Link it, or say why not.",
            )


def five_year_item_is_complete(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R06: nature and quantity, the estimate, who is responsible; the yearly average follows from the estimate."""
    for item in _projects(plan):
        yield from _incomplete(
            item, ((_TARGET, item.target), (_MONEY, item.planned_satang), (_AGENCY, item.responsible))
        )


def annual_item_confirms_a_five_year_item(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R08, AC-18: an item of the annual plan stands in the five-year plan, or says why it does not."""
    for item in _projects(plan):
        if not item.confirms and not item.confirms_reason.strip():
            yield Violation(
                item.code,
                "ไม่ได้ยืนยันรายการใดของแผน 5 ปี และไม่มีเหตุผล โปรดเลือกรายการของแผน 5 ปี หรือระบุเหตุผล (นโยบายใหม่หรือนโยบายพิเศษ)",
                "Confirms no item of the five-year plan and gives no reason. Choose the item of the five-year plan, "
                "or give the reason (new or special policy).",
            )


def annual_item_is_complete(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R10, as far as records keep what it lists."""
    for item in _projects(plan):
        stated = (
            (_PROGRAMME, item.programme),
            (_TARGET, item.target),
            (_MONEY, item.planned_satang),
            (_AGENCY, item.responsible),
        )
        yield from _incomplete(item, stated)


def district_item_is_complete(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R19: area, targets and budget of each project."""
    for item in _projects(plan):
        stated = ((_AREA, item.area_known), (_TARGET, item.target), (_MONEY, item.planned_satang))
        yield from _incomplete(item, stated)


def action_plan_item_is_complete(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R42: target, responsible agency, budget."""
    for item in _projects(plan):
        yield from _incomplete(
            item, ((_TARGET, item.target), (_MONEY, item.planned_satang), (_AGENCY, item.responsible))
        )


def action_item_is_funded(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R26: only what was told to be funded, and with the amount approved."""
    for item in _projects(plan):
        if item.budgeted_satang is None:
            yield Violation(
                item.code,
                "ยังไม่มีงบประมาณที่ได้รับแจ้งอนุมัติ จึงอยู่ในแผนปฏิบัติการไม่ได้ โปรดบันทึกงบประมาณที่อนุมัติ หรือนำออกจากแผน",
                "No approved budget was notified, so it cannot stand in the action plan. Record the approved budget, "
                "or take it out.",
            )
        elif item.planned_satang is not None and item.planned_satang != item.budgeted_satang:
            yield Violation(
                item.code,
                "จำนวนเงินไม่เท่ากับงบประมาณที่อนุมัติ โปรดแก้จำนวนเงินให้ตรง",
                "The amount is not the approved budget. Correct the amount.",
            )


def need_is_classified(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R33: every need is self-help, joint, or asks support."""
    for item in plan.items:
        if item.is_need and not item.classified:
            yield Violation(
                item.code,
                "ยังไม่จำแนกว่าชุมชนทำเอง ร่วมทำ หรือขอรับการสนับสนุน โปรดให้ชุมชนจำแนก",
                "Not classified as self-help, joint or asking support. Ask the community to classify it.",
            )


def request_is_taken_or_forwarded(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R36: requested = taken + forwarded; what the local government did not take names its coordinator."""
    for item in plan.items:
        if item.is_need and item.asks_support and not item.answered and not item.forwarded:
            yield Violation(
                item.code,
                "ขอรับการสนับสนุน แต่ยังไม่มีหน่วยงานรับ และยังไม่ได้ส่งต่อ โปรดให้ อปท. รับ หรือ กม. ส่งเข้าแผนอำเภอ",
                "Asks support; nobody took it and it was not forwarded. Let the local government take it, or the "
                "village committee forward it to the district plan.",
            )
        elif item.not_taken_without_coordinator:
            yield Violation(
                item.code,
                "อปท. ไม่ได้รับไว้และส่งต่อแล้ว แต่ไม่ได้ระบุ กม. เป็นผู้ประสาน โปรดระบุ",
                "Not taken by the local government and forwarded without naming the village committee that "
                "coordinates. Name it.",
            )


def goes_up_one_level_at_a_time(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R37: what asks for coordination is handed over, and no hop skips a level."""
    for item in _projects(plan):
        if item.asks_coordination and not item.forwarded:
            yield Violation(
                item.code,
                "ขอประสานแผน แต่ยังไม่ได้ส่งต่อคณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ โปรดส่งต่อพร้อมเหตุผล",
                "Asks for coordination and was not handed to the district local-plan committee. Hand it over, "
                "with the reason.",
            )
        elif item.skipped_level:
            yield Violation(
                item.code,
                "ส่งต่อข้ามระดับ ต้องผ่านอำเภอ แล้วจังหวัด แล้ว อบจ. ตามลำดับ",
                "Handed over a level; it goes to the district, then the province, then the PAO.",
            )


def needs_plan_holds_what_is_beyond_capacity(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R56: an item of the district needs plan carries the judgement that it is beyond the level below."""
    for item in plan.items:
        if not item.beyond_capacity:
            yield Violation(
                item.code,
                "ไม่มีการวินิจฉัยว่าเกินขีดความสามารถของชุมชน อปท. หรือหน่วยงานในพื้นที่ โปรดส่งต่อพร้อมเหตุผล หรือนำออกจากแผน",
                "No judgement says that it is beyond the capacity of the community, the local government or agencies "
                "in the area. Hand it over with the reason, or take it out.",
            )


def agency_told_the_province(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R48: the day of the agency's notice is known."""
    for item in _projects(plan):
        if item.owner_is_agency and item.notified_on is None:
            yield Violation(
                item.code,
                "ไม่มีวันที่หน่วยงานแจ้งจังหวัดถึงโครงการนี้ โปรดบันทึกวันที่แจ้ง หรือขอให้หน่วยงานแจ้ง",
                "No day is known on which the agency told the province of it. Record the day, or ask the agency.",
            )


def agency_told_in_time(plan: PlanFacts, rule: Rule) -> Iterator[Violation]:
    """R50, AC-04: not after the last day counted from the Budget Act."""
    for item in _projects(plan):
        told, due = item.notified_on, item.notice_due_on
        if item.owner_is_agency and told is not None and due is not None and told > due:
            yield Violation(
                item.code,
                f"หน่วยงานแจ้งเมื่อ {format_date(told)} หลังวันสุดท้าย {format_date(due)} โปรดให้หน่วยงานชี้แจง",
                f"The agency told on {format_date(told, language='en')}, after the last day "
                f"{format_date(due, language='en')}. Ask the agency why.",
            )


def _projects(plan: PlanFacts) -> Iterator[ItemFacts]:
    return (item for item in plan.items if not item.is_need)


def _incomplete(item: ItemFacts, stated: tuple[tuple[_Words, object], ...]) -> Iterator[Violation]:
    """One violation that names all that is missing; an amount of nothing is stated, an empty text is not."""
    missing = [words for words, value in stated if value is None or value is False or value == ""]
    if missing:
        th, en = ", ".join(words[0] for words in missing), ", ".join(words[1] for words in missing)
        yield Violation(item.code, f"ยังไม่ได้ระบุ{th} โปรดระบุ", f"Does not state: {en}. State it.")
