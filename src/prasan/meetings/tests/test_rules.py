"""Quorum, votes and terms, as values."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.meetings import rules
from prasan.meetings.rules import Votes
from prasan.meetings.workflow import MEETING_STEPS, sources_of


@given(st.integers(min_value=1, max_value=500))
def test_quorum_is_the_least_number_that_is_half_of_the_seats(seats: int):
    needed = rules.quorum(seats)
    assert 2 * needed >= seats
    assert needed == 1 or 2 * (needed - 1) < seats
    assert rules.has_quorum(present=needed, seats=seats)
    assert not rules.has_quorum(present=needed - 1, seats=seats)


@pytest.mark.parametrize(("seats", "needed"), [(0, 1), (1, 1), (2, 1), (3, 2), (9, 5), (10, 5), (25, 13)])
def test_quorum_of_some_committees(seats: int, needed: int):
    assert rules.quorum(seats) == needed


def test_a_committee_without_seats_never_has_a_quorum():
    assert not rules.has_quorum(present=3, seats=0)
    with pytest.raises(ValueError, match="fewer than none"):
        rules.quorum(-1)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_count_bears_one_outcome_unless_it_is_a_tie(in_favour: int, against: int):
    votes = Votes(in_favour, against)
    bears = {outcome for outcome in ("ADOPTED", "REJECTED") if rules.vote_allows(votes, outcome)}
    assert votes.tied == (bears == {"ADOPTED", "REJECTED"})
    assert bears
    assert rules.vote_allows(votes, "DEFERRED")


def test_what_is_told_for_information_cannot_be_rejected():
    assert rules.outcomes_of("FOR_INFORMATION") == ("ADOPTED", "DEFERRED")
    for kind in ("OPINION", "SCREEN", "CONSIDER", "ENDORSE", "APPROVE", "PROCLAIM"):
        assert rules.outcomes_of(kind) == ("ADOPTED", "REJECTED", "DEFERRED")


def test_a_resolution_is_numbered_by_body_meeting_and_item():
    assert rules.number_of(code="GBJ-46", number=3, year=2569, section=4, position=2) == "GBJ-46 3/2569-4.2"


def test_a_term_may_begin_the_day_another_ends():
    a, b, c = dt.date(2025, 1, 1), dt.date(2025, 6, 1), dt.date(2026, 1, 1)
    assert not rules.terms_meet(a, b, b, c)
    assert rules.terms_meet(a, b + dt.timedelta(days=1), b, c)
    assert rules.terms_meet(a, None, c, None)


def test_the_table_of_states_is_the_whole_of_it():
    assert {(s.act, s.source, s.target) for s in MEETING_STEPS} == {
        ("call_meeting", "", "PLANNED"),
        ("send_notice", "PLANNED", "NOTICED"),
        ("open_meeting", "NOTICED", "OPEN"),
        ("close_meeting", "OPEN", "CLOSED"),
        ("cancel_meeting", "PLANNED", "CANCELLED"),
        ("cancel_meeting", "NOTICED", "CANCELLED"),
    }
    assert sources_of("resolve") == ("OPEN",)
    assert sources_of("move_item") == ("PLANNED", "NOTICED")
