"""Who may compile, edit, submit and return a plan: the table, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest
from tests.cast import YEAR, Cast, cast, moment

from prasan.common.errors import Refused
from prasan.journal.models import Entry
from prasan.needs.testing import make_need
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition, PlanItem, PlanRemoval
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Origin, Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, str], object]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _edition(stage: Cast) -> PlanEdition:
    return PlanEdition.objects.get(body=stage.sao)


def _village(stage: Cast, who: str) -> object:
    return plans.compile_place(
        plan_type="VILLAGE_PLAN", area=stage.village, fiscal_year=YEAR, actor=getattr(stage, who), at=moment(150)
    )


def _local(stage: Cast, who: str) -> object:
    return plans.compile_edition(
        plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=getattr(stage, who), at=moment(150)
    )


def _action(stage: Cast, who: str) -> object:
    return plans.compile_edition(
        plan_type="LOCAL_ACTION_PLAN", body=stage.sao, fiscal_year=YEAR, actor=getattr(stage, who), at=moment(150)
    )


def _district(stage: Cast, who: str) -> object:
    return plans.compile_place(
        plan_type="DISTRICT_NEEDS_PLAN",
        area=stage.district,
        fiscal_year=YEAR,
        actor=getattr(stage, who),
        at=moment(150),
    )


def _province(stage: Cast, who: str) -> object:
    return plans.compile_place(
        plan_type="PROVINCIAL_ANNUAL_ACTION_PLAN",
        area=stage.province,
        fiscal_year=YEAR,
        actor=getattr(stage, who),
        at=moment(150),
    )


def _add(stage: Cast, who: str) -> object:
    project = Project.objects.get(name="ปีหน้า")
    return plans.add_item(edition=_edition(stage), record=project, actor=getattr(stage, who), at=moment(150))


def _remove(stage: Cast, who: str) -> object:
    item = PlanItem.objects.get()
    return plans.remove_item(edition=item.edition, item=item, reason="เลิก", actor=getattr(stage, who), at=moment(150))


def _reorder(stage: Cast, who: str) -> object:
    item = PlanItem.objects.get()
    return plans.reorder(edition=item.edition, item_ids=[item.pk], actor=getattr(stage, who), at=moment(150))


def _submit(stage: Cast, who: str) -> object:
    return plans.submit_edition(edition=_edition(stage), actor=getattr(stage, who), at=moment(150))


def _return(stage: Cast, who: str) -> object:
    edition = PlanEdition.objects.get(body=stage.other_sao)
    return plans.return_edition(edition=edition, reason="แก้", actor=getattr(stage, who), at=moment(150))


def _return_pao(stage: Cast, who: str) -> object:
    """Of the PAO and the province's office neither is above the other."""
    edition = PlanEdition.objects.get(body=stage.pao)
    return plans.return_edition(edition=edition, reason="แก้", actor=getattr(stage, who), at=moment(150))


# stranger, same body without the role, village, LAO, district, province, PAO, operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_village, (False, False, True, True, True, False, False, True)),
    (_local, (False, False, False, True, False, False, False, True)),
    (_action, (False, False, False, True, False, False, False, True)),
    (_district, (False, False, False, False, True, False, False, True)),
    (_province, (False, False, False, False, False, True, False, True)),
    (_add, (False, False, False, True, False, False, False, True)),
    (_remove, (False, False, False, True, False, False, False, True)),
    (_reorder, (False, False, False, True, False, False, False, True)),
    (_submit, (False, False, False, True, False, False, False, True)),
    (_return, (False, False, False, False, True, True, False, True)),
    (_return_pao, (False, False, False, False, False, False, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    make_project(owner=stage.sao)
    make_local_plan(lao=stage.sao)
    for lao in (stage.other_sao, stage.pao):
        plans.submit_edition(edition=make_local_plan(lao=lao), actor=stage.system, at=moment(149))
    make_need(body=stage.village_committee)
    make_project(owner=stage.sao, name="ปีหน้า", fiscal_year=2570, baht=None)
    make_project(owner=stage.sao, name="ข้อบัญญัติ", origin=Origin.ACTION_PLAN)
    make_project(owner=stage.sao, name="ใหม่") if act is _local else None
    before = _state()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() > before[-1]
        return
    with pytest.raises(Refused) as refusal:
        act(stage, who)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert _state() == before


def _state() -> tuple[object, ...]:
    return (
        list(PlanEdition.objects.order_by("pk").values()),
        list(PlanItem.objects.order_by("pk").values()),
        PlanRemoval.objects.count(),
        Entry.objects.count(),
    )
