"""The checks of rules by plain values: what is told, of which plan, and that all 72 rules say how they are kept."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from prasan.rulebook import load
from prasan.rulebook.checks import (
    CHECKS,
    COMPUTED,
    GUARDED,
    GUARDS,
    OF_THE_YEAR,
    PEOPLE,
    AmendmentFacts,
    DecisionFacts,
    DispatchFacts,
    ItemFacts,
    PlanFacts,
    StrategyFacts,
    applies,
    check_plan,
    how,
)
from prasan.rulebook.checks.reporting import two_reports_a_year

TODAY = dt.date(2024, 3, 1)
GOOD = ItemFacts(
    code="56-2569-00001", area_known=True, target="1 สาย", programme="เคหะและชุมชน", responsible="กองช่าง",
    planned_satang=100, budgeted_satang=100, linked=True, confirms=True, forwarded=True, beyond_capacity=True,
    notified_on=TODAY,
)  # fmt: skip
NEED = replace(GOOD, code="N1", is_need=True, asks_support=True)


def _plan(plan_type: str, *items: ItemFacts, **said: Any) -> PlanFacts:
    plan = PlanFacts(plan_type=plan_type, fiscal_year=2569, on=TODAY, finished_on=TODAY, items=items)
    return replace(plan, **said)


def _found(plan: PlanFacts) -> list[tuple[str, str]]:
    return [(one.rule.id, one.violation.subject) for one in check_plan(plan, load().rules)]


def _letter(*kinds: str, on: dt.date = TODAY, names: tuple[str, ...] = ()) -> DispatchFacts:
    return DispatchFacts(on, frozenset(kinds), names)


BAD_ITEMS = [
    ("R01", "LOCAL_PLAN", replace(GOOD, linked=False), {"plan_in_force": "แผนพัฒนาจังหวัด"}),
    ("R06", "PROVINCIAL_5Y_PLAN", replace(GOOD, target=""), {}),
    ("R08", "PROVINCIAL_ANNUAL_REQUEST", replace(GOOD, confirms=False), {}),
    ("R10", "PROVINCIAL_ANNUAL_REQUEST", replace(GOOD, programme=""), {}),
    ("R19", "DISTRICT_PLAN", replace(GOOD, area_known=False), {"system": "annual_plan_2545"}),
    ("R26", "PROVINCIAL_ACTION_PLAN", replace(GOOD, budgeted_satang=None), {}),
    ("R26", "PROVINCIAL_ACTION_PLAN", replace(GOOD, budgeted_satang=99), {}),
    ("R33", "VILLAGE_PLAN", replace(NEED, classified=False), {}),
    ("R36", "VILLAGE_PLAN", replace(NEED, forwarded=False), {}),
    ("R36", "DISTRICT_NEEDS_PLAN", replace(GOOD, not_taken_without_coordinator=True), {}),
    ("R37", "LOCAL_PLAN", replace(GOOD, asks_coordination=True, forwarded=False), {}),
    ("R37", "LOCAL_PLAN", replace(GOOD, skipped_level=True), {}),
    ("R42", "PROVINCIAL_ANNUAL_ACTION_PLAN", replace(GOOD, planned_satang=None), {}),
    ("R48", "PROVINCIAL_ANNUAL_ACTION_PLAN", replace(GOOD, owner_is_agency=True, notified_on=None), {}),
    ("R56", "DISTRICT_NEEDS_PLAN", replace(GOOD, beyond_capacity=False), {}),
]


@pytest.mark.parametrize(("rule", "plan_type", "item", "said"), BAD_ITEMS)
def test_an_item_that_does_not_keep_its_rule_is_found_and_nothing_else(
    rule: str, plan_type: str, item: ItemFacts, said: dict[str, object]
) -> None:
    plan = _plan(plan_type, item, dispatches=(), **said)
    without = _plan(plan_type, replace(GOOD if not item.is_need else NEED, code=item.code), **said)
    assert [one for one in _found(plan) if one not in _found(without)] == [(rule, item.code)]


WHOLE = [
    ("R14", "PROVINCIAL_ANNUAL_REQUEST", {"on": dt.date(2024, 9, 16)}, {"on": dt.date(2024, 9, 15)}),
    (
        "R14",
        "PROVINCIAL_ANNUAL_REQUEST",
        {"dispatches": (_letter("MINISTRY"),)},
        {"dispatches": (_letter("MINISTRY", names=("กระทรวงมหาดไทย", "ฝ่ายเลขานุการ กนภ.")),)},
    ),
    (
        "R16",
        "TAMBON_PLAN",
        {"system": "annual_plan_2545", "dispatches": (_letter("DISTRICT"),)},
        {
            "system": "annual_plan_2545",
            "dispatches": (_letter("DISTRICT"),),
            "decisions": (DecisionFacts("1", TODAY, "ENDORSE", "กสต.", "1/2567", "1", 5, 4),),
        },
    ),
    (
        "R25",
        "PROVINCIAL_ANNUAL_AREA_PLAN",
        {"dispatches": (_letter("MINISTRY"),)},
        {"dispatches": (_letter("PROVINCIAL_OFFICE"),)},
    ),
    (
        "R27",
        "PROVINCIAL_ACTION_PLAN",
        {"dispatches": (_letter("MINISTRY"),)},
        {
            "dispatches": (
                _letter("MINISTRY", names=("สป.มท. กระทรวงมหาดไทย", "ฝ่ายเลขานุการ กนภ.")),
                _letter("PROVINCIAL_OFFICE", "DISTRICT", "SAO"),
            )
        },
    ),
    ("R34", "VILLAGE_PLAN", {"finished_on": dt.date(2024, 4, 1)}, {"finished_on": dt.date(2024, 3, 31)}),
    ("R40", "PROVINCIAL_PLAN", {}, {"strategy": StrategyFacts(True, 1, 1, 1, 1, 0)}),
    (
        "R40",
        "CLUSTER_PLAN",
        {"strategy": StrategyFacts(True, 1, 1, 1, 2, 1)},
        {"strategy": StrategyFacts(True, 1, 1, 1, 2, 0)},
    ),
    ("R54", "LOCAL_PLAN", {"finished_on": dt.date(2024, 7, 1)}, {"finished_on": dt.date(2024, 6, 30)}),
    (
        "R71",
        "LOCAL_PLAN",
        {"amendment": AmendmentFacts("ADDED", None, 2567, "เร่งด่วน")},
        {"amendment": AmendmentFacts("ADDED", 1, 2567, "เร่งด่วน")},
    ),
]


@pytest.mark.parametrize(("rule", "plan_type", "bad", "good"), WHOLE)
def test_a_plan_that_does_not_keep_its_rule_as_a_whole_is_found_once(
    rule: str, plan_type: str, bad: dict[str, object], good: dict[str, object]
) -> None:
    assert _found(_plan(plan_type, **bad)) == [(rule, "")]
    assert _found(_plan(plan_type, **good)) == []


def test_what_asks_another_body_is_ranked_and_told_to_agencies() -> None:
    asking = replace(GOOD, asks_another=True)
    plan = _plan("PROVINCIAL_ANNUAL_ACTION_PLAN", asking, dispatches=(_letter("PAO"),))
    assert _found(plan) == [("R59", ""), ("R62", "")]
    told = replace(plan, ranked_by_hand=True, dispatches=(_letter("DEPARTMENT"),))
    assert _found(told) == []


def test_a_notice_on_the_last_day_is_in_time_and_the_day_after_is_late() -> None:
    """AC-04: the Act in force on 1 October 2558; 31 October is in time, 1 November late."""
    due = dt.date(2015, 10, 31)
    agency = replace(GOOD, owner_is_agency=True, notice_due_on=due)
    for told, found in ((due, []), (dt.date(2015, 11, 1), [("R50", GOOD.code)])):
        plan = _plan("PROVINCIAL_ANNUAL_ACTION_PLAN", replace(agency, notified_on=told), on=dt.date(2015, 12, 1))
        assert _found(plan) == found


def test_an_annual_item_needs_the_five_year_item_or_a_reason() -> None:
    """AC-18."""
    loose = replace(GOOD, confirms=False)
    (found,) = check_plan(_plan("PROVINCIAL_ANNUAL_REQUEST", loose), load().rules)
    assert (found.rule.id, found.rule.consequence) == ("R08", "BLOCKS")
    assert _found(_plan("PROVINCIAL_ANNUAL_REQUEST", replace(loose, confirms_reason="นโยบายพิเศษ"))) == []


def test_undecided_duplicates_are_told_once_for_each_item_and_in_every_system() -> None:
    """AC-21."""
    plan = _plan("LOCAL_PLAN", GOOD, duplicates=((GOOD.code, "B"), (GOOD.code, "A")))
    (found,) = check_plan(plan, load().rules)
    assert (found.rule.id, found.rule.consequence, found.violation.subject) == ("R31", "BLOCKS", GOOD.code)
    assert "A, B" in found.violation.th
    assert "A, B" in found.violation.en


@pytest.mark.parametrize(
    ("reports", "on", "state"),
    [
        (1, dt.date(2011, 9, 30), "pending"),
        (1, dt.date(2011, 10, 1), "non_compliant"),
        (2, dt.date(2011, 3, 1), "compliant"),
        (2, dt.date(2011, 10, 1), "compliant"),
    ],
)
def test_one_report_is_too_few_when_the_year_is_over(reports: int, on: dt.date, state: str) -> None:
    """AC-14."""
    rule = load().rule("R46")
    assert two_reports_a_year(rule=rule, reports=reports, fiscal_year=2554, on=on) == state


def test_a_decision_without_its_quorum_is_not_complete() -> None:
    whole = DecisionFacts("อบต./1", TODAY, "ENDORSE", "อบต.", "1/2567", "อบต./1", 5, 4)
    assert _found(_plan("LOCAL_PLAN", decisions=(whole,))) == []
    assert _found(_plan("LOCAL_PLAN", decisions=(replace(whole, quorum=None),))) == [("R72", "อบต./1")]


def test_rules_of_old_systems_do_not_speak_of_a_plan_of_today() -> None:
    district = _plan("DISTRICT_PLAN", replace(GOOD, target=""))
    assert _found(district) == []
    assert _found(replace(district, system="annual_plan_2545")) == [("R19", GOOD.code)]


def test_a_rule_that_has_not_begun_is_not_asked() -> None:
    plan = _plan("VILLAGE_PLAN", on=dt.date(2010, 2, 17), finished_on=dt.date(2030, 1, 1))
    assert not applies(load().rule("R34"), plan)
    assert applies(load().rule("R34"), replace(plan, on=dt.date(2010, 2, 18)))


def test_every_rule_says_how_it_is_kept_and_no_check_or_guard_is_left_over() -> None:
    rules = load().rules
    assert {rule.check for rule in rules if rule.check} == {*CHECKS, OF_THE_YEAR}
    assert len([rule for rule in rules if rule.check]) == len(CHECKS) + 1
    assert set(GUARDS) == {rule.id for rule in rules if how(rule) == GUARDED}
    assert {how(rule) for rule in rules} == {COMPUTED, GUARDED, PEOPLE}
    told_by_people = [rule.id for rule in rules if how(rule) == PEOPLE]
    assert told_by_people == [
        "R04", "R05", "R07", "R11", "R12", "R13", "R15", "R17", "R18", "R20", "R21", "R22", "R23", "R24", "R28",
        "R44", "R51", "R61", "R63", "R65", "R66", "R68", "R70",
    ]  # fmt: skip
