"""AC-01 as an invariant: whatever is taken, handed on, returned or merged, nothing asked is lost or stands twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import YEAR, Cast, cast, moment

from prasan.common.errors import Refused
from prasan.integration import queries as integration
from prasan.integration import services as integrate
from prasan.integration.models import Handover
from prasan.needs import queries as needs_queries
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.projects import queries as projects_queries
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
MOVES = ("take", "propose", "to_lao", "to_district", "up", "accept", "return", "merge_need", "merge_project", "unmerge")


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 2), st.integers(0, 2)), max_size=24))
def test_nothing_is_lost_between_village_local_government_and_district(stage: Cast, moves: list[tuple[str, int, int]]):
    Need.objects.filter(body=stage.village_committee).update(fiscal_year=YEAR - 1)  # of the example before
    Project.objects.update(withdrawn_at=moment(0))
    asked = [make_need(body=stage.village_committee, amount_satang=10**n, ordinal=n) for n in range(1, 6)]
    for step, (move, one, other) in enumerate(moves):
        try:
            _make(stage, move, asked[one].pk, asked[other].pk, step)
        except Refused as refusal:
            assert refusal.code != "not_allowed"  # noqa: PT017 - the operator may; only the law refuses
    village = plans.compile_place(
        plan_type="VILLAGE_PLAN", area=stage.village, fiscal_year=YEAR, actor=stage.system, at=moment(300)
    )
    local = plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.system, at=moment(300)
    )
    district = plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN", area=stage.district, fiscal_year=YEAR, actor=stage.system, at=moment(300)
    )
    _check(stage, [need.pk for need in asked], village, local, district)


def _check(stage: Cast, asked: list[int], village: PlanEdition, local: PlanEdition, district: PlanEdition) -> None:
    standing = needs_queries.canonical_ids(asked)
    # The village still sees each of its requests, a merged one through the one that stands for it.
    assert [item.need_id for item in village.items.all()] == [pk for pk in asked if standing[pk] == pk]
    assert queries.edition_totals(village).satang == sum(
        need.amount_satang or 0 for need in Need.objects.filter(pk__in=set(standing.values()))
    )
    in_local = {item.project_id for item in local.items.all()}
    in_district = {item.project_id for item in district.items.all()}
    assert in_local & in_district == set()
    for pk in set(standing.values()):
        for project in projects_queries.live_answers(Need.objects.get(pk=pk)):
            # Whatever answers a request stands exactly where its hand-overs say; what the district sends
            # up stays in its needs plan, for nobody who builds has taken it.
            where = integration.stands_with(project)
            accepted = integration.holder_of(project) == where
            way = {hop.body for hop in integration.path(project)}
            assert (project.pk in in_local) == (where == stage.sao and accepted)
            assert (project.pk in in_district) == (stage.district_committee in way)


def _make(stage: Cast, move: str, one: int, other: int, step: int) -> None:
    need, at = Need.objects.get(pk=one), moment(step + 1)
    answer = projects_queries.live_answers(need).first()
    by = {"actor": stage.system, "at": at}
    if move == "take":
        projects.take_up_needs(project=make_project(owner=stage.sao, at=at), needs=[need], **by)
    elif move == "propose":
        projects.propose_from_need(need=need, **by)
    elif move == "merge_need":
        needs.merge_need(need=need, into=Need.objects.get(pk=other), reason="ซ้ำ", **by)
    elif move == "unmerge":
        needs.unmerge_need(need=need, reason="ต่าง", **by)
    elif answer is not None:
        _move_project(stage, move, answer, other, by)


def _move_project(stage: Cast, move: str, answer: Project, other: int, by: dict[str, object]) -> None:
    if move == "merge_project":
        into = projects_queries.live_answers(Need.objects.get(pk=other)).first()
        if into is not None:
            projects.merge_project(project=answer, into=into, reason="ซ้ำ", **by)
    elif move in {"accept", "return"}:
        for handover in Handover.objects.filter(project=answer, state="SENT"):
            if move == "accept":
                integrate.accept_handover(handover=handover, **by)
            else:
                integrate.return_handover(handover=handover, reason="ไม่ครบ", **by)
    else:
        to = {"to_lao": stage.sao, "to_district": stage.district_committee, "up": stage.province_office}[move]
        integrate.hand_over(project=answer, to=to, verdict="MONEY", reason="งบไม่พอ", **by)
