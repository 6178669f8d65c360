"""Every route says who may use it, and strangers come no further than that."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter

from prasan.web.routes import Who
from prasan.web.tests.conftest import Stage
from prasan.web.urls import urlpatterns

NAMES = [pattern.name for pattern in urlpatterns]
OF_STRANGERS = {
    "home", "sign_in", "sign_in_as", "sign_out", "language", "areas", "area", "plans", "plan",
    "projects", "project", "needs", "need", "calendar", "calendar_file",
    "rules", "rule", "strategies", "strategy", "strategy_file", "strategy_issues", "institutions", "guidelines",
    "joint_projects", "joint_project",
    "calendar_compare", "calendar_feed", "plan_compare", "systems", "system", "system_yaml",
}  # fmt: skip


def address(name: str, stage: Stage) -> str:
    """The address of a route on the stage."""
    known: dict[str, list[object]] = {
        "area": [stage.cast.province.code],
        "plan": [stage.plan.pk],
        "plan_submit": [stage.plan.pk],
        "project": [stage.road.code],
        "hand_over": [stage.road.code],
        "answer_handover": [stage.handover.pk],
        "need": [stage.need.code],
        "pair": [stage.pair.pk],
        "pair_undo": [stage.pair.pk],
        "rule": ["R31"],
        "system": ["moi_2559"],
    }
    if name in known:
        return reverse(name, args=known[name])
    # A stranger is turned away before anything is looked up, so any argument of the right kind will do.
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    kinds = pattern.pattern.converters
    return reverse(name, kwargs={key: 1 if isinstance(kind, IntConverter) else "x" for key, kind in kinds.items()})


def test_the_table_of_who_may_use_which_route() -> None:
    table = {pattern.name: pattern.callback.who for pattern in urlpatterns}
    assert {name for name, who in table.items() if who is Who.ANYONE} == OF_STRANGERS
    assert {who for name, who in table.items() if name not in OF_STRANGERS} == {Who.SIGNED_IN}


@pytest.mark.parametrize("name", sorted(set(NAMES) - OF_STRANGERS))
def test_a_stranger_is_sent_to_sign_in_and_nothing_happens(name: str, stage: Stage, client: Client) -> None:
    methods = next(pattern.callback.methods for pattern in urlpatterns if pattern.name == name)
    for method in methods:
        response = client.generic(method, address(name, stage))
        assert response.status_code == 302, (name, method)
        assert response["Location"].startswith("/sign-in/?next=")


def test_a_fragment_asked_for_after_the_session_ended_leads_the_whole_page_to_sign_in(
    stage: Stage, client: Client
) -> None:
    response = client.get(address("pairs", stage), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/sign-in/?next=/pairs/"
    assert response.content == b""


PUBLIC = (
    "home", "areas", "area", "plans", "projects", "project", "needs", "need",
    "calendar", "calendar_compare", "systems", "system",
)  # fmt: skip


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_names_no_person(name: str, stage: Stage, client: Client) -> None:
    response = client.get(address(name, stage))
    assert response.status_code == 200
    page = response.content.decode()
    for person in (stage.cast.system, stage.cast.wichai, stage.cast.somsri, stage.cast.duangjai):
        assert str(person) not in page


def test_a_form_cannot_be_sent_by_opening_its_address(stage: Stage, browser_of: Callable[..., Client]) -> None:
    browser = browser_of(stage.cast.duangjai)
    for name in ("hand_over", "answer_handover", "pair_undo", "plan_submit", "import_check", "sign_out", "sign_in_as"):
        assert browser.get(address(name, stage)).status_code == 405


def test_a_draft_plan_is_for_officers_only(stage: Stage, browser_of: Callable[..., Client]) -> None:
    assert browser_of(None).get(address("plan", stage)).status_code == 404
    assert browser_of(stage.cast.malee).get(address("plan", stage)).status_code == 200


def test_no_public_page_leads_to_a_draft(stage: Stage, browser_of: Callable[..., Client]) -> None:
    link = f'href="{address("plan", stage)}"'
    for name in ("project", "need", "area", "plans"):
        assert link not in browser_of(None).get(address(name, stage)).content.decode(), name
    assert link in browser_of(stage.cast.malee).get(address("project", stage)).content.decode()


@pytest.mark.parametrize("name", ["desk", "area", "plan", "project", "need", "pairs", "pair", "imports", "calendar"])
def test_no_page_carries_a_style_or_script_of_its_own(
    name: str, stage: Stage, browser_of: Callable[..., Client]
) -> None:
    response = browser_of(stage.cast.duangjai).get(address(name, stage))
    page = response.content.decode()
    assert response.status_code == 200
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page)


@pytest.mark.parametrize("name", ["plans", "plan", "projects", "needs", "pairs", "imports"])
def test_everything_htmx_fetches_has_a_plain_address_too(
    name: str, stage: Stage, browser_of: Callable[..., Client]
) -> None:
    page = browser_of(stage.cast.wichai).get(address(name, stage)).content.decode()
    tags = re.findall(r"<\w+[^>]*\shx-get=[^>]*>", page)
    assert tags
    for tag in tags:
        assert re.search(r'\s(?:href|action)="', tag), tag


def test_a_page_and_its_fragment_come_from_one_address(stage: Stage, browser_of: Callable[..., Client]) -> None:
    browser = browser_of(stage.cast.wichai)
    whole = browser.get(address("plan", stage))
    fragment = browser.get(address("plan", stage), headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in fragment.content.decode()
    assert fragment.content.decode().strip().startswith('<div id="list"')
    assert "HX-Request" in fragment["Vary"]


def test_the_first_page_answers_htmx_with_its_results_and_caches_keep_them_apart(
    stage: Stage, browser_of: Callable[..., Client]
) -> None:
    browser = browser_of(stage.cast.wichai)
    whole = browser.get("/", {"q": "แม่ใส"})
    part = browser.get("/", {"q": "แม่ใส"}, headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert all("HX-Request" in answer["Vary"] for answer in (whole, part))
