"""The queue of pairs: the most money first, and those of one office."""

import csv
import io
import re
from collections.abc import Callable

from django.test import Client

from prasan.agencies.models import Body
from prasan.integration.testing import make_pair
from prasan.projects.testing import make_project
from prasan.web.tests.conftest import Stage


def _pairs(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'href="/pairs/(\d+)/"', page)))


def test_pairs_are_sorted_by_the_money_that_may_be_paid_twice_and_asked_by_owner(
    stage: Stage, browser_of: Callable[..., Client]
) -> None:
    def pair(owner: Body, first: int | None, second: int | None) -> str:
        sides = (
            make_project(owner=owner, name="ก่อสร้างฝาย", baht=first),
            make_project(owner=owner, name="สร้างฝาย", baht=second),
        )
        return str(make_pair(*sides).pk)

    sao, pao = stage.cast.sao, stage.cast.pao
    small, large, unsaid = pair(sao, 100, 60), pair(pao, 70, 5_000), pair(pao, None, 9_000)
    browser = browser_of(stage.cast.prasit)
    order = _pairs(browser.get("/pairs/?sort=-at_stake").content.decode())
    assert [one for one in order if one in {small, large, unsaid}] == [large, small, unsaid]
    assert order[-1] == unsaid  # nobody knows what it would cost twice: it stands last, not first
    of_pao = _pairs(browser.get("/pairs/", {"owner": "ส่วนจังหวัด"}).content.decode())
    assert set(of_pao) == {large, unsaid}
    sheet = browser.get("/pairs/", {"owner": pao.name_th, "sort": "-at_stake", "format": "csv"}).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["เงินที่อาจซ้ำ (บาท)"] for row in rows] == ["70.00", ""]
