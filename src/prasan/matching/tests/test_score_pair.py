"""What one pair is called: the hard rules of place, part and year, and what words alone may decide."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.matching import score_pair

BASE = {
    "name": "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายหนองบัว กว้าง 4 เมตร ยาว 500 เมตร",
    "owner": "อบต.แม่ใส",
    "province": "พะเยา",
    "district": "เมืองพะเยา",
    "subdistrict": "แม่ใส",
    "amount_thb": 500_000,
    "fiscal_year": 2568,
}
WORDS = (
    "ก่อสร้าง",
    "ปรับปรุง",
    "ถนน",
    "คสล.",
    "สายหนองบัว",
    "รางระบายน้ำ",
    "ซอย 2",
    "ซอย 3",
    "หมู่ที่ 1",
    "ม.2",
    "ช่วงที่ 1",
    "ระยะที่ 2",
    "กม. 1+000",
    "ทางหลวงหมายเลข 112",
    "ตำบลแม่ใส",
    "อาคาร 3",
    "ปี 2567",
    "1 แห่ง",
    "๔ เมตร",
    "พร้อม",
)
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
records = st.fixed_dictionaries(
    {
        "name": names,
        "owner": st.sampled_from([None, "อบต.แม่ใส", "กรมทางหลวง"]),
        "subdistrict": st.sampled_from([None, "แม่ใส", "ท่าวังทอง"]),
        "district": st.sampled_from([None, "เมืองพะเยา"]),
        "province": st.sampled_from([None, "พะเยา"]),
        "moo": st.sampled_from([None, 1, "2", "1,3"]),
        "amount_thb": st.sampled_from([None, 0, 100_000, 105_000, "500,000"]),
        "fiscal_year": st.sampled_from([None, 2567, 2568, "2567/2568"]),
    }
)


def with_(**more: object) -> dict[str, object]:
    return {**BASE, **more}


@settings(max_examples=60, deadline=None)
@given(records, records)
def test_the_score_does_not_depend_on_which_comes_first(a: dict[str, object], b: dict[str, object]):
    one, other = score_pair(a, b), score_pair(b, a)
    assert (one.probability, one.verdict) == (other.probability, other.verdict)
    assert {reason["code"] for reason in one.reasons} == {reason["code"] for reason in other.reasons}
    assert 0 <= one.probability <= 1
    assert (one.verdict == "duplicate") == (one.probability >= 0.5)


@settings(max_examples=60, deadline=None)
@given(records, records)
def test_two_places_both_known_are_never_a_duplicate(a: dict[str, object], b: dict[str, object]):
    elsewhere = score_pair({**a, "subdistrict": "แม่ใส"}, {**b, "subdistrict": "ท่าวังทอง"})
    assert elsewhere.verdict is None
    other_moo = score_pair({**a, "moo": 3}, {**b, "moo": 4})
    assert other_moo.verdict != "duplicate"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("หมู่ที่ 1", "หมู่ที่ 2"),
        ("ม.1", "หมู่ 12"),
        ("ซอย 2", "ซอย 3"),
        ("ถนนสวรรค์วิถี 22", "ถนนสวรรค์วิถี 12"),
        ("ทางหลวงหมายเลข 112", "ทล.113"),
        ("สาย พย.4009", "สาย พย.4010"),
        ("กม. 1+000 ถึง กม. 2+000", "กม. 5+000 ถึง กม. 6+500"),
        ("อาคารเรียน 3", "อาคารเรียน 4"),
        ("โรงกรองน้ำ 2", "โรงกรองน้ำ ๓"),
        ("ข้างบ้านเลขที่ 359", "ข้างบ้านเลขที่ 31"),
        ("ตำบลแม่ใส", "ตำบลท่าวังทอง"),
    ],
)
def test_another_part_of_the_place_is_never_a_duplicate(one: str, other: str):
    text = "ปรับปรุงระบบระบายน้ำ"
    record = {"owner": "อบต.แม่ใส", "amount_thb": 500_000, "fiscal_year": 2568}
    assert score_pair({**record, "name": f"{text} {one}"}, {**record, "name": f"{text} {other}"}).verdict != "duplicate"
    assert score_pair({**record, "name": f"{text} {one}"}, {**record, "name": f"{text} {one}"}).verdict == "duplicate"


@pytest.mark.parametrize("place", ["province", "district", "subdistrict"])
def test_columns_that_name_two_places_say_nothing(place: str):
    assert score_pair(BASE, with_(**{place: "หนองบัว"})).verdict is None


@pytest.mark.parametrize(
    ("given_", "same"),
    [("ตำบลแม่ใส", "แม่ใส"), ("ต.แม่ใส", "แม่ใส"), (" แม่ใส ", "แม่ใส")],
)
def test_a_place_is_the_same_with_and_without_its_prefix(given_: str, same: str):
    assert score_pair(with_(subdistrict=given_), with_(subdistrict=same)).verdict == "duplicate"


def test_the_district_of_the_provincial_town_may_be_written_short():
    assert score_pair(with_(district="เมือง"), with_(district="อ.เมืองพะเยา")).verdict == "duplicate"


def test_another_section_in_the_same_year_overlaps_and_in_the_next_continues():
    first, second = BASE["name"] + " ช่วงที่ 1", BASE["name"] + " ช่วงที่ 2"
    assert score_pair(with_(name=first), with_(name=second)).verdict == "overlap"
    assert score_pair(with_(name=first), with_(name=second, fiscal_year=2569)).verdict == "continuation"


@pytest.mark.parametrize("part", ["ชุดที่", "รุ่นที่", "กลุ่มที่", "จุดที่"])
def test_another_set_group_or_spot_is_not_the_same_work_again(part: str):
    first, second, again = (with_(name=f"{BASE['name']} {part} {number}") for number in (1, 3, 1))
    assert score_pair(first, second).verdict == "overlap"
    assert score_pair(first, again).verdict == "duplicate"


def test_a_section_of_a_phase_is_another_section():
    one, other = (f"เขื่อนป้องกันตลิ่งแม่น้ำป่าสัก ระยะ 2 ตอนที่ {n} จ.พระนครศรีอยุธยา" for n in (1, 2))
    assert score_pair({"name": one, "fiscal_year": 2565}, {"name": other, "fiscal_year": 2565}).verdict == "overlap"


def test_a_yearly_programme_of_one_owner_recurs():
    camp = with_(name="อบรมพัฒนาศักยภาพแกนนำด้านสุขภาพในชุมชน", amount_thb=40_000)
    again = score_pair(camp, {**camp, "fiscal_year": 2569, "amount_thb": 60_000})
    assert again.verdict == "recurring"
    assert {"same_owner", "other_year", "other_amount"} <= {reason["code"] for reason in again.reasons}


def test_a_road_asked_for_again_next_year_is_the_same_road():
    assert score_pair(BASE, with_(fiscal_year=2569, amount_thb=520_000)).verdict == "duplicate"


def test_design_beside_building_overlaps():
    bank = "เขื่อนป้องกันตลิ่ง บริเวณอาคารสัญลักษณ์ต้นแม่น้ำเจ้าพระยา"
    pair = score_pair(
        {"name": f"จ้างออกแบบ{bank}", "amount_thb": 500_000}, {"name": f"ก่อสร้าง{bank}", "amount_thb": 15_000_000}
    )
    assert pair.verdict == "overlap"
    assert "other_work" in {reason["code"] for reason in pair.reasons}


def test_a_crematorium_two_villages_ask_for_is_a_case_for_one():
    one, other = with_(name="ก่อสร้างเตาเผาศพ (แบบถ่าน)", moo=4), with_(name="ก่อสร้างเตาเผา (ถ่าน)", moo=12)
    pair = score_pair(one, other)
    assert pair.verdict == "overlap"
    assert "shared_facility" in {reason["code"] for reason in pair.reasons}


def test_other_acronyms_are_other_things():
    one, other = (f"โครงการจัดหาเครื่องมือตรวจอากาศอัตโนมัติ ({name})" for name in ("AWOS", "LLWAS"))
    record = {"owner": "กรมอุตุนิยมวิทยา", "amount_thb": 145_755_000, "fiscal_year": 2565}
    assert score_pair({**record, "name": one}, {**record, "name": other}).verdict is None


def test_where_a_line_came_from_is_no_part_of_what_it_is():
    one, other = "โครงการที่จอดรถ อบต.แม่ใส (โอนงบครั้งที่ 13/2567)", "โครงการที่จอดรถ อบต.แม่ใส (ข้อบัญญัติ 2568)"
    assert score_pair(with_(name=one), with_(name=other)).verdict == "duplicate"


def test_broken_thai_marks_do_not_hide_the_same_line():
    one = "ระบบสาธารณูปการวิทยาเขตพัทลุง ตำบลบ้านพร้าว อำเภอป่าพะยอม จังหวัดพัทลุง 1 รายการ"
    other = "ระบบสาธารณูปการวทิยาเขตพทัลุง  ตาํบลบ้านพร้าวอาํเภอป่าพะยอมจงัหวดัพทัลุง 1 รายการ"
    assert (
        score_pair({"name": one, "amount_thb": 28_323_000}, {"name": other, "amount_thb": 28_323_000}).verdict
        == "duplicate"
    )


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("อบต.แม่ใส", "องค์การบริหารส่วนตำบลแม่ใส", "same_owner"),
        ("อบต.แม่ใส", "อบต.แม่กา", "other_owner"),
        ("สำนักงานทางหลวงที่ 4", "สำนักงานทางหลวงที่ 18", "other_owner"),
        ("กรมปศุสตั ว์", "กรมปศุสัตว์", "same_owner"),
    ],
)
def test_owners_are_told_apart_by_what_follows_their_kind(one: str, other: str, code: str):
    pair = score_pair(with_(owner=one), with_(owner=other))
    assert code in {reason["code"] for reason in pair.reasons}
