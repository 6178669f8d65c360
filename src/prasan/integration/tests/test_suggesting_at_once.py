"""The same projects compared by several at the same moment: each pair stands once, and nobody sees an error."""

from functools import partial

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import cast, moment

from prasan.integration import services as acts
from prasan.integration.models import Pair
from prasan.projects.testing import make_project

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_of_six_who_compare_the_same_projects_all_are_heard_and_each_pair_stands_once():
    stage = cast()
    road = "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนายดำ - วัดป่า หมู่ที่ 1"
    ids = [make_project(owner=stage.sao, area=stage.village, baht=500_000, name=road).pk for _ in range(4)]
    done, refused = at_once([lambda: acts.suggest_pairs(projects=ids, actor=stage.system, at=moment(1))] * 6)
    assert (len(done), refused) == (6, [])
    assert Pair.objects.count() == 6  # of four projects, two and two


def test_of_six_runs_that_suggest_the_same_pair_all_are_heard_and_it_stands_once():
    stage = cast()
    first, second = (make_project(owner=stage.sao, area=stage.village, baht=500_000).pk for _ in range(2))
    draft = acts.PairDraft(first, second, 0.9, "duplicate", [])
    run = partial(acts.record_pairs, pairs=[draft], engine="test 1", actor=stage.system, at=moment(1))
    done, refused = at_once([run] * 6)
    assert refused == []
    assert sum(one.added for one in done) == Pair.objects.count() == 1
