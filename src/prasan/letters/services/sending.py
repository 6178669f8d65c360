"""Sending a letter with the next number of its office, cancelling a draft, and taking a letter in."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import desk_of
from prasan.common.dates import BE_MINUS_CE
from prasan.common.errors import Refused
from prasan.common.text import to_arabic_digits
from prasan.cycles import queries as cycles
from prasan.cycles import services as cycle_acts
from prasan.letters import access, queries, rules
from prasan.letters.models import AddresseeRole, Letter, LetterAddressee, LetterForm, LetterSequence, LetterState
from prasan.letters.services.drafting import BILL_SET
from prasan.letters.services.noting import note

MOST_DIGITS = 6
"""Of a running number; no office sends a million letters a year."""


class UnableToDispatchLetter(Refused):
    """The letter stays a draft."""


class UnableToCancelLetter(Refused):
    """The letter stands."""


class UnableToReceiveLetter(Refused):
    """The letter is not taken in."""


@transaction.atomic
def dispatch_letter(
    *,
    letter: Letter,
    dated_on: dt.date,
    prefix: str,
    actor: User,
    at: dt.datetime,
    number: str = "",
    circular: bool = False,
    addressees_reason: str = "",
    collection_reason: str = "",
    seen_version: int | None = None,
) -> Letter:
    """Send a draft: it gets its day and the next running number of the office in that calendar year.

    `prefix` is the letters and the office code (กส 0017.2). A committee has no register of its own: its office numbers
    for it. With `number` given that one is taken, once a year, and keeps its zeros. What a rule asks for and is missing
    is named, and each lets the letter go for a recorded reason of its own: addressees (R14, R27, R32, R53, R56, R59),
    and agencies' data (R29, AC-10). The task it belongs to is submitted with it.
    Refused: `not_allowed`, `not_a_draft`, `no_addressee`, `no_prefix`, `unreadable_prefix`, `no_number`,
    `missing_addressees`, `not_all_in`, `one_set_each` (R23), `number_taken`, `changed_meanwhile`.
    """
    if not access.can_write(actor, sender=letter.sender, on=localdate(at)):
        raise UnableToDispatchLetter(
            "not_allowed",
            f"ส่งหนังสือของ {letter.sender.name_th} ไม่ได้ เพราะท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้",
            f"The letter of {letter.sender.name_en or letter.sender.name_th} was not sent: you do not work for it.",
        )
    office, wanted = _check_dispatch(letter, prefix, number)
    if not addressees_reason.strip():
        _check_addressees(letter, dated_on)
    if not collection_reason.strip():
        _check_collected(letter, localdate(at))
    year = dated_on.year + BE_MINUS_CE
    register = desk_of(letter.sender)
    written = _number(register, office, circular, year, wanted)
    # An order belongs to the fiscal year of its day (AC-24); any other letter to the year it is about.
    serves = rules.year_of_order(dated_on) if letter.form == LetterForm.ORDER else letter.fiscal_year
    _mark_dispatched(
        letter, seen_version, fiscal_year=serves, register=register, number=written, number_year=year,
        dated_on=dated_on, dispatched_at=at, dispatched_by=actor,
        addressees_reason=addressees_reason.strip(), collection_reason=collection_reason.strip(),
    )  # fmt: skip
    LetterAddressee.objects.filter(letter=letter).update(sent_on=dated_on)
    if letter.catalogue == BILL_SET:
        _hand_out_bill(letter)
    letter.refresh_from_db()
    reasons = {"addressees_reason": letter.addressees_reason, "collection_reason": letter.collection_reason}
    note("dispatch_letter", letter, actor, at, dated_on=dated_on.isoformat(), **reasons)
    task = letter.task
    if task is not None and task.submitted_at is None and cycles.task_is_ready(task, actor=actor, on=localdate(at)):
        cycle_acts.submit_task(task=task, actor=actor, at=at)
    return letter


@transaction.atomic
def cancel_letter(
    *, letter: Letter, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Letter:
    """Cancel a draft; what has been sent cannot be unsent.

    Refused: `not_allowed`, `no_reason`, `not_a_draft`, `changed_meanwhile`.
    """
    if not access.can_write(actor, sender=letter.sender, on=localdate(at)):
        raise UnableToCancelLetter("not_allowed", "ท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้", "You do not work for this body.")
    if not reason.strip():
        raise UnableToCancelLetter("no_reason", "ไม่ได้บอกเหตุผล", "No reason was given.")
    if letter.state != LetterState.DRAFT:
        raise UnableToCancelLetter("not_a_draft", "หนังสือนี้ส่งหรือยกเลิกแล้ว", "This letter is sent or cancelled already.")
    if not _draft_seen(letter, seen_version).update(state=LetterState.CANCELLED, version=F("version") + 1):
        raise _changed_meanwhile(UnableToCancelLetter)
    letter.refresh_from_db()
    note("cancel_letter", letter, actor, at, reason=reason.strip())
    return letter


@transaction.atomic
def receive_letter(*, letter: Letter, body: Body, actor: User, at: dt.datetime, number: str = "") -> None:
    """Take a letter in for an addressed body (ลงรับ), with the number of its own register; the first time counts.

    Refused: `not_allowed`, `not_addressed` (not sent, or not to this body), `received_already`.
    """
    if not access.can_write(actor, sender=body, on=localdate(at)):
        raise UnableToReceiveLetter(
            "not_allowed",
            f"ลงรับหนังสือแทน {body.name_th} ไม่ได้ เพราะท่านไม่ได้ปฏิบัติงานให้หน่วยงานนี้",
            f"The letter was not taken in for {body.name_en or body.name_th}: you do not work for it.",
        )
    to = LetterAddressee.objects.filter(letter=letter, letter__state=LetterState.DISPATCHED, body=body)
    if not to.exists():
        raise UnableToReceiveLetter(
            "not_addressed", f"หนังสือนี้ไม่ได้ส่งถึง {body.name_th}", f"It was not sent to {body.name_en or body.name_th}."
        )
    if not to.filter(received_at=None).update(received_at=at, received_by=actor, received_number=number.strip()):
        raise UnableToReceiveLetter("received_already", "หนังสือนี้ลงรับแล้ว", "This letter has been taken in already.")
    note("receive_letter", letter, actor, at, body=body.code, received_number=number.strip())


def _check_dispatch(letter: Letter, prefix: str, number: str) -> tuple[str, str]:
    """The office's letters and code as numbers are written with them, and the number asked for, if it can go at all."""
    if letter.state != LetterState.DRAFT:
        raise UnableToDispatchLetter("not_a_draft", "หนังสือนี้ส่งหรือยกเลิกแล้ว", "This letter is sent or cancelled.")
    if not letter.addressees.exclude(role=AddresseeRole.COPY).exists():
        raise UnableToDispatchLetter(
            "no_addressee", "หนังสือยังไม่มีผู้รับ มีแต่สำเนาส่งไม่ได้", "The letter has no addressee; copies alone are none."
        )
    if not prefix.strip():
        raise UnableToDispatchLetter(
            "no_prefix", "ไม่ได้ระบุอักษรและรหัสหน่วยงาน เช่น กส 0017.2", "The letters and office code are not given."
        )
    wanted = to_arabic_digits(number).strip()
    if wanted and (not wanted.isdecimal() or len(wanted) > MOST_DIGITS or not int(wanted)):
        raise UnableToDispatchLetter(
            "no_number",
            f"เลขที่หนังสือเป็นตัวเลขไม่เกิน {MOST_DIGITS} หลัก เริ่มที่ 1",
            f"The number of a letter is 1 or more, in at most {MOST_DIGITS} digits.",
        )
    try:
        return rules.office_prefix(prefix), wanted
    except rules.UnreadableNumber as unreadable:
        raise UnableToDispatchLetter(unreadable.code, unreadable.message_th, unreadable.message_en) from unreadable


