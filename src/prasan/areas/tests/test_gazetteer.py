"""What printed place texts mean."""

import csv
import json
import time

import pytest
from python_calamine import CalamineWorkbook
from tests.shared import SHARED, needs_cases

from prasan.areas.rules import Gazetteer, PlaceProblem

GAZETTEER = Gazetteer.from_geothai()


def problem(text: str, province_code: str | None = None) -> PlaceProblem:
    (only,) = GAZETTEER.resolve(text, province_code=province_code).problems
    return only


@needs_cases
def test_every_area_text_of_the_kalasin_notices_gets_its_printed_codes():
    path = SHARED / "cases" / "kalasin_supply" / "expected_rows.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 128
    for row in rows:
        match = GAZETTEER.resolve(row["area_text"])
        expected = row["subdistrict_code"] or row["district_code"] or row["province_codes"]
        moos = tuple(int(moo) for moo in row["moo"].replace(" และ ", ",").split(",") if moo)
        assert (match.code, match.moos, match.problems) == (expected, moos, ()), row["area_text"]


@needs_cases
def test_the_workbook_with_unknown_places_gives_its_printed_findings_and_no_guess():
    folder = SHARED / "cases" / "bad_inputs_open"
    files = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["files"]
    expected = next(file for file in files if file["file"].startswith("08_"))["findings"]
    with CalamineWorkbook.from_path(str(folder / "08_unknown_tambon.xlsx")) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    found = []
    for number, row in enumerate(rows[3:], start=4):
        for wrong in GAZETTEER.resolve(str(row[5]), province_code="46").problems:
            found.append((number, wrong.kind, wrong.value))
            named = next(finding for finding in expected if finding["row"] == number)
            if "suggestion" in named:
                assert named["suggestion"] in {
                    wrong.suggestion_name,
                    f"{wrong.suggestion_name} ({wrong.suggestion_code})",
                }
    assert found == [(finding["row"], finding["kind"], finding["value"]) for finding in expected]


@pytest.mark.parametrize(
    ("text", "code", "moos"),
    [
        ("ต.กาฬสินธุ์ อ.เมือง จ.กาฬสินธุ์", "460101", ()),
        ("หมู่ที่ 1,12 และ 13 ตำบลบัวขาว อำเภอกุฉินารายณ์", "460501", (1, 12, 13)),
        ("หมู่ที่ ๒ บ้านแม่ใสกลาง ตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา", "560114", (2,)),
        ("หมู่ที่ 6,10 ต.แม่ใส อ.เมือง จ.พะเยา", "560114", (6, 10)),
        ("หมู่ที่ 9,4 ต.แม่ใส อ.เมือง จ.พะเยา", "560114", (9, 4)),
        ("ม.3 ต.แม่ใส อ.เมืองพะเยา", "560114", (3,)),
        ("หมู่ 2-4, 7 และหมู่ที่ 9 ต.แม่ใส อ.เมืองพะเยา", "560114", (2, 3, 4, 7, 9)),
        ("ต.บัวขาวอ.กุฉินารายณ์จ.กาฬสินธุ์", "460501", ()),
        ("ตำบลบัวขาวอำเภอกุฉินารายณ์จังหวัดกาฬสินธุ์", "460501", ()),
        ("ต. บัวขาว  อ. กุฉินารายณ์  จ. กาฬสินธุ์", "460501", ()),
        ("อ.เมืองฯ จ.กาฬสินธุ์", "4601", ()),
        ("ต.ลำชี อ.ฆ้องชัย จ.กาฬสินธุ์", "461805", ()),
        ("ต.บัวขาว/อ.กุฉินารายณ์/จ.กาฬสินธุ์", "460501", ()),
        ("องค์การบริหารส่วนตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา", "560114", ()),
        ("แขวงบางซื่อ เขตบางซื่อ กทม.", "102901", ()),
        ("แขวงบางซื่อ เขตบางซื่อ กรุงเทพมหานคร", "102901", ()),
        ("แขวงทางหลวงกาฬสินธุ์ จ.กาฬสินธุ์", "46", ()),
        ("ในเขตเทศบาลเมืองกาฬสินธุ์ จังหวัดกาฬสินธุ์", "46", ()),
        ("ต.จ.ป.ร. อ.กระบุรี จ.ระนอง", "850406", ()),
        ("อ.สุไหงโกลก จ.นราธิวาส", "9610", ()),
        ("ต.ปอพาน อ.นาเชือก จ.มหาสารคาม", "440706", ()),
        ("บัวขาว กุฉินารายณ์ กาฬสินธุ์", "460501", ()),
        ("กาฬสินธุ์", "46", ()),
        ("จังหวัดและกลุ่มจังหวัด", "", ()),
        ("ถนนกว้าง 5 ม. 3 แห่ง", "", ()),
        ("", "", ()),
    ],
)
def test_a_place_is_read_as_an_officer_reads_it(text: str, code: str, moos: tuple[int, ...]):
    match = GAZETTEER.resolve(text)
    assert (match.code, match.moos, match.problems) == (code, moos, ())


