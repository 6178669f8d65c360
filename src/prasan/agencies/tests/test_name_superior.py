"""A list that prints a department beside its ministry tells where it stands; a register that knows better is kept."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, AnonymousUser

from prasan.agencies.models import Body
from prasan.agencies.services import UnableToNameSuperior, find_or_register_body, name_superior
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture
def operator() -> AbstractUser:
    actor = get_user_model().objects.create(username="operator", is_superuser=True)
    assert isinstance(actor, AbstractUser)
    return actor


@pytest.fixture
def body(operator: AbstractUser) -> Callable[[str], Body]:
    return lambda name: find_or_register_body(name=name, province_code="", actor=operator, at=AT)


def test_a_department_without_a_superior_is_put_under_its_ministry_once(
    operator: AbstractUser, body: Callable[[str], Body]
) -> None:
    department, ministry = body("กรมทางหลวง"), body("กระทรวงคมนาคม")
    assert name_superior(body=department, superior=ministry, actor=operator, at=AT)
    assert not name_superior(body=department, superior=ministry, actor=operator, at=AT)
    department.refresh_from_db()
    assert department.superior == ministry
    assert Entry.objects.filter(act="agencies.name_superior").count() == 1


def test_what_the_register_names_stays(operator: AbstractUser, body: Callable[[str], Body]) -> None:
    department = body("กรมทางหลวง")
    name_superior(body=department, superior=body("กระทรวงคมนาคม"), actor=operator, at=AT)
    assert not name_superior(body=department, superior=body("กระทรวงมหาดไทย"), actor=operator, at=AT)
    department.refresh_from_db()
    assert department.superior == body("กระทรวงคมนาคม")


def test_only_a_ministry_is_a_superior_and_none_stands_under_another(
    operator: AbstractUser, body: Callable[[str], Body]
) -> None:
    with pytest.raises(UnableToNameSuperior) as refusal:
        name_superior(body=body("กรมทางหลวง"), superior=body("กรมชลประทาน"), actor=operator, at=AT)
    assert refusal.value.code == "not_a_ministry"
    assert not name_superior(body=body("กระทรวงคมนาคม"), superior=body("กระทรวงมหาดไทย"), actor=operator, at=AT)


def test_a_stranger_changes_nothing(body: Callable[[str], Body]) -> None:
    department, ministry = body("กรมทางหลวง"), body("กระทรวงคมนาคม")
    entries = Entry.objects.count()
    with pytest.raises(UnableToNameSuperior) as refusal:
        name_superior(body=department, superior=ministry, actor=AnonymousUser(), at=AT)
    assert refusal.value.code == "not_signed_in"
    department.refresh_from_db()
    assert department.superior is None
    assert Entry.objects.count() == entries
