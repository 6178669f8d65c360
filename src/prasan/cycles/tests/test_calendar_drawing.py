"""The calendar as a drawing: lanes, bars, months, today."""

import datetime as dt
import itertools
import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from prasan.common.svg import svg_text, text_width
from prasan.cycles.drawing import CalendarStep, calendar_svg
from prasan.cycles.queries import calendar_steps
from prasan.cycles.sheet import CHART_WIDTH, CHART_X, WIDTH
from prasan.cycles.wording import LANES, window_text, wrap
from prasan.rulebook import systems

SVG = "{http://www.w3.org/2000/svg}"
MOI = calendar_steps("moi_2559", 2568)


def _draw(**changes: object) -> str:
    arguments: dict[str, object] = {"steps": MOI, "fiscal_year": 2568, "title": "ปฏิทิน"} | changes
    steps = arguments.pop("steps")
    return calendar_svg(steps, **arguments)


def _tree(svg: str) -> Element:
    return fromstring(svg)


def _texts(svg: str) -> list[str]:
    return [element.text or "" for element in _tree(svg).iter(f"{SVG}text")]


def _bars(svg: str) -> dict[str, tuple[float, float]]:
    """First word of the bar's title (the step's number) -> left and right edge."""
    found = {}
    for group in _tree(svg).iter(f"{SVG}g"):
        title, rect = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
        assert title is not None
        assert title.text
        assert rect is not None
        left = float(rect.attrib["x"])
        found[title.text.split()[0]] = (left, left + float(rect.attrib["width"]))
    return found


def test_a_bar_covers_exactly_the_months_of_its_window() -> None:
    month = CHART_WIDTH / 10  # January to October
    bars = _bars(_draw())
    assert list(bars) == ["1", "2a", "2b", "3a", "3b", "4", "5"]
    for number, first, last in (("1", 0, 2), ("2a", 2, 5), ("3b", 3, 5), ("4", 6, 9), ("5", 9, 10)):
        assert bars[number] == pytest.approx((CHART_X + first * month, CHART_X + last * month), abs=0.11)


def test_a_last_day_inside_a_month_ends_the_bar_inside_the_month() -> None:
    bars = _bars(calendar_svg(calendar_steps("annual_2545", 2545), fiscal_year=2545, title="x"))
    month = CHART_WIDTH / 19
    assert bars["3.3"][1] == pytest.approx(CHART_X + (4 + 15 / 30) * month, abs=0.11)


def test_the_months_are_named_in_thai_with_buddhist_years() -> None:
    texts = _texts(_draw())
    assert [text for text in texts if re.fullmatch(r"[ก-ฮ]\.[ก-ฮ]\.|มี\.ค\.|เม\.ย\.|มิ\.ย\.", text)] == [
        "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",
    ]  # fmt: skip
    assert "พ.ศ. 2566" in texts
    assert "ปีงบประมาณ 2566" in texts
    assert "ม.ค. – ก.พ. 2566" in texts
    assert not any("2023" in text for text in texts)


def test_an_english_calendar_says_everything_in_english() -> None:
    svg = _draw(title="Calendar", language="en")
    texts = _texts(svg)
    assert "Jan – Feb 2023" in texts
    assert "B.E. 2566 / 2023" in texts
    assert not re.search("[ก-๛]", "".join(texts))


def test_today_is_a_line_only_when_the_day_is_shown() -> None:
    inside = _draw(today=dt.date(2023, 4, 16))
    assert "วันนี้ 16 เม.ย. 2566" in _texts(inside)
    line = next(line for line in _tree(inside).iter(f"{SVG}line") if line.attrib["stroke"] == "#b3261e")
    assert float(line.attrib["x1"]) == pytest.approx(CHART_X + 3.5 * CHART_WIDTH / 10, abs=0.11)
    for outside in (None, dt.date(2022, 12, 31), dt.date(2023, 11, 1)):
        assert "วันนี้" not in _draw(today=outside)


def test_a_step_without_a_printed_date_has_its_row_and_no_bar() -> None:
    step = CalendarStep("9", "PROVINCE", "ขั้นที่ไม่มีวัน", "Step without a day", None, None, "-")
    svg = _draw(steps=(*MOI, step))
    assert "9" not in _bars(svg)
    assert "เอกสารไม่ได้พิมพ์วันไว้" in _texts(svg)
    assert "ขั้นที่ไม่มีวัน" in _texts(svg)


def test_a_system_without_any_date_is_drawn_over_its_fiscal_year() -> None:
    step = CalendarStep("1", "PROVINCE", "ขั้น", "Step", None, None, "-")
    texts = _texts(_draw(steps=(step,)))
    assert "ปีงบประมาณ 2568" in texts
    assert {"พ.ศ. 2567", "พ.ศ. 2568"} <= set(texts)


def test_no_steps_give_an_empty_sheet_and_no_fault() -> None:
    assert _bars(_draw(steps=())) == {}


