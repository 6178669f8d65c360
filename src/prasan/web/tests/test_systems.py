"""The pages of calendars and planning systems, as people use them."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from tests.cast import Cast, cast, moment, signed_in

from prasan import rulebook
from prasan.cycles import services
from prasan.cycles.models import CalendarFeed, Cycle, SystemVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def _reading(language: str) -> Client:
    return Client(HTTP_COOKIE=f"{settings.LANGUAGE_COOKIE_NAME}={language}")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "/calendar/",
        "/calendar/?by=body&start=10",
        "/calendar/compare/",
        "/systems/",
        "/systems/moi_2559/",
        "/systems/guidelines/",
    ],
)
def test_anyone_reads_the_calendars_and_systems(them: Cast, path: str, language: str) -> None:
    services.open_cycle(system="moi_2559", fiscal_year=2568, actor=them.prasit, at=moment(0))
    page = _reading(language).get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()


def test_guidelines_are_read_with_their_document_and_how_certain_it_is(them: Cast) -> None:
    page = _reading("th").get("/systems/guidelines/").content.decode()
    assert page.count("<li>การ") >= 6
    assert "การฟื้นฟูบูรณะทรัพยากรธรรมชาติและสิ่งแวดล้อม" in page
    assert "000 §2.6.2 step 1.2, 3.2(4) · พิมพ์ในเอกสาร" in page


def test_an_officer_copies_changes_and_publishes_a_system(them: Cast) -> None:
    client = signed_in(them.prasit)
    made = client.post("/systems/moi_2559/copy/", {"key": "phayao_plan", "area": "56", "reason": "มติจังหวัด"})
    draft = SystemVersion.objects.get()
    assert made["location"] == f"/systems/drafts/{draft.pk}/"
    assert client.get(f"/systems/drafts/{draft.pk}/?step=4").status_code == 200
    step = {
        "number": "4", "name_th": "แผนจังหวัด", "name_en": "Plan", "lane": "PROVINCE", "responsible": "จังหวัด",
        "certainty": "I", "start_month": 8, "start_k": -2, "end_month": 9, "end_k": -2, "version": 1,
    }  # fmt: skip
    assert client.post(f"/systems/drafts/{draft.pk}/", step).status_code == 302
    draft.refresh_from_db()
    window = rulebook.from_data(draft.definition).step("4").window
    assert window == rulebook.Window(rulebook.Edge(8, -2), rulebook.Edge(9, -2))
    assert client.post(f"/systems/drafts/{draft.pk}/", step).status_code == 409
    published = client.post(f"/systems/drafts/{draft.pk}/publish/", {"reason": "ใช้", "version": 2})
    assert published["location"] == "/systems/phayao_plan/"
    officer = str(them.prasit)
    for path in ("/systems/", "/systems/phayao_plan/"):
        assert officer in client.get(path).content.decode()
        assert officer not in Client().get(path).content.decode()
    assert client.get(f"/systems/drafts/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("key", [system.key for system in rulebook.load().systems])
def test_every_step_of_a_running_year_has_its_page(them: Cast, key: str) -> None:
    cycle = services.open_cycle(system=key, fiscal_year=2571, area=them.province, actor=them.prasit, at=moment(0))
    client = signed_in(them.prasit)
    text = client.get(f"/cycles/{cycle.pk}/").content.decode()
    for step in cycle.steps.all():
        path = reverse("cycle_step", args=(cycle.pk, step.number))
        assert (f'href="{path}"' in text) == step.tasks.exists()
        assert escape(step.name_th) in text
        assert client.get(path).status_code == 200


def _form(page: object) -> dict[str, object]:
    """What a browser would send back of the step form, untouched."""
    form = page.context["step_form"]  # type: ignore[attr-defined]
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value is not None and value != "" and value is not False}


@pytest.mark.parametrize("key", [system.key for system in rulebook.load().systems])
def test_saving_a_step_untouched_changes_nothing_of_it(them: Cast, key: str) -> None:
    draft = services.draft_system(
        based_on=key, key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    client, before = signed_in(them.prasit), draft.definition
    for step in rulebook.planning_system(key).steps:
        page = client.get(f"/systems/drafts/{draft.pk}/", {"step": step.number})
        saved = client.post(f"/systems/drafts/{draft.pk}/", _form(page))
        assert saved.status_code == 302, (step.number, saved.context["form"].errors)
    draft.refresh_from_db()
    assert draft.definition == before


def test_a_step_is_given_its_papers_bodies_gates_and_event_on_screen(them: Cast) -> None:
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    client = signed_in(them.prasit)
    path = f"/systems/drafts/{draft.pk}/"
    sent = _form(client.get(path, {"step": "5"})) | {
        "actors": ["provincial_integrated_committee"], "after": ["3a", "4"], "waits_for_all": "on",
        "uses": ["DISTRICT_PLAN", "L1"], "makes": ["PROVINCIAL_PLAN"], "event": "CABINET_RESOLUTION", "event_days": 45,
        "gate_1_actor": "provincial_integrated_committee", "gate_1_decision": "SCREEN",
        "gate_2_actor": "provincial_integrated_committee", "gate_2_decision": "ENDORSE",
    }  # fmt: skip
    assert client.post(path, sent).status_code == 302
    draft.refresh_from_db()
    step = rulebook.from_data(draft.definition).step("5")
    assert (step.actors, set(step.after), step.waits_for_all) == (
        ("provincial_integrated_committee",),
        {"3a", "4"},
        True,
    )
    assert (set(step.uses), step.makes) == ({"DISTRICT_PLAN", "L1"}, ("PROVINCIAL_PLAN",))
    assert step.event_window == rulebook.EventWindow("CABINET_RESOLUTION", 45)
    assert [gate.decision for gate in step.gates] == ["SCREEN", "ENDORSE"]
    for half in ({"event_days": ""}, {"gate_2_decision": ""}, {"actors": ["nobody"]}):
        page = client.post(path, sent | {"version": draft.version} | half)
        assert page.status_code == 422
    text = client.get(path, {"step": "5"}).content.decode()
    assert "คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ" in text
    assert "L1 " in text


def test_a_ring_of_steps_is_refused_with_its_reason(them: Cast) -> None:
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    client = signed_in(them.prasit)
    path = f"/systems/drafts/{draft.pk}/"
    page = client.post(path, _form(client.get(path, {"step": "4"})) | {"after": ["5"]})
    assert page.status_code in (409, 422)
    assert "วนกลับที่เดิม" in page.content.decode()


def test_the_editor_shows_what_the_draft_would_do_to_a_running_year(them: Cast) -> None:
    services.open_cycle(system="moi_2559", fiscal_year=2568, area=them.province, actor=them.prasit, at=moment(0))
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    client = signed_in(them.prasit)
    path = f"/systems/drafts/{draft.pk}/"
    assert "ไม่มีขั้นตอนใดเปลี่ยน" in client.get(path).content.decode()
    july = rulebook.Window(rulebook.Edge(7, -2), rulebook.Edge(7, -2, 20))
    services.change_step(definition=draft, number="4", changes={"window": july}, actor=them.prasit, at=moment(1))
    effect = client.get(path).context["effects"][0]
    assert (effect.cycle.fiscal_year, [row.number for row in effect.rows]) == (2568, ["4"])
    assert "20 ก.ค. 2566" in client.get(path).content.decode()


def test_the_second_officer_who_takes_a_step_out_is_told(them: Cast) -> None:
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    services.change_step(definition=draft, number="1", changes={"detail": "ใหม่"}, actor=them.prasit, at=moment(1))
    path = f"/systems/drafts/{draft.pk}/remove/"
    told = signed_in(them.prasit).post(path, {"number": "5", "version": 1}, follow=True)
    assert "มีผู้แก้ก่อนท่าน" in told.content.decode()
    draft.refresh_from_db()
    assert "5" in [step.number for step in rulebook.from_data(draft.definition).steps]


def test_a_step_counted_from_an_event_says_so_where_others_have_their_days(them: Cast) -> None:
    for language, words in (
        ("th", "ภายใน 30 วัน นับจากคณะรัฐมนตรีมีมติ"), ("en", "Within 30 days of: "),
    ):  # fmt: skip
        assert words in _reading(language).get("/systems/cabinet_2557/").content.decode()


def test_a_draft_is_not_there_for_others(them: Cast) -> None:
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    assert signed_in(them.duangjai).get(f"/systems/drafts/{draft.pk}/").status_code == 404
    assert Client().get("/systems/phayao_plan/").status_code == 404


def test_an_unfit_file_is_told_by_its_line(them: Cast) -> None:
    upload = SimpleUploadedFile("own.yaml", b"key: own\ncolour: red\n")
    page = signed_in(them.prasit).post("/systems/import/", {"upload": upload, "area": "56", "reason": "x"})
    assert page.status_code == 422
    assert "own.yaml บรรทัด 2" in page.content.decode()
    assert SystemVersion.objects.count() == 0


def test_a_feed_is_read_without_signing_in_until_it_is_revoked(them: Cast) -> None:
    client = signed_in(them.wichai)
    client.post("/calendar/feeds/", {"body": them.sao.pk})
    feed = CalendarFeed.objects.get()
    assert feed.secret in client.get("/calendar/feeds/").content.decode()
    read = Client().get(f"/calendar/feed/{feed.secret}.ics")
    assert (read.status_code, read["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert signed_in(them.duangjai).post(f"/calendar/feeds/{feed.pk}/revoke/").status_code == 404
    client.post(f"/calendar/feeds/{feed.pk}/revoke/")
    assert Client().get(f"/calendar/feed/{feed.secret}.ics").status_code == 410


def test_the_calendar_page_asks_little_of_the_database(them: Cast, django_assert_max_num_queries: object) -> None:
    Cycle.objects.bulk_create(
        Cycle(system="moi_2558", fiscal_year=year, opened_at=moment(0), area=them.province)
        for year in range(2550, 2570)
    )
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert Client().get(f"/calendar/?cycle={them.cycle.pk}").status_code == 200
