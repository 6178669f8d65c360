"""Register files of places: recognised by their header, good rows in, every other row told."""

import datetime as dt
import gzip
import json
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from tests.shared import SHARED, needs_cases

from prasan.areas import queries, services
from prasan.areas.models import Area, AreaLink, Tree
from prasan.journal.models import Entry

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
VILLAGES = "code,subdistrict_code,moo,kind,name_th,name_en,lat,lng,coord_suspect\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> AbstractUser:
    actor = get_user_model().objects.create(username="operator", is_superuser=True)
    services.load_builtin_register(actor=actor, at=AT, province_code="56")
    return actor


def load(actor: AbstractUser, *paths: Path) -> list[services.LoadedFile]:
    return services.load_areas(paths=list(paths), actor=actor, at=AT)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_villages_are_added_once_with_their_point_and_closure(operator: AbstractUser, tmp_path: Path):
    path = tmp_path / "villages.csv.gz"
    rows = "56011401,560114,1,village,บ้านร่องไฮ,Ban Rong Hai,19.1,99.9,0\n56011452,560114,52,community,ชุมชนกลาง,,,,0\n"
    path.write_bytes(gzip.compress((VILLAGES + rows).encode()))
    (first,), (second,) = load(operator, path), load(operator, path)
    assert (first.kind, first.created, first.refused) == ("villages", 2, 0)
    assert (second.changes, second.unchanged) == (0, 2)
    village = Area.objects.get(code="56011401")
    assert (village.moo, village.latitude, village.level) == (1, 19.1, "VILLAGE")
    assert Area.objects.get(code="56011452").level == "COMMUNITY"
    assert [area.code for area in queries.ancestors(village)] == ["560114", "5601", "56", "TH"]
    assert Entry.objects.filter(act="areas.load_areas").count() == 1


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("56011402,560114,3,village,บ้านก,,,,0", "moo", "moo_mismatch"),
        ("56999901,569999,1,village,บ้านก,,,,0", "subdistrict_code", "unknown_parent"),
        ("5601140,560114,2,village,บ้านก,,,,0", "code", "bad_code"),
        ("56011402,560114,2,village,,,,,0", "name_th", "missing_name"),
        ("56011401,560114,1,village,บ้านซ้ำ,,,,0", "code", "duplicate_row"),
    ],
)
def test_a_row_that_does_not_fit_is_told_and_the_others_are_loaded(
    operator: AbstractUser, tmp_path: Path, row: str, column: str, kind: str
):
    good = "56011401,560114,1,village,บ้านร่องไฮ,,,,0"
    last = "56011403,560114,3,village,บ้านทุ่งวัวแดง,,,,0"
    (loaded,) = load(operator, written(tmp_path / "v.csv", f"{VILLAGES}{good}\n{row}\n{last}\n"))
    (finding,) = loaded.findings
    assert (finding.row, finding.column, finding.kind, finding.refused) == (3, column, kind, True)
    assert finding.message_th
    assert finding.message_en
    assert (loaded.created, loaded.refused) == (2, 1)


def test_a_point_outside_thailand_is_left_out_and_the_village_kept(operator: AbstractUser, tmp_path: Path):
    text = VILLAGES + "56011401,560114,1,village,บ้านร่องไฮ,,103.06620,103.06620,0\n"
    (loaded,) = load(operator, written(tmp_path / "v.csv", text))
    assert (loaded.created, loaded.refused, loaded.findings[0].kind) == (1, 0, "point_outside_thailand")
    assert Area.objects.get(code="56011401").latitude is None


def test_dates_are_read_in_the_buddhist_era_and_an_unreadable_one_is_told(operator: AbstractUser, tmp_path: Path):
    text = (
        "รหัส,รหัสตำบล,หมู่ที่,ชื่อหมู่บ้าน,ใช้ตั้งแต่วันที่,ใช้ถึงวันที่\n"
        "56011401,560114,๑,บ้านร่องไฮ,1 ต.ค. 2560,30 กันยายน 2568\n"
        "56011402,560114,2,บ้านแม่ใสกลาง,31 ก.พ. 2560,\n"
        "56011403,560114,3,บ้านทุ่งวัวแดง,1 ต.ค. 2560,1 ต.ค. 2559\n"
    )
    (loaded,) = load(operator, written(tmp_path / "v.csv", text))
    assert [(f.row, f.column, f.kind) for f in loaded.findings] == [
        (3, "valid_from", "impossible_date"),
        (4, "valid_to", "ends_before_it_begins"),
    ]
    village = Area.objects.get(code="56011401")
    assert (village.valid_from, village.valid_to) == (dt.date(2017, 10, 1), dt.date(2025, 9, 30))
    assert queries.ancestors(village, on=dt.date(2016, 1, 1)).count() == 0
    assert queries.ancestors(village, on=dt.date(2020, 1, 1)).count() == 4


