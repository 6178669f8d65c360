"""A province's decisions teach the engine; what does not help is not taken; going back is one act."""

import pytest
from tests.cast import Cast, cast, moment

from prasan import matching
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import LearntWeights, Pair
from prasan.integration.services import PairDraft, WeightsLearnt
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
LEARN, BACK = "integration.learn_weights", "integration.return_to_shipped_weights"
WORKS = 22


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def project(owner: Body, number: int, baht: int, area: object) -> Project:
    name = f"ก่อสร้างถนนคอนกรีตเสริมเหล็ก สาย{'กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ'[number]}งาม ตำบลแม่ใส"
    return make_project(owner=owner, name=name, baht=baht, area=area)


def decide(stage: Cast, works: int = WORKS) -> None:
    """The อบต. and the อบจ. list each road for the same money: one work. The department's, for more, is another."""
    made = [
        (project(stage.sao, n, 400_000 + n, stage.tambon), project(stage.pao, n, 400_000 + n, stage.tambon),
         project(stage.highways, n, 600_000 + n, stage.tambon))
        for n in range(works)
    ]  # fmt: skip
    drafts = [PairDraft(a.pk, other.pk, 0.9, "duplicate") for a, *others in made for other in others]
    integrate.record_pairs(pairs=drafts, engine="test 1", actor=stage.system, at=moment(80))
    firsts = {a.pk: a for a, *_ in made}
    departments = {c.pk for *_, c in made}
    for pair in Pair.objects.order_by("pk"):
        same = pair.second_id not in departments
        kept = firsts[pair.first_id] if same else None
        decision = "SAME" if same else "DIFFERENT"
        integrate.decide_pair(pair=pair, decision=decision, kept=kept, reason="ดูแล้ว", actor=stage.system, at=moment(81))


def learn(stage: Cast, who: str = "prasit", province: str = "56", day: int = 82, **how: bool) -> WeightsLearnt:
    return integrate.learn_weights(province=province, actor=getattr(stage, who), at=moment(day), **how)


def back(stage: Cast, who: str = "prasit", province: str = "56", reason: str = "ลองแล้วไม่ถูกใจ") -> str:
    return integrate.return_to_shipped_weights(
        province=province, reason=reason, actor=getattr(stage, who), at=moment(84)
    )


def test_the_province_matches_with_what_it_taught_and_others_do_not(stage: Cast):
    decide(stage)
    done = learn(stage)
    assert (done.adopted, done.changed, done.report.pairs) == (True, True, 2 * WORKS)
    in_force = queries.weights_in_force("56")
    assert in_force.weights.version == done.report.version
    assert in_force.engine() == f"prasan.matching {done.report.version}"
    assert len(in_force.engine()) <= Pair._meta.get_field("engine").max_length
    assert queries.weights_in_force("46").weights == matching.load_weights()
    entry = Entry.objects.get(act=LEARN)
    assert (entry.actor_label, entry.subject_code, entry.data["before"]) == (
        str(stage.prasit), done.report.version, "matching-3",
    )  # fmt: skip


def test_the_same_decisions_again_change_nothing_and_new_ones_follow(stage: Cast):
    decide(stage)
    first = learn(stage)
    again = learn(stage, day=83)
    assert (again.adopted, again.changed, again.report) == (True, False, first.report)
    assert LearntWeights.objects.count() == Entry.objects.filter(act=LEARN).count() == 1
    pair = Pair.objects.filter(decision="DIFFERENT").last()
    integrate.undo_pair_decision(pair=pair, reason="ดูใหม่", actor=stage.system, at=moment(84))
    integrate.decide_pair(pair=pair, decision="OVERLAP", reason="ดูใหม่", actor=stage.system, at=moment(84))
    assert learn(stage, day=85).report.answers["OVERLAP"] == 1
    second = LearntWeights.objects.get(ended_at=None)
    assert second.version == first.report.version  # overlap and different both say: not one work
    integrate.undo_pair_decision(pair=pair, reason="ดูใหม่", actor=stage.system, at=moment(86))
    newer = learn(stage, day=87)
    assert newer.changed
    assert newer.report.version != first.report.version
    assert [row.ended_at for row in LearntWeights.objects.order_by("pk")] == [moment(87), None]
    assert Entry.objects.filter(act=LEARN).last().data["before"] == first.report.version


