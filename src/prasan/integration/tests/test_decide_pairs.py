"""Many pairs are decided at once as foreseen, or none of them; and what was decided outlives the next run."""

from typing import Any

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import Pair
from prasan.integration.services import PairChoice, PairDraft
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _by(stage: Cast, who: str = "prasit", day: int = 81) -> dict[str, Any]:
    return {"reason": "สายเดียวกัน", "actor": getattr(stage, who), "at": moment(day)}


def _projects(stage: Cast, *baht: int) -> list[Project]:
    return [make_project(owner=stage.sao, name=f"ถนนสาย {n}", baht=amount) for n, amount in enumerate(baht, 1)]


def _choices(decision: str = "SAME", keep: str = "MOST_MONEY", kept: int | None = None) -> tuple[PairChoice, ...]:
    pairs = list(Pair.objects.order_by("pk"))
    return integrate.choices_for(pairs=pairs, decision=decision, keep=keep, kept=kept)


def _into() -> dict[int, int | None]:
    return dict(Project.objects.values_list("pk", "merged_into"))


def _state() -> tuple[object, ...]:
    pairs = list(Pair.objects.order_by("pk").values())
    return pairs, list(Project.objects.order_by("pk").values()), Entry.objects.count()


def test_a_chain_comes_together_farthest_first_and_each_pair_has_its_own_entry(stage: Cast):
    a, b, c, d = _projects(stage, 100, 400, 300, 200)
    for one, other in ((a, b), (b, c), (c, d)):
        make_pair(one, other)
    done = integrate.decide_pairs(choices=_choices(), decision="SAME", **_by(stage))
    assert len(done) == 3
    assert _into() == {a.pk: b.pk, b.pk: None, c.pk: b.pk, d.pk: c.pk}
    assert {Project.objects.get(pk=one.pk).canonical() for one in (a, b, c, d)} == {b}
    assert Entry.objects.filter(act="integration.decide_pair").count() == 3
    assert not Pair.objects.filter(is_open=True).exists()


def test_a_ring_is_closed_without_merging_anything_twice(stage: Cast):
    a, b, c = _projects(stage, 100, 100, 100)
    for one, other in ((a, b), (b, c), (a, c)):
        make_pair(one, other)
    integrate.decide_pairs(choices=_choices(keep="FIRST_REGISTERED"), decision="SAME", **_by(stage))
    assert _into() == {a.pk: None, b.pk: a.pk, c.pk: a.pk}
    assert [pair.kept for pair in Pair.objects.order_by("pk")] == [a, b, a]
    assert Entry.objects.filter(act="projects.merge_project").count() == 2


def test_taking_one_of_a_ring_back_leaves_them_one_until_the_last_tie_is_cut(stage: Cast):
    a, b, c = _projects(stage, 100, 100, 100)
    for one, other in ((a, b), (b, c), (a, c)):
        make_pair(one, other)
    integrate.decide_pairs(choices=_choices(keep="FIRST_REGISTERED"), decision="SAME", **_by(stage))
    integrate.undo_pair_decision(pair=Pair.objects.get(first=a, second=c), **_by(stage, day=82))
    assert Project.objects.get(pk=c.pk).canonical() == a  # b and c are still the same, and a and b
    assert not Pair.objects.get(first=a, second=c).is_open
    integrate.undo_pair_decision(pair=Pair.objects.get(first=b, second=c), **_by(stage, day=83))
    assert _into() == {a.pk: None, b.pk: a.pk, c.pk: None}
    assert Pair.objects.filter(is_open=True).count() == 2


def test_whoever_hung_on_the_one_taken_out_goes_with_it(stage: Cast):
    a, b, c = _projects(stage, 100, 100, 100)
    ab, bc = make_pair(a, b), make_pair(b, c)
    integrate.decide_pair(pair=ab, decision="SAME", kept=a, **_by(stage))
    integrate.decide_pair(pair=Pair.objects.get(pk=bc.pk), decision="SAME", kept=b, **_by(stage))
    assert _into() == {a.pk: None, b.pk: a.pk, c.pk: a.pk}
    integrate.undo_pair_decision(pair=Pair.objects.get(pk=ab.pk), **_by(stage, day=82))
    assert _into() == {a.pk: None, b.pk: None, c.pk: b.pk}


