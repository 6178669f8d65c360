"""A form that is written reads back to the same records, whatever stands in them."""

import datetime as dt
import string
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.common.text import clean
from prasan.exchange.reading import read_file
from prasan.exchange.reading.records import Amount, FormKey, Record, Sheet
from prasan.exchange.templates import FORMS, UnwritableForm, write_workbook
from prasan.exchange.templates.examples import empty_sheet, example_sheet

# No ม: random letters must not happen to say "ม.5" or "หมู่ 5", which the reader would rightly take for a village.
LETTERS = "กขคงจฉชซดตถทธนบปผพฟยรลวสหอฮะาิีึืุูเแโไ่้" + string.ascii_letters + "๐๑๒๓456789 ()/.,\"'&<>%"
WORKS = ("ก่อสร้างถนน", "ขุดลอกคลอง", "อบรมอาชีพ", "=HYPERLINK(1)", "+66 โทร", "@งาน", "-ปรับปรุงฝาย")
words = st.text(LETTERS, max_size=40).map(clean)
satang = st.integers(min_value=10_000, max_value=10**13)  # beyond, the reader asks whether it was meant
moos = st.lists(st.integers(1, 25), max_size=3, unique=True).map(tuple)
YEARS = (2566, 2567, 2568, 2569, 2570)
PROGRAMMES = ("แผนงานอุตสาหกรรมและการโยธา", "แผนงานเคหะและชุมชน", "แผนงานการเกษตร")


@st.composite
def names(draw: st.DrawFn) -> str:
    return clean(f"{draw(st.sampled_from(WORKS))} {draw(words)} สายหลัก")


@st.composite
def plan_records(draw: st.DrawFn, form: FormKey) -> list[Record]:
    records: list[Record] = []
    for programme in draw(st.lists(st.sampled_from(PROGRAMMES), min_size=1, max_size=3, unique=True)):
        for number in range(1, draw(st.integers(1, 4)) + 1):
            place = draw(moos)
            said = f" หมู่ที่ {','.join(map(str, place))}" if place else ""
            years = draw(st.lists(st.sampled_from(YEARS), max_size=5, unique=True))
            records.append(
                Record(
                    "ผ.02",
                    0,
                    form,
                    draw(names()) + said,
                    number,
                    amounts=[Amount(year, "PLANNED", "IN", draw(satang), "") for year in sorted(years)],
                    objective=draw(st.sampled_from(("", "เพื่อให้สัญจรสะดวก", "-เพื่อเกษตรกร"))),
                    target="ถนนกว้าง 4 เมตร",
                    kpi="ร้อยละ 80",
                    expected_result="สะดวก",
                    responsible=draw(st.sampled_from(("กองช่าง", "อบจ.พะเยา"))),
                    strategy="1. ยุทธศาสตร์โครงสร้างพื้นฐาน",
                    tactic="1.1 กลยุทธ์คมนาคม",
                    programme=programme,
                    moos=place,
                )
            )
    return records


@st.composite
def list_records(draw: st.DrawFn, form: FormKey) -> list[Record]:
    return [draw(_ONE[form])(draw, number) for number in range(1, draw(st.integers(1, 6)) + 1)]


def need(draw: st.DrawFn, number: int) -> Record:
    place = draw(moos)
    asked = draw(st.none() | satang)
    return Record(
        "ม.1",
        0,
        "community_needs",
        draw(names()),
        number,
        amounts=[Amount(2569, "PLANNED", "IN", asked, "")] if asked else [],
        problem=draw(st.sampled_from(("ถนนชำรุด", "=น้ำท่วม"))),
        response_kind=draw(st.sampled_from(("", "SELF_HELP", "JOINT", "NEEDS_SUPPORT"))),
        target_group="ประชาชน",
        moos=place,
        place_text=f"หมู่ที่ {','.join(map(str, place))}" if place else "",
    )


def action(draw: st.DrawFn, number: int) -> Record:
    amounts = [Amount(2569, "BUDGETED", "IN", draw(satang), "")]
    paid = draw(st.none() | satang)
    return Record(
        "แผน",
        0,
        "action_plan",
        draw(names()),
        number,
        amounts=amounts + ([Amount(2569, "PAID", "IN", paid, "")] if paid else []),
        responsible="กองช่าง",
        strategy="ยุทธศาสตร์ที่ 1 พัฒนาโครงสร้างพื้นฐาน",
        moos=draw(moos),
        months=tuple(sorted(draw(st.sets(st.integers(0, 11))))),
        progress=draw(st.sampled_from(("", "NOT_STARTED", "IN_PROGRESS", "DONE", "CANCELLED"))),
    )


