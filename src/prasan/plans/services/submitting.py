"""A plan is submitted by the body that made it, and may be sent back from above."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import access as cycles_access
from prasan.cycles import queries as cycles
from prasan.cycles import services as cycle_acts
from prasan.journal import services as journal
from prasan.plans import access, queries
from prasan.plans.models import EditionState, PlanEdition, PlanType
from prasan.plans.services import findings, lines


class UnableToSubmitEdition(Refused):
    """The plan is still a draft."""


class UnableToReturnEdition(Refused):
    """The plan is still submitted."""


@transaction.atomic
def submit_edition(
    *, edition: PlanEdition, actor: User, at: dt.datetime, seen_version: int | None = None
) -> PlanEdition:
    """Submit a draft upward: from now on it is not compiled again, changes make the next number.

    It is checked against the rules; findings do not stop it here but at its gates. The task of the running year in
    which it is made is submitted with it. Refused: `not_allowed`, `not_a_draft`,
    `unconfirmed` (R08), `changed_meanwhile`.
    """
    body = edition.body
    if not access.can_submit(actor, body=body, on=localdate(at)):
        raise UnableToSubmitEdition(
            "not_allowed",
            f"เสนอแผนของ {body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้ โปรดให้เจ้าของแผนเสนอ",
            f"The plan of {body.name_en or body.name_th} was not submitted: you are no planning officer "
            "of it. Ask one.",
        )
    if edition.state != EditionState.DRAFT:
        raise UnableToSubmitEdition("not_a_draft", f"แผนของ {body.name_th} เสนอไปแล้ว", "The plan is submitted already.")
    _check_confirmed(edition)
    version = edition.version if seen_version is None else seen_version
    draft = PlanEdition.objects.filter(pk=edition.pk, version=version, state=EditionState.DRAFT)
    task = edition.task or cycles.task_making(edition.plan_type, body=body, fiscal_year=edition.fiscal_year)
    changes = {"state": EditionState.SUBMITTED, "submitted_at": at, "submitted_by": actor, "task": task}
    if not draft.update(version=F("version") + 1, **changes):
        raise UnableToSubmitEdition(
            "changed_meanwhile",
            f"เสนอแผนของ {body.name_th} ไม่ได้ เพราะมีผู้แก้ก่อนท่าน โปรดเปิดดูใหม่แล้วเสนออีกครั้ง",
            "The plan was not submitted: somebody changed it before you. Open it again, then submit.",
        )
    edition.refresh_from_db()
    journal.record_many(at=at, actor=actor, entries=[lines.of_edition(edition, "plans.submit_edition")])
    findings.refresh(edition, actor, at)  # whoever reads a submitted plan reads what it does not keep
    edition.refresh_from_db()
    if task is not None and task.submitted_at is None and cycles.task_is_ready(task, actor=actor, on=localdate(at)):
        cycle_acts.submit_task(task=task, actor=actor, at=at)
    return edition


@transaction.atomic
def return_edition(
    *, edition: PlanEdition, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> PlanEdition:
    """Send a submitted plan back to its maker, saying why; it is a draft again.

    Only a district or provincial body over the maker may. Refused: `not_allowed`, `no_reason`,
    `decided_on`, `not_submitted`, `changed_meanwhile`.
    """
    body = edition.body
    if not access.can_return(actor, body=body, on=localdate(at)):
        raise UnableToReturnEdition(
            "not_allowed",
            f"ส่งคืนแผนของ {body.name_th} ไม่ได้ เพราะผู้ส่งคืนได้คือระดับที่สูงกว่าของพื้นที่เดียวกัน โปรดให้อำเภอหรือจังหวัดส่งคืน",
            f"The plan of {body.name_en or body.name_th} was not returned: only the level above in its place may. "
            "Ask the district or province.",
        )
    if not reason.strip():
        raise UnableToReturnEdition(
            "no_reason",
            f"ส่งคืนแผนของ {body.name_th} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุสิ่งที่ต้องแก้",
            f"The plan of {body.name_en or body.name_th} was not returned: no reason given. Say what to mend.",
        )
    if edition.gates.exists():
        raise UnableToReturnEdition(
            "decided_on",
            f"ส่งคืนแผนของ {body.name_th} ไม่ได้ เพราะที่ประชุมมีมติแล้ว โปรดทำฉบับแก้ไข (R71)",
            "The plan was not returned: a committee has decided on it. Amend it instead (R71).",
        )
    if edition.state != EditionState.SUBMITTED:
        raise UnableToReturnEdition(
            "not_submitted",
            f"ส่งคืนแผนของ {body.name_th} ไม่ได้ เพราะยังไม่ได้เสนอหรือเห็นชอบแล้ว",
            "The plan was not returned: it is not submitted, or endorsed already.",
        )
    version = edition.version if seen_version is None else seen_version
    submitted = PlanEdition.objects.filter(pk=edition.pk, version=version, state=EditionState.SUBMITTED)
    if not submitted.update(
        state=EditionState.DRAFT,
        submitted_at=None,
        submitted_by=None,
        version=F("version") + 1,
        checked_version=F("checked_version") + 1,  # another state, the same content
    ):
        raise UnableToReturnEdition(
            "changed_meanwhile",
            f"ส่งคืนแผนของ {body.name_th} ไม่ได้ เพราะมีผู้แก้ก่อนท่าน โปรดเปิดดูใหม่",
            "The plan was not returned: somebody changed it before you. Open it again.",
        )
    edition.refresh_from_db()
    entry = lines.of_edition(edition, "plans.return_edition", reason=reason.strip())
    journal.record_many(at=at, actor=actor, entries=[entry])
    task, on = edition.task, localdate(at)
    waiting = task is not None and task.submitted_at is not None and task.done_at is None
    # The step it was made in is open again, where who returns the plan oversees its maker's tasks as well.
    if task is not None and waiting and cycles_access.can_supervise_task(actor, task=task, on=on):
        cycle_acts.return_task(task=task, reason=reason, actor=actor, at=at)
    return edition


def _check_confirmed(edition: PlanEdition) -> None:
    """R08: the annual request confirms items of the five-year plan; an item that does not says why (AC-18)."""
    if edition.plan_type != PlanType.PROVINCIAL_ANNUAL_REQUEST:
        return
    open_items = queries.unconfirmed(edition)
    count = open_items.count()
    if count:
        first = open_items.first()
        record = (first.project or first.need) if first is not None else None
        code = record.code if record is not None else ""
        raise UnableToSubmitEdition(
            "unconfirmed",
            f"เสนอแผนไม่ได้ เพราะมี {count} รายการ (เช่น {code}) ที่ไม่ได้ยืนยันกับแผน 5 ปี และไม่บอกเหตุผล (R08)",
            f"The plan was not submitted: {count} items (e.g. {code}) confirm none of the five-year plan "
            "and give no reason (R08).",
        )