@pytest.mark.parametrize(("keep", "kept"), [("MOST_MONEY", 1), ("FIRST_REGISTERED", 0)])
def test_the_project_kept_is_found_as_the_officer_says(stage: Cast, keep: str, kept: int):
    made = _projects(stage, 100, 900)
    make_pair(*made)
    assert [choice.kept for choice in _choices(keep=keep)] == [made[kept].pk]


def test_a_named_project_takes_the_others_also_through_one_that_is_merged_into_it(stage: Cast):
    a, b, c, d = _projects(stage, 100, 100, 100, 100)
    ab = make_pair(a, b)
    integrate.decide_pair(pair=ab, decision="SAME", kept=b, **_by(stage))
    ac = make_pair(a, c)
    choices = integrate.choices_for(pairs=[ac], decision="SAME", keep="MOST_MONEY", kept=b.pk)
    integrate.decide_pairs(choices=choices, decision="SAME", **_by(stage))
    assert Project.objects.get(pk=c.pk).merged_into == b
    with pytest.raises(integrate.UnableToDecidePairs) as refusal:
        integrate.choices_for(pairs=[ac], decision="SAME", keep="MOST_MONEY", kept=d.pk)
    assert refusal.value.code == "not_connected"


def test_nothing_is_saved_where_one_of_many_was_decided_since_it_was_seen(stage: Cast):
    a, b, c, d = _projects(stage, 100, 100, 100, 100)
    make_pair(a, b)
    later = make_pair(c, d)
    choices = _choices("DIFFERENT")
    integrate.decide_pair(pair=later, decision="OVERLAP", **_by(stage, "system"))
    before = _state()
    with pytest.raises(integrate.UnableToDecidePairs) as refusal:
        integrate.decide_pairs(choices=choices, decision="DIFFERENT", **_by(stage))
    assert (refusal.value.code, c.code in refusal.value.message_th) == ("decided_already", True)
    integrate.undo_pair_decision(pair=Pair.objects.get(pk=later.pk), **_by(stage, "system"))
    with pytest.raises(integrate.UnableToDecidePairs) as refusal:
        integrate.decide_pairs(choices=choices, decision="DIFFERENT", **_by(stage))
    assert refusal.value.code == "changed_meanwhile"
    assert _state()[0][0] == before[0][0]  # the first of the two, decided within the refused act, waits as before


@pytest.mark.parametrize("who", ["stranger", "clerk", "somsri", "malee"])
def test_who_may_not_decide_one_of_them_decides_none(stage: Cast, who: str):
    a, b = _projects(stage, 100, 100)
    make_pair(a, b)
    choices, before = _choices("DIFFERENT"), _state()
    with pytest.raises(integrate.UnableToDecidePairs) as refusal:
        integrate.decide_pairs(choices=choices, decision="DIFFERENT", **_by(stage, who))
    assert refusal.value.code == "not_allowed"
    assert _state() == before


@pytest.mark.parametrize("who", ["wichai", "duangjai", "prasit", "system"])
def test_officers_of_both_or_of_a_level_over_both_decide_them_all(stage: Cast, who: str):
    a, b = _projects(stage, 100, 100)
    make_pair(a, b)
    assert len(integrate.decide_pairs(choices=_choices("OVERLAP"), decision="OVERLAP", **_by(stage, who))) == 1


def test_what_is_no_number_of_pairs_is_refused(stage: Cast):
    a, b = _projects(stage, 100, 100)
    pair = make_pair(a, b)
    gone = PairChoice(pair.pk + 1, 1)
    for choices, code in (
        ((), "nothing"),
        ([PairChoice(pair.pk, 1)] * (integrate.MOST + 1), "too_many"),
        ((gone,), "no_longer_exists"),
    ):
        with pytest.raises(integrate.UnableToDecidePairs) as refusal:
            integrate.decide_pairs(choices=choices, decision="DIFFERENT", **_by(stage))
        assert refusal.value.code == code


def test_what_is_foreseen_is_what_comes_of_it(stage: Cast):
    a, b, c, d = _projects(stage, 100, 400, 300, 200)
    for one, other in ((a, b), (b, c), (a, c), (c, d)):
        make_pair(one, other)
    choices = _choices()
    before = _state()
    foreseen = integrate.foresee(
        choices=choices, decision="SAME", reason="ซ้ำ", actor=stage.prasit, on=moment(81).date()
    )
    assert _state() == before
    assert [one.problem for one in foreseen] == [None] * 4
    merged = {one.merged.pk: one.kept.pk for one in foreseen if one.merges and one.merged and one.kept}
    integrate.decide_pairs(choices=choices, decision="SAME", **_by(stage))
    assert {pk: into for pk, into in _into().items() if into} == merged


