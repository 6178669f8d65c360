"""A draft written as a whole, as it comes from a workbook: its head and tree become what is given, or nothing does."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from prasan.accounts.models import User
from prasan.common.text import clean, search_key
from prasan.strategy import rules
from prasan.strategy.models import Indicator, IndicatorTarget, Objective, ObjectiveLink, StrategyPlan
from prasan.strategy.services.keeping import UnableToWriteStrategy, note, take_draft
from prasan.strategy.services.measuring import Measure


@dataclass(frozen=True, slots=True)
class Written:
    """One objective with what hangs on it; `above` are the objectives it answers."""

    kind: str
    code: str
    name: str
    measures: tuple[Measure, ...] = ()
    above: tuple[Objective, ...] = ()
    children: tuple["Written", ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the tree."""

    title: str
    vision: str
    reference: str
    first_year: int
    last_year: int


@transaction.atomic
def rewrite_plan(*, plan: StrategyPlan, head: Head, tree: tuple[Written, ...], actor: User, at: dt.datetime) -> bool:
    """Make a draft what is given; False, with nothing written, when it is that already.

    Refused: of the draft, `taken_code` (one number twice), `not_above`.
    """
    if _head_of(plan) == head and _tree_of(plan) == _plain(tree):
        return False
    take_draft(
        plan, actor=actor, at=at, seen_version=None, title_th=clean(head.title), vision=head.vision.strip(),
        reference=head.reference.strip(), first_year=head.first_year, last_year=head.last_year,
    )  # fmt: skip
    plan.objectives.all().delete()
    try:
        with transaction.atomic():
            count = _write(plan, tree, None, 0)
    except IntegrityError as error:
        raise UnableToWriteStrategy("taken_code", "มีลำดับซ้ำกันในแผน", "One number stands twice in the plan.") from error
    note(plan, "rewrite_plan", actor, at, objectives=count)
    return True


def _write(plan: StrategyPlan, nodes: tuple[Written, ...], parent: Objective | None, position: int) -> int:
    for node in nodes:
        position += 1
        made = Objective.objects.create(
            plan=plan, parent=parent, kind=node.kind, code=node.code, position=position, name_th=clean(node.name),
            name_key=search_key(clean(node.name))[:500],
        )  # fmt: skip
        for above in node.above:
            if not rules.is_above(above.plan.level, plan.level):
                raise UnableToWriteStrategy(
                    "not_above", "เชื่อมได้กับระดับที่สูงกว่าเท่านั้น", "A link goes to a level above and to no other."
                )
            ObjectiveLink.objects.create(below=made, above=above)
        for place, measure in enumerate(node.measures, start=1):
            kept = Indicator.objects.create(
                objective=made, position=place, name_th=clean(measure.name), unit=measure.unit.strip(),
                baseline=measure.baseline, baseline_year=measure.baseline_year,
            )  # fmt: skip
            IndicatorTarget.objects.bulk_create(
                IndicatorTarget(indicator=kept, fiscal_year=year, value=value)
                for year, value in sorted(measure.targets.items())
            )
        position = _write(plan, node.children, made, position)
    return position


def _head_of(plan: StrategyPlan) -> Head:
    return Head(plan.title_th, plan.vision, plan.reference, plan.first_year, plan.last_year)


def _plain(tree: tuple[Written, ...]) -> list[object]:
    return [
        (
            node.kind, node.code, clean(node.name), sorted(one.pk for one in node.above),
            [
                (clean(m.name), m.unit.strip(), m.baseline, m.baseline_year, sorted(m.targets.items()))
                for m in node.measures
            ],
            _plain(node.children),
        )
        for node in tree
    ]  # fmt: skip


def _tree_of(plan: StrategyPlan) -> list[object]:
    return _plain(tree_of(plan))


def tree_of(plan: StrategyPlan) -> tuple[Written, ...]:
    """The tree of a plan in the shape it is written in."""
    found = list(
        plan.objectives.order_by("position", "pk").prefetch_related("indicators__targets", "links_up__above__plan")
    )

    def under(parent: int | None) -> tuple[Written, ...]:
        return tuple(
            Written(
                one.kind,
                one.code,
                one.name_th,
                tuple(_measure_of(indicator) for indicator in one.indicators.all()),
                tuple(link.above for link in one.links_up.all()),
                under(one.pk),
            )
            for one in found
            if one.parent_id == parent
        )

    return under(None)


def _measure_of(indicator: Indicator) -> Measure:
    targets = {target.fiscal_year: target.value for target in indicator.targets.all()}
    return Measure(indicator.name_th, indicator.unit, targets, indicator.baseline, indicator.baseline_year)
