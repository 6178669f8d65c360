"""What each step refuses; a refused act leaves the round, its version and the journal as they were."""

from collections.abc import Callable

import pytest
from tests.cast import Cast

from prasan import rulebook
from prasan.afp import services as afp
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice
from prasan.afp.testing import AT, make_resolution, make_round, of_round
from prasan.common.errors import Refused
from prasan.integration.services import decide_pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.needs.models import Need
from prasan.projects.models import Project
from prasan.rulebook.rules import BLOCKS

pytestmark = pytest.mark.django_db


def _refused(code: str, made: AfpRound, act: Callable[[], object]) -> Refused:
    before = Entry.objects.count(), AfpRound.objects.get(pk=made.pk).version
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == code
    made.refresh_from_db()
    assert (Entry.objects.count(), made.version) == before
    return refused.value


def test_one_round_a_body_and_year_with_a_set_of_the_rulebook(stage: Cast):
    made = make_round(body=stage.district_committee)
    by = {"body": stage.district_committee, "actor": stage.system, "at": AT}
    _refused("open_already", made, lambda: afp.open_round(fiscal_year=2569, guideline_set="knp_2545", **by))
    _refused("unknown_guideline_set", made, lambda: afp.open_round(fiscal_year=2570, guideline_set="ours", **by))
    _refused("implausible_year", made, lambda: afp.open_round(fiscal_year=2026, guideline_set="knp_2545", **by))


def test_weights_change_with_a_reason_and_rank_otherwise(stage: Cast):
    made = make_round(body=stage.district_committee, upto=1)
    only_asked = dict.fromkeys(made.weights, 0) | {"ASKED": 100}
    by = {"round": made, "actor": stage.system, "at": AT}
    _refused("no_reason", made, lambda: afp.change_weights(weights=only_asked, reason=" ", **by))
    _refused("no_weight", made, lambda: afp.change_weights(weights=dict.fromkeys(made.weights, 0), reason="ก", **by))
    afp.change_weights(weights=only_asked, reason="ปีนี้ดูวงเงิน", **by)
    ranked = afp.rank_areas(**by)
    assert [(one.area, one.score, one.rule) for one in ranked] == [
        (stage.tambon, 1.0, "afp-rank-1/2"),
        (stage.other_tambon, 0.0, "afp-rank-1/2"),
    ]
    assert ranked[0].state == Choice.ACCEPTED


def test_target_areas_are_picked_with_a_reason_and_not_dropped_once_worked_on(stage: Cast):
    made = make_round(body=stage.district_committee, upto=3)
    tambon, other = made.areas.get(area=stage.tambon), made.areas.get(area=stage.other_tambon)
    by = {"round": made, "actor": stage.system, "at": AT}
    _refused("no_reason", made, lambda: afp.choose_areas(chosen=[tambon], reason="", **by))
    _refused("none_chosen", made, lambda: afp.choose_areas(chosen=[], reason="ก", **by))
    _refused("area_in_use", made, lambda: afp.choose_areas(chosen=[other], reason="ก", **by))


def test_the_second_of_two_officers_is_told(stage: Cast):
    made = make_round(body=stage.district_committee, upto=1)
    seen = made.version
    afp.list_groups(round=made, actor=stage.system, at=AT, seen_version=seen)
    _refused(
        "changed_meanwhile", made, lambda: afp.list_groups(round=made, actor=stage.system, at=AT, seen_version=seen)
    )


