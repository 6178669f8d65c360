"""What a search finds is kept once; what was decided stays; what is no longer found goes (R31, R49)."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.conflict_rules import ConflictFound
from prasan.integration.models import Conflict, Handover
from prasan.integration.testing import make_conflict, make_handover, make_pair, pipe_after_road, when_it_works
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.services import move_project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
NOVEMBER = (dt.date(2025, 11, 1), dt.date(2025, 12, 1))
LATER = (dt.date(2026, 3, 1), dt.date(2026, 4, 1))


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _search(stage: Cast, day: int = 90) -> integrate.ConflictsRecorded:
    run = queries.find_conflicts()
    return integrate.record_conflicts(
        found=run.found, rule_version=run.rule_version, actor=stage.prasit, at=moment(day), among=run.among
    )


def _acts() -> list[str]:
    return list(Entry.objects.filter(subject_kind="Conflict").order_by("id").values_list("act", flat=True))


def test_a_pipe_after_the_road_is_kept_with_its_reasons_and_the_rules(stage: Cast):
    road, pipe = pipe_after_road(stage)
    assert _search(stage).added == 1
    kept = Conflict.objects.get()
    assert (kept.first, kept.second, kept.kind, kept.certainty) == (road, pipe, "WRONG_ORDER", "LIKELY")
    assert (kept.rule_version, kept.decision) == ("2569-1", "WAITING")
    assert {"w2", "same_moo", "dug_after"} <= {one["code"] for one in kept.reasons}
    assert [one["project"] for one in kept.options] == [road.pk, pipe.pk]
    assert _acts() == ["integration.find_conflict"]


def test_the_same_search_again_changes_nothing(stage: Cast):
    pipe_after_road(stage)
    _search(stage)
    before = list(Conflict.objects.values()), Entry.objects.count()
    again = _search(stage, 91)
    assert (again.unchanged, again.added, again.changed, again.removed) == (1, 0, 0, 0)
    assert (list(Conflict.objects.values()), Entry.objects.count()) == before


def test_a_new_day_brings_a_waiting_conflict_up_to_date(stage: Cast):
    road, _ = pipe_after_road(stage)
    _search(stage)
    when_it_works(road, (dt.date(2025, 11, 10), dt.date(2025, 12, 1)))
    assert _search(stage, 91).changed == 1
    kept = Conflict.objects.get()
    assert kept.version == 2
    assert kept.found_at == moment(91)


def test_what_was_decided_stays_as_decided(stage: Cast):
    pipe_after_road(stage)
    _search(stage)
    integrate.decide_conflict(
        conflict=Conflict.objects.get(), decision="ACCEPTED", reason="ท่อวางในไหล่ทาง", actor=stage.prasit, at=moment(91)
    )
    assert _search(stage, 92).decided == 1
    assert Conflict.objects.get().decision == "ACCEPTED"
    Project.objects.update(work_starts_on=None, work_ends_before=None, moos="9")
    assert _search(stage, 93).removed == 0
    assert Conflict.objects.get().decision == "ACCEPTED"


def test_what_is_no_longer_found_goes(stage: Cast):
    road, _ = pipe_after_road(stage)
    _search(stage)
    move_project(project=road, work=LATER, reason="รอท่อ", actor=stage.system, at=moment(91))
    assert _search(stage, 92).removed == 1
    assert not Conflict.objects.exists()
    assert _acts()[-1] == "integration.drop_conflict"


def test_what_was_called_moved_waits_again_when_it_is_found_again(stage: Cast):
    road, _ = pipe_after_road(stage)
    _search(stage)
    move_project(project=road, work=LATER, reason="รอท่อ", actor=stage.system, at=moment(91))
    integrate.decide_conflict(
        conflict=Conflict.objects.get(), decision="MOVED", reason="เลื่อนแล้ว", actor=stage.prasit, at=moment(92)
    )
    road.refresh_from_db()
    move_project(project=road, work=NOVEMBER, reason="กลับมาเดิม", actor=stage.system, at=moment(93))
    assert _search(stage, 94).reopened == 1
    kept = Conflict.objects.get()
    assert (kept.decision, kept.decided_at, kept.decision_reason) == ("WAITING", None, "")


def test_merged_and_withdrawn_projects_take_no_part(stage: Cast):
    road, pipe = pipe_after_road(stage)
    other = make_project(owner=stage.sao, name="ถนนอีกสาย", area=stage.tambon)
    Project.objects.filter(pk=road.pk).update(merged_into=other)
    assert queries.find_conflicts().found == ()
    Project.objects.filter(pk=road.pk).update(merged_into=None, withdrawn_at=moment(80))
    assert queries.find_conflicts().found == ()
    Project.objects.filter(pk=road.pk).update(withdrawn_at=None)
    assert [(one.first, one.second) for one in queries.find_conflicts().found] == [(road.pk, pipe.pk)]


def test_what_a_withdrawn_project_was_in_the_way_of_goes_with_the_next_search(stage: Cast):
    road, _ = pipe_after_road(stage)
    _search(stage)
    Project.objects.filter(pk=road.pk).update(withdrawn_at=moment(91))
    assert _search(stage, 92).removed == 1
    assert not Conflict.objects.exists()


def test_two_that_may_be_one_project_are_left_to_the_list_of_pairs(stage: Cast):
    road, pipe = pipe_after_road(stage)
    pair = make_pair(road, pipe)
    assert queries.find_conflicts().found == ()
    integrate.decide_pair(pair=pair, decision="DIFFERENT", reason="คนละงาน", actor=stage.prasit, at=moment(85))
    assert len(queries.find_conflicts().found) == 1


def test_what_a_village_asks_for_is_a_work_once_a_body_that_builds_has_taken_it(stage: Cast):
    road, pipe = pipe_after_road(stage)
    Project.objects.filter(pk=road.pk).update(owner=stage.village_committee)
    assert queries.find_conflicts().found == ()
    make_handover(project=Project.objects.get(pk=road.pk), to=stage.sao)
    assert queries.find_conflicts().found == ()
    integrate.accept_handover(handover=Handover.objects.get(), actor=stage.system, at=moment(85))
    assert [(one.first, one.second) for one in queries.find_conflicts().found] == [(road.pk, pipe.pk)]


def test_two_works_in_one_hand_are_no_conflict_of_two_offices(stage: Cast):
    road, _ = pipe_after_road(stage)
    make_handover(project=road, to=stage.highways, accepted=True)
    assert queries.find_conflicts().found == ()


def test_a_search_may_be_of_a_year_and_a_place(stage: Cast):
    pipe_after_road(stage)
    assert len(queries.find_conflicts(fiscal_year=2569, area=stage.tambon).found) == 1
    assert len(queries.find_conflicts(fiscal_year=2571).found) == 1  # a road is not dug up within two years
    assert queries.find_conflicts(fiscal_year=2573).found == ()
    assert queries.find_conflicts(area=stage.other_district).found == ()


def test_a_search_among_some_leaves_the_others_alone(stage: Cast):
    road, pipe = pipe_after_road(stage)
    conflict = make_conflict(road, pipe)
    stranger = make_project(owner=stage.pao, name="ศาลา")
    done = integrate.record_conflicts(
        found=[], rule_version="x", actor=stage.prasit, at=moment(91), among=[stranger.pk, road.pk]
    )
    assert done.removed == 0
    assert Conflict.objects.get() == conflict


def test_a_conflict_of_no_projects_is_refused(stage: Cast):
    road, _ = pipe_after_road(stage)
    for first, second in ((road.pk, 999_999), (road.pk, road.pk)):
        with pytest.raises(integrate.UnableToRecordConflicts, match="unknown_project"):
            integrate.record_conflicts(
                found=[ConflictFound(first, second, "WRONG_ORDER", "LIKELY", (), ())],
                rule_version="1",
                actor=stage.prasit,
                at=moment(90),
            )
    assert not Conflict.objects.exists()


def test_reading_the_register_takes_a_few_queries_however_many_projects(stage: Cast, django_assert_max_num_queries):
    pipe_after_road(stage)
    for number in range(30):
        make_project(owner=stage.sao, name=f"ก่อสร้างถนน คสล. หมู่ที่ {number % 9 + 1}", area=stage.tambon)
    with django_assert_max_num_queries(6):
        queries.find_conflicts()
