"""Who may join, arrange, answer, confirm and dissolve: the table, and that a refusal leaves no trace."""

import datetime as dt
from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import CostShare, JointPartner, JointProject, JointTask
from prasan.integration.services import ShareDraft, TaskDraft
from prasan.integration.testing import make_joint, make_resolution
from prasan.journal.models import Entry
from prasan.meetings.models import Resolution
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, str], object]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _joint() -> JointProject:
    return JointProject.objects.get()


def _join(stage: Cast, who: str) -> object:
    free = list(Project.objects.filter(name="ว่าง").order_by("pk"))
    return integrate.join_projects(
        projects=free, standing=free[0], reason="ร่วมกัน", actor=getattr(stage, who), at=moment(90)
    )


def _share(stage: Cast, who: str) -> object:
    shares = [ShareDraft(stage.sao, 2569, "LAO", 1_000_00)]
    return integrate.set_cost_shares(joint=_joint(), shares=shares, actor=getattr(stage, who), at=moment(90))


def _plan(stage: Cast, who: str) -> object:
    tasks = [TaskDraft(1, "วางท่อ", stage.sao, dt.date(2025, 10, 1), dt.date(2025, 11, 1))]
    return integrate.set_joint_tasks(joint=_joint(), tasks=tasks, actor=getattr(stage, who), at=moment(90))


def _answer_for_the_lead(stage: Cast, who: str) -> object:
    partner = JointPartner.objects.get(body=stage.sao)
    return integrate.agree_to_joint(partner=partner, actor=getattr(stage, who), at=moment(90))


def _answer_for_the_village(stage: Cast, who: str) -> object:
    partner = JointPartner.objects.get(body=stage.village_committee)
    return integrate.decline_joint(partner=partner, reason="ไม่ตรงที่ขอ", actor=getattr(stage, who), at=moment(90))


def _ready(stage: Cast) -> None:
    _share(stage, "system")
    for partner in JointPartner.objects.all():
        integrate.agree_to_joint(partner=partner, actor=stage.system, at=moment(89))


def _confirm(stage: Cast, who: str) -> object:
    return integrate.confirm_joint(
        joint=_joint(), resolution=Resolution.objects.get(), actor=getattr(stage, who), at=moment(90)
    )


def _dissolve(stage: Cast, who: str) -> object:
    return integrate.dissolve_joint(joint=_joint(), reason="เลิก", actor=getattr(stage, who), at=moment(90))


# stranger, same body without the role, village, LAO (the lead), district, province, PAO, operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_join, (False, False, False, False, True, True, False, True)),
    (_share, (False, False, False, True, True, True, False, True)),
    (_plan, (False, False, False, True, True, True, False, True)),
    (_answer_for_the_lead, (False, False, False, True, False, False, False, True)),
    (_answer_for_the_village, (False, False, True, False, False, False, False, True)),
    (_confirm, (False, False, False, True, True, True, False, True)),
    (_dissolve, (False, False, False, False, True, True, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    make_joint(make_project(owner=stage.sao), make_project(owner=stage.village_committee))
    make_project(owner=stage.sao, name="ว่าง")
    make_project(owner=stage.other_sao, name="ว่าง")
    make_resolution(stage.district_committee)
    if act is _confirm:
        _ready(stage)
    before = _state()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() > before[-1]
        return
    with pytest.raises(Refused) as refused:
        act(stage, who)
    assert refused.value.code == "not_allowed"
    assert refused.value.message_th
    assert refused.value.message_en
    assert _state() == before


def _state() -> tuple[object, ...]:
    models = (JointProject, JointPartner, CostShare, JointTask, Project)
    return (*(list(model.objects.order_by("pk").values()) for model in models), Entry.objects.count())  # type: ignore[attr-defined]
