"""A district's working group goes the nine steps of AFP in a real browser, and an agency answers on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Route, expect

from prasan.afp.models import AfpProblem, AfpRound, Candidate, GroupAgency, IntegrationGroup, RoundState
from prasan.afp.testing import make_resolution, make_round
from prasan.afp.tests.conftest import set_stage
from prasan.web import translations
from tests.cast import Cast
from tests.e2e.conftest import PASSWORD, Walker
from tests.e2e.test_a_year import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    translations.compile()
    people = set_stage()
    for person in (people.duangjai, people.wichai):
        person.set_password(PASSWORD)
        person.save()
    return people


def press(walker: Walker, do: str) -> None:
    """Press the first button that does so; what comes back is checked, and says that it was done."""
    with walker.page.expect_navigation():
        walker.page.locator(f'main button[name="do"][value="{do}"]:visible').first.click()
    expect(walker.page.locator(".notice[role=status]")).to_be_visible()
    walker.check()


def follow(walker: Walker, step: str) -> None:
    """Go on by the way of the nine steps, which stands on the round's page and at the head of every step."""
    walker.page.locator(f'main a[href$="/{step}/"]').first.click()
    expect(walker.page.locator(f'.afp-steps a[href$="/{step}/"]')).to_have_attribute("aria-current", "step")
    walker.check()


def test_a_district_goes_the_nine_steps_and_an_agency_answers(stage: Cast, walk: Callable[..., Walker]) -> None:
    walker = walk()
    page = sign_in(walker, "duangjai")
    walker.go("/afp/")
    page.get_by_role("link", name="เปิดรอบใหม่").click()
    walker.check()
    page.get_by_label("ปีงบประมาณ").fill("2569")
    page.get_by_role("button", name="เปิดรอบ", exact=True).click()
    walker.check()
    made = AfpRound.objects.get()

    follow(walker, "areas")
    press(walker, "rank")
    for box in page.locator("table.afp-rank input[name=area]").all()[:2]:
        box.check()
    page.locator('button[value="choose"]').click()
    expect(page.get_by_role("alert")).to_be_visible()  # no reason was given, and what was ticked stands
    assert page.locator("table.afp-rank input[name=area]:checked").count() == 2
    walker.complaints.clear()  # Chromium calls the refusal's status (422) an error
    walker.check()
    page.locator("textarea[name=reason]").last.fill("เดือดร้อนที่สุดตามคะแนน")
    press(walker, "choose")

    follow(walker, "groups")
    press(walker, "list")
    for number in page.locator('main input[name$="people"], main input[name^="people"]').all():
        number.fill("120")
    for source in page.locator('main input[name$="source"], main input[name^="source"]').all():
        source.fill("จปฐ. 2567")
    press(walker, "confirm")

    follow(walker, "problems")
    press(walker, "cluster")
    press(walker, "confirm")

    follow(walker, "guidelines")
    press(walker, "suggest")
    for guideline in page.locator('select[name^="guideline-"]').all():
        if not guideline.input_value():
            guideline.select_option(index=5)
    press(walker, "confirm")

    follow(walker, "candidates")
    press(walker, "find")
    press(walker, "accept")
    assert Candidate.objects.filter(state="ACCEPTED").exists()

    follow(walker, "grouping")
    press(walker, "group")
    for group in IntegrationGroup.objects.order_by("pk"):
        walker.go(f"/afp/groups/{group.pk}/")
        page.locator("textarea[name=tasks]").fill("สำรวจและออกแบบร่วมกัน")
        press(walker, "plan")
        press(walker, "expect")

    walker.go(f"/afp/{made.pk}/outcomes/")
    press(walker, "confirm")
    assert not AfpProblem.objects.filter(outcome="").exists()

    asked = GroupAgency.objects.get(body=stage.sao)
    phone = walk(390, 844, has_touch=True, is_mobile=True)
    sign_in(phone, "wichai")
    phone.page.locator(f'main a[href="/afp/groups/{asked.group_id}/"]').first.click()
    phone.check()
    phone.page.get_by_label("ตกลงร่วมดำเนินการตามแผนนี้").check()
    press(phone, "answer")
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("AGREED", stage.wichai)

    resolution = make_resolution(committee=stage.district_committee)
    walker.go(f"/afp/{made.pk}/expected/")
    page.locator("select[name=resolution]").select_option(str(resolution.pk))
    press(walker, "endorse")
    for group in IntegrationGroup.objects.order_by("pk"):
        walker.go(f"/afp/groups/{group.pk}/")
        page.locator("#actual input[name=people]").fill("110")
        page.locator("#actual input[name=saved]").fill("0")
        page.locator("#actual input[name=days]").fill("0")
        page.locator("#actual textarea[name=note]").fill("สร้างเสร็จ")
        press(walker, "actual")
    made.refresh_from_db()
    assert (made.state, made.resolution) == (RoundState.REVIEWED, resolution)
    for path in ("matrix/", "outputs/gaps/", "outputs/leads/", "actual/"):
        walker.go(f"/afp/{made.pk}/{path}")


