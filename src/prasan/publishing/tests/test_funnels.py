"""The funnels: every request ends in one place, and the page shows the same figures."""

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.publishing.drawings.map import map_svg
from prasan.publishing.funnels import CoordinationFunnel, NeedFunnel, Tally, shown_funnels
from prasan.publishing.machine import report_json
from prasan.publishing.pages.page import index_html
from prasan.publishing.paper.contents import plan_book
from prasan.publishing.parts import needs_reconciliation
from prasan.publishing.sheets.lists import plan_items_xlsx
from prasan.publishing.testing import make_report

SATANG = st.one_of(st.none(), st.integers(0, 10**14))
NEEDS = st.lists(st.tuples(st.sampled_from(sorted(NeedFunnel.NAMES)), SATANG))
REQUESTS = st.lists(st.tuples(st.sampled_from(sorted(CoordinationFunnel.NAMES)), SATANG))
FUNNEL = NeedFunnel(Tally(3, 100_00), Tally(1, 0), Tally(1, 33_33), Tally(1, 66_67), Tally())


@given(NEEDS)
def test_what_was_asked_is_what_came_to_its_places_to_the_satang(records: list[tuple[str, int | None]]) -> None:
    funnel = NeedFunnel.of(records)
    assert funnel.asked == sum((tally for _, tally in funnel.places), Tally())
    assert funnel.asked.count == len(records)
    assert funnel.asked.satang == sum(satang or 0 for _, satang in records)
    assert needs_reconciliation(funnel).difference == 0


@given(REQUESTS, st.integers(1, 9))
def test_a_record_lost_on_the_way_shows_as_a_difference(records: list[tuple[str, int | None]], lost: int) -> None:
    counted = NeedFunnel.of([], asked=Tally(lost))
    assert needs_reconciliation(counted).difference == lost
    requests = CoordinationFunnel.of(records)
    assert sum(tally.count for _, tally in requests.places) == len(records)


def test_the_order_in_which_records_come_changes_nothing() -> None:
    records = [("taken", 5), ("waiting", None), ("taken", 7), ("self_help", 1)]
    assert NeedFunnel.of(records) == NeedFunnel.of(reversed(records))
    assert NeedFunnel.of(records).taken == Tally(2, 12)


def test_a_place_that_does_not_exist_is_an_error_and_not_a_lost_record() -> None:
    with pytest.raises(KeyError):
        NeedFunnel.of([("forgotten", 1)])


def test_report_json_carries_the_funnels_with_their_satang() -> None:
    content = json.loads(report_json(replace(make_report(), needs=FUNNEL)))
    assert content["needs"]["asked"] == {"count": 3, "satang": 10000}
    assert content["needs"]["handed_over"] == {"count": 1, "satang": 6667}
    assert content["coordination"] is None


def test_shares_have_two_decimals_rounded_half_up() -> None:
    lines = shown_funnels(replace(make_report(), needs=FUNNEL))[0].lines
    assert [line.texts[2] for line in lines] == ["100.00%", "33.33%", "33.33%", "33.33%", "0.00%"]
    assert [line.texts[4] for line in lines] == ["100.00%", "0.00%", "33.33%", "66.67%", "0.00%"]
    half = NeedFunnel.of([("taken", None)] + [("waiting", None)] * 799)
    lines = shown_funnels(replace(make_report(), needs=half))[0].lines
    assert lines[2].texts[2] == "0.13%"  # 0.125 goes up
    assert {line.texts[4] for line in lines} == {"–"}


def test_the_book_tells_the_same_funnel_in_thai_digits() -> None:
    sections = plan_book(replace(make_report(), needs=FUNNEL)).chapters[0].sections
    table = next(section.table for section in sections if section.title.startswith("ความต้องการของชุมชน"))
    assert table is not None
    assert table.total == ("ขอมา", "๓", "๑๐๐.๐๐%", "๑๐๐", "๑๐๐.๐๐%")
    assert table.rows[2] == ("ส่งต่อ", "๑", "๓๓.๓๓%", "๖๖.๖๗", "๖๖.๖๗%")


def test_the_workbook_of_items_holds_the_funnel_in_baht() -> None:
    data = plan_items_xlsx(replace(make_report(), needs=FUNNEL))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["ผลของคำขอ"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert rows[0][1:] == ("ขอมา", 3, 100, 100, 100)
    assert rows[3][1:] == ("ส่งต่อ", 1, 33.33, 66.67, 66.67)


def test_the_page_shows_needs_and_requests_apart() -> None:
    requests = CoordinationFunnel.of([("accepted", 5_000_00), ("awaiting", 2_500_50)])
    report = replace(make_report(), needs=FUNNEL, coordination=requests)
    text = index_html(report, drawings={"map": map_svg(report), "calendar": "<svg></svg>"}).decode()
    needs, coordination = re.findall(r'<table class="funnel">.*?</table>', text, re.DOTALL)
    assert "66.67%" in needs
    assert "7,500.50" in coordination
    assert "66.66%" in coordination  # 5,000.00 of 7,500.50
    assert "ยังไม่มีความต้องการ" not in text


def test_a_report_that_did_not_count_says_so() -> None:
    report = replace(make_report(), needs=None)
    text = index_html(report, drawings={"map": "<svg></svg>", "calendar": "<svg></svg>"}).decode()
    assert "ยังไม่มีความต้องการของชุมชน" in text
