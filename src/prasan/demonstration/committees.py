"""The demonstration's committees at work: members, a meeting held, one called, letters sent and waiting, more time."""

import datetime as dt

from django.utils.timezone import get_current_timezone

from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.agencies.queries import body_of
from prasan.common.dates import BE_MINUS_CE
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles_read
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, ExceptionKind, Task
from prasan.demonstration import facts, together
from prasan.integration import services as integration
from prasan.integration.models import PairDecision
from prasan.letters import services as letters
from prasan.letters.models import Letter
from prasan.letters.services import Addressee, Content
from prasan.meetings import services as meetings
from prasan.meetings.models import Meeting, Resolution, Seat
from prasan.meetings.queries import seats_in_office
from prasan.meetings.services import Present
from prasan.plans import queries as plans_read
from prasan.plans import services as plans
from prasan.plans.models import EditionState, PlanEdition, PlanType

CODES = {"LAO": "กส 71301", "DISTRICT": "กส 0118", "PROVINCE": "กส 0017.2"}
# Made-up names; by what office each sits there.
MEMBERS = {
    "LAO": (
        ("CHAIR", "นายบุญมี ศรีโคตร", "นายก อบต."), ("SECRETARY", "นางอรทัย แสงทอง", "นักวิเคราะห์นโยบายและแผน"),
        ("MEMBER", "นายทองคำ วงษ์ลา", "รองนายก อบต."), ("MEMBER", "นางสมพร ไชยดี", "ผู้แทนประชาคม"),
        ("MEMBER", "นายสมชาย พรมลี", "ผู้แทนประชาคม"), ("MEMBER", "นางวิมล ภูมิดี", "ปลัด อบต."),
        ("MEMBER", "นายประจักษ์ โสภา", "ผู้ทรงคุณวุฒิ"),
    ),
    "DISTRICT": (
        ("CHAIR", "นายวีระพล อินทรชัย", "นายอำเภอ"), ("SECRETARY", "นายประเสริฐ วงศ์คำ", "ปลัดอำเภอ"),
        ("MEMBER", "นางสาวดวงพร ใจงาม", "พัฒนาการอำเภอ"), ("MEMBER", "นายสุรชัย แก้วกล้า", "เกษตรอำเภอ"),
        ("MEMBER", "นายวิชิต ภูผาลี", "สาธารณสุขอำเภอ"),
    ),
    "PROVINCE": (
        ("CHAIR", "นายธงชัย เกียรติคุณ", "ผู้ว่าราชการจังหวัด"), ("VICE_CHAIR", "นายชาญวิทย์ รุ่งเรือง", "รองผู้ว่าราชการจังหวัด"),
        ("SECRETARY", "นางสาวกนกวรรณ ศรีสุข", "หัวหน้าสำนักงานจังหวัด"), ("MEMBER", "นายธีรพงษ์ ภูผา", "นายก อบจ."),
        ("MEMBER", "นางพิมพ์ใจ ทองสุข", "โยธาธิการและผังเมืองจังหวัด"),
        ("MEMBER", "นายณรงค์ ศรีวิชัย", "เกษตรและสหกรณ์จังหวัด"), ("MEMBER", "นางสุดา ทองดี", "ท้องถิ่นจังหวัด"),
    ),
}  # fmt: skip
VOTES = (5, 1, 1)
"""For, against and abstained in the meeting that votes."""


