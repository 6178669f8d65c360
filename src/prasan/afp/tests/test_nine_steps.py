"""US17: a round walks through all nine steps, loses no project, and ends every problem in exactly one way."""

import pytest
from tests.cast import Cast

from prasan.afp import queries
from prasan.afp import services as afp
from prasan.afp.models import AfpProblem, AfpRound, Candidate, Choice, IntegrationGroup
from prasan.afp.rules.progress import DONE
from prasan.afp.testing import AT, make_resolution, make_round, of_round
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


def test_a_district_walks_from_ranking_to_the_actual_result(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8, actor=stage.duangjai)
    problems, candidates, groups, agencies = of_round(made)
    assert [(one.title, one.outcome, one.self_help) for one in problems] == [
        ("ถนนชำรุด สัญจรไม่สะดวก", "COVERED", False),
        ("ลำน้ำตื้นเขิน", "GAP", False),
        ("ลักขโมย", "SELF_HELP", True),
        ("ทางมืด", "GAP", False),
    ]
    assert [(one.project.name, one.state) for one in candidates] == [
        ("ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ที่ 1", "ACCEPTED"),
        ("ก่อสร้างถนน คสล. สายกลางบ้าน", "ACCEPTED"),
    ]
    assert [(one.body, one.answer) for one in agencies] == [(stage.sao, "NOTIFIED")]
    resolution = make_resolution(committee=stage.district_committee)
    ended = afp.endorse_round(round=made, resolution=resolution, actor=stage.duangjai, at=AT)
    assert (ended.state, ended.resolution, ended.endorsed_by) == ("ENDORSED", resolution, stage.duangjai)
    for group in groups:
        result = afp.Result(110, 0, 0)
        afp.record_actual(round=made, group=group, result=result, note="สร้างเสร็จ", actor=stage.duangjai, at=AT)
    made.refresh_from_db()
    assert made.state == "REVIEWED"
    assert [step.state for step in queries.steps_of(made)] == [DONE] * 9
    acts = Entry.objects.filter(subject_kind="AfpRound", subject_id=made.pk).values_list("act", flat=True)
    assert set(acts) == {
        "afp.open_round", "afp.rank_areas", "afp.choose_areas", "afp.list_groups", "afp.confirm_groups",
        "afp.cluster_problems", "afp.confirm_problems", "afp.suggest_guidelines", "afp.set_guidelines",
        "afp.find_candidates", "afp.decide_candidates", "afp.make_groups", "afp.plan_group", "afp.set_outcomes",
        "afp.expect_result", "afp.endorse_round", "afp.record_actual",
    }  # fmt: skip


def test_no_project_of_the_register_is_dropped(stage: Cast):
    made = make_round(body=stage.provincial_committee, upto=8)
    linked, rest = queries.accepted_ids(made), {one.pk for one in queries.not_linked(made)}
    register = {one.pk for one in queries.register_of(made)}
    assert register == set(Project.objects.values_list("pk", flat=True))
    assert linked | rest == register
    assert linked & rest == set()
    assert set(queries.home_groups(made)) == linked


def test_a_project_that_answers_two_problems_counts_in_one_group(stage: Cast):
    made = make_round(body=stage.district_committee, upto=5)
    lamp = AfpProblem.objects.get(round=made, title="ทางมืด")
    road = Project.objects.get(owner=stage.sao, name__startswith="ก่อสร้างถนน")
    afp.add_candidate(round=made, problem=lamp, project=road, reason="ติดไฟพร้อมถนน", actor=stage.system, at=AT)
    afp.make_groups(round=made, actor=stage.system, at=AT)
    homes = queries.home_groups(made)
    assert Candidate.objects.filter(problem__round=made, project=road, state=Choice.ACCEPTED).count() == 2
    assert homes[road.pk].family == "road"

    make_pair(road, make_project(owner=stage.pao, name="ก่อสร้างถนนอีกสาย"))
    by_group = queries.doubted_by_group(made)
    every = IntegrationGroup.objects.filter(round=made)
    assert by_group == {
        one.pk: count for one in every if (count := queries.undecided_duplicates(made, group=one).count())
    }
    assert len(by_group) == 2  # the road is accepted in both


def test_the_same_records_give_the_same_suggestions(stage: Cast):
    first = make_round(body=stage.district_committee, upto=6)
    second = make_round(body=stage.district_office, upto=6)

    def told(made: AfpRound) -> list[object]:
        problems, candidates, groups, _ = of_round(made)
        return [
            [(a.area_id, a.score, a.indicators) for a in made.areas.all()],
            [(p.title, p.family, p.severity, p.likeness, p.suggested_guideline, p.confidence) for p in problems],
            [(c.project_id, c.score, c.reasons) for c in candidates],
            [(g.guideline, g.family, g.target_area.area_id, g.suggested_lead_id) for g in groups],
        ]

    assert told(first) == told(second)
    again = [len(afp.cluster_problems(round=first, actor=stage.system, at=AT)),
             len(afp.find_candidates(round=first, actor=stage.system, at=AT))]  # fmt: skip
    assert again == [0, 0]
    assert IntegrationGroup.objects.filter(round=first).count() == len(afp.make_groups(
        round=first, actor=stage.system, at=AT
    ))  # fmt: skip
