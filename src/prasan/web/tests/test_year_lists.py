"""The lists of running years and of a step's tasks: filters, what is out, and the whole list behind a short one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, cast, moment, signed_in

from prasan.areas.models import Area, AreaLevel
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, Task

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _open(stage: Cast, year: int, system: str = "moi_2559") -> Cycle:
    return cycles.open_cycle(system=system, fiscal_year=year, area=stage.province, actor=stage.prasit, at=moment(0))


def _page(person: object, address: str, **asked: str) -> str:
    return signed_in(person).get(address, asked).content.decode()


def test_years_are_filtered_by_year_and_by_system(stage: Cast):
    old, new, other = _open(stage, 2569), _open(stage, 2570), _open(stage, 2570, "moi_2558")
    links = {one: f'href="/cycles/{one.pk}/"' for one in (old, new, other)}
    whole = _page(stage.prasit, "/cycles/")
    assert all(link in whole for link in links.values())
    assert whole.index(links[new]) < whole.index(links[old])
    of_year = _page(stage.prasit, "/cycles/", year="2570", system="moi_2559")
    assert links[new] in of_year
    assert links[old] not in of_year
    assert links[other] not in of_year


def test_the_years_of_another_province_are_not_mixed_in(stage: Cast):
    cycle = _open(stage, 2570)
    neighbour = Area.objects.create(
        code="57", level=AreaLevel.PROVINCE, name_th="เชียงราย", valid_from=stage.province.valid_from
    )
    assert f"/cycles/{cycle.pk}/" in _page(stage.prasit, "/cycles/")
    Cycle.objects.filter(pk=cycle.pk).update(area=neighbour)
    assert f"/cycles/{cycle.pk}/" not in _page(stage.prasit, "/cycles/")


def test_what_is_out_is_one_question_whatever_the_state(stage: Cast):
    cycle = _open(stage, 2575)
    sent, out = (Task.objects.get(cycle=cycle, step__number="2b", body=body) for body in (stage.sao, stage.other_sao))
    cycles.submit_task(task=sent, actor=stage.wichai, at=moment(0))
    listed = _page(stage.prasit, f"/cycles/{cycle.pk}/steps/2b/", state="OUT")
    assert f'href="/tasks/{out.pk}/"' in listed
    assert f'href="/tasks/{sent.pk}/"' not in listed


def test_the_page_of_who_is_missing_asks_no_more_for_more_bodies(stage: Cast):
    cycle = _open(stage, 2575)
    client = signed_in(stage.prasit)
    client.get(f"/cycles/{cycle.pk}/missing/", {"step": "2b"})
    asked = []
    for step in ("1", "2b"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/cycles/{cycle.pk}/missing/", {"step": step}).status_code == 200
        asked.append(len(seen))
    assert max(asked) <= 20


def test_only_who_writes_for_the_province_is_offered_the_reminder(stage: Cast):
    cycle = _open(stage, 2575)
    step = cycle.steps.get(number="2b")
    act = f'action="/cycles/steps/{step.pk}/remind/"'
    Task.objects.filter(step=step).update(starts_on=moment(-9).date(), due_before=moment(-1).date())
    assert act in _page(stage.prasit, f"/cycles/{cycle.pk}/missing/", step="2b")
    assert act not in _page(stage.wichai, f"/cycles/{cycle.pk}/missing/", step="2b")
