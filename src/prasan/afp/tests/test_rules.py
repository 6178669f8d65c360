"""The pure decisions of AFP: ranking, clustering, guideline words, scores, results and progress."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan import rulebook
from prasan.afp.rules import candidates, clustering, guidelines, progress, ranking, results
from prasan.afp.rules.families import FAMILIES, OTHER, family_of
from prasan.matching.vocabulary import OBJECTS


def _place(area: int, **values: float) -> ranking.Measured:
    return ranking.Measured(area, f"{area:04}", {key: values.get(key, 0.0) for key in ranking.DEFAULT_WEIGHTS})


def test_the_neediest_place_stands_first_and_its_parts_add_up():
    ranked = ranking.rank(
        [_place(1, OPEN_NEEDS=5, ASKED=100), _place(2, OPEN_NEEDS=10, ASKED=50)], ranking.DEFAULT_WEIGHTS
    )
    assert [(one.area, one.score) for one in ranked] == [(2, 0.35), (1, 0.325)]
    assert [(p.key, p.share, p.points) for p in ranked[0].parts[:1]] == [("OPEN_NEEDS", 1.0, 0.25)]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 10**12)), max_size=8))
def test_a_score_lies_between_nothing_and_one_and_ranks_run_through(values: list[tuple[int, int]]):
    places = [_place(n, OPEN_NEEDS=needs, ASKED=asked) for n, (needs, asked) in enumerate(values)]
    ranked = ranking.rank(places, ranking.DEFAULT_WEIGHTS)
    assert [one.rank for one in ranked] == list(range(1, len(places) + 1))
    assert all(0 <= one.score <= 1 for one in ranked)
    assert sorted((one.score for one in ranked), reverse=True) == [one.score for one in ranked]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"OPEN_NEEDS": 101}, "weight_out_of_range"), ({"WISHES": 1}, "unknown_indicator"),
     (dict.fromkeys(ranking.DEFAULT_WEIGHTS, 0), "no_weight")],
)  # fmt: skip
def test_weights_that_cannot_be_used(change: dict[str, int], code: str):
    problem = ranking.weights_problem(ranking.DEFAULT_WEIGHTS | change)
    assert problem is not None
    assert problem[0] == code


def test_every_thing_the_engine_knows_has_a_name():
    assert set(FAMILIES) == set(OBJECTS) | {OTHER}


@pytest.mark.parametrize(
    ("text", "family"),
    [("ก่อสร้างถนนพร้อมรางระบายน้ำ", "road"), ("ติดตั้งโคมไฟถนน", "lighting"), ("ขุดลอกลำห้วยไผ่", "irrigation"),
     ("พิธีเปิด", OTHER)],
)  # fmt: skip
def test_a_family_is_what_a_line_speaks_of_first(text: str, family: str):
    assert family_of(text) == family


def test_needs_that_name_one_problem_stand_together_and_self_help_apart():
    asked = [
        clustering.Asked(3, "ก่อสร้างถนน สายบ้านไผ่", "ถนนชำรุด", False),
        clustering.Asked(1, "ปรับปรุงถนนลูกรัง", "ถนนชำรุด", False),
        clustering.Asked(2, "ซ่อมถนนกันเอง", "ถนนชำรุด", True),
    ]
    found = clustering.cluster(asked)
    assert [([pk for pk, _ in one.members], one.self_help) for one in found] == [([1, 3], False), ([2], True)]
    assert clustering.cluster(list(reversed(asked))) == found
    assert clustering.cluster([]) == ()


def test_people_are_read_where_people_are_named():
    assert clustering.people_named("เกษตรกร 1,240 ราย") == 1240
    assert clustering.people_named("ประชาชน 40 ครัวเรือน") is None
    assert clustering.weight_of(4, None, 7) == 28


def test_a_guideline_is_suggested_by_the_rulebooks_words():
    chosen = rulebook.load().guideline_set("knp_2545")
    hint = guidelines.suggest("ถนนชำรุด สัญจรไม่สะดวก", chosen)
    assert (hint.code, hint.confidence, hint.words) == ("5", 1.0, ("ถนน", "สัญจร"))
    assert guidelines.suggest("อื่นใด", chosen) == guidelines.GuidelineHint("", 0.0, ())
    assert guidelines.rule_version(chosen).startswith("knp_2545-words-")


def test_a_project_that_took_up_a_need_counts_in_full_and_one_elsewhere_not_at_all():
    alike = candidates.Likeness(place=0.8, words=0.5, family=True, guideline=True, group=False)
    whole, reasons = candidates.score(alike)
    assert (whole, reasons[0]) == (0.73, ("PLACE", 0.28))
    assert candidates.score(candidates.Likeness(0.2, 0, False, False, False, takes_up=True)) == (
        1.0,
        (("TAKES_UP", 1.0),),
    )
    assert not candidates.is_suggested(candidates.Likeness(0, 1, True, True, True), 0.65)


def test_what_is_not_paid_twice_is_the_lesser_amount():
    october = (dt.date(2025, 10, 1), dt.date(2025, 10, 31))
    merged = [results.Merged(900, 850, *october), results.Merged(900, None)]
    assert results.expected([120, None, 30], merged) == results.Expected(150, 850, 30)
    assert results.expected([None], []) == results.Expected(None, 0, 0)


def test_the_pipe_is_laid_before_the_road():
    pipe = results.Work(1, 7, "water_supply", dt.date(2026, 3, 1), dt.date(2026, 4, 1))
    road = results.Work(2, 7, "road", dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    later = results.Work(3, 7, "road", dt.date(2026, 5, 1), dt.date(2026, 6, 1))
    assert results.order_conflicts([pipe, road, later]) == ((1, 2),)


def test_the_first_step_not_done_is_now():
    states = progress.steps(progress.Counts(areas=2, groups=3, groups_open=1))
    assert [one.state for one in states[:3]] == ["DONE", "NOW", "LATER"]
    assert progress.outcome_suggested(accepted=0, self_help=True) == "SELF_HELP"
