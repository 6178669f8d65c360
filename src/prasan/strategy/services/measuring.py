"""How an objective is measured: its indicators, each with a unit, a baseline and the target of each fiscal year."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from prasan.accounts.models import User
from prasan.common.text import clean
from prasan.strategy.models import Indicator, IndicatorTarget, Objective, StrategyPlan
from prasan.strategy.services.keeping import UnableToWriteStrategy, note, take_draft


@dataclass(frozen=True, slots=True)
class Measure:
    """What an indicator says; targets by fiscal year (Buddhist)."""

    name: str
    unit: str
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    baseline: Decimal | None = None
    baseline_year: int | None = None


@transaction.atomic
def set_indicator(
    *, objective: Objective, measure: Measure, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Indicator:
    """Say how an objective is measured. Refused: `no_unit`, `no_targets` (R40), `year_outside`, and of the draft."""
    plan = objective.plan
    _check(plan, measure)
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    last = objective.indicators.aggregate(last=Max("position"))["last"] or 0
    made = Indicator.objects.create(objective=objective, position=last + 1, **_fields(measure))
    _target(made, measure)
    note(plan, "set_indicator", actor, at, objective=objective.code, name=clean(measure.name))
    return made


@transaction.atomic
def change_indicator(
    *, indicator: Indicator, measure: Measure, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Indicator:
    """Say it otherwise; the targets are those given, and no others. Refused as `set_indicator`."""
    plan = indicator.objective.plan
    _check(plan, measure)
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    Indicator.objects.filter(pk=indicator.pk).update(**_fields(measure))
    indicator.targets.all().delete()
    _target(indicator, measure)
    note(plan, "change_indicator", actor, at, objective=indicator.objective.code, name=clean(measure.name))
    indicator.refresh_from_db()
    return indicator


@transaction.atomic
def remove_indicator(*, indicator: Indicator, actor: User, at: dt.datetime, seen_version: int | None = None) -> None:
    """Take an indicator out of a draft with its targets."""
    plan, objective = indicator.objective.plan, indicator.objective
    take_draft(plan, actor=actor, at=at, seen_version=seen_version)
    note(plan, "remove_indicator", actor, at, objective=objective.code, name=indicator.name_th)
    indicator.delete()


def _check(plan: StrategyPlan, measure: Measure) -> None:
    if not clean(measure.name) or not measure.unit.strip():
        raise UnableToWriteStrategy("no_unit", "ตัวชี้วัดต้องมีชื่อและหน่วยนับ", "An indicator needs a name and a unit.")
    if not measure.targets:
        raise UnableToWriteStrategy("no_targets", "ตัวชี้วัดต้องมีค่าเป้าหมาย (R40)", "An indicator needs targets (R40).")
    outside = [year for year in measure.targets if not plan.first_year <= year <= plan.last_year]
    if outside:
        raise UnableToWriteStrategy(
            "year_outside", f"ปี {outside[0]} อยู่นอกช่วงของแผน", f"The year {outside[0]} is outside the plan."
        )


def _fields(measure: Measure) -> dict[str, object]:
    return {
        "name_th": clean(measure.name),
        "unit": measure.unit.strip(),
        "baseline": measure.baseline,
        "baseline_year": measure.baseline_year,
    }


def _target(indicator: Indicator, measure: Measure) -> None:
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, fiscal_year=year, value=value)
        for year, value in sorted(measure.targets.items())
    )
