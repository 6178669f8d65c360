"""Two or more projects row by row, with the words that differ marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from prasan import matching
from prasan.common.money import format_baht
from prasan.integration import queries as integration
from prasan.projects.models import AmountKind, Project, Span
from prasan.web.wording import name_of, place_name

Piece = tuple[str, bool]  # text, and whether the other side differs


@dataclass(frozen=True, slots=True)
class Cell:
    """What one project says, and whether it says the same as the one it is held against."""

    number: int
    text: SafeString
    same: bool


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line of the comparison, a cell for each project."""

    label: str | Promise
    cells: list[Cell]


def compare(records: Sequence[Project], base: int = 0) -> list[CompareRow]:
    """What the projects say, line under line, each held against the one at `base`; lines empty everywhere are left out.

    Of two projects both are marked; of more only those that differ from the base, which is read first.
    """
    held = integration.holders(one.pk for one in records)
    holders = [held[one.pk].to_body if one.pk in held else one.owner for one in records]
    lines: list[tuple[str | Promise, list[str], bool]] = [
        (_("ชื่อโครงการ"), [one.name for one in records], False),
        (_("เจ้าของ"), [name_of(one.owner) for one in records], True),
        (_("ตอนนี้อยู่ที่"), [name_of(body) for body in holders], True),
        (_("พื้นที่"), [_place(one) for one in records], True),
        (_("ปีงบประมาณ"), [str(one.fiscal_year) for one in records], True),
        (_("จำนวนเงินแต่ละปี (บาท)"), [_money(one) for one in records], True),
        (_("ที่มา"), [one.get_origin_display() for one in records], True),
        (_("วัตถุประสงค์"), [one.objective for one in records], False),
        (_("เป้าหมาย"), [one.target for one in records], False),
        (_("ตัวชี้วัด"), [one.kpi for one in records], False),
        (_("ผู้รับผิดชอบ"), [one.responsible for one in records], True),
    ]
    return [CompareRow(label, _cells(texts, base, whole)) for label, texts, whole in lines if any(texts)]


def beside(first: Project, second: Project) -> list[CompareRow]:
    """What tells where and for whom two different works are, line under line, without marks."""
    rows: tuple[tuple[str | Promise, str, str], ...] = (
        (_("ชื่อโครงการ"), first.name, second.name),
        (_("เจ้าของ"), name_of(first.owner), name_of(second.owner)),
        (_("ตอนนี้อยู่ที่"), name_of(integration.holder_of(first)), name_of(integration.holder_of(second))),
        (_("พื้นที่"), _place(first), _place(second)),
        (_("ปีงบประมาณ"), str(first.fiscal_year), str(second.fiscal_year)),
        (_("เป้าหมาย"), first.target, second.target),
        (_("จำนวนเงินแต่ละปี (บาท)"), _money(first), _money(second)),
        (_("ที่มา"), first.get_origin_display(), second.get_origin_display()),
    )
    return [CompareRow(label, _unmarked(a, b)) for label, a, b in rows if a or b]


def _unmarked(*texts: str) -> list[Cell]:
    return [Cell(number, _shown([(text, False)]), same=False) for number, text in enumerate(texts, start=1)]


def _cells(texts: list[str], base: int, whole: bool) -> list[Cell]:
    """Names and figures that differ are marked `whole`: a name cut inside a word is no word."""
    if len(texts) == 2:
        one, other = marked(texts[0], texts[1], whole)
        return [Cell(1, one, texts[0] == texts[1]), Cell(2, other, texts[0] == texts[1])]
    cells = []
    for number, text in enumerate(texts):
        own = number == base
        shown = _shown([(text, False)]) if own else marked(texts[base], text, whole)[1]
        cells.append(Cell(number + 1, shown, not own and text == texts[base]))
    return cells


def marked(first: str, second: str, whole: bool = False) -> tuple[SafeString, SafeString]:
    """Both texts with the words that differ marked; `whole` marks all of them where they differ."""
    if first == second or not first or not second:
        return _shown([(first, False)]), _shown([(second, False)])
    if whole:
        return _shown([(first, True)]), _shown([(second, True)])
    found = matching.differing_words(first, second)
    return (
        _shown(pieces(found.text_a, [(s.start, s.end) for s in found.spans_a])),
        _shown(pieces(found.text_b, [(s.start, s.end) for s in found.spans_b])),
    )


def pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    """The text cut at the spans, each piece with whether it is one of them."""
    found: list[Piece] = []
    at = 0
    for start, end in spans:
        # A space more or less is no word that differs, and none is marked beside a word that does.
        words = text[start:end].strip()
        first = start + text[start:end].index(words)
        found += [(text[at:first], False), (words, True)]
        at = first + len(words)
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]


def _shown(found: list[Piece]) -> SafeString:
    if not "".join(text for text, _marked in found):
        return format_html("–")
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", t) if m else t,) for t, m in found))


def _place(project: Project) -> str:
    area = place_name(project.area)
    return f"{project.place_text} ({area})" if project.place_text and area else project.place_text or area


def _money(project: Project) -> str:
    """Planned money year by year, or budgeted where nothing was planned."""
    amounts = [year for year in project.years.all() if year.span == Span.IN]
    for kind in (AmountKind.PLANNED, AmountKind.BUDGETED):
        chosen = [year for year in amounts if year.kind == kind]
        if chosen:
            return " · ".join(f"{year.fiscal_year}: {format_baht(year.amount_satang)}" for year in chosen)
    return ""
