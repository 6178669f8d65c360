"""Where needs and requests came to, read from the records as the rooms leave them."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.cli.job.funnels import coordination_funnel, need_funnel
from prasan.integration import services as integrate
from prasan.integration.models import CapacityVerdict
from prasan.integration.testing import make_handover
from prasan.needs.models import Need
from prasan.needs.testing import make_need
from prasan.projects import services as projects
from prasan.projects.models import Origin, Project
from prasan.projects.testing import make_project
from prasan.publishing.report import CoordinationFunnel, NeedFunnel, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _need(stage: Cast, title: str, kind: str, baht: int | None) -> Need:
    satang = None if baht is None else baht * 100
    return make_need(body=stage.village_committee, title=title, response_kind=kind, amount_satang=satang)


def _sent_to_district(stage: Cast, need: Need) -> Project:
    own = projects.propose_from_need(need=need, actor=stage.system, at=moment(20))
    integrate.hand_over(
        project=own,
        to=stage.district_committee,
        verdict=CapacityVerdict.NOT_TAKEN,
        reason="อบต. ไม่รับเข้าแผน",
        actor=stage.system,
        at=moment(21),
    )
    return own


def test_each_need_is_counted_where_it_came_to_and_nowhere_else(stage: Cast):
    _need(stage, "ทำความสะอาดหมู่บ้าน", "SELF_HELP", 500)
    taken = _need(stage, "ถนนเข้าหมู่บ้าน", "NEEDS_SUPPORT", 1_000)
    sent = _need(stage, "ขุดสระ", "NEEDS_SUPPORT", None)
    _need(stage, "ซ่อมศาลา", "JOINT", 250)
    road = make_project(owner=stage.sao)
    projects.take_up_needs(project=road, needs=[taken], actor=stage.system, at=moment(10))
    _sent_to_district(stage, sent)
    assert need_funnel(list(Need.objects.all())) == NeedFunnel(
        asked=Tally(4, 1_750_00),
        self_help=Tally(1, 500_00),
        taken=Tally(1, 1_000_00),
        handed_over=Tally(1, 0),
        waiting=Tally(1, 250_00),
    )


def test_a_need_whose_hand_over_is_returned_waits_again(stage: Cast):
    need = _need(stage, "ขุดสระ", "NEEDS_SUPPORT", 100)
    own = _sent_to_district(stage, need)
    integrate.return_handover(handover=own.handovers.get(), reason="ไม่ครบ", actor=stage.system, at=moment(30))
    assert need_funnel([need]).waiting == Tally(1, 100_00)


def test_a_need_taken_up_by_a_project_that_was_withdrawn_waits_again(stage: Cast):
    need = _need(stage, "ถนน", "NEEDS_SUPPORT", 100)
    road = make_project(owner=stage.sao)
    projects.take_up_needs(project=road, needs=[need], actor=stage.system, at=moment(10))
    Project.objects.filter(pk=road.pk).update(withdrawn_at=moment(11))
    assert need_funnel([need]).waiting == Tally(1, 100_00)


def test_the_last_hop_tells_what_became_of_a_request(stage: Cast):
    asked = [
        make_project(owner=stage.sao, origin=Origin.LOCAL_PLAN_COORDINATION, name=f"สะพาน {n}", baht=100 * n)
        for n in range(1, 5)
    ]
    make_project(owner=stage.sao, name="ไม่ใช่คำขอ")
    make_handover(project=asked[0], to=stage.district_local, accepted=True)
    make_handover(project=asked[1], to=stage.district_local)
    sent = make_handover(project=asked[2], to=stage.district_local)
    integrate.return_handover(handover=sent, reason="แบบไม่ครบ", actor=stage.system, at=moment(200))
    found = Project.objects.prefetch_related("years").order_by("code")
    assert coordination_funnel(list(found)) == CoordinationFunnel(
        asked=Tally(4, 1_000_00),
        accepted=Tally(1, 100_00),
        awaiting=Tally(1, 200_00),
        returned=Tally(1, 300_00),
        not_sent=Tally(1, 400_00),
    )
