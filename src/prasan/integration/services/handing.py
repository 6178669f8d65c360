"""A body hands a project on, with its capacity verdict and its reason (R36, R37)."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body, BodyKind
from prasan.common.errors import Refused
from prasan.integration import access, queries, rules
from prasan.integration.models import CapacityVerdict, Handover, HandoverState
from prasan.journal import services as journal
from prasan.needs.queries import lies_within
from prasan.projects.models import Project


class UnableToHandOver(Refused):
    """The project stays where it is."""


@transaction.atomic
def hand_over(*, project: Project, to: Body, verdict: str, reason: str, actor: User, at: dt.datetime) -> Handover:
    """Hand a project from the body that holds it to the next one, up or sideways; the sender keeps the thread.

    What began in a village keeps the village committee as coordinator (R36). Refused: `not_allowed`,
    `no_reason`, `unknown_verdict`, `verdict_not_yours`, `not_standing`, `open_already`, `skips_a_level`,
    `outside_area`, `no_longer_exists`.
    """
    # The project is locked, so that of two officers handing it over at once the second sees the first's.
    projects = Project.objects.select_for_update(of=("self",), no_key=True)
    locked = projects.select_related("owner__area", "area").get(pk=project.pk)
    holder = queries.holder_of(locked)
    if not access.can_hand_over(actor, holder=holder, project=locked, on=localdate(at)):
        raise UnableToHandOver(
            "not_allowed",
            f"ส่งต่อ {locked.code} ไม่ได้ เพราะขณะนี้อยู่กับ {holder.name_th} ซึ่งท่านไม่ใช่เจ้าหน้าที่ (R37) โปรดให้หน่วยงานนั้นส่งต่อ",
            f"{locked.code} was not handed over: {holder.name_en or holder.name_th} holds it and you are no "
            "officer there (R37). Ask that body.",
        )
    _check_answer(locked, holder, verdict, reason)
    _check_project(locked)
    _check_step(locked, holder, to, localdate(at))
    last = Handover.objects.filter(project=locked).order_by("-hop").first()
    handover = Handover.objects.create(
        project=locked,
        hop=last.hop + 1 if last else 1,
        from_body=holder,
        to_body=to,
        coordinator=locked.owner if locked.owner.kind == BodyKind.VILLAGE_COMMITTEE else None,
        verdict=verdict,
        reason=reason.strip(),
        sent_by=actor,
        sent_at=at,
    )
    journal.record(
        at=at,
        actor=actor,
        act="integration.hand_over",
        subject=locked,
        subject_code=locked.code,
        data={
            "hop": handover.hop,
            "from": holder.name_th,
            "body": to.name_th,
            "coordinator": handover.coordinator.name_th if handover.coordinator else "",
            "verdict": verdict,
            "state": HandoverState.SENT,
            "reason": handover.reason,
        },
    )
    return handover


def _check_answer(project: Project, holder: Body, verdict: str, reason: str) -> None:
    if verdict not in CapacityVerdict.values:
        raise UnableToHandOver(
            "unknown_verdict",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะไม่รู้จักผลพิจารณาขีดความสามารถ {verdict} (R37) โปรดเลือกจากรายการ",
            f"{project.code} was not handed over: capacity verdict {verdict} is unknown (R37). Choose one listed.",
        )
    if not rules.verdict_fits(holder.kind, verdict):
        raise UnableToHandOver(
            "verdict_not_yours",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะ “เห็นชอบและเสนอต่อ” เป็นผลของคณะกรรมการเท่านั้น (R37) "
            "โปรดระบุว่าเกินขีดความสามารถด้านใด",
            f"{project.code} was not handed over: only a committee agrees and proposes (R37). "
            "Say what is beyond the means of your body.",
        )
    if not reason.strip():
        raise UnableToHandOver(
            "no_reason",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะไม่มีเหตุผล (R37) โปรดระบุว่าเหตุใดจึงทำเองไม่ได้",
            f"{project.code} was not handed over: no reason given (R37). Say why your body cannot do it.",
        )


def _check_project(project: Project) -> None:
    if project.merged_into_id is not None or project.withdrawn_at is not None:
        raise UnableToHandOver(
            "not_standing",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะรวมกับโครงการอื่นหรือถอนแล้ว โปรดส่งต่อโครงการที่ยังคงอยู่",
            f"{project.code} was not handed over: it is merged or withdrawn. Hand over a project that stands.",
        )
    waiting = Handover.objects.filter(project=project, state=HandoverState.SENT).select_related("to_body").first()
    if waiting is not None:
        raise UnableToHandOver(
            "open_already",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะส่งให้ {waiting.to_body.name_th} แล้วและยังรอคำตอบ โปรดรอให้รับหรือส่งคืนก่อน",
            f"{project.code} was not handed over: {waiting.to_body.name_en or waiting.to_body.name_th} has it to "
            "answer. Wait until it is accepted or returned.",
        )


def _check_step(project: Project, holder: Body, to: Body, on: dt.date) -> None:
    if not rules.step_is_allowed(holder.kind, to.kind):
        allowed = rules.next_steps(holder.kind)
        kinds = [kind for kind in BodyKind if kind.value in allowed]
        raise UnableToHandOver(
            "skips_a_level",
            f"ส่งต่อ {project.code} จาก {holder.name_th} ไป {to.name_th} ไม่ได้ เพราะข้ามขั้นหรือไม่ใช่ลำดับถัดไป (R36, R37) "
            f"ส่งได้ถึง: {', '.join(str(kind.label) for kind in kinds) or '-'}",
            f"{project.code} was not handed from {holder.name_en or holder.name_th} to {to.name_en or to.name_th}: "
            f"that skips a level or is not the next one (R36, R37). Next may be: {', '.join(kinds) or '-'}.",
        )
    if to.valid_to is not None and on >= to.valid_to:
        raise UnableToHandOver(
            "no_longer_exists",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะ {to.name_th} เลิกไปแล้ว โปรดเลือกหน่วยงานที่ทำหน้าที่แทน",
            f"{project.code} was not handed over: {to.name_en or to.name_th} no longer exists. Choose its successor.",
        )
    if rules.must_cover_the_place(to.kind) and not _covers(to, project, holder):
        raise UnableToHandOver(
            "outside_area",
            f"ส่งต่อ {project.code} ไม่ได้ เพราะ {to.name_th} ไม่ได้ดูแลพื้นที่ของโครงการ (R37) โปรดเลือกหน่วยงานของพื้นที่",
            f"{project.code} was not handed over: its place is not in the area of {to.name_en or to.name_th} (R37). "
            "Choose the body of that place.",
        )


def _covers(to: Body, project: Project, holder: Body) -> bool:
    """The place decides; where the project names none, the place of the body that holds it."""
    place = project.area or holder.area or project.owner.area
    return to.area is not None and place is not None and lies_within(place, to.area)
