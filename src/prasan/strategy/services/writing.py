"""A level's strategy is written objective by objective, linked to the level above, and proclaimed for good."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.common.text import clean, search_key
from prasan.journal import services as journal
from prasan.strategy import access, queries, rules
from prasan.strategy.models import (
    Indicator,
    IndicatorTarget,
    Objective,
    ObjectiveLink,
    StrategyLevel,
    StrategyPlan,
)


class UnableToWriteStrategy(Refused):
    """The strategy is as before. Codes: not_allowed, unknown_level, no_title, years_backwards, proclaimed, taken_code,
    no_name, wrong_parent, other_plan, no_unit, no_targets, year_outside, not_above, linked_already, years_apart,
    incomplete, still_a_draft, changed_meanwhile."""


@transaction.atomic
def draft_plan(
    *,
    code: str,
    level: str,
    body: Body | None,
    title: str,
    first_year: int,
    last_year: int,
    actor: User,
    at: dt.datetime,
    vision: str = "",
    reference: str = "",
    certainty: str = "S",
) -> StrategyPlan:
    """Begin the strategy of a body for a span of fiscal years (Buddhist, both included)."""
    _may(actor, body, at)
    if level not in StrategyLevel.values:
        raise UnableToWriteStrategy("unknown_level", "ไม่รู้จักระดับนี้", "There is no such level.")
    if not clean(title):
        raise UnableToWriteStrategy("no_title", "แผนไม่มีชื่อ", "The plan has no title.")
    if last_year < first_year:
        raise UnableToWriteStrategy("years_backwards", "ปีสุดท้ายต้องไม่ก่อนปีแรก", "The last year is before the first.")
    try:
        with transaction.atomic():
            plan = StrategyPlan.objects.create(
                code=code, level=level, body=body, title_th=clean(title), vision=vision.strip(), first_year=first_year,
                last_year=last_year, reference=reference, certainty=certainty,
            )  # fmt: skip
    except IntegrityError as error:
        raise UnableToWriteStrategy("taken_code", f"มีแผนรหัส {code} แล้ว", f"There is a plan {code} already.") from error
    _journal(plan, "strategy.draft_plan", actor, at)
    return plan


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
) -> Objective:
    """Add an issue, a goal under an issue, or a strategy under a goal."""
    _may(actor, plan.body, at)
    _still_open(plan)
    if not clean(name) or not code.strip():
        raise UnableToWriteStrategy("no_name", "ไม่ได้ระบุรหัสหรือชื่อ", "The code or the name is missing.")
    if parent is not None and parent.plan_id != plan.pk:
        raise UnableToWriteStrategy("other_plan", "รายการแม่อยู่ในแผนอื่น", "The parent is of another plan.")
    if kind not in rules.PARENT_OF or rules.PARENT_OF[kind] != (parent.kind if parent is not None else None):
        raise UnableToWriteStrategy(
            "wrong_parent",
            "เป้าประสงค์อยู่ใต้ประเด็น กลยุทธ์อยู่ใต้เป้าประสงค์",
            "A goal stands under an issue, a strategy under a goal.",
        )
    last = plan.objectives.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            made = Objective.objects.create(
                plan=plan, parent=parent, kind=kind, code=code.strip(), position=last + 1, name_th=clean(name),
                name_key=search_key(clean(name))[:500],
            )  # fmt: skip
    except IntegrityError as error:
        raise UnableToWriteStrategy("taken_code", f"มีรหัส {code} แล้ว", f"There is a {code} already.") from error
    _journal(plan, "strategy.add_objective", actor, at, kind=kind, code=code.strip())
    return made


@transaction.atomic
def set_indicator(
    *,
    objective: Objective,
    name: str,
    unit: str,
    targets: Mapping[int, Decimal],
    actor: User,
    at: dt.datetime,
    baseline: Decimal | None = None,
    baseline_year: int | None = None,
) -> Indicator:
    """Say how an objective is measured: its unit, baseline, and the target of each fiscal year."""
    plan = objective.plan
    _may(actor, plan.body, at)
    _still_open(plan)
    if not clean(name) or not unit.strip():
        raise UnableToWriteStrategy("no_unit", "ตัวชี้วัดต้องมีชื่อและหน่วยนับ", "An indicator needs a name and a unit.")
    if not targets:
        raise UnableToWriteStrategy("no_targets", "ตัวชี้วัดต้องมีค่าเป้าหมาย (R40)", "An indicator needs targets (R40).")
    outside = [year for year in targets if not plan.first_year <= year <= plan.last_year]
    if outside:
        raise UnableToWriteStrategy(
            "year_outside", f"ปี {outside[0]} อยู่นอกช่วงของแผน", f"The year {outside[0]} is outside the plan."
        )
    last = objective.indicators.aggregate(last=Max("position"))["last"] or 0
    made = Indicator.objects.create(
        objective=objective, position=last + 1, name_th=clean(name), unit=unit.strip(), baseline=baseline,
        baseline_year=baseline_year,
    )  # fmt: skip
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=made, fiscal_year=year, value=value) for year, value in sorted(targets.items())
    )
    _journal(plan, "strategy.set_indicator", actor, at, objective=objective.code, name=clean(name))
    return made


@transaction.atomic
def link_up(*, below: Objective, above: Objective, actor: User, at: dt.datetime) -> ObjectiveLink:
    """Say which objective of a level above an objective answers; also after the plan was proclaimed."""
    _may(actor, below.plan.body, at)
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
    _journal(below.plan, "strategy.link_up", actor, at, below=below.code, above=f"{above.plan.code}/{above.code}")
    return link


@transaction.atomic
def proclaim_plan(
    *,
    plan: StrategyPlan,
    proclaimed_on: dt.date,
    by: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> StrategyPlan:
    """Proclaim a plan that has all six components (R40); from then on its tree never changes.

    LAO plans and agencies' projects must conform to the provincial one from that day (s.53/1, R01).
    """
    _may(actor, plan.body, at)
    _still_open(plan)
    missing = queries.missing_components(plan)
    if missing:
        th, en = (", ".join(words[n] for words in missing) for n in (0, 1))
        raise UnableToWriteStrategy(
            "incomplete", f"ประกาศไม่ได้ ยังขาด {th} (R40)", f"It cannot be proclaimed: {en} missing (R40)."
        )
    version = plan.version if seen_version is None else seen_version
    draft = StrategyPlan.objects.filter(pk=plan.pk, version=version, proclaimed_on=None)
    if not draft.update(proclaimed_on=proclaimed_on, proclaimed_by=by.strip(), version=F("version") + 1):
        raise UnableToWriteStrategy(
            "changed_meanwhile", "มีผู้แก้ก่อนท่าน โปรดเปิดดูใหม่", "Somebody changed it before you. Open it again."
        )
    plan.refresh_from_db()
    _journal(plan, "strategy.proclaim_plan", actor, at, proclaimed_on=proclaimed_on.isoformat(), by=by.strip())
    return plan


@transaction.atomic
def next_version(*, plan: StrategyPlan, actor: User, at: dt.datetime) -> StrategyPlan:
    """A new draft of a proclaimed plan, with its tree, indicators and links; the proclaimed one stays as it is."""
    _may(actor, plan.body, at)
    if plan.proclaimed_on is None:
        raise UnableToWriteStrategy("still_a_draft", "แผนนี้ยังเป็นร่าง", "This plan is still a draft.")
    last = StrategyPlan.objects.filter(code=plan.code).aggregate(last=Max("number"))["last"] or 0
    made = StrategyPlan.objects.create(
        code=plan.code, number=last + 1, level=plan.level, body=plan.body, title_th=plan.title_th, vision=plan.vision,
        title_en=plan.title_en, first_year=plan.first_year, last_year=plan.last_year, reference=plan.reference,
        certainty=plan.certainty,
    )  # fmt: skip
    copies: dict[int, Objective] = {}
    for one in plan.objectives.order_by("position").prefetch_related("indicators__targets", "links_up"):
        copies[one.pk] = Objective.objects.create(
            plan=made, parent=copies.get(one.parent_id or 0), kind=one.kind, code=one.code, position=one.position,
            name_th=one.name_th, name_en=one.name_en, name_key=one.name_key,
        )  # fmt: skip
        ObjectiveLink.objects.bulk_create(
            ObjectiveLink(below=copies[one.pk], above_id=link.above_id) for link in one.links_up.all()
        )
        for indicator in one.indicators.all():
            kept = Indicator.objects.create(
                objective=copies[one.pk], position=indicator.position, name_th=indicator.name_th,
                name_en=indicator.name_en, unit=indicator.unit, baseline=indicator.baseline,
                baseline_year=indicator.baseline_year,
            )  # fmt: skip
            IndicatorTarget.objects.bulk_create(
                IndicatorTarget(indicator=kept, fiscal_year=t.fiscal_year, value=t.value)
                for t in indicator.targets.all()
            )
    _journal(made, "strategy.next_version", actor, at, of=plan.number)
    return made


def _may(actor: User, body: Body | None, at: dt.datetime) -> None:
    if not access.can_write_strategy(actor, body=body, on=localdate(at)):
        raise UnableToWriteStrategy(
            "not_allowed",
            "ผู้เขียนแผนยุทธศาสตร์ได้คือเจ้าหน้าที่แผนของหน่วยงานเจ้าของแผน",
            "Only planning officers of the body whose strategy it is may write it.",
        )


def _still_open(plan: StrategyPlan) -> None:
    if plan.proclaimed_on is not None:
        raise UnableToWriteStrategy(
            "proclaimed",
            "แผนนี้ประกาศใช้แล้ว แก้ไม่ได้ โปรดทำฉบับถัดไป",
            "This plan is proclaimed and does not change. Begin the next version.",
        )


def _journal(plan: StrategyPlan, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    code = f"{plan.code}/{plan.number}"
    journal.record(at=at, actor=actor, act=act, subject=plan, subject_code=code, data={"level": plan.level, **data})
