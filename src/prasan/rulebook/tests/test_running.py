"""What the program runs by: order, bodies, gates and documents of every step, and what is said before it runs."""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan import rulebook
from prasan.common.dates import format_date, parse_date
from prasan.rulebook import EventWindow, GateNeed, PlanningSystem

BOOK = rulebook.load()
SYSTEMS = st.sampled_from(BOOK.systems)
FISCAL_YEARS = st.integers(2540, 2590)
NINE = {actor.key for actor in BOOK.actors if actor.group == "labour_agency"}


def _moved(system: PlanningSystem, at: str, **changes: Any) -> PlanningSystem:
    steps = [dataclasses.replace(s, **changes) if s.number == at else s for s in system.steps]
    return dataclasses.replace(system, steps=tuple(steps))


@given(system=SYSTEMS)
def test_a_system_comes_back_from_json_as_it_was(system: PlanningSystem) -> None:
    assert rulebook.from_data(rulebook.to_data(system)) == system


@pytest.mark.parametrize("system", BOOK.systems, ids=lambda system: system.key)
def test_a_system_comes_back_from_its_yaml_as_it_was(system: PlanningSystem, tmp_path: Path) -> None:
    path = tmp_path / f"{system.key}.yaml"
    path.write_text(rulebook.to_yaml(system), encoding="utf-8")
    assert rulebook.read_system(path) == system


@given(system=SYSTEMS, fiscal_year=st.integers(2540, 2589))
def test_the_next_fiscal_year_moves_every_edge_by_one_year(system: PlanningSystem, fiscal_year: int) -> None:
    this, following = (rulebook.instantiate(system, year) for year in (fiscal_year, fiscal_year + 1))
    for now, later in zip(this, following, strict=True):
        for day, moved in ((now.starts_on, later.starts_on), (now.ends_before, later.ends_before)):
            assert moved == (day.replace(year=day.year + 1) if day else None)


def test_the_cabinet_saw_the_guidelines_after_27_of_its_30_days() -> None:
    """AC-05."""
    resolved, approved = dt.date(2014, 11, 12), dt.date(2014, 12, 9)
    dated = rulebook.instantiate("cabinet_2557", 2559, {"CABINET_RESOLUTION": resolved})
    step = next(item for item in dated if item.step.number == "i4")
    assert (step.starts_on, step.ends_before) == (resolved, dt.date(2014, 12, 13))
    assert (approved - resolved).days == 27
    assert step.ends_before is not None
    assert approved < step.ends_before
    assert next(item for item in dated if item.step.number == "i6").ends_before is None


def test_a_notice_on_31_october_is_in_time_and_one_on_1_november_is_late() -> None:
    """AC-04."""
    assert EventWindow("BUDGET_ACT_IN_FORCE", 30).dates(dt.date(2015, 10, 1))[1] == dt.date(2015, 11, 1)


@pytest.mark.parametrize(
    ("key", "steps", "sub_steps"),
    [
        ("provincial_5y_2545", 5, 16), ("annual_plan_2545", 8, 21), ("annual_action_plan", 2, 5),
        ("coordination_4_3", 9, 13), ("table_4_2", 9, 0), ("afp_nine_steps", 9, 0),
    ],
)  # fmt: skip
def test_a_system_has_the_steps_and_sub_steps_counted_in_its_source(key: str, steps: int, sub_steps: int) -> None:
    """AC-09."""
    system = BOOK.planning_system(key)
    inner = [step for step in system.steps if system.parent_of(step.number)]
    assert (len(system.steps) - len(inner), len(inner)) == (steps, sub_steps)


def test_lettered_steps_are_parts_of_one_printed_step() -> None:
    """AC-09: Table 4.1 has nine steps, the guideline of 2553 five."""
    for key, count in (("table_4_1", 9), ("moi_2553", 5)):
        assert len({step.number.rstrip("abcd") for step in BOOK.planning_system(key).steps}) == count


def test_table_4_2_is_a_grid_of_twelve_months_from_may_to_april() -> None:
    """AC-09: the printed grid wraps, so its columns are months without years."""
    columns = set()
    for step in BOOK.planning_system("table_4_2").steps:
        assert step.window is not None
        columns |= {(month - 5) % 12 for month in range(step.window.start.month, step.window.end.month + 1)}
    assert (min(columns), max(columns)) == (0, 11)
    assert sorted(set(range(12)) - columns) == [5, 8]  # October and January stay empty


def test_the_five_year_plan_is_written_in_five_parts() -> None:
    """AC-09."""
    step = BOOK.planning_system("provincial_5y_2545").step("4.2")
    assert "5 ส่วน" in step.name.th
    assert step.gate == "all 5 parts present"


