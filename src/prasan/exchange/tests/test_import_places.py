"""Whose a file is and where its projects lie comes from the file; what had to be inferred is said."""

from pathlib import Path

import pytest

from prasan.accounts import services as accounts
from prasan.agencies import services as agencies
from prasan.areas.services import find_or_register_village
from prasan.exchange import queries
from prasan.exchange import services as exchange
from prasan.exchange.reading.records import Amount, Record, Sheet
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import AT, operator, plan_sheet, send
from prasan.projects.models import Project

pytestmark = pytest.mark.django_db


def kinds(result: exchange.ImportResult) -> set[str]:
    return {finding.kind for finding in queries.findings_of(result.submission)}


def test_the_place_printed_behind_the_owner_needs_no_remark(tmp_path: Path) -> None:
    operator("56")
    result = send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1"))
    assert result.registered == 1
    assert "place_from_name" not in kinds(result)


@pytest.mark.parametrize(
    ("owner", "code"),
    [("องค์การบริหารส่วนตำบลแม่ใส", "560114"), ("เทศบาลเมืองพะเยา", "56")],
)
def test_a_place_told_by_the_owners_name_alone_is_said(tmp_path: Path, owner: str, code: str) -> None:
    operator("56")
    sheet = plan_sheet("ก่อสร้างถนน")
    sheet.owner_text = owner
    result = send(tmp_path, sheet)
    assert result.registered == 1
    assert [f for f in queries.findings_of(result.submission) if f.kind == "place_from_name" and code in f.message_th]


def test_an_owner_whose_place_nobody_knows_is_refused_with_what_to_do(tmp_path: Path) -> None:
    operator("56")
    sheet = plan_sheet("ก่อสร้างถนน", "ขุดคลอง")
    sheet.owner_text = "เทศบาลตำบลบ้านที่ไม่มี"
    result = send(tmp_path, sheet)
    assert (result.registered, result.refused) == (0, 2)
    assert any("จังหวัด" in f.message_th for f in queries.findings_of(result.submission) if f.severity == "error")


def test_one_village_number_places_a_project_in_the_village_if_the_register_has_it(tmp_path: Path) -> None:
    actor = operator("56")
    find_or_register_village(subdistrict_code="560114", moo=1, name="ร่องไฮ", actor=actor, at=AT)
    send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน หมู่ที่ 2", "ก่อสร้างถนน หมู่ที่ 1,2"))
    codes = dict(Project.objects.values_list("name", "area__code"))
    assert codes["ก่อสร้างถนน หมู่ที่ 1"] == "56011401"
    assert codes["ก่อสร้างถนน หมู่ที่ 2"] == codes["ก่อสร้างถนน หมู่ที่ 1,2"]
    assert codes["ก่อสร้างถนน หมู่ที่ 2"] != "56011402"


def test_a_village_number_counts_within_the_one_subdistrict_that_a_territory_covers(tmp_path: Path) -> None:
    actor = operator("56")
    find_or_register_village(subdistrict_code="560114", moo=1, name="ร่องไฮ", actor=actor, at=AT)
    laos, coverage = tmp_path / "laos.csv", tmp_path / "coverage.csv"
    head = "lao_code,lao_type,name_th,name_en,province_code,district_code,lat,lng"
    laos.write_text(f"{head}\nTAO560114,TAO,องค์การบริหารส่วนตำบลแม่ใส,Mae Sai,56,5601,,\n", encoding="utf-8")
    coverage.write_text("lao_code,subdistrict_code,coverage\nTAO560114,560114,completely\n", encoding="utf-8")
    agencies.load_bodies(paths=[laos, coverage], actor=actor, at=AT)
    send(tmp_path, plan_sheet("ก่อสร้างถนน หมู่ที่ 1", "ก่อสร้างถนน หมู่ที่ 2"))
    codes = dict(Project.objects.values_list("name", "area__code"))
    assert codes == {"ก่อสร้างถนน หมู่ที่ 1": "56011401", "ก่อสร้างถนน หมู่ที่ 2": "LAO-TAO560114"}


def test_a_list_without_a_year_is_entered_for_the_next_one_and_says_so(tmp_path: Path) -> None:
    operator("47", "48", "49")
    sheet = Sheet("บัญชี", "project_matrix_flat", owner_text="กลุ่มจังหวัดสกลนคร - นครพนม - มุกดาหาร")
    sheet.records = [Record("บัญชี", 0, "project_matrix_flat", "โครงการค้าชายแดน", 1, channel="C1", tier="กลุ่มจังหวัด")]
    result = send(tmp_path, sheet)
    assert Project.objects.get().fiscal_year == 2571
    assert "assumed_fiscal_year" in kinds(result)
    path = tmp_path / "ระบุปี.xlsx"
    sheet.records[0].name = "โครงการอื่น"
    write_workbook(path, [sheet])
    actor = accounts.system_actor()
    told = exchange.import_file(path=path, actor=actor, at=AT, fiscal_year=2569)
    assert Project.objects.get(name="โครงการอื่น").fiscal_year == 2569
    assert "assumed_fiscal_year" not in kinds(told)


def test_what_a_plan_asks_is_asked_of_the_body_of_its_own_province(tmp_path: Path) -> None:
    operator("56", "60")
    sheet = plan_sheet("ถนนเชื่อมตำบล หมู่ที่ 1", form="local_plan_p02_2")
    sheet.records[0].responsible = "อบจ.พะเยา"
    nobody = plan_sheet("อ่างเก็บน้ำ หมู่ที่ 2", form="local_plan_p02_2", name="ไม่บอกว่าขอใคร")
    result = send(tmp_path, sheet, nobody)
    asked = Project.objects.select_related("asks").get(name__startswith="ถนน").asks
    assert asked is not None
    assert (asked.kind, asked.area.code if asked.area else "") == ("PAO", "56")
    assert Project.objects.get(name__startswith="อ่าง").asks is None
    assert "asked_body_unknown" in kinds(result)


def test_money_kept_of_an_agency_tells_before_and_after_apart(tmp_path: Path) -> None:
    operator("46")
    sheet = Sheet("ส่วนกลาง", "agency_projects", place_text="จังหวัดกาฬสินธุ์", fiscal_years=(2570,))
    amounts = [
        Amount(2570, "BUDGETED", "IN", 100_000_00, ""),
        Amount(2569, "OBLIGATED", "UNTIL", 200_000_00, ""),
        Amount(2573, "OBLIGATED", "FROM", 300_000_00, ""),
    ]
    sheet.records = [
        Record(
            "ส่วนกลาง",
            0,
            "agency_projects",
            "ฝาย",
            1,
            agency="กรมชลประทาน",
            ministry="กระทรวงเกษตรและสหกรณ์",
            amounts=amounts,
        )
    ]
    send(tmp_path, sheet)
    project = Project.objects.get()
    assert project.fiscal_year == 2570
    assert project.area is not None
    assert project.area.code == "46"
    years = sorted(project.years.values_list("fiscal_year", "kind", "span", "amount_satang"))
    assert years == sorted((a.fiscal_year, a.kind, a.span, a.satang) for a in amounts)
