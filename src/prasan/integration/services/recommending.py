"""ก.บ.จ. recommends another area or time for an agency's project; the agency decides (R49)."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.integration import access, rules
from prasan.integration.models import ChangeKind, ChangeRecommendation, RecommendationState
from prasan.integration.services.refreshing import keep_in_step
from prasan.journal import services as journal
from prasan.meetings.models import Outcome, Resolution
from prasan.projects import services as projects
from prasan.projects.models import Project


class UnableToRecommendChange(Refused):
    """Nothing was recommended."""


class UnableToAnswerRecommendation(Refused):
    """The recommendation waits as before, and the project is as it was."""


class UnableToWithdrawRecommendation(Refused):
    """The recommendation stands."""


@transaction.atomic
def recommend_change(
    *,
    project: Project,
    resolution: Resolution,
    reason: str,
    actor: User,
    at: dt.datetime,
    area: Area | None = None,
    work: tuple[dt.date, dt.date] | None = None,
) -> ChangeRecommendation:
    """Submit to an agency what the committee resolved: another place, or another time of work (R49).

    `work` is the first day and the first day after it. Exactly one of the two. The project stays as it is until
    the agency answers. Refused: `not_allowed`, `not_resolved`, `not_an_agency`, `not_standing`, `no_reason`,
    `one_change_at_a_time`, `ends_before_it_begins`, `open_already`.
    """
    committee = resolution.item.meeting.committee
    if not access.can_recommend_change(actor, project=project, committee=committee, on=localdate(at)):
        raise UnableToRecommendChange(
            "not_allowed",
            f"เสนอให้เปลี่ยน {project.code} ไม่ได้ เพราะผู้เสนอได้คือฝ่ายเลขานุการ ก.บ.จ. ของจังหวัดที่โครงการตั้งอยู่ (R49)",
            f"No change of {project.code} was recommended: the secretariat of its province's committee does (R49).",
        )
    _check(project, resolution, reason, area, work)
    kind = ChangeKind.AREA if area is not None else ChangeKind.TIME
    if ChangeRecommendation.objects.filter(project=project, kind=kind, state=RecommendationState.OPEN).exists():
        raise UnableToRecommendChange(
            "open_already",
            f"{project.code} มีข้อเสนอเรื่องเดียวกันที่หน่วยงานยังไม่ตอบ โปรดรอคำตอบหรือถอนข้อเสนอเดิมก่อน",
            f"A recommendation of this kind for {project.code} waits already. Await the reply, or take it back first.",
        )
    made = ChangeRecommendation.objects.create(
        project=project,
        resolution=resolution,
        kind=kind,
        to_area=area,
        to_starts_on=work[0] if work else None,
        to_ends_before=work[1] if work else None,
        reason=reason.strip(),
        made_by=actor,
        made_at=at,
    )
    _journal(made, "integration.recommend_change", actor, at, reason=reason.strip(), resolution=resolution.number)
    return made


@transaction.atomic
def answer_recommendation(
    *,
    recommendation: ChangeRecommendation,
    accept: bool,
    reply: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> ChangeRecommendation:
    """The agency decides: it moves its project, or keeps it and says why (R49).

    Refused: `not_allowed`, `no_reply`, `answered_already`, `changed_meanwhile`, and what `projects.move_project`
    refuses.
    """
    project = recommendation.project
    if not access.can_answer_recommendation(actor, recommendation=recommendation, on=localdate(at)):
        raise UnableToAnswerRecommendation(
            "not_allowed",
            f"ตอบข้อเสนอของ {project.code} ไม่ได้ เพราะหน่วยงานเจ้าของโครงการเท่านั้นที่ตัดสินได้ (R49)",
            f"The recommendation on {project.code} was not answered: only the agency whose project it is may (R49).",
        )
    if not accept and not reply.strip():
        raise UnableToAnswerRecommendation(
            "no_reply",
            "ตอบว่าคงเดิมไม่ได้ เพราะไม่มีเหตุผล โปรดบอกเหตุผลให้จังหวัดทราบ",
            "It was not answered: to keep the project as it is, say why, for the province to know.",
        )
    state = RecommendationState.ACCEPTED if accept else RecommendationState.DECLINED
    _settle(UnableToAnswerRecommendation, recommendation, state, seen_version, reply=reply.strip(), actor=actor, at=at)
    if accept:
        _move(recommendation, actor, at)
    _journal(recommendation, "integration.answer_recommendation", actor, at, state=state, reason=reply.strip())
    return recommendation


@transaction.atomic
def withdraw_recommendation(
    *,
    recommendation: ChangeRecommendation,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> ChangeRecommendation:
    """The province takes a recommendation back before it is answered.

    Refused: `not_allowed`, `no_reason`, `answered_already`, `changed_meanwhile`.
    """
    project = recommendation.project
    committee = recommendation.resolution.item.meeting.committee
    if not access.can_recommend_change(actor, project=project, committee=committee, on=localdate(at)):
        raise UnableToWithdrawRecommendation(
            "not_allowed",
            f"ถอนข้อเสนอของ {project.code} ไม่ได้ เพราะผู้ถอนได้คือฝ่ายเลขานุการ ก.บ.จ. ที่เสนอ",
            f"The recommendation on {project.code} was not taken back: the committee's secretariat that made it may.",
        )
    if not reason.strip():
        raise UnableToWithdrawRecommendation(
            "no_reason", "ถอนข้อเสนอไม่ได้ เพราะไม่มีเหตุผล", "It was not taken back: no reason given."
        )
    state = RecommendationState.WITHDRAWN
    _settle(UnableToWithdrawRecommendation, recommendation, state, seen_version, reply="", actor=actor, at=at)
    _journal(recommendation, "integration.withdraw_recommendation", actor, at, state=state, reason=reason.strip())
    return recommendation


def _move(recommendation: ChangeRecommendation, actor: User, at: dt.datetime) -> None:
    starts, ends = recommendation.to_starts_on, recommendation.to_ends_before
    projects.move_project(
        project=recommendation.project,
        area=recommendation.to_area,
        work=(starts, ends) if starts is not None and ends is not None else None,
        reason=recommendation.reason,
        actor=actor,
        at=at,
    )
    keep_in_step({recommendation.project_id})


def _settle(
    refusal: type[Refused],
    recommendation: ChangeRecommendation,
    state: str,
    seen_version: int | None,
    *,
    reply: str,
    actor: User,
    at: dt.datetime,
) -> None:
    """Compare-and-set from OPEN; the second of two is told."""
    if recommendation.state != RecommendationState.OPEN:
        raise refusal(
            "answered_already", "ข้อเสนอนี้ตอบหรือถอนไปแล้ว", "This recommendation is answered or taken back already."
        )
    version = recommendation.version if seen_version is None else seen_version
    waiting = ChangeRecommendation.objects.filter(pk=recommendation.pk, version=version, state=RecommendationState.OPEN)
    if not waiting.update(state=state, reply=reply, replied_by=actor, replied_at=at, version=F("version") + 1):
        raise refusal(
            "changed_meanwhile",
            "มีผู้ตอบหรือถอนข้อเสนอนี้ก่อนท่าน โปรดเปิดดูใหม่",
            "Somebody answered or took this recommendation back before you. Open it again.",
        )
    recommendation.refresh_from_db()


def _check(
    project: Project,
    resolution: Resolution,
    reason: str,
    area: Area | None,
    work: tuple[dt.date, dt.date] | None,
) -> None:
    problem = rules.recommendation_problem(
        adopted=resolution.outcome == Outcome.ADOPTED,
        decision_kind=resolution.decision_kind,
        owner_kind=project.owner.kind,
        standing=project.merged_into_id is None and project.withdrawn_at is None,
        reason=reason,
        changes_area=area is not None,
        work=work,
    )
    if problem is not None:
        code, th, en = problem
        raise UnableToRecommendChange(
            code,
            f"เสนอให้เปลี่ยน {project.code} ไม่ได้ เพราะ{th}",
            f"No change of {project.code} was recommended, because {en}",
        )


def _journal(recommendation: ChangeRecommendation, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    project = recommendation.project
    journal.record(
        at=at,
        actor=actor,
        act=act,
        subject=project,
        subject_code=project.code,
        data={"recommendation": recommendation.pk, "kind": recommendation.kind, **data},
    )
