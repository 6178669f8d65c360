"""Two calendars side by side: what moved and what only one has."""

import dataclasses
import datetime as dt
import json

from prasan import rulebook
from prasan.cycles import drafting, queries


def test_a_calendar_does_not_differ_from_itself() -> None:
    one = queries.calendar_for("moi_2559", 2569)
    assert queries.differences(one, one) == ()


def test_a_moved_window_is_told_in_months() -> None:
    system = rulebook.planning_system("moi_2559")
    window = rulebook.Window(rulebook.Edge(9, -2), rulebook.Edge(10, -2))
    moved = drafting.with_step_changed(system, "4", {"window": window})
    first, second = queries.calendar_in(system, 2569), queries.calendar_in(moved, 2569)
    (found,) = queries.differences(first, second)
    assert found.first is not None
    assert (found.first.number, found.start_moved, found.end_moved) == ("4", 2, 1)


def test_steps_of_only_one_system_are_told_and_not_merged() -> None:
    first, second = queries.calendar_for("moi_2558", 2569), queries.calendar_for("moi_2559", 2569)
    found = queries.differences(first, second)
    shared = {step.name_th for step in first.steps} & {step.name_th for step in second.steps}
    assert {one.first.name_th for one in found if one.first and one.second is None} == {
        step.name_th for step in first.steps if step.name_th not in shared
    }
    assert len(queries.side_by_side(first, second)) == len(first.steps) + len(second.steps)


def test_both_are_drawn_under_their_titles_over_one_axis() -> None:
    first, second = queries.calendar_for("moi_2558", 2569), queries.calendar_for("moi_2559", 2569)
    drawn = queries.side_by_side(first, second, "en")
    assert list(dict.fromkeys(step.lane for step in drawn)) == [first.title_en, second.title_en]
    assert dataclasses.replace(drawn[0], lane=first.steps[0].lane) == first.steps[0]
    assert drawn[0].starts_on == dt.date(2024, 1, 1)


def test_a_step_that_ends_before_the_one_it_builds_on_is_a_conflict_in_the_json() -> None:
    june = rulebook.Window(rulebook.Edge(6, -2), rulebook.Edge(6, -2))
    system = drafting.with_step_changed(rulebook.planning_system("moi_2559"), "5", {"window": june})
    said = json.loads(queries.calendar_json(queries.calendar_in(system, 2569)))["conflicts"]
    assert ("R39", "4", "5") in [(one["rule"], one["first"], one["second"]) for one in said]
