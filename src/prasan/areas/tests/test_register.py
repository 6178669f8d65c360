"""The register as shipped, villages found or registered, and moves."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from prasan.areas import queries, services
from prasan.areas.models import Area, AreaClosure, AreaLink, Tree
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

pytestmark = pytest.mark.django_db


def operator() -> AbstractUser:
    return get_user_model().objects.create(username="operator", is_superuser=True)


@pytest.fixture
def phayao() -> AbstractUser:
    actor = operator()
    services.load_builtin_register(actor=actor, at=AT, province_code="56")
    return actor


def area(code: str) -> Area:
    return Area.objects.get(code=code)


def test_all_of_thailand_is_loaded_with_its_abolished_areas_and_a_second_run_adds_nothing():
    actor = operator()
    loaded = services.load_builtin_register(actor=actor, at=AT)
    assert services.load_builtin_register(actor=actor, at=AT) == services.Registered(0, 0)
    current = Area.objects.filter(valid_to__isnull=True)
    assert [current.filter(level=level).count() for level in ("PROVINCE", "DISTRICT", "SUBDISTRICT")] == [
        77,
        928,
        7436,
    ]
    assert loaded.areas == Area.objects.count() == 1 + 77 + 928 + 7436 + 1583
    assert area("100205").valid_to == dt.date(2006, 1, 1)
    assert queries.descendants_of(area("TH"), "SUBDISTRICT").count() == 7436
    assert Entry.objects.filter(act="areas.load_builtin_register").count() == 1


def test_the_ancestors_of_a_subdistrict_come_nearest_first(phayao: AbstractUser):
    assert [a.code for a in queries.ancestors(area("560114"))] == ["5601", "56", "TH"]


def test_a_village_is_registered_once_and_found_by_its_number_whatever_its_printed_name(phayao: AbstractUser):
    first = services.find_or_register_village(subdistrict_code="560114", moo=5, name="บ่อแฮ้ว", actor=phayao, at=AT)
    again = services.find_or_register_village(subdistrict_code="560114", moo=5, name="แม่ใสเหล่า", actor=phayao, at=AT)
    assert (first.pk, first.code, first.name_th, first.level) == (again.pk, "56011405", "บ้านบ่อแฮ้ว", "VILLAGE")
    assert [a.code for a in queries.ancestors(first)] == ["560114", "5601", "56", "TH"]
    assert Entry.objects.filter(act="areas.register_village").count() == 1


@pytest.mark.parametrize(
    ("subdistrict", "moo", "code"), [("560114", 0, "bad_moo"), ("990101", 1, "unknown_subdistrict")]
)
def test_a_village_of_nowhere_is_refused(phayao: AbstractUser, subdistrict: str, moo: int, code: str):
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToRegisterVillage) as refusal:
        services.find_or_register_village(subdistrict_code=subdistrict, moo=moo, actor=phayao, at=AT)
    assert refusal.value.code == code
    assert Entry.objects.count() == entries


def person(**fields: bool) -> AbstractUser:
    return get_user_model().objects.create(username="someone", **fields)


@pytest.mark.parametrize(
    ("act", "fields", "allowed"),
    [
        ("load", {}, False),
        ("load", {"is_superuser": True, "is_active": False}, False),
        ("load", {"is_superuser": True}, True),
        ("village", {"is_active": False}, False),
        ("village", {}, True),
        ("move", {}, False),
        ("move", {"is_superuser": True}, True),
    ],
)
def test_who_may_change_the_register(phayao: AbstractUser, act: str, fields: dict[str, bool], allowed: bool):
    actor = person(**fields)
    acts: dict[str, Callable[[], object]] = {
        "load": lambda: services.load_builtin_register(actor=actor, at=AT, province_code="38"),
        "village": lambda: services.find_or_register_village(subdistrict_code="560114", moo=1, actor=actor, at=AT),
        "move": lambda: services.move_area(
            area=area("560114"), to=area("5602"), on=dt.date(2026, 2, 1), actor=actor, at=AT
        ),
    }
    before = (Area.objects.count(), AreaLink.objects.count(), Entry.objects.count())
    if allowed:
        acts[act]()
        assert Entry.objects.count() == before[2] + 1
    else:
        with pytest.raises(
            (services.UnableToLoadRegister, services.UnableToRegisterVillage, services.UnableToMoveArea)
        ):
            acts[act]()
        assert (Area.objects.count(), AreaLink.objects.count(), Entry.objects.count()) == before


def test_a_village_moved_in_mid_plan_stays_where_it_was_before_that_day(phayao: AbstractUser):
    village = services.find_or_register_village(subdistrict_code="560114", moo=1, actor=phayao, at=AT)
    day = dt.date(2026, 4, 1)
    services.move_area(area=village, to=area("560201"), on=day, actor=phayao, at=AT)
    before = [a.code for a in queries.ancestors(village, on=day - dt.timedelta(days=1))]
    after = [a.code for a in queries.ancestors(village, on=day)]
    assert (before, after) == (["560114", "5601", "56", "TH"], ["560201", "5602", "56", "TH"])
    assert list(queries.descendants_of(area("560114"), "VILLAGE")) == []
    assert list(queries.descendants_of(area("560114"), "VILLAGE", on=dt.date(2025, 1, 1))) == [village]
    with pytest.raises(services.UnableToMoveArea, match="before_the_last_move"):
        services.move_area(area=village, to=area("560114"), on=day, actor=phayao, at=AT)


def test_a_place_cannot_lie_in_a_smaller_one(phayao: AbstractUser):
    with pytest.raises(services.UnableToMoveArea, match="not_a_larger_place"):
        services.move_area(area=area("5601"), to=area("560201"), on=dt.date(2026, 4, 1), actor=phayao, at=AT)


def test_the_gazetteer_of_the_database_knows_its_villages_and_only_its_provinces(phayao: AbstractUser):
    services.find_or_register_village(subdistrict_code="560114", moo=1, name="ร่องไฮ", actor=phayao, at=AT)
    match = queries.gazetteer().resolve("บ้านร่องไฮ ต.แม่ใส อ.เมือง จ.พะเยา")
    assert (match.code, match.moos) == ("560114", (1,))
    assert queries.gazetteer().resolve("จ.กาฬสินธุ์").problems[0].kind == "unknown_province"
    assert queries.gazetteer() is queries.gazetteer()


def test_the_ancestors_of_a_village_cost_two_queries(phayao: AbstractUser, django_assert_num_queries):
    village = services.find_or_register_village(subdistrict_code="560114", moo=1, actor=phayao, at=AT)
    with django_assert_num_queries(2):
        list(queries.ancestors(village))


def test_the_closure_is_kept_in_one_tree_only(phayao: AbstractUser):
    assert set(AreaClosure.objects.values_list("tree", flat=True)) == {Tree.ADMINISTRATIVE}
