"""What every act on a strategy begins and ends with: the right, the draft nobody changed meanwhile, the journal."""

import datetime as dt

from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.strategy import access
from prasan.strategy.models import StrategyPlan


class UnableToWriteStrategy(Refused):
    """The strategy is as before. Codes: not_allowed, unknown_level, no_title, years_backwards, years_in_use,
    proclaimed, taken_code, no_name, wrong_parent, other_plan, no_place, no_unit, no_targets, year_outside,
    not_above, linked_already, not_linked, years_apart, incomplete, still_a_draft, draft_waiting, changed_meanwhile."""


def ask_right(actor: User, body: Body | None, at: dt.datetime) -> None:
    """Only people of the body whose strategy it is, or of its office."""
    if not access.can_write_strategy(actor, body=body, on=localdate(at)):
        raise UnableToWriteStrategy(
            "not_allowed",
            "ผู้เขียนแผนยุทธศาสตร์ได้คือเจ้าหน้าที่แผนของหน่วยงานเจ้าของแผน",
            "Only planning officers of the body whose strategy it is may write it.",
        )


def take_draft(
    plan: StrategyPlan, *, actor: User, at: dt.datetime, seen_version: int | None, **changes: object
) -> None:
    """Take a draft for one change: asks the right, and tells who comes second; a proclaimed plan never changes.

    The plan's version counts every change of its tree too, so whoever writes on what they saw earlier is told.
    """
    ask_right(actor, plan.body, at)
    seen = StrategyPlan.objects.filter(pk=plan.pk, proclaimed_on=None)
    if seen_version is not None:
        seen = seen.filter(version=seen_version)
    if not seen.update(version=F("version") + 1, **changes):
        _refuse(plan)
    plan.refresh_from_db()


def _refuse(plan: StrategyPlan) -> None:
    """Say why a plan was not changed: it is proclaimed, or somebody else changed it first."""
    if StrategyPlan.objects.filter(pk=plan.pk, proclaimed_on__isnull=False).exists():
        raise UnableToWriteStrategy(
            "proclaimed",
            "แผนนี้ประกาศใช้แล้ว แก้ไม่ได้ โปรดทำฉบับถัดไป",
            "This plan is proclaimed and does not change. Begin the next version.",
        )
    raise UnableToWriteStrategy(
        "changed_meanwhile",
        "มีผู้แก้แผนนี้ก่อนท่าน สิ่งที่ท่านเขียนยังไม่ได้บันทึก โปรดเปิดดูใหม่",
        "Somebody changed this plan before you. What you wrote is not kept; open it again.",
    )


def note(plan: StrategyPlan, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    """Keep who did what with a plan."""
    code = f"{plan.code}/{plan.number}"
    data = {"level": plan.level, **data}
    journal.record(at=at, actor=actor, act=f"strategy.{act}", subject=plan, subject_code=code, data=data)
