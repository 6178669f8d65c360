"""The closing chapters of the plan book: hand-overs, likely duplicates, and where every row came from."""

from prasan.common.money import format_baht
from prasan.publishing import wording
from prasan.publishing.paper.book import Chapter, Column, Section, Table
from prasan.publishing.parts import HandoverLine, PairLine, PairSide, ProvinceReport
from prasan.publishing.wording import NOTHING, baht, count, decimals_for, prose_digits

_HANDOVER_COLUMNS = (
    Column("ที่", 0.06, "center"),
    Column("โครงการ", 0.33),
    Column("จาก → ถึง", 0.23),
    Column("เหตุผล", 0.22),
    Column("วงเงิน (บาท)", 0.16, "right"),
)


def handover_chapter(report: ProvinceReport) -> Chapter:
    """Tell which projects were handed on, from whom to whom and why."""
    title = "การส่งต่อโครงการเกินศักยภาพ"
    lines = report.handovers
    if not lines:
        empty = "ยังไม่มีการส่งต่อ เมื่อหน่วยงานใดทำโครงการเองไม่ได้ ให้ส่งต่อพร้อมเหตุผล รายการจะปรากฏในบทนี้"
        return Chapter(title, (empty,))
    decimals = decimals_for(line.amount_satang for line in lines)
    rows = tuple(_handover_row(number, line, decimals) for number, line in enumerate(lines, start=1))
    lead = f"ส่งต่อ {len(lines):,} ครั้ง ผู้ส่งยังติดตามผลได้ทุกโครงการ"
    table = Section("บัญชีการส่งต่อ", (), Table(_HANDOVER_COLUMNS, rows), in_contents=False)
    return Chapter(title, (prose_digits(lead),), (table,))


def _handover_row(number: int, line: HandoverLine, decimals: int) -> tuple[str, ...]:
    route = f"{line.from_body} → {line.to_body}"
    under = wording.handover_state_name(line.state)
    if line.coordinator:
        under += f" ประสานโดย {line.coordinator}"
    reason = wording.capacity_name(line.verdict)
    return (
        count(number, thai_digits=True),
        f"{prose_digits(line.project_name)}\n{line.project_code} {prose_digits(line.area_name)}".rstrip(),
        prose_digits(f"{route}\n{under}"),
        prose_digits(f"{reason}\n{line.reason}" if line.reason else reason),
        baht(line.amount_satang, decimals=decimals, thai_digits=True),
    )


_PAIR_COLUMNS = (
    Column("คู่ที่", 0.07, "center"),
    Column("รายการที่หนึ่ง", 0.34),
    Column("รายการที่สอง", 0.34),
    Column("เหตุที่น่าจะซ้ำ", 0.25),
)


def duplicates_chapter(report: ProvinceReport) -> Chapter:
    """Set likely duplicates side by side with the reasons; nothing is merged without a person."""
    title = "รายการที่อาจซ้ำซ้อน"
    if not report.pairs:
        return Chapter(title, ("ไม่พบคู่รายการที่น่าจะซ้ำซ้อนในข้อมูลชุดนี้",))
    rows = tuple(_pair_row(number, pair) for number, pair in enumerate(report.pairs, start=1))
    lead = f"พบ {len(report.pairs):,} คู่ เรียงตามความน่าจะเป็น เป็นข้อเสนอให้เจ้าหน้าที่พิจารณา ระบบไม่รวมรายการเอง"
    table = Section("บัญชีคู่รายการ", (), Table(_PAIR_COLUMNS, rows), in_contents=False)
    return Chapter(title, (prose_digits(lead),), (table,))


def _pair_row(number: int, pair: PairLine) -> tuple[str, ...]:
    verdict = f"{wording.verdict_name(pair.verdict)} {pair.probability * 100:.0f}%"
    reasons = " · ".join(pair.reasons_th)
    return (
        count(number, thai_digits=True),
        _pair_side(pair.first),
        _pair_side(pair.second),
        prose_digits(f"{verdict}\n{reasons}" if reasons else verdict),
    )


