"""Gathering an AFP round into the words and figures its papers print."""

import datetime as dt

from prasan.afp import queries
from prasan.afp.models import AfpRound, Choice, IntegrationGroup
from prasan.afp.queries import guideline_names
from prasan.afp.queries.wording import family_name, indicator_name, reason_name
from prasan.areas.models import Area, AreaLevel
from prasan.common.dates import format_date
from prasan.integration.models import Pair
from prasan.publishing.paper.afp import AfpPaper, AfpTable, afp_docx
from prasan.publishing.sheets.afp import afp_xlsx
from prasan.publishing.sheets.workbook import Cell, Field

PREFIX = {AreaLevel.PROVINCE: "จังหวัด", AreaLevel.DISTRICT: "อำเภอ", AreaLevel.SUBDISTRICT: "ตำบล"}


def workbook_of(round: AfpRound, *, on: dt.date) -> bytes:
    """The round as a workbook."""
    return afp_xlsx(paper_of(round, on=on))


def document_of(round: AfpRound, *, on: dt.date, thai_digits: bool = True) -> bytes:
    """The round as a Word document."""
    return afp_docx(paper_of(round, on=on), thai_digits=thai_digits)


def paper_of(round: AfpRound, *, on: dt.date) -> AfpPaper:
    """A round in finished Thai words."""
    facts = [("เจ้าของรอบ", round.body.name_th), ("สถานะ", str(round.get_state_display()))]
    return AfpPaper(
        title="แผนบูรณาการโครงการตามแนวทาง AFP",
        body=round.body.name_th,
        area=_place(round.area),
        year=f"ปีงบประมาณ {round.fiscal_year}",
        on=f"ข้อมูล ณ {format_date(on)}",
        made_on=on,
        state=str(round.get_state_display()),
        facts=tuple(facts),
        resolution=round.resolution.number if round.resolution is not None else "",
        tables=(
            _areas(round), _matrix(round), _problems(round), _candidates(round), _groups(round), _duplicates(round),
            _gaps(round), _leads(round), _results(round), _not_linked(round),
        ),
    )  # fmt: skip


def _place(area: Area | None) -> str:
    if area is None:
        return ""
    prefix = PREFIX.get(AreaLevel(area.level), "")
    return area.name_th if area.name_th.startswith(prefix) else f"{prefix}{area.name_th}"


def _guideline(round: AfpRound, code: str) -> str:
    return f"{code} {guideline_names(round).get(code, '')}".strip() if code else ""


AREA_STATES = {Choice.ACCEPTED: "เลือก", Choice.REJECTED: "ยังไม่เลือก", Choice.SUGGESTED: "รอเลือก"}


def _areas(round: AfpRound) -> AfpTable:
    weights = ", ".join(f"{indicator_name(key, 'th')} {weight}" for key, weight in round.weights.items())
    rows = [
        (one.rank, _place(one.area), *(part["points"] for part in one.indicators), one.score,
         AREA_STATES[Choice(one.state)], one.reason)
        for one in round.areas.select_related("area").order_by("rank")
    ]  # fmt: skip
    return AfpTable(
        name="พื้นที่เป้าหมาย",
        title="พื้นที่เป้าหมาย จัดลำดับตามความจำเป็น",
        fields=(
            Field("ลำดับ", 8, "number"), Field("พื้นที่", 20),
            *(Field(indicator_name(key, "th"), 19, "score") for key in round.weights),
            Field("คะแนน", 11, "score"), Field("ผล", 15), Field("เหตุผล", 30),
        ),
        rows=tuple(rows),
        empty="ยังไม่ได้จัดลำดับพื้นที่",
        note="คะแนน = ผลรวมของ น้ำหนัก × (ค่าของพื้นที่ ÷ ค่าสูงสุด) ÷ ผลรวมน้ำหนัก; น้ำหนัก: " + weights,
    )  # fmt: skip


def _matrix(round: AfpRound) -> AfpTable:
    found = queries.matrix_of(round)
    fields = [Field("แนวทาง", 34), Field("หน่วยงาน", 28)]
    for area in found.areas:
        fields += [Field(f"{_place(area.area)} โครงการ", 16, "number", total=True),
                   Field(f"{_place(area.area)} บาท", 16, "baht", total=True)]  # fmt: skip
    fields += [Field("รวมโครงการ", 9, "number", total=True), Field("รวมบาท", 16, "baht", total=True)]
    rows: list[tuple[Cell, ...]] = []
    for line in found.lines:
        cells: list[Cell] = [_guideline(round, line.guideline), line.agency.name_th]
        for cell in (*line.cells, line.whole):
            cells += [cell.projects, cell.satang] if cell is not None else [None, None]
        rows.append(tuple(cells))
    return AfpTable(
        "ตารางบูรณาการ", "ตารางบูรณาการ แนวทาง × พื้นที่ × หน่วยงาน", tuple(fields), tuple(rows),
        "ยังไม่มีโครงการที่รับเข้ากลุ่ม", note="โครงการหนึ่งนับครั้งเดียว", grouped=True,
    )  # fmt: skip


