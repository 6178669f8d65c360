"""Names and words in the reader's language: places, bodies, states with their icon, dates, steps."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area, AreaLevel
from prasan.common.dates import format_date
from prasan.cycles import queries as cycles
from prasan.rulebook import Step, load
from prasan.web.naming import english_name

Text = str | Promise
BANGKOK = "10"


class Named(Protocol):
    """Whatever has a Thai name and perhaps an English one."""

    name_th: str
    name_en: str


def language() -> str:
    """The reader's language: "th" or "en"."""
    return "en" if (get_language() or "th").startswith("en") else "th"


def period(days: tuple[dt.date, dt.date] | None) -> str:
    """A half-open period as people say it, with its last day; "–" where none is known."""
    return f"{day(days[0])} – {day(days[1] - dt.timedelta(days=1))}" if days is not None else "–"


def name_of(thing: Named | None) -> str:
    """The name in the reader's language; Thai where no English one is known."""
    if thing is None:
        return ""
    if language() != "en":
        return thing.name_th
    return english_name(thing) if isinstance(thing, Body) else thing.name_en or thing.name_th


PREFIXES: dict[str, Text] = {
    AreaLevel.PROVINCE: _("จังหวัด%(name)s"),
    AreaLevel.DISTRICT: _("อำเภอ%(name)s"),
    AreaLevel.SUBDISTRICT: _("ตำบล%(name)s"),
}
BANGKOK_PREFIXES: dict[str, Text] = {
    AreaLevel.DISTRICT: _("เขต%(name)s"),
    AreaLevel.SUBDISTRICT: _("แขวง%(name)s"),
}


def place_name(area: Area | None) -> str:
    """The place as people call it: ตำบลแม่ใส, เขตพระนคร, หมู่ที่ 4 บ้านแม่ใส."""
    if area is None:
        return ""
    name = name_of(area)
    if area.moo is not None:
        return str(_("หมู่ที่ %(moo)s %(name)s")) % {"moo": area.moo, "name": _village(name)}
    prefixes = BANGKOK_PREFIXES if area.code.startswith(BANGKOK) else PREFIXES
    pattern = str(prefixes.get(area.level, "%(name)s"))
    prefix = pattern.split("%(name)s")[0]
    # A register that writes the word into the name must not make ตำบลตำบล….
    return name if prefix and name.startswith(prefix) else pattern % {"name": name}


def _village(name: str) -> str:
    if language() == "en" or not name or name.startswith(("บ้าน", "ชุมชน")):
        return name
    return f"บ้าน{name}"


def day(value: dt.date | dt.datetime | None, style: str = "abbr") -> str:
    """A date in the reader's language, Bangkok time; "–" where there is none."""
    if value is None:
        return "–"
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_date(value, style=style, language=language())


def moment(value: dt.datetime | None) -> str:
    """A date with its time of day."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    ending = " น." if language() == "th" else ""
    return f"{day(value)} {local:%H:%M}{ending}"


def finding_text(message_th: str, message_en: str) -> str:
    """What a finding says, in the reader's language, without the place that stands in columns of its own."""
    message = message_en if language() == "en" else message_th
    place, mark, says = message.partition(": ")
    return says if mark and place.startswith(("ไฟล์ “", "File “")) else message


@dataclass(frozen=True, slots=True)
class State:
    """How a state looks: a colour class, an icon and a word, never the colour alone."""

    css: str
    icon: str
    word: Text


