"""The pages of calendars and planning systems, as people use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, cast, moment

from prasan import rulebook
from prasan.cycles import services
from prasan.cycles.models import CalendarFeed, Cycle, SystemVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def them() -> Cast:
    return cast()


def _as(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "path",
    ["/calendar/", "/calendar/?by=body&start=10", "/calendar/compare/", "/systems/", "/systems/moi_2559/"],
)
def test_anyone_reads_the_calendars_and_systems(them: Cast, path: str, language: str) -> None:
    services.open_cycle(system="moi_2559", fiscal_year=2568, actor=them.prasit, at=moment(0))
    page = Client().get(path, headers={"accept-language": language})
    assert page.status_code == 200


def test_an_officer_copies_changes_and_publishes_a_system(them: Cast) -> None:
    client = _as(them.prasit)
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


def test_a_draft_is_not_there_for_others(them: Cast) -> None:
    draft = services.draft_system(
        based_on="moi_2559", key="phayao_plan", area=them.province, reason="x", actor=them.prasit, at=moment(0)
    )
    assert _as(them.duangjai).get(f"/systems/drafts/{draft.pk}/").status_code == 404
    assert Client().get("/systems/phayao_plan/").status_code == 404


def test_an_unfit_file_is_told_by_its_line(them: Cast) -> None:
    upload = SimpleUploadedFile("own.yaml", b"key: own\ncolour: red\n")
    page = _as(them.prasit).post("/systems/import/", {"upload": upload, "area": "56", "reason": "x"})
    assert page.status_code == 422
    assert "own.yaml บรรทัด 2" in page.content.decode()
    assert SystemVersion.objects.count() == 0


def test_a_feed_is_read_without_signing_in_until_it_is_revoked(them: Cast) -> None:
    client = _as(them.wichai)
    client.post("/calendar/feeds/", {"body": them.sao.pk})
    feed = CalendarFeed.objects.get()
    assert feed.secret in client.get("/calendar/feeds/").content.decode()
    read = Client().get(f"/calendar/feed/{feed.secret}.ics")
    assert (read.status_code, read["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert _as(them.duangjai).post(f"/calendar/feeds/{feed.pk}/revoke/").status_code == 404
    client.post(f"/calendar/feeds/{feed.pk}/revoke/")
    assert Client().get(f"/calendar/feed/{feed.secret}.ics").status_code == 410


def test_the_calendar_page_asks_little_of_the_database(them: Cast, django_assert_max_num_queries: object) -> None:
    Cycle.objects.bulk_create(
        Cycle(system="moi_2558", fiscal_year=year, opened_at=moment(0), area=them.province)
        for year in range(2550, 2570)
    )
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert Client().get(f"/calendar/?cycle={them.cycle.pk}").status_code == 200
