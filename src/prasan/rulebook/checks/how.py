"""How each rule is kept: computed here, guarded by an act that refuses, or told by people only."""

from prasan.rulebook.reading import Words
from prasan.rulebook.rules import Rule

COMPUTED, GUARDED, PEOPLE = "COMPUTED", "GUARDED", "PEOPLE"
OF_THE_YEAR = "two_reports_a_year"
"""The one computed rule that is of a fiscal year, not of a plan (R46)."""

GUARDS: dict[str, Words] = {
    "R02": Words("ขั้นตอนของรอบแผน (cycles) เปิดตามลำดับ", "Tasks of the cycle open in order (cycles)"),
    "R03": Words("การผ่านแต่ละขั้นของแผน (plans.pass_gate)", "Passing each gate of a plan (plans.pass_gate)"),
    "R09": Words(
        "คำขอคือแผนฉบับเดียวกัน ไม่มีสำเนา (plans)",
        "The request is the plan itself, never a copy (plans)",
    ),
    "R29": Words("หนังสือเชิญประชุมมีผู้รับสองกลุ่ม (letters)", "A notice has both lists of addressees (letters)"),
    "R30": Words("การจัดลำดับรายการในแผน (plans.reorder)", "Ranking the items of a plan (plans.reorder)"),
    "R32": Words("ขั้นตอนของรอบแผน (cycles)", "Tasks of the cycle (cycles)"),
    "R35": Words(
        "แผนหมู่บ้าน/ชุมชนเป็นเอกสารเดียว (plans.compile_edition)",
        "One village plan (plans.compile_edition)",
    ),
    "R38": Words("กำหนดวันของรอบแผน (cycles)", "Dates of the cycle (cycles)"),
    "R39": Words(
        "การเผยแพร่ปฏิทินเตือนช่วงเวลาที่ขัดกัน (rulebook.conflicts)",
        "Publishing a calendar tells of conflicts (rulebook.conflicts)",
    ),
    "R41": Words(
        "การรวบรวมแผนของจังหวัด (plans.compile_edition)",
        "Compiling the province's plan (plans.compile_edition)",
    ),
    "R43": Words(
        "คำขอคือแผนฉบับเดียวกัน ไม่มีสำเนา (plans)",
        "The request is the plan itself, never a copy (plans)",
    ),
    "R45": Words("การผ่านแต่ละขั้นของแผน (plans.pass_gate)", "Passing each gate of a plan (plans.pass_gate)"),
    "R47": Words("การอนุมัติงบกลาง (budgeting)", "Approving central fund (budgeting)"),
    "R49": Words(
        "ข้อเสนอปรับพื้นที่หรือเวลา (integration.recommend_change)",
        "A recommended change (integration.recommend_change)",
    ),
    "R52": Words("ขั้นตอนของรอบแผน (cycles)", "Tasks of the cycle (cycles)"),
    "R53": Words("ขั้นตอนของรอบแผน (cycles)", "Tasks of the cycle (cycles)"),
    "R55": Words("ขั้นตอนของรอบแผน (cycles)", "Tasks of the cycle (cycles)"),
    "R57": Words(
        "การส่งต่อทีละระดับ (integration.hand_over)",
        "Handing over one level at a time (integration.hand_over)",
    ),
    "R58": Words("ขั้นตอนของรอบแผน (cycles)", "Tasks of the cycle (cycles)"),
    "R60": Words(
        "การเผยแพร่ปฏิทินเตือนช่วงเวลาที่ซ้ำ (rulebook.conflicts)",
        "Publishing a calendar tells of overlaps (rulebook.conflicts)",
    ),
    "R64": Words("การหาโครงการที่อาจซ้ำ (integration)", "Finding likely duplicates (integration)"),
    "R67": Words(
        "จังหวัดและหน่วยงานใช้ทะเบียนเดียวกัน (projects)",
        "Province and agencies use one register (projects)",
    ),
    "R69": Words("แผนที่เสนอแล้วเปิดให้ทุกคนอ่าน (web)", "Plans that were submitted are public (web)"),
}
"""Rules that an act or the shape of the records keeps; where a rule is computed as well, that comes first."""


def how(rule: Rule) -> str:
    """COMPUTED, GUARDED or PEOPLE."""
    if rule.check:
        return COMPUTED
    return GUARDED if rule.id in GUARDS else PEOPLE
