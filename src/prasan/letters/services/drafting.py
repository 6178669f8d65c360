"""Writing an official letter, sending it with the next number of the office, cancelling it, opening it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.common.dates import BE_MINUS_CE
from prasan.common.errors import Refused
from prasan.common.text import to_arabic_digits
from prasan.cycles import queries as cycles
from prasan.cycles import services as cycle_acts
from prasan.cycles.models import Task
from prasan.journal import services as journal
from prasan.letters import access, queries
from prasan.letters.models import (
    AddresseeRole,
    Letter,
    LetterAddressee,
    LetterForm,
    LetterSequence,
    LetterState,
    Urgency,
)

BILL_SET = "BILL"
"""One set of the draft Budget Bill for each province (R23); no letter of the catalogue, so it has a code of its own."""


class UnableToDraftLetter(Refused):
    """No letter was written."""


class UnableToDispatchLetter(Refused):
    """The letter stays a draft."""


class UnableToCancelLetter(Refused):
    """The letter stands."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a letter goes; `name` where the register keeps no such body."""

    body: Body | None
    name: str = ""
    role: str = AddresseeRole.TO


@transaction.atomic
def draft_letter(
    *,
    sender: Body,
    subject: str,
    body: str,
    fiscal_year: int,
    actor: User,
    at: dt.datetime,
    catalogue: str = "",
    form: str = LetterForm.EXTERNAL,
    urgency: str = Urgency.NONE,
    addressees: Sequence[Addressee] = (),
    task: Task | None = None,
    salutation: str = "เรียน",
    references: str = "",
    attachments: str = "",
    signer_name: str = "",
    signer_position: str = "",
    contact: str = "",
) -> Letter:
    """Write a draft with its addressees, in order.

    Refused: `not_allowed`, `no_subject`, `no_text`, `unknown_form`, `nobody` (an addressee without body and name).
    """
    if not access.can_write(actor, sender=sender, on=localdate(at)):
        raise UnableToDraftLetter(
            "not_allowed",
            f"ร่างหนังสือของ {sender.name_th} ไม่ได้ เพราะท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้",
            f"No letter of {sender.name_en or sender.name_th} was written: you do not work for it.",
        )
    _check_draft(subject, body, form, urgency, addressees)
    letter = Letter.objects.create(
        sender=sender, subject=subject.strip(), body=body.strip(), fiscal_year=fiscal_year, catalogue=catalogue,
        form=form, urgency=urgency, task=task, salutation=salutation, references=references, attachments=attachments,
        signer_name=signer_name, signer_position=signer_position, contact=contact, owner_office=sender.name_th,
        closing="ขอแสดงความนับถือ" if form == LetterForm.EXTERNAL else "", created_by=actor, created_at=at,
    )  # fmt: skip
    LetterAddressee.objects.bulk_create(
        LetterAddressee(letter=letter, role=to.role, body=to.body, name=to.name, position=position)
        for position, to in enumerate(addressees, start=1)
    )
    _journal(letter, "letters.draft_letter", actor, at, addressees=len(addressees))
    return letter


