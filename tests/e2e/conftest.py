"""A real Chromium before the real pages, with the cast's records behind them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from prasan.accounts.models import Membership, Role
from prasan.cycles.services import open_cycle
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import plan_sheet
from prasan.integration.models import Handover, Pair
from prasan.integration.testing import make_handover, make_pair
from prasan.needs.testing import make_need
from prasan.plans.models import PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Project
from prasan.projects.services import take_up_needs
from prasan.projects.testing import AT, make_project
from prasan.web import translations
from tests.cast import Cast, cast
from tests.shared import in_ci

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "prasan" / "web" / "static" / "build" / "app.css"
PASSWORD = "ทางหลวงชนบท-2569"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's own loop makes Django think that every query is made from asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    missing = [str(path) for path in (CHROMIUM, AXE, BUILT) if not path.exists()]
    if missing and in_ci():
        pytest.fail(f"the browser walks need {missing}")
    if missing:
        pytest.skip(f"no browser walk without {missing}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass(frozen=True)
class Records:
    """What stands in the database of a walk."""

    cast: Cast
    road: Project
    twin: Project
    pair: Pair
    handover: Handover
    plan: PlanEdition


@pytest.fixture
def records(transactional_db: None) -> Records:
    translations.compile()
    people = cast()
    duangjai = people.duangjai
    duangjai.set_password(PASSWORD)
    duangjai.save()
    # She also keeps the books of the กบอ., which answers what comes up from the tambons.
    Membership.objects.create(user=duangjai, body=people.district_committee, role=Role.SECRETARY)
    Membership.objects.create(user=duangjai, body=people.sao, role=Role.PLAN_ANALYST)
    open_cycle(system="moi_2559", fiscal_year=2572, actor=people.system, at=AT)
    need = make_need(body=people.village_committee, title="ขอถนน คสล. สายกลางบ้าน")
    road = make_project(owner=people.sao, name="ก่อสร้างถนน คสล. สายกลางบ้าน หมู่ที่ 1", baht=900_000, area=people.village)
    twin = make_project(owner=people.sao, name="ก่อสร้างถนน คสล. ซอยกลางบ้าน หมู่ที่ 1", baht=950_000, area=people.village)
    for number in range(12):
        make_project(owner=people.sao, name=f"ขุดลอกลำห้วยแม่ใส ช่วงที่ {number + 1}", baht=120_000 + number)
    take_up_needs(project=road, needs=[need], actor=people.system, at=AT)
    return Records(
        cast=people,
        road=road,
        twin=twin,
        pair=make_pair(road, twin),
        plan=make_local_plan(lao=people.sao),
        handover=make_handover(project=road, to=people.district_committee),
    )


@pytest.fixture
def faulty_workbook(tmp_path: Path) -> Path:
    """A ผ.02 with an amount below zero."""
    path = tmp_path / "แผนเพิ่มเติม.xlsx"
    write_workbook(path, [plan_sheet("ก่อสร้างฝายน้ำล้น ห้วยใหญ่", "ปรับปรุงลานกีฬา")])
    book = openpyxl.load_workbook(path)
    sheet = book["ผ.02"]
    amounts = [cell for row in sheet.iter_rows() for cell in row if cell.value == 500_000]
    amounts[0].value = "-500000"
    book.save(path)
    return path


class Walker:
    """Somebody at a screen: goes to pages, and has each one checked for accessibility in light and in dark."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, path
        self.check()

    def check(self) -> None:
        """No violation in either scheme, nothing wider than the screen, nothing the browser complains of."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            # Evaluated by the debugger, not as a script of the page, so the page's own policy stays as it is.
            self.page.evaluate(AXE.read_text())
            found = self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            told = [
                f"{self.page.url} {scheme} {v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary']}"
                for v in found["violations"]
            ]
            assert told == []
        self.page.emulate_media(color_scheme="light")
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} pixels wider than the screen"
        assert self.complaints == []


@pytest.fixture
def walk(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Walker]]:
    """A screen of a size, in Thai, with a check on every page."""
    contexts: list[BrowserContext] = []

    def at(width: int = 1440, height: int = 900, **more: Any) -> Walker:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="th-TH", **more)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Walker(context.new_page(), live_server.url)

    yield at
    for context in contexts:
        context.close()