STATES: dict[str, State] = {
    "handover.SENT": State("waiting", "clock", _("ส่งต่อแล้ว รอตอบ")),
    "handover.ACCEPTED": State("accepted", "check", _("รับไว้แล้ว")),
    "handover.RETURNED": State("returned", "back", _("ส่งคืน")),
    "pair.WAITING": State("waiting", "clock", _("รอพิจารณา")),
    "pair.SAME": State("accepted", "check", _("โครงการเดียวกัน")),
    "pair.OVERLAP": State("sent", "pair", _("ทับซ้อน คงไว้ทั้งสอง")),
    "pair.CONTINUATION": State("sent", "forward", _("ต่อเนื่องกัน")),
    "pair.DIFFERENT": State("plain", "minus", _("ต่างกัน")),
    "recommendation.OPEN": State("waiting", "clock", _("รอหน่วยงานตอบ")),
    "recommendation.ACCEPTED": State("accepted", "check", _("หน่วยงานปรับตาม")),
    "recommendation.DECLINED": State("returned", "back", _("หน่วยงานคงเดิม")),
    "recommendation.WITHDRAWN": State("plain", "minus", _("จังหวัดถอนข้อเสนอ")),
    "conflict.WAITING": State("waiting", "clock", _("รอพิจารณา")),
    "conflict.MOVED": State("accepted", "check", _("ปรับเวลาหรือพื้นที่แล้ว")),
    "conflict.TOGETHER": State("accepted", "pair", _("ทำร่วมกัน")),
    "conflict.ACCEPTED": State("sent", "info", _("คงไว้ทั้งสอง")),
    "conflict.NOT_A_CONFLICT": State("plain", "minus", _("ไม่ขัดกัน")),
    "conflict_kind.WRONG_ORDER": State("late", "alert", _("ทำผิดลำดับ")),
    "conflict_kind.SAME_SPOT_SAME_TIME": State("late", "area", _("จุดเดียวกัน เวลาเดียวกัน")),
    "conflict_kind.SAME_GROUP_SAME_TIME": State("waiting", "calendar", _("กลุ่มเดียวกัน เวลาเดียวกัน")),
    "conflict_kind.COULD_SHARE": State("sent", "pair", _("จัดร่วมกันได้")),
    "certainty.LIKELY": State("waiting", "alert", _("น่าจะขัดกัน")),
    "certainty.POSSIBLE": State("plain", "info", _("อาจขัดกัน")),
    "verdict.DUPLICATE": State("late", "pair", _("ซ้ำ")),
    "verdict.OVERLAP": State("waiting", "pair", _("ทับซ้อน")),
    "verdict.CONTINUATION": State("sent", "forward", _("ต่อเนื่อง")),
    "verdict.RECURRING": State("plain", "clock", _("ทำประจำ")),
    "edition.DRAFT": State("waiting", "clock", _("ร่าง")),
    "edition.SUBMITTED": State("sent", "forward", _("เสนอแล้ว")),
    "edition.ENDORSED": State("accepted", "check", _("เห็นชอบแล้ว")),
    "outcome.accept": State("accepted", "check", _("รับทั้งหมด")),
    "outcome.accept_with_findings": State("waiting", "alert", _("รับ พร้อมข้อสังเกต")),
    "outcome.refuse": State("late", "cross", _("ไม่รับ")),
    "severity.error": State("late", "cross", _("ต้องแก้")),
    "severity.warning": State("waiting", "alert", _("ควรตรวจ")),
    "severity.info": State("sent", "info", _("แจ้งให้ทราบ")),
    "row.REGISTERED": State("accepted", "check", _("ขึ้นทะเบียน")),
    "row.MERGED": State("sent", "pair", _("รวมกับรายการเดิม")),
    "row.REFUSED": State("late", "cross", _("ไม่รับ")),
    "step.OPEN": State("accepted", "check", _("เปิดอยู่")),
    "step.SOON": State("waiting", "clock", _("ใกล้ถึง")),
    "step.PAST": State("plain", "minus", _("ผ่านแล้ว")),
    "step.LATER": State("plain", "clock", _("ยังไม่ถึง")),
    "step.UNDATED": State("plain", "minus", _("ไม่ได้พิมพ์วันไว้")),
    "need.TAKEN": State("accepted", "check", _("มีโครงการรองรับแล้ว")),
    "need.WAITING": State("waiting", "clock", _("ยังไม่มีโครงการรองรับ")),
    "consequence.BLOCKS": State("late", "cross", _("ขวางการเห็นชอบ")),
    "consequence.WARNS": State("waiting", "alert", _("ต้องชี้แจง")),
    "consequence.INFORMS": State("sent", "info", _("แจ้งให้ทราบ")),
    "finding.OPEN": State("waiting", "clock", _("รอคำตอบ")),
    "finding.ACCEPTED": State("sent", "check", _("รับว่าไม่เป็นไปตามกฎ")),
    "finding.CORRECTED": State("sent", "check", _("แก้ไขแล้ว")),
    "finding.JUSTIFIED": State("sent", "info", _("ชี้แจงเหตุผล")),
    "finding.APPEALED": State("returned", "back", _("โต้แย้ง")),
    "finding.GONE": State("plain", "minus", _("ตรวจใหม่แล้วไม่พบ")),
    "decision.NONE": State("plain", "clock", _("ยังไม่วินิจฉัย")),
    "decision.UPHELD": State("late", "check", _("ยืนตามข้อสังเกต")),
    "decision.LIFTED": State("accepted", "check", _("ยกข้อสังเกต")),
    "rule.IN_FORCE": State("accepted", "check", _("มีผล")),
    "rule.NOT_YET": State("plain", "clock", _("ยังไม่มีผล")),
    "rule.UNDATED": State("plain", "minus", _("ไม่พิมพ์วันไว้")),
    "meeting.PLANNED": State("waiting", "clock", _("เตรียมการ")),
    "meeting.NOTICED": State("sent", "forward", _("เชิญประชุมแล้ว")),
    "meeting.OPEN": State("accepted", "check", _("กำลังประชุม")),
    "meeting.CLOSED": State("plain", "minus", _("ปิดประชุมแล้ว")),
    "meeting.CANCELLED": State("late", "cross", _("ยกเลิก")),
    "resolution.ADOPTED": State("accepted", "check", _("มีมติ")),
    "resolution.REJECTED": State("late", "cross", _("ไม่เห็นด้วย")),
    "resolution.DEFERRED": State("waiting", "clock", _("ให้เลื่อนพิจารณา")),
    "merged": State("sent", "pair", _("รวมกับรายการอื่นแล้ว")),
    "withdrawn": State("plain", "minus", _("ถอนแล้ว")),
}