def _pair_side(side: PairSide) -> str:
    under = [side.owner, side.area_name]
    if side.fiscal_year:
        under.append(f"ปี {side.fiscal_year}")
    if side.amount_satang is not None:
        under.append(f"{format_baht(side.amount_satang)} บาท")
    told = prose_digits(" · ".join(part for part in under if part))
    return f"{prose_digits(side.name)}\n{side.code} {told}".rstrip()


def sources_annex(report: ProvinceReport) -> Chapter:
    """Name every file with what became of its rows, and for every item its file, sheet and row."""
    return Chapter(
        "แหล่งที่มาของข้อมูล",
        ("ทุกรายการในเล่มนี้สืบกลับไปถึงไฟล์ แผ่นงาน และแถวของเอกสารต้นทางได้",),
        (_files_section(report), _findings_section(report), _rows_section(report)),
    )


def _files_section(report: ProvinceReport) -> Section:
    title = "เอกสารนำเข้า"
    if not report.inputs:
        return Section(title, ("ยังไม่มีเอกสารนำเข้า",))
    decimals = decimals_for(file.total_satang for file in report.inputs)
    rows = tuple(
        (
            f"{file.file}\n{wording.form_name(file.form)} {wording.OUTCOME_NAMES[file.outcome]}",
            *(count(n, thai_digits=True) for n in (file.rows, file.registered, file.merged, file.refused)),
            format_baht(file.total_satang, True, decimals),
        )
        for file in report.inputs
    )
    sums = [sum(getattr(f, name) for f in report.inputs) for name in ("rows", "registered", "merged", "refused")]
    total = sum(file.total_satang for file in report.inputs)
    columns = (
        Column("ไฟล์", 0.34),
        *(Column(name, 0.115 if name == "ขึ้นทะเบียน" else 0.09, "right") for name in ("แถว", "ขึ้นทะเบียน", "รวม", "ไม่รับ")),
        Column("วงเงิน (บาท)", 0.22, "right"),
    )
    last = ("รวม", *(count(n, thai_digits=True) for n in sums), format_baht(total, True, decimals))
    return Section(title, (), Table(columns, rows, last))


def _findings_section(report: ProvinceReport) -> Section:
    title = "ข้อสังเกตจากการตรวจเอกสาร"
    if not report.findings:
        return Section(title, ("ไม่มีข้อสังเกต",))
    kinds: dict[tuple[str, str], list[str]] = {}
    for finding in report.findings:
        kinds.setdefault((finding.severity, finding.kind), []).append(finding.message_th)
    ordered = sorted(kinds.items(), key=lambda pair: (wording.SEVERITY_ORDER.index(pair[0][0]), -len(pair[1])))
    rows = tuple(
        (
            f"{prose_digits(messages[0])}\n{kind}",
            wording.SEVERITY_NAMES[severity],
            count(len(messages), thai_digits=True),
        )
        for (severity, kind), messages in ordered
    )
    columns = (Column("ตัวอย่างข้อสังเกต", 0.66), Column("ระดับ", 0.2), Column("จำนวน", 0.14, "right"))
    total = ("รวม", "", count(len(report.findings), thai_digits=True))
    note = "รายละเอียดทุกข้อพร้อมแผ่นงานและเซลล์อยู่ในไฟล์ findings.xlsx"
    return Section(title, (note,), Table(columns, rows, total))


def _rows_section(report: ProvinceReport) -> Section:
    items = report.items_once()
    title = "ที่มาของแต่ละรายการ"
    if not items:
        return Section(title, ("ยังไม่มีรายการในแผน",))
    rows = tuple(
        (
            item.code,
            prose_digits(item.name),
            item.source.file or NOTHING,
            item.source.sheet or NOTHING,
            NOTHING if item.source.row is None else prose_digits(str(item.source.row)),
        )
        for item in items
    )
    columns = (
        Column("รหัส", 0.15),
        Column("โครงการ", 0.37),
        Column("ไฟล์", 0.22),
        Column("แผ่นงาน", 0.17),
        Column("แถว", 0.09, "right"),
    )
    return Section(title, (), Table(columns, rows))
