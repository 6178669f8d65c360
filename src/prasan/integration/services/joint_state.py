"""What the acts on a joint project share: the step from the version somebody saw, and its journal lines."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import F

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration.models import JointPartner, JointProject, JointState, PartnerAnswer
from prasan.journal import services as journal
from prasan.projects.models import Project


def must_be_proposed(joint: JointProject, refusal: type[Refused]) -> None:
    """Only what is proposed can still be arranged and answered."""
    if joint.state == JointState.AGREED:
        raise refusal(
            "agreed_already",
            f"โครงการร่วม {joint.project.code} ตกลงกันตามมติแล้ว หากจะเปลี่ยน โปรดยกเลิกการร่วมแล้วเสนอใหม่",
            f"Joint project {joint.project.code} is agreed by resolution. To change it, dissolve it and propose anew.",
        )
    if joint.state == JointState.DISSOLVED:
        raise refusal(
            "dissolved",
            f"โครงการร่วม {joint.project.code} ยกเลิกแล้ว",
            f"Joint project {joint.project.code} is dissolved.",
        )


def held(joint: JointProject, refusal: type[Refused], seen_version: int | None) -> None:
    """Hold the joint project as it was seen until the transaction ends, so that answers and the rest take turns.

    An answer does not count as a change: two bodies may answer the same page.
    """
    version = joint.version if seen_version is None else seen_version
    same = JointProject.objects.select_for_update(no_key=True).filter(pk=joint.pk, version=version, state=joint.state)
    if not list(same.values_list("pk")):
        raise refusal(*_changed(joint))


def step(joint: JointProject, refusal: type[Refused], seen_version: int | None, **changes: object) -> None:
    """Compare-and-set from the state and version that were seen; the second of two is told."""
    version = joint.version if seen_version is None else seen_version
    same = JointProject.objects.filter(pk=joint.pk, version=version, state=joint.state)
    if not same.update(version=F("version") + 1, **changes):
        raise refusal(*_changed(joint))
    joint.refresh_from_db()


def _changed(joint: JointProject) -> tuple[str, str, str]:
    return (
        "changed_meanwhile",
        f"มีผู้แก้ไขโครงการร่วม {joint.project.code} ก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
        f"Somebody changed joint project {joint.project.code} before you. Open it again and repeat.",
    )


def ask_again(joint: JointProject) -> int:
    """Whoever answered must answer again: it is not what they agreed to any more. How many must."""
    answered = JointPartner.objects.filter(joint=joint).exclude(answer=PartnerAnswer.PENDING)
    return answered.update(answer=PartnerAnswer.PENDING, reason="", answered_by=None, answered_at=None)


def tell(
    act: str,
    joint: JointProject,
    projects: Iterable[Project],
    actor: User,
    at: dt.datetime,
    data: Mapping[str, object],
) -> None:
    """One line for each project concerned, so that each can tell its own story."""
    common = {"joint": joint.pk, "standing": joint.project.code, **data}
    journal.record_many(
        at=at,
        actor=actor,
        entries=[
            journal.Line(act=f"integration.{act}", subject=one, subject_code=one.code, data=common) for one in projects
        ],
    )
