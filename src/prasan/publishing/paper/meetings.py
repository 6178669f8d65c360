"""Papers of a meeting in the official layout: agenda, minutes, extract of a resolution, appointment order."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from prasan.common.text import to_thai_digits
from prasan.publishing.paper.word import run_xml, set_fonts

SIZE = 16
CENTRE = 1


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the agenda; `resolution` is empty until it is decided."""

    number: str
    title: str
    detail: str = ""
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the five sections."""

    number: int
    title: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """A meeting as its papers tell it, in finished Thai words."""

    committee: str
    number: str  # 3/2569
    held_on: str
    place: str
    time: str
    parts: tuple[Part, ...]
    came: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    opened: str = ""
    closed: str = ""
    minutes_by: str = ""


def agenda_docx(paper: MeetingPaper, *, thai_digits: bool = True) -> bytes:
    """ระเบียบวาระการประชุม: five sections, the empty ones too."""
    sheet = _Sheet(thai_digits)
    sheet.heading("ระเบียบวาระการประชุม", *_title(paper))
    for part in paper.parts:
        sheet.line(f"ระเบียบวาระที่ {part.number}", part.title)
        for matter in part.matters:
            sheet.indented(f"{matter.number} {matter.title}")
        if not part.matters:
            sheet.indented("- ไม่มี -")
    return sheet.saved()


def minutes_docx(paper: MeetingPaper, *, thai_digits: bool = True) -> bytes:
    """รายงานการประชุม: who came and did not, when it began, each matter with its resolution, when it ended."""
    sheet = _Sheet(thai_digits)
    sheet.heading("รายงานการประชุม", *_title(paper))
    for title, people in (
        ("ผู้มาประชุม", paper.came),
        ("ผู้ไม่มาประชุม", paper.absent),
        ("ผู้เข้าร่วมประชุม", paper.attended),
    ):
        sheet.bold(title)
        for n, person in enumerate(people, start=1):
            sheet.indented(f"{n}. {person}")
        if not people:
            sheet.indented("- ไม่มี -")
    sheet.line("เริ่มประชุมเวลา", paper.opened)
    for part in paper.parts:
        sheet.line(f"ระเบียบวาระที่ {part.number}", part.title)
        for matter in part.matters:
            _matter(sheet, matter)
        if not part.matters:
            sheet.indented("- ไม่มี -")
    sheet.line("เลิกประชุมเวลา", paper.closed)
    sheet.signed(paper.minutes_by, "ผู้จดรายงานการประชุม")
    return sheet.saved()


def extract_docx(paper: MeetingPaper, matter: Matter, *, number: str, thai_digits: bool = True) -> bytes:
    """Extract of one resolution, to be sent with a letter. Its number keeps its digits: it is looked up by them."""
    sheet = _Sheet(thai_digits)
    sheet.heading("สำเนามติที่ประชุม", *_title(paper))
    sheet.bold("มติเลขที่ ", plain=number)
    _matter(sheet, matter)
    sheet.signed(paper.minutes_by, "ผู้จดรายงานการประชุม")
    return sheet.saved()


def order_docx(*, committee: str, number: str, seats: Sequence[tuple[str, str]], thai_digits: bool = True) -> bytes:
    """คำสั่งแต่งตั้งคณะกรรมการ (L17): each member with the role in the committee."""
    sheet = _Sheet(thai_digits)
    sheet.heading(f"คำสั่งที่ {number}", f"เรื่อง แต่งตั้ง{committee}")
    sheet.indented(f"เพื่อให้การดำเนินงานของ{committee}เป็นไปด้วยความเรียบร้อย จึงแต่งตั้งผู้มีรายชื่อต่อไปนี้")
    for n, (person, role) in enumerate(seats, start=1):
        sheet.tabbed(f"{n}. {person}", role)
    sheet.signed("", "")
    return sheet.saved()


def _title(paper: MeetingPaper) -> tuple[str, ...]:
    return (paper.committee, f"ครั้งที่ {paper.number}", f"เมื่อ{paper.held_on} เวลา {paper.time}", f"ณ {paper.place}")


def _matter(sheet: "_Sheet", matter: Matter) -> None:
    sheet.indented(f"{matter.number} {matter.title}")
    if matter.detail:
        sheet.indented(matter.detail)
    if matter.resolution:
        sheet.line("มติที่ประชุม", matter.resolution)


class _Sheet:
    """A4 in the official margins and type: left 3 cm, right 2 cm, TH Sarabun 16."""

    def __init__(self, thai_digits: bool) -> None:
        self.thai_digits = thai_digits
        self.document: Document = docx.Document()
        normal = self.document.styles["Normal"]
        set_fonts(normal.element.get_or_add_rPr(), size=SIZE)
        normal.paragraph_format.space_after = Pt(0)
        defaults = self.document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        if defaults is not None:
            set_fonts(defaults, size=SIZE)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin = Mm(30), Mm(20)
        page.top_margin, page.bottom_margin = Mm(25), Mm(20)

    def heading(self, *lines: str) -> None:
        for text in lines:
            self._add(run_xml(self._digits(text), size=SIZE, bold=True)).alignment = CENTRE
        self._add(run_xml("_" * 22)).alignment = CENTRE

    def bold(self, text: str, *, plain: str = "") -> None:
        paragraph = self._add(run_xml(self._digits(text), size=SIZE, bold=True) + (run_xml(plain) if plain else ""))
        paragraph.paragraph_format.space_before = Pt(6)

    def line(self, head: str, text: str) -> None:
        """A head in bold and its words after a stop, hanging under themselves."""
        xml = run_xml(self._digits(head), size=SIZE, bold=True) + "<w:r><w:tab/></w:r>" + run_xml(self._digits(text))
        form = self._add(xml).paragraph_format
        form.space_before, form.left_indent, form.first_line_indent = Pt(6), Mm(32), Mm(-32)
        form.tab_stops.add_tab_stop(Mm(32))

    def indented(self, text: str) -> None:
        for part in text.splitlines():
            self._add(run_xml(self._digits(part))).paragraph_format.left_indent = Mm(32 if part == "- ไม่มี -" else 12.5)

    def tabbed(self, text: str, after: str) -> None:
        paragraph = self._add(run_xml(self._digits(text)) + "<w:r><w:tab/></w:r>" + run_xml(after))
        paragraph.paragraph_format.left_indent = Mm(12.5)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(115))

    def signed(self, name: str, role: str) -> None:
        for n, text in enumerate((f"({name})" if name else "(" + "." * 40 + ")", role)):
            paragraph = self._add(run_xml(text))
            paragraph.paragraph_format.left_indent = Mm(75)
            paragraph.paragraph_format.space_before = Pt(36 if n == 0 else 0)
            paragraph.alignment = CENTRE

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _digits(self, text: str) -> str:
        return to_thai_digits(text) if self.thai_digits else text

    def _add(self, xml: str) -> Any:
        paragraph = self.document.add_paragraph()
        for element in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
            paragraph._p.append(element)
        return paragraph