def work_in_committees(*, people: dict[str, User], district_code: str, year: Cycle, at: dt.datetime) -> None:
    """Seat the members, hold a meeting that lets a plan pass, call the next, send letters, give one body more time.

    Told once: where somebody sits in a committee already, nothing is done. `year` is the running year in which some
    bodies are late.
    """
    if Seat.objects.exists():
        return
    operator = people["operator"]
    lao = people["lao"].memberships.get().body
    district = _body(BodyKind.DISTRICT_COMMITTEE, district_code)
    province = _body(BodyKind.PROVINCIAL_COMMITTEE, facts.PROVINCE)
    for key, committee in (("LAO", lao), ("DISTRICT", district), ("PROVINCE", province)):
        _seat(committee, key, operator, at)
    _decide_duplicates(lao, operator, at)
    _hold(lao, PlanType.LOCAL_PLAN, "LAO", people["lao"], at, votes=VOTES)
    _hold(district, PlanType.DISTRICT_NEEDS_PLAN, "DISTRICT", people["district"], at)
    _resolve_to_work_together(district, people, lao, at)
    _call(province, operator, at)
    _write_letters(people, district_code, year, at)
    _give_time(year, people["operator"], at)


def _seat(committee: Body, key: str, actor: User, at: dt.datetime) -> None:
    began = dt.date(at.year - 2, 10, 1)
    for role, name, office in MEMBERS[key]:
        meetings.appoint_seat(
            committee=committee, role=role, person_name=name, position_name=office, starts_on=began,
            appointed_by=f"ที่ {len(MEMBERS[key]) * 11}/{began.year + BE_MINUS_CE}", actor=actor, at=at,
        )  # fmt: skip


def _decide_duplicates(lao: Body, operator: User, at: dt.datetime) -> None:
    """The likely duplicates in one plan are looked at before its meeting, so that this plan passes (AC-21)."""
    plan = PlanEdition.objects.filter(plan_type=PlanType.LOCAL_PLAN, body=lao, state=EditionState.SUBMITTED).first()
    for pair in plans_read.open_duplicates(plan) if plan is not None else ():
        integration.decide_pair(
            pair=pair, decision=PairDecision.DIFFERENT, reason="ตรวจแบบแล้ว คนละจุดหรือคนละช่วง", actor=operator, at=at
        )


def _hold(
    committee: Body,
    plan_type: str,
    key: str,
    actor: User,
    at: dt.datetime,
    *,
    votes: tuple[int, int, int] | None = None,
) -> None:
    """Invite, meet, decide on the plan that waits, and close; what then stops the plan stays to be seen."""
    plan = PlanEdition.objects.filter(plan_type=plan_type, body=committee, state=EditionState.SUBMITTED).first()
    if plan is None:
        return
    meeting = _called(committee, _at_half_past_nine(at, 0), f"พิจารณา{plan.get_plan_type_display()}", actor, at)
    _minutes_item(meeting, actor, at)
    item = meetings.add_item(
        meeting=meeting, section=4, title=f"{plan.get_plan_type_display()} ปี {plan.fiscal_year}",
        decision_kind="ENDORSE", subject_kind="PlanEdition", subject_code=str(plan.pk), actor=actor, at=at,
    )  # fmt: skip
    plans.refer_edition(edition=plan, agenda_item=item, actor=actor, at=at)
    meetings.send_notice(meeting=meeting, prefix=CODES[key], dated_on=_day(at, -7), actor=actor, at=at)
    seats = list(seats_in_office(committee, _day(at, 0)))
    absent = {seats[-1].pk} if votes is None else set()
    lines = [Present(seat, "ABSENT" if seat.pk in absent else "PRESENT") for seat in seats]
    meetings.record_attendance(meeting=meeting, lines=lines, actor=actor, at=at)
    meetings.open_meeting(meeting=meeting, actor=actor, at=at)
    for one in meeting.items.exclude(pk=item.pk):
        meetings.resolve(item=one, outcome="ADOPTED", text="รับรองรายงานการประชุม", actor=actor, at=at)
    made = meetings.resolve(
        item=item, outcome="ADOPTED", text="ที่ประชุมให้ความเห็นชอบแผนตามที่เสนอ", votes=votes, actor=actor, at=at
    )
    _carry_out(plan, made, actor, at)
    secretary = next(seat.person_name for seat in seats if seat.role == "SECRETARY")
    meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), minutes_by=secretary, actor=actor, at=at)