def test_a_spreadsheet_with_a_title_and_number_cells_is_read_like_a_csv(operator: AbstractUser, tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ทะเบียนหมู่บ้าน อำเภอเมืองพะเยา"])
    sheet.append([])
    sheet.append(["รหัสหมู่บ้าน", "รหัสตำบล", "หมู่ที่", "ชื่อหมู่บ้าน"])
    sheet.append([56011401, 560114, 1, "บ้านร่องไฮ"])
    sheet.append([56011402, 560114, 9, "บ้านแม่ใสกลาง"])
    book.save(tmp_path / "v.xlsx")
    (loaded,) = load(operator, tmp_path / "v.xlsx")
    assert (loaded.created, [(f.row, f.kind) for f in loaded.findings]) == (1, [(5, "moo_mismatch")])


def test_a_village_that_moves_needs_the_day_it_moves(operator: AbstractUser, tmp_path: Path):
    clusters = "cluster_code,cluster_name_th,province_code\n{},กลุ่มจังหวัด,56\n"
    load(operator, written(tmp_path / "c.csv", clusters.format("C15")))
    (loaded,) = load(operator, written(tmp_path / "d.csv", clusters.format("C16")))
    assert (loaded.refused, loaded.findings[0].kind) == (1, "parent_changed")
    assert not Area.objects.filter(code="C16").exists()
    assert AreaLink.objects.filter(tree=Tree.CLUSTER, child__code="56").count() == 1


def test_coverage_tells_wholly_from_partly_and_a_second_file_corrects_it(operator: AbstractUser, tmp_path: Path):
    laos = written(
        tmp_path / "laos.csv",
        "lao_code,lao_type,name_th,name_en,province_code,district_code\n"
        "TAO560114,TAO,องค์การบริหารส่วนตำบลแม่ใส,Mae Sai,56,5601\n"
        "PAO56,PAO,องค์การบริหารส่วนจังหวัดพะเยา,Phayao,56,\n",
    )
    coverage = "lao_code,subdistrict_code,coverage\nTAO560114,560114,{}\n"
    # Given the wrong way round: territories must be there before what they cover.
    covered, territories = load(operator, written(tmp_path / "c.csv", coverage.format("partially")), laos)
    assert (territories.created, territories.unchanged, covered.created) == (1, 1, 1)
    link = AreaLink.objects.get(parent__code="LAO-TAO560114")
    assert (link.whole, link.child.code) == (False, "560114")
    (again,) = load(operator, written(tmp_path / "c.csv", coverage.format("completely")))
    link.refresh_from_db()
    assert (again.updated, link.whole) == (1, True)


def test_a_file_of_something_else_is_refused_whole(operator: AbstractUser, tmp_path: Path):
    places = Area.objects.count()
    results = load(
        operator,
        written(tmp_path / "x.csv", "ministry,budgetary_unit\nกระทรวงมหาดไทย,กรมการปกครอง\n"),
        tmp_path / "absent.csv",
        written(tmp_path / "b.geojson", "{"),
        written(tmp_path / "empty.csv", ""),
    )
    kinds = [file.findings[0].kind for file in results]
    assert kinds == ["unknown_columns", "missing_file", "unreadable_file", "empty_file"]
    assert all(file.refused == 1 for file in results)
    assert Area.objects.count() == places


def test_boundaries_are_set_by_code(operator: AbstractUser, tmp_path: Path):
    ring = [[[99.9, 19.1], [99.8, 19.1], [99.8, 19.0], [99.9, 19.1]]]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
        for code, geometry in (
            ("56", {"type": "Polygon", "coordinates": ring}),
            ("5601", {"type": "Point", "coordinates": [99.9, 19.1]}),
            ("99", {"type": "Polygon", "coordinates": ring}),
        )
    ]
    path = written(tmp_path / "b.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    (loaded,), (again,) = load(operator, path), load(operator, path)
    assert (loaded.updated, [f.kind for f in loaded.findings]) == (1, ["no_boundary", "unknown_area"])
    assert again.changes == 0
    assert Area.objects.get(code="56").boundary == {"type": "Polygon", "coordinates": ring}


def test_only_the_operator_loads_registers(operator: AbstractUser, tmp_path: Path):
    officer = get_user_model().objects.create(username="officer")
    path = written(tmp_path / "v.csv", VILLAGES + "56011401,560114,1,village,บ้านร่องไฮ,,,,0\n")
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToLoadRegister, match="not_the_operator"):
        load(officer, path)
    assert (Area.objects.filter(level="VILLAGE").count(), Entry.objects.count()) == (0, entries)


@needs_cases
def test_the_real_registers_of_a_province_load_as_they_are(operator: AbstractUser, tmp_path: Path):
    path = tmp_path / "villages.csv"
    with gzip.open(SHARED / "data" / "villages.csv.gz", "rt", encoding="utf-8") as file:
        header, *rows = file.readlines()
    path.write_text(header + "".join(row for row in rows if row.startswith("56")), encoding="utf-8")
    (loaded,), (again,) = load(operator, path), load(operator, path)
    assert loaded.created == loaded.rows > 700
    assert (loaded.findings, again.changes) == ([], 0)
