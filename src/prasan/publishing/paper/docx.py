"""The plan book as a Word document, to be worked on further; the same book gives the same bytes."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from prasan.common.text import to_thai_digits
from prasan.publishing.paper.book import Book, Section
from prasan.publishing.paper.pdf import book_pages, drawing_png
from prasan.publishing.paper.word import field_xml, run_xml, safe, set_fonts, table_xml

_DEEP, _MUTED = "0B5563", "4A5763"
_TEXT_WIDTH_MM = 170
_TEXT_WIDTH = round(_TEXT_WIDTH_MM / 25.4 * 1440)
_END = "_end"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def book_docx(book: Book, *, made_on: dt.date, drawings: Mapping[str, str]) -> bytes:
    """Set the book; `drawings` are the SVGs its sections name. Raises `UnableToFindFonts` for the drawings."""
    document = docx.Document()
    _styles(document)
    _page(document, book)
    _cover(document, book)
    entries = list(_entries(book))
    _contents(document, entries, book_pages(book, made_on=made_on, drawings=drawings))
    marks = iter(range(len(entries)))
    for n, chapter in enumerate(book.chapters):
        heading = _heading(document, chapter.title, 1, f"_c{next(marks)}")
        if n and not chapter.sections:  # it only says what is missing
            heading.paragraph_format.page_break_before = False
            heading.paragraph_format.space_before = Pt(34)
        for paragraph in chapter.paragraphs:
            document.add_paragraph(paragraph)
        for section in chapter.sections:
            mark = f"_c{next(marks)}" if section.in_contents else ""
            _section(document, section, mark, drawings)
    end = f'<w:bookmarkStart w:id="{len(entries)}" w:name="{_END}"/><w:bookmarkEnd w:id="{len(entries)}"/>'
    _append(document.add_paragraph(), end)
    _properties(document, book, made_on)
    return _zipped(document)


def _entries(book: Book) -> Iterator[tuple[int, str]]:
    for chapter in book.chapters:
        yield 1, chapter.title
        yield from ((2, section.title) for section in chapter.sections if section.in_contents)


def _styles(document: Document) -> None:
    """Give the styles Thai fonts and sizes, and take the theme's fonts out of the document's defaults."""
    styles = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        set_fonts(defaults, size=15)
    looks = {"Normal": (15, False, ""), "Heading 1": (24, True, _DEEP), "Heading 2": (17, True, "1D2733")}
    for name, (size, bold, colour) in looks.items():
        style = styles[name]
        set_fonts(style.element.get_or_add_rPr(), size=size, bold=bold, colour=colour)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.space_before = Pt({"Heading 1": 0, "Heading 2": 12}.get(name, 0))
        style.paragraph_format.line_spacing = 1.0
    styles["Heading 1"].paragraph_format.page_break_before = True
    for level in (1, 2):
        style = styles.add_style(f"TOC {level}", 1)
        style.base_style = styles["Normal"]
        set_fonts(style.element.get_or_add_rPr(), size=15, bold=level == 1)
        style.paragraph_format.left_indent = Mm(7 * (level - 1))
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH_MM), 2, 1)
    for element in styles.element.iter(qn("w:rFonts")):
        for name in [key for key in element.attrib if key.endswith("Theme")]:
            del element.attrib[name]


def _page(document: Document, book: Book) -> None:
    """Set A4, a head with the book and the date of its figures, a foot with page n of m in Thai digits."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(22), Mm(18)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    section.different_first_page_header_footer = True
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:fmt"), "thaiNumbers")
    # The schema wants it before the columns of the section.
    section._sectPr.insert([child.tag for child in section._sectPr].index(qn("w:cols")), numbers)
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH_MM), 2)
    text = f"{book.title} {book.province} {book.year}"
    _append(head, run_xml(text, size=12, colour=_MUTED) + "<w:r><w:tab/></w:r>")
    _append(head, run_xml(book.date, size=12, colour=_MUTED))
    foot = section.footer.paragraphs[0]
    foot.alignment = 2
    # NUMPAGES knows no Thai digits in every reader; the page of the last bookmark is written like any page.
    pages = field_xml("PAGE", "๑") + run_xml(" จาก ") + field_xml(rf"PAGEREF {_END} \h", "๑")
    _append(foot, run_xml("หน้า ") + pages)


