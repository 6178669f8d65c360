"""What was just recorded is held against what stands, and queued as a whole run would queue it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, cast, moment

from prasan.integration import services as acts
from prasan.integration.models import Pair
from prasan.integration.queries import weights_in_force
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.matching import match_table
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.queries import lines
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
ROAD = "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนายดำ - วัดป่า หมู่ที่ 1"


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _works(stage: Cast) -> list[int]:
    """The same road thrice, its second phase, and something else."""
    names = (
        (stage.sao, 500_000, ROAD),
        (stage.pao, 510_000, "โครงการก่อสร้างถนน คสล. สายบ้านนายดำ-วัดป่า ม.1"),
        (stage.highways, 500_000, ROAD),
        (stage.pao, 700_000, f"{ROAD} ระยะที่ 2"),
        (stage.sao, 90_000, "ฝึกอบรมอาชีพผู้สูงอายุ"),
    )
    return [make_project(owner=owner, area=stage.village, baht=baht, name=name).pk for owner, baht, name in names]


def _rows() -> list[tuple[object, ...]]:
    told = ("probability", "verdict", "reasons", "engine", "decision", "at_stake_satang", "is_open")
    return list(Pair.objects.order_by("first", "second").values_list("first", "second", *told))


def _whole_run(stage: Cast, ids: list[int]) -> None:
    in_force = weights_in_force("56")
    drafts = [
        acts.PairDraft(pair["id_a"], pair["id_b"], pair["probability"], pair["verdict"], pair["reasons"])
        for pair in match_table(lines.table_of(lines.lines_of(ids)), weights=in_force.weights).to_dicts()
    ]
    acts.record_pairs(pairs=drafts, engine=in_force.engine(), actor=stage.system, at=moment(1), among=ids)


def test_the_queue_holds_what_a_whole_run_would_queue(stage: Cast):
    ids = _works(stage)
    found = acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(1))
    suggested = _rows()
    assert found.added == len(suggested) >= 3
    Pair.objects.all().delete()
    _whole_run(stage, ids)
    assert _rows() == suggested
    again = acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(2))
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert _rows() == suggested


def test_a_new_project_is_held_against_those_that_stand_and_each_side_in_the_order_of_ids(stage: Cast):
    old = make_project(owner=stage.highways, area=stage.village, baht=500_000, name=ROAD, fiscal_year=2567)
    new = make_project(owner=stage.sao, area=stage.village, baht=500_000, name=ROAD, moos="1")
    for asked in ([new.pk], [old.pk]):
        Pair.objects.all().delete()
        acts.suggest_pairs(projects=asked, actor=stage.system, at=moment(1))
        by_one = _rows()
        Pair.objects.all().delete()
        _whole_run(stage, [old.pk, new.pk])
        assert by_one == _rows()
        assert "คนละปีงบประมาณ: 2567 / 2569" in str(by_one)


def test_decided_pairs_and_those_of_others_stay(stage: Cast):
    ids = _works(stage)
    first, second = (Project.objects.get(pk=pk) for pk in ids[:2])
    decided = make_pair(first, second, probability=0.5)
    acts.decide_pair(
        pair=decided, decision="DIFFERENT", reason="คนละช่วงถนน", kept=None, actor=stage.system, at=moment(1)
    )
    strange = make_pair(first, Project.objects.get(pk=ids[4]))
    before = {pk: Pair.objects.filter(pk=pk).values().get() for pk in (decided.pk, strange.pk)}
    found = acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(2))
    assert found.decided == 1
    assert {pk: Pair.objects.filter(pk=pk).values().get() for pk in before} == before


def test_what_no_longer_stands_is_not_compared(stage: Cast):
    ids = _works(stage)
    for pk in ids[1:4]:
        projects.withdraw_project(project=Project.objects.get(pk=pk), reason="เลิก", actor=stage.system, at=moment(1))
    assert acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(2)).added == 0
    assert acts.suggest_pairs(projects=[], actor=stage.system, at=moment(2)).added == 0


@pytest.mark.parametrize(
    ("who", "owner", "allowed"),
    [
        ("system", "sao", True),
        ("wichai", "sao", True),
        ("wichai", "pao", False),
        ("malee", "pao", True),
        ("duangjai", "sao", True),  # who plans for a district may record what a run suggests
        ("prasit", "highways", True),
        ("somsri", "sao", False),
        ("clerk", "sao", False),
        ("stranger", "sao", False),
    ],
)
def test_who_may(stage: Cast, who: str, owner: str, allowed: bool):
    make_project(owner=stage.village_committee, area=stage.village, baht=500_000, name=ROAD)
    mine = make_project(owner=getattr(stage, owner), area=stage.village, baht=500_000, name=ROAD)
    person = getattr(stage, who)
    if allowed:
        assert acts.suggest_pairs(projects=[mine.pk], actor=person, at=moment(1)).added == 1
        entry = Entry.objects.get(act="integration.suggest")
        assert (entry.actor_label, entry.data["engine"]) == (str(person), weights_in_force("56").engine())
        return
    with pytest.raises(acts.UnableToSuggestPairs) as refusal:
        acts.suggest_pairs(projects=[mine.pk], actor=person, at=moment(1))
    assert refusal.value.code == "not_allowed"
    assert not Pair.objects.exists()


def test_the_questions_grow_slowly_with_the_lines(stage: Cast):
    """Places are read once for all lines of one; owners and amounts are asked for each line without a place."""
    ids = [
        make_project(owner=stage.sao, area=stage.village, baht=1_000 + n, name=f"{ROAD} ซอย {n}").pk for n in range(20)
    ]
    with CaptureQueriesContext(connection) as asked:
        acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(1))
    assert len(asked) <= 3 * len(ids) + 40
