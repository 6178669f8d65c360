"""Who may do which act with a need: the table, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need, need_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


Act = Callable[[Cast, str], object]


def _record(stage: Cast, who: str) -> object:
    draft = need_draft(body=stage.village_committee)
    return needs.record_need(draft=draft, actor=getattr(stage, who), at=moment(1))


def _forum(stage: Cast, who: str) -> object:
    draft = needs.ForumDraft(area=stage.village, body=stage.village_committee, fiscal_year=2569)
    return needs.record_forum(draft=draft, actor=getattr(stage, who), at=moment(1))


def _classify(stage: Cast, who: str) -> object:
    need = Need.objects.get(code="56-2569-N00001")
    return needs.classify_need(need=need, response_kind="JOINT", actor=getattr(stage, who), at=moment(1))


def _revise(stage: Cast, who: str) -> object:
    need = Need.objects.get(code="56-2569-N00001")
    draft = need_draft(body=stage.village_committee, title="ใหม่")
    return needs.revise_need(need=need, draft=draft, actor=getattr(stage, who), at=moment(1))


def _revise_elsewhere(stage: Cast, who: str) -> object:
    """The same community, the place moved out of the LAO's area."""
    need = Need.objects.get(code="56-2569-N00001")
    draft = need_draft(body=stage.village_committee, area=stage.far_village)
    return needs.revise_need(need=need, draft=draft, actor=getattr(stage, who), at=moment(1))


def _merge(stage: Cast, who: str) -> object:
    """Two villages of one tambon."""
    need, into = Need.objects.get(code="56-2569-N00001"), Need.objects.get(code="56-2569-N00002")
    return needs.merge_need(need=need, into=into, reason="ซ้ำ", actor=getattr(stage, who), at=moment(1))


def _merge_far(stage: Cast, who: str) -> object:
    """Two tambons of one district."""
    need, into = Need.objects.get(code="56-2569-N00001"), Need.objects.get(code="56-2569-N00003")
    return needs.merge_need(need=need, into=into, reason="ซ้ำ", actor=getattr(stage, who), at=moment(1))


def _unmerge(stage: Cast, who: str) -> object:
    need = Need.objects.get(code="56-2569-N00004")
    return needs.unmerge_need(need=need, reason="ต่าง", actor=getattr(stage, who), at=moment(1))


def _withdraw(stage: Cast, who: str) -> object:
    need = Need.objects.get(code="56-2569-N00001")
    return needs.withdraw_need(need=need, reason="ไม่ต้องแล้ว", actor=getattr(stage, who), at=moment(1))


# stranger, same body without the role, village secretary, LAO, district, province (writes for nobody below), operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_record, (False, False, True, True, True, False, True)),
    (_forum, (False, False, True, True, True, False, True)),
    (_classify, (False, False, True, True, True, False, True)),
    (_revise, (False, False, True, True, True, False, True)),
    (_revise_elsewhere, (False, False, True, False, True, False, True)),
    (_merge, (False, False, False, True, True, False, True)),
    (_merge_far, (False, False, False, False, True, False, True)),
    (_unmerge, (False, False, False, True, True, False, True)),
    (_withdraw, (False, False, True, False, False, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    make_need(body=stage.village_committee)
    near = make_need(body=stage.other_committee)
    make_need(body=stage.far_committee)
    merged = make_need(body=stage.village_committee)
    needs.merge_need(need=merged, into=near, reason="ซ้ำ", actor=stage.system, at=moment(0))
    before, entries = list(Need.objects.order_by("pk").values()), Entry.objects.count()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() == entries + 1
        return
    with pytest.raises(Refused) as refusal:
        act(stage, who)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert (list(Need.objects.order_by("pk").values()), Entry.objects.count()) == (before, entries)
