"""Who may record and decide conflicts: the table, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import Conflict
from prasan.integration.testing import make_conflict, pipe_after_road
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, str], object]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _record(stage: Cast, who: str) -> object:
    return integrate.record_conflicts(found=[], rule_version="1", actor=getattr(stage, who), at=moment(91))


def _decide(stage: Cast, who: str) -> object:
    conflict = Conflict.objects.get(decision="WAITING")
    return integrate.decide_conflict(
        conflict=conflict, decision="ACCEPTED", reason="ไหล่ทาง", actor=getattr(stage, who), at=moment(91)
    )


def _undo(stage: Cast, who: str) -> object:
    conflict = Conflict.objects.get(decision="ACCEPTED")
    return integrate.undo_conflict_decision(conflict=conflict, reason="ดูใหม่", actor=getattr(stage, who), at=moment(91))


# stranger, same body without the role, village, LAO (one owner of two), district, province, PAO, operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_record, (False, False, False, False, True, True, False, True)),
    (_decide, (False, False, False, False, True, True, False, True)),
    (_undo, (False, False, False, False, True, True, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    make_conflict(*pipe_after_road(stage))
    decided = make_conflict(*pipe_after_road(stage))
    integrate.decide_conflict(conflict=decided, decision="ACCEPTED", reason="ไหล่ทาง", actor=stage.system, at=moment(89))
    before = list(Conflict.objects.order_by("pk").values()), Entry.objects.count()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() == before[1] + 1
        return
    with pytest.raises(Refused) as refusal:
        act(stage, who)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert (list(Conflict.objects.order_by("pk").values()), Entry.objects.count()) == before
