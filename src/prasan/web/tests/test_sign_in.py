"""Signing in, the demonstration's people, the language, and where one may be sent."""

from typing import Any

import pytest
from django.test import Client

from prasan.accounts.models import User
from prasan.web.tests.conftest import Stage

PASSWORD = "ถนนสายกลางบ้าน-2569"  # a test's own


@pytest.fixture
def wichai(stage: Stage) -> User:
    stage.cast.wichai.set_password(PASSWORD)
    stage.cast.wichai.save()
    return stage.cast.wichai


def send(client: Client, username: str, password: str, **more: str) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_desk(wichai: User, client: Client) -> None:
    assert send(client, wichai.username, PASSWORD)["Location"] == "/desk/"
    assert str(wichai) in client.get("/desk/").content.decode()


def test_a_wrong_password_says_so_and_keeps_the_name(wichai: User, client: Client) -> None:
    response = send(client, wichai.username, "ผิด")
    assert response.status_code == 422
    page = response.content.decode()
    assert "ไม่ตรงกัน" in page
    assert 'value="wichai"' in page
    assert client.get("/desk/").status_code == 302


def test_many_wrong_passwords_rest_the_name_and_say_for_how_long(wichai: User, client: Client) -> None:
    for _ in range(8):
        response = send(client, wichai.username, "ผิด")
    assert response.status_code == 429
    assert "15 นาที" in response.content.decode()
    assert send(client, wichai.username, PASSWORD).status_code == 429


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(wichai: User, client: Client, away: str) -> None:
    assert send(client, wichai.username, PASSWORD, next=away)["Location"] == "/desk/"


def test_one_comes_back_to_the_page_one_wanted(wichai: User, client: Client) -> None:
    asked = client.get("/pairs/?decision=WAITING")["Location"]
    assert asked == "/sign-in/?next=/pairs/%3Fdecision%3DWAITING"
    back = send(client, wichai.username, PASSWORD, next="/pairs/?decision=WAITING")
    assert back["Location"] == "/pairs/?decision=WAITING"


def test_signing_out_ends_the_session(wichai: User, client: Client) -> None:
    client.force_login(wichai, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/sign-out/")["Location"] == "/"
    assert client.get("/desk/").status_code == 302


def test_without_the_demonstration_its_door_does_not_exist(stage: Stage, client: Client, settings: Any) -> None:
    settings.PRASAN_DEMO = False
    assert client.post("/sign-in/as/", {"username": "wichai"}).status_code == 404
    assert "วิชัย" not in client.get("/sign-in/").content.decode()
    assert client.get("/desk/").status_code == 302


def test_in_the_demonstration_one_press_makes_one_of_its_people(stage: Stage, client: Client, settings: Any) -> None:
    settings.PRASAN_DEMO = True
    page = client.get("/sign-in/").content.decode()
    assert "วิชัย" in page
    assert "องค์การบริหารส่วนตำบลแม่ใส" in page
    assert client.post("/sign-in/as/", {"username": "wichai"})["Location"] == "/desk/"
    assert str(stage.cast.wichai) in client.get("/desk/").content.decode()


@pytest.mark.parametrize("name", ["system", "stranger", "nobody"])
def test_not_even_the_demonstration_makes_an_operator_or_somebody_without_a_role(
    stage: Stage, client: Client, settings: Any, name: str
) -> None:
    settings.PRASAN_DEMO = True
    username = {"system": stage.cast.system.username}.get(name, name)
    assert client.post("/sign-in/as/", {"username": username}).status_code == 404
    assert client.get("/desk/").status_code == 302


def test_thai_comes_first_also_on_a_computer_set_to_english(stage: Stage, client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert 'lang="th"' in response.content.decode()
    assert response["Content-Language"] == "th"


def test_the_language_stays_with_the_reader(stage: Stage, client: Client) -> None:
    assert 'lang="th"' in client.get("/").content.decode()
    assert client.post("/language/", {"language": "en", "next": "/plans/"})["Location"] == "/plans/"
    page = client.get("/plans/").content.decode()
    assert 'lang="en"' in page
    assert "Plans of every level" in page
