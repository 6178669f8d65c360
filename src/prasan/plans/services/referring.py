"""An edition is put on an agenda, and reaches its next state by the resolution that decided it."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.meetings import access as meetings_access
from prasan.meetings.models import AgendaItem, Outcome, Resolution
from prasan.plans.models import Gate, PlanEdition, Referral
from prasan.plans.services import lines
from prasan.rulebook.documents import Stage


class UnableToReferEdition(Refused):
    """The edition waits as before."""


class UnableToPassGate(Refused):
    """The edition stays in its state; the resolution stands."""


def stage_after(edition: PlanEdition, on: dt.date) -> Stage | None:
    """The stage an edition waits for."""
    return rulebook.load().plan_type(edition.plan_type).path_on(on).next_after(edition.state)


@transaction.atomic
def refer_edition(*, edition: PlanEdition, agenda_item: AgendaItem, actor: User, at: dt.datetime) -> Referral:
    """Put an edition before the body its next stage needs. Refused: `not_allowed`, `wrong_gate`."""
    committee = agenda_item.meeting.committee
    if not meetings_access.can_run_meetings(actor, committee=committee, on=localdate(at)):
        raise UnableToReferEdition(
            "not_allowed",
            f"เสนอแผนเข้าวาระไม่ได้ เพราะท่านไม่ได้เป็นฝ่ายเลขานุการของ {committee} โปรดให้ฝ่ายเลขานุการดำเนินการ",
            f"The plan was not referred: you are not of the secretariat of {committee}. Ask them.",
        )
    stage = stage_after(edition, localdate(at))
    if stage is None or not _fits(stage, agenda_item):
        raise UnableToReferEdition(*_wrong_gate())
    referral = Referral.objects.create(edition=edition, agenda_item=agenda_item, state=stage.state)
    journal.record_many(at=at, actor=actor, entries=[lines.of_edition(edition, "plans.refer_edition")])
    return referral


@transaction.atomic
def pass_gate(
    *, edition: PlanEdition, resolution: Resolution, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Gate:
    """Let an edition reach its next state. Refused: `not_allowed`, `not_adopted`, `wrong_gate`, `changed_meanwhile`."""
    committee = resolution.item.meeting.committee
    if not meetings_access.can_resolve(actor, committee=committee, on=localdate(at)):
        raise UnableToPassGate(
            "not_allowed",
            f"ให้แผนผ่านไม่ได้ เพราะท่านไม่ได้บันทึกมติของ {committee} โปรดให้ฝ่ายเลขานุการดำเนินการ",
            f"The plan did not pass: you do not record for {committee}. Ask its secretariat.",
        )
    if resolution.outcome != Outcome.ADOPTED:
        raise UnableToPassGate(
            "not_adopted",
            f"ให้แผนผ่านไม่ได้ เพราะมติ {resolution.number} ไม่ได้เห็นชอบ",
            f"The plan did not pass: resolution {resolution.number} did not adopt it.",
        )
    stage = stage_after(edition, localdate(at))
    if stage is None or not _fits(stage, resolution.item):
        raise UnableToPassGate(*_wrong_gate())
    version = edition.version if seen_version is None else seen_version
    found = PlanEdition.objects.filter(pk=edition.pk, version=version, state=edition.state)
    if not found.update(state=stage.state, version=F("version") + 1):
        raise UnableToPassGate(
            "changed_meanwhile",
            "ให้แผนผ่านไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่",
            "The plan did not pass: somebody changed it before you. Open it again.",
        )
    edition.refresh_from_db()
    gate = Gate.objects.create(
        edition=edition,
        state=stage.state,
        body=committee,
        decision_kind=resolution.decision_kind,
        resolution=resolution,
        passed_at=at,
        passed_by=actor,
    )
    journal.record_many(at=at, actor=actor, entries=[lines.of_edition(edition, "plans.pass_gate")])
    return gate


def _fits(stage: Stage, item: AgendaItem) -> bool:
    kinds = rulebook.load().actor(stage.gate.actor).kinds
    return item.meeting.committee.kind in kinds and item.decision_kind == stage.gate.decision


def _wrong_gate() -> tuple[str, str, str]:
    return (
        "wrong_gate",
        "แผนนี้ไม่ได้รอการพิจารณาเช่นนี้จากคณะกรรมการนี้ (R03, R45) โปรดตรวจขั้นตอนของแผน",
        "The plan does not wait for this kind of decision of this committee (R03, R45). Check the path of the plan.",
    )
