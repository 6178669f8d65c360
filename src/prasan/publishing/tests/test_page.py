"""The page one can mail: whole, safe, in Thai, with nothing fetched from elsewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from prasan.publishing.drawings.map import map_svg
from prasan.publishing.pages.page import index_html
from prasan.publishing.pages.words import compared
from prasan.publishing.parts import Part, ProvinceReport, Reconciliation, Sums
from prasan.publishing.testing import make_report


def page(report: ProvinceReport) -> str:
    return index_html(report, drawings={"map": map_svg(report), "calendar": "<svg></svg>"}).decode()


class Balance(HTMLParser):
    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_its_links_lead_to_its_own_parts() -> None:
    read = Balance()
    read.feed(page(make_report()))
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = page(make_report())
    assert "<script" not in text
    assert "default-src 'none'" in text
    without_names = text.replace("http://www.w3.org/2000/svg", "").replace("http://example.invalid/", "")
    assert not re.search(r"https?://|//[a-z]", re.sub(r"base64,[^)]*", "", without_names))


def test_what_people_typed_cannot_become_markup() -> None:
    report = make_report()
    plan = report.plans[0]
    nasty = replace(plan.items[0], name='<script>alert(1)</script>"&')
    text = page(replace(report, plans=(replace(plan, items=(nasty,)),)))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_every_plan_prints_the_total_of_its_rows() -> None:
    report = make_report()
    text = page(report)
    for plan in report.plans:
        assert f"<b>{plan.body}</b> <span>{len(plan.items):,} รายการ</span>" in text
    assert "10,634,011" not in text
    assert text.count("<tfoot>") == sum(bool(plan.items) for plan in report.plans)


def test_an_empty_report_teaches_in_every_part() -> None:
    empty = ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", make_report().generated_on)
    assert page(empty).count('class="empty"') >= 9


def test_a_sum_that_does_not_reconcile_is_shown_with_its_difference() -> None:
    out = Reconciliation("amounts", "วงเงินที่อ่านได้", "read", "satang", 101, (Part("ขึ้นทะเบียน", "registered", 100),))
    text = page(replace(make_report(), sums=Sums(reconciliations=(out,))))
    assert "ไม่ตรงกัน ต่าง 0.01" in text


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    left, right = compared("ก่อสร้างถนน หมู่ที่ 4", "ก่อสร้างถนน หมู่ที่ 14")
    assert [word.text for word in left if word.differs] == ["4"]
    assert [word.text for word in right if word.differs] == ["14"]


THAI = st.text(st.sampled_from("กขคนมาิีุู่้ำเแไ 12ab.\n"), max_size=30)


@given(THAI, THAI)
def test_marking_never_changes_a_name(first: str, second: str) -> None:
    left, right = compared(first, second)
    assert "".join(word.text for word in left) == first
    assert "".join(word.text for word in right) == second
    if first == second:
        assert not any(word.differs for word in left)