def _check_addressees(letter: Letter, dated_on: dt.date) -> None:
    missing = queries.missing_of(letter, on=dated_on)
    if missing is None:
        return
    th, en = (", ".join(words.say(language) for words in missing.names) for language in ("th", "en"))
    raise UnableToDispatchLetter(
        "missing_addressees",
        f"ยังส่งไม่ได้ ขาดผู้รับ: {th} ({missing.rule}) โปรดเพิ่ม หรือบันทึกเหตุผลที่ไม่ส่ง",
        f"It cannot go: missing {en} ({missing.rule}). Add them, or record why they are left out.",
    )


def _check_collected(letter: Letter, on: dt.date) -> None:
    gathered = cycles.gathered_before(letter.task, on=on) if letter.task is not None else None
    if gathered is None or not gathered.missing or letter.task is None or cycles.may_go_on(letter.task, on=on):
        return
    names = ", ".join(gathered.missing[:10])
    raise UnableToDispatchLetter(
        "not_all_in",
        f"ยังส่งไม่ได้ ได้รับข้อมูลแล้ว {gathered.received}/{gathered.total} ยังขาด {names} (R29) โปรดติดตาม หรือบันทึกเหตุผลที่ส่งไปก่อน",
        f"It cannot go: {gathered.received}/{gathered.total} are in, missing {names} (R29). "
        "Ask for them, or record why it goes first.",
    )