def test_problems_are_merged_and_split_with_their_needs(stage: Cast):
    made = make_round(body=stage.district_committee, upto=3)
    road, dredge = made.problems.get(title__startswith="ถนน"), made.problems.get(title__startswith="ลำน้ำ")
    lamp = made.problems.get(title="ทางมืด")
    by = {"round": made, "actor": stage.system, "at": AT}
    _refused("another_area", made, lambda: afp.merge_problems(problem=lamp, into=road, reason="ก", **by))
    _refused("same_problem", made, lambda: afp.merge_problems(problem=road, into=road, reason="ก", **by))
    afp.merge_problems(problem=dredge, into=road, reason="น้ำท่วมถนน", **by)
    assert sorted(row.need.title for row in road.evidence.all()) == [
        "ก่อสร้างถนน คสล. สายกลางบ้าน", "ก่อสร้างถนน คสล. สายท้ายบ้าน", "ขุดลอกลำห้วยแม่ใส",
    ]  # fmt: skip
    assert not AfpProblem.objects.filter(pk=dredge.pk).exists()
    road.refresh_from_db()
    assert road.state == Choice.SUGGESTED
    stream = Need.objects.filter(title__startswith="ขุดลอก")
    apart = afp.split_problem(problem=road, needs=list(stream), title="ลำห้วยตื้น", reason="คนละเรื่อง", **by)
    assert [row.need for row in apart.evidence.all()] == list(stream)
    everything = [row.need for row in road.evidence.all()]
    _refused(
        "nothing_left", made, lambda: afp.split_problem(problem=road, needs=everything, title="ก", reason="ก", **by)
    )
    _refused(
        "not_its_needs", made, lambda: afp.split_problem(problem=road, needs=list(stream), title="ก", reason="ก", **by)
    )


def test_what_was_decided_is_not_lost_by_merging(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5)
    road, dredge = made.problems.get(title__startswith="ถนน"), made.problems.get(title__startswith="ลำน้ำ")
    _refused(
        "projects_decided",
        made,
        lambda: afp.merge_problems(round=made, problem=dredge, into=road, reason="ก", actor=stage.system, at=AT),
    )


def test_a_guideline_is_of_the_set_and_groups_wait_for_all(stage: Cast):
    made = make_round(body=stage.district_committee, upto=3)
    problem = made.problems.first()
    assert problem is not None
    by = {"round": made, "actor": stage.system, "at": AT}
    _refused("unknown_guideline", made, lambda: afp.set_guidelines(chosen={problem: "9"}, **by))
    _refused("without_guideline", made, lambda: afp.make_groups(**by))


def test_a_problem_ends_as_its_projects_allow(stage: Cast):
    made = make_round(body=stage.district_committee, upto=6)
    road, dredge = made.problems.get(title__startswith="ถนน"), made.problems.get(title__startswith="ลำน้ำ")
    by = {"round": made, "actor": stage.system, "at": AT}
    _refused("no_project", made, lambda: afp.set_outcomes(outcomes={dredge: "COVERED"}, **by))
    _refused("has_project", made, lambda: afp.set_outcomes(outcomes={road: "GAP"}, **by))
    _refused("no_reason", made, lambda: afp.set_outcomes(outcomes={dredge: "DEFERRED"}, **by))
    _refused("unknown_outcome", made, lambda: afp.set_outcomes(outcomes={dredge: "LOST"}, **by))
    afp.set_outcomes(outcomes={road: "COVERED"}, **by)
    taken_back = list(Candidate.objects.filter(problem=road))
    _refused("no_reason", made, lambda: afp.decide_candidates(accepted=[], rejected=taken_back, reason=" ", **by))
    afp.decide_candidates(accepted=[], rejected=taken_back, reason="คนละสาย", **by)
    road.refresh_from_db()
    assert (road.outcome, road.outcome_by) == ("", None)


def test_the_plan_of_a_group_with_projects_has_a_lead_and_says_what_is_done(stage: Cast):
    made = make_round(body=stage.district_committee, upto=6)
    group = made.groups.get(family="road")
    by = {"round": made, "group": group, "actor": stage.system, "at": AT}
    nobody = afp.GroupPlan(lead=None, partners=[], tasks="ทำร่วมกัน")
    _refused("no_lead", made, lambda: afp.plan_group(plan=nobody, **by))
    silent = afp.GroupPlan(lead=stage.sao, partners=[], tasks=" ")
    _refused("no_tasks", made, lambda: afp.plan_group(plan=silent, **by))
    _refused("not_planned", made, lambda: afp.expect_result(result=afp.Result(1, 0, 0), **by))


