"""The list of rules: no table of the database, shown and exported like one."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.web.lists import Column, Listing, ListSpec, Question, read_rows
from prasan.web.queries import rulebook as book
from prasan.web.queries.rulebook import RuleRow
from prasan.web.wording import state_of

FILTERS: tuple[Question, ...] = (
    ("q", _("คำในกฎ หรือเลขกฎ"), None),
    ("on", _("มีผล ณ วันที่ เช่น 1 ต.ค. 2568"), None),
    ("topic", _("เรื่อง"), book.TOPICS),
    ("kind", _("ชนิดของกฎ"), book.KINDS),
    ("consequence", _("ผลเมื่อไม่เป็นไปตามกฎ"), book.CONSEQUENCES),
    ("certainty", _("ความแน่นอน"), {key: word for key, word in book.CERTAINTIES.items() if key != "-"}),
    ("how", _("ตรวจอย่างไร"), book.HOW),
)

SPEC: ListSpec[Any, RuleRow] = ListSpec(
    name="rules",
    columns=(
        Column("id", _("กฎ"), lambda r: r.id),
        Column("title", _("สาระ"), lambda r: r.title, css="wide"),
        Column("statement", _("ข้อความ"), lambda r: r.statement, css="wide", only="file"),
        Column("topic", _("เรื่อง"), lambda r: r.topic, only="file"),
        Column("kind", _("ชนิดของกฎ"), lambda r: r.kind, only="file"),
        Column("consequence", _("เมื่อไม่เป็นไปตามกฎ"), lambda r: state_of("consequence", r.consequence).word),
        Column("how", _("ตรวจอย่างไร"), lambda r: r.how),
        Column("state", _("สถานะ"), lambda r: state_of("rule", r.state).word),
        Column("certainty", _("ความแน่นอน"), lambda r: r.certainty, only="file"),
        Column("source", _("เอกสาร"), lambda r: r.source, only="file"),
    ),
    make=lambda row: row,
    default_order="id",
)


def asked_of(request: HttpRequest) -> dict[str, str]:
    """What the address asks; a choice that is none, and a day nobody can read, are not asked."""
    asked = {}
    for key, _label, choices in FILTERS:
        value = request.GET.get(key, "").strip()[:200]
        if (choices is None or value in choices) and (key != "on" or book.day_asked(value) is not None):
            asked[key] = value
    return asked


def read_rules(request: HttpRequest) -> Listing[RuleRow]:
    """The page's list: all rules that answer, in the order of their numbers."""
    asked = asked_of(request)
    rows = book.rule_rows(asked, book.day_asked(asked.get("on", "")) or timezone.localdate())
    return read_rows(request, SPEC, FILTERS, rows)