def test_going_back_is_one_act_and_leaves_the_history(stage: Cast):
    decide(stage)
    version = learn(stage).report.version
    assert back(stage) == version
    assert queries.weights_in_force("56").weights == matching.load_weights()
    assert LearntWeights.objects.get().ended_at == moment(84)
    assert Entry.objects.get(act=BACK).data == {"province": "56", "reason": "ลองแล้วไม่ถูกใจ"}
    assert learn(stage, day=85).changed  # and learning again takes them again


def test_weights_that_do_not_help_are_not_taken_and_end_those_in_force(stage: Cast, monkeypatch: pytest.MonkeyPatch):
    decide(stage)
    version = learn(stage).report.version
    monkeypatch.setattr(matching.Quality, "not_worse_than", lambda self, other: False)
    done = learn(stage, day=83)
    assert (done.adopted, done.changed, done.report.helps) == (False, True, False)
    assert queries.weights_in_force("56").weights == matching.load_weights()
    assert Entry.objects.get(act=BACK).subject_code == version
    done = learn(stage, day=84)
    assert (done.adopted, done.changed) == (False, False)
    assert learn(stage, day=85, even_if_worse=True).adopted
    assert queries.weights_in_force("56").weights.version == version


def test_what_was_learnt_from_other_shipped_weights_is_not_used(stage: Cast):
    decide(stage)
    learn(stage)
    row = LearntWeights.objects.get()
    LearntWeights.objects.update(content={**row.content, "base": "matching-1"})
    in_force = queries.weights_in_force("56")
    assert (in_force.weights, in_force.learnt, in_force.outdated) == (matching.load_weights(), None, row.version)


def test_the_whole_country_teaches_provinces_without_weights_of_their_own(stage: Cast):
    decide(stage)
    everywhere = learn(stage, who="system", province="")
    assert everywhere.report.version.startswith("matching-3-all-")
    assert queries.weights_in_force("46").weights.version == everywhere.report.version
    own = learn(stage)
    assert queries.weights_in_force("56").weights.version == own.report.version


def test_too_few_decisions_are_told_and_change_nothing(stage: Cast):
    decide(stage, works=6)
    with pytest.raises(integrate.UnableToLearnWeights) as refused:
        learn(stage)
    assert refused.value.code == "too_few"
    assert "มี 12 คู่" in refused.value.message_th
    assert not LearntWeights.objects.exists()
    assert not Entry.objects.filter(act=LEARN).exists()


def test_decisions_of_another_province_teach_nothing_here(stage: Cast):
    decide(stage)
    assert queries.decided("56").count() == 2 * WORKS
    assert queries.decided("46").count() == 0


@pytest.mark.parametrize(
    ("act", "who", "province", "code"),
    [
        (learn, "stranger", "56", "not_allowed"),
        (learn, "clerk", "56", "not_allowed"),
        (learn, "duangjai", "56", "not_allowed"),
        (learn, "malee", "56", "not_allowed"),
        (learn, "prasit", "", "not_allowed"),
        (learn, "prasit", "5601", "not_a_province"),
        (learn, "system", "99", "not_a_province"),
        (back, "stranger", "56", "not_allowed"),
        (back, "duangjai", "56", "not_allowed"),
        (back, "prasit", "56", "shipped_already"),
        (back, "prasit", "5601", "not_a_province"),
    ],
)
def test_who_may_not_is_refused_and_nothing_is_kept(stage: Cast, act, who: str, province: str, code: str):
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        act(stage, who=who, province=province)
    assert refused.value.code == code
    assert (LearntWeights.objects.count(), Entry.objects.count()) == (0, before)


def test_going_back_asks_for_a_reason(stage: Cast):
    decide(stage)
    learn(stage)
    with pytest.raises(integrate.UnableToReturnToShippedWeights) as refused:
        back(stage, reason=" ")
    assert refused.value.code == "no_reason"
    assert LearntWeights.objects.get().ended_at is None
