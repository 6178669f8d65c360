"""Shares to the satang, tasks without circles, and what keeps a joint project from being agreed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.integration.joint_rules import (
    Standing,
    TaskLine,
    YearGap,
    confirming_problem,
    joining_problem,
    order_problem,
    said_en,
    said_th,
    share_gaps,
)

DAY = dt.date(2025, 10, 1)


def _task(ordinal: int, *, begins: int = 0, days: int = 10, after: int | None = None, title: str = "งาน") -> TaskLine:
    start = DAY + dt.timedelta(days=begins)
    return TaskLine(ordinal, title, start, start + dt.timedelta(days=days), after)


@pytest.mark.parametrize(
    ("tasks", "code"),
    [
        ([], None),
        ([_task(1), _task(2, begins=10, after=1), _task(3, begins=20, after=2)], None),
        ([_task(1, begins=10, after=2), _task(2)], None),  # the list need not stand in the order of the work
        ([_task(1), _task(1)], "ordinal_twice"),
        ([_task(1, title=" ")], "no_title"),
        ([_task(1, days=0)], "ends_before_it_begins"),
        ([_task(1, after=9)], "unknown_task"),
        ([_task(1, after=1)], "circle"),
        ([_task(1, after=3), _task(2, after=1), _task(3, after=2)], "circle"),
        ([_task(1), _task(2, begins=9, after=1)], "too_early"),
    ],
)
def test_tasks_stand_in_an_order_that_can_be_worked(tasks: list[TaskLine], code: str | None):
    problem = order_problem(tasks)
    assert (problem[0] if problem else None) == code


@given(st.lists(st.integers(1, 8), min_size=8, max_size=8))
def test_a_circle_is_found_however_the_tasks_point_and_only_then(after: list[int]):
    tasks = [TaskLine(n, "งาน", DAY, DAY + dt.timedelta(days=1), to) for n, to in enumerate(after, 1)]
    problem = order_problem(tasks)
    assert problem is not None
    assert problem[0] == "circle"  # eight tasks that each follow one of the eight always come round
    rooted = [TaskLine(t.ordinal, t.title, t.starts_on, t.ends_before, min(t.ordinal - 1, 1) or None) for t in tasks]
    assert order_problem(rooted) is None or order_problem(rooted)[0] == "too_early"  # type: ignore[index]


@given(
    shares=st.dictionaries(
        st.integers(2566, 2570), st.lists(st.integers(1, 10**14), min_size=1, max_size=5), max_size=5
    )
)
def test_shares_that_are_the_plan_leave_no_gap_and_one_satang_more_is_seen(shares: dict[int, list[int]]):
    planned = {year: sum(parts) for year, parts in shares.items()}
    rows = [(year, part) for year, parts in shares.items() for part in parts]
    assert share_gaps(planned, rows) == ()
    if rows:
        year, part = rows[0]
        assert share_gaps(planned, [(year, part + 1), *rows[1:]]) == (YearGap(year, planned[year], planned[year] + 1),)


def test_a_gap_says_the_year_and_by_how_much_in_both_languages():
    gaps = share_gaps({2569: 100_000_00, 2570: 5_00}, [(2569, 99_999_99), (2571, 1)])
    assert said_th(gaps) == "ปี 2569 ขาด 0.01 บาท · ปี 2570 ขาด 5 บาท · ปี 2571 เกิน 0.01 บาท"
    assert said_en(gaps) == "2569 is 0.01 baht short; 2570 is 5 baht short; 2571 is 0.01 baht over"
    huge = share_gaps({2569: 9_007_199_254_740_993}, [])
    assert "90,071,992,547,409.93" in said_th(huge)


ONE, TWO = (Standing(code, owner, merged=False, withdrawn=False, joint=False) for code, owner in (("A", 1), ("B", 2)))


@pytest.mark.parametrize(
    ("projects", "among", "lead", "reason", "code"),
    [
        ([ONE, TWO], True, True, "ร่วมกัน", None),
        ([ONE], True, True, "ร่วมกัน", "too_few"),
        ([ONE, ONE], True, True, "ร่วมกัน", "too_few"),
        ([ONE, Standing("C", 1, False, False, False)], True, True, "ร่วมกัน", "one_owner"),
        ([ONE, TWO], False, True, "ร่วมกัน", "standing_not_among"),
        ([ONE, TWO], True, False, "ร่วมกัน", "lead_not_owner"),
        ([ONE, TWO], True, True, "  ", "no_reason"),
        ([ONE, Standing("B", 2, True, False, False)], True, True, "ร่วมกัน", "merged"),
        ([ONE, Standing("B", 2, False, True, False)], True, True, "ร่วมกัน", "withdrawn"),
        ([ONE, Standing("B", 2, False, False, True)], True, True, "ร่วมกัน", "joint_already"),
    ],
)
def test_who_may_stand_together(projects: list[Standing], among: bool, lead: bool, reason: str, code: str | None):
    problem = joining_problem(projects=projects, standing_is_among=among, lead_is_owner=lead, reason=reason)
    assert (problem[0] if problem else None) == code


def test_what_keeps_it_from_being_agreed_is_told_one_after_another():
    kept = {"left": ["C"], "declined": ["อบต."], "waiting": ["อบจ."], "gaps": [YearGap(2569, 2, 1)]}
    codes = []
    for removed in ("left", "declined", "waiting", "gaps", ""):
        problem = confirming_problem(**kept, adopted=False, over_all=False)  # type: ignore[arg-type]
        codes.append(problem[0] if problem else None)
        if removed:
            kept[removed] = []
    assert codes == ["member_left", "partner_declined", "partner_waiting", "shares_off", "not_resolved"]
    none = {"left": [], "declined": [], "waiting": [], "gaps": []}
    assert confirming_problem(**none, adopted=True, over_all=False)[0] == "not_their_committee"  # type: ignore[index]
    assert confirming_problem(**none, adopted=True, over_all=True) is None
