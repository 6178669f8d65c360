"""The list of the bodies the sources name: no table of the database, shown and exported like one."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prasan.web.lists import Column, Listing, ListSpec, Question, read_rows
from prasan.web.queries import institutions
from prasan.web.queries.institutions import InstitutionRow

QUESTIONS: tuple[Question, ...] = (
    ("q", _("ชื่อหรือชื่อย่อ"), None),
    ("year", _("มีอยู่ใน พ.ศ."), None),
    ("reach", _("ระดับ"), institutions.REACHES),
    ("group", _("อยู่ในชุด"), institutions.GROUPS),
)
SPEC: ListSpec[Any, InstitutionRow] = ListSpec(
    name="bodies-of-the-sources",
    columns=(
        Column("name", _("องค์กร"), lambda r: r.name, css="wide"),
        Column("abbreviation", _("ชื่อย่อ"), lambda r: r.abbreviation),
        Column("reach", _("ระดับ"), lambda r: r.reach),
        Column("years", _("ช่วงเวลา"), lambda r: r.years),
        Column("acts_in", _("มีหน้าที่ในระบบแผน"), lambda r: "; ".join(title for _key, title in r.acts_in), css="wide"),
        Column("certainty", _("ความแน่นอน"), lambda r: r.certainty, only="file"),
        Column("source", _("เอกสาร"), lambda r: r.source, only="file"),
    ),
    make=lambda row: row,
    default_order="name",
)


def read_institutions(request: HttpRequest) -> Listing[InstitutionRow]:
    """The page's list, in the order of the sources; a choice that is none, and a year that is none, are not asked."""
    asked = {}
    for key, _label, choices in QUESTIONS:
        value = request.GET.get(key, "").strip()[:200]
        if value and (choices is None or value in choices) and (key != "year" or value.isdecimal()):
            asked[key] = value
    return read_rows(request, SPEC, QUESTIONS, institutions.institution_rows(asked))
