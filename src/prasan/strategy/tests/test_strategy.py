"""A strategy is written, linked upward, proclaimed with all its components, and then never changes."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.journal.models import Entry
from prasan.strategy import queries, rules
from prasan.strategy import services as strategy
from prasan.strategy.models import Objective, ObjectiveLink, StrategyPlan
from prasan.strategy.services import Measure

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 2, 1)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _plan(stage: Cast, **changes: object) -> StrategyPlan:
    wanted: dict[str, object] = {
        "code": "PROV-56", "level": "PROVINCE", "body": stage.province_office, "title": "แผนพัฒนาจังหวัดพะเยา",
        "vision": "เมืองน่าอยู่", "first_year": 2566, "last_year": 2570, "actor": stage.prasit, "at": moment(0),
    }  # fmt: skip
    return strategy.draft_plan(**(wanted | changes))


def _whole(stage: Cast, plan: StrategyPlan, who: object = None) -> Objective:
    by = {"actor": who or stage.prasit, "at": moment(1)}
    issue = strategy.add_objective(plan=plan, kind="ISSUE", code="1", name="เศรษฐกิจ", **by)
    goal = strategy.add_objective(plan=plan, kind="GOAL", code="1.1", name="รายได้เพิ่ม", parent=issue, **by)
    strategy.add_objective(plan=plan, kind="STRATEGY", code="1.1.1", name="ส่งเสริมเกษตร", parent=goal, **by)
    strategy.set_indicator(
        objective=goal, **by,
        measure=Measure("รายได้ต่อหัว", "บาท", {2566: Decimal("70000"), 2567: Decimal("72000.5")}, Decimal("68000"), 2565),
    )  # fmt: skip
    return issue


def test_a_plan_is_proclaimed_with_its_six_components_and_not_before(stage: Cast):
    plan = _plan(stage, vision="")
    with pytest.raises(strategy.UnableToWriteStrategy, match="incomplete") as refusal:
        strategy.proclaim_plan(plan=plan, proclaimed_on=DAY, by="มติ 1", actor=stage.prasit, at=moment(2))
    for word in ("วิสัยทัศน์", "ประเด็นยุทธศาสตร์", "เป้าประสงค์", "ตัวชี้วัด", "ค่าเป้าหมาย", "กลยุทธ์"):
        assert word in refusal.value.message_th
    whole = _plan(stage, code="PROV-56-2")
    _whole(stage, whole)
    strategy.proclaim_plan(plan=whole, proclaimed_on=DAY, by="มติ 1", actor=stage.prasit, at=moment(2))
    assert queries.proclaimed_plan(level="PROVINCE", area=stage.province, on=DAY) == whole
    assert queries.proclaimed_plan(level="PROVINCE", area=stage.province, on=DAY - dt.timedelta(days=1)) is None
    assert queries.proclaimed_plan(level="PROVINCE", area=stage.province, on=dt.date(2027, 10, 1)) is None


def test_what_is_proclaimed_never_changes_and_goes_on_as_the_next_version(stage: Cast):
    plan = _plan(stage)
    issue = _whole(stage, plan)
    strategy.proclaim_plan(plan=plan, proclaimed_on=DAY, by="มติ 1", actor=stage.prasit, at=moment(2))
    before = list(Objective.objects.values()), Entry.objects.count()
    with pytest.raises(strategy.UnableToWriteStrategy, match="proclaimed"):
        strategy.add_objective(plan=plan, kind="ISSUE", code="2", name="สังคม", actor=stage.prasit, at=moment(3))
    with pytest.raises(strategy.UnableToWriteStrategy, match="proclaimed"):
        strategy.set_indicator(
            objective=issue, measure=Measure("ก", "ข", {2566: Decimal(1)}), actor=stage.prasit, at=moment(3)
        )
    assert (list(Objective.objects.values()), Entry.objects.count()) == before
    copy = strategy.next_version(plan=plan, actor=stage.prasit, at=moment(4))
    assert (copy.number, copy.proclaimed_on) == (2, None)
    old, new = queries.tree(plan), queries.tree(copy)
    assert [n.objective.name_th for n in new] == [n.objective.name_th for n in old]
    assert [t.value for t in new[0].children[0].indicators[0].targets.all()] == [Decimal("70000"), Decimal("72000.5")]
    assert new[0].children[0].children[0].objective.code == "1.1.1"


def test_links_go_up_and_show_what_is_orphaned_and_unanswered(stage: Cast):
    national = _plan(stage, code="nation", level="NATIONAL", body=None, actor=stage.system, last_year=2580)
    top = strategy.add_objective(
        plan=national, kind="ISSUE", code="1", name="แข่งขันได้", actor=stage.system, at=moment(1)
    )
    plan = _plan(stage)
    issue = _whole(stage, plan)
    assert list(queries.orphans(plan)) == [issue]
    assert list(queries.unanswered(national)) == [top]
    assert list(queries.orphans(national)) == []
    strategy.link_up(below=issue, above=top, actor=stage.prasit, at=moment(2))
    assert list(queries.orphans(plan)) == []
    assert list(queries.unanswered(national)) == []
    assert queries.tree(plan)[0].above == (top,)
    for below, above, code in ((issue, top, "linked_already"), (top, issue, "not_above"), (issue, issue, "not_above")):
        with pytest.raises(strategy.UnableToWriteStrategy) as refusal:
            strategy.link_up(below=below, above=above, actor=stage.system, at=moment(3))
        assert refusal.value.code == code
    old = _plan(stage, code="old", level="NATIONAL", body=None, actor=stage.system, first_year=2545, last_year=2549)
    past = strategy.add_objective(plan=old, kind="ISSUE", code="1", name="เก่า", actor=stage.system, at=moment(1))
    with pytest.raises(strategy.UnableToWriteStrategy, match="years_apart"):
        strategy.link_up(below=issue, above=past, actor=stage.prasit, at=moment(3))
    assert ObjectiveLink.objects.count() == 1


def test_no_level_stands_above_itself_so_links_make_no_ring():
    for upper in rules.LEVELS:
        for lower in rules.LEVELS:
            assert not (rules.is_above(upper, lower) and rules.is_above(lower, upper))


def test_refusals_say_what_is_wrong_and_change_nothing(stage: Cast):
    plan = _plan(stage)
    issue = _whole(stage, plan)
    other = _plan(stage, code="other")
    before = list(Objective.objects.values()), StrategyPlan.objects.count(), Entry.objects.count()
    by = {"actor": stage.prasit, "at": moment(5)}
    for kind, parent, code, name, refused in (
        ("GOAL", None, "9", "x", "wrong_parent"),
        ("STRATEGY", issue, "9", "x", "wrong_parent"),
        ("WISH", None, "9", "x", "wrong_parent"),
        ("ISSUE", None, "1", "x", "taken_code"),
        ("ISSUE", None, "9", " ", "no_name"),
    ):
        with pytest.raises(strategy.UnableToWriteStrategy) as refusal:
            strategy.add_objective(plan=plan, kind=kind, code=code, name=name, parent=parent, **by)
        assert refusal.value.code == refused
    with pytest.raises(strategy.UnableToWriteStrategy, match="other_plan"):
        strategy.add_objective(plan=other, kind="GOAL", code="9", name="x", parent=issue, **by)
    for unit, targets, refused in (
        (" ", {2566: Decimal(1)}, "no_unit"), ("บาท", {}, "no_targets"), ("บาท", {2571: Decimal(1)}, "year_outside"),
    ):  # fmt: skip
        with pytest.raises(strategy.UnableToWriteStrategy) as refusal:
            strategy.set_indicator(objective=issue, measure=Measure("ก", unit, targets), **by)
        assert refusal.value.code == refused
    for changes, refused in (
        ({"code": "PROV-56"}, "taken_code"),
        ({"code": "x", "title": " "}, "no_title"),
        ({"code": "x", "level": "MOON"}, "unknown_level"),
        ({"code": "x", "last_year": 2560}, "years_backwards"),
    ):
        with pytest.raises(strategy.UnableToWriteStrategy) as refusal:
            _plan(stage, **changes)
        assert refusal.value.code == refused
    assert (list(Objective.objects.values()), StrategyPlan.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("stranger", False), ("clerk", False), ("wichai", False), ("duangjai", False), ("prasit", True), ("system", True)],
)
def test_only_the_bodys_officers_write_its_strategy(stage: Cast, who: str, allowed: bool):
    if allowed:
        assert _plan(stage, actor=getattr(stage, who)).version == 1
        return
    with pytest.raises(Refused, match="not_allowed"):
        _plan(stage, actor=getattr(stage, who))
    assert not StrategyPlan.objects.exists()
