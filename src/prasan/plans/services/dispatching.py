"""An edition goes out with a letter; what must stay in the province does not (R25)."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies.models import BodyKind
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.letters.models import Letter, LetterState
from prasan.plans import access
from prasan.plans.models import EditionDispatch, EditionState, PlanEdition
from prasan.plans.services import lines

CENTRE = (
    BodyKind.MINISTRY,
    BodyKind.DEPARTMENT,
    BodyKind.NATIONAL_COMMITTEE,
    BodyKind.NATIONAL_SUBCOMMITTEE,
    BodyKind.CABINET,
    BodyKind.PARLIAMENT,
)


class UnableToDispatchEdition(Refused):
    """The plan was not sent."""


@transaction.atomic
def dispatch_edition(*, edition: PlanEdition, letter: Letter, actor: User, at: dt.datetime) -> EditionDispatch:
    """Send an edition with a letter of its own body, or of the office that writes for it.

    Refused: `not_allowed`, `still_a_draft`, `other_letter`, `no_addressee`, `stays_inside` (R25: the area version never
    goes to the centre), `sent_already`.
    """
    if not access.can_submit(actor, body=edition.body, on=localdate(at)):
        raise UnableToDispatchEdition(
            "not_allowed", "ท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้", "You are no planning officer of this body."
        )
    if edition.state == EditionState.DRAFT:
        raise UnableToDispatchEdition(
            "still_a_draft", "แผนยังเป็นร่าง โปรดเสนอก่อน", "The plan is a draft. Submit it first."
        )
    if letter.state == LetterState.CANCELLED or letter.sender.area_id != edition.body.area_id:
        raise UnableToDispatchEdition(
            "other_letter",
            "หนังสือนี้ยกเลิกแล้ว หรือไม่ใช่ของหน่วยงานเจ้าของแผน",
            "This letter is cancelled, or not of the plan's own body.",
        )
    if not letter.addressees.exists():
        raise UnableToDispatchEdition("no_addressee", "หนังสือยังไม่มีผู้รับ", "The letter has no addressee.")
    _stays_inside(edition, letter)
    try:
        with transaction.atomic():
            sent = EditionDispatch.objects.create(edition=edition, letter=letter)
    except IntegrityError as error:
        raise UnableToDispatchEdition("sent_already", "ส่งไปกับหนังสือนี้แล้ว", "It went with this letter already.") from error
    entry = lines.of_edition(edition, "plans.dispatch_edition", letter=letter.number or letter.subject)
    journal.record_many(at=at, actor=actor, entries=[entry])
    return sent


def check_letter(letter: Letter) -> None:
    """Hold a letter that is about to go against the plans it carries: its addressees may have changed since (R25).

    Refused: `stays_inside`.
    """
    for sent in EditionDispatch.objects.filter(letter=letter).select_related("edition"):
        _stays_inside(sent.edition, letter)


def _stays_inside(edition: PlanEdition, letter: Letter) -> None:
    law = rulebook.load().plan_type(edition.plan_type)
    if not law.stays_inside:
        return
    # A name the register does not know may be anybody's, the centre's too: for such a plan it is not enough.
    addressees = letter.addressees.select_related("body")
    outside = [one for one in addressees if one.body is None or one.body.kind in CENTRE]
    if outside:
        names = ", ".join(str(one) for one in outside)
        raise UnableToDispatchEdition(
            "stays_inside",
            f"ส่ง{law.name.th}ให้ {names} ไม่ได้ เพราะแผนนี้ใช้กำหนดพื้นที่ในจังหวัด ไม่ส่งส่วนกลาง (R25)",
            f"The {law.name.en} is not sent to {names}: it fixes areas within the province and stays there (R25).",
        )
