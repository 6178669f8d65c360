"""The district's needs plan holds only what was handed to it; the province lists all, whoever runs it."""

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.integration import services as integrate
from prasan.integration.testing import make_handover
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.projects import services as projects
from prasan.projects.models import Origin
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _district(stage: Cast, day: int = 120) -> PlanEdition:
    return plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN", area=stage.district, fiscal_year=YEAR, actor=stage.duangjai, at=moment(day)
    )


def _province(stage: Cast, day: int = 200) -> PlanEdition:
    return plans.compile_place(
        plan_type="PROVINCIAL_ANNUAL_ACTION_PLAN",
        area=stage.province,
        fiscal_year=YEAR,
        actor=stage.prasit,
        at=moment(day),
    )


def test_only_what_was_handed_to_the_bodies_of_the_district_with_verdict_and_reason(stage: Cast):
    make_project(owner=stage.sao)  # within the means of the LAO
    village, lao = make_project(owner=stage.village_committee), make_project(owner=stage.sao)
    other_year = make_project(owner=stage.sao, years=(YearDraft(2570, 1),))
    make_handover(project=lao, to=stage.district_local, at=moment(91))
    make_handover(project=village, to=stage.district_committee, at=moment(90), accepted=True)
    make_handover(project=other_year, to=stage.district_local, at=moment(90))
    edition = _district(stage)
    assert edition.body == stage.district_committee
    assert [(i.project, i.handover.verdict, i.handover.reason) for i in edition.items.all()] == [
        (village, "MONEY", "งบไม่พอ"),
        (lao, "MONEY", "งบไม่พอ"),
    ]


def test_what_is_sent_on_to_the_province_stays_and_what_a_builder_accepted_goes(stage: Cast):
    up, answered, returned = (make_project(owner=stage.sao) for _ in range(3))
    for project in (up, answered):
        make_handover(project=project, to=stage.district_committee, accepted=True)
    sent_back = make_handover(project=returned, to=stage.district_committee)
    integrate.return_handover(handover=sent_back, reason="ไม่ครบ", actor=stage.duangjai, at=moment(110))
    make_handover(project=up, to=stage.province_office, accepted=True)
    make_handover(project=answered, to=stage.highways)
    assert [i.project for i in _district(stage).items.all()] == [up, answered]
    integrate.accept_handover(handover=answered.handovers.get(hop=2), actor=stage.system, at=moment(121))
    assert [i.project for i in _district(stage, 122).items.all()] == [up]


def test_what_the_local_government_accepted_and_then_passed_on_stands_with_the_district(stage: Cast):
    project = make_project(owner=stage.village_committee)
    make_handover(project=project, to=stage.sao, accepted=True)
    make_handover(project=project, to=stage.district_committee)
    assert [i.project for i in _district(stage).items.all()] == [project]


def test_a_later_hand_over_within_the_district_is_the_one_the_item_cites(stage: Cast):
    project = make_project(owner=stage.village_committee)
    make_handover(project=project, to=stage.district_committee, accepted=True)
    edition = _district(stage)
    second = make_handover(project=project, to=stage.district_local)
    again = _district(stage, 121)
    assert again == edition
    assert [i.handover for i in again.items.all()] == [second]
    assert again.version == 2


def test_the_province_lists_every_necessary_project_of_its_places_once_whoever_runs_it(stage: Cast):
    lao = make_project(owner=stage.sao)
    pao = make_project(owner=stage.pao)
    agency = make_project(
        owner=stage.department,
        area=stage.village,
        origin=Origin.AGENCY,
        years=(YearDraft(YEAR, 5, kind="BUDGETED"),),
    )
    office = make_project(owner=stage.highways, area=None)  # its office is in the province
    village_up = make_project(owner=stage.village_committee)
    make_handover(project=village_up, to=stage.district_committee, accepted=True)
    make_project(owner=stage.village_committee)  # nobody but the village holds it
    make_project(owner=stage.department, area=None)  # no place known
    make_project(owner=stage.sao, progress="CANCELLED")
    make_project(owner=stage.sao, years=(YearDraft(2570, 1),))
    merged = make_project(owner=stage.pao, area=stage.village)
    projects.merge_project(project=merged, into=lao, reason="ซ้ำ", actor=stage.prasit, at=moment(60))
    edition = _province(stage)
    assert edition.body == stage.provincial_committee
    assert [i.project for i in edition.items.all()] == [lao, pao, agency, office, village_up]


def test_both_are_idempotent(stage: Cast):
    make_handover(project=make_project(owner=stage.sao), to=stage.district_local)
    first, all_of_it = _district(stage), _province(stage)
    assert (_district(stage, 150).version, _province(stage, 250).version) == (first.version, all_of_it.version)
    assert PlanEdition.objects.count() == 2


def test_without_a_committee_the_office_makes_the_plan(stage: Cast):
    stage.district_committee.delete()
    assert _district(stage).body == stage.district_office


def test_an_action_line_that_repeats_its_own_bodys_planned_project_is_not_counted_beside_it(stage: Cast):
    planned = make_project(owner=stage.sao)
    running = make_project(owner=stage.sao, origin=Origin.ACTION_PLAN)
    elsewhere = make_project(owner=stage.highways, origin=Origin.AGENCY, area=stage.village)
    assert {i.project for i in _province(stage).items.all()} == {planned, running, elsewhere}
    pairs = [
        integrate.PairDraft(planned.pk, running.pk, 0.97, "DUPLICATE"),
        integrate.PairDraft(planned.pk, elsewhere.pk, 0.97, "DUPLICATE"),
    ]
    integrate.record_pairs(pairs=pairs, engine="test", actor=stage.system, at=moment(201))
    assert {i.project for i in _province(stage, 202).items.all()} == {planned, elsewhere}
    integrate.decide_pair(
        pair=planned.pairs_as_first.get(second=running),
        decision="DIFFERENT",
        reason="คนละช่วง",
        actor=stage.system,
        at=moment(203),
    )
    assert {i.project for i in _province(stage, 204).items.all()} == {planned, running, elsewhere}
