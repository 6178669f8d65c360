"""A project goes to the next body with a capacity verdict and a reason; no level is skipped (R36, R37)."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.agencies.models import BodyKind
from prasan.integration import queries, rules
from prasan.integration import services as integrate
from prasan.integration.models import Handover
from prasan.integration.testing import make_handover
from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import Origin
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_the_sender_holds_it_until_the_receiver_takes_it(stage: Cast):
    road = make_project(owner=stage.sao)
    handover = integrate.hand_over(
        project=road, to=stage.district_local, verdict="MONEY", reason=" งบไม่พอ ", actor=stage.wichai, at=moment(90)
    )
    assert (handover.hop, handover.from_body, handover.to_body) == (1, stage.sao, stage.district_local)
    assert (handover.verdict, handover.reason, handover.coordinator) == ("MONEY", "งบไม่พอ", None)
    assert (queries.holder_of(road), queries.stands_with(road)) == (stage.sao, stage.district_local)
    assert [hop.judgement for hop in queries.path(road)] == ["MONEY", "WAITING"]
    data = Entry.objects.get(act="integration.hand_over").data
    assert (data["from"], data["body"], data["verdict"], data["reason"]) == (
        stage.sao.name_th,
        stage.district_local.name_th,
        "MONEY",
        "งบไม่พอ",
    )


def test_what_began_in_a_village_keeps_its_committee_as_coordinator_all_the_way(stage: Cast):
    own = make_project(owner=stage.village_committee, origin=Origin.COMMUNITY)
    first = make_handover(project=own, to=stage.sao, accepted=True)
    second = make_handover(project=own, to=stage.district_local)
    assert (first.coordinator, second.coordinator) == (stage.village_committee, stage.village_committee)
    assert (second.hop, second.from_body) == (2, stage.sao)


def test_an_agency_is_asked_sideways_wherever_its_office_is(stage: Cast):
    road = make_project(owner=stage.sao)
    assert make_handover(project=road, to=stage.highways, accepted=True).to_body == stage.highways
    assert make_handover(project=road, to=stage.department).hop == 2


KINDS = BodyKind
ALLOWED = {
    (KINDS.VILLAGE_COMMITTEE, KINDS.SAO): True,
    (KINDS.VILLAGE_COMMITTEE, KINDS.MUNICIPALITY): True,
    (KINDS.VILLAGE_COMMITTEE, KINDS.DISTRICT_COMMITTEE): True,
    (KINDS.VILLAGE_COMMITTEE, KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE): False,
    (KINDS.VILLAGE_COMMITTEE, KINDS.PROVINCE): False,
    (KINDS.VILLAGE_COMMITTEE, KINDS.DEPARTMENT): False,
    (KINDS.SAO, KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE): True,
    (KINDS.SAO, KINDS.DISTRICT_COMMITTEE): True,
    (KINDS.SAO, KINDS.PROVINCIAL_OFFICE): True,
    (KINDS.SAO, KINDS.PROVINCIAL_LOCAL_PLAN_COMMITTEE): False,
    (KINDS.SAO, KINDS.PAO): False,
    (KINDS.SAO, KINDS.MUNICIPALITY): False,
    (KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE, KINDS.PROVINCIAL_LOCAL_PLAN_COMMITTEE): True,
    (KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE, KINDS.PAO): False,
    (KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE, KINDS.SAO): False,
    (KINDS.DISTRICT_COMMITTEE, KINDS.PROVINCE): True,
    (KINDS.DISTRICT_COMMITTEE, KINDS.DISTRICT_LOCAL_PLAN_COMMITTEE): True,
    (KINDS.DISTRICT_COMMITTEE, KINDS.PAO): False,
    (KINDS.PROVINCIAL_LOCAL_PLAN_COMMITTEE, KINDS.PAO): True,
    (KINDS.PAO, KINDS.PROVINCE): True,
    (KINDS.PROVINCE, KINDS.DEPARTMENT): True,
    (KINDS.PROVINCE, KINDS.SAO): False,
    (KINDS.DEPARTMENT, KINDS.MINISTRY): True,
    (KINDS.DEPARTMENT, KINDS.PROVINCE): False,
}


@pytest.mark.parametrize(("step", "allowed"), ALLOWED.items())
def test_only_the_next_step_is_allowed(step: tuple[BodyKind, BodyKind], allowed: bool):
    assert rules.step_is_allowed(step[0].value, step[1].value) is allowed


# They decide on plans and calendars; no project is ever in their hands.
ONLY_DECIDE = {
    BodyKind.TAMBON_COMMITTEE,
    BodyKind.TAMBON_COMMUNITY_CENTRE,
    BodyKind.PROVINCIAL_BOARD,
    BodyKind.GOOD_GOVERNANCE_COMMITTEE,
    BodyKind.NATIONAL_COMMITTEE,
    BodyKind.NATIONAL_SUBCOMMITTEE,
    BodyKind.CABINET,
    BodyKind.PARLIAMENT,
}


def test_every_kind_of_body_that_carries_projects_has_its_next_steps():
    assert set(rules.NEXT_STEPS) == set(BodyKind.values) - ONLY_DECIDE
    assert all(steps <= set(BodyKind.values) for steps in rules.NEXT_STEPS.values())


def test_refusals_say_why_and_change_nothing(stage: Cast):
    road, gone, open_already = (make_project(owner=stage.sao) for _ in range(3))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(80))
    make_handover(project=open_already, to=stage.district_local)
    before = list(Handover.objects.values()), Entry.objects.count()
    for project, to, verdict, reason, code in (
        (road, stage.pao, "MONEY", "งบไม่พอ", "skips_a_level"),
        (road, stage.other_district_local, "MONEY", "งบไม่พอ", "outside_area"),
        (road, stage.district_local, "TIRED", "งบไม่พอ", "unknown_verdict"),
        (road, stage.district_local, "PROPOSED", "งบไม่พอ", "verdict_not_yours"),
        (road, stage.district_local, "MONEY", "\n", "no_reason"),
        (gone, stage.district_local, "MONEY", "งบไม่พอ", "not_standing"),
        (open_already, stage.district_committee, "MONEY", "งบไม่พอ", "open_already"),
    ):
        with pytest.raises(integrate.UnableToHandOver) as refusal:
            integrate.hand_over(
                project=project, to=to, verdict=verdict, reason=reason, actor=stage.wichai, at=moment(90)
            )
        assert refusal.value.code == code
        assert refusal.value.message_th.startswith(f"ส่งต่อ {project.code}")
    assert (list(Handover.objects.values()), Entry.objects.count()) == before


def test_a_body_that_was_abolished_receives_nothing_from_its_last_day_on(stage: Cast):
    road = make_project(owner=stage.sao)
    stage.district_local.valid_to = moment(90).date()
    stage.district_local.save()
    with pytest.raises(integrate.UnableToHandOver, match="no_longer_exists"):
        make_handover(project=road, to=stage.district_local, at=moment(90))
    assert make_handover(project=road, to=stage.district_local, at=moment(89)).hop == 1


def test_the_day_is_the_thai_one(stage: Cast):
    stage.district_local.valid_to = dt.date(2025, 4, 15)
    stage.district_local.save()
    late_evening_in_utc = dt.datetime(2025, 4, 14, 18, tzinfo=dt.UTC)  # 1 o'clock on 15 April in Thailand
    with pytest.raises(integrate.UnableToHandOver, match="no_longer_exists"):
        make_handover(project=make_project(owner=stage.sao), to=stage.district_local, at=late_evening_in_utc)


def test_the_bodies_offered_are_those_a_hand_over_would_accept(stage: Cast):
    road = make_project(owner=stage.sao)
    assert set(queries.receivers_of(road)) == {
        stage.district_office,
        stage.district_committee,
        stage.district_local,
        stage.highways,
        stage.department,
    }


def test_what_waits_for_a_body_takes_two_queries_however_long(stage: Cast, django_assert_num_queries):
    roads = [make_project(owner=stage.sao) for _ in range(4)]
    for day, road in enumerate(roads):
        make_handover(project=road, to=stage.district_local, at=moment(90 - day))
    with django_assert_num_queries(2):
        rows = [
            (h.project.code, h.from_body.name_th, h.project.owner.name_th, len(h.project.years.all()))
            for h in queries.waiting_for(stage.district_local)
        ]
    assert [row[0] for row in rows] == [road.code for road in reversed(roads)]
    assert not queries.waiting_for(stage.pao).exists()