STATES |= {
    "letter.DRAFT": State("waiting", "clock", _("ร่าง")),
    "letter.DISPATCHED": State("sent", "forward", _("ส่งแล้ว")),
    "letter.CANCELLED": State("plain", "minus", _("ยกเลิก")),
    "task.WAITING": State("plain", "clock", _("ยังไม่ถึงเวลา")),
    "task.OPEN": State("waiting", "clock", _("เปิดรับอยู่")),
    "task.SUBMITTED": State("sent", "forward", _("ส่งแล้ว")),
    "task.RETURNED": State("returned", "back", _("ส่งคืนให้แก้")),
    "task.DONE": State("accepted", "check", _("เสร็จแล้ว")),
    "task.LATE": State("late", "alert", _("เกินกำหนด")),
    "task.EXCUSED": State("sent", "info", _("ได้รับยกเว้น")),
    "edition.BOARD_ENDORSED": State("accepted", "check", _("คณะกรมการจังหวัดเห็นชอบแล้ว")),
    "edition.FINAL_ENDORSED": State("accepted", "check", _("เห็นชอบฉบับสมบูรณ์แล้ว")),
    "edition.SCREENED": State("accepted", "check", _("กลั่นกรองแล้ว")),
    "edition.APPROVED": State("accepted", "check", _("อนุมัติแล้ว")),
    "edition.CABINET_APPROVED": State("accepted", "check", _("คณะรัฐมนตรีอนุมัติแล้ว")),
    "edition.PROCLAIMED": State("accepted", "check", _("ประกาศใช้แล้ว")),
}

STATES |= {
    "joint.PROPOSED": State("waiting", "clock", _("เสนอร่วม รอตกลง")),
    "joint.AGREED": State("accepted", "check", _("ตกลงร่วมกันแล้ว")),
    "joint.DISSOLVED": State("plain", "minus", _("ยกเลิกการร่วม")),
    "partner.PENDING": State("waiting", "clock", _("รอตอบ")),
    "partner.AGREED": State("accepted", "check", _("ตกลง")),
    "partner.DECLINED": State("returned", "back", _("ไม่ตกลง")),
}

