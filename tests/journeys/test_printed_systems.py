"""AC-05 to AC-09, AC-11, AC-20, AC-25 on the running system: printed calendars are opened as years and read back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from prasan.accounts.models import Membership, Role
from prasan.agencies.models import Body, BodyKind
from prasan.cycles import queries as cycles_read
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, CycleEvent, Task
from tests.cast import Cast, cast, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _opened(stage: Cast, system: str, fiscal_year: int) -> Cycle:
    form = {"system": system, "fiscal_year": str(fiscal_year)}
    assert signed_in(stage.prasit).post("/cycles/open/", form).status_code == 302
    return Cycle.objects.get(system=system, fiscal_year=fiscal_year, area=stage.province)


def _calendar(cycle: Cycle) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = Client().get(f"/calendar/{cycle.pk}.json").json()["steps"]
    return steps


def test_a_cabinet_guideline_after_27_days_is_within_its_30(stage: Cast) -> None:
    """AC-05."""
    ministry = Body.objects.create(code="MOI", kind=BodyKind.MINISTRY, name_th="กระทรวงมหาดไทย")
    cabinet = Body.objects.create(code="CABINET", kind=BodyKind.CABINET, name_th="คณะรัฐมนตรี")
    for body in (ministry, cabinet):
        Membership.objects.create(user=stage.malee, body=body, role=Role.SECRETARY)
    cycle = _opened(stage, "cabinet_2557", 2559)
    event = {"event": "CABINET_RESOLUTION", "happened_on": "12 พ.ย. 2557"}
    assert signed_in(stage.prasit).post(f"/cycles/{cycle.pk}/event/", event).status_code == 302
    task = Task.objects.get(cycle=cycle, step__number="i4", body=ministry)
    assert (task.starts_on, task.due_before) == (dt.date(2014, 11, 12), dt.date(2014, 12, 13))
    approved = dt.datetime(2014, 12, 9, 9, tzinfo=dt.UTC)
    assert task.starts_on is not None
    assert (approved.date() - task.starts_on).days == 27
    cycles.submit_task(task=task, actor=stage.malee, at=approved)
    cycles.record_gate_decision(
        task=task, body=cabinet, decision="APPROVE", code="ครม. 9 ธ.ค. 2557", decided_on=approved.date(),
        actor=stage.malee, at=approved,
    )  # fmt: skip
    cycles.finish_task(task=task, actor=stage.malee, at=approved)
    kept = cycles_read.on_time_by_year(stage.province, "cabinet_2557")
    assert [(year.fiscal_year, year.on_time, year.after) for year in kept] == [(2559, 1, 0)]


@pytest.mark.parametrize(("fiscal_year", "due"), [(2545, dt.date(2000, 9, 15)), (2571, dt.date(2026, 9, 15))])
def test_the_request_of_a_year_is_due_on_15_september(stage: Cast, fiscal_year: int, due: dt.date) -> None:
    """AC-06."""
    cycle = _opened(stage, "annual_plan_2545", fiscal_year)
    step = next(one for one in _calendar(cycle) if one["number"] == "3.3")
    assert step["last_day"] == due.isoformat()
    tasks = Task.objects.filter(cycle=cycle, step__number="3.3")
    assert set(tasks.values_list("due_before", flat=True)) == {due + dt.timedelta(days=1)}
    for task in tasks:
        assert cycles_read.state_of_task(task, on=due) == "OPEN"
        assert cycles_read.state_of_task(task, on=due + dt.timedelta(days=1)) == "LATE"


def test_the_annual_plan_of_2545_has_its_eight_printed_windows(stage: Cast) -> None:
    """AC-07."""
    cycle = _opened(stage, "annual_plan_2545", 2545)
    windows = [step["window_th"] for step in _calendar(cycle) if "." not in step["number"]]
    assert windows == [
        "พ.ค. – มิ.ย. 2543", "มิ.ย. – ก.ค. 2543", "ก.ค. – ก.ย. 2543", "ต.ค. – ธ.ค. 2543",
        "ม.ค. – มี.ค. 2544", "เม.ย. – พ.ค. 2544", "มิ.ย. – ก.ย. 2544", "ต.ค. – พ.ย. 2544",
    ]  # fmt: skip
    page = signed_in(stage.prasit).get(f"/cycles/{cycle.pk}/").content.decode()
    assert "1 พ.ค. 2543" in page
    assert "30 พ.ย. 2544" in page


def test_the_calendar_of_2558_for_2560_lies_in_2558(stage: Cast) -> None:
    """AC-08."""
    steps = _calendar(_opened(stage, "moi_2558", 2560))
    assert {day[:4] for step in steps for day in (step["starts_on"], step["last_day"])} == {"2015"}
    assert steps[-1]["window_th"] == "ต.ค. 2558"


@pytest.mark.parametrize(
    ("system", "steps", "sub_steps"),
    [
        ("provincial_5y_2545", 5, 16), ("annual_plan_2545", 8, 21), ("table_4_1", 9, 0), ("table_4_2", 9, 0),
        ("coordination_4_3", 9, 13), ("moi_2553", 5, 0), ("afp_nine_steps", 9, 0),
    ],
)  # fmt: skip
def test_a_year_has_the_steps_its_source_counts(stage: Cast, system: str, steps: int, sub_steps: int) -> None:
    """AC-09; letters mark parts of one printed step."""
    cycle = _opened(stage, system, 2545)
    numbers = list(cycle.steps.values_list("number", flat=True))
    parents = {one.number for one in cycles_read.system_running(cycle).steps if _children(cycle, one.number)}
    inner = [n for n in numbers if any(n != p and n.startswith((f"{p}.", f"{p}(")) for p in parents)]
    outer = {n.rstrip("abcd") for n in numbers if n not in inner}
    assert (len(outer), len(inner)) == (steps, sub_steps)


def _children(cycle: Cycle, number: str) -> tuple[object, ...]:
    return cycles_read.system_running(cycle).children(number)


@pytest.mark.parametrize(("group", "count"), [("core_agency", 10), ("knp_subcommittee", 12), ("labour_agency", 9)])
def test_the_lists_of_the_sources_have_the_bodies_they_count(group: str, count: int) -> None:
    """AC-11, and the nine of AC-10."""
    page = Client().get("/systems/bodies/", {"group": group}).content.decode()
    assert f">{count} รายการ<" in page
    assert page.count('<th scope="row"') == count


@pytest.mark.parametrize(
    ("year", "found", "other"),
    [
        ("2544", "คณะอนุกรรมการกระจายความเจริญไปสู่ภูมิภาค", "คณะกรรมการกำกับและติดตามการปฏิบัติราชการในภูมิภาค"),
        ("2552", "คณะกรรมการกำกับและติดตามการปฏิบัติราชการในภูมิภาค", "คณะอนุกรรมการกระจายความเจริญไปสู่ภูมิภาค"),
    ],
)
def test_one_abbreviation_is_another_body_in_another_time(year: str, found: str, other: str) -> None:
    """AC-20."""
    page = Client().get("/systems/bodies/", {"q": "กกภ.", "year": year}).content.decode()
    assert page.count('<th scope="row"') == 1
    assert found in page
    assert other not in page


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 พ.ย. 2557", dt.date(2014, 11, 12)),
        ("26 เม.ย. 2559", dt.date(2016, 4, 26)),
        ("๑๙ ม.ค. ๒๕๕๓", dt.date(2010, 1, 19)),
    ],
)
def test_a_day_of_the_buddhist_era_is_kept_as_that_day(stage: Cast, typed: str, day: dt.date) -> None:
    """AC-25."""
    cycle = _opened(stage, "cabinet_2557", 2559)
    form = {"event": "CABINET_RESOLUTION", "happened_on": typed}
    assert signed_in(stage.prasit).post(f"/cycles/{cycle.pk}/event/", form).status_code == 302
    assert CycleEvent.objects.get(cycle=cycle).happened_on == day
