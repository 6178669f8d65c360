"""The rule browser for everybody, and findings for those who are signed in: seen, answered and decided."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.cast import moment

from prasan.accounts.models import User
from prasan.journal.models import Entry
from prasan.plans.models import ConformityFinding
from prasan.plans.services import check_edition
from prasan.projects.testing import make_project
from prasan.web.tests.conftest import Stage

Open = Callable[[User | None], Client]


@pytest.fixture(name="duplicate")
def _duplicate(stage: Stage) -> ConformityFinding:
    """A likely duplicate that stands in the local plan."""
    check_edition(edition=stage.plan, actor=stage.cast.wichai, at=moment(150))
    return ConformityFinding.objects.get(rule="R31")


def _rules(client: Client, query: str) -> list[str]:
    response = client.get(f"/rules/?{query}&format=csv")
    assert response.status_code == 200
    rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    return [row[0] for row in rows][1:]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=R25", ["R25"]),
        ("q=20 million", []),
        ("q=จำนวนนี้ไม่มี", []),
        ("topic=REPORTING", ["R46", "R61", "R69"]),
        ("kind=RECOMMENDATION", [f"R{n}" for n in range(62, 71)]),
        ("consequence=BLOCKS", ["R03", "R08", "R25", "R26", "R31", "R45", "R47", "R49"]),
        ("certainty=G", ["R71"]),
        ("certainty=I", ["R72"]),
        ("kind=PROCEDURE&how=COMPUTED", ["R71", "R72"]),
        ("topic=COMMUNITY&on=2010-02-17", []),
        ("topic=COMMUNITY&on=18 ก.พ. 2553", ["R33", "R34", "R35", "R36"]),
    ],
)
def test_the_rulebook_answers_what_is_asked_of_it_and_exports_it(client: Client, query: str, ids: list[str]) -> None:
    assert _rules(client, query) == ids


@pytest.mark.django_db
def test_anybody_reads_all_rules_and_each_of_them(client: Client) -> None:
    page = client.get("/rules/").content.decode()
    assert page.count('href="/rules/R') == 2 * 72
    assert "72 รายการ" in page
    rule = client.get("/rules/R47/").content.decode()
    assert "100,000,000 บาท" in rule
    assert "A deputy prime minister approves at most a hundred million baht a year" in rule
    assert "ข้อสังเกตที่อ้างข้อนี้" not in rule
    assert client.get("/rules/R73/").status_code == 404


@pytest.mark.django_db
def test_what_no_source_prints_says_so(client: Client) -> None:
    assert "ข้อนี้ไม่ได้พิมพ์ในเอกสารต้นทาง" in client.get("/rules/R71/").content.decode()
    assert "ข้อนี้ไม่ได้พิมพ์ในเอกสารต้นทาง" not in client.get("/rules/R37/").content.decode()


def test_a_plan_shows_its_findings_to_those_who_are_signed_in(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding
) -> None:
    page = browser_of(stage.cast.wichai).get(f"/plans/{stage.plan.pk}/").content.decode()
    assert f"/findings/{duplicate.pk}/" in page
    assert "1 ข้อขวางการเห็นชอบ" in page
    assert "/rules/R31/" in page
    type(stage.plan).objects.update(state="SUBMITTED")
    stranger = browser_of(None).get(f"/plans/{stage.plan.pk}/").content.decode()
    assert "/findings/" not in stranger


def test_the_list_of_findings_costs_the_same_for_any_number(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        ConformityFinding.objects.create(
            edition=stage.plan, rule="R01", subject_code=str(n), consequence="WARNS", explanation_th="ก",
            explanation_en="a", found_at=moment(150),
        )  # fmt: skip
    browser = browser_of(stage.cast.prasit)
    with django_assert_max_num_queries(8):
        page = browser.get("/findings/").content.decode()
    assert page.index("R31") < page.index(">R01<")


def test_the_maker_answers_and_the_level_above_decides_on_the_page(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding
) -> None:
    address = f"/findings/{duplicate.pk}/"
    sent = {"state": "JUSTIFIED", "answer": "คนละซอย", "version": duplicate.version}
    assert browser_of(stage.cast.wichai).post(f"{address}answer/", sent).status_code == 302
    duplicate.refresh_from_db()
    page = browser_of(stage.cast.duangjai).get(address).content.decode()
    assert "คนละซอย" in page
    assert 'action="' + address + 'decide/"' in page
    sent = {"decision": "LIFTED", "reason": "จริงตามนั้น", "version": duplicate.version}
    assert browser_of(stage.cast.duangjai).post(f"{address}decide/", sent).status_code == 302
    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.decision) == ("JUSTIFIED", "LIFTED")
    assert "จริงตามนั้น" in browser_of(stage.cast.wichai).get(address).content.decode()


@pytest.mark.parametrize(("name", "status"), [("stranger", 403), ("clerk", 403), ("duangjai", 403), ("wichai", 302)])
def test_who_may_answer_on_the_page(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding, name: str, status: int
) -> None:
    before = Entry.objects.count()
    response = browser_of(getattr(stage.cast, name)).post(
        f"/findings/{duplicate.pk}/answer/", {"state": "ACCEPTED", "answer": "จริง", "version": duplicate.version}
    )
    assert response.status_code == status
    assert Entry.objects.count() - before == (1 if status == 302 else 0)


def test_an_answer_without_words_and_a_second_answer_are_told_so(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding
) -> None:
    browser = browser_of(stage.cast.wichai)
    address = f"/findings/{duplicate.pk}/answer/"
    response = browser.post(address, {"state": "ACCEPTED", "answer": "", "version": 1})
    assert response.status_code == 422
    assert "เขียนเหตุผล" in response.content.decode()
    assert browser.post(address, {"state": "ACCEPTED", "answer": "จริง", "version": 1}).status_code == 302
    response = browser.post(address, {"state": "ACCEPTED", "answer": "จริง", "version": 1})
    assert response.status_code == 409
    assert "มีผู้แก้ข้อสังเกตนี้ก่อนท่าน" in response.content.decode()


def test_checking_a_plan_from_its_page(stage: Stage, browser_of: Open) -> None:
    make_project(owner=stage.cast.sao)
    refused = browser_of(stage.cast.stranger).post(f"/plans/{stage.plan.pk}/check/", follow=True)
    assert "ตรวจแผนของ" in refused.content.decode()
    assert not ConformityFinding.objects.exists()
    done = browser_of(stage.cast.wichai).post(f"/plans/{stage.plan.pk}/check/", follow=True)
    assert "ตรวจแผนแล้ว พบ" in done.content.decode()
    assert ConformityFinding.objects.filter(rule="R31").count() == 1


def test_what_is_gone_is_listed_only_when_asked_for(
    stage: Stage, browser_of: Open, duplicate: ConformityFinding
) -> None:
    address = f'href="/findings/{duplicate.pk}/"'
    browser = browser_of(stage.cast.prasit)
    assert address in browser.get(f"/findings/?plan={stage.plan.pk}").content.decode()
    assert address not in browser.get(f"/findings/?plan={stage.plan.pk + 1}").content.decode()
    ConformityFinding.objects.update(state="GONE")
    assert address not in browser.get("/findings/").content.decode()
    assert address in browser.get("/findings/?state=GONE").content.decode()
