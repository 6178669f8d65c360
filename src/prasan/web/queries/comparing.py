"""Two projects row by row, with the words that differ marked in both."""

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
class CompareRow:
    """One line of the comparison; `same` where both sides say the same."""

    label: str | Promise
    first: SafeString
    second: SafeString
    same: bool


def compare(first: Project, second: Project) -> list[CompareRow]:
    """What both projects say, line under line; lines empty on both sides are left out."""
    rows = [
        _row(_("ชื่อโครงการ"), first.name, second.name),
        _row(_("เจ้าของ"), name_of(first.owner), name_of(second.owner), whole=True),
        _row(_("ตอนนี้อยู่ที่"), *(name_of(integration.holder_of(one)) for one in (first, second)), whole=True),
        _row(_("พื้นที่"), _place(first), _place(second), whole=True),
        _row(_("ปีงบประมาณ"), str(first.fiscal_year), str(second.fiscal_year), whole=True),
        _row(_("จำนวนเงินแต่ละปี (บาท)"), _money(first), _money(second), whole=True),
        _row(_("ที่มา"), first.get_origin_display(), second.get_origin_display(), whole=True),
        _row(_("วัตถุประสงค์"), first.objective, second.objective),
        _row(_("เป้าหมาย"), first.target, second.target),
        _row(_("ตัวชี้วัด"), first.kpi, second.kpi),
        _row(_("ผู้รับผิดชอบ"), first.responsible, second.responsible, whole=True),
    ]
    return [row for row in rows if row is not None]


def beside(first: Project, second: Project) -> list[CompareRow]:
    """What tells where and for whom two different works are, line under line, without marks."""
    rows = (
        (_("ชื่อโครงการ"), first.name, second.name),
        (_("เจ้าของ"), name_of(first.owner), name_of(second.owner)),
        (_("ตอนนี้อยู่ที่"), name_of(integration.holder_of(first)), name_of(integration.holder_of(second))),
        (_("พื้นที่"), _place(first), _place(second)),
        (_("ปีงบประมาณ"), str(first.fiscal_year), str(second.fiscal_year)),
        (_("เป้าหมาย"), first.target, second.target),
        (_("จำนวนเงินแต่ละปี (บาท)"), _money(first), _money(second)),
        (_("ที่มา"), first.get_origin_display(), second.get_origin_display()),
    )
    return [CompareRow(label, _shown([(a, False)]), _shown([(b, False)]), False) for label, a, b in rows if a or b]


def _row(label: str | Promise, first: str, second: str, *, whole: bool = False) -> CompareRow | None:
    """Names and figures that differ are marked `whole`: a name cut inside a word is no word."""
    if not first and not second:
        return None
    same = first == second
    if same or not first or not second:
        return CompareRow(label, _shown([(first, False)]), _shown([(second, False)]), same)
    if whole:
        return CompareRow(label, _shown([(first, True)]), _shown([(second, True)]), False)
    found = matching.differing_words(first, second)
    return CompareRow(
        label,
        _shown(pieces(found.text_a, [(s.start, s.end) for s in found.spans_a])),
        _shown(pieces(found.text_b, [(s.start, s.end) for s in found.spans_b])),
        False,
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
