"""What a pair repeats of its projects follows them, whoever changes them."""

import ast
from typing import Any

import pytest
from django.db import connection
from tests.architecture.house import PACKAGE, sources, tree
from tests.cast import Cast, cast, moment

from prasan.agencies.models import Body
from prasan.common.text import search_key
from prasan.integration import queries, word_search
from prasan.integration import services as integrate
from prasan.integration.models import Pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import AmountKind, Project
from prasan.projects.services import ProjectDraft, YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
CHANGES = {"revise_project", "move_project", "withdraw_project", "merge_project", "unmerge_project"}
TELLS = {"refresh_pairs", "keep_in_step"}


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _kept(pair: Pair) -> tuple[Any, ...]:
    pair = Pair.objects.get(pk=pair.pk)
    return pair.is_open, pair.at_stake_satang, pair.stake_rank, pair.first_place, pair.second_place


def test_a_pair_knows_the_lesser_amount_the_places_and_the_owners(stage: Cast):
    road = make_project(owner=stage.sao, baht=100, area=stage.village)
    twin = make_project(owner=stage.pao, baht=70)
    pair = make_pair(road, twin)
    assert _kept(pair) == (True, 7_000, 7_000, "56011401", "56")
    assert (pair.first_owner, pair.second_owner) == (stage.sao, stage.pao)
    assert pair.owner_key == (stage.sao.sort_key or stage.sao.name_key)


def test_money_nobody_named_is_unknown_and_stands_below_all(stage: Cast):
    pair = make_pair(make_project(owner=stage.sao, baht=None), make_project(owner=stage.sao, baht=5))
    assert _kept(pair)[1:3] == (None, -1)


def test_budgeted_money_counts_only_where_none_was_planned(stage: Cast):
    def project(*years: YearDraft) -> Project:
        draft = ProjectDraft(owner=stage.sao, origin="LOCAL_PLAN", fiscal_year=2569, name="ถนน", years=years)
        return projects.record_project(draft=draft, actor=stage.system, at=moment(1))

    planned, budgeted = YearDraft(2569, 500), YearDraft(2570, 300, AmountKind.BUDGETED)
    pair = make_pair(
        project(planned, YearDraft(2571, 200), budgeted), project(YearDraft(2569, 900, AmountKind.BUDGETED))
    )
    assert _kept(pair)[1] == 700


def test_a_revised_project_changes_the_money_of_its_pairs(stage: Cast):
    road, twin = make_project(owner=stage.sao, baht=100), make_project(owner=stage.sao, baht=900)
    pair = make_pair(road, twin)
    draft = ProjectDraft(
        owner=stage.sao, origin=road.origin, fiscal_year=2569, name=road.name, years=(YearDraft(2569, 40_000),)
    )
    projects.revise_project(project=Project.objects.get(pk=road.pk), draft=draft, actor=stage.wichai, at=moment(81))
    assert integrate.refresh_pairs(projects=[road.pk], actor=stage.wichai, at=moment(81)) == 1
    assert _kept(pair)[1] == 40_000
    line = Entry.objects.get(act="integration.refresh_pairs")
    assert (line.data, line.actor_id) == ({"pairs": [pair.pk]}, stage.wichai.pk)
    assert integrate.refresh_pairs(projects=[road.pk], actor=stage.wichai, at=moment(82)) == 0
    assert Entry.objects.filter(act="integration.refresh_pairs").count() == 1


def _named(words: str) -> list[int]:
    return [pair.pk for pair in queries.pairs_named(Pair.objects.order_by("pk"), search_key(words))]