def test_an_inferred_year_looks_different_from_a_printed_one_without_colour() -> None:
    assert 'stroke-dasharray="5 3"' in _draw().split("</g>")[0]
    printed = calendar_svg(calendar_steps("annual_2545", 2545), fiscal_year=2545, title="x")
    assert 'stroke-dasharray="5 3"' not in printed.split("<g>", 1)[1].rsplit("</g>", 1)[0]


def test_steps_stand_together_in_the_lane_of_their_level() -> None:
    steps = calendar_steps("annual_2545", 2545)
    svg = calendar_svg(steps, fiscal_year=2545, title="x")
    order = list(_bars(svg))
    lanes = {step.number: step.lane for step in steps}
    changes = sum(lanes[a] != lanes[b] for a, b in itertools.pairwise(order))
    assert changes == len(set(lanes.values())) - 1
    assert sorted(order) == sorted(lanes)


@pytest.mark.parametrize(("system", "fiscal_year"), [("moi_2559", 2568), ("moi_2558", 2560), ("annual_2545", 2545)])
@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_leaves_the_sheet(system: str, fiscal_year: int, language: str) -> None:
    svg = calendar_svg(
        calendar_steps(system, fiscal_year), fiscal_year=fiscal_year, title="ปฏิทิน " * 40, language=language
    )
    height = float(_tree(svg).attrib["height"])
    for element in _tree(svg).iter(f"{SVG}text"):
        x, y, text = float(element.attrib["x"]), float(element.attrib["y"]), element.text or ""
        size = float(element.attrib.get("font-size", 13))
        width = text_width(text, size)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.attrib.get("text-anchor", "start")]
        assert left >= 0, text
        assert left + width <= WIDTH, text
        assert 0 < y < height


def test_a_page_with_a_strict_policy_keeps_the_drawing() -> None:
    svg = _draw(today=dt.date(2023, 4, 16))
    assert "<style" not in svg
    assert " style=" not in svg
    assert "<script" not in svg
    assert "href" not in svg


def test_hostile_names_stay_text() -> None:
    step = CalendarStep("1", "<lane>", 'ก<script>alert("1")</script>&\x00', "x", None, None, "-")
    svg = _draw(steps=(step,), title="</title><script>")
    assert "<script" not in svg
    assert any("<script>" in text for text in _texts(svg))


def test_the_drawing_of_the_same_calendar_is_the_same() -> None:
    assert _draw(today=dt.date(2023, 4, 16)) == _draw(today=dt.date(2023, 4, 16))


def test_am_is_taken_apart_so_that_every_renderer_draws_it_right() -> None:
    assert svg_text("น้ำ") == "น\u0e4d\u0e49า"
    assert svg_text("ตำบล") == "ต\u0e4dาบล"
    svg = _draw(title="น้ำ คำ")
    assert "\u0e33" not in "".join(_texts(svg))
    title = _tree(svg).find(f"{SVG}title")
    assert title is not None
    assert title.text == "น้ำ คำ"  # read aloud and searched for, so as it is typed


@pytest.mark.parametrize(
    ("starts_on", "ends_before", "thai", "english"),
    [
        (dt.date(2023, 1, 1), dt.date(2023, 3, 1), "ม.ค. – ก.พ. 2566", "Jan – Feb 2023"),
        (dt.date(2023, 10, 1), dt.date(2023, 11, 1), "ต.ค. 2566", "Oct 2023"),
        (dt.date(2022, 11, 1), dt.date(2023, 2, 1), "พ.ย. 2565 – ม.ค. 2566", "Nov 2022 – Jan 2023"),
        (dt.date(2000, 7, 1), dt.date(2000, 9, 16), "1 ก.ค. – 15 ก.ย. 2543", "1 Jul – 15 Sep 2000"),
        (dt.date(2023, 5, 1), dt.date(2023, 5, 16), "1 พ.ค. – 15 พ.ค. 2566", "1 May – 15 May 2023"),
        (dt.date(2023, 4, 20), dt.date(2023, 4, 21), "20 เม.ย. 2566", "20 Apr 2023"),
        (dt.date(2023, 4, 30), dt.date(2023, 5, 1), "30 เม.ย. 2566", "30 Apr 2023"),
        (dt.date(2022, 5, 1), dt.date(2023, 6, 1), "พ.ค. 2565 – พ.ค. 2566", "May 2022 – May 2023"),
        (None, None, "", ""),
    ],
)
def test_a_window_is_said_as_officers_write_it(
    starts_on: dt.date | None, ends_before: dt.date | None, thai: str, english: str
) -> None:
    assert window_text(starts_on, ends_before) == thai
    assert window_text(starts_on, ends_before, "en") == english


def test_a_long_name_is_broken_without_losing_a_letter() -> None:
    name = "กพอ. จัดทำแผนพัฒนาอำเภอประจำปี และแผนความต้องการ/โครงการ (ทุกระดับ) จังหวัดละ 1 ชุด"
    lines = wrap(name, width=150, size=13)
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all("1 ชุด" in line for line in lines if "ชุด" in line)


def test_every_lane_of_the_rulebook_has_a_name_in_both_languages() -> None:
    assert set(LANES) == set(systems.LANES)
    assert all(thai and english for thai, english in LANES.values())
