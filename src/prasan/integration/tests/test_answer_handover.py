"""The receiving body takes a project, or sends it back saying why."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import Handover
from prasan.integration.testing import make_handover
from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_who_accepts_holds_it(stage: Cast):
    road = make_project(owner=stage.sao)
    handover = make_handover(project=road, to=stage.district_local)
    integrate.accept_handover(handover=handover, actor=stage.duangjai, at=moment(95), reason="จะเสนอจังหวัด")
    stored = Handover.objects.get()
    assert (stored.state, stored.answered_by, stored.answered_at) == ("ACCEPTED", stage.duangjai, moment(95))
    assert queries.holder_of(road) == stage.district_local
    assert queries.holders([road.pk]) == {road.pk: stored}
    assert Entry.objects.get(act="integration.accept_handover").data["reason"] == "จะเสนอจังหวัด"


def test_what_is_returned_is_with_the_sender_and_can_be_sent_again(stage: Cast):
    road = make_project(owner=stage.sao)
    handover = make_handover(project=road, to=stage.district_local, at=moment(90))
    integrate.return_handover(handover=handover, reason="แบบไม่ครบ", actor=stage.duangjai, at=moment(95))
    assert (queries.holder_of(road), queries.stands_with(road)) == (stage.sao, stage.sao)
    assert [(hop.body, hop.judgement) for hop in queries.path(road)] == [(stage.sao, "HOLDS")]
    assert not queries.waiting_for(stage.district_local).exists()
    again = make_handover(project=road, to=stage.district_local, at=moment(99))
    assert again.hop == 2
    assert [(s.act, s.why) for s in queries.journey(road)[1:]] == [
        ("integration.hand_over", "งบไม่พอ"),
        ("integration.return_handover", "แบบไม่ครบ"),
        ("integration.hand_over", "งบไม่พอ"),
    ]


def test_a_hand_over_is_answered_once(stage: Cast):
    first, second = make_project(owner=stage.sao), make_project(owner=stage.sao)
    taken, returned = (make_handover(project=p, to=stage.district_local) for p in (first, second))
    hers = Handover.objects.get(pk=taken.pk)
    integrate.accept_handover(handover=taken, actor=stage.duangjai, at=moment(95))
    integrate.return_handover(handover=returned, reason="ไม่ครบ", actor=stage.duangjai, at=moment(95))
    with pytest.raises(integrate.UnableToReturnHandover, match="answered_already"):
        integrate.return_handover(handover=hers, reason="ไม่รับ", actor=stage.system, at=moment(95))
    with pytest.raises(integrate.UnableToAcceptHandover, match="answered_already"):
        integrate.accept_handover(handover=returned, actor=stage.system, at=moment(96))
    assert set(Handover.objects.values_list("state", flat=True)) == {"ACCEPTED", "RETURNED"}


def test_returning_needs_a_reason(stage: Cast):
    handover = make_handover(project=make_project(owner=stage.sao), to=stage.district_local)
    with pytest.raises(integrate.UnableToReturnHandover, match="no_reason"):
        integrate.return_handover(handover=handover, reason=" ", actor=stage.duangjai, at=moment(95))
    assert Handover.objects.get().state == "SENT"


def test_what_was_merged_meanwhile_is_not_accepted_but_may_be_returned(stage: Cast):
    road, kept = make_project(owner=stage.sao), make_project(owner=stage.sao)
    handover = make_handover(project=road, to=stage.district_local)
    projects.merge_project(
        project=Project.objects.get(pk=road.pk), into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(92)
    )
    fresh = Handover.objects.get(pk=handover.pk)
    with pytest.raises(integrate.UnableToAcceptHandover, match="not_standing"):
        integrate.accept_handover(handover=fresh, actor=stage.duangjai, at=moment(95))
    integrate.return_handover(handover=fresh, reason="รวมแล้ว", actor=stage.duangjai, at=moment(95))
    assert Handover.objects.get().state == "RETURNED"