@transaction.atomic
def dispatch_letter(
    *,
    letter: Letter,
    dated_on: dt.date,
    prefix: str,
    actor: User,
    at: dt.datetime,
    number: int | None = None,
    circular: bool = False,
    override_reason: str = "",
    seen_version: int | None = None,
) -> Letter:
    """Send a draft: it gets its day and the next running number of the office in that calendar year.

    `prefix` is the letters and the office code (กส 0017.2). With `number` given that one is taken. What a rule asks
    for and is missing (addressees R14, R27, R59; agencies' data, AC-10) is named, and only a recorded reason lets the
    letter go. The task it belongs to is submitted with it. Refused: `not_allowed`, `not_a_draft`, `no_addressee`,
    `no_prefix`, `missing_addressees`, `not_all_in`, `one_set_each` (R23), `number_taken`, `changed_meanwhile`.
    """
    sender = letter.sender
    if not access.can_write(actor, sender=sender, on=localdate(at)):
        raise UnableToDispatchLetter(
            "not_allowed",
            f"ส่งหนังสือของ {sender.name_th} ไม่ได้ เพราะท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้",
            f"The letter of {sender.name_en or sender.name_th} was not sent: you do not work for it.",
        )
    wanted = re.sub(r"\s+", " ", to_arabic_digits(prefix)).strip()
    _check_dispatch(letter, wanted, override_reason, dated_on, localdate(at))
    year = dated_on.year + BE_MINUS_CE
    running = _next_number(letter.sender, wanted, circular, year, number)
    written = f"{wanted}/{'ว ' if circular else ''}{running}"
    version = letter.version if seen_version is None else seen_version
    draft = Letter.objects.filter(pk=letter.pk, version=version, state=LetterState.DRAFT)
    try:
        with transaction.atomic():
            done = draft.update(
                state=LetterState.DISPATCHED, number=written, dated_on=dated_on, dispatched_at=at, dispatched_by=actor,
                override_reason=override_reason.strip(), version=F("version") + 1,
            )  # fmt: skip
    except IntegrityError as error:
        raise UnableToDispatchLetter(
            "number_taken", f"เลขที่ {written} ใช้แล้ว", f"The number {written} is taken."
        ) from error
    if not done:
        raise UnableToDispatchLetter(
            "changed_meanwhile",
            "มีผู้แก้หรือส่งหนังสือนี้ก่อนท่าน โปรดเปิดดูใหม่",
            "Somebody changed or sent this letter before you. Open it again.",
        )
    LetterAddressee.objects.filter(letter=letter).update(sent_on=dated_on)
    letter.refresh_from_db()
    _journal(
        letter, "letters.dispatch_letter", actor, at, dated_on=dated_on.isoformat(), reason=override_reason.strip()
    )
    task = letter.task
    if task is not None and task.submitted_at is None and cycles.task_is_ready(task, actor=actor, on=localdate(at)):
        cycle_acts.submit_task(task=task, actor=actor, at=at)
    return letter


@transaction.atomic
def cancel_letter(*, letter: Letter, reason: str, actor: User, at: dt.datetime) -> Letter:
    """Cancel a draft; what has been sent cannot be unsent. Refused: `not_allowed`, `no_reason`, `not_a_draft`."""
    if not access.can_write(actor, sender=letter.sender, on=localdate(at)):
        raise UnableToCancelLetter("not_allowed", "ท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้", "You do not work for this body.")
    if not reason.strip():
        raise UnableToCancelLetter("no_reason", "ไม่ได้บอกเหตุผล", "No reason was given.")
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.DRAFT).update(
        state=LetterState.CANCELLED, version=F("version") + 1
    ):
        raise UnableToCancelLetter("not_a_draft", "หนังสือนี้ส่งหรือยกเลิกแล้ว", "This letter is sent or cancelled already.")
    letter.refresh_from_db()
    _journal(letter, "letters.cancel_letter", actor, at, reason=reason.strip())
    return letter


@transaction.atomic
def mark_opened(*, letter: Letter, body: Body, actor: User, at: dt.datetime) -> bool:
    """Keep that somebody of an addressed body opened the letter; only the first time counts."""
    unread = LetterAddressee.objects.filter(letter=letter, body=body, opened_at=None)
    if letter.state != LetterState.DISPATCHED or not unread.update(opened_at=at, opened_by=actor):
        return False
    _journal(letter, "letters.mark_opened", actor, at, body=body.code)
    return True


def _check_draft(subject: str, body: str, form: str, urgency: str, addressees: Sequence[Addressee]) -> None:
    if not subject.strip():
        raise UnableToDraftLetter("no_subject", "หนังสือไม่มีเรื่อง", "The letter has no subject.")
    if not body.strip():
        raise UnableToDraftLetter("no_text", "หนังสือไม่มีข้อความ", "The letter has no text.")
    if form not in LetterForm.values or urgency not in Urgency.values:
        raise UnableToDraftLetter("unknown_form", "ไม่รู้จักชนิดหนังสือหรือชั้นความเร็ว", "The form or urgency is unknown.")
    if any(to.body is None and not to.name.strip() for to in addressees):
        raise UnableToDraftLetter("nobody", "มีผู้รับที่ไม่ได้ระบุชื่อ", "An addressee has no name.")