def _carry_out(plan: PlanEdition, made: Resolution, actor: User, at: dt.datetime) -> None:
    try:
        plans.pass_gate(edition=plan, resolution=made, actor=actor, at=at)
    except Refused:
        # A finding or an undecided duplicate blocks it: the resolution stands, and its page offers it again.
        return


def _call(committee: Body, actor: User, at: dt.datetime) -> None:
    """The next meeting of the provincial committee: called and invited to; its plan is a draft that it considers."""
    meeting = _called(committee, _at_half_past_nine(at, 10), "พิจารณาร่างแผนปฏิบัติราชการประจำปีของจังหวัด", actor, at)
    _minutes_item(meeting, actor, at)
    meetings.add_item(
        meeting=meeting, section=4, title=f"ร่างแผนปฏิบัติราชการประจำปีของจังหวัด ปี {facts.FISCAL_YEAR}",
        decision_kind="CONSIDER", actor=actor, at=at,
    )  # fmt: skip
    meetings.send_notice(meeting=meeting, prefix=CODES["PROVINCE"], dated_on=_day(at, 0), actor=actor, at=at)


def _called(committee: Body, starts_at: dt.datetime, subject: str, actor: User, at: dt.datetime) -> Meeting:
    return meetings.call_meeting(
        committee=committee, starts_at=starts_at, place=f"ห้องประชุม {committee.name_th}"[:200], subject=subject,
        actor=actor, at=at,
    )  # fmt: skip


def _resolve_to_work_together(committee: Body, people: dict[str, User], lao: Body, at: dt.datetime) -> None:
    """The district committee resolves a joint project, which the bodies agree to; the province proposes another."""
    joint = together.propose_drains(people=people, lao=lao, at=at)
    if joint is not None:
        actor = people["district"]
        afternoon = _at_half_past_nine(at, 0) + dt.timedelta(hours=4)
        meeting = _called(committee, afternoon, "พิจารณาโครงการที่ทำร่วมกันหลายหน่วยงาน", actor, at)
        item = meetings.add_item(
            meeting=meeting, section=4, title=f"โครงการร่วม {joint.project.name}"[:300], decision_kind="ENDORSE",
            subject_kind="JointProject", subject_code=str(joint.pk), actor=actor, at=at,
        )  # fmt: skip
        meetings.send_notice(meeting=meeting, prefix=CODES["DISTRICT"], dated_on=_day(at, -3), actor=actor, at=at)
        lines = [Present(seat, "PRESENT") for seat in seats_in_office(committee, _day(at, 0))]
        meetings.record_attendance(meeting=meeting, lines=lines, actor=actor, at=at)
        meetings.open_meeting(meeting=meeting, actor=actor, at=at)
        text = "ที่ประชุมเห็นชอบให้ทำเป็นโครงการร่วม"
        made = meetings.resolve(item=item, outcome="ADOPTED", text=text, actor=actor, at=at)
        together.agree(joint=joint, resolution=made, people=people, at=at)
        secretary = next(line.seat.person_name for line in lines if line.seat and line.seat.role == "SECRETARY")
        meetings.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), minutes_by=secretary, actor=actor, at=at)
    together.propose_a_pair(people=people, at=at)


def _minutes_item(meeting: Meeting, actor: User, at: dt.datetime) -> None:
    meetings.add_item(
        meeting=meeting, section=2, title="รับรองรายงานการประชุมครั้งก่อน", decision_kind="APPROVE", actor=actor, at=at
    )


