"""Gathering a letter into the words its paper prints."""

from functools import partial

from prasan.common.dates import format_date
from prasan.letters.models import AddresseeRole, Letter, Secrecy, Urgency
from prasan.meetings.models import Meeting
from prasan.publishing.paper.letters import LetterPaper, letter_docx
from prasan.publishing.paper.meetings import enclose_with_notice
from prasan.publishing.queries.meetings import paper_of as meeting_paper


def letter_file(letter: Letter, *, thai_digits: bool = True) -> bytes:
    """The letter as a Word file in the official layout; a notice of meeting with its agenda and reply slip."""
    meeting = Meeting.objects.select_related("committee").filter(notice=letter).first()
    enclosed = partial(enclose_with_notice, paper=meeting_paper(meeting)) if meeting is not None else None
    return letter_docx(paper_of(letter), thai_digits=thai_digits, enclosed=enclosed)


def paper_of(letter: Letter) -> LetterPaper:
    """What the paper of a letter says; a draft has dots where its number and day will stand."""
    to: list[str] = []
    copies: list[str] = []
    for one in letter.addressees.select_related("body").order_by("position"):
        (copies if one.role == AddresseeRole.COPY else to).append(str(one))
    return LetterPaper(
        form=letter.form,
        secrecy="" if letter.secrecy == Secrecy.NONE else str(Secrecy(letter.secrecy).label),
        urgency="" if letter.urgency == Urgency.NONE else str(Urgency(letter.urgency).label),
        number=letter.number or "…………/…………",
        sender=letter.owner_office or letter.sender.name_th,
        address=letter.sender_address,
        day=format_date(letter.dated_on) if letter.dated_on is not None else "…… ……………… ………",
        subject=letter.subject,
        addressees=tuple(dict.fromkeys(to)),
        references=tuple(letter.references.splitlines()),
        attachments=tuple(letter.attachments.splitlines()),
        paragraphs=tuple(part.strip() for part in letter.body.split("\n\n") if part.strip()),
        closing=letter.closing,
        signer_name=letter.signer_name,
        signer_position=letter.signer_position,
        contact=letter.contact,
        copies=tuple(copies),
    )