def test_what_was_typed_in_the_rows_outlives_filters_sorting_and_a_slip_off_the_page(
    stage: Cast, walk: Callable[..., Walker]
) -> None:
    made = make_round(body=stage.district_committee, upto=3, actor=stage.duangjai)
    problem = AfpProblem.objects.order_by("pk")[0]
    walker = walk()
    page = sign_in(walker, "duangjai")
    walker.go(f"/afp/{made.pk}/problems/")
    people, severity = (
        page.locator(f"#id_confirm_people-{problem.pk}"),
        page.locator(f"#id_confirm_severity-{problem.pk}"),
    )
    people.fill("4321")
    severity.select_option("5" if problem.severity < 5 else "4")
    chosen = severity.input_value()
    stays = page.locator("#list .notice")

    page.locator("#filter-q").fill("ไม่มีชื่อนี้")
    page.locator("#filters button").click()
    expect(stays).to_be_visible()
    assert page.locator("input[name=row]").count() == 1
    assert (people.input_value(), severity.input_value()) == ("4321", chosen)
    walker.check()
    head = page.locator("#list thead a").first
    order = re.compile(f".*{re.escape(head.get_attribute('href') or '')}$")
    head.click()
    expect(page).to_have_url(order)
    assert people.input_value() == "4321"
    page.locator("#filter-q").fill("")
    page.locator("#filters button").click()
    expect(stays).to_have_count(0)
    assert (people.input_value(), severity.input_value()) == ("4321", chosen)

    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.locator(".afp-ways a").last.click()
    expect(people).to_have_value("4321")
    assert asked == ["beforeunload"]
    press(walker, "confirm")  # what is being saved is not asked about
    assert asked == ["beforeunload"]
    problem.refresh_from_db()
    assert (problem.people, str(problem.severity)) == (4321, chosen)


def test_of_two_questions_to_a_list_the_later_is_answered(stage: Cast, walk: Callable[..., Walker]) -> None:
    made = make_round(body=stage.district_committee, upto=3, actor=stage.duangjai)
    walker = walk()
    page = sign_in(walker, "duangjai")
    walker.go(f"/afp/{made.pk}/problems/")
    unanswered: list[Route] = []
    page.route(re.compile("sort="), lambda route: unanswered.append(route))  # a built-in cannot be marked
    page.locator("#list thead a").first.click()
    page.locator("#filter-q").fill("ไม่มีชื่อนี้")
    with page.expect_event("requestfailed") as given_up:
        page.locator("#filters button").click()
    assert given_up.value.url == unanswered[0].request.url
    expect(page.locator("#list .empty")).to_be_visible()
    assert page.locator("form.fill").evaluate("form => form.inert") is False