STATES |= {
    "afp_round.OPEN": State("waiting", "clock", _("กำลังจัดทำ")),
    "afp_round.ENDORSED": State("accepted", "check", _("เห็นชอบแล้ว")),
    "afp_round.REVIEWED": State("accepted", "check", _("ทบทวนผลแล้ว")),
    "afp_step.DONE": State("accepted", "check", _("เสร็จแล้ว")),
    "afp_step.NOW": State("waiting", "clock", _("ทำต่อที่นี่")),
    "afp_step.LATER": State("plain", "minus", _("รอขั้นก่อนหน้า")),
    "choice.SUGGESTED": State("waiting", "clock", _("ระบบเสนอ รอพิจารณา")),
    "choice.ACCEPTED": State("accepted", "check", _("รับ")),
    "choice.REJECTED": State("plain", "cross", _("ไม่รับ")),
    "problem.SUGGESTED": State("waiting", "clock", _("รอยืนยัน")),
    "problem.ACCEPTED": State("accepted", "check", _("ยืนยันแล้ว")),
    "ending.NONE": State("waiting", "clock", _("ยังไม่สรุป")),
    "ending.COVERED": State("accepted", "check", _("มีโครงการแก้ไข")),
    "ending.GAP": State("late", "alert", _("ยังไม่มีโครงการ")),
    "ending.SELF_HELP": State("sent", "person", _("ชุมชนทำเอง")),
    "ending.DEFERRED": State("returned", "forward", _("เลื่อนไปปีหลัง")),
    "agency.NOTIFIED": State("waiting", "clock", _("แจ้งแล้ว รอตอบ")),
    "agency.AGREED": State("accepted", "check", _("ตกลงร่วมดำเนินการ")),
    "agency.OBJECTED": State("returned", "back", _("ขอให้ปรับ")),
}

CERTAINTIES: dict[str, Text] = {
    "S": "",
    "I": _("(ปีอนุมาน)"),
    "W": _("(พบในเอกสารเผยแพร่ รอตรวจสอบ)"),
    "G": _("(ความรู้ทั่วไป รอตรวจสอบ)"),
    "-": _("(เอกสารไม่ได้พิมพ์วัน)"),
}
"""Where the date of a step comes from; nothing to add where the source prints it."""

EVENTS: dict[str, Text] = {
    "BUDGET_ACT_IN_FORCE": _("พ.ร.บ. งบประมาณรายจ่ายประจำปีมีผลใช้บังคับ"),
    "CABINET_RESOLUTION": _("คณะรัฐมนตรีมีมติ"),
}

LISTS: dict[str, Text] = {
    "LIST_AGENCY_DATA": _("ข้อมูลโครงการของส่วนราชการ"),
    "LIST_OVER_CAPACITY": _("บัญชีโครงการเกินศักยภาพ"),
    "LIST_PROJECTS": _("บัญชีโครงการ"),
}
"""What steps use or make beside plans and letters."""

ACTS: dict[str, Text] = {
    "cycles.submit_task": _("ส่งงาน"),
    "cycles.return_task": _("ส่งคืน"),
    "cycles.finish_task": _("ปิดงาน"),
    "cycles.grant_exception": _("ให้ข้อยกเว้น"),
    "cycles.revoke_exception": _("เพิกถอนข้อยกเว้น"),
    "cycles.record_gate_decision": _("บันทึกมติ"),
}


def state_of(kind: str, code: str) -> State:
    """How to show one code of one kind of state; an unknown one is shown as its own code."""
    return STATES.get(f"{kind}.{code}" if code else kind, State("plain", "minus", code))


def event_words(step: Step) -> str:
    """How a step without printed dates counts its days from an event; empty where it does not."""
    window = step.event_window
    if window is None:
        return ""
    event = EVENTS.get(window.event, window.event)
    return _("ภายใน %(days)d วัน นับจาก%(event)s") % {"days": window.days, "event": event}


def document_name(key: str) -> str:
    """The name of a document of the cycle: a type of plan, a letter by its code, or a list."""
    book = load()
    plan = next((one.name for one in book.plan_types if one.key == key), None)
    if plan is not None:
        return plan.say(language())
    letter = next((one.name for one in book.letters if one.code == key), None)
    return f"{key} {letter.say(language())}" if letter is not None else str(LISTS.get(key, key))


def level_name(code: str) -> str:
    """The name of a lane of the calendar."""
    return cycles.lane_name(code, language())
