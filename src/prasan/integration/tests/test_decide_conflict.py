"""An officer decides what becomes of a conflict, with a reason, and may take it back (R31)."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import Conflict
from prasan.integration.testing import make_conflict, pipe_after_road
from prasan.journal.models import Entry
from prasan.projects.services import move_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _decide(
    stage: Cast, conflict: Conflict, decision: str = "TOGETHER", reason: str = "ทำพร้อมกัน", **more: int
) -> Conflict:
    return integrate.decide_conflict(
        conflict=conflict, decision=decision, reason=reason, actor=stage.prasit, at=moment(91), **more
    )


def _undo(stage: Cast, conflict: Conflict, reason: str = "ดูใหม่", **more: int) -> Conflict:
    return integrate.undo_conflict_decision(conflict=conflict, reason=reason, actor=stage.prasit, at=moment(92), **more)


@pytest.mark.parametrize("decision", ["TOGETHER", "ACCEPTED", "NOT_A_CONFLICT"])
def test_it_is_decided_with_a_reason_and_taken_back(stage: Cast, decision: str):
    conflict = make_conflict(*pipe_after_road(stage))
    _decide(stage, conflict, decision, " เพราะ ")
    assert (conflict.decision, conflict.decision_reason, conflict.decided_by) == (decision, "เพราะ", stage.prasit)
    assert conflict.decided_at == moment(91)
    _undo(stage, conflict)
    assert (conflict.decision, conflict.decision_reason, conflict.decided_by) == ("WAITING", "", None)
    acts = Entry.objects.filter(subject_kind="Conflict").order_by("id").values_list("act", flat=True)
    assert list(acts)[-2:] == ["integration.decide_conflict", "integration.undo_conflict_decision"]


def test_it_is_moved_only_when_the_two_no_longer_conflict(stage: Cast):
    road, pipe = pipe_after_road(stage)
    conflict = make_conflict(road, pipe)
    with pytest.raises(integrate.UnableToDecideConflict, match="still_found"):
        _decide(stage, conflict, "MOVED")
    later = (dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    move_project(project=road, work=later, reason="รอท่อ", actor=stage.system, at=moment(90))
    assert _decide(stage, conflict, "MOVED").decision == "MOVED"


def test_refusals_say_why_and_change_nothing(stage: Cast):
    conflict, decided = make_conflict(*pipe_after_road(stage)), make_conflict(*pipe_after_road(stage))
    _decide(stage, decided)
    before = list(Conflict.objects.order_by("pk").values()), Entry.objects.count()
    acts = [
        (lambda: _decide(stage, conflict, "WAITING"), "unknown_decision"),
        (lambda: _decide(stage, conflict, "SAME"), "unknown_decision"),
        (lambda: _decide(stage, conflict, reason=" "), "no_reason"),
        (lambda: _decide(stage, decided), "decided_already"),
        (lambda: _decide(stage, conflict, seen_version=9), "changed_meanwhile"),
        (lambda: _undo(stage, decided, reason=" "), "no_reason"),
        (lambda: _undo(stage, conflict), "not_decided"),
        (lambda: _undo(stage, decided, seen_version=1), "changed_meanwhile"),
    ]
    for act, code in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
        assert refusal.value.message_th
        assert refusal.value.message_en
    assert (list(Conflict.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_the_second_of_two_is_told(stage: Cast):
    hers = make_conflict(*pipe_after_road(stage))
    his = Conflict.objects.get()
    _decide(stage, hers)
    with pytest.raises(integrate.UnableToDecideConflict, match="changed_meanwhile"):
        _decide(stage, his, "ACCEPTED")
    assert Conflict.objects.get().decision == "TOGETHER"