def agency(draw: st.DrawFn, number: int) -> Record:
    amounts = [Amount(2570, "BUDGETED", "IN", draw(satang), "")]
    for year, span in ((2569, "UNTIL"), (2571, "IN"), (2572, "IN"), (2573, "FROM")):
        if draw(st.booleans()):
            amounts.append(Amount(year, "OBLIGATED", span, draw(satang), ""))
    return Record(
        "ส่วนกลาง",
        0,
        "agency_projects",
        draw(names()),
        number,
        amounts=amounts,
        ministry=draw(st.sampled_from(("กระทรวงคมนาคม", "กระทรวงมหาดไทย"))),
        agency=draw(st.sampled_from(("กรมทางหลวง", "กรมโยธาธิการและผังเมือง"))),
        programme="แผนงานบูรณาการ",
        place_text="ต.บัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์",
        notified_on=draw(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))),
    )


def listed(draw: st.DrawFn, number: int) -> Record:
    year = draw(st.integers(2560, 2575))
    return Record(
        "บัญชีโครงการ",
        0,
        "project_list",
        draw(names()),
        amounts=[Amount(year, "PLANNED", "IN", draw(satang), "")],
        external_code=f"NS-{number:03}",
        fiscal_year=year,
        place_text="เทศบาลนครนครสวรรค์",
        responsible="สำนักช่าง",
    )


def in_matrix(draw: st.DrawFn, number: int) -> Record:
    channel, tier = draw(st.sampled_from((("M", "ประเทศ/ส่วนกลาง"), ("C1", "กลุ่มจังหวัด"), ("P2", "จังหวัด"))))
    return Record(
        "บัญชีโครงการ",
        0,
        "project_matrix_flat",
        draw(names()),
        number,
        strategy="ประเด็นยุทธศาสตร์ 1 : การค้าชายแดน",
        channel=channel,
        tier=tier,
        place_text=draw(st.sampled_from(("", "มุกดาหาร"))),
    )


_ONE: dict[FormKey, Any] = {
    "community_needs": st.just(need),
    "action_plan": st.just(action),
    "agency_projects": st.just(agency),
    "project_list": st.just(listed),
    "project_matrix_flat": st.just(in_matrix),
}
ROUND = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SAME = (
    *("name", "ordinal", "external_code", "problem", "response_kind", "target_group", "objective", "target", "kpi"),
    *("expected_result", "responsible", "strategy", "programme", "section", "moos", "ministry", "agency"),
    *("notified_on", "months", "progress", "channel", "tier", "fiscal_year", "place_text"),
)


def told(record: Record) -> dict[str, object]:
    """What a record says, its place in the file left aside. A forum's amount has no year in the form."""
    amounts = sorted((a.fiscal_year, a.kind, a.span, a.satang) for a in record.amounts)
    money: object = record.main_satang() if record.form == "community_needs" else amounts
    return {field: getattr(record, field) for field in SAME} | {"money": money}


def read_back(path: Path, sheet: Sheet) -> list[Record]:
    write_workbook(path, [sheet], guide=True)
    return read_file(path).records()


@pytest.mark.parametrize("form", ["local_plan_p02", "local_plan_p02_1", "local_plan_p02_2"])
@ROUND
@given(data=st.data())
def test_a_plan_reads_back_the_same(tmp_path: Path, form: FormKey, data: st.DataObject) -> None:
    sheet = Sheet("ผ.02", form, owner_text="องค์การบริหารส่วนตำบลแม่ใส อำเภอเมืองพะเยา", fiscal_years=YEARS)
    sheet.records = data.draw(plan_records(form))
    found = read_back(tmp_path / "แผน.xlsx", sheet)
    assert [told(record) for record in found] == [told(record) for record in sheet.records]
    assert {record.form for record in found} == {form}


