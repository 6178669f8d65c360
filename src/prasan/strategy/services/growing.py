"""The goal tree of a draft: objectives are added, renamed, moved and removed, and linked to a level above."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from prasan.accounts.models import User
from prasan.common.text import clean, search_key
from prasan.strategy import rules
from prasan.strategy.models import Objective, ObjectiveLink, StrategyPlan
from prasan.strategy.services.keeping import UnableToWriteStrategy, ask_right, note, take_draft


@transaction.atomic
def add_objective(
    *,
    plan: StrategyPlan,
    kind: str,
    code: str,
    name: str,
    actor: User,
    at: dt.datetime,
    parent: Objective | None = None,
    seen_version: int | None = None,
) -> Objective:
    """Add an issue, a goal under an issue, or a strategy under a goal."""
    _check_words(code, name)
    _check_parent(plan, kind, parent)
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    last = plan.objectives.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            made = Objective.objects.create(
                plan=plan, parent=parent, kind=kind, code=code.strip(), position=last + 1, name_th=clean(name),
                name_key=search_key(clean(name))[:500],
            )  # fmt: skip
    except IntegrityError as error:
        raise _taken(code) from error
    note(plan, "add_objective", actor, at, kind=kind, code=code.strip())
    return made


@transaction.atomic
def change_objective(
    *,
    objective: Objective,
    code: str,
    name: str,
    actor: User,
    at: dt.datetime,
    parent: Objective | None = None,
    seen_version: int | None = None,
) -> Objective:
    """Give an objective other words or another code, or put it under another parent of the right kind."""
    plan = objective.plan
    parent = parent or objective.parent
    _check_words(code, name)
    _check_parent(plan, objective.kind, parent)
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    try:
        with transaction.atomic():
            Objective.objects.filter(pk=objective.pk).update(
                code=code.strip(), name_th=clean(name), name_key=search_key(clean(name))[:500], parent=parent
            )
    except IntegrityError as error:
        raise _taken(code) from error
    note(plan, "change_objective", actor, at, of=objective.code, code=code.strip())
    objective.refresh_from_db()
    return objective


@transaction.atomic
def move_objective(
    *, objective: Objective, up: bool, actor: User, at: dt.datetime, seen_version: int | None = None
) -> None:
    """Change places with the neighbour before or after it under the same parent. Refused: `no_place` at the end."""
    plan = objective.plan
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    beside = list(plan.objectives.filter(parent=objective.parent_id, kind=objective.kind).order_by("position", "pk"))
    here = beside.index(objective)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(beside):
        raise UnableToWriteStrategy("no_place", "อยู่ลำดับแรกหรือสุดท้ายแล้ว", "It is the first or the last already.")
    places = [one.position for one in beside]
    beside[here], beside[there] = beside[there], beside[here]
    for one, position in zip(beside, places, strict=True):
        Objective.objects.filter(pk=one.pk).update(position=position)
    note(plan, "move_objective", actor, at, code=objective.code, up=up)


@transaction.atomic
def remove_objective(*, objective: Objective, actor: User, at: dt.datetime, seen_version: int | None = None) -> None:
    """Take an objective out of a draft with what hangs on it; no project answers a draft, so none is left behind."""
    plan = objective.plan
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    code, kind = objective.code, objective.kind
    objective.delete()
    note(plan, "remove_objective", actor, at, kind=kind, code=code)


@transaction.atomic
def link_up(*, below: Objective, above: Objective, actor: User, at: dt.datetime) -> ObjectiveLink:
    """Say which objective of a level above an objective answers; also after the plan was proclaimed."""
    ask_right(actor, below.plan.body, at)
    if not rules.is_above(above.plan.level, below.plan.level):
        raise UnableToWriteStrategy(
            "not_above", "เชื่อมได้กับระดับที่สูงกว่าเท่านั้น", "A link goes to a level above and to no other."
        )
    if above.plan.first_year > below.plan.last_year or above.plan.last_year < below.plan.first_year:
        raise UnableToWriteStrategy("years_apart", "ช่วงปีของสองแผนไม่ตรงกัน", "The years of the two plans do not meet.")
    try:
        with transaction.atomic():
            link = ObjectiveLink.objects.create(below=below, above=above)
    except IntegrityError as error:
        raise UnableToWriteStrategy("linked_already", "เชื่อมไว้แล้ว", "They are linked already.") from error
    note(below.plan, "link_up", actor, at, below=below.code, above=f"{above.plan.code}/{above.code}")
    return link


@transaction.atomic
def unlink_up(*, below: Objective, above: Objective, actor: User, at: dt.datetime) -> None:
    """Take a link to a level above back. Refused: `not_allowed`, `not_linked`."""
    ask_right(actor, below.plan.body, at)
    gone, _ = ObjectiveLink.objects.filter(below=below, above=above).delete()
    if not gone:
        raise UnableToWriteStrategy("not_linked", "ไม่ได้เชื่อมไว้", "They are not linked.")
    note(below.plan, "unlink_up", actor, at, below=below.code, above=f"{above.plan.code}/{above.code}")


def _check_words(code: str, name: str) -> None:
    if not clean(name) or not code.strip():
        raise UnableToWriteStrategy("no_name", "ไม่ได้ระบุรหัสหรือชื่อ", "The code or the name is missing.")


def _check_parent(plan: StrategyPlan, kind: str, parent: Objective | None) -> None:
    if parent is not None and parent.plan_id != plan.pk:
        raise UnableToWriteStrategy("other_plan", "รายการแม่อยู่ในแผนอื่น", "The parent is of another plan.")
    if kind not in rules.PARENT_OF or rules.PARENT_OF[kind] != (parent.kind if parent is not None else None):
        raise UnableToWriteStrategy(
            "wrong_parent",
            "เป้าประสงค์อยู่ใต้ประเด็น กลยุทธ์อยู่ใต้เป้าประสงค์",
            "A goal stands under an issue, a strategy under a goal.",
        )


def _taken(code: str) -> UnableToWriteStrategy:
    return UnableToWriteStrategy("taken_code", f"มีรหัส {code} แล้ว", f"There is a {code} already.")
