"""The committees of the demonstration work once, each act with the rights it needs."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.agencies.models import Body
from prasan.cycles import services as cycles
from prasan.cycles.models import StepException
from prasan.demonstration import committees, facts
from prasan.demonstration.strategies import write_strategies
from prasan.journal.models import Entry
from prasan.letters.models import Letter
from prasan.meetings.models import Meeting, Seat
from prasan.plans import services as plans
from prasan.plans.models import Gate
from prasan.plans.testing import make_local_plan
from prasan.strategy import queries as strategy
from prasan.strategy import services as strategy_acts
from prasan.strategy.models import StrategyPlan

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast's province stands for that of the demonstration."""
    monkeypatch.setattr(facts, "PROVINCE", "56")
    stage = cast()
    Body.objects.filter(pk=stage.department.pk).update(kind="DEPARTMENT")
    return stage


def _people(stage: Cast) -> dict[str, object]:
    return {
        "lao": stage.wichai, "district": stage.duangjai, "province": stage.prasit, "operator": stage.system,
    }  # fmt: skip


def test_the_committees_meet_decide_write_and_give_time_once(stage: Cast):
    year = cycles.open_cycle(system="moi_2559", fiscal_year=2569, area=stage.province, actor=stage.system, at=moment(0))
    plan = make_local_plan(lao=stage.sao)
    plans.submit_edition(edition=plan, actor=stage.wichai, at=moment(200))
    told = {"people": _people(stage), "district_code": stage.district.code, "year": year, "at": moment(200)}
    committees.work_in_committees(**told)
    assert Seat.objects.values("committee").distinct().count() == 3
    held = Meeting.objects.get(committee=stage.sao)
    assert (held.state, held.items.count()) == ("CLOSED", 2)
    assert Gate.objects.get().edition == plan
    assert set(Letter.objects.values_list("catalogue", "state")) >= {
        ("L11", "DISPATCHED"), ("L2", "DISPATCHED"), ("L12", "DRAFT"), ("L3", "DISPATCHED"),
    }  # fmt: skip
    assert Letter.objects.get(catalogue="L11").addressees.get().received_number == "214/2569"
    assert StepException.objects.count() == 1
    before = Entry.objects.count()
    committees.work_in_committees(**told)
    assert Entry.objects.count() == before


def test_the_strategies_are_proclaimed_linked_and_written_once(stage: Cast):
    strategy_acts.load_references(actor=stage.system, at=moment(0))
    plan = write_strategies(people=_people(stage), at=moment(1))
    assert strategy.missing_components(plan) == ()
    assert list(strategy.orphans(plan)) == []
    below = StrategyPlan.objects.filter(level__in=("DISTRICT", "LAO"))
    assert below.exists()
    assert any(strategy.orphans(one).exists() for one in below)
    assert StrategyPlan.objects.get(level="PROVINCE", proclaimed_on=None).first_year == 2571
    before = Entry.objects.count()
    assert write_strategies(people=_people(stage), at=moment(2)) == plan
    assert Entry.objects.count() == before
