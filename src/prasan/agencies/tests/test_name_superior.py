"""A list that prints a department beside its ministry tells where it stands; a register that knows better is kept."""

import datetime as dt

import pytest

from prasan.accounts.services import system_actor
from prasan.agencies.services import UnableToNameSuperior, find_or_register_body, name_superior
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def body(name: str):
    return find_or_register_body(name=name, province_code="", actor=system_actor(), at=AT)


def test_a_department_without_a_superior_is_put_under_its_ministry_once() -> None:
    department, ministry = body("กรมทางหลวง"), body("กระทรวงคมนาคม")
    assert name_superior(body=department, superior=ministry, actor=system_actor(), at=AT)
    assert not name_superior(body=department, superior=ministry, actor=system_actor(), at=AT)
    department.refresh_from_db()
    assert department.superior == ministry
    assert Entry.objects.filter(act="agencies.name_superior").count() == 1


def test_what_the_register_names_stays() -> None:
    department = body("กรมทางหลวง")
    name_superior(body=department, superior=body("กระทรวงคมนาคม"), actor=system_actor(), at=AT)
    assert not name_superior(body=department, superior=body("กระทรวงมหาดไทย"), actor=system_actor(), at=AT)
    department.refresh_from_db()
    assert department.superior == body("กระทรวงคมนาคม")


def test_only_a_ministry_is_a_superior_and_none_stands_under_another() -> None:
    with pytest.raises(UnableToNameSuperior) as refusal:
        name_superior(body=body("กรมทางหลวง"), superior=body("กรมชลประทาน"), actor=system_actor(), at=AT)
    assert refusal.value.code == "not_a_ministry"
    ministry = body("กระทรวงคมนาคม")
    assert not name_superior(body=ministry, superior=body("กระทรวงมหาดไทย"), actor=system_actor(), at=AT)
