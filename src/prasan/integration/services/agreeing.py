"""Each partner answers for itself; when all agree and a committee has resolved it, the joint project is agreed."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import access, joint_rules
from prasan.integration.joints import is_over, lead_of, members_that_left, originals_of, share_gaps
from prasan.integration.models import JointPartner, JointProject, JointState, PartnerAnswer
from prasan.integration.services.joint_state import held, must_be_proposed, step, tell
from prasan.meetings.models import DecisionKind, Outcome, Resolution


class UnableToAnswerJoint(Refused):
    """The body's answer is as before."""


class UnableToConfirmJoint(Refused):
    """The joint project is still a proposal."""


@transaction.atomic
def agree_to_joint(
    *, partner: JointPartner, actor: User, at: dt.datetime, reason: str = "", seen_version: int | None = None
) -> JointPartner:
    """A body agrees, for itself, to the joint project as it is: its part, its share, its tasks (AFP step 7).

    Refused: `not_allowed`, `agreed_already`, `dissolved`, `answered_already`, `changed_meanwhile`.
    """
    return _answer(partner, PartnerAnswer.AGREED, reason, actor, at, seen_version)


@transaction.atomic
def decline_joint(
    *, partner: JointPartner, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> JointPartner:
    """A body declines and says why; it may agree later, to this or to other shares and tasks.

    Refused: `not_allowed`, `no_reason`, `agreed_already`, `dissolved`, `answered_already`, `changed_meanwhile`.
    """
    return _answer(partner, PartnerAnswer.DECLINED, reason, actor, at, seen_version)


@transaction.atomic
def confirm_joint(
    *,
    joint: JointProject,
    resolution: Resolution,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> JointProject:
    """Agreed: every partner said yes, the money adds up, and a committee over all of it resolved it (R31, R72).

    Every owner, and every village whose request is in it, gets the answer. Refused: `not_allowed`,
    `agreed_already`, `dissolved`, `member_left`, `partner_declined`, `partner_waiting`, `shares_off`,
    `not_resolved`, `not_their_committee`, `changed_meanwhile`.
    """
    code = joint.project.code
    if not access.can_confirm_joint(actor, joint=joint, on=localdate(at)):
        raise UnableToConfirmJoint(
            "not_allowed",
            f"ยืนยันโครงการร่วม {code} ไม่ได้ เพราะผู้ยืนยันได้คือหน่วยงานหลัก หรืออำเภอหรือจังหวัดที่ดูแลทุกโครงการ",
            f"Joint project {code} was not confirmed: the lead does it, or the district or province over all.",
        )
    must_be_proposed(joint, UnableToConfirmJoint)
    held(joint, UnableToConfirmJoint, seen_version)
    _check(joint, resolution)
    step(
        joint,
        UnableToConfirmJoint,
        seen_version,
        state=JointState.AGREED,
        resolution=resolution,
        agreed_by=actor,
        agreed_at=at,
    )
    data = {"state": joint.state, "resolution": resolution.number, "body": lead_of(joint).name_th}
    tell("confirm_joint", joint, originals_of(joint), actor, at, data)
    return joint


def _answer(
    partner: JointPartner, answer: str, reason: str, actor: User, at: dt.datetime, seen_version: int | None
) -> JointPartner:
    joint, body = partner.joint, partner.body
    code = joint.project.code
    if not access.can_answer_joint(actor, partner=partner, on=localdate(at)):
        raise UnableToAnswerJoint(
            "not_allowed",
            f"ตอบเรื่องโครงการร่วม {code} แทน{body.name_th}ไม่ได้ แต่ละหน่วยงานตอบเอง",
            f"{body.name_en or body.name_th} did not answer on joint project {code}: each body answers for itself.",
        )
    must_be_proposed(joint, UnableToAnswerJoint)
    if answer == PartnerAnswer.DECLINED and not reason.strip():
        raise UnableToAnswerJoint(
            "no_reason",
            f"ตอบไม่ตกลงเรื่องโครงการร่วม {code} ไม่ได้ เพราะไม่มีเหตุผล หน่วยงานอื่นจะอ่านเหตุผลนี้",
            f"Joint project {code} was not declined: no reason given. The others will read it.",
        )
    held(joint, UnableToAnswerJoint, seen_version)
    partner.refresh_from_db(fields=["answer", "reason"])
    if partner.answer == answer:
        raise UnableToAnswerJoint(
            "answered_already",
            f"{body.name_th}ตอบเรื่องโครงการร่วม {code} เช่นนี้ไปแล้ว",
            f"{body.name_en or body.name_th} has given this answer on joint project {code} already.",
        )
    JointPartner.objects.filter(pk=partner.pk).update(
        answer=answer, reason=reason.strip(), answered_by=actor, answered_at=at
    )
    partner.refresh_from_db()
    act = "agree_to_joint" if answer == PartnerAnswer.AGREED else "decline_joint"
    data = {"body": body.name_th, "state": answer, "reason": reason.strip()}
    tell(act, joint, [joint.project], actor, at, data)
    return partner


def _check(joint: JointProject, resolution: Resolution) -> None:
    answers = [(partner.body, partner.answer) for partner in joint.partners.select_related("body").order_by("pk")]
    problem = joint_rules.confirming_problem(
        waiting=[body.name_th for body, answer in answers if answer == PartnerAnswer.PENDING],
        declined=[body.name_th for body, answer in answers if answer == PartnerAnswer.DECLINED],
        gaps=share_gaps(joint),
        left=[one.code for one in members_that_left(joint)],
        adopted=resolution.outcome == Outcome.ADOPTED and resolution.decision_kind != DecisionKind.FOR_INFORMATION,
        over_all=is_over(resolution.item.meeting.committee, joint),
    )
    if problem is not None:
        code, th, en = problem
        raise UnableToConfirmJoint(
            code,
            f"ยืนยันโครงการร่วม {joint.project.code} ไม่ได้ เพราะ{th}",
            f"Joint project {joint.project.code} was not confirmed: {en}.",
        )
