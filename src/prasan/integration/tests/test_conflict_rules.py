"""What makes two works conflict: tables of cases, symmetry, and half-open days (R31, R49)."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.common.dates import fiscal_year_bounds
from prasan.integration.conflict_rules import (
    COULD_SHARE,
    LIKELY,
    POSSIBLE,
    SAME_GROUP,
    SAME_SPOT,
    WRONG_ORDER,
    Work,
    conflicts_between,
    days_apart,
    months_later,
    overlaps,
)
from prasan.rulebook import load_work_conflicts

LAW = load_work_conflicts()
D = dt.date
NOVEMBER, FEBRUARY = (D(2026, 11, 1), D(2026, 12, 1)), (D(2027, 2, 1), D(2027, 3, 1))


def _work(number: int, span: tuple[dt.date, dt.date] | None = None, **said: object) -> Work:
    begins, ends = span or (None, None)
    usual: dict[str, object] = {
        "id": number, "owner": number, "fiscal_year": 2570, "starts_on": begins, "ends_before": ends,
        "place": "a/b/c", "district": "a/b",
    }  # fmt: skip
    return Work(**(usual | said))  # type: ignore[arg-type]


def _road(number: int, span: tuple[dt.date, dt.date] | None = None, **said: object) -> Work:
    return _work(number, span, **({"thing": "road_surface", "moos": frozenset({3})} | said))


def _pipe(number: int, span: tuple[dt.date, dt.date] | None = None, **said: object) -> Work:
    return _road(number, span, **({"thing": "water_pipe"} | said))


def _class(number: int, span: tuple[dt.date, dt.date] | None = None, **said: object) -> Work:
    return _work(number, span, **({"gathering": True, "groups": frozenset({"elderly"})} | said))


def _kinds(a: Work, b: Work) -> list[tuple[str, str]]:
    return [(one.kind, one.certainty) for one in conflicts_between(a, b, LAW)]


ORDER: list[tuple[str, Work, Work, list[tuple[str, str]]]] = [
    ("the pipe after the road", _road(1, NOVEMBER), _pipe(2, FEBRUARY), [(WRONG_ORDER, LIKELY)]),
    ("the pipe before the road", _pipe(1, NOVEMBER), _road(2, FEBRUARY), []),
    ("the pipe until the day the road begins", _pipe(1, NOVEMBER), _road(2, (NOVEMBER[1], D(2027, 1, 1))), []),
    ("one day too long", _pipe(1, NOVEMBER), _road(2, (D(2026, 11, 30), D(2027, 1, 1))), [(WRONG_ORDER, LIKELY)]),
    ("both at once", _road(1, NOVEMBER), _pipe(2, NOVEMBER), [(WRONG_ORDER, LIKELY)]),
    ("the pipe two years later", _road(1, NOVEMBER), _pipe(2, (D(2028, 12, 1), D(2029, 1, 1))), []),
    ("a day earlier", _road(1, NOVEMBER), _pipe(2, (D(2028, 11, 30), D(2029, 1, 1))), [(WRONG_ORDER, LIKELY)]),
    ("no days known", _road(1), _pipe(2), [(WRONG_ORDER, POSSIBLE)]),
    ("days of one known", _road(1, NOVEMBER), _pipe(2), [(WRONG_ORDER, POSSIBLE)]),
    ("the pipe in the next year", _road(1), _pipe(2, fiscal_year=2571), [(WRONG_ORDER, POSSIBLE)]),
    ("the road in the next year", _road(1, fiscal_year=2571), _pipe(2), []),
    ("another moo", _road(1, NOVEMBER), _pipe(2, FEBRUARY, moos=frozenset({4})), []),
    ("no moo said", _road(1, NOVEMBER), _pipe(2, FEBRUARY, moos=frozenset()), []),
    ("another subdistrict", _road(1, NOVEMBER), _pipe(2, FEBRUARY, place="a/b/d"), []),
    ("one owner", _road(1, NOVEMBER), _pipe(2, FEBRUARY, owner=1), []),
    ("a road of unknown make", _road(1, NOVEMBER, sure=False), _pipe(2, FEBRUARY), [(WRONG_ORDER, POSSIBLE)]),
    ("drain after road", _road(1, NOVEMBER), _pipe(2, FEBRUARY, thing="drain"), [(WRONG_ORDER, LIKELY)]),
    (
        "two streets of one village",
        _road(1, NOVEMBER, streets=frozenset({"ก"})),
        _pipe(2, FEBRUARY, streets=frozenset({"ข"})),
        [],
    ),
    (
        "a highway by its number, subdistrict unsaid",
        _road(1, NOVEMBER, place="", moos=frozenset(), roads=frozenset({"2116"})),
        _pipe(2, FEBRUARY, moos=frozenset(), roads=frozenset({"2116"})),
        [(WRONG_ORDER, LIKELY)],
    ),
]
SPOT = [
    (
        "one street at once",
        _road(1, NOVEMBER, streets=frozenset({"ก"})),
        _road(2, NOVEMBER, streets=frozenset({"ก"})),
        [(SAME_SPOT, LIKELY)],
    ),
    (
        "one street, days unknown",
        _road(1, streets=frozenset({"ก"})),
        _road(2, streets=frozenset({"ก"})),
        [(SAME_SPOT, POSSIBLE)],
    ),
    ("one village at once", _road(1, NOVEMBER), _road(2, NOVEMBER), [(SAME_SPOT, POSSIBLE)]),
    ("one village, days unknown, tells nothing", _road(1), _road(2), []),
    ("one after the other", _road(1, NOVEMBER), _road(2, FEBRUARY), []),
    ("no road work", _road(1, NOVEMBER, thing=""), _road(2, NOVEMBER), []),
]  # fmt: skip
WEEK = (D(2027, 3, 1), D(2027, 3, 6))
PEOPLE = [
    ("the same week", _class(1, WEEK), _class(2, (D(2027, 3, 5), D(2027, 3, 8))), [(SAME_GROUP, LIKELY)]),
    ("the day after", _class(1, WEEK), _class(2, (D(2027, 3, 6), D(2027, 3, 8))), [(COULD_SHARE, LIKELY)]),
    ("a month later", _class(1, WEEK), _class(2, (D(2027, 4, 6), D(2027, 4, 8))), [(COULD_SHARE, LIKELY)]),
    ("more than a month later", _class(1, WEEK), _class(2, (D(2027, 4, 7), D(2027, 4, 8))), []),
    ("no days known", _class(1), _class(2), [(COULD_SHARE, POSSIBLE)]),
    ("another year", _class(1), _class(2, fiscal_year=2571), []),
    ("other people", _class(1, WEEK), _class(2, WEEK, groups=frozenset({"women"})), []),
    ("another village", _class(1, WEEK, moos=frozenset({1})), _class(2, WEEK, moos=frozenset({2})), []),
    ("for the whole district", _class(1, WEEK), _class(2, WEEK, place=""), [(SAME_GROUP, POSSIBLE)]),
    ("for the whole district, days unknown", _class(1), _class(2, place=""), []),
    ("of another district", _class(1, WEEK), _class(2, WEEK, place="", district="a/x"), []),
    ("no gathering", _class(1, WEEK, gathering=False), _class(2, WEEK), []),
]


CASES = ORDER + SPOT + PEOPLE


@pytest.mark.parametrize(("a", "b", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_two_works_conflict_as_the_rulebook_says(a: Work, b: Work, expected: list[tuple[str, str]]):
    assert _kinds(a, b) == expected
    assert conflicts_between(b, a, LAW) == conflicts_between(a, b, LAW)


def test_what_solves_a_wrong_order_are_the_nearest_days_that_fit():
    (found,) = conflicts_between(_road(1, NOVEMBER), _pipe(2, FEBRUARY), LAW)
    assert found.options == (
        {"code": "begin_after", "project": 1, "starts_on": "2027-03-01", "ends_before": "2027-03-31"},
        {"code": "finish_before", "project": 2, "starts_on": "2026-10-04", "ends_before": "2026-11-01"},
    )
    moved = replace(_road(1), starts_on=D(2027, 3, 1), ends_before=D(2027, 3, 31))
    assert _kinds(moved, _pipe(2, FEBRUARY)) == []
    assert _kinds(_road(1, NOVEMBER), _pipe(2, (D(2026, 10, 4), D(2026, 11, 1)))) == []


def test_unknown_days_are_said_and_no_days_are_made_up():
    (found,) = conflicts_between(_road(1), _pipe(2), LAW)
    assert "dates_unknown" in [one["code"] for one in found.reasons]
    assert {(one["starts_on"], one["ends_before"]) for one in found.options} == {(None, None)}
    (one_sided,) = conflicts_between(_road(1, NOVEMBER), _pipe(2), LAW)
    assert one_sided.options[1] == {
        "code": "finish_before", "project": 2, "starts_on": None, "ends_before": "2026-11-01",
    }  # fmt: skip


def test_every_reason_speaks_both_languages():
    for _, a, b, expected in CASES:
        for one in conflicts_between(a, b, LAW):
            assert expected
            assert all(r["th"] and r["en"] and r["code"].isidentifier() for r in one.reasons)


DAYS = st.dates(D(2024, 1, 1), D(2030, 12, 31))
SPANS = st.one_of(st.none(), st.tuples(DAYS, st.integers(1, 400)).map(lambda x: (x[0], x[0] + dt.timedelta(days=x[1]))))
SETS = st.sets(st.sampled_from(["ก", "ข"]), max_size=2).map(frozenset)


@st.composite
def works(draw: st.DrawFn, number: int) -> Work:
    return _work(
        number,
        draw(SPANS),
        owner=draw(st.integers(1, 2)),
        fiscal_year=draw(st.integers(2568, 2572)),
        place=draw(st.sampled_from(["", "a/b/c", "a/b/d"])),
        moos=draw(st.sets(st.integers(1, 3), max_size=2).map(frozenset)),
        streets=draw(SETS),
        roads=draw(SETS),
        thing=draw(st.sampled_from(["", "road_surface", "drain", "water_pipe"])),
        sure=draw(st.booleans()),
        gathering=draw(st.booleans()),
        groups=draw(SETS.map(lambda s: frozenset("elderly" if x == "ก" else "women" for x in s))),
    )


@given(works(1), works(2))
def test_the_order_of_asking_never_matters_and_one_owner_never_conflicts(a: Work, b: Work):
    found = conflicts_between(a, b, LAW)
    assert found == conflicts_between(b, a, LAW)
    assert len({one.kind for one in found}) == len(found)
    assert all((one.first, one.second) == (1, 2) for one in found)
    assert not (a.owner == b.owner and found)
    if not (a.dated and b.dated):
        assert all(one.certainty == POSSIBLE for one in found)


@given(works(1), works(2))
def test_a_suggested_time_ends_the_conflict(a: Work, b: Work):
    for one in conflicts_between(a, b, LAW):
        for option in one.options:
            if option["starts_on"] is None or option["ends_before"] is None:
                continue
            span = D.fromisoformat(str(option["starts_on"])), D.fromisoformat(str(option["ends_before"]))
            sides = {1: a, 2: b}
            number = int(str(option["project"]))
            sides[number] = replace(sides[number], starts_on=span[0], ends_before=span[1])
            assert one.kind not in [again.kind for again in conflicts_between(sides[1], sides[2], LAW)]


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_half_open_periods_that_touch_share_no_day(day: dt.date, length: int, other: int):
    first = (day, day + dt.timedelta(days=length))
    second = (first[1], first[1] + dt.timedelta(days=other))
    assert not overlaps(first, second)
    assert days_apart(first, second) == days_apart(second, first) == 0
    assert overlaps(first, (second[0] - dt.timedelta(days=1), second[1]))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(D(2026, 1, 31), 1, D(2026, 2, 28)), (D(2026, 12, 1), 24, D(2028, 12, 1)), (D(2024, 2, 29), 12, D(2025, 2, 28))],
)
def test_months_later_stays_within_the_month(day: dt.date, months: int, later: dt.date):
    assert months_later(day, months) == later


def test_a_work_of_unknown_days_may_fall_on_any_day_of_its_year():
    assert _work(1).span == fiscal_year_bounds(2570) == (D(2026, 10, 1), D(2027, 10, 1))
