"""Several officers press the same in one round at the same moment: one is heard, the others are told."""

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import cast

from prasan.afp import services as afp
from prasan.afp.models import AfpRound
from prasan.afp.testing import AT, make_round
from prasan.needs.testing import make_need

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_of_six_officers_who_cluster_at_once_one_is_heard():
    stage = cast()
    make_need(body=stage.village_committee, title="ก่อสร้างถนน", response_kind="NEEDS_SUPPORT")
    made = make_round(body=stage.district_committee, upto=2)
    seen = made.version

    def press() -> object:
        mine = AfpRound.objects.select_related("body", "area").get(pk=made.pk)
        return afp.cluster_problems(round=mine, actor=stage.system, at=AT, seen_version=seen)

    done, refused = at_once([press] * 6)
    assert len(done) == 1
    assert {refusal.code for refusal in refused} == {"changed_meanwhile"}
    assert made.problems.count() == 1
