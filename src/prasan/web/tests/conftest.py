"""The cast on stage with a few records, and a browser for each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, cast

from prasan.accounts.models import User
from prasan.integration.models import Handover, Pair
from prasan.integration.testing import make_handover, make_pair
from prasan.needs.models import Need
from prasan.needs.testing import make_need
from prasan.plans.models import PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Project
from prasan.projects.services import take_up_needs
from prasan.projects.testing import AT, make_project


@dataclass(frozen=True)
class Stage:
    """The cast with a road asked for, planned twice, and handed to the district."""

    cast: Cast
    need: Need
    road: Project  # waits for the district's answer
    twin: Project
    pair: Pair
    handover: Handover
    plan: PlanEdition


@pytest.fixture(autouse=True)
def own_originals(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("kept") / "originals"


@pytest.fixture
def stage(db: None) -> Stage:
    people = cast()
    need = make_need(body=people.village_committee, title="ขอถนน คสล. สายกลางบ้าน", amount_satang=90_000_000)
    road = make_project(owner=people.sao, name="ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ที่ 1", baht=900_000, area=people.village)
    twin = make_project(owner=people.sao, name="ก่อสร้างถนน คสล. ซอยกลางบ้าน หมู่ที่ 1", baht=950_000, area=people.village)
    take_up_needs(project=road, needs=[need], actor=people.system, at=AT)
    return Stage(
        cast=people,
        need=need,
        road=road,
        twin=twin,
        pair=make_pair(road, twin),
        plan=make_local_plan(lao=people.sao),
        handover=make_handover(project=road, to=people.district_committee),
    )


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """A browser, signed in as somebody or nobody."""

    def open_for(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return open_for