def _append(paragraph: Any, xml: str) -> None:
    for element in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
        paragraph._p.append(element)


def _cover(document: Document, book: Book) -> None:
    lines = ((book.title, 36.0, True, _DEEP), (book.province, 28.0, False, ""), (book.year, 22.0, False, _MUTED))
    for n, (text, size, bold, colour) in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(150 if n == 0 else 0)
        _append(paragraph, run_xml(text, size=size, bold=bold, colour=colour))
    for n, (number, words) in enumerate(book.figures):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(40 if n == 0 else 0)
        _append(paragraph, run_xml(number, size=22, bold=True) + run_xml(f"  {words}", colour=_MUTED))
    for n, text in enumerate((book.note, book.date)):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(150 if n == 0 else 0)
        _append(paragraph, run_xml(text, colour=_MUTED))


def _contents(document: Document, entries: list[tuple[int, str]], pages: list[int]) -> None:
    """Write the contents as one field, filled: Word may renew it, a reader without Word still sees it."""
    title = document.add_paragraph()
    title.paragraph_format.page_break_before = True
    _append(title, run_xml("สารบัญ", size=24, bold=True, colour=_DEEP))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="1"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for n, ((level, text), page) in enumerate(zip(entries, pages, strict=True)):
        paragraph = document.add_paragraph(style=f"TOC {level}")
        number = field_xml(rf"PAGEREF _c{n} \h", to_thai_digits(str(page)))
        words = f"{run_xml(text)}<w:r><w:tab/></w:r>{number}"
        link = f'<w:hyperlink w:anchor="_c{n}" w:history="1">{words}</w:hyperlink>'
        _append(paragraph, (begin if n == 0 else "") + link)
        if n == len(entries) - 1:
            _append(paragraph, '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def _heading(document: Document, text: str, level: int, mark: str) -> Paragraph:
    """Add a heading; one that stands outside the contents is only made to look like one."""
    if not mark:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(12)
        _append(paragraph, run_xml(text, size=17, bold=True))
        return paragraph
    paragraph = document.add_paragraph(style=f"Heading {level}")
    number = mark.removeprefix("_c")
    _append(
        paragraph,
        f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/><w:r><w:t xml:space="preserve">{safe(text)}</w:t></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/>',
    )
    return paragraph


def _section(document: Document, section: Section, mark: str, drawings: Mapping[str, str]) -> None:
    _heading(document, section.title, 2, mark)
    for text in section.paragraphs:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = section.table is not None
        _append(paragraph, run_xml(text, colour=_MUTED))
    if section.table is not None:
        # Before the closing section properties; a paragraph after it keeps two tables from growing together.
        document.element.body.insert(len(document.element.body) - 1, table_xml(section.table, width=_TEXT_WIDTH))
        after = document.add_paragraph()
        after.paragraph_format.line_spacing = Pt(6)
    if section.drawing in drawings:
        shape = document.add_picture(io.BytesIO(drawing_png(drawings[section.drawing])), width=Mm(_TEXT_WIDTH_MM))
        shape._inline.docPr.set("descr", section.title)


def _properties(document: Document, book: Book, made_on: dt.date) -> None:
    properties = document.core_properties
    midnight = dt.datetime(made_on.year, made_on.month, made_on.day, tzinfo=dt.UTC).replace(tzinfo=None)
    properties.title = f"{book.title} {book.province} {book.year}"
    properties.author = properties.last_modified_by = book.province
    properties.comments = ""
    properties.language = "th-TH"
    properties.created = properties.modified = midnight


def _zipped(document: Document) -> bytes:
    """Save with fixed dates inside the archive, so that the same book is the same file."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