def test_a_forecast_says_what_would_be_refused_and_why(stage: Cast):
    a, b, c, d = _projects(stage, 100, 100, 100, 100)
    done, stale = make_pair(a, b), make_pair(c, d)
    integrate.decide_pair(pair=done, decision="DIFFERENT", **_by(stage))
    choices = [PairChoice(done.pk, 1), PairChoice(stale.pk, 7)]
    how: dict[str, Any] = {"decision": "OVERLAP", "reason": "ซ้ำ", "actor": stage.prasit, "on": moment(82).date()}
    foreseen = integrate.foresee(choices=choices, **how)
    assert [one.problem[0] if one.problem else "" for one in foreseen] == ["decided_already", "changed_meanwhile"]
    mine = integrate.foresee(choices=[PairChoice(stale.pk, 1)], **{**how, "actor": stage.malee})
    assert [one.problem[0] for one in mine if one.problem] == ["not_allowed"]


def test_decisions_and_what_was_taken_back_outlive_the_next_runs(stage: Cast):
    a, b, c, d = _projects(stage, 100, 200, 300, 400)
    drafts = [PairDraft(a.pk, b.pk, 0.9, "duplicate"), PairDraft(b.pk, c.pk, 0.8, "overlap")]
    drafts.append(PairDraft(c.pk, d.pk, 0.7, "continuation"))

    def run(version: int, drafts: list[PairDraft]) -> integrate.PairsRecorded:
        return integrate.record_pairs(
            pairs=drafts, engine=f"prasan {version}", actor=stage.system, at=moment(80 + version)
        )

    run(1, drafts)
    ab, bc, cd = Pair.objects.order_by("first")
    integrate.decide_pair(pair=ab, decision="SAME", kept=b, **_by(stage))
    integrate.decide_pair(pair=bc, decision="DIFFERENT", **_by(stage))
    integrate.decide_pair(pair=cd, decision="CONTINUATION", **_by(stage))
    decided = list(Pair.objects.order_by("pk").values())
    assert run(2, drafts).decided == 3
    assert run(3, []).removed == 0
    assert list(Pair.objects.order_by("pk").values()) == decided  # score and version are those that were decided on
    integrate.undo_pair_decision(pair=Pair.objects.get(pk=bc.pk), **_by(stage, day=90))
    assert (run(4, drafts).decided, run(4, drafts).changed) == (2, 0)
    again = Pair.objects.get(pk=bc.pk)
    assert (again.decision, again.engine, again.is_open) == ("WAITING", "prasan 4", True)
    integrate.decide_pair(pair=again, decision="OVERLAP", **_by(stage, day=91))
    run(5, drafts)
    stored = Pair.objects.get(pk=bc.pk)
    assert (stored.decision, stored.decided_by, stored.engine) == ("OVERLAP", stage.prasit, "prasan 4")


def test_projects_that_pairs_connect_are_looked_at_together(stage: Cast, django_assert_max_num_queries: Any):
    a, b, c, d = _projects(stage, 100, 100, 100, 100)
    ab = make_pair(a, b)
    make_pair(b, c)
    cd = make_pair(c, d)
    with django_assert_max_num_queries(4):
        assert queries.cluster_of(ab) == queries.Cluster((a.pk, b.pk, c.pk, d.pk), cut=False)
    integrate.decide_pair(pair=cd, decision="DIFFERENT", **_by(stage))
    assert queries.cluster_of(ab).projects == (a.pk, b.pk, c.pk)
    assert [pair.pk for pair in queries.pairs_among([a.pk, b.pk])] == [ab.pk]


def test_a_family_too_large_to_compare_is_cut_and_says_so(stage: Cast):
    made = _projects(stage, *[100] * (queries.LARGEST + 2))
    pairs = [make_pair(made[0], other) for other in made[1:]]
    cluster = queries.cluster_of(pairs[0])
    assert (len(cluster.projects), cluster.cut) == (queries.LARGEST, True)
