"""Register files of bodies: local governments with their territories, ministries, any other bodies."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from tests.shared import SHARED, needs_cases

from prasan.agencies import queries, services
from prasan.agencies.models import Body
from prasan.areas import services as areas
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
LAOS = (
    "lao_code,lao_type,name_th,name_en,province_code,district_code,lat,lng\n"
    "TAO560114,TAO,องค์การบริหารส่วนตำบลแม่ใส,Mae Sai,56,5601,,\n"
    "TM5699,ThesabanMueang,เทศบาลเมืองพะเยา,Phayao,56,5601,,\n"
    "PAO56,PAO,องค์การบริหารส่วนจังหวัดพะเยา,Phayao,56,,,\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> AbstractUser:
    actor = get_user_model().objects.create(username="operator", is_superuser=True)
    areas.load_builtin_register(actor=actor, at=AT, province_code="56")
    return actor


def load(actor: AbstractUser, *paths: Path) -> list[areas.LoadedFile]:
    return services.load_bodies(paths=list(paths), actor=actor, at=AT)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_local_governments_bring_their_territory_and_know_their_district(operator: AbstractUser, tmp_path: Path):
    laos = written(tmp_path / "laos.csv", LAOS)
    coverage = written(tmp_path / "c.csv", "lao_code,subdistrict_code,coverage\nTAO560114,560114,completely\n")
    (covered, loaded), again = load(operator, coverage, laos), load(operator, laos, coverage)
    assert (loaded.kind, loaded.created, covered.kind, covered.created) == ("laos", 3, "coverage", 1)
    assert [file.changes for file in again] == [0, 0]
    sao = Body.objects.get(code="TAO560114")
    assert (sao.kind, sao.area.code, queries.district_code_of(sao), queries.province_code_of(sao)) == (
        "SAO",
        "LAO-TAO560114",
        "5601",
        "56",
    )
    assert queries.body_of("SAO", "560114") == sao
    assert queries.body_of("PAO", "56").code == "PAO56"
    assert {body.code for body in queries.bodies_of_province("56")} == {"TAO560114", "TM5699", "PAO56"}


def test_a_body_named_before_its_register_came_takes_the_code_and_place_of_the_register(
    operator: AbstractUser, tmp_path: Path
):
    named = services.find_or_register_body(name="อบต.แม่ใส", province_code="56", actor=operator, at=AT)
    services.ensure_province_bodies(province_code="56", actor=operator, at=AT)
    (loaded,) = load(operator, written(tmp_path / "laos.csv", LAOS))
    assert (loaded.created, loaded.updated) == (1, 2)
    named.refresh_from_db()
    assert (named.code, named.area.code) == ("TAO560114", "LAO-TAO560114")
    assert Body.objects.filter(kind="PAO").count() == 1
    assert services.find_or_register_body(name="อบต. แม่ใส", province_code="56", actor=operator, at=AT) == named


def test_units_stand_under_their_ministry_and_slips_of_the_pen_become_findings(operator: AbstractUser, tmp_path: Path):
    path = written(
        tmp_path / "agencies.csv",
        "ministry,budgetary_unit,unit_level\n"
        "กระทรวงคมนาคม,กรมทางหลวง,central\n"
        "กระทรวงคมนาคม,กรมทางหลวงชนบท,central\n"
        "สภากาชาดไทย,สภากาชาดไทย,central\n"
        "จังหวัดและกลุ่มจังหวัด,จังหวัดพะเยา,province\n"
        "จังหวัดและกลุ่มจังหวัด,จังหวัดพเยา,province\n"
        "องค์กรปกครองส่วนท้องถิ่น,เทศบาลเมืองในพื้นที่จังหวัดพะเยา เทศบาลเมืองพะเยา,lao\n",
    )
    load(operator, written(tmp_path / "laos.csv", LAOS))
    (loaded,), (again,) = load(operator, path), load(operator, path)
    assert (loaded.created, loaded.unchanged, loaded.refused) == (4, 1, 1)
    assert [(f.row, f.kind) for f in loaded.findings] == [(6, "unknown_place")]
    assert again.changes == 0
    department = services.find_or_register_body(name="กรมทางหลวง", province_code="56", actor=operator, at=AT)
    assert (department.kind, department.superior.name_th) == ("DEPARTMENT", "กระทรวงคมนาคม")
    assert not Body.objects.filter(name_th="สภากาชาดไทย", superior__isnull=False).exists()


def test_any_body_is_loaded_by_kind_and_name_and_every_misfit_is_told(operator: AbstractUser, tmp_path: Path):
    path = written(
        tmp_path / "bodies.csv",
        "รหัสหน่วยงาน,ประเภท,ชื่อหน่วยงาน,รหัสพื้นที่,รหัสหน่วยงานต้นสังกัด,ใช้ตั้งแต่วันที่\n"
        "OFF-2,PROVINCIAL_OFFICE,สำนักงานเกษตรอำเภอจุน,5602,OFF-1,1 ต.ค. 2560\n"
        "OFF-1,PROVINCIAL_OFFICE,สำนักงานเกษตรจังหวัดพะเยา,56,,\n"
        "OFF-3,OFFICE,สำนักงานประมงจังหวัดพะเยา,56,,\n"
        "OFF-4,OTHER,หน่วยหนึ่ง,99,,\n"
        "OFF-5,OTHER,หน่วยสอง,56,NONE,\n"
        "OFF-6,OTHER,หน่วยสาม,56,,32 ม.ค. 2560\n"
        "OFF-1,OTHER,หน่วยสี่,56,,\n"
        "OFF-7,OTHER,,56,,\n",
    )
    (loaded,), (again,) = load(operator, path), load(operator, path)
    assert [(f.row, f.kind) for f in loaded.findings] == [
        (4, "unknown_kind"),
        (5, "unknown_area"),
        (6, "unknown_superior"),
        (7, "impossible_date"),
        (8, "duplicate_row"),
        (9, "missing_name"),
    ]
    assert (loaded.created, loaded.refused, again.changes) == (2, 6, 0)
    assert Body.objects.get(code="OFF-2").superior.code == "OFF-1"


def test_only_the_operator_loads_bodies(operator: AbstractUser, tmp_path: Path):
    officer = get_user_model().objects.create(username="officer")
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToLoadBodies, match="not_the_operator"):
        load(officer, written(tmp_path / "laos.csv", LAOS))
    assert (Body.objects.count(), Entry.objects.count()) == (0, entries)


@needs_cases
def test_every_agency_of_the_kalasin_notices_becomes_one_body(operator: AbstractUser):
    areas.load_builtin_register(actor=operator, at=AT, province_code="46")
    services.ensure_province_bodies(province_code="46", actor=operator, at=AT)
    text = (SHARED / "cases" / "kalasin_supply" / "expected_rows.csv").read_text(encoding="utf-8")
    names = {row["agency"] for row in csv.DictReader(text.splitlines())}
    found = {
        name: services.find_or_register_body(name=name, province_code="46", actor=operator, at=AT) for name in names
    }
    assert len({body.pk for body in found.values()}) == len(names) == 21
    assert (found["จังหวัดกาฬสินธุ์"].code, found["องค์การบริหารส่วนจังหวัดกาฬสินธุ์"].code) == ("PROV-46", "PAO-46")
    assert found["เทศบาลเมืองในพื้นที่จังหวัดกาฬสินธุ์ เทศบาลเมืองกาฬสินธุ์"].name_th == "เทศบาลเมืองกาฬสินธุ์"
    kinds = {body.kind for body in found.values()}
    assert kinds == {"DEPARTMENT", "PROVINCE", "PAO", "MUNICIPALITY"}
