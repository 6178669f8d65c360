"""An edition is put on an agenda, and reaches its next state only by the resolution that decides it (R03, R45)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles
from prasan.cycles import services as cycle_acts
from prasan.journal import services as journal
from prasan.meetings import access as meetings_access
from prasan.meetings.models import AgendaItem, MeetingState, Outcome, Resolution
from prasan.plans import queries
from prasan.plans.models import EditionState, Gate, PlanEdition, Referral
from prasan.plans.services import findings, lines


class UnableToReferEdition(Refused):
    """The edition waits as before."""


class UnableToPassGate(Refused):
    """The edition stays in its state; the resolution stands."""


@transaction.atomic
def refer_edition(*, edition: PlanEdition, agenda_item: AgendaItem, actor: User, at: dt.datetime) -> Referral:
    """Put an edition before the body its next stage needs, for the kind of decision it needs.

    Refused: `not_allowed`, `wrong_gate`, `meeting_over`, `item_taken`, `referred_already`.
    """
    committee = agenda_item.meeting.committee
    if not meetings_access.can_run_meetings(actor, committee=committee, on=localdate(at)):
        raise UnableToReferEdition(
            "not_allowed",
            f"เสนอแผนเข้าวาระไม่ได้ เพราะท่านไม่ได้เป็นฝ่ายเลขานุการของ {committee} โปรดให้ฝ่ายเลขานุการดำเนินการ",
            f"The plan was not referred: you are not of the secretariat of {committee}. Ask them.",
        )
    if agenda_item.meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED):
        raise UnableToReferEdition("meeting_over", "การประชุมนี้ปิดหรือยกเลิกแล้ว", "This meeting is closed or cancelled.")
    taken = Referral.objects.filter(agenda_item=agenda_item).exists()
    if taken or Resolution.objects.filter(item=agenda_item).exists():
        raise UnableToReferEdition(
            "item_taken", "วาระนี้มีแผนอื่นอยู่แล้ว หรือมีมติแล้ว", "This item holds another plan, or is decided already."
        )
    stage = queries.stage_after(edition, on=localdate(at))
    if stage is None or not _fits(stage, agenda_item, edition):
        raise UnableToReferEdition(*_wrong_gate(stage))
    waiting = Referral.objects.filter(edition=edition, state=stage.state, agenda_item__resolution=None)
    if waiting.exclude(agenda_item__meeting__state__in=(MeetingState.CLOSED, MeetingState.CANCELLED)).exists():
        raise UnableToReferEdition(
            "referred_already", "แผนนี้อยู่ในวาระการประชุมแล้ว", "This plan stands on an agenda already."
        )
    referral = Referral.objects.create(edition=edition, agenda_item=agenda_item, state=stage.state)
    entry = lines.of_edition(edition, "plans.refer_edition", meeting=str(agenda_item.meeting), asked=stage.state)
    journal.record_many(at=at, actor=actor, entries=[entry])
    return referral


@transaction.atomic
def pass_gate(
    *, edition: PlanEdition, resolution: Resolution, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Gate:
    """Let an edition reach its next state by a resolution, and freeze what was decided on with its hash.

    The plan is checked anew first: a finding that blocks, or a likely duplicate nobody decided (AC-21, R31), stops
    it. Refused: `not_allowed`, `not_adopted`, `wrong_gate`, `not_referred`, `findings_block`, `duplicates_open`,
    `changed_meanwhile`.
    """
    committee = resolution.item.meeting.committee
    if not meetings_access.can_resolve(actor, committee=committee, on=localdate(at)):
        raise UnableToPassGate(
            "not_allowed",
            f"ให้แผนผ่านไม่ได้ เพราะท่านไม่ได้บันทึกมติของ {committee} โปรดให้ฝ่ายเลขานุการดำเนินการ",
            f"The plan did not pass: you do not record for {committee}. Ask its secretariat.",
        )
    stage = _stage_decided(edition, resolution, localdate(at))
    _check_conformity(edition, actor, at)
    version = edition.version if seen_version is None else seen_version
    content, digest = queries.snapshot(edition)
    changes: dict[str, object] = {
        "state": stage.state,
        "version": F("version") + 1,
        "checked_version": F("checked_version") + 1,  # another state, the same content
    }
    if stage.state == EditionState.PROCLAIMED:
        changes["proclaimed_on"] = localdate(resolution.resolved_at)
    if not PlanEdition.objects.filter(pk=edition.pk, version=version, state=edition.state).update(**changes):
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
        snapshot=content,
        digest=digest,
    )
    entry = lines.of_edition(edition, "plans.pass_gate", state=stage.state, resolution=resolution.number, digest=digest)
    journal.record_many(at=at, actor=actor, entries=[entry])
    _tell_the_task(edition, resolution, actor, at)
    return gate


def _stage_decided(edition: PlanEdition, resolution: Resolution, on: dt.date) -> rulebook.Stage:
    if resolution.outcome != Outcome.ADOPTED:
        raise UnableToPassGate(
            "not_adopted",
            f"ให้แผนผ่านไม่ได้ เพราะมติ {resolution.number} ไม่ได้เห็นชอบ",
            f"The plan did not pass: resolution {resolution.number} did not adopt it.",
        )
    stage = queries.stage_after(edition, on=on)
    if stage is None or not _fits(stage, resolution.item, edition) or resolution.decision_kind != stage.gate.decision:
        raise UnableToPassGate(*_wrong_gate(stage))
    if not Referral.objects.filter(edition=edition, agenda_item=resolution.item_id, state=stage.state).exists():
        raise UnableToPassGate(
            "not_referred",
            f"ให้แผนผ่านไม่ได้ เพราะมติ {resolution.number} ไม่ใช่มติเรื่องแผนนี้",
            f"The plan did not pass: resolution {resolution.number} is not about this plan.",
        )
    return stage


def _check_conformity(edition: PlanEdition, actor: User, at: dt.datetime) -> None:
    findings.refresh(edition, actor, at)
    blocking = list(queries.blocking_findings(edition).values_list("rule", flat=True).order_by().distinct())
    if blocking:
        named = ", ".join(sorted(blocking))
        raise UnableToPassGate(
            "findings_block",
            f"ให้แผนผ่านไม่ได้ เพราะยังไม่เป็นไปตามกฎ {named} โปรดแก้ หรือให้ระดับที่กำกับวินิจฉัยข้อสังเกต",
            f"The plan did not pass: it does not keep {named}. Mend it, or have the level above decide the findings.",
        )
    pair = queries.open_duplicates(edition).first()
    if pair is not None:
        raise UnableToPassGate(
            "duplicates_open",
            f"ให้แผนผ่านไม่ได้ เพราะ {pair.first.code} กับ {pair.second.code} อาจซ้ำกันและยังไม่ได้พิจารณา (R31)",
            f"The plan did not pass: {pair.first.code} and {pair.second.code} may be the same, undecided (R31).",
        )


def _tell_the_task(edition: PlanEdition, resolution: Resolution, actor: User, at: dt.datetime) -> None:
    """The step the plan is made in needs the same decision: it is not asked for twice."""
    task = edition.task
    if task is None or task.done_at is not None:
        return
    waiting = cycles.gates_waiting(task)
    committee = resolution.item.meeting.committee
    if not waiting or waiting[0].decision != resolution.decision_kind:
        return
    if committee.kind in rulebook.load().actor(waiting[0].actor).kinds:
        cycle_acts.record_gate_decision(
            task=task,
            body=committee,
            decision=resolution.decision_kind,
            code=resolution.number,
            decided_on=localdate(resolution.resolved_at),
            actor=actor,
            at=at,
        )


def _fits(stage: rulebook.Stage, item: AgendaItem, edition: PlanEdition) -> bool:
    return item.decision_kind == stage.gate.decision and queries.decides_on(stage, item.meeting.committee, edition)


def _wrong_gate(stage: rulebook.Stage | None) -> tuple[str, str, str]:
    if stage is None:
        return (
            "wrong_gate",
            "แผนนี้ยังเป็นร่าง หรือผ่านครบทุกขั้นแล้ว (R03, R45)",
            "The plan is still a draft, or has passed every gate (R03, R45).",
        )
    return (
        "wrong_gate",
        f"แผนนี้รอ “{stage.name.th}” ไม่ใช่มติชนิดนี้ของคณะกรรมการนี้ (R03, R45)",
        f"The plan waits to be “{stage.name.en}”, not for this kind of decision of this committee (R03, R45).",
    )
