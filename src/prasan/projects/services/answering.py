"""A need is answered by a project: taken up by another body, or proposed by the community itself."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs.models import Need, ResponseKind
from prasan.needs.queries import lies_within
from prasan.projects import access, queries
from prasan.projects.models import Origin, Project, TakeUp
from prasan.projects.services.drafts import ProjectDraft, YearDraft
from prasan.projects.services.recording import _write


class UnableToTakeUpNeeds(Refused):
    """None of the needs was taken up."""


class UnableToProposeFromNeed(Refused):
    """No project was made of the need."""


@transaction.atomic
def take_up_needs(*, project: Project, needs: Sequence[Need], actor: User, at: dt.datetime) -> list[TakeUp]:
    """Let a project answer needs of communities in its owner's area; one journal entry per need.

    Needs it answers already are passed over. Refused (all or none): `not_allowed`, `project_not_standing`,
    `merged`, `withdrawn`, `outside_area`, `answered_elsewhere` (R36: a need is taken here or forwarded, never both).
    """
    if not access.can_take_up_needs(actor, project=project, on=localdate(at)):
        raise UnableToTakeUpNeeds(
            "not_allowed",
            f"รับความต้องการเข้า {project.code} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของ {project.owner.name_th} "
            "โปรดให้เจ้าของโครงการรับ",
            f"Nothing was taken into {project.code}: you are no planning officer of its owner. Ask one who is.",
        )
    if project.merged_into_id is not None or project.withdrawn_at is not None:
        raise UnableToTakeUpNeeds(
            "project_not_standing",
            f"รับความต้องการเข้า {project.code} ไม่ได้ เพราะโครงการถูกรวมหรือถอนแล้ว โปรดเลือกโครงการที่ยังคงอยู่",
            f"Nothing was taken into {project.code}: it is merged or withdrawn. Choose a project that stands.",
        )
    # The needs are locked so that two bodies cannot take the same one at the same moment.
    ids = [need.pk for need in needs]
    locked = list(Need.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    known = set(TakeUp.objects.filter(project=project, need__in=ids).values_list("need_id", flat=True))
    fresh = [need for need in locked if need.pk not in known]
    for need in fresh:
        _check_take_up(project, need)
    rows = TakeUp.objects.bulk_create([TakeUp(project=project, need=need) for need in fresh])
    if rows:
        journal.record_many(
            at=at,
            actor=actor,
            entries=[
                journal.Line(
                    act="projects.take_up_needs",
                    subject=need,
                    subject_code=need.code,
                    data={"project": project.code, "body": project.owner.name_th},
                )
                for need in fresh
            ],
        )
    return rows


@transaction.atomic
def propose_from_need(*, need: Need, actor: User, at: dt.datetime) -> Project:
    """Make a community's need its own project, so that it can be handed over (R36).

    Refused: `not_allowed`, `self_help`, `merged`, `withdrawn`, `answered` (somebody answers it already).
    """
    if not access.can_propose_from_need(actor, need=need, on=localdate(at)):
        raise UnableToProposeFromNeed(
            "not_allowed",
            f"เสนอ {need.code} เป็นโครงการไม่ได้ เพราะท่านไม่ได้ดูแลชุมชนนี้ โปรดให้ กม. อปท. หรืออำเภอของพื้นที่เสนอ",
            f"{need.code} was not made a project: this community is not yours. Ask its committee, LAO or district.",
        )
    # Only the need: whoever writes something about its area or body must not wait for this.
    locked = Need.objects.select_for_update(of=("self",), no_key=True).select_related("area", "body").get(pk=need.pk)
    _check_proposal(locked)
    amount = locked.amount_satang
    draft = ProjectDraft(
        owner=locked.body,
        origin=Origin.COMMUNITY,
        fiscal_year=locked.fiscal_year,
        name=locked.title,
        years=() if amount is None else (YearDraft(locked.fiscal_year, amount),),
        area=locked.area,
        ordinal=locked.ordinal,
        place_text=locked.place_text,
        moos=locked.moos,
        source=locked.code,
    )
    project = _write(drafts=[draft], actor=actor, at=at, act="projects.propose_from_need")[0]
    TakeUp.objects.create(project=project, need=locked)
    return project


def _check_take_up(project: Project, need: Need) -> None:
    if need.merged_into is not None:
        raise UnableToTakeUpNeeds(
            "merged",
            f"รับ {need.code} ไม่ได้ เพราะรวมกับ {need.canonical().code} แล้ว โปรดรับรายการนั้น",
            f"{need.code} was not taken up: it is merged into {need.canonical().code}. Take that one up.",
        )
    if need.withdrawn_at is not None:
        raise UnableToTakeUpNeeds(
            "withdrawn",
            f"รับ {need.code} ไม่ได้ เพราะชุมชนถอนแล้ว",
            f"{need.code} was not taken up: its community has withdrawn it.",
        )
    territory = project.owner.area
    if territory is not None and not lies_within(need.area, territory):
        raise UnableToTakeUpNeeds(
            "outside_area",
            f"รับ {need.code} ไม่ได้ เพราะ {need.area.name_th} อยู่นอกพื้นที่ของ {project.owner.name_th} โปรดให้หน่วยงานของพื้นที่รับ",
            f"{need.code} was not taken up: its place lies outside the area of the project's owner. "
            "Leave it to the body of that place.",
        )
    others = [answer for answer in queries.live_answers(need) if answer.owner_id != project.owner_id]
    if others:
        raise UnableToTakeUpNeeds(
            "answered_elsewhere",
            f"รับ {need.code} ไม่ได้ เพราะมี {others[0].code} ของ {others[0].owner.name_th} ตอบอยู่แล้ว (R36) "
            "โปรดรับโครงการนั้นที่ส่งต่อมา หรือให้เจ้าของถอนก่อน",
            f"{need.code} was not taken up: {others[0].code} of another body answers it (R36). "
            "Accept that project as handed over, or let its owner withdraw it.",
        )


def _check_proposal(need: Need) -> None:
    if need.response_kind == ResponseKind.SELF_HELP:
        raise UnableToProposeFromNeed(
            "self_help",
            f"เสนอ {need.code} เป็นโครงการไม่ได้ เพราะชุมชนทำเอง (R33) โปรดจำแนกใหม่หากต้องขอรับการสนับสนุน",
            f"{need.code} was not made a project: the community does it itself (R33). "
            "Classify it anew if it asks support.",
        )
    if need.merged_into is not None:
        raise UnableToProposeFromNeed(
            "merged",
            f"เสนอ {need.code} เป็นโครงการไม่ได้ เพราะรวมกับ {need.canonical().code} แล้ว โปรดเสนอรายการนั้น",
            f"{need.code} was not made a project: it is merged into {need.canonical().code}. Propose that one.",
        )
    if need.withdrawn_at is not None:
        raise UnableToProposeFromNeed(
            "withdrawn",
            f"เสนอ {need.code} เป็นโครงการไม่ได้ เพราะถอนแล้ว",
            f"{need.code} was not made a project: it is withdrawn.",
        )
    answer = queries.live_answers(need).first()
    if answer is not None:
        raise UnableToProposeFromNeed(
            "answered",
            f"เสนอ {need.code} เป็นโครงการไม่ได้ เพราะ {answer.code} ของ {answer.owner.name_th} ตอบอยู่แล้ว (R36)",
            f"{need.code} was not made a project: {answer.code} answers it already (R36).",
        )
