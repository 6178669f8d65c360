"""The list component: no row is lost or doubled between pages, and what is exported is what is filtered."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.cast import Cast

from prasan.needs.testing import make_need
from prasan.plans.testing import make_local_plan
from prasan.projects.testing import make_project
from prasan.web.tables import records as tables
from prasan.web.tests.conftest import Stage

CODE = re.compile(r"56-2569-\d{5}")


@pytest.fixture
def many(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twenty-three more projects, many of equal amount and some of none, and pages of five."""
    spec = tables.projects_spec
    monkeypatch.setattr(tables, "projects_spec", lambda code="": _with_pages_of_five(spec(code)))
    amounts = [None, 100, 100, 100, 200, 200, None, 300]
    made = [
        make_project(owner=stage.cast.sao, name=f"ขุดลอกลำห้วย ช่วงที่ {n}", baht=amounts[n % len(amounts)])
        for n in range(23)
    ]
    return sorted([project.code for project in made] + [stage.road.code, stage.twin.code])


def _with_pages_of_five(spec: Any) -> Any:
    return replace(spec, page_size=5)


def codes(page: str) -> list[str]:
    table = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    return list(dict.fromkeys(CODE.findall(table)))


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'href="([^"]+)"[^>]*rel="{rel}"', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(client: Client, address: str, rel: str) -> Iterator[list[str]]:
    following: str | None = address
    while following:
        page = client.get(following).content.decode()
        yield codes(page)
        following = link(page, rel)


@pytest.mark.parametrize("sort", ["code", "-code", "amount", "-amount", "year", "owner", "-place"])
def test_pages_hold_every_row_once_forwards_and_backwards(many: list[str], client: Client, sort: str) -> None:
    pages = list(walk(client, f"/projects/?sort={sort}", "next"))
    seen = [code for page in pages for code in page]
    assert sorted(seen) == many
    assert [len(page) for page in pages] == [5, 5, 5, 5, 5]
    last = client.get(f"/projects/?sort={sort}").content.decode()
    while (following := link(last, "next")) is not None:
        last = client.get(following).content.decode()
    back = [codes(last)]
    while (before := link(last, "prev")) is not None:
        last = client.get(before).content.decode()
        back.append(codes(last))
    assert list(reversed(back)) == pages


def test_a_list_can_be_had_whole_for_paper_and_a_page_of_it_says_that_it_is_one(
    many: list[str], client: Client
) -> None:
    page = client.get("/projects/").content.decode()
    assert "หน้านี้มี 5 จาก 25 รายการ" in page
    assert 'href="/projects/?rows=all"' in page
    whole = client.get("/projects/?rows=all").content.decode()
    assert codes(whole) == many
    assert "หน้านี้มี" not in whole


def test_rows_without_an_amount_come_after_all_amounts(many: list[str], client: Client) -> None:
    seen = [code for page in walk(client, "/projects/?sort=-amount", "next") for code in page]
    assert len(seen) == len(many)
    last = client.get("/projects/?sort=amount").content.decode()
    assert "–" in last.split("<tbody>")[1]


def test_a_forged_cursor_shows_the_first_page(many: list[str], client: Client) -> None:
    first = codes(client.get("/projects/").content.decode())
    assert codes(client.get("/projects/?after=forged").content.decode()) == first


def test_the_export_holds_what_is_filtered_and_its_sum_is_the_foot(many: list[str], client: Client) -> None:
    assert many
    text = client.get("/projects/?q=ขุดลอก&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + 23
    total = sum(float(row[-1]) for row in rows[1:] if row[-1])
    book = openpyxl.load_workbook(io.BytesIO(client.get("/projects/?q=ขุดลอก&format=xlsx").content))
    cells = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in cells] == [row[0] for row in rows[1:]]
    assert sum(row[-1] or 0 for row in cells) == total
    foot = client.get("/projects/?q=ขุดลอก").content.decode().split("<tfoot>")[1]
    assert f"{total:,.0f}" in foot


def test_a_name_that_looks_like_a_formula_is_disarmed(stage: Stage, client: Client) -> None:
    make_project(owner=stage.cast.sao, name='=HYPERLINK("http://x","y")')
    text = client.get("/projects/?q=HYPERLINK&format=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    book = openpyxl.load_workbook(io.BytesIO(client.get("/projects/?q=HYPERLINK&format=xlsx").content))
    cell = book.active["B2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("=HYPERLINK")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=ซอยกลางบ้าน", 1),
        ("q=ถนน+คสล", 2),
        ("place=ต.แม่ใส", 2),
        ("place=อำเภอจุน", 0),
        ("area=56", 2),
        ("area=5602", 0),
        ("year=2569", 2),
        ("year=9999", 2),
        ("origin=AGENCY", 0),
        ("q=ไม่มีคำนี้", 0),
    ],
)
def test_filters(stage: Stage, client: Client, asked: str, found: int) -> None:
    assert stage
    page = client.get(f"/projects/?{asked}").content.decode()
    assert len(codes(page)) == found
    if not found:
        assert "ล้างตัวกรอง" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("mark=pairs", 2), ("mark=handed", 1), ("mark=none", 0), ("place=560114", 2), ("place=5602", 2)],
)
def test_filters_of_a_plan(stage: Stage, browser_of: Callable[..., Client], asked: str, found: int) -> None:
    page = browser_of(stage.cast.wichai).get(f"/plans/{stage.plan.pk}/?{asked}").content.decode()
    assert len(codes(page)) == found


def test_money_is_shown_in_baht_or_in_millions_and_says_which(stage: Stage, browser_of: Callable[..., Client]) -> None:
    browser = browser_of(stage.cast.wichai)
    baht = browser.get(f"/plans/{stage.plan.pk}/").content.decode()
    million = browser.get(f"/plans/{stage.plan.pk}/?unit=million").content.decode()
    assert "900,000" in baht
    assert "1,850,000" in baht
    assert "0.9" in million
    assert "1.85" in million
    assert "900,000" not in million


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/projects/", 10), ("/needs/", 10), ("/pairs/", 13), ("/plans/", 10), ("plan", 24), ("/imports/", 9)],
)
def test_a_list_page_takes_the_same_few_queries_however_long(
    stage: Stage, browser_of: Callable[..., Client], django_assert_max_num_queries: Any, address: str, queries: int
) -> None:
    address = f"/plans/{stage.plan.pk}/" if address == "plan" else address
    browser = browser_of(stage.cast.wichai)
    counts = []
    for round_of in range(2):
        browser.get(address)
        with django_assert_max_num_queries(queries) as counted:
            assert browser.get(address).status_code == 200
        counts.append(len(counted))
        _more(stage.cast, round_of)
        make_local_plan(lao=stage.cast.sao)
    assert counts[0] == counts[1]


def _more(cast: Cast, round_of: int) -> None:
    for number in range(6):
        make_project(owner=cast.sao, name=f"ปรับปรุงฝาย {round_of} จุดที่ {number}")
        make_need(body=cast.village_committee, title=f"ขอไฟส่องสว่าง {round_of} จุดที่ {number}")
