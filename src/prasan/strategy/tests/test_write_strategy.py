"""A draft is changed act by act, by one officer at a time; frames are kept once; what is alike is suggested."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.strategy import queries, rules
from prasan.strategy import services as strategy
from prasan.strategy.models import Indicator, Objective, ObjectiveLink, StrategyPlan
from prasan.strategy.services import Measure

pytestmark = pytest.mark.django_db
MEASURE = Measure("ครัวเรือนที่มีน้ำใช้", "ร้อยละ", {2571: Decimal("80"), 2572: Decimal("85.5")}, Decimal("70"), 2569)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _plan(stage: Cast) -> tuple[StrategyPlan, Objective, Objective]:
    by = {"actor": stage.prasit, "at": moment(0)}
    plan = strategy.draft_plan(
        code="P/2571", level="PROVINCE", body=stage.province_office, title="แผนพัฒนาจังหวัด", vision="เมืองน่าอยู่",
        first_year=2571, last_year=2575, **by,
    )  # fmt: skip
    issue = strategy.add_objective(plan=plan, kind="ISSUE", code="1", name="น้ำและสิ่งแวดล้อม", **by)
    goal = strategy.add_objective(plan=plan, kind="GOAL", code="1.1", name="น้ำพอใช้", parent=issue, **by)
    strategy.set_indicator(objective=goal, measure=MEASURE, **by)
    plan.refresh_from_db()
    return plan, issue, goal


def _state() -> tuple[object, ...]:
    rows = [
        list(model.objects.order_by("pk").values()) for model in (StrategyPlan, Objective, Indicator, ObjectiveLink)
    ]
    return (*rows, Entry.objects.count())


def test_a_draft_is_changed_head_and_tree(stage: Cast):
    plan, issue, goal = _plan(stage)
    by = {"actor": stage.prasit, "at": moment(1)}
    other = strategy.add_objective(plan=plan, kind="ISSUE", code="2", name="เศรษฐกิจ", **by)
    strategy.revise_plan(
        plan=plan,
        title="แผนพัฒนาจังหวัด (ทบทวน)",
        vision="เมืองสะอาด",
        reference="ประชุม",
        first_year=2570,
        last_year=2575,
        **by,
    )
    strategy.change_objective(objective=goal, code="2.1", name="รายได้เพิ่ม", parent=other, **by)
    strategy.move_objective(objective=other, up=True, **by)
    (indicator,) = goal.indicators.all()
    strategy.change_indicator(indicator=indicator, measure=Measure("รายได้", "บาท", {2570: Decimal(9)}), **by)
    tree = queries.tree(plan)
    assert [(n.objective.code, [c.objective.code for c in n.children]) for n in tree] == [("2", ["2.1"]), ("1", [])]
    (kept,) = tree[0].children[0].indicators
    assert (kept.name_th, kept.baseline, [(t.fiscal_year, t.value) for t in kept.targets.all()]) == (
        "รายได้", None, [(2570, Decimal(9))],
    )  # fmt: skip
    strategy.remove_indicator(indicator=kept, **by)
    strategy.remove_objective(objective=issue, **by)
    assert [n.objective.code for n in queries.tree(plan)] == ["2"]
    assert (plan.title_th, plan.first_year, plan.vision) == ("แผนพัฒนาจังหวัด (ทบทวน)", 2570, "เมืองสะอาด")
    strategy.discard_draft(plan=plan, **by)
    assert not StrategyPlan.objects.exists()


Act = Callable[[Cast, StrategyPlan, Objective, Objective, dict[str, object]], object]
ACTS: dict[str, Act] = {
    "revise": lambda stage, plan, issue, goal, by: strategy.revise_plan(
        plan=plan, title="ใหม่", vision="", reference="", first_year=2571, last_year=2575, **by
    ),
    "add": lambda stage, plan, issue, goal, by: strategy.add_objective(
        plan=plan, kind="ISSUE", code="9", name="x", **by
    ),
    "change": lambda stage, plan, issue, goal, by: strategy.change_objective(objective=goal, code="9", name="x", **by),
    "remove": lambda stage, plan, issue, goal, by: strategy.remove_objective(objective=issue, **by),
    "measure": lambda stage, plan, issue, goal, by: strategy.set_indicator(objective=goal, measure=MEASURE, **by),
    "remeasure": lambda stage, plan, issue, goal, by: strategy.change_indicator(
        indicator=goal.indicators.get(), measure=MEASURE, **by
    ),
    "unmeasure": lambda stage, plan, issue, goal, by: strategy.remove_indicator(indicator=goal.indicators.get(), **by),
    "discard": lambda stage, plan, issue, goal, by: strategy.discard_draft(plan=plan, **by),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_second_officer_is_told_and_strangers_change_nothing(stage: Cast, act: str):
    plan, issue, goal = _plan(stage)
    before = _state()
    for who in (stage.stranger, stage.clerk, stage.wichai, stage.duangjai):
        with pytest.raises(strategy.UnableToWriteStrategy, match="not_allowed"):
            ACTS[act](stage, plan, issue, goal, {"actor": who, "at": moment(1)})
        assert _state() == before
    stale = {"actor": stage.prasit, "at": moment(1), "seen_version": plan.version - 1}
    with pytest.raises(strategy.UnableToWriteStrategy, match="changed_meanwhile"):
        ACTS[act](stage, plan, issue, goal, stale)
    assert _state() == before
    StrategyPlan.objects.filter(pk=plan.pk).update(proclaimed_on=moment(1).date())
    before = _state()
    with pytest.raises(strategy.UnableToWriteStrategy, match="proclaimed"):
        ACTS[act](stage, plan, issue, goal, {"actor": stage.prasit, "at": moment(1)})
    assert _state() == before


def test_what_cannot_be_changed_says_why(stage: Cast):
    plan, issue, goal = _plan(stage)
    by = {"actor": stage.prasit, "at": moment(1)}
    before = _state()
    head = {"title": "ก", "vision": "", "reference": ""}
    for code, act in (
        ("years_in_use", lambda: strategy.revise_plan(plan=plan, **head, first_year=2572, last_year=2575, **by)),
        ("no_place", lambda: strategy.move_objective(objective=issue, up=True, **by)),
        ("wrong_parent", lambda: strategy.change_objective(objective=goal, code="1.1", name="x", parent=goal, **by)),
        ("not_linked", lambda: strategy.unlink_up(below=issue, above=goal, **by)),
    ):
        with pytest.raises(strategy.UnableToWriteStrategy) as refusal:
            act()
        assert refusal.value.code == code
        assert _state() == before


def test_a_link_is_taken_back(stage: Cast):
    plan, issue, _goal = _plan(stage)
    strategy.load_references(actor=stage.system, at=moment(0))
    top = Objective.objects.filter(plan__code="national_strategy_2561").order_by("position").first()
    assert top is not None
    by = {"actor": stage.prasit, "at": moment(1)}
    strategy.link_up(below=issue, above=top, **by)
    strategy.unlink_up(below=issue, above=top, **by)
    assert list(queries.orphans(plan)) == [issue]


def test_the_next_version_is_begun_once(stage: Cast):
    plan, _issue, _goal = _plan(stage)
    StrategyPlan.objects.filter(pk=plan.pk).update(proclaimed_on=moment(1).date())
    plan.refresh_from_db()
    strategy.next_version(plan=plan, actor=stage.prasit, at=moment(2))
    before = _state()
    with pytest.raises(strategy.UnableToWriteStrategy, match="draft_waiting"):
        strategy.next_version(plan=plan, actor=stage.prasit, at=moment(3))
    assert _state() == before


def test_the_national_frames_are_kept_once_and_by_the_operator_only(stage: Cast):
    with pytest.raises(strategy.UnableToWriteStrategy, match="not_allowed"):
        strategy.load_references(actor=stage.prasit, at=moment(0))
    made = strategy.load_references(actor=stage.system, at=moment(0))
    counts = {plan.code: plan.objectives.count() for plan in made}
    assert counts == {"national_strategy_2561": 6, "national_plan_13": 13, "sdgs_2573": 17}
    assert {plan.certainty for plan in made} == {"G"}
    before = _state()
    assert strategy.load_references(actor=stage.system, at=moment(1)) == []
    assert _state() == before


def test_what_is_alike_is_suggested_first_and_what_is_answered_no_more(stage: Cast):
    _draft, issue, _goal = _plan(stage)
    strategy.load_references(actor=stage.system, at=moment(0))
    found = queries.suggestions(issue)
    assert found[0].objective.name_th == "การจัดการน้ำและสุขาภิบาล" or "สิ่งแวดล้อม" in found[0].objective.name_th
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    strategy.link_up(below=issue, above=found[0].objective, actor=stage.prasit, at=moment(1))
    assert found[0].objective not in [one.objective for one in queries.suggestions(issue)]
    named = queries.suggestions(issue, words="ความมั่นคง")
    assert [one.objective.name_th for one in named] == ["ยุทธศาสตร์ชาติด้านความมั่นคง"]


def test_likeness_is_of_what_tells_and_both_ways():
    keys = ["การพัฒนาสิ่งแวดล้อม", "การพัฒนาความมั่นคง", "การพัฒนาถนน", "ด้านสิ่งแวดล้อม"]
    weights = rules.weights_of(keys)
    green, safe, roads, other = keys
    assert rules.likeness(green, green, weights) == pytest.approx(1.0)
    assert rules.likeness(green, other, weights) == pytest.approx(rules.likeness(other, green, weights))
    assert rules.likeness(green, other, weights) > rules.likeness(green, roads, weights)  # การพัฒนา tells little
    assert rules.likeness(safe, other, weights) == rules.likeness("", safe, weights) == 0.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_officers_at_once_change_a_draft_one_after_the_other():
    stage = cast()
    plan, issue, _goal = _plan(stage)
    seen = {"actor": stage.prasit, "at": moment(1), "seen_version": plan.version}
    done, refused = at_once(
        [lambda n=n: strategy.change_objective(objective=issue, code="1", name=f"ฉบับ {n}", **seen) for n in range(4)]
    )
    assert len(done) == 1
    assert {one.code for one in refused} == {"changed_meanwhile"}
    StrategyPlan.objects.filter(pk=plan.pk).update(proclaimed_on=moment(1).date())
    plan.refresh_from_db()
    done, refused = at_once(
        [lambda: strategy.next_version(plan=plan, actor=stage.prasit, at=moment(2)) for _ in range(4)]
    )
    assert len(done) == 1
    assert {one.code for one in refused} == {"draft_waiting"}
