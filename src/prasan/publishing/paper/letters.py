"""An official letter as a Word file: external letter, memorandum, order or announcement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prasan.publishing.paper.official import Sheet

SHOWN_ADDRESSEES = 5
"""More addressees than these are listed on a sheet of their own, as circular letters do."""


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """What a letter prints; days are words already, paragraphs in order."""

    form: str
    secrecy: str
    urgency: str
    number: str
    sender: str
    address: str
    day: str
    subject: str
    addressees: Sequence[str]
    references: Sequence[str]
    attachments: Sequence[str]
    paragraphs: Sequence[str]
    closing: str
    signer_name: str
    signer_position: str
    contact: str
    copies: Sequence[str]


def letter_docx(
    paper: LetterPaper, *, thai_digits: bool = True, enclosed: Callable[[Sheet], None] | None = None
) -> bytes:
    """The letter in the layout of its form, with what is enclosed on sheets after it; Thai digits unless asked
    otherwise."""
    sheet = Sheet(thai_digits)
    for word in (paper.secrecy, paper.urgency):
        if word:
            sheet.bold(word)
    {"MEMO": _memo, "ORDER": _order, "ANNOUNCEMENT": _order}.get(paper.form, _external)(sheet, paper)
    _annexes(sheet, paper)
    if enclosed is not None:
        enclosed(sheet)
    return sheet.saved()


def _external(sheet: Sheet, paper: LetterPaper) -> None:
    sheet.space_for_emblem()
    sheet.two_columns(f"ที่ {paper.number}", paper.sender)
    if paper.address:
        sheet.two_columns("", paper.address)
    sheet.two_columns("", paper.day)
    _heads(sheet, paper)
    sheet.texts(paper.paragraphs)
    sheet.plain(paper.closing, indent=85, before=12, stays=True)
    sheet.signed(paper.signer_name, paper.signer_position)
    sheet.plain(paper.sender, before=24)
    if paper.contact:
        sheet.plain(paper.contact, before=0)


def _memo(sheet: Sheet, paper: LetterPaper) -> None:
    sheet.heading("บันทึกข้อความ")
    sheet.headed("ส่วนราชการ", paper.sender, wide=True)
    sheet.two_columns(f"ที่ {paper.number}", f"วันที่ {paper.day}")
    _heads(sheet, paper)
    sheet.texts(paper.paragraphs)
    sheet.signed(paper.signer_name, paper.signer_position)


def _order(sheet: Sheet, paper: LetterPaper) -> None:
    sheet.space_for_emblem()
    word = "คำสั่ง" if paper.form == "ORDER" else "ประกาศ"
    number = [f"ที่ {paper.number}"] if paper.form == "ORDER" else []
    sheet.heading(f"{word}{paper.sender}", *number, f"เรื่อง {paper.subject}")
    sheet.texts(paper.paragraphs)
    sheet.plain(f"{'สั่ง' if paper.form == 'ORDER' else 'ประกาศ'} ณ วันที่ {paper.day}", indent=25, before=12)
    sheet.signed(paper.signer_name, paper.signer_position)


def _heads(sheet: Sheet, paper: LetterPaper) -> None:
    sheet.headed("เรื่อง", paper.subject)
    many = len(paper.addressees) > SHOWN_ADDRESSEES
    sheet.headed("เรียน", "ตามบัญชีรายชื่อแนบท้าย" if many else ", ".join(paper.addressees) or "…" * 20)
    for text in paper.references:
        sheet.headed("อ้างถึง", text)
    for n, text in enumerate(paper.attachments, start=1):
        numbered = f"{n}. {text}" if len(paper.attachments) > 1 else text
        sheet.headed("สิ่งที่ส่งมาด้วย" if n == 1 else "", numbered, wide=True)


def _annexes(sheet: Sheet, paper: LetterPaper) -> None:
    for text in paper.copies:
        sheet.headed("สำเนาส่ง", text, wide=True)
    if len(paper.addressees) > SHOWN_ADDRESSEES:
        sheet.new_page()
        sheet.heading("บัญชีรายชื่อแนบท้าย", f"หนังสือที่ {paper.number}")
        for n, name in enumerate(paper.addressees, start=1):
            sheet.plain(f"{n}. {name}", before=0)
