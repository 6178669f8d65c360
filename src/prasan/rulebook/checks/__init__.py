"""Rules a program can tell: plain values of a plan in, violations out, one function a rule."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prasan.rulebook.checks import items, whole
from prasan.rulebook.checks.facts import (
    AmendmentFacts,
    DecisionFacts,
    DispatchFacts,
    ItemFacts,
    PlanFacts,
    StrategyFacts,
    Violation,
)
from prasan.rulebook.checks.how import COMPUTED, GUARDED, GUARDS, OF_THE_YEAR, PEOPLE, how
from prasan.rulebook.rules import NOT_YET, Rule

__all__ = [
    "CHECKS", "COMPUTED", "GUARDED", "GUARDS", "OF_THE_YEAR", "PEOPLE", "AmendmentFacts", "DecisionFacts",
    "DispatchFacts", "Found", "ItemFacts", "PlanFacts", "StrategyFacts", "Violation", "applies", "check_plan", "how",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A rule's function and the types of plan it speaks of; none means every type."""

    run: Callable[[PlanFacts, Rule], Iterator[Violation]]
    plan_types: frozenset[str] = frozenset()
    every_era: bool = False  # an old rule that the acts of every system still ask


@dataclass(frozen=True, slots=True)
class Found:
    """A violation with the rule it breaks."""

    rule: Rule
    violation: Violation


def _of(*plan_types: str) -> frozenset[str]:
    return frozenset(plan_types)


FIVE_YEARS, REQUEST = "PROVINCIAL_5Y_PLAN", "PROVINCIAL_ANNUAL_REQUEST"
AREA_PLAN, ACTION_PLAN = "PROVINCIAL_ANNUAL_AREA_PLAN", "PROVINCIAL_ACTION_PLAN"
LOCAL_PLAN, VILLAGE_PLAN, NEEDS_PLAN = "LOCAL_PLAN", "VILLAGE_PLAN", "DISTRICT_NEEDS_PLAN"
ANNUAL, CLUSTER_ANNUAL = "PROVINCIAL_ANNUAL_ACTION_PLAN", "CLUSTER_ANNUAL_ACTION_PLAN"
OLD_TYPES = _of(FIVE_YEARS, REQUEST, AREA_PLAN, ACTION_PLAN)
OLD_ERAS = {"knp", "kalasin_2544"}
OLD_SYSTEMS = (
    "provincial_5y_2545", "annual_plan_2545", "annual_action_plan", "table_4_1", "table_4_2", "coordination_4_3",
    "method_2_7",
)  # fmt: skip

CHECKS: dict[str, Check] = {
    "linked_to_the_proclaimed_plan": Check(
        items.linked_to_the_proclaimed_plan, _of(LOCAL_PLAN, "LOCAL_ACTION_PLAN", ANNUAL)
    ),
    "five_year_item_is_complete": Check(items.five_year_item_is_complete, _of(FIVE_YEARS)),
    "annual_item_confirms_a_five_year_item": Check(items.annual_item_confirms_a_five_year_item, _of(REQUEST)),
    "annual_item_is_complete": Check(items.annual_item_is_complete, _of(REQUEST)),
    "request_is_sent_in_time": Check(whole.request_is_sent_in_time, _of(REQUEST)),
    "endorsed_before_it_was_sent": Check(whole.endorsed_before_it_was_sent, _of("TAMBON_PLAN", LOCAL_PLAN)),
    "district_item_is_complete": Check(items.district_item_is_complete, _of("DISTRICT_PLAN")),
    "area_plan_stays_in_the_province": Check(whole.area_plan_stays_in_the_province, _of(AREA_PLAN)),
    "action_item_is_funded": Check(items.action_item_is_funded, _of(ACTION_PLAN)),
    "action_plan_goes_to_everybody": Check(whole.action_plan_goes_to_everybody, _of(ACTION_PLAN)),
    "no_undecided_duplicates": Check(whole.no_undecided_duplicates, every_era=True),
    "need_is_classified": Check(items.need_is_classified),
    "community_plan_is_sent_in_time": Check(whole.community_plan_is_sent_in_time, _of(VILLAGE_PLAN)),
    "request_is_taken_or_forwarded": Check(items.request_is_taken_or_forwarded, _of(VILLAGE_PLAN, NEEDS_PLAN)),
    "goes_up_one_level_at_a_time": Check(items.goes_up_one_level_at_a_time, _of(LOCAL_PLAN, NEEDS_PLAN)),
    "six_components": Check(whole.six_components, _of("PROVINCIAL_PLAN", "CLUSTER_PLAN")),
    "action_plan_item_is_complete": Check(items.action_plan_item_is_complete, _of(ANNUAL, CLUSTER_ANNUAL)),
    "agency_told_the_province": Check(items.agency_told_the_province, _of(ANNUAL)),
    "agency_told_in_time": Check(items.agency_told_in_time, _of(ANNUAL)),
    "local_plan_is_finished_in_time": Check(whole.local_plan_is_finished_in_time, _of(LOCAL_PLAN)),
    "needs_plan_holds_what_is_beyond_capacity": Check(items.needs_plan_holds_what_is_beyond_capacity, _of(NEEDS_PLAN)),
    "details_go_to_agencies": Check(whole.details_go_to_agencies, _of(ANNUAL)),
    "requests_are_ranked": Check(whole.requests_are_ranked, _of(ANNUAL, CLUSTER_ANNUAL)),
    "amendment_is_typed_and_numbered": Check(whole.amendment_is_typed_and_numbered),
    "decision_is_complete": Check(whole.decision_is_complete),
}
"""By the rules' `check` keys. R46 is of a year, not of a plan: see `reporting`."""


def applies(rule: Rule, plan: PlanFacts) -> bool:
    """Whether a rule speaks of this plan on its day; rules of old systems speak of those systems' plans only."""
    check = CHECKS.get(rule.check)
    if check is None or rule.state_on(plan.on) == NOT_YET:
        return False
    if check.plan_types and plan.plan_type not in check.plan_types:
        return False
    old = bool(rule.eras) and {era.key for era in rule.eras} <= OLD_ERAS
    return not old or check.every_era or plan.plan_type in OLD_TYPES or plan.system in OLD_SYSTEMS


def check_plan(plan: PlanFacts, rules: Iterable[Rule]) -> Sequence[Found]:
    """Everything in which a plan does not keep the rules, in the order of the rules and of its items."""
    return [
        Found(rule, violation)
        for rule in rules
        if applies(rule, plan)
        for violation in CHECKS[rule.check].run(plan, rule)
    ]