def _problems(round: AfpRound) -> AfpTable:
    return AfpTable(
        "ปัญหา",
        "ปัญหาและความต้องการ",
        (
            Field("พื้นที่", 16), Field("ปัญหา", 34), Field("กลุ่มเป้าหมาย", 22), Field("ความรุนแรง", 8, "number"),
            Field("คน", 9, "number"), Field("ความต้องการ", 10, "number"), Field("แนวทาง", 28),
            Field("โครงการที่รับ", 9, "number"), Field("ผล", 14), Field("เหตุผล", 24, printed=False),
            Field("ความมั่นใจของแนวทาง", 10, "share", printed=False), Field("กฎที่เสนอ", 24, printed=False),
        ),
        tuple(_problem_row(round, one) for one in queries.by_weight(queries.problems_of(round))),
        "ยังไม่มีปัญหาในรอบนี้",
    )  # fmt: skip


def _problem_row(round: AfpRound, one: queries.CountedProblem) -> tuple[Cell, ...]:
    return (
        _place(one.target_area.area), one.title, one.target_group.name if one.target_group else "", one.severity,
        one.people, one.needs, _guideline(round, one.guideline), one.accepted,
        str(one.get_outcome_display()) if one.outcome else "ยังไม่สรุป", one.outcome_reason, one.confidence,
        one.guideline_rule,
    )  # fmt: skip


def _candidates(round: AfpRound) -> AfpTable:
    rows = [
        (
            one.problem.title, _place(one.problem.target_area.area), one.project.code, one.project.name,
            one.project.owner.name_th, one.score,
            " · ".join(f"{reason_name(reason['code'], 'th')} {reason['points']:.2f}" for reason in one.reasons),
            str(one.get_state_display()), one.decision_reason, str(one.decided_by or ""), one.rule,
        )
        for one in queries.candidates_of(round)
    ]  # fmt: skip
    return AfpTable(
        "โครงการที่เสนอ",
        "โครงการที่อาจแก้ปัญหา",
        (
            Field("ปัญหา", 28), Field("พื้นที่", 16), Field("รหัส", 16), Field("โครงการ", 36), Field("หน่วยงาน", 26),
            Field("คะแนน", 9, "share"), Field("เหตุผลของคะแนน", 36), Field("ผล", 11), Field("เหตุผล", 22),
            Field("ผู้พิจารณา", 22, printed=False), Field("กฎที่เสนอ", 18, printed=False),
        ),
        tuple(rows),
        "ยังไม่ได้หาโครงการ",
        in_document=False,
    )  # fmt: skip


def _group_name(round: AfpRound, one: IntegrationGroup) -> str:
    return f"{family_name(one.family, 'th')} {_place(one.target_area.area)}"


def _groups(round: AfpRound) -> AfpTable:
    rows: list[tuple[Cell, ...]] = []
    for one in queries.groups_of(round):
        projects = list(queries.home_projects(round, one))
        budget = queries.budget_of(round, projects)
        rows.append(
            (
                _guideline(round, one.guideline), _group_name(round, one), len(one.problems.all()), len(projects),
                budget.central, budget.regional, budget.local, budget.other, budget.whole, one.tasks, one.sequence,
                format_date(one.starts_on) if one.starts_on else "",
                format_date(one.ends_before - dt.timedelta(days=1)) if one.ends_before else "",
            )
        )  # fmt: skip
    money = [Field(name, 14, "baht", total=True) for name in ("ส่วนกลาง", "ภูมิภาค", "ท้องถิ่น", "อื่น", "รวม (บาท)")]
    return AfpTable(
        "กลุ่มบูรณาการ",
        "กลุ่มบูรณาการและแผน",
        (
            Field("แนวทาง", 26), Field("กลุ่ม", 24), Field("ปัญหา", 8, "number", total=True),
            Field("โครงการ", 8, "number", total=True), *money, Field("งานที่ทำร่วมกัน", 32),
            Field("ลำดับงาน", 24, printed=False), Field("เริ่ม", 14, printed=False), Field("ถึง", 14, printed=False),
        ),
        tuple(rows),
        "ยังไม่ได้จัดกลุ่ม",
        grouped=True,
    )  # fmt: skip


def _duplicates(round: AfpRound) -> AfpTable:
    return AfpTable(
        "รายการซ้ำ",
        "โครงการที่อาจซ้ำซ้อน",
        (
            Field("โครงการที่ 1", 40), Field("หน่วยงานที่ 1", 22), Field("โครงการที่ 2", 40), Field("หน่วยงานที่ 2", 22),
            Field("โอกาสซ้ำ", 9, "share"), Field("ผลพิจารณา", 16), Field("เหตุผล", 28),
        ),
        tuple(_pair_row(pair) for pair in queries.duplicates_of(round)),
        "ไม่พบโครงการที่อาจซ้ำซ้อนกับโครงการในกลุ่ม",
    )  # fmt: skip