@pytest.mark.parametrize("form", list(_ONE))
@ROUND
@given(data=st.data())
def test_a_list_reads_back_the_same(tmp_path: Path, form: FormKey, data: st.DataObject) -> None:
    year = (2569,) if form in ("community_needs", "action_plan") else (2570,) if form == "agency_projects" else ()
    sheet = Sheet("แผ่น", form, fiscal_years=year, place_text="หมู่ที่ 1 ตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา")
    sheet.owner_text = "" if form == "community_needs" else "องค์การบริหารส่วนตำบลแม่ใส"
    sheet.records = data.draw(list_records(form))
    found = read_back(tmp_path / "บัญชี.xlsx", sheet)
    assert [told(record) for record in found] == [told(record) for record in sheet.records]
    assert {record.form for record in found} == {form}


@pytest.mark.parametrize("form", FORMS)
def test_the_example_of_every_form_is_accepted(tmp_path: Path, form: FormKey) -> None:
    path = tmp_path / "ตัวอย่าง.xlsx"
    sheet = example_sheet(form, fiscal_year=2570)
    write_workbook(path, [sheet], guide=True)
    reading = read_file(path)
    assert reading.outcome == "accept"
    assert reading.form == form
    assert [r.name for r in reading.records()] == [r.name for r in sheet.records]


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_is_known_as_its_form_and_holds_no_records(tmp_path: Path, form: FormKey) -> None:
    path = tmp_path / "เปล่า.xlsx"
    write_workbook(path, [empty_sheet(form, fiscal_year=2573)], guide=True)
    reading = read_file(path)
    assert reading.form == form
    assert reading.records() == []
    if form.startswith("local_plan"):
        assert reading.sheets[0].fiscal_years == (2571, 2572, 2573, 2574, 2575)


def test_formula_like_text_is_text_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "สูตร.xlsx"
    sheet = example_sheet("project_list", fiscal_year=2570)
    sheet.records[0].name = '=HYPERLINK("http://example.invalid","x")'
    write_workbook(path, [sheet])
    cell = openpyxl.load_workbook(path)["บัญชีโครงการ"]["B2"]
    assert cell.value == sheet.records[0].name
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_page_is_a4_landscape_with_repeated_head_rows_and_the_code_top_right(tmp_path: Path) -> None:
    path = tmp_path / "แผน.xlsx"
    write_workbook(path, [example_sheet("local_plan_p02", fiscal_year=2570)])
    sheet = openpyxl.load_workbook(path)["ผ.02"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$8:$9"
    assert sheet["L1"].value == "แบบ ผ.02"
    assert "E8:I8" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_money_shows_satang_only_where_there_are_some(tmp_path: Path) -> None:
    path = tmp_path / "แผน.xlsx"
    sheet = example_sheet("project_list", fiscal_year=2570)
    write_workbook(path, [sheet])
    assert openpyxl.load_workbook(path)["บัญชีโครงการ"]["E2"].number_format == "#,##0"
    sheet.records[0].amounts = [Amount(2570, "PLANNED", "IN", 10_050, "")]
    write_workbook(path, [sheet])
    cell = openpyxl.load_workbook(path)["บัญชีโครงการ"]["E2"]
    assert (cell.value, cell.number_format) == (100.5, "#,##0.00")


def test_sheet_names_are_cut_and_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "แผน.xlsx"
    long = "ผ.02/1: แผนงานสร้างความเข้มแข็งของชุมชนและหมู่บ้าน"
    sheets = [Sheet(long, "local_plan_p02", fiscal_years=YEARS) for _ in range(2)]
    write_workbook(path, sheets)
    names = openpyxl.load_workbook(path).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and "/" not in name and ":" not in name for name in names)


def test_a_form_without_a_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnwritableForm):
        write_workbook(tmp_path / "x.xlsx", [Sheet("ผ.01", "summary")])


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    sheet = example_sheet("local_plan_p02", fiscal_year=2570)
    write_workbook(tmp_path / "ก.xlsx", [sheet], guide=True)
    time.sleep(1.1)  # workbooks carry the second they were made, unless told otherwise
    write_workbook(tmp_path / "ข.xlsx", [sheet], guide=True)
    assert (tmp_path / "ก.xlsx").read_bytes() == (tmp_path / "ข.xlsx").read_bytes()


def test_words_with_a_fixed_meaning_are_offered_in_a_list(tmp_path: Path) -> None:
    path = tmp_path / "ประชาคม.xlsx"
    write_workbook(path, [empty_sheet("community_needs", fiscal_year=2570)])
    sheet = openpyxl.load_workbook(path)["ม.1"]
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert offered == {"E7:E21": '"ทำเอง,ร่วมทำ,ขอรับการสนับสนุน"'}
