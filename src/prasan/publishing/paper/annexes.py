"""The closing chapters of the plan book: hand-overs, likely duplicates, and where every row came from."""

from prasan.common.money import format_baht
from prasan.publishing import wording
from prasan.publishing.paper.book import Chapter, Column, Section, Table
from prasan.publishing.parts import HandoverLine, PairLine, PairSide, ProvinceReport
from prasan.publishing.wording import baht, count, decimals_for, prose_digits

_HANDOVER_COLUMNS = (
    Column("ที่", 0.08, "center"),
    Column("โครงการ", 0.72),
    Column("วงเงิน (บาท)", 0.20, "right"),
)


def handover_chapter(report: ProvinceReport) -> Chapter:
    """Tell which projects were handed on, from whom to whom and why; what many share is said once."""
    title = "การส่งต่อโครงการเกินศักยภาพ"
    lines = report.handovers
    if not lines:
        empty = "ยังไม่มีการส่งต่อ เมื่อหน่วยงานใดทำโครงการเองไม่ได้ ให้ส่งต่อพร้อมเหตุผล รายการจะปรากฏในบทนี้"
        return Chapter(title, (empty,))
    told: dict[tuple[str, str, str, str], list[HandoverLine]] = {}
    for line in lines:
        told.setdefault((line.to_body, line.verdict, line.reason, line.state), []).append(line)
    lead = f"ส่งต่อ {len(lines):,} ครั้ง ผู้ส่งยังติดตามผลได้ทุกโครงการ แยกตามหน่วยงานที่รับและเหตุผล"
    ordered = sorted(told.values(), key=lambda group: lines.index(group[0]))
    return Chapter(title, (prose_digits(lead),), tuple(_handover_section(group) for group in ordered))


def _handover_section(lines: list[HandoverLine]) -> Section:
    """One receiver and one reason; a group for each sender."""
    first = lines[0]
    why = wording.capacity_name(first.verdict) + (f": {first.reason}" if first.reason else "")
    about = f"{len(lines):,} โครงการ · {wording.handover_state_name(first.state)} · {why}"
    decimals = decimals_for(line.amount_satang for line in lines)
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for sender, group in _by_sender(lines).items():
        heads.append(len(rows))
        rows.append((sender, "", ""))
        for line in group:
            number = len(rows) - len(heads) + 1
            rows.append(_handover_row(number, line, decimals))
    table = Table(_HANDOVER_COLUMNS, tuple(rows), heads=tuple(heads))
    return Section(prose_digits(f"ส่งถึง{first.to_body}"), (prose_digits(about),), table, in_contents=False)


def _by_sender(lines: list[HandoverLine]) -> dict[str, list[HandoverLine]]:
    senders: dict[str, list[HandoverLine]] = {}
    for line in lines:
        through = f"\nประสานโดย {line.coordinator}" if line.coordinator not in ("", line.from_body) else ""
        senders.setdefault(prose_digits(f"จาก{line.from_body}{through}"), []).append(line)
    return senders


def _handover_row(number: int, line: HandoverLine, decimals: int) -> tuple[str, ...]:
    under = f"{line.project_code} {prose_digits(line.area_name)}".rstrip()
    return (
        count(number, thai_digits=True),
        f"{prose_digits(line.project_name)}\n{under}",
        baht(line.amount_satang, decimals=decimals, thai_digits=True),
    )


_PAIR_COLUMNS = (
    Column("คู่ที่", 0.07, "center"),
    Column("รายการที่หนึ่ง", 0.33),
    Column("รายการที่สอง", 0.33),
    Column("เหตุที่น่าจะซ้ำ", 0.27),
)


_LIKELY, _MOST_PAIRS = 0.5, 200  # a book is read; the workbook holds every pair


def duplicates_chapter(report: ProvinceReport) -> Chapter:
    """Set likely duplicates side by side with the reasons; nothing is merged without a person."""
    title = "รายการที่อาจซ้ำซ้อน"
    if not report.pairs:
        return Chapter(title, ("ไม่พบคู่รายการที่น่าจะซ้ำซ้อนในข้อมูลชุดนี้",))
    printed = [pair for pair in report.pairs if pair.probability >= _LIKELY][:_MOST_PAIRS]
    rows = tuple(_pair_row(number, pair) for number, pair in enumerate(printed, start=1))
    lead = f"พบ {len(report.pairs):,} คู่ เรียงตามความน่าจะเป็น เป็นข้อเสนอให้เจ้าหน้าที่พิจารณา ระบบไม่รวมรายการเอง"
    if left := len(report.pairs) - len(printed):
        lead += f" เล่มนี้พิมพ์ {len(printed):,} คู่ที่น่าจะเป็นที่สุด อีก {left:,} คู่อยู่ในไฟล์ pairs.xlsx"
    if not rows:
        return Chapter(title, (prose_digits(lead),))
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
    """Name every file with what became of its rows; the items of the book refer to these numbers."""
    lead = "ใต้ชื่อของทุกรายการในเล่มนี้มีรหัส และหมายเลขเอกสาร แผ่นงาน และแถวที่อ่านมา หมายเลขเอกสารเป็นไปตามบัญชีนี้"
    sections = [_files_section(report), _findings_section(report)]
    if report.credits:
        sections.append(Section("ทะเบียนที่ใช้", report.credits, in_contents=False))
    return Chapter("แหล่งที่มาของข้อมูล", (lead,), tuple(sections))


def _files_section(report: ProvinceReport) -> Section:
    title = "เอกสารนำเข้า"
    if not report.inputs:
        return Section(title, ("ยังไม่มีเอกสารนำเข้า",))
    decimals = decimals_for(file.total_satang for file in report.inputs)
    rows = tuple(
        (
            count(number, thai_digits=True),
            f"{file.file}\n{wording.form_name(file.form)} {wording.OUTCOME_NAMES[file.outcome]}",
            *(count(n, thai_digits=True) for n in (file.rows, file.registered, file.merged, file.refused)),
            format_baht(file.total_satang, True, decimals),
        )
        for number, file in enumerate(report.inputs, start=1)
    )
    sums = [sum(getattr(f, name) for f in report.inputs) for name in ("rows", "registered", "merged", "refused")]
    total = sum(file.total_satang for file in report.inputs)
    columns = (
        Column("ที่", 0.06, "center"),
        Column("ไฟล์", 0.41),
        *(Column(name, 0.115 if name == "ขึ้นทะเบียน" else 0.075, "right") for name in ("แถว", "ขึ้นทะเบียน", "รวม", "ไม่รับ")),
        Column("วงเงิน (บาท)", 0.19, "right"),
    )
    last = ("", "รวม", *(count(n, thai_digits=True) for n in sums), format_baht(total, True, decimals))
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
