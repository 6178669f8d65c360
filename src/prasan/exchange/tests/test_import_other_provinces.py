"""A file of another province than the one asked for keeps its own place, and the officer is told."""

from pathlib import Path

import pytest

from prasan.agencies import queries as bodies
from prasan.agencies import services as agencies
from prasan.areas import queries as areas
from prasan.exchange import queries
from prasan.exchange import services as exchange
from prasan.exchange.reading.records import Record, Sheet
from prasan.exchange.services.locating import locate
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import AT, needs_sheet, operator, plan_sheet
from prasan.needs.models import Need
from prasan.projects.models import Project

pytestmark = pytest.mark.django_db


def send_to(province: str, folder: Path, *sheets: Sheet) -> exchange.ImportResult:
    path = folder / "แผน.xlsx"
    write_workbook(path, list(sheets))
    return exchange.import_file(path=path, actor=operator("46", "56"), at=AT, province_code=province)


def owners_place(name: str, *, printed: str = "", province: str) -> str:
    return locate(areas.gazetteer(), name, printed=printed, province_code=province).code


def test_a_plan_whose_tambon_the_province_lacks_stays_in_its_own(tmp_path: Path) -> None:
    sheet = plan_sheet("ก่อสร้างถนน หมู่ที่ 1")
    sheet.owner_text = "องค์การบริหารส่วนตำบลแม่ใส"
    result = send_to("46", tmp_path, sheet)
    owner = Project.objects.get().owner
    assert owner.area is not None
    assert owner.area.code == "560114"
    assert "place_from_name" in {finding.kind for finding in queries.findings_of(result.submission)}


def test_the_officer_is_told_once_a_file_what_lies_outside_the_province(tmp_path: Path) -> None:
    result = send_to("46", tmp_path, plan_sheet("ถนน หมู่ที่ 1", "ขุดคลอง หมู่ที่ 2"), needs_sheet("ถนน"))
    said = queries.outside_province(result.submission, "46")
    assert said is not None
    assert (said.kind, said.severity) == ("outside_province", "info")
    assert "3 จาก 3" in said.message_th
    assert "พะเยา 3" in said.message_th
    assert queries.outside_province(result.submission, "56") is None
    assert Need.objects.get().area.code == "56011401"


@pytest.mark.parametrize(
    ("name", "printed", "province", "code"),
    [
        ("อบต.แม่ใส", "อำเภอเมืองพะเยา", "46", "5601"),
        ("อบต.แม่ใส", "อำเภอเมืองพะเยา จังหวัดพะเยา", "46", "5601"),
        ("อบต.แม่ใส", "", "46", "560114"),
        ("เทศบาลเมืองพะเยา", "", "46", "5601"),
        ("เทศบาลเมืองกาฬสินธุ์", "", "46", "4601"),
        ("เทศบาลตำบลบัวขาว", "", "46", "460501"),
        ("อบต.ที่ไม่มี", "", "46", ""),
        ("กองช่าง", "", "46", ""),
    ],
)
def test_a_local_government_lies_where_print_or_name_tell(name: str, printed: str, province: str, code: str) -> None:
    operator("46", "56")
    assert owners_place(name, printed=printed, province=province) == code


def test_the_only_registered_body_of_a_name_is_meant_wherever_it_lies(tmp_path: Path) -> None:
    actor = operator("46", "56")
    body = agencies.find_or_register_body(name="เทศบาลตำบลบ้านต๋อม", province_code="56", actor=actor, at=AT)
    found = locate(areas.gazetteer(), "ทต.บ้านต๋อม", printed="", province_code="46")
    assert found.registered == body
    assert bodies.province_code_of(body) == "56"


def test_a_namesake_registered_elsewhere_does_not_take_a_tambon_of_the_province() -> None:
    actor = operator("46", "56")
    agencies.find_or_register_body(name="อบต.บัวขาว", province_code="56", actor=actor, at=AT)
    found = locate(areas.gazetteer(), "อบต.บัวขาว", printed="", province_code="46")
    assert (found.registered, found.code, found.by_name) == (None, "460501", False)


def test_a_slip_in_a_tambon_never_moves_a_forum_to_another_province(tmp_path: Path) -> None:
    sheet = needs_sheet("ถนน")
    sheet.place_text = "หมู่ที่ 1 ตำบลแม่ใส"
    result = send_to("46", tmp_path, sheet)
    assert (result.registered, result.refused) == (0, 1)
    assert "village_unknown" in {finding.kind for finding in queries.findings_of(result.submission)}


def test_a_list_that_names_its_province_is_read_in_that_province(tmp_path: Path) -> None:
    sheet = Sheet("งาน", "agency_projects", place_text="จังหวัดกาฬสินธุ์", fiscal_years=(2570,))
    sheet.records = [
        Record("งาน", 0, "agency_projects", "ฝาย", 1, agency="กรมชลประทาน", place_text="ต.บัวขาว อ.กุฉินารายณ์"),
        Record("งาน", 0, "agency_projects", "สระ", 2, agency="กรมชลประทาน"),
    ]
    send_to("56", tmp_path, sheet)
    places = {p.name: p.area.code for p in Project.objects.select_related("area") if p.area is not None}
    assert places == {"ฝาย": "460501", "สระ": "46"}
