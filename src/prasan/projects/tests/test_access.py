"""Who may do which act with a project: the table, and that a refusal leaves no trace."""

from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.common.errors import Refused
from prasan.journal.models import Entry
from prasan.needs.models import Need
from prasan.needs.testing import make_need
from prasan.projects import services as projects
from prasan.projects.models import Project, TakeUp
from prasan.projects.testing import make_project, project_draft

pytestmark = pytest.mark.django_db
Act = Callable[[Cast, str], object]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _project(name: str) -> Project:
    return Project.objects.get(name=name)


def _record(stage: Cast, who: str) -> object:
    draft = project_draft(owner=stage.sao)
    return projects.record_project(draft=draft, actor=getattr(stage, who), at=moment(1))


def _record_for_agency(stage: Cast, who: str) -> object:
    draft = project_draft(owner=stage.highways)
    return projects.record_project(draft=draft, actor=getattr(stage, who), at=moment(1))


def _record_for_committee(stage: Cast, who: str) -> object:
    draft = project_draft(owner=stage.district_committee)
    return projects.record_project(draft=draft, actor=getattr(stage, who), at=moment(1))


def _revise(stage: Cast, who: str) -> object:
    draft = project_draft(owner=stage.sao, name="ใหม่")
    return projects.revise_project(project=_project("ถนน"), draft=draft, actor=getattr(stage, who), at=moment(1))


def _take_up(stage: Cast, who: str) -> object:
    need = Need.objects.get()
    return projects.take_up_needs(project=_project("ถนน"), needs=[need], actor=getattr(stage, who), at=moment(1))


def _propose(stage: Cast, who: str) -> object:
    return projects.propose_from_need(need=Need.objects.get(), actor=getattr(stage, who), at=moment(1))


def _merge(stage: Cast, who: str) -> object:
    """Two projects of one local government."""
    return projects.merge_project(
        project=_project("ถนน"), into=_project("ท่อ"), reason="ซ้ำ", actor=getattr(stage, who), at=moment(1)
    )


def _merge_with_pao(stage: Cast, who: str) -> object:
    """A project of the local government into one of the PAO, whose place is the whole province."""
    return projects.merge_project(
        project=_project("ถนน"), into=_project("อบจ"), reason="ซ้ำ", actor=getattr(stage, who), at=moment(1)
    )


def _unmerge(stage: Cast, who: str) -> object:
    return projects.unmerge_project(project=_project("ซ้ำ"), reason="ต่าง", actor=getattr(stage, who), at=moment(1))


def _withdraw(stage: Cast, who: str) -> object:
    return projects.withdraw_project(project=_project("ถนน"), reason="เลิก", actor=getattr(stage, who), at=moment(1))


# stranger, same body without the role, village, LAO, district, province, PAO, operator
PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_record, (False, False, False, True, False, False, False, True)),
    (_record_for_agency, (False, False, False, False, False, True, False, True)),
    (_record_for_committee, (False, False, False, False, True, False, False, True)),
    (_revise, (False, False, False, True, False, False, False, True)),
    (_take_up, (False, False, False, True, False, False, False, True)),
    (_propose, (False, False, True, True, True, False, False, True)),
    (_merge, (False, False, False, True, True, True, False, True)),
    (_merge_with_pao, (False, False, False, False, False, True, False, True)),
    (_unmerge, (False, False, False, True, True, True, False, True)),
    (_withdraw, (False, False, False, True, False, False, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    make_need(body=stage.village_committee)
    make_project(owner=stage.sao, name="ถนน")
    kept = make_project(owner=stage.sao, name="ท่อ")
    make_project(owner=stage.pao, name="อบจ")
    merged = make_project(owner=stage.sao, name="ซ้ำ")
    projects.merge_project(project=merged, into=kept, reason="ซ้ำ", actor=stage.system, at=moment(0))
    before = list(Project.objects.order_by("pk").values()), TakeUp.objects.count(), Entry.objects.count()
    if allowed:
        act(stage, who)
        assert Entry.objects.count() == before[2] + 1
        return
    with pytest.raises(Refused) as refusal:
        act(stage, who)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message_th
    assert refusal.value.message_en
    after = list(Project.objects.order_by("pk").values()), TakeUp.objects.count(), Entry.objects.count()
    assert after == before
