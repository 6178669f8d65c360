"""Papers of a meeting in the official layout: agenda, minutes, extract of a resolution, appointment order."""

from collections.abc import Sequence
from dataclasses import dataclass

from prasan.publishing.paper.official import Sheet

Person = tuple[str, str]
"""Somebody with the office held, and the role in the committee, empty for who is no member."""


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
    came: tuple[Person, ...] = ()
    absent: tuple[Person, ...] = ()
    attended: tuple[Person, ...] = ()
    opened: str = ""
    closed: str = ""
    minutes_by: str = ""


def agenda_docx(paper: MeetingPaper, *, thai_digits: bool = True) -> bytes:
    """ระเบียบวาระการประชุม: five sections, the empty ones too."""
    sheet = Sheet(thai_digits)
    _agenda(sheet, paper)
    return sheet.saved()


def enclose_with_notice(sheet: Sheet, paper: MeetingPaper) -> None:
    """What a notice of meeting encloses: the agenda, and the slip by which a member answers (แบบตอบรับ)."""
    sheet.new_page()
    _agenda(sheet, paper)
    sheet.new_page()
    sheet.heading("แบบตอบรับการเข้าร่วมประชุม", *_title(paper))
    dots = "." * 60
    sheet.indented(f"ข้าพเจ้า {dots}")
    sheet.indented(f"ตำแหน่ง {dots}")
    sheet.indented(f"หน่วยงาน {dots}")
    for choice in ("เข้าร่วมประชุมด้วยตนเอง", f"มอบหมายให้ {dots[:44]}", "ไม่สามารถเข้าร่วมประชุมได้ เพราะ " + dots[:30]):
        sheet.indented(f"(    )  {choice}")
    sheet.signed("", "ผู้ตอบรับ")


def _agenda(sheet: Sheet, paper: MeetingPaper) -> None:
    sheet.heading("ระเบียบวาระการประชุม", *_title(paper))
    for part in paper.parts:
        sheet.line(f"ระเบียบวาระที่ {part.number}", part.title)
        for matter in part.matters:
            sheet.indented(f"{matter.number} {matter.title}")
        if not part.matters:
            sheet.indented("- ไม่มี -")


def minutes_docx(paper: MeetingPaper, *, thai_digits: bool = True) -> bytes:
    """รายงานการประชุม: who came and did not, when it began, each matter with its resolution, when it ended."""
    sheet = Sheet(thai_digits)
    sheet.numbered()
    sheet.heading("รายงานการประชุม", *_title(paper))
    for title, people in (
        ("ผู้มาประชุม", paper.came),
        ("ผู้ไม่มาประชุม", paper.absent),
        ("ผู้เข้าร่วมประชุม", paper.attended),
    ):
        sheet.bold(title)
        for n, (person, role) in enumerate(people, start=1):
            sheet.tabbed(f"{n}. {person}", role)
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
    sheet = Sheet(thai_digits)
    sheet.heading("สำเนามติที่ประชุม", *_title(paper))
    sheet.bold("มติเลขที่ ", plain=number)
    _matter(sheet, matter)
    sheet.signed(paper.minutes_by, "ผู้จดรายงานการประชุม")
    return sheet.saved()


def order_docx(*, committee: str, number: str, seats: Sequence[tuple[str, str]], thai_digits: bool = True) -> bytes:
    """คำสั่งแต่งตั้งคณะกรรมการ (L17): each member with the role in the committee."""
    sheet = Sheet(thai_digits)
    sheet.heading(f"คำสั่งที่ {number}", f"เรื่อง แต่งตั้ง{committee}")
    sheet.indented(f"เพื่อให้การดำเนินงานของ{committee}เป็นไปด้วยความเรียบร้อย จึงแต่งตั้งผู้มีรายชื่อต่อไปนี้")
    for n, (person, role) in enumerate(seats, start=1):
        sheet.tabbed(f"{n}. {person}", role)
    sheet.signed("", "")
    return sheet.saved()


def _title(paper: MeetingPaper) -> tuple[str, ...]:
    return (paper.committee, f"ครั้งที่ {paper.number}", f"เมื่อ{paper.held_on} เวลา {paper.time}", f"ณ {paper.place}")


def _matter(sheet: Sheet, matter: Matter) -> None:
    sheet.indented(f"{matter.number} {matter.title}")
    if matter.detail:
        sheet.indented(matter.detail)
    if matter.resolution:
        sheet.line("มติที่ประชุม", matter.resolution)