def test_there_are_eight_ministries_two_agencies_and_twelve_sub_committees() -> None:
    """AC-11."""
    core = [actor for actor in BOOK.actors if actor.group == "core_agency"]
    assert len([actor for actor in core if actor.duty == "main ministry"]) == 8
    assert len([actor for actor in core if actor.duty == "supplementary agency"]) == 2
    assert len([actor for actor in BOOK.actors if actor.group == "knp_subcommittee"]) == 12
    assert len(NINE) == 9


def test_the_same_abbreviation_is_two_bodies_in_two_times() -> None:
    """AC-20."""
    found = [rulebook.actor_called(BOOK.actors, "กกภ.", on=dt.date(year, 6, 1)) for year in (2001, 2009)]
    assert [[actor.key for actor in actors] for actors in found] == [
        ["regional_prosperity_distribution_subcommittee"],
        ["regional_administration_oversight_committee"],
    ]


def test_what_all_nine_agencies_send_is_waited_for() -> None:
    """AC-10."""
    system = BOOK.planning_system("coordination_4_3")
    for number, before in (("4.3.1(4)", "4.3.1(3)"), ("4.3.2(3)", "4.3.2(2)")):
        assert system.step(number).waits_for_all
        assert system.step(number).after == (before,)
        assert set(system.step(before).actors) == NINE


def test_for_information_is_not_a_decision() -> None:
    """D08."""
    committee = "provincial_development_committee"
    assert BOOK.planning_system("table_4_1").step("2").gates == (GateNeed(committee, "FOR_INFORMATION"),)
    assert BOOK.planning_system("annual_plan_2545").step("2.2").gates == (GateNeed(committee, "CONSIDER"),)


@pytest.mark.parametrize("system", BOOK.systems, ids=lambda system: system.key)
def test_a_step_is_done_by_its_actors_or_by_its_sub_steps_never_by_both(system: PlanningSystem) -> None:
    for step in system.steps:
        assert bool(step.actors) != bool(system.children(step.number)), step.number


def test_the_printed_contradiction_of_4_3_6_and_4_3_7_is_told() -> None:
    dated = rulebook.instantiate("coordination_4_3", 2545)
    told = [(c.rule, c.first, c.second) for c in rulebook.conflicts(dated)]
    assert told == [("R39", "4.3.6", "4.3.7")]


def test_the_same_body_making_the_same_document_at_the_same_time_is_told() -> None:
    system = BOOK.planning_system("moi_2559")
    twice = _moved(system, "3a", makes=("DISTRICT_NEEDS_PLAN",))
    assert rulebook.conflicts(rulebook.instantiate(system, 2561)) == ()
    told = [(c.rule, c.first, c.second) for c in rulebook.conflicts(rulebook.instantiate(twice, 2561))]
    assert told == [("R60", "3a", "3b")]


def test_two_calendars_say_what_moved_what_went_and_what_came() -> None:
    system = BOOK.planning_system("moi_2559")
    renamed = _moved(_moved(system, "5", number="6"), "1", window=system.step("2a").window)
    found = rulebook.differences(rulebook.instantiate(system, 2561), rulebook.instantiate(renamed, 2561))
    assert found == (
        rulebook.Difference("1", rulebook.MOVED, 60, 92),
        rulebook.Difference("5", rulebook.REMOVED),
        rulebook.Difference("6", rulebook.ADDED),
    )


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        ("1", {"after": ("9",)}, "unknown_step"),
        ("1", {"after": ("5",)}, "circular"),
        ("1", {"actors": ("the_moon",)}, "unknown_actor"),
        ("1", {"gates": (GateNeed("the_moon", "APPROVE"),)}, "unknown_actor"),
        ("1", {"certainty": "-"}, "dated_without_certainty"),
        ("1", {"window": None}, "undated_with_certainty"),
    ],
)
def test_a_definition_that_cannot_run_says_so(number: str, changes: dict[str, object], code: str) -> None:
    known = {actor.key for actor in BOOK.actors}
    system = BOOK.planning_system("moi_2559")
    assert rulebook.faults(system, known) == ()
    assert {fault.code for fault in rulebook.faults(_moved(system, number, **changes), known)} == {code}


def test_the_days_of_the_sources_are_those_of_the_common_era() -> None:
    """AC-25."""
    assert BOOK.planning_system("cabinet_2557").issued_on == dt.date(2014, 11, 12)
    assert BOOK.planning_system("moi_2559").issued_on == dt.date(2016, 4, 26)
    assert [parse_date(day) for day in ("12 พ.ย. 2557", "26 เม.ย. 2559", "19 ม.ค. 2553")] == [
        dt.date(2014, 11, 12), dt.date(2016, 4, 26), dt.date(2010, 1, 19),
    ]  # fmt: skip
    assert [format_date(dt.date(2010, 1, 19), style) for style in ("long", "abbr")] == [
        "19 มกราคม 2553",
        "19 ม.ค. 2553",
    ]
