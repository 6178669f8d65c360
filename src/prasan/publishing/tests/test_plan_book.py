"""The plan book: what it says, that its totals add up on paper, and that Thai is set right."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from prasan.common.money import Unit, format_baht, parse_amount
from prasan.common.text import to_arabic_digits, to_thai_digits
from prasan.publishing.drawings.map import map_svg
from prasan.publishing.paper import fonts
from prasan.publishing.paper.breaking import unbroken
from prasan.publishing.paper.contents import plan_book
from prasan.publishing.paper.docx import book_docx
from prasan.publishing.paper.fonts import UnableToFindFonts
from prasan.publishing.paper.pdf import book_pages, book_pdf, in_thai_digits
from prasan.publishing.parts import ProvinceReport
from prasan.publishing.testing import make_report
from prasan.publishing.wording import prose_digits

DAY = dt.date(2025, 9, 15)


@cache
def report() -> ProvinceReport:
    return make_report(items_each=17)


@cache
def pdf() -> bytes:
    return book_pdf(plan_book(report()), made_on=DAY, drawings={})


@cache
def pages() -> tuple[str, ...]:
    """Read the pages. Thai words come out garbled (pypdf knows no ActualText); figures and codes are right."""
    return tuple(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf())).pages)


@cache
def word() -> bytes:
    return book_docx(plan_book(report()), made_on=DAY, drawings={})


def closing_amounts(text: str) -> list[int]:
    """Give the amounts with two decimals that close a line, as satang: the last column of the tables."""
    found = re.findall(r"([0-9][0-9,]*\.[0-9]{2})\s*$", to_arabic_digits(text), re.MULTILINE)
    return [parse_amount(amount, unit=Unit.BAHT) or 0 for amount in found]


def test_every_level_has_a_chapter_and_the_annex_closes_the_book() -> None:
    titles = [chapter.title for chapter in plan_book(report()).chapters]
    assert titles == [
        "บทที่ ๑  ภาพรวม",
        "บทที่ ๒  แผนระดับจังหวัด",
        "บทที่ ๓  แผนระดับอำเภอ",
        "บทที่ ๔  แผนขององค์กรปกครองส่วนท้องถิ่น",
        "บทที่ ๕  แผนระดับหมู่บ้านและชุมชน",
        "บทที่ ๖  การส่งต่อโครงการเกินศักยภาพ",
        "บทที่ ๗  รายการที่อาจซ้ำซ้อน",
        "ภาคผนวก  แหล่งที่มาของข้อมูล",
    ]


def test_the_amounts_printed_on_the_pages_of_a_plan_add_up_to_its_printed_total() -> None:
    printed = closing_amounts("\n".join(pages()))
    plans = [plan for plan in report().plans if plan.items]
    assert len(plans) >= 6
    for plan in plans:
        amounts = [item.amount_satang for item in plan.items if item.amount_satang is not None]
        expected = [*amounts, sum(amounts)]
        places = range(len(printed) - len(expected) + 1)
        assert any(printed[n : n + len(expected)] == expected for n in places), plan.body


def test_the_amounts_in_the_word_tables_add_up_to_their_total_rows() -> None:
    checked = 0
    for table in docx.Document(io.BytesIO(word())).tables:
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        if not any("รวม" in cell for cell in cells[-1]) or "บาท" not in cells[0][-1]:
            continue
        *amounts, total = [parse_amount(row[-1], unit=Unit.BAHT) or 0 for row in cells[1:]]
        assert sum(amounts) == total
        checked += 1
    assert checked >= len([plan for plan in report().plans if plan.items])


def test_each_page_names_its_number_of_how_many_and_the_date_of_the_figures() -> None:
    last = to_thai_digits(str(len(pages())))
    for number, text in enumerate(pages()[1:], start=2):
        assert re.search(rf"(?<![๐-๙]){to_thai_digits(str(number))} \S+ {last}(?![๐-๙])", text)
        assert re.search(r"๑๕ \S+ ๒๕๖๘", text)


def test_the_head_of_a_long_table_is_repeated_on_its_next_page() -> None:
    first = next(n for n, text in enumerate(pages()) if "P46-69-00017" in text)
    heads = [len(re.findall(r"\(บา\S+\)\s*$", text, re.MULTILINE)) for text in pages()[first - 1 : first + 1]]
    assert "P46-69-00001" in pages()[first - 1]
    assert heads[0] >= 1
    assert heads[1] >= 1


def test_the_contents_lead_to_the_pages_where_the_chapters_begin() -> None:
    book = plan_book(report())
    entries = [
        title
        for chapter in book.chapters
        for title in (chapter.title, *(section.title for section in chapter.sections if section.in_contents))
    ]
    found = book_pages(book, made_on=DAY, drawings={})
    reader = pypdf.PdfReader(io.BytesIO(pdf()))
    marks: list[tuple[str, int]] = []

    def walk(outline: list[Any]) -> None:
        for entry in outline:
            if isinstance(entry, list):
                walk(entry)
            else:
                marks.append((entry.title, (reader.get_destination_page_number(entry) or 0) + 1))

    walk(reader.outline)
    assert marks == list(zip(entries, found, strict=True))


def texts_of(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        return [text for key, value in part.items() if key not in ("unbroken", "drawing") for text in texts_of(value)]
    return [text for value in part for text in texts_of(value)] if isinstance(part, (list, tuple)) else []


def test_numbers_for_people_are_in_thai_digits_and_codes_stay_as_they_are() -> None:
    texts = texts_of(asdict(plan_book(report())))
    codes = [text for text in texts if "P46-69-00001" in text]
    assert codes
    files = {value for item in report().items_once() for value in (item.source.file, item.source.sheet)}
    files |= {file.file for file in report().inputs}
    for text in texts:
        for known in files:
            text = text.replace(known, "")
        assert not re.search(r"[0-9]", re.sub(r"P46-69-\d+|ผ\.0\d", "", text)), text


def test_the_same_book_is_the_same_file() -> None:
    assert book_pdf(plan_book(report()), made_on=DAY, drawings={}) == pdf()
    assert book_docx(plan_book(report()), made_on=DAY, drawings={}) == word()


def test_an_empty_book_teaches_what_to_do() -> None:
    empty = plan_book(ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", DAY))
    for chapter in empty.chapters:
        said = [*chapter.paragraphs, *(text for section in chapter.sections for text in section.paragraphs)]
        assert any(said), chapter.title
    assert len(pypdf.PdfReader(io.BytesIO(book_pdf(empty, made_on=DAY, drawings={}))).pages) <= 6
    assert book_docx(empty, made_on=DAY, drawings={})


def test_text_that_looks_like_typst_or_xml_is_printed_as_it_is() -> None:
    plan = report().plans[0]
    nasty = replace(plan.items[0], name="#panic() *x* <b>&amp; $x$ \\ [a] \x0b")
    book = plan_book(replace(report(), plans=(replace(plan, items=(nasty,)),)))
    text = "\n".join(
        p.extract_text() for p in pypdf.PdfReader(io.BytesIO(book_pdf(book, made_on=DAY, drawings={}))).pages
    )
    assert "#panic() *x* <b>&amp; $x$" in text
    tables = docx.Document(io.BytesIO(book_docx(book, made_on=DAY, drawings={}))).tables
    assert any("#panic() *x* <b>&amp; $x$" in cell.text for table in tables for cell in table._cells)


def test_place_names_and_abbreviations_are_not_parted_at_the_end_of_a_line() -> None:
    whole = re.compile(unbroken(report()))
    for text in ("กมลาไสย", "อ.ร่องคำ", "อบต.หนองแวงใต้", "หมู่ที่ ๖,๑๐", "๑,๒๕๐ เมตร", "พ.ศ. ๒๕๖๙", "องค์การ"):
        assert whole.fullmatch(text), text


def test_the_word_book_has_thai_fonts_everywhere_and_no_theme_fonts() -> None:
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        styles, body = (archive.read(f"word/{name}.xml").decode() for name in ("styles", "document"))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "Theme=" not in styles
    assert 'w:cs="TH Sarabun New"' in styles
    assert 'w:bidi="th-TH"' in styles
    assert body.count("<w:sz ") == body.count("<w:szCs ")


def test_the_word_tables_repeat_their_head_keep_rows_whole_and_have_widths() -> None:
    document = docx.Document(io.BytesIO(word()))
    assert document.tables
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert sum(widths) == 9638
        assert len(widths) == len(table.columns)


def test_the_contents_of_the_word_book_are_a_filled_field() -> None:
    document = docx.Document(io.BytesIO(word()))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.lower().startswith("toc")]
    assert "บทที่ ๑  ภาพรวม\t๓" in lines
    assert any("TOC" in (element.text or "") for element in document.element.iter(qn("w:instrText")))


def test_without_fonts_the_refusal_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(fonts, "ROOT", tmp_path)
    with pytest.raises(UnableToFindFonts) as refused:
        fonts.font_dir()
    assert refused.value.code == "fonts_missing"
    assert "npm ci" in refused.value.message_en
    assert fonts.web_fonts() == {}


def test_the_cover_counts_each_item_once() -> None:
    book = plan_book(report())
    once = report().items_once()
    total = sum(item.amount_satang or 0 for item in once)
    assert book.figures[0][0] == to_thai_digits(f"{len(once):,}")
    assert book.figures[1][0] == format_baht(total, True)


def test_a_long_plan_is_also_summed_by_programme_to_the_same_total() -> None:
    plan = report().plans_of("LAO")[0]
    sections = [section for chapter in plan_book(report()).chapters for section in chapter.sections]
    title = to_thai_digits(f"สรุปตามแผนงาน {plan.body}")
    table = next(section.table for section in sections if section.title == title)
    assert table is not None
    assert table.total is not None
    parts = [parse_amount(row[-1], unit=Unit.BAHT) or 0 for row in table.rows]
    assert sum(parts) == parse_amount(table.total[-1], unit=Unit.BAHT) == plan.total_satang
    assert len(table.rows) == len({item.programme for item in plan.items})


def test_columns_in_which_every_row_would_say_the_same_give_their_room_to_the_names() -> None:
    plan = report().plans[0]
    bare = tuple(replace(item, place="", area_name="") for item in plan.items)
    book = plan_book(replace(report(), plans=(replace(plan, items=bare),)))
    table = book.chapters[1].sections[0].table
    assert table is not None
    assert [column.title for column in table.columns] == ["ลำดับ", "โครงการ", "งบประมาณ (บาท)"]
    assert sum(column.width for column in table.columns) == pytest.approx(1)
    assert {len(row) for row in (*table.rows, table.total or ())} == {3}


def test_plans_of_villages_stand_together_under_their_tambon_and_still_add_up() -> None:
    village = report().plans_of("VILLAGE")[0]
    plans = tuple(
        replace(village, body=f"กม. บ้านทดสอบ หมู่ที่ {n}", subdistrict_name="หนองแวง", district_name="สมเด็จ")
        for n in range(1, 4)
    )
    book = plan_book(replace(report(), plans=(*report().plans_of("PROVINCE"), *plans, replace(plans[0], items=()))))
    (section,) = book.chapters[4].sections
    assert section.title == "ตำบลหนองแวง อำเภอสมเด็จ"
    table = section.table
    assert table is not None
    assert table.total is not None
    assert [table.rows[n][0].split("\n")[0] for n in table.heads][:2] == [
        "กม. บ้านทดสอบ หมู่ที่ ๑  ๔ รายการ",
        "กม. บ้านทดสอบ หมู่ที่ ๒  ๔ รายการ",
    ]
    heads = [parse_amount(table.rows[n][-1], unit=Unit.BAHT) or 0 for n in table.heads]
    rows = [parse_amount(row[-1], unit=Unit.BAHT) or 0 for n, row in enumerate(table.rows) if n not in table.heads]
    total = parse_amount(table.total[-1], unit=Unit.BAHT)
    assert sum(heads) == sum(rows) == total == 3 * village.total_satang
    assert len(rows) == 12
    texts = pypdf.PdfReader(io.BytesIO(book_pdf(book, made_on=DAY, drawings={})))
    assert sum(page.extract_text().count("P46-69-90001") for page in texts.pages) == 3
    words = docx.Document(io.BytesIO(book_docx(book, made_on=DAY, drawings={})))
    assert any("บ้านทดสอบ หมู่ที่ ๓" in cell.text for t in words.tables for cell in t._cells)


def test_every_item_tells_the_file_sheet_and_row_it_was_read_from() -> None:
    book = plan_book(report())
    files = {file.file: n for n, file in enumerate(report().inputs, start=1)}
    item = report().plans_of("LAO")[0].items[0]
    told = [row[1] for s in book.chapters[3].sections if s.table for row in s.table.rows if item.code in row[1]]
    assert told
    number = files.get(item.source.file)
    name = f"เอกสาร {to_thai_digits(str(number))}" if number else item.source.file
    assert told[0].endswith(f"{item.code} · {name} › {item.source.sheet} › แถว {to_thai_digits(str(item.source.row))}")


def test_pairs_that_are_not_likely_are_counted_and_left_to_the_workbook() -> None:
    pair = report().pairs[0]
    pairs = (pair, replace(pair, probability=0.51), replace(pair, probability=0.49))
    chapter = plan_book(replace(report(), pairs=pairs)).chapters[6]
    table = chapter.sections[0].table
    assert table is not None
    assert len(table.rows) == 2
    assert "พบ ๓ คู่" in chapter.paragraphs[0]
    assert "อีก ๑ คู่อยู่ในไฟล์ pairs.xlsx" in chapter.paragraphs[0]
    unlikely = plan_book(replace(report(), pairs=pairs[2:])).chapters[6]
    assert unlikely.sections == ()
    assert "อีก ๑ คู่" in unlikely.paragraphs[0]


def test_what_many_hand_overs_share_is_said_once() -> None:
    first = report().handovers[0]
    lines = tuple(replace(first, project_code=f"P46-69-{n:05}", from_body=f"อบต.ทดสอบ {n % 2}") for n in range(1, 9))
    sections = plan_book(replace(report(), handovers=lines)).chapters[5].sections
    assert len(sections) == 1
    table = sections[0].table
    assert table is not None
    assert len(table.heads) == 2
    assert len(table.rows) == 10
    assert sum(text.count(first.reason) for text in texts_of(asdict(sections[0]))) == 1


def test_the_drawings_of_the_book_speak_thai_digits_and_keep_their_shapes() -> None:
    svg = map_svg(replace(report(), credits=("ทะเบียน (CC BY 4.0)",)))
    printed = in_thai_digits(svg)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", printed)
    assert any("๒๕๖๙" in text for text in texts)
    assert [text for text in texts if re.search(r"[0-9]", text)] == ["ทะเบียน (CC BY 4.0)"]
    assert re.sub(r">[^<>]*<", "><", printed) == re.sub(r">[^<>]*<", "><", svg)


def test_what_all_items_of_a_plan_share_is_said_above_its_table() -> None:
    plan = report().plans_of("LAO")[0]
    same = tuple(replace(item, place="ต.บัวขาว", owner="กองช่าง") for item in plan.items)
    section = plan_book(replace(report(), plans=(replace(plan, items=same),))).chapters[3].sections[0]
    assert "พื้นที่ทุกรายการ: ต.บัวขาว" in section.paragraphs
    assert "หน่วยรับผิดชอบทุกรายการ: กองช่าง" in section.paragraphs
    assert section.table is not None
    assert len(section.table.columns) == 3


def test_numbers_inside_latin_words_keep_their_digits() -> None:
    assert prose_digits("กิจกรรม 3Rs ป้องกัน COVID-19 ระบบ 4G ซอย 4 ยาว 1,250.50 เมตร ปี 2568-2570") == (
        "กิจกรรม 3Rs ป้องกัน COVID-19 ระบบ 4G ซอย ๔ ยาว ๑,๒๕๐.๕๐ เมตร ปี ๒๕๖๘-๒๕๗๐"
    )
