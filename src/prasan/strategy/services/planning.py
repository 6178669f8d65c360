"""A level's strategy as a whole: begun, changed while a draft, proclaimed for good, followed by its next version."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.text import clean
from prasan.strategy import queries
from prasan.strategy.models import (
    Indicator,
    IndicatorTarget,
    Objective,
    ObjectiveLink,
    StrategyLevel,
    StrategyPlan,
)
from prasan.strategy.services.keeping import UnableToWriteStrategy, ask_right, note, take_draft


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
    ask_right(actor, body, at)
    if level not in StrategyLevel.values:
        raise UnableToWriteStrategy("unknown_level", "ไม่รู้จักระดับนี้", "There is no such level.")
    _check_head(title, first_year, last_year)
    try:
        with transaction.atomic():
            plan = StrategyPlan.objects.create(
                code=code, level=level, body=body, title_th=clean(title), vision=vision.strip(), first_year=first_year,
                last_year=last_year, reference=reference, certainty=certainty,
            )  # fmt: skip
    except IntegrityError as error:
        raise UnableToWriteStrategy("taken_code", f"มีแผนรหัส {code} แล้ว", f"There is a plan {code} already.") from error
    note(plan, "draft_plan", actor, at)
    return plan


@transaction.atomic
def revise_plan(
    *,
    plan: StrategyPlan,
    title: str,
    vision: str,
    reference: str,
    first_year: int,
    last_year: int,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> StrategyPlan:
    """Change the head of a draft. Its years cannot leave out a year that an indicator has a target for."""
    _check_head(title, first_year, last_year)
    outside = IndicatorTarget.objects.filter(indicator__objective__plan=plan)
    outside = outside.exclude(fiscal_year__gte=first_year, fiscal_year__lte=last_year)
    used = outside.values_list("fiscal_year", flat=True).first()
    if used is not None:
        raise UnableToWriteStrategy(
            "years_in_use",
            f"ตัดปี {used} ออกไม่ได้ เพราะมีตัวชี้วัดที่กำหนดค่าเป้าหมายของปีนั้น",
            f"The year {used} cannot be left out: an indicator has a target for it.",
        )
    take_draft(
        plan, actor=actor, at=at, seen_version=seen_version, title_th=clean(title), vision=vision.strip(),
        reference=reference.strip(), first_year=first_year, last_year=last_year,
    )  # fmt: skip
    note(plan, "revise_plan", actor, at)
    return plan


@transaction.atomic
def discard_draft(*, plan: StrategyPlan, actor: User, at: dt.datetime, seen_version: int | None = None) -> None:
    """Throw a draft away with its tree; a proclaimed plan stays for ever."""
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    note(plan, "discard_draft", actor, at, title=plan.title_th)
    plan.delete()


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
    version = plan.version if seen_version is None else seen_version
    take_draft(plan, actor=actor, at=at, seen_version=version)
    missing = queries.missing_components(plan)  # asked while the draft is ours, so that nobody takes a part away
    if missing:
        th, en = (", ".join(words[n] for words in missing) for n in (0, 1))
        raise UnableToWriteStrategy(
            "incomplete", f"ประกาศไม่ได้ ยังขาด {th} (R40)", f"It cannot be proclaimed: {en} missing (R40)."
        )
    StrategyPlan.objects.filter(pk=plan.pk).update(proclaimed_on=proclaimed_on, proclaimed_by=by.strip())
    plan.refresh_from_db()
    note(plan, "proclaim_plan", actor, at, proclaimed_on=proclaimed_on.isoformat(), by=by.strip())
    return plan


@transaction.atomic
def next_version(*, plan: StrategyPlan, actor: User, at: dt.datetime) -> StrategyPlan:
    """A new draft of a proclaimed plan, with its tree, indicators and links; the proclaimed one stays as it is."""
    ask_right(actor, plan.body, at)
    if plan.proclaimed_on is None:
        raise UnableToWriteStrategy("still_a_draft", "แผนนี้ยังเป็นร่าง", "This plan is still a draft.")
    # The row of the version that goes on is the lock: two officers do not begin two drafts of one plan.
    StrategyPlan.objects.select_for_update().get(pk=plan.pk)
    versions = StrategyPlan.objects.filter(code=plan.code)
    if versions.filter(proclaimed_on=None).exists():
        raise UnableToWriteStrategy(
            "draft_waiting",
            "มีร่างฉบับถัดไปอยู่แล้ว โปรดแก้ร่างนั้น",
            "There is a draft of the next version already; change that one.",
        )
    last = versions.aggregate(last=Max("number"))["last"] or 0
    made = StrategyPlan.objects.create(
        code=plan.code, number=last + 1, level=plan.level, body=plan.body, title_th=plan.title_th, vision=plan.vision,
        title_en=plan.title_en, first_year=plan.first_year, last_year=plan.last_year, reference=plan.reference,
        certainty=plan.certainty,
    )  # fmt: skip
    _copy_tree(plan, made)
    note(made, "next_version", actor, at, of=plan.number)
    return made


def _copy_tree(plan: StrategyPlan, made: StrategyPlan) -> None:
    copies: dict[int, Objective] = {}
    found = list(plan.objectives.order_by("position").prefetch_related("indicators__targets", "links_up"))
    for one in sorted(found, key=lambda one: ("ISSUE", "GOAL", "STRATEGY").index(one.kind)):
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


def _check_head(title: str, first_year: int, last_year: int) -> None:
    if not clean(title):
        raise UnableToWriteStrategy("no_title", "แผนไม่มีชื่อ", "The plan has no title.")
    if last_year < first_year:
        raise UnableToWriteStrategy("years_backwards", "ปีสุดท้ายต้องไม่ก่อนปีแรก", "The last year is before the first.")
