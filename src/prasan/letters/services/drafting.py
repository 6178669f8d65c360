"""Writing an official letter, and changing it while it is a draft."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.cycles.models import CycleStep, Task
from prasan.letters import access
from prasan.letters.models import (
    AddresseeRole,
    Letter,
    LetterAddressee,
    LetterForm,
    LetterState,
    Secrecy,
    Urgency,
)
from prasan.letters.services.noting import note

BILL_SET = "BILL"
"""One set of the draft Budget Bill for each province (R23); no letter of the catalogue, so it has a code of its own."""


class UnableToDraftLetter(Refused):
    """No letter was written."""


class UnableToReviseLetter(Refused):
    """The draft stays as it was."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes; `name` where the register keeps no such body."""

    body: Body | None
    name: str = ""
    role: str = AddresseeRole.TO


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says, in the parts of official correspondence (domain 6.8).

    `body` has an empty line between two paragraphs; references and attachments are one a line.
    """

    subject: str
    body: str
    fiscal_year: int
    catalogue: str = ""
    form: str = LetterForm.EXTERNAL
    urgency: str = Urgency.NONE
    secrecy: str = Secrecy.NONE
    sender_address: str = ""
    salutation: str = "เรียน"
    references: str = ""
    attachments: str = ""
    signer_name: str = ""
    signer_position: str = ""
    contact: str = ""


@transaction.atomic
def draft_letter(
    *,
    sender: Body,
    content: Content,
    actor: User,
    at: dt.datetime,
    addressees: Sequence[Addressee] = (),
    task: Task | None = None,
    step: CycleStep | None = None,
) -> Letter:
    """Write a draft with its addressees, in order; who is named twice gets it once.

    `task` is the sender's own, submitted when the letter goes; `step` the one a reminder is about. Refused:
    `not_allowed`, `not_your_task`, `no_subject`, `no_text`, `unknown_form`, `unknown_catalogue`, `nobody` (an
    addressee without body and name).
    """
    if not access.can_write(actor, sender=sender, on=localdate(at)):
        raise UnableToDraftLetter(
            "not_allowed",
            f"ร่างหนังสือของ {sender.name_th} ไม่ได้ เพราะท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้",
            f"No letter of {sender.name_en or sender.name_th} was written: you do not work for it.",
        )
    if task is not None and not access.can_write_for(actor, sender=sender, task=task, on=localdate(at)):
        raise UnableToDraftLetter(
            "not_your_task",
            f"ผูกหนังสือกับงานนี้ไม่ได้ เพราะไม่ใช่งานของ {sender.name_th}",
            f"The letter was not tied to this task: it is not one of {sender.name_en or sender.name_th}.",
        )
    _check(UnableToDraftLetter, content, addressees)
    letter = Letter.objects.create(
        sender=sender, task=task, step=step, owner_office=sender.name_th, created_by=actor, created_at=at,
        **_fields(content),
    )  # fmt: skip
    _address(letter, addressees)
    note("draft_letter", letter, actor, at, addressees=len(addressees))
    return letter


@transaction.atomic
def revise_letter(
    *,
    letter: Letter,
    content: Content,
    addressees: Sequence[Addressee],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> Letter:
    """Change the words and addressees of a draft; what was sent never changes.

    Refused: `not_allowed`, `changed_meanwhile`, and what `draft_letter` refuses of words and addressees.
    """
    if not access.can_write(actor, sender=letter.sender, on=localdate(at)):
        raise UnableToReviseLetter("not_allowed", "ท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้", "You do not work for this body.")
    _check(UnableToReviseLetter, content, addressees)
    version = letter.version if seen_version is None else seen_version
    draft = Letter.objects.filter(pk=letter.pk, version=version, state=LetterState.DRAFT)
    if not draft.update(**_fields(content), version=F("version") + 1):
        raise UnableToReviseLetter(
            "changed_meanwhile",
            "มีผู้แก้ ส่ง หรือยกเลิกหนังสือก่อนท่าน ที่ท่านเขียนยังไม่ได้บันทึก โปรดคัดลอกไว้แล้วเปิดหนังสือใหม่",
            "Somebody changed, sent or cancelled it before you. Yours is not saved: copy it and open the letter again.",
        )
    letter.addressees.all().delete()
    _address(letter, addressees)
    letter.refresh_from_db()
    note("revise_letter", letter, actor, at, addressees=len(addressees))
    return letter


def _fields(content: Content) -> dict[str, object]:
    closing = "ขอแสดงความนับถือ" if content.form == LetterForm.EXTERNAL else ""
    return {**asdict(content), "subject": content.subject.strip(), "body": content.body.strip(), "closing": closing}


def _address(letter: Letter, addressees: Sequence[Addressee]) -> None:
    """Each once in a role; who is addressed gets no copy beside it."""
    wanted: dict[tuple[str, int | str], Addressee] = {}
    addressed: set[int | str] = set()
    for to in sorted(addressees, key=lambda one: one.role == AddresseeRole.COPY):
        who = to.body.pk if to.body is not None else to.name.strip()
        if to.role == AddresseeRole.COPY and who in addressed:
            continue
        addressed.add(who)
        wanted.setdefault((to.role, who), to)
    LetterAddressee.objects.bulk_create(
        LetterAddressee(letter=letter, role=to.role, body=to.body, name=to.name.strip(), position=position)
        for position, to in enumerate(wanted.values(), start=1)
    )


def _check(refusal: type[Refused], content: Content, addressees: Sequence[Addressee]) -> None:
    if not content.subject.strip():
        raise refusal("no_subject", "หนังสือไม่มีเรื่อง", "The letter has no subject.")
    if not content.body.strip():
        raise refusal("no_text", "หนังสือไม่มีข้อความ", "The letter has no text.")
    if (
        content.form not in LetterForm.values
        or content.urgency not in Urgency.values
        or content.secrecy not in Secrecy.values
    ):
        raise refusal(
            "unknown_form",
            "ไม่รู้จักชนิดหนังสือ ชั้นความเร็ว หรือชั้นความลับ",
            "The form, urgency or confidentiality is unknown.",
        )
    if content.catalogue not in {"", BILL_SET, *(letter.code for letter in rulebook.load().letters)}:
        raise refusal(
            "unknown_catalogue",
            f"ไม่มีหนังสือรหัส {content.catalogue} ในบัญชีหนังสือตามปฏิทิน",
            f"There is no letter {content.catalogue} in the catalogue of the calendar.",
        )
    if any(to.body is None and not to.name.strip() for to in addressees):
        raise refusal("nobody", "มีผู้รับที่ไม่ได้ระบุชื่อ", "An addressee has no name.")