def test_the_province_of_the_submission_fills_in_where_the_text_names_none():
    assert GAZETTEER.resolve("ต.บัวขาว อ.กุฉินารายณ์", province_code="46").code == "460501"
    assert GAZETTEER.resolve("อ.เมือง", province_code="56").code == "5601"
    assert GAZETTEER.resolve("หมู่ที่ 2", province_code="56").code == ""


def test_a_misspelt_tambon_is_suggested_and_never_assigned():
    match = GAZETTEER.resolve("ต.บัวชาว อ.กุฉินารายณ์ จ.กาฬสินธุ์")
    assert (match.code, match.level) == ("4605", "DISTRICT")
    assert match.problems == (PlaceProblem("unknown_subdistrict", "ต.บัวชาว", "460501", "บัวขาว"),)


def test_a_tambon_of_another_district_is_reported_with_both_names():
    match = GAZETTEER.resolve("ต.บัวขาว อ.ยางตลาด จ.กาฬสินธุ์")
    assert match.code == "4607"
    assert match.problems[0].kind == "subdistrict_not_in_district"
    assert match.problems[0].value == "ต.บัวขาว อ.ยางตลาด"


def test_a_misspelt_province_stops_the_code_at_the_country():
    match = GAZETTEER.resolve("ต.กาฬสินธุ์ อ.เมือง จ.กาฬสินธ์", province_code="46")
    assert match.code == ""
    assert match.problems == (PlaceProblem("unknown_province_spelling", "จ.กาฬสินธ์", "46", "กาฬสินธุ์"),)


def test_a_name_like_no_other_gets_no_suggestion():
    assert problem("ต.โนนสวรรค์วิไล อ.ยางตลาด จ.กาฬสินธุ์") == PlaceProblem("unknown_subdistrict", "ต.โนนสวรรค์วิไล")
    assert problem("จ.แอตแลนติส").kind == "unknown_province"


def test_an_unknown_district_stops_the_code_at_the_province():
    match = GAZETTEER.resolve("ต.บัวขาว อ.กุฉินารายน์ จ.กาฬสินธุ์")
    assert match.code == "46"
    assert match.problems == (PlaceProblem("unknown_district", "อ.กุฉินารายน์", "4605", "กุฉินารายณ์"),)


def test_a_tambon_name_borne_twice_in_a_province_is_ambiguous():
    assert problem("ต.ในเมือง", "30").kind == "ambiguous_place"
    assert problem("อ.เมือง").kind == "ambiguous_place"


def test_an_abolished_tambon_is_read_as_its_one_successor_and_says_so():
    match = GAZETTEER.resolve("แขวงบางซื่อ เขตดุสิต กรุงเทพมหานคร")
    assert match.code == "102901"
    assert [(note.kind, note.value, note.code) for note in match.notes] == [("abolished_area", "แขวงบางซื่อ", "102901")]


def test_several_tambons_give_the_district_they_share():
    match = GAZETTEER.resolve("ต.เหนือ, ไผ่ อ.เมือง จ.กาฬสินธุ์")
    assert (match.code, match.codes, match.problems) == ("4601", ("460102", "460104"), ())


def test_a_village_name_gives_its_moo_when_villages_are_loaded():
    gazetteer = Gazetteer(
        [("56", "พะเยา"), ("5601", "เมืองพะเยา"), ("560114", "แม่ใส")],
        villages_of=lambda code: {"ร่องไฮ": 1} if code == "560114" else {},
    )
    match = gazetteer.resolve("บ้านร่องไฮ ต.แม่ใส อ.เมือง จ.พะเยา")
    assert (match.moos, match.village_name, match.village_codes) == ((1,), "ร่องไฮ", ("56011401",))


def test_ten_thousand_different_texts_are_read_in_seconds():
    texts = [f"ม.{n % 20 + 1} ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์ {n}" for n in range(10_000)]
    start = time.perf_counter()
    assert all(GAZETTEER.resolve(text).code == "460501" for text in texts)
    assert time.perf_counter() - start < 6