def _write_letters(people: dict[str, User], district_code: str, year: Cycle, at: dt.datetime) -> None:
    """One letter sent and taken in, one sent and waiting, one draft that still misses an addressee, a reminder."""
    operator = people["operator"]
    office = _body(BodyKind.PROVINCE, facts.PROVINCE)
    district = _body(BodyKind.DISTRICT, district_code)
    lao = people["lao"].memberships.get().body
    framework = _letter(district, "แจ้งกรอบแนวทางการพัฒนาอำเภอ", "L11", [Addressee(lao)], operator, at)
    _send(framework, "DISTRICT", operator, at)
    letters.receive_letter(letter=framework, body=lao, number="214/2569", actor=people["lao"], at=at)
    others = [Addressee(one) for one in _districts()]
    pao = _body(BodyKind.PAO, facts.PROVINCE)
    _send(
        _letter(office, "แจ้งผลการทบทวนยุทธศาสตร์จังหวัด", "L2", [*others, Addressee(pao)], operator, at),
        "PROVINCE",
        operator,
        at,
    )
    _letter(office, "ส่งรายละเอียดโครงการตามแผนพัฒนาจังหวัด", "L12", _agencies(), operator, at)
    late = cycles_read.to_remind(year, on=_day(at, 0)).filter(body__kind__in=LAO_KINDS).select_related("step").first()
    if late is not None:
        words = Content(
            subject=f"ขอให้เร่งรัดการส่ง{late.step.name_th}", fiscal_year=year.fiscal_year, catalogue="L3",
            urgency="URGENT",
            body=f"ตามปฏิทินการจัดทำแผน กำหนดให้ส่ง{late.step.name_th} นั้น\n\nบัดนี้พ้นกำหนดแล้ว จึงขอให้เร่งรัดการจัดส่ง",
        )  # fmt: skip
        reminder = letters.draft_letter(
            sender=office, content=words, addressees=[Addressee(late.body)], step=late.step, actor=operator, at=at
        )
        _send(reminder, "PROVINCE", operator, at)


def _letter(sender: Body, subject: str, catalogue: str, to: list[Addressee], actor: User, at: dt.datetime) -> Letter:
    body = f"ด้วย{sender.name_th} ขอ{subject} ดังรายละเอียดที่แนบ\n\nจึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    said = Content(
        subject=subject, body=body, fiscal_year=facts.FISCAL_YEAR + 1, catalogue=catalogue,
        attachments="เอกสารประกอบ จำนวน 1 ชุด", signer_name="นายธงชัย เกียรติคุณ", contact="โทร. 0 4381 1000",
    )  # fmt: skip
    return letters.draft_letter(sender=sender, content=said, addressees=to, actor=actor, at=at)


def _send(letter: Letter, key: str, actor: User, at: dt.datetime) -> None:
    letters.dispatch_letter(letter=letter, dated_on=_day(at, 0), prefix=CODES[key], circular=True, actor=actor, at=at)


def _give_time(year: Cycle, operator: User, at: dt.datetime) -> None:
    """One body that is late gets more time, with a reason and an end."""
    on = _day(at, 0)
    late = Task.objects.filter(cycle=year, due_before__lte=on, submitted_at=None, done_at=None, excused_until=None)
    task = late.exclude(body=None).select_related("body", "cycle", "step").order_by("-due_before", "pk").first()
    if task is not None:
        cycles.grant_exception(
            task=task, kind=ExceptionKind.EXTENSION, reason="น้ำท่วมพื้นที่ เอกสารส่วนหนึ่งเสียหาย",
            ends_before=on + dt.timedelta(days=21), actor=operator, at=at,
        )  # fmt: skip


def _districts() -> list[Body]:
    return list(Body.objects.filter(kind=BodyKind.DISTRICT, area__code__startswith=facts.PROVINCE).order_by("code"))


def _agencies() -> list[Addressee]:
    found = Body.objects.filter(kind=BodyKind.DEPARTMENT, projects__isnull=False).distinct().order_by("code")
    return [Addressee(one) for one in found[:3]]


def _day(at: dt.datetime, after: int) -> dt.date:
    return at.astimezone(get_current_timezone()).date() + dt.timedelta(days=after)


def _at_half_past_nine(at: dt.datetime, after: int) -> dt.datetime:
    return dt.datetime.combine(_day(at, after), dt.time(9, 30), tzinfo=get_current_timezone())


def _body(kind: BodyKind, area_code: str) -> Body:
    body = body_of(kind, area_code)
    assert body is not None, f"{kind} {area_code} is made before its committees work"
    return body
