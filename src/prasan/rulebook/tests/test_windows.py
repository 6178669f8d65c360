"""Windows relative to a fiscal year: their edges in every year, and the acceptance cases of the sources."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan import rulebook
from prasan.common.dates import fiscal_year_bounds, fiscal_year_of
from prasan.rulebook import Edge, Window
from prasan.rulebook.systems import instantiate

FISCAL_YEARS = st.integers(2540, 2590)
SYSTEMS = st.sampled_from(rulebook.load().systems)
EDGES = st.builds(
    Edge,
    month=st.integers(1, 12),
    k=st.integers(-3, 0),
    day=st.one_of(st.none(), st.integers(1, 28)),
)


def test_the_eight_windows_of_the_annual_plan_of_2545_are_those_printed() -> None:
    """AC-07."""
    main = [
        (item.starts_on, item.ends_before)
        for item in rulebook.instantiate("annual_2545", 2545)
        if "." not in item.step.number
    ]
    assert main == [
        (dt.date(2000, 5, 1), dt.date(2000, 7, 1)),  # พ.ค. - มิ.ย. 2543
        (dt.date(2000, 6, 1), dt.date(2000, 8, 1)),  # มิ.ย. - ก.ค. 2543
        (dt.date(2000, 7, 1), dt.date(2000, 10, 1)),  # ก.ค. - ก.ย. 2543
        (dt.date(2000, 10, 1), dt.date(2001, 1, 1)),  # ต.ค. - ธ.ค. 2543
        (dt.date(2001, 1, 1), dt.date(2001, 4, 1)),  # ม.ค. - มี.ค. 2544
        (dt.date(2001, 4, 1), dt.date(2001, 6, 1)),  # เม.ย. - พ.ค. 2544
        (dt.date(2001, 6, 1), dt.date(2001, 10, 1)),  # มิ.ย. - ก.ย. 2544
        (dt.date(2001, 10, 1), dt.date(2001, 12, 1)),  # ต.ค. - พ.ย. 2544
    ]


@pytest.mark.parametrize(("fiscal_year", "due"), [(2545, dt.date(2000, 9, 15)), (2571, dt.date(2026, 9, 15))])
def test_the_request_leaves_the_province_by_15_september(fiscal_year: int, due: dt.date) -> None:
    """AC-06."""
    step = next(s for s in rulebook.instantiate("annual_2545", fiscal_year) if s.step.number == "3.3")
    assert step.ends_before == due + dt.timedelta(days=1)


def test_the_calendar_of_2558_lies_in_2558_and_ends_in_its_october() -> None:
    """AC-08."""
    dated = rulebook.instantiate("moi_2558", 2560)
    windows = [(item.starts_on, item.ends_before) for item in dated if item.starts_on and item.ends_before]
    assert len(windows) == len(dated) == 7
    assert {start.year for start, _ in windows} == {2015}
    assert {(end - dt.timedelta(days=1)).year for _, end in windows} == {2015}
    assert windows[-1] == (dt.date(2015, 10, 1), dt.date(2015, 11, 1))
    assert fiscal_year_bounds(2560)[0] == dt.date(2016, 10, 1)


def test_the_annual_plan_has_eight_steps_twenty_one_sub_steps_and_nineteen_months() -> None:
    steps = rulebook.planning_system("annual_2545").steps
    assert len([s for s in steps if "." not in s.number]) == 8
    assert len([s for s in steps if "." in s.number]) == 21
    offsets = [edge.month_offset for s in steps if s.window for edge in (s.window.start, s.window.end)]
    assert max(offsets) - min(offsets) + 1 == 19


@pytest.mark.parametrize(
    ("edge", "offset"),
    [(Edge(10, -1), 0), (Edge(9, 0), 11), (Edge(9, -2, 15), -13), (Edge(5, -2), -17)],
)
def test_a_month_is_counted_from_october_before_the_fiscal_year(edge: Edge, offset: int) -> None:
    assert edge.month_offset == offset


@given(system=SYSTEMS, fiscal_year=FISCAL_YEARS)
def test_a_window_moves_whole_years_with_its_fiscal_year(system: rulebook.PlanningSystem, fiscal_year: int) -> None:
    for item in instantiate(system, fiscal_year):
        window = item.step.window
        if window is None:
            assert (item.starts_on, item.ends_before) == (None, None)
            continue
        assert item.starts_on is not None
        assert item.ends_before is not None
        assert item.starts_on < item.ends_before
        assert item.starts_on.year == fiscal_year + window.start.k - 543
        assert (item.starts_on.month, item.starts_on.day) == (window.start.month, window.start.day or 1)
        last = item.ends_before - dt.timedelta(days=1)
        assert (last.year, last.month) == (fiscal_year + window.end.k - 543, window.end.month)
        assert item.ends_before.day == (1 if window.end.day is None else window.end.day + 1)


@given(event=st.dates(dt.date(1996, 1, 1), dt.date(2050, 12, 31)), days=st.integers(1, 365))
def test_days_from_an_event_leave_its_own_day_out_and_the_last_in(event: dt.date, days: int) -> None:
    """AC-04."""
    starts_on, ends_before = rulebook.EventWindow("BUDGET_ACT_IN_FORCE", days).dates(event)
    assert starts_on == event
    assert (ends_before - dt.timedelta(days=1) - event).days == days


@given(edge=EDGES, fiscal_year=FISCAL_YEARS)
def test_the_month_offset_of_an_edge_is_its_distance_from_the_first_october(edge: Edge, fiscal_year: int) -> None:
    first = fiscal_year_bounds(fiscal_year)[0]
    day = edge.first_day(fiscal_year)
    assert (day.year - first.year) * 12 + day.month - first.month == edge.month_offset
    assert fiscal_year_of(day) - fiscal_year == edge.month_offset // 12


@given(edge=EDGES, fiscal_year=FISCAL_YEARS)
def test_the_day_after_an_edge_is_not_in_it_and_the_day_before_that_is(edge: Edge, fiscal_year: int) -> None:
    starts_on, ends_before = Window(edge, edge).dates(fiscal_year)
    last = ends_before - dt.timedelta(days=1)
    assert starts_on <= last
    assert (last.year, last.month) == (starts_on.year, starts_on.month)
    if edge.day is None:
        assert ends_before.day == 1
    else:
        assert last == starts_on


@pytest.mark.parametrize("fiscal_year", [2539, 2591, 2024, 68, -2568])
def test_a_year_nobody_plans_for_is_refused(fiscal_year: int) -> None:
    with pytest.raises(rulebook.UnableToDateCalendar) as refusal:
        rulebook.instantiate("moi_2559", fiscal_year)
    assert refusal.value.code == "implausible_year"
    assert str(fiscal_year) in refusal.value.message_th


def test_an_unknown_system_is_refused_with_the_systems_there_are() -> None:
    with pytest.raises(rulebook.UnableToFindInRulebook) as refusal:
        rulebook.planning_system("moi_9999")
    assert "moi_2559" in refusal.value.message_th
    assert "annual_plan_2545" in refusal.value.message_en
