"""Who may hand over, answer and decide: the table, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import Handover, Pair
from prasan.integration.testing import make_handover, make_pair
from prasan.journal.models import Entry
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, str], object]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _project(name: str) -> Project:
    return Project.objects.get(name=name)


def _hand_over(stage: Cast, who: str) -> object:
    return integrate.hand_over(
        project=_project("ถนน"),
        to=stage.district_local,
        verdict="MONEY",
        reason="งบไม่พอ",
        actor=getattr(stage, who),
        at=moment(90),
    )


def _hand_over_for_village(stage: Cast, who: str) -> object:
    return integrate.hand_over(
        project=_project("บ้าน"),
        to=stage.district_committee,
        verdict="NOT_TAKEN",
        reason="อบต. ไม่รับ",
        actor=getattr(stage, who),
        at=moment(90),
    )


def _accept(stage: Cast, who: str) -> object:
    handover = Handover.objects.get()
    return integrate.accept_handover(handover=handover, actor=getattr(stage, who), at=moment(91))


def _return(stage: Cast, who: str) -> object:
    handover = Handover.objects.get()
    return integrate.return_handover(handover=handover, reason="ไม่ครบ", actor=getattr(stage, who), at=moment(91))


def _record_pairs(stage: Cast, who: str) -> object:
    drafts = [integrate.PairDraft(_project("ถนน").pk, _project("บ้าน").pk, 0.7, "overlap")]
    return integrate.record_pairs(
        pairs=drafts, engine="1", actor=getattr(stage, who), at=moment(91), among=[_project("บ้าน").pk]
    )


def _decide(stage: Cast, who: str) -> object:
    pair = Pair.objects.get(decision="WAITING")
    return integrate.decide_pair(
        pair=pair, decision="OVERLAP", reason="คาบเกี่ยว", actor=getattr(stage, who), at=moment(91)
    )


def _undo(stage: Cast, who: str) -> object:
    pair = Pair.objects.get(decision="DIFFERENT")
    return integrate.undo_pair_decision(pair=pair, reason="ดูใหม่", actor=getattr(stage, who), at=moment(91))


# stranger, same body without the role, village, LAO, district, province, PAO, operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_hand_over, (False, False, False, True, False, False, False, True)),
    (_hand_over_for_village, (False, False, True, True, True, False, False, True)),
    (_accept, (False, False, False, False, True, False, False, True)),
    (_return, (False, False, False, False, True, False, False, True)),
    (_record_pairs, (False, False, False, False, True, True, False, True)),
    (_decide, (False, False, False, True, True, True, False, True)),
    (_undo, (False, False, False, False, False, True, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    road = make_project(owner=stage.sao, name="ถนน")
    make_project(owner=stage.village_committee, name="บ้าน")
    sent = make_project(owner=stage.sao, name="ส่งแล้ว")
    province_wide = make_project(owner=stage.pao, name="อบจ")
    make_handover(project=sent, to=stage.district_local)
    make_pair(road, sent)
    undecided = make_pair(road, province_wide)
    integrate.decide_pair(pair=undecided, decision="DIFFERENT", reason="ต่าง", actor=stage.system, at=moment(89))
    before = _state()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() == before[-1] + 1
        return
    with pytest.raises(Refused) as refusal:
        act(stage, who)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert _state() == before


def _state() -> tuple[object, ...]:
    return (
        list(Handover.objects.order_by("pk").values()),
        list(Pair.objects.order_by("pk").values()),
        Entry.objects.count(),
    )
