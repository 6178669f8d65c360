"""An officer decides what a pair is, and may take it back."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import Pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_same_merges_the_other_into_the_one_that_is_kept(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    pair = make_pair(a, b)
    integrate.decide_pair(pair=pair, decision="SAME", kept=b, reason="สายเดียวกัน", actor=stage.prasit, at=moment(81))
    assert Project.objects.get(pk=a.pk).merged_into == b
    assert Project.objects.get(pk=b.pk).merged_into is None
    assert (pair.decision, pair.kept, pair.decided_by, pair.decided_at) == ("SAME", b, stage.prasit, moment(81))
    assert Entry.objects.get(act="integration.decide_pair").data == {
        "first": a.code,
        "second": b.code,
        "decision": "SAME",
        "kept": b.code,
        "reason": "สายเดียวกัน",
    }
    assert Entry.objects.get(act="projects.merge_project").subject_id == a.pk


@pytest.mark.parametrize("decision", ["OVERLAP", "CONTINUATION", "DIFFERENT"])
def test_the_other_answers_keep_both_and_stand_in_the_journey(stage: Cast, decision: str):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    pair = make_pair(a, b)
    integrate.decide_pair(pair=pair, decision=decision, reason="คนละช่วง", actor=stage.prasit, at=moment(81))
    assert not Project.objects.filter(merged_into__isnull=False).exists()
    assert Pair.objects.get().kept is None
    last = queries.journey(b)[-1]
    assert (last.act, last.state, last.why, last.at) == ("integration.decide_pair", decision, "คนละช่วง", moment(81))


def test_undoing_lets_the_pair_wait_and_both_stand_again(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    pair = make_pair(a, b)
    integrate.decide_pair(pair=pair, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.prasit, at=moment(81))
    integrate.undo_pair_decision(pair=pair, reason="ดูพื้นที่แล้วคนละสาย", actor=stage.prasit, at=moment(82))
    stored = Pair.objects.get()
    assert (stored.decision, stored.kept, stored.decided_by, stored.decided_at) == ("WAITING", None, None, None)
    assert Project.objects.get(pk=b.pk).merged_into is None
    assert Entry.objects.get(act="integration.undo_pair_decision").data["before"] == "SAME"
    integrate.decide_pair(pair=stored, decision="SAME", kept=b, reason="กลับกัน", actor=stage.prasit, at=moment(83))
    assert Project.objects.get(pk=a.pk).merged_into == b


def test_undoing_after_the_projects_were_taken_apart_by_hand_only_resets_the_pair(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    pair = make_pair(a, b)
    integrate.decide_pair(pair=pair, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.prasit, at=moment(81))
    projects.unmerge_project(project=Project.objects.get(pk=b.pk), reason="ต่าง", actor=stage.prasit, at=moment(82))
    integrate.undo_pair_decision(pair=pair, reason="ต่าง", actor=stage.prasit, at=moment(83))
    assert Pair.objects.get().decision == "WAITING"


def test_refusals_say_what_is_missing_and_change_nothing(stage: Cast):
    a, b, c = make_project(owner=stage.sao), make_project(owner=stage.pao), make_project(owner=stage.sao)
    pair, done = make_pair(a, b), make_pair(a, c)
    integrate.decide_pair(pair=done, decision="DIFFERENT", reason="ต่าง", actor=stage.prasit, at=moment(81))
    before = list(Pair.objects.order_by("pk").values()), Entry.objects.count()
    for this, decision, kept, reason, code in (
        (pair, "MAYBE", None, "ซ้ำ", "unknown_decision"),
        (pair, "WAITING", None, "ซ้ำ", "unknown_decision"),
        (pair, "OVERLAP", None, "  ", "no_reason"),
        (pair, "SAME", None, "ซ้ำ", "no_kept_project"),
        (pair, "SAME", c, "ซ้ำ", "no_kept_project"),
        (done, "SAME", a, "ซ้ำ", "decided_already"),
    ):
        with pytest.raises(integrate.UnableToDecidePair) as refusal:
            integrate.decide_pair(
                pair=this, decision=decision, kept=kept, reason=reason, actor=stage.prasit, at=moment(82)
            )
        assert refusal.value.code == code
    for this, reason, code in ((pair, "ต่าง", "not_decided"), (done, "", "no_reason")):
        with pytest.raises(integrate.UnableToUndoPairDecision) as undo:
            integrate.undo_pair_decision(pair=this, reason=reason, actor=stage.prasit, at=moment(82))
        assert undo.value.code == code
    assert (list(Pair.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_what_the_room_of_projects_refuses_leaves_the_pair_waiting(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    pair = make_pair(a, b)
    projects.withdraw_project(project=Project.objects.get(pk=b.pk), reason="เลิก", actor=stage.malee, at=moment(81))
    with pytest.raises(integrate.UnableToDecidePair, match="withdrawn"):
        integrate.decide_pair(pair=pair, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.prasit, at=moment(82))
    assert Pair.objects.get().decision == "WAITING"
    assert not Entry.objects.filter(act="integration.decide_pair").exists()


def test_the_second_of_two_officers_is_told(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    make_pair(a, b)
    hers, his = Pair.objects.get(), Pair.objects.get()
    integrate.decide_pair(pair=hers, decision="OVERLAP", reason="คาบเกี่ยว", actor=stage.prasit, at=moment(81))
    with pytest.raises(integrate.UnableToDecidePair, match="changed_meanwhile"):
        integrate.decide_pair(pair=his, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.system, at=moment(81))
    with pytest.raises(integrate.UnableToUndoPairDecision, match="changed_meanwhile"):
        integrate.undo_pair_decision(pair=hers, reason="ต่าง", actor=stage.prasit, at=moment(82), seen_version=1)
    assert Pair.objects.get().decision == "OVERLAP"
    assert not Project.objects.filter(merged_into__isnull=False).exists()
