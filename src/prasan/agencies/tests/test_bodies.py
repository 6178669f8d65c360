"""Bodies found by their printed names, and the bodies of a province."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from prasan.agencies import queries, rules, services
from prasan.agencies.models import Body
from prasan.areas import services as areas
from prasan.areas.models import Area
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def operator() -> AbstractUser:
    return get_user_model().objects.create(username="operator", is_superuser=True)


@pytest.fixture
def phayao(db: None) -> AbstractUser:
    actor = operator()
    areas.load_builtin_register(actor=actor, at=AT, province_code="56")
    return actor


def body(name: str, actor: AbstractUser, **more: str) -> Body:
    return services.find_or_register_body(
        name=name, province_code=more.pop("province_code", "56"), actor=actor, at=AT, **more
    )


@pytest.mark.parametrize(
    ("printed", "name", "kind"),
    [
        ("อบต.แม่ใส", "องค์การบริหารส่วนตำบลแม่ใส", "SAO"),
        ("อบต. แม่ใส อ.เมืองพะเยา จ.พะเยา", "องค์การบริหารส่วนตำบล แม่ใส", "SAO"),
        ("อบจ.พะเยา", "องค์การบริหารส่วนจังหวัดพะเยา", "PAO"),
        ("ทต.ท่าวังทอง", "เทศบาลตำบลท่าวังทอง", "MUNICIPALITY"),
        ("ทม.พะเยา", "เทศบาลเมืองพะเยา", "MUNICIPALITY"),
        ("ทน.นครสวรรค์", "เทศบาลนครนครสวรรค์", "MUNICIPALITY"),
        ("กบอ.", "คณะกรรมการบริหารงานอำเภอ", "DISTRICT_COMMITTEE"),
        ("ก.บ.จ.พะเยา", "คณะกรรมการบริหารงานจังหวัดแบบบูรณาการพะเยา", "PROVINCIAL_COMMITTEE"),
        ("กระทรวงมหาดไทย", "กระทรวงมหาดไทย", "MINISTRY"),
        ("สำนักงานปลัดกระทรวงสาธารณสุข", "สำนักงานปลัดกระทรวงสาธารณสุข", "DEPARTMENT"),
        ("กรมทางหลวงชนบท", "กรมทางหลวงชนบท", "DEPARTMENT"),
        ("สำนักงานเกษตรจังหวัดพะเยา", "สำนักงานเกษตรจังหวัดพะเยา", "PROVINCIAL_OFFICE"),
        ("กองช่าง", "กองช่าง", "OTHER"),
        (
            "เทศบาลเมืองในพื้นที่จังหวัดกาฬสินธุ์ เทศบาลเมืองกาฬสินธุ์",
            "เทศบาลเมืองกาฬสินธุ์",
            "MUNICIPALITY",
        ),
        ("จังหวัดพะเยา", "จังหวัดพะเยา", "PROVINCE"),
        ("อำเภอจุน", "อำเภอจุน", "DISTRICT"),
    ],
)
def test_a_printed_name_tells_the_full_name_and_the_kind(printed: str, name: str, kind: str):
    said = rules.read_name(printed)
    assert (said.name, said.kind) == (name, kind)


def test_one_local_government_printed_three_ways_is_one_body(phayao: AbstractUser):
    first = body("อบต.แม่ใส", phayao)
    assert body("องค์การบริหารส่วนตำบลแม่ใส", phayao) == first
    assert body("องค์การบริหารส่วนตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา", phayao) == first
    assert (first.code, first.kind, first.area.code) == ("SAO-560114", "SAO", "560114")
    assert Entry.objects.filter(act="agencies.register_body").count() == 1


def test_a_municipality_of_the_same_place_is_another_body(phayao: AbstractUser):
    assert body("ทต.แม่ใส", phayao).code == "MUN-560114"
    assert body("ทม.แม่ใส", phayao).code.startswith("MUN-56-")


def test_a_department_is_one_body_in_every_province(phayao: AbstractUser):
    first = body("กรมทางหลวงชนบท", phayao)
    assert body("กรมทางหลวงชนบท", phayao, province_code="46") == first
    assert first.area is None


def test_the_pao_is_found_by_its_province_however_it_is_printed(phayao: AbstractUser):
    bodies = services.ensure_province_bodies(province_code="56", actor=phayao, at=AT)
    assert len(bodies) == 4 + 9 * 3
    assert body("อบจ.พะเยา", phayao).code == "PAO-56"
    assert body("อบจ.", phayao).code == "PAO-56"
    assert body("ก.บ.จ.", phayao).code == "GBJ-56"
    assert body("กบอ.จุน", phayao, area_code="5602").code == "GBO-5602"
    assert body("อำเภอจุน", phayao).code == "DIST-5602"
    assert body("จังหวัดพะเยา", phayao).code == "PROV-56"
    assert queries.body_of("DISTRICT_LOCAL_PLAN_COMMITTEE", "5601").superior.code == "PLPC-56"


def test_the_bodies_of_a_province_are_made_once(phayao: AbstractUser):
    first = services.ensure_province_bodies(province_code="56", actor=phayao, at=AT)
    entries = Entry.objects.count()
    assert services.ensure_province_bodies(province_code="56", actor=phayao, at=AT) == first
    assert (Body.objects.count(), Entry.objects.count()) == (len(first), entries)


@pytest.mark.parametrize("code", ["10", "99"])
def test_bangkok_and_unknown_codes_are_no_provinces_with_a_provincial_plan(phayao: AbstractUser, code: str):
    with pytest.raises(services.UnableToPrepareProvince, match="not_a_province"):
        services.ensure_province_bodies(province_code=code, actor=phayao, at=AT)


def test_every_village_has_one_committee_under_its_district(phayao: AbstractUser):
    services.ensure_province_bodies(province_code="56", actor=phayao, at=AT)
    villages = [
        areas.find_or_register_village(subdistrict_code="560114", moo=moo, actor=phayao, at=AT) for moo in (2, 1)
    ]
    made = services.ensure_village_committees(villages=villages, actor=phayao, at=AT)
    assert [committee.code for committee in made] == ["KM-56011402", "KM-56011401"]
    assert made[0].superior.code == "DIST-5601"
    assert services.ensure_village_committee(area=villages[1], actor=phayao, at=AT) == made[1]
    assert Body.objects.filter(kind="VILLAGE_COMMITTEE").count() == 2


def test_two_bodies_of_one_name_are_refused_until_the_place_decides(phayao: AbstractUser):
    for code in ("560114", "560201"):
        Body.objects.create(
            code=f"X-{code}",
            kind="SAO",
            name_th="องค์การบริหารส่วนตำบลบ้านใหม่",
            name_key=rules.name_key("องค์การบริหารส่วนตำบลบ้านใหม่"),
            area=Area.objects.get(code=code),
        )
    with pytest.raises(services.UnableToRegisterBody, match="ambiguous_body"):
        body("อบต.บ้านใหม่", phayao)
    assert body("อบต.บ้านใหม่", phayao, area_code="5602").code == "X-560201"
    assert body("อบต.บ้านใหม่ อ.จุน", phayao).code == "X-560201"


@pytest.mark.parametrize(("active", "allowed"), [(True, True), (False, False)])
def test_only_someone_signed_in_may_add_a_body(phayao: AbstractUser, active: bool, allowed: bool):
    actor = get_user_model().objects.create(username="someone", is_active=active)
    if allowed:
        assert body("อบต.แม่ใส", actor).pk
    else:
        with pytest.raises(services.UnableToRegisterBody, match="not_signed_in"):
            body("อบต.แม่ใส", actor)
        assert (Body.objects.count(), Entry.objects.filter(act="agencies.register_body").count()) == (0, 0)
