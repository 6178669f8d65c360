"""Step 7: who leads, who joins, what is done when and paid by whom; every agency is told and answers for itself."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.afp import access
from prasan.afp.models import AfpRound, AgencyAnswer, GroupAgency, IntegrationGroup, RoundState
from prasan.afp.services.entering import enter, write
from prasan.agencies.models import Body
from prasan.common.errors import Refused


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """The integration plan of a group; the work ends before the second date, money is satang by source."""

    lead: Body | None
    partners: Collection[Body]
    tasks: str
    sequence: str = ""
    starts_on: dt.date | None = None
    ends_before: dt.date | None = None
    central_satang: int | None = None
    regional_satang: int | None = None
    local_satang: int | None = None
    other_satang: int | None = None


class UnableToPlanGroup(Refused):
    """The plan of the group is as it was."""


class UnableToAnswerGroup(Refused):
    """The agency's answer is as it was."""


@transaction.atomic
def plan_group(
    *,
    round: AfpRound,
    group: IntegrationGroup,
    plan: GroupPlan,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> IntegrationGroup:
    """Write the plan of a group and tell every agency in it; who was told already is told of the change.

    A group with projects has a lead. Refused: `not_allowed`, `endorsed_already`, `no_lead`, `no_tasks`,
    `ends_before_it_begins`, `negative_amount`, `not_of_this_round`, `changed_meanwhile`.
    """
    _check(group, plan)
    if group.round_id != round.pk:
        raise UnableToPlanGroup("not_of_this_round", "กลุ่มนี้ไม่อยู่ในรอบนี้", "The group is not of this round.")
    enter(UnableToPlanGroup, round, actor=actor, at=at, seen_version=seen_version)
    said = {name: getattr(plan, name) for name in (*TEXTS, *DAYS, *MONEY)}
    IntegrationGroup.objects.filter(pk=group.pk).update(
        lead=plan.lead, planned_by=actor, planned_at=at, version=F("version") + 1, **said
    )
    group.refresh_from_db()
    bodies = {body.pk for body in (*plan.partners, *([plan.lead] if plan.lead else []))}
    GroupAgency.objects.filter(group=group).exclude(body__in=bodies).delete()
    told = {"answer": AgencyAnswer.NOTIFIED, "reply": "", "notified_at": at, "answered_by": None, "answered_at": None}
    GroupAgency.objects.filter(group=group).update(version=F("version") + 1, **told)
    for body in sorted(bodies):
        GroupAgency.objects.get_or_create(group=group, body_id=body, defaults=told)
    words = {key: str(value) if isinstance(value, dt.date) else value for key, value in said.items()}
    names = [one.name_th for one in (*([plan.lead] if plan.lead else []), *plan.partners)]
    write(round, "plan_group", actor=actor, at=at, group=group.pk, agencies=names, **words)
    return group


TEXTS = ("tasks", "sequence")
DAYS = ("starts_on", "ends_before")
MONEY = ("central_satang", "regional_satang", "local_satang", "other_satang")


def _check(group: IntegrationGroup, plan: GroupPlan) -> None:
    has_projects = group.problems.filter(candidates__state="ACCEPTED").exists()
    if has_projects and plan.lead is None:
        raise UnableToPlanGroup("no_lead", "กลุ่มที่มีโครงการต้องมีหน่วยงานหลัก", "A group with projects has a lead agency.")
    if not plan.tasks.strip():
        raise UnableToPlanGroup("no_tasks", "ยังไม่ได้เขียนงานที่จะทำร่วมกัน", "Say what is done together.")
    if plan.starts_on and plan.ends_before and plan.starts_on >= plan.ends_before:
        raise UnableToPlanGroup("ends_before_it_begins", "วันสิ้นสุดมาก่อนวันเริ่ม", "It ends before it begins.")
    if any((getattr(plan, name) or 0) < 0 for name in MONEY):
        raise UnableToPlanGroup("negative_amount", "จำนวนเงินติดลบไม่ได้", "An amount is not negative.")


@transaction.atomic
def answer_group(
    *, agency: GroupAgency, agree: bool, reply: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> GroupAgency:
    """The agency says for itself whether it joins as planned, or what is to be changed.

    An objection stops nothing by itself; the committee sees it before it endorses.
    Refused: `not_allowed`, `no_reply`, `endorsed_already`, `changed_meanwhile`.
    """
    if not access.can_answer_for_agency(actor, agency=agency, on=localdate(at)):
        raise UnableToAnswerGroup(
            "not_allowed",
            f"ตอบแทน {agency.body.name_th} ไม่ได้ หน่วยงานนั้นตอบเอง",
            f"Nothing was answered: {agency.body.name_th} answers for itself.",
        )
    if not agree and not reply.strip():
        raise UnableToAnswerGroup("no_reply", "ขอให้ปรับต้องบอกว่าปรับอะไร", "To ask for a change, say which.")
    if agency.group.round.state != RoundState.OPEN:
        raise UnableToAnswerGroup("endorsed_already", "รอบนี้ได้รับความเห็นชอบแล้ว", "This round is endorsed already.")
    version = agency.version if seen_version is None else seen_version
    answer = AgencyAnswer.AGREED if agree else AgencyAnswer.OBJECTED
    taken = GroupAgency.objects.filter(pk=agency.pk, version=version).update(
        answer=answer, reply=reply.strip(), answered_by=actor, answered_at=at, version=F("version") + 1
    )
    if not taken:
        raise UnableToAnswerGroup(
            "changed_meanwhile",
            "แผนหรือคำตอบเปลี่ยนไปก่อนท่าน โปรดเปิดดูใหม่",
            "The plan or the answer changed before you. Open it again.",
        )
    agency.refresh_from_db()
    round = agency.group.round
    write(
        round, "answer_group", actor=actor, at=at, group=agency.group_id, body=agency.body.name_th, answer=answer,
        reply=reply.strip(),
    )  # fmt: skip
    return agency
