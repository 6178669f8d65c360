"""What the engine suggests is kept; what officers decided is respected on the next run."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import Pair, PairDecision
from prasan.integration.services import PairDraft, PairsRecorded
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
REASONS = [{"code": "same_place", "th": "ที่เดียวกัน", "en": "same place"}]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _four(stage: Cast) -> list[Project]:
    return [make_project(owner=owner) for owner in (stage.sao, stage.sao, stage.pao, stage.pao)]


def _run(stage: Cast, drafts: list[PairDraft], day: int = 80, **how: object) -> PairsRecorded:
    return integrate.record_pairs(pairs=drafts, engine="prasan 1", actor=stage.system, at=moment(day), **how)


def test_a_pair_is_kept_lower_id_first_with_score_reasons_and_engine(stage: Cast):
    a, b, *_ = _four(stage)
    done = _run(stage, [PairDraft(b.pk, a.pk, 0.912345678, "duplicate", REASONS)])
    pair = Pair.objects.get()
    assert done == PairsRecorded(added=1, changed=0, unchanged=0, decided=0, removed=0)
    assert (pair.first, pair.second, pair.probability) == (a, b, 0.912346)
    assert (pair.verdict, pair.reasons, pair.engine) == ("DUPLICATE", REASONS, "prasan 1")
    assert (pair.decision, pair.found_at) == ("WAITING", moment(80))
    assert [e.act for e in Entry.objects.filter(subject_kind="Pair")] == ["integration.suggest"]


def test_the_same_run_again_changes_nothing(stage: Cast):
    a, b, c, _ = _four(stage)
    drafts = [PairDraft(a.pk, b.pk, 1 / 3, "overlap", REASONS), PairDraft(a.pk, c.pk, 0.9, "duplicate")]
    _run(stage, drafts)
    before = list(Pair.objects.order_by("pk").values()), Entry.objects.count()
    again = _run(stage, drafts[::-1], day=90)
    assert again == PairsRecorded(added=0, changed=0, unchanged=2, decided=0, removed=0)
    assert (list(Pair.objects.order_by("pk").values()), Entry.objects.count()) == before


def test_a_suggestion_that_vanished_undecided_is_removed_and_a_decided_one_stays(stage: Cast):
    a, b, c, d = _four(stage)
    _run(stage, [PairDraft(a.pk, b.pk, 0.9, "duplicate"), PairDraft(c.pk, d.pk, 0.9, "duplicate")])
    decided = Pair.objects.get(first=c)
    integrate.decide_pair(pair=decided, decision="DIFFERENT", reason="คนละสาย", actor=stage.malee, at=moment(81))
    done = _run(stage, [], day=82)
    assert done == PairsRecorded(added=0, changed=0, unchanged=0, decided=0, removed=1)
    assert list(Pair.objects.all()) == [decided]
    gone = Entry.objects.get(act="integration.drop_suggestion")
    assert (gone.data["first"], gone.data["second"]) == (a.code, b.code)


def test_a_decided_pair_keeps_its_decision_and_the_score_it_was_decided_on(stage: Cast):
    _, _, c, d = _four(stage)
    _run(stage, [PairDraft(c.pk, d.pk, 0.9, "duplicate")])
    integrate.decide_pair(
        pair=Pair.objects.get(), decision="OVERLAP", reason="คาบเกี่ยวกัน", actor=stage.malee, at=moment(81)
    )
    done = _run(stage, [PairDraft(c.pk, d.pk, 0.2, "recurring")], day=82)
    pair = Pair.objects.get()
    assert done == PairsRecorded(added=0, changed=0, unchanged=0, decided=1, removed=0)
    assert (pair.decision, pair.probability, pair.verdict) == ("OVERLAP", 0.9, "DUPLICATE")


def test_a_waiting_pair_follows_what_the_engine_says_now(stage: Cast):
    a, b, *_ = _four(stage)
    _run(stage, [PairDraft(a.pk, b.pk, 0.9, "duplicate")])
    done = _run(stage, [PairDraft(a.pk, b.pk, 0.5, "overlap")], day=82)
    pair = Pair.objects.get()
    assert done.changed == 1
    assert (pair.probability, pair.verdict, pair.found_at, pair.version) == (0.5, "OVERLAP", moment(82), 2)


def test_a_run_over_some_projects_leaves_the_pairs_of_others_alone(stage: Cast):
    a, b, c, d = _four(stage)
    _run(stage, [PairDraft(a.pk, b.pk, 0.9, "duplicate"), PairDraft(c.pk, d.pk, 0.9, "duplicate")])
    done = _run(stage, [], day=82, among=[a.pk, b.pk, c.pk])
    assert done.removed == 1
    assert Pair.objects.get().first == c


def test_a_run_with_an_unknown_verdict_or_project_is_refused_whole(stage: Cast):
    a, b, *_ = _four(stage)
    for bad, code in (
        (PairDraft(a.pk, b.pk, 0.9, "twins"), "unknown_verdict"),
        (PairDraft(a.pk, 10**9, 0.9, "duplicate"), "unknown_project"),
        (PairDraft(a.pk, a.pk, 0.9, "duplicate"), "unknown_project"),
    ):
        with pytest.raises(integrate.UnableToRecordPairs) as refusal:
            _run(stage, [PairDraft(a.pk, b.pk, 0.9, "duplicate"), bad][-1:])
        assert refusal.value.code == code
    assert (Pair.objects.count(), Entry.objects.filter(subject_kind="Pair").count()) == (0, 0)


def test_the_desk_shows_waiting_pairs_by_likelihood_in_three_queries(stage: Cast, django_assert_num_queries):
    a, b, c, d = _four(stage)
    _run(stage, [PairDraft(a.pk, b.pk, 0.4, "overlap"), PairDraft(c.pk, d.pk, 0.9, "duplicate")])
    with django_assert_num_queries(3):
        rows = [
            (p.first.code, p.second.owner.name_th, [y.amount_satang for y in p.first.years.all()])
            for p in queries.pairs()
        ]
    assert [row[0] for row in rows] == [c.code, a.code]
    assert [p.first for p in queries.pairs(verdict="OVERLAP")] == [a]
    assert [p.first for p in queries.pairs(at_least=0.5)] == [c]
    assert [p.first for p in queries.pairs(body=stage.sao)] == [a]
    assert [p.first for p in queries.pairs(area=stage.tambon)] == [a]
    assert [p.first for p in queries.pairs(fiscal_year=2570)] == []
    assert [p.first for p in queries.pairs(decision=PairDecision.SAME)] == []


def test_a_pair_whose_project_was_merged_elsewhere_waits_until_all_three_are_one(stage: Cast):
    a, b, c, _ = _four(stage)
    _run(stage, [PairDraft(a.pk, b.pk, 0.9, "duplicate"), PairDraft(b.pk, c.pk, 0.9, "duplicate")])
    first = Pair.objects.get(first=a)
    integrate.decide_pair(pair=first, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.prasit, at=moment(81))
    assert [(p.first, p.second) for p in queries.pairs()] == [(b, c)]  # b stands as a, and c is still another
    second = Pair.objects.get(first=b)
    integrate.decide_pair(pair=second, decision="SAME", kept=b, reason="ซ้ำ", actor=stage.prasit, at=moment(82))
    assert list(queries.pairs()) == []