@pytest.mark.parametrize("few", [word_search.FEW, 0])
def test_a_pair_is_found_by_what_its_projects_are_called_now(stage: Cast, monkeypatch: pytest.MonkeyPatch, few: int):
    monkeypatch.setattr(word_search, "FEW", few)
    road, twin = (make_project(owner=stage.sao, name=f"ถนนสาย {name}") for name in ("บ้านเหนือ", 'วัด"ใต้"'))
    pair = make_pair(road, twin)
    make_pair(make_project(owner=stage.sao, name="ฝาย"), make_project(owner=stage.sao, name="ฝายน้ำล้น"))
    for word, found in (("บ้านเหนือ", [pair.pk]), ("วัดใต้", [pair.pk]), ("นเหนือถน", []), ("ประปา", [])):
        assert _named(word) == found, word
    assert len(_named("ฝาย")) == len(_named("ฝ")) == 1
    draft = ProjectDraft(owner=stage.sao, origin=road.origin, fiscal_year=2569, name="วางท่อประปา", years=())
    projects.revise_project(project=Project.objects.get(pk=road.pk), draft=draft, actor=stage.wichai, at=moment(81))
    integrate.refresh_pairs(projects=[road.pk], actor=stage.wichai, at=moment(81))
    assert _named("ประปา") == [pair.pk]
    assert _named("เหนือ") == []
    Pair.objects.all().delete()
    assert _named("ประปา") == []


def test_the_index_of_words_stands_beside_the_table() -> None:
    """On SQLite a migration that makes the table anew takes its triggers away and has to make them again."""
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE tbl_name = 'integration_pair' AND type = 'trigger'",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE indexname = 'integration_pair_words'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        assert len(cursor.fetchall()) == {"sqlite": 3, "postgresql": 1}[connection.vendor]


def test_the_next_run_of_the_engine_brings_every_pair_it_speaks_of_up_to_date(stage: Cast):
    road, twin = make_project(owner=stage.sao, baht=100), make_project(owner=stage.sao, baht=900)
    pair = make_pair(road, twin)
    Pair.objects.update(at_stake_satang=1, first_place="")
    make_pair(road, twin)
    assert (_kept(pair)[1], _kept(pair)[3]) == (10_000, "560114")


def test_a_withdrawn_project_leaves_nothing_to_decide(stage: Cast):
    road, twin = make_project(owner=stage.sao), make_project(owner=stage.sao)
    pair = make_pair(road, twin)
    projects.withdraw_project(project=Project.objects.get(pk=twin.pk), reason="เลิก", actor=stage.wichai, at=moment(81))
    integrate.refresh_pairs(projects=[twin.pk], actor=stage.wichai, at=moment(81))
    assert not _kept(pair)[0]
    assert list(queries.pairs()) == []


def test_what_is_merged_still_waits_beside_a_third_until_the_three_are_one(stage: Cast):
    a, b, c = (make_project(owner=stage.sao) for _ in range(3))
    ab, ac = make_pair(a, b), make_pair(a, c)
    bc = make_pair(b, c)
    by: dict[str, Any] = {"reason": "สายเดียวกัน", "actor": stage.prasit, "at": moment(81)}
    integrate.decide_pair(pair=Pair.objects.get(pk=ab.pk), decision="SAME", kept=b, **by)
    assert [_kept(one)[0] for one in (ab, ac, bc)] == [False, True, True]  # A stands as B, and C is still another
    integrate.decide_pair(pair=Pair.objects.get(pk=bc.pk), decision="SAME", kept=b, **by)
    assert [_kept(one)[0] for one in (ab, ac, bc)] == [False, False, False]
    integrate.undo_pair_decision(pair=Pair.objects.get(pk=bc.pk), **by)
    assert [_kept(one)[0] for one in (ab, ac, bc)] == [False, True, True]


def test_whoever_changes_a_project_from_a_later_room_tells_the_queue() -> None:
    """A room before this one cannot know of pairs, so whoever calls it does (decision 13)."""
    silent = []
    for path in sources():
        if path.relative_to(PACKAGE).parts[0] == "projects":
            continue
        calls = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
        }
        if calls & CHANGES and not calls & TELLS and path.name not in TOLD_BY_THEIR_ACT:
            silent.append(str(path.relative_to(PACKAGE)))
    assert silent == []


TOLD_BY_THEIR_ACT = {"correcting.py"}  # exchange: its act, importing.py, tells for all rows of a file at once


def test_the_owner_of_a_pair_is_the_owner_of_the_project(stage: Cast):
    pair = make_pair(make_project(owner=stage.sao), make_project(owner=stage.pao))
    assert [p.pk for p in queries.pairs(body=stage.pao)] == [pair.pk]
    assert list(queries.pairs(body=Body.objects.get(pk=stage.other_sao.pk))) == []