def _pair_row(pair: Pair) -> tuple[Cell, ...]:
    return (
        f"{pair.first.code} {pair.first.name}", pair.first.owner.name_th, f"{pair.second.code} {pair.second.name}",
        pair.second.owner.name_th, min(0.99, pair.probability), str(pair.get_decision_display()), pair.decision_reason,
    )  # fmt: skip


def _gaps(round: AfpRound) -> AfpTable:
    rows = [
        (_place(one.target_area.area), one.title, one.target_group.name if one.target_group else "", one.severity,
         one.people, one.needs, _guideline(round, one.guideline))
        for one in queries.gaps_of(round)
    ]  # fmt: skip
    return AfpTable(
        "ช่องว่าง",
        "ช่องว่าง: ปัญหาที่ยังไม่มีโครงการ",
        (
            Field("พื้นที่", 18), Field("ปัญหา", 44), Field("กลุ่มเป้าหมาย", 26), Field("ความรุนแรง", 9, "number"),
            Field("คน", 10, "number", total=True), Field("ความต้องการ", 11, "number", total=True), Field("แนวทาง", 34),
        ),
        tuple(rows),
        "ทุกปัญหามีโครงการ หรือชุมชนทำเอง",
    )  # fmt: skip


def _leads(round: AfpRound) -> AfpTable:
    rows: list[tuple[Cell, ...]] = []
    for one in queries.groups_of(round):
        for agency in sorted(one.agencies.all(), key=lambda a: (a.body_id != one.lead_id, a.pk)):
            role = "หน่วยงานหลัก" if agency.body_id == one.lead_id else "หน่วยงานร่วม"
            rows.append(
                (_guideline(round, one.guideline), _group_name(round, one), agency.body.name_th, role,
                 str(agency.get_answer_display()), agency.reply)
            )  # fmt: skip
    return AfpTable(
        "หน่วยงาน",
        "หน่วยงานหลักและหน่วยงานร่วม",
        (
            Field("แนวทาง", 34), Field("กลุ่ม", 28), Field("หน่วยงาน", 34), Field("บทบาท", 14), Field("คำตอบ", 20),
            Field("ข้อความของหน่วยงาน", 34),
        ),
        tuple(rows),
        "ยังไม่มีแผนของกลุ่มใด",
        grouped=True,
    )  # fmt: skip


def _results(round: AfpRound) -> AfpTable:
    rows = [
        (
            _guideline(round, one.guideline), _group_name(round, one), one.expected_people, one.expected_satang,
            one.expected_days, one.actual_people, one.actual_satang, one.actual_days, one.actual_note,
            one.expected_note,
        )
        for one in queries.groups_of(round)
    ]  # fmt: skip
    return AfpTable(
        "ผล",
        "ผลที่คาดว่าจะได้รับ และผลที่ได้จริง",
        (
            Field("แนวทาง", 28), Field("กลุ่ม", 24), Field("คาด: คน", 10, "number", total=True),
            Field("คาด: ประหยัด (บาท)", 16, "baht", total=True), Field("คาด: วัน", 9, "number", total=True),
            Field("จริง: คน", 10, "number", total=True), Field("จริง: ประหยัด (บาท)", 16, "baht", total=True),
            Field("จริง: วัน", 9, "number", total=True), Field("บทเรียน", 26),
            Field("หมายเหตุผลที่คาด", 24, printed=False),
        ),
        tuple(rows),
        "ยังไม่มีกลุ่ม",
        grouped=True,
        note="ประหยัด = วงเงินที่น้อยกว่าของคู่ที่รวมกันแล้ว วัน = วันทำงานของโครงการที่รวมไป",
    )  # fmt: skip


def _not_linked(round: AfpRound) -> AfpTable:
    projects = list(queries.not_linked(round))
    amounts = queries.amounts_of([one.pk for one in projects], round.fiscal_year)
    rows = [
        (one.code, one.name, one.owner.name_th, str(one.get_origin_display()), _place(one.area), amounts.get(one.pk))
        for one in projects
    ]
    return AfpTable(
        "ยังไม่เชื่อมกับปัญหา",
        "โครงการในพื้นที่ที่ยังไม่เชื่อมกับปัญหาใด",
        (
            Field("รหัส", 18), Field("โครงการ", 56), Field("หน่วยงาน", 30), Field("ที่มา", 28), Field("พื้นที่", 18),
            Field("วงเงินปีนี้ (บาท)", 18, "baht", total=True),
        ),
        tuple(rows),
        "ทุกโครงการในพื้นที่เชื่อมกับปัญหาแล้ว",
        in_document=False,
        note="ไม่มีโครงการใดถูกตัดทิ้ง",
    )  # fmt: skip
