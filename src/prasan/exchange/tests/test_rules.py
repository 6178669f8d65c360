"""Whose a row is, of which year, and which earlier row it corrects, decided without a database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.common.dates import fiscal_year_bounds
from prasan.exchange import rules
from prasan.exchange.reading.records import Amount, Record, Sheet
from prasan.exchange.rules import RowKey, match_rows


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("อบจ.พะเยา", "อบจ.พะเยา"),
        ("สำนักงบประมาณ สำนักช่าง", "สำนักงบประมาณ"),
        ("กรมโยธาธิการและผังเมือง สำนักช่าง", "กรมโยธาธิการและผังเมือง"),
        ("สำนักงานทรัพยากรน้ำแห่งชาติ สำนักการประปา", "สำนักงานทรัพยากรน้ำแห่งชาติ"),
        ("สำนักช่าง", ""),
        ("กองช่าง กองคลัง", ""),
        ("กรมอุทยานแห่งชาติ สัตว์ป่า และพันธุ์พืช", "กรมอุทยานแห่งชาติ สัตว์ป่า และพันธุ์พืช"),
        ("", ""),
    ],
)
def test_units_of_the_asking_body_are_not_asked(printed: str, asked: str) -> None:
    assert rules.asked_body(printed) == asked


@pytest.mark.parametrize(
    ("printed", "name", "place"),
    [
        ("อบต.แม่ใส", "อบต.แม่ใส", ""),
        ("องค์การบริหารส่วนตำบลแม่ใส อำเภอเมืองพะเยา จังหวัดพะเยา", "องค์การบริหารส่วนตำบลแม่ใส", "อำเภอเมืองพะเยา จังหวัดพะเยา"),
        ("องค์การบริหารส่วนจังหวัดพะเยา", "องค์การบริหารส่วนจังหวัดพะเยา", ""),
        ("เทศบาลตำบลบัวขาว อ.กุฉินารายณ์ จ.กาฬสินธุ์", "เทศบาลตำบลบัวขาว", "อ.กุฉินารายณ์ จ.กาฬสินธุ์"),
    ],
)
def test_the_place_behind_a_body_is_told_apart_from_its_name(printed: str, name: str, place: str) -> None:
    assert rules.split_owner(printed) == (name, place)


def test_a_flat_list_belongs_to_the_local_government_it_names() -> None:
    sheet = Sheet("บัญชี", "project_list")
    record = Record("บัญชี", 2, "project_list", "ซ่อมถนน", place_text="เทศบาลนครนครสวรรค์", responsible="สำนักช่าง")
    assert rules.owner_name(sheet, record) == "เทศบาลนครนครสวรรค์"


def test_the_year_of_an_obligation_before_is_not_the_year_of_the_project() -> None:
    record = Record("x", 1, "agency_projects", "ฝาย")
    record.amounts = [
        Amount(2564, "OBLIGATED", "UNTIL", 100, ""),
        Amount(2565, "BUDGETED", "IN", 100, ""),
        Amount(2568, "OBLIGATED", "FROM", 100, ""),
    ]
    assert rules.project_year(record, Sheet("x", "agency_projects", fiscal_years=(2560,))) == 2565
    record.amounts = []
    assert rules.project_year(record, Sheet("x", "agency_projects", fiscal_years=(2560,))) == 2560


@pytest.mark.parametrize(
    ("months", "begins", "ends"),
    [
        ((0,), dt.date(2025, 10, 1), dt.date(2025, 11, 1)),
        ((2,), dt.date(2025, 12, 1), dt.date(2026, 1, 1)),
        ((2, 3), dt.date(2025, 12, 1), dt.date(2026, 2, 1)),
        ((3, 4, 5), dt.date(2026, 1, 1), dt.date(2026, 4, 1)),
        ((8, 1), dt.date(2025, 11, 1), dt.date(2026, 7, 1)),
        ((11,), dt.date(2026, 9, 1), dt.date(2026, 10, 1)),
        (tuple(range(12)), *fiscal_year_bounds(2569)),
    ],
)
def test_the_marked_months_of_a_fiscal_year_are_the_days_of_the_work(
    months: tuple[int, ...], begins: dt.date, ends: dt.date
) -> None:
    assert rules.days_of_work(months, 2569) == (begins, ends)


def test_a_row_without_a_marked_month_names_no_days() -> None:
    assert rules.days_of_work((), 2569) is None


def key(name: str, ordinal: int | None = 1, place: int = 1, section: str = "") -> RowKey:
    return RowKey("ผ.02", section, ordinal, name, place)


def test_the_same_name_and_place_is_found_wherever_it_moved() -> None:
    assert match_rows([key("ก", 1), key("ข", 2)], [key("ข", 1), key("ก", 2)]) == {0: 1, 1: 0}


def test_two_rows_alike_match_in_their_order() -> None:
    assert match_rows([key("ก", 1), key("ก", 1)], [key("ก", 1), key("ก", 1)]) == {0: 0, 1: 1}


def test_numbers_that_start_again_under_a_label_are_told_apart() -> None:
    old = [key("ก", 1, section="2566"), key("ข", 1, section="2567")]
    assert match_rows(old, [key("ค", 1, section="2567")]) == {}


def test_a_changed_number_in_the_name_is_not_a_spelling() -> None:
    assert match_rows([key("ก่อสร้างถนนคสลซอย2หมู่ที่1")], [key("ก่อสร้างถนนคสลซอย3หมู่ที่1")]) == {}
    assert match_rows([key("ก่อสรางถนนคสลซอย2หมู่ที่1")], [key("ก่อสร้างถนนคสลซอย2หมู่ที่1")]) == {0: 0}


rows = st.lists(st.builds(key, st.sampled_from("กขคง"), st.integers(1, 4) | st.none(), st.integers(1, 2)), max_size=12)


@given(rows, rows)
def test_no_earlier_row_is_taken_twice(old: list[RowKey], new: list[RowKey]) -> None:
    matches = match_rows(old, new)
    assert len(set(matches.values())) == len(matches)
    assert all(0 <= i < len(new) and 0 <= j < len(old) for i, j in matches.items())


@given(rows)
def test_an_unchanged_list_matches_itself_whole(same: list[RowKey]) -> None:
    assert len(match_rows(same, same)) == len(same)