def test_figures_that_differ_from_the_formula_are_explained(stage: Cast):
    made = make_round(body=stage.district_committee, upto=7)
    group = made.groups.get(family="road")
    by = {"round": made, "group": group, "actor": stage.system, "at": AT}
    _refused("no_reason", made, lambda: afp.expect_result(result=afp.Result(999, 0, 0), **by))
    _refused("negative_result", made, lambda: afp.expect_result(result=afp.Result(-1, 0, 0), note="ก", **by))
    done = afp.expect_result(result=afp.Result(999, 0, 0), note="รวมผู้สัญจรผ่าน", **by)
    assert (done.expected_people, done.expected_basis["people"]) == (999, 120)


def test_nothing_is_endorsed_while_a_duplicate_is_undecided(stage: Cast):
    """R31, AC-21: flagged; the endorsement waits until it is merged or kept with a reason."""
    assert rulebook.load().rule("R31").consequence == BLOCKS
    made = make_round(body=stage.district_committee, upto=8)
    roads = list(Project.objects.filter(name__startswith="ก่อสร้างถนน").order_by("pk"))
    pair = make_pair(*roads)
    resolution = make_resolution(committee=stage.district_committee)
    by = {"round": made, "actor": stage.system, "at": AT}
    refusal = _refused("undecided_duplicate", made, lambda: afp.endorse_round(resolution=resolution, **by))
    assert roads[0].code in refusal.message_th
    decide_pair(pair=pair, decision="SAME", reason="ถนนเดียวกัน", actor=stage.system, at=AT, kept=roads[1])
    assert afp.endorse_round(resolution=resolution, **by).state == "ENDORSED"


def test_a_merged_duplicate_saves_the_lesser_amount_once(stage: Cast):
    made = make_round(body=stage.district_committee, upto=7)
    roads = list(Project.objects.filter(name__startswith="ก่อสร้างถนน").order_by("pk"))
    pair = make_pair(*roads)
    decide_pair(pair=pair, decision="SAME", reason="ถนนเดียวกัน", actor=stage.system, at=AT, kept=roads[1])
    group = made.groups.get(family="road")
    result = afp.Result(120, 85_000_000, 0)
    done = afp.expect_result(round=made, group=group, result=result, actor=stage.system, at=AT)
    assert done.expected_basis == {"rule": "afp-result-1", "people": 120, "saved_satang": 85_000_000, "saved_days": 0}


def test_only_this_areas_committee_endorses_and_only_what_is_ready(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8)
    by = {"round": made, "actor": stage.system, "at": AT}
    for resolution in (
        make_resolution(committee=stage.other_district_committee),
        make_resolution(committee=stage.district_committee, kind="FOR_INFORMATION"),
        make_resolution(committee=stage.district_committee, outcome="REJECTED"),
    ):
        _refused("not_resolved", made, lambda resolution=resolution: afp.endorse_round(resolution=resolution, **by))
    good = make_resolution(committee=stage.district_committee)
    AfpProblem.objects.filter(round=made, outcome="GAP").update(outcome="", outcome_by=None)
    _refused("problem_without_outcome", made, lambda: afp.endorse_round(resolution=good, **by))


def test_steps_left_open_keep_a_round_from_being_endorsed(stage: Cast):
    made = make_round(body=stage.district_committee, upto=7)
    good = make_resolution(committee=stage.district_committee)
    _refused("steps_open", made, lambda: afp.endorse_round(round=made, resolution=good, actor=stage.system, at=AT))


def test_an_endorsed_round_is_closed_and_waits_for_its_actual_results(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8)
    group = of_round(made)[2][0]
    by = {"round": made, "actor": stage.system, "at": AT}
    early = {"group": group, "result": afp.Result(1, 0, 0), "note": "ก"}
    _refused("not_endorsed", made, lambda: afp.record_actual(**early, **by))
    afp.endorse_round(resolution=make_resolution(committee=stage.district_committee), **by)
    _refused("endorsed_already", made, lambda: afp.rank_areas(**by))
    _refused("no_reason", made, lambda: afp.record_actual(**(early | {"note": ""}), **by))