def _check_dispatch(letter: Letter, prefix: str, override: str, dated_on: dt.date, on: dt.date) -> None:
    if letter.state != LetterState.DRAFT:
        raise UnableToDispatchLetter("not_a_draft", "หนังสือนี้ส่งหรือยกเลิกแล้ว", "This letter is sent or cancelled.")
    if not letter.addressees.exists():
        raise UnableToDispatchLetter("no_addressee", "หนังสือยังไม่มีผู้รับ", "The letter has no addressee.")
    if not prefix:
        raise UnableToDispatchLetter(
            "no_prefix", "ไม่ได้ระบุอักษรและรหัสหน่วยงาน เช่น กส 0017.2", "The letters and office code are not given."
        )
    if not override.strip():
        _check_complete(letter, dated_on, on)
    if letter.catalogue == BILL_SET:
        _check_one_set_each(letter)


def _check_complete(letter: Letter, dated_on: dt.date, on: dt.date) -> None:
    missing = queries.missing_of(letter, on=dated_on)
    if missing is not None:
        th, en = (", ".join(words.say(language) for words in missing.names) for language in ("th", "en"))
        raise UnableToDispatchLetter(
            "missing_addressees",
            f"ยังส่งไม่ได้ ขาดผู้รับ: {th} ({missing.rule}) โปรดเพิ่ม หรือบันทึกเหตุผลที่ไม่ส่ง",
            f"It cannot go: missing {en} ({missing.rule}). Add them, or record why they are left out.",
        )
    gathered = cycles.gathered_before(letter.task, on=on) if letter.task is not None else None
    if gathered is not None and gathered.missing and letter.task is not None:
        if cycles.may_go_on(letter.task, on=on):
            return
        names = ", ".join(gathered.missing[:10])
        raise UnableToDispatchLetter(
            "not_all_in",
            f"ยังส่งไม่ได้ ได้รับข้อมูลแล้ว {gathered.received}/{gathered.total} ยังขาด {names} (R29) "
            "โปรดติดตาม หรือบันทึกเหตุผลที่ส่งไปก่อน",
            f"It cannot go: {gathered.received}/{gathered.total} are in, missing {names} (R29). "
            "Ask for them, or record why it goes first.",
        )


def _check_one_set_each(letter: Letter) -> None:
    """R23: every province gets one set of the bill of a year, and no province two."""
    bodies = letter.addressees.filter(body__kind=BodyKind.PROVINCE).values("body")
    again = LetterAddressee.objects.filter(
        body__in=bodies,
        letter__catalogue=BILL_SET,
        letter__fiscal_year=letter.fiscal_year,
        letter__state=LetterState.DISPATCHED,
    ).select_related("body")
    first = again.first()
    if first is not None and first.body is not None:
        raise UnableToDispatchLetter(
            "one_set_each",
            f"{first.body.name_th} ได้รับร่าง พ.ร.บ. งบประมาณปี {letter.fiscal_year} ไปแล้ว (R23 จังหวัดละ 1 ชุด)",
            f"{first.body.name_en or first.body.name_th} has its set of the bill of {letter.fiscal_year} (R23).",
        )


def _next_number(sender: Body, prefix: str, circular: bool, year: int, number: int | None) -> int:
    LetterSequence.objects.get_or_create(sender=sender, prefix=prefix, circular=circular, year=year)
    row = LetterSequence.objects.select_for_update().get(sender=sender, prefix=prefix, circular=circular, year=year)
    taken = row.last + 1 if number is None else number
    LetterSequence.objects.filter(pk=row.pk).update(last=max(row.last, taken))
    return taken


def _journal(letter: Letter, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    said = {"sender": letter.sender.code, "number": letter.number, "catalogue": letter.catalogue, **data}
    journal.record(
        at=at, actor=actor, act=act, subject=letter, subject_code=letter.number or letter.subject[:60], data=said
    )