def _mark_dispatched(letter: Letter, seen_version: int | None, **changes: object) -> None:
    draft = _draft_seen(letter, seen_version)
    if not draft.update(state=LetterState.DISPATCHED, version=F("version") + 1, **changes):
        raise _changed_meanwhile(UnableToDispatchLetter)


def _draft_seen(letter: Letter, seen_version: int | None) -> QuerySet[Letter]:
    version = letter.version if seen_version is None else seen_version
    return Letter.objects.filter(pk=letter.pk, version=version, state=LetterState.DRAFT)


def _changed_meanwhile(refusal: type[Refused]) -> Refused:
    return refusal(
        "changed_meanwhile",
        "มีผู้แก้ ส่ง หรือยกเลิกหนังสือนี้ก่อนท่าน โปรดเปิดดูใหม่",
        "Somebody changed, sent or cancelled this letter before you. Open it again.",
    )


def _hand_out_bill(letter: Letter) -> None:
    """R23: every province gets one set of the bill of a year, and no province two; the database keeps it so."""
    provinces = letter.addressees.filter(body__kind=BodyKind.PROVINCE)
    try:
        with transaction.atomic():
            provinces.update(bill_year=letter.fiscal_year)
    except IntegrityError as error:
        had = LetterAddressee.objects.filter(bill_year=letter.fiscal_year, body__in=provinces.values("body"))
        first = had.select_related("body").first()
        th = first.body.name_th if first is not None and first.body is not None else "จังหวัดหนึ่ง"
        en = first.body.name_en or th if first is not None and first.body is not None else "A province"
        raise UnableToDispatchLetter(
            "one_set_each",
            f"{th} ได้รับร่าง พ.ร.บ. งบประมาณปี {letter.fiscal_year} ไปแล้ว หรืออยู่ในหนังสือนี้สองที่ (R23 จังหวัดละ 1 ชุด)",
            f"{en} has its set of the bill of {letter.fiscal_year}, or is addressed twice (R23).",
        ) from error


def _number(register: Body, office: str, circular: bool, year: int, wanted: str) -> str:
    """The next number of the office in that year, or the one asked for; the sequence stays locked to the end."""
    sequence = LetterSequence.objects.filter(register=register, prefix=office, circular=circular, year=year)
    sequence.get_or_create(register=register, prefix=office, circular=circular, year=year)
    row = sequence.select_for_update().get()
    running, head = wanted or str(row.last + 1), f"{office}/{'ว ' if circular else ''}"
    # 0342 and 342 are one number, however it was written.
    same = [f"{head}{int(running):0{digits}}" for digits in range(1, MOST_DIGITS + 1)]
    if Letter.objects.filter(register=register, number_year=year, number__in=same).exists():
        raise UnableToDispatchLetter(
            "number_taken",
            f"เลขที่ {head}{running} ของปี {year} ใช้แล้ว โปรดใช้เลขอื่น หรือเว้นว่างให้ระบบออกเลขถัดไป",
            f"The number {head}{running} of {year} is taken. Use another, or leave it empty for the next one.",
        )
    sequence.update(last=max(row.last, int(running)))
    return head + running
