"""The sheet official papers are written on: margins, type and the building blocks of letters and minutes.

Layout as in the regulation on official correspondence (domain 6.8): left 3 cm, right 2 cm, Sarabun 16, single
spacing. The emblem is not bundled: its licence is not known, so its place is left free (docs/decisions/0008).
"""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from prasan.common.text import to_thai_digits
from prasan.publishing.paper.word import field_xml, run_xml, set_fonts

SIZE = 16
CENTRE = 1


class Sheet:
    """A4 in the official margins and type: left 3 cm, right 2 cm, TH Sarabun 16."""

    def __init__(self, thai_digits: bool) -> None:
        self.thai_digits = thai_digits
        self.document: Document = docx.Document()
        normal = self.document.styles["Normal"]
        set_fonts(normal.element.get_or_add_rPr(), size=SIZE)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.0
        defaults = self.document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        if defaults is not None:
            set_fonts(defaults, size=SIZE)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin = Mm(30), Mm(20)
        page.top_margin, page.bottom_margin = Mm(25), Mm(20)

    def heading(self, *lines: str) -> None:
        for text in lines:
            self._add(run_xml(self._digits(text), size=SIZE, bold=True)).alignment = CENTRE
        self._add(run_xml("_" * 22)).alignment = CENTRE

    def bold(self, text: str, *, plain: str = "") -> None:
        paragraph = self._add(run_xml(self._digits(text), size=SIZE, bold=True) + (run_xml(plain) if plain else ""))
        paragraph.paragraph_format.space_before = Pt(6)

    def line(self, head: str, text: str) -> None:
        """A head in bold and its words after a stop, hanging under themselves."""
        xml = run_xml(self._digits(head), size=SIZE, bold=True) + "<w:r><w:tab/></w:r>" + run_xml(self._digits(text))
        form = self._add(xml).paragraph_format
        form.space_before, form.left_indent, form.first_line_indent = Pt(6), Mm(32), Mm(-32)
        form.tab_stops.add_tab_stop(Mm(32))

    def indented(self, text: str) -> None:
        for part in text.splitlines():
            self._add(run_xml(self._digits(part))).paragraph_format.left_indent = Mm(32 if part == "- ไม่มี -" else 12.5)

    def tabbed(self, text: str, after: str) -> None:
        """A line of a list and the role at its end; what is too long for a line goes on under itself."""
        role = "<w:r><w:tab/></w:r>" + run_xml(after) if after else ""
        form = self._add(run_xml(self._digits(text)) + role).paragraph_format
        form.left_indent, form.first_line_indent = Mm(19), Mm(-6.5)
        form.tab_stops.add_tab_stop(Mm(115))

    def signed(self, name: str, role: str) -> None:
        """The name and office of who signs; what stands before it stays on its page."""
        if self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        for n, text in enumerate((f"({name})" if name else "(" + "." * 40 + ")", *(role.splitlines() or [""]))):
            paragraph = self._add(run_xml(text))
            paragraph.paragraph_format.keep_with_next = n == 0  # never a name without its office
            paragraph.paragraph_format.left_indent = Mm(75)
            paragraph.paragraph_format.space_before = Pt(36 if n == 0 else 0)
            paragraph.alignment = CENTRE

    def numbered(self) -> None:
        """Number the pages from the second on, above the text: - ๒ -."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance = Mm(12)
        if self.thai_digits:
            numbers = OxmlElement("w:pgNumType")
            numbers.set(qn("w:fmt"), "thaiNumbers")
            # The schema wants it before the columns of the section.
            section._sectPr.insert([child.tag for child in section._sectPr].index(qn("w:cols")), numbers)
        head = section.header.paragraphs[0]
        head.alignment = CENTRE
        _append(head, run_xml("- ") + field_xml("PAGE", self._digits("2")) + run_xml(" -"))

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _digits(self, text: str) -> str:
        return to_thai_digits(text) if self.thai_digits else text

    def _add(self, xml: str) -> Any:
        paragraph = self.document.add_paragraph()
        _append(paragraph, xml)
        return paragraph

    def new_page(self) -> None:
        """What follows begins on a page of its own."""
        self._add('<w:r><w:br w:type="page"/></w:r>')

    def space_for_emblem(self) -> None:
        """Three centimetres at the head, where the office prints or stamps its emblem."""
        self._add(run_xml(" ")).paragraph_format.space_after = Mm(24)

    def two_columns(self, left: str, right: str) -> None:
        """The number on the left, the sender on the right of the page."""
        xml = run_xml(self._digits(left)) + "<w:r><w:tab/></w:r>" + run_xml(self._digits(right))
        form = self._add(xml).paragraph_format
        form.left_indent, form.first_line_indent = Mm(95), Mm(-95)  # a long right side wraps under itself
        form.tab_stops.add_tab_stop(Mm(95))

    def plain(self, text: str, *, indent: float = 0, before: float = 6, stays: bool = False) -> None:
        """A line of its own; `stays` keeps it on the page of what follows."""
        form = self._add(run_xml(self._digits(text))).paragraph_format
        form.keep_with_next = stays
        form.space_before, form.left_indent = Pt(before), Mm(indent)

    def paragraph(self, text: str, *, stays: bool = False) -> None:
        """A paragraph of the text, its first line indented 2.5 cm; `stays` keeps it whole, with what follows."""
        form = self._add(run_xml(self._digits(text))).paragraph_format
        form.keep_with_next = form.keep_together = stays
        form.space_before, form.first_line_indent = Pt(6), Mm(25)

    def texts(self, paragraphs: Sequence[str]) -> None:
        """The text of a paper; its last paragraph stays with the signature, so that no name stands alone on a page."""
        for n, text in enumerate(paragraphs, start=1):
            self.paragraph(text, stays=n == len(paragraphs))

    def headed(self, head: str, text: str, *, wide: bool = False) -> None:
        """เรื่อง, เรียน, อ้างถึง: a head and its words, hanging under themselves; `wide` for the longest head."""
        xml = run_xml(self._digits(head)) + "<w:r><w:tab/></w:r>" + run_xml(self._digits(text))
        form = self._add(xml).paragraph_format
        indent = Mm(32 if wide else 18)
        form.space_before, form.left_indent, form.first_line_indent = Pt(6), indent, -indent
        form.tab_stops.add_tab_stop(indent)


def _append(paragraph: Any, xml: str) -> None:
    for element in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
        paragraph._p.append(element)
