"""Who pays how much in which year out of which budget, and what is done in what order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.integration import access, joint_rules
from prasan.integration.joints import planned_by_year
from prasan.integration.models import CostShare, JointProject, JointTask, MoneySource
from prasan.integration.services.joint_state import ask_again, must_be_proposed, step, tell


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """What a body is to bring in a year out of a source, integer satang."""

    body: Body
    fiscal_year: int
    source: str
    amount_satang: int

    def key(self) -> tuple[int, int, str]:
        return self.body.pk, self.fiscal_year, str(self.source)


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A piece of work: its number in the list, whose it is, when (half-open), and after which number."""

    ordinal: int
    title: str
    body: Body
    starts_on: dt.date
    ends_before: dt.date
    after: int | None = None


class UnableToSetCostShares(Refused):
    """The shares are as before."""


class UnableToSetJointTasks(Refused):
    """The tasks are as before."""


@transaction.atomic
def set_cost_shares(
    *,
    joint: JointProject,
    shares: Sequence[ShareDraft],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> JointProject:
    """Share the money of every year among the partners; it must come to what is planned, to the satang.

    Partners that had answered are asked again. Nothing is written where it says so already. Refused:
    `not_allowed`, `agreed_already`, `dissolved`, `not_a_partner`, `unknown_source`, `not_positive`,
    `share_twice`, `shares_off`, `changed_meanwhile`.
    """
    code = joint.project.code
    if not access.can_arrange_joint(actor, joint=joint, on=localdate(at)):
        raise UnableToSetCostShares(
            "not_allowed",
            f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะผู้กำหนดได้คือหน่วยงานหลัก หรืออำเภอหรือจังหวัดที่ดูแลทุกโครงการ",
            f"The costs of {code} were not shared out: the lead does it, or the district or province over all.",
        )
    must_be_proposed(joint, UnableToSetCostShares)
    _check_shares(joint, shares)
    now = {(row.body_id, row.fiscal_year, row.source): row.amount_satang for row in joint.shares.all()}
    wanted = {draft.key(): draft.amount_satang for draft in shares}
    if now == wanted:
        return joint
    step(joint, UnableToSetCostShares, seen_version)
    joint.shares.all().delete()
    CostShare.objects.bulk_create(
        CostShare(joint=joint, body_id=body, fiscal_year=year, source=source, amount_satang=satang)
        for (body, year, source), satang in sorted(wanted.items())
    )
    data = {
        "shares": [
            {
                "body": draft.body.code,
                "fiscal_year": draft.fiscal_year,
                "source": draft.source,
                "satang": draft.amount_satang,
            }
            for draft in sorted(shares, key=ShareDraft.key)
        ],
        "asked_again": ask_again(joint),
    }
    tell("set_cost_shares", joint, [joint.project], actor, at, data)
    return joint


@transaction.atomic
def set_joint_tasks(
    *,
    joint: JointProject,
    tasks: Sequence[TaskDraft],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> JointProject:
    """Say what is done by whom, when, and after what; the whole list at once.

    Partners that had answered are asked again. Nothing is written where it says so already. Refused:
    `not_allowed`, `agreed_already`, `dissolved`, `not_a_partner`, `ordinal_twice`, `no_title`,
    `ends_before_it_begins`, `unknown_task`, `circle`, `too_early`, `changed_meanwhile`.
    """
    code = joint.project.code
    if not access.can_arrange_joint(actor, joint=joint, on=localdate(at)):
        raise UnableToSetJointTasks(
            "not_allowed",
            f"กำหนดงานของ {code} ไม่ได้ เพราะผู้กำหนดได้คือหน่วยงานหลัก หรืออำเภอหรือจังหวัดที่ดูแลทุกโครงการ",
            f"The tasks of {code} were not set: the lead does it, or the district or province over all.",
        )
    must_be_proposed(joint, UnableToSetJointTasks)
    _check_tasks(joint, tasks)
    if _as_lines(joint) == sorted((_line(draft), draft.body.pk) for draft in tasks):
        return joint
    step(joint, UnableToSetJointTasks, seen_version)
    _replace(joint, tasks)
    data = {
        "tasks": [
            {
                "ordinal": draft.ordinal,
                "title": draft.title.strip(),
                "body": draft.body.code,
                "starts_on": draft.starts_on.isoformat(),
                "ends_before": draft.ends_before.isoformat(),
                "after": draft.after,
            }
            for draft in sorted(tasks, key=lambda draft: draft.ordinal)
        ],
        "asked_again": ask_again(joint),
    }
    tell("set_joint_tasks", joint, [joint.project], actor, at, data)
    return joint


def _replace(joint: JointProject, tasks: Sequence[TaskDraft]) -> None:
    joint.tasks.all().delete()
    made = {
        task.ordinal: task
        for task in JointTask.objects.bulk_create(
            JointTask(
                joint=joint,
                ordinal=draft.ordinal,
                title=draft.title.strip(),
                body=draft.body,
                starts_on=draft.starts_on,
                ends_before=draft.ends_before,
            )
            for draft in sorted(tasks, key=lambda draft: draft.ordinal)
        )
    }
    following = [draft for draft in tasks if draft.after is not None]
    for draft in following:
        made[draft.ordinal].after = made[draft.after] if draft.after is not None else None
    JointTask.objects.bulk_update([made[draft.ordinal] for draft in following], ["after"])


Line = tuple[int, str, dt.date, dt.date, int]


def _line(draft: TaskDraft) -> Line:
    return draft.ordinal, draft.title.strip(), draft.starts_on, draft.ends_before, draft.after or 0


def _as_lines(joint: JointProject) -> list[tuple[Line, int]]:
    rows = joint.tasks.select_related("after")
    return sorted(
        ((t.ordinal, t.title, t.starts_on, t.ends_before, t.after.ordinal if t.after else 0), t.body_id) for t in rows
    )


def _partners(joint: JointProject) -> set[int]:
    return set(joint.partners.values_list("body_id", flat=True))


def _check_shares(joint: JointProject, shares: Sequence[ShareDraft]) -> None:
    code, partners = joint.project.code, _partners(joint)
    for draft in shares:
        if draft.body.pk not in partners:
            raise UnableToSetCostShares(
                "not_a_partner",
                f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะ{draft.body.name_th}ไม่ได้ร่วมโครงการนี้",
                f"The costs of {code} were not shared out: {draft.body.name_en or draft.body.name_th} takes no part.",
            )
        if draft.source not in MoneySource.values:
            raise UnableToSetCostShares(
                "unknown_source",
                f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะไม่รู้จักแหล่งเงิน {draft.source}",
                f"The costs of {code} were not shared out: {draft.source} is no source of money.",
            )
        if draft.amount_satang <= 0:
            raise UnableToSetCostShares(
                "not_positive",
                f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะส่วนแบ่งต้องมากกว่าศูนย์ หากไม่จ่ายให้ลบแถวนั้น",
                f"The costs of {code} were not shared out: a share is more than nothing; leave the row out instead.",
            )
    if len({draft.key() for draft in shares}) < len(shares):
        raise UnableToSetCostShares(
            "share_twice",
            f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะหน่วยงาน ปี และแหล่งเงินเดียวกันมีสองแถว โปรดรวมเป็นแถวเดียว",
            f"The costs of {code} were not shared out: a body, year and source stand in two rows. Make it one.",
        )
    gaps = joint_rules.share_gaps(
        planned_by_year(joint.project), ((draft.fiscal_year, draft.amount_satang) for draft in shares)
    )
    if gaps:
        raise UnableToSetCostShares(
            "shares_off",
            f"แบ่งค่าใช้จ่ายของ {code} ไม่ได้ เพราะรวมแล้วไม่เท่ากับเงินตามแผน: {joint_rules.said_th(gaps)}",
            f"The costs of {code} were not shared out: they do not add up to the plan: {joint_rules.said_en(gaps)}.",
        )


def _check_tasks(joint: JointProject, tasks: Sequence[TaskDraft]) -> None:
    code, partners = joint.project.code, _partners(joint)
    outside = next((draft.body for draft in tasks if draft.body.pk not in partners), None)
    problem = (
        (
            "not_a_partner",
            f"{outside.name_th}ไม่ได้ร่วมโครงการนี้",
            f"{outside.name_en or outside.name_th} takes no part in it",
        )
        if outside is not None
        else joint_rules.order_problem(
            [
                joint_rules.TaskLine(d.ordinal, d.title, d.starts_on, d.ends_before, d.after)
                for d in sorted(tasks, key=lambda d: d.ordinal)
            ]
        )
    )
    if problem is not None:
        refused, th, en = problem
        raise UnableToSetJointTasks(
            refused, f"กำหนดงานของ {code} ไม่ได้ เพราะ{th}", f"The tasks of {code} were not set: {en}."
        )
