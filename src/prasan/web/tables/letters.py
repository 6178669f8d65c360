"""The register of letters: what the list shows, sorts and filters."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.letters.models import Letter, LetterState
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.wording import language, name_of, state_of


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter in the register."""

    pk: int
    number: str
    dated_on: date | None
    subject: str
    sender: str
    catalogue: str
    fiscal_year: int
    addressees: int
    state: str


def letter_rows(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with the number of their addressees and a day to sort by."""
    return letters.select_related("sender__area").annotate(
        addressee_count=Count("addressees", distinct=True), day_sort=Coalesce(F("dated_on"), Value(date.max))
    )


def catalogue_name(code: str) -> str:
    """A letter of the catalogue by its name; a code of none as it is."""
    found = next((letter for letter in rulebook.load().letters if letter.code == code), None)
    return f"{code} {found.name.say(language())}" if found is not None else code


def make_letter(letter: Letter) -> LetterRow:
    """The row of one letter."""
    return LetterRow(
        letter.pk,
        letter.number,
        letter.dated_on,
        letter.subject,
        name_of(letter.sender),
        catalogue_name(letter.catalogue),
        letter.fiscal_year,
        letter.addressee_count,  # type: ignore[attr-defined]
        letter.state,
    )


def _about(rows: QuerySet[Letter], value: str) -> QuerySet[Letter]:
    return rows.filter(subject__contains=value)


def _of_year(rows: QuerySet[Letter], value: str) -> QuerySet[Letter]:
    return rows.filter(fiscal_year=value) if value.isdecimal() else rows


def letters_spec() -> ListSpec[Letter, LetterRow]:
    """The register, drafts first, then the latest."""
    catalogue = tuple((letter.code, catalogue_name(letter.code)) for letter in rulebook.load().letters)
    return ListSpec(
        name="letters",
        columns=(
            Column("subject", _("เรื่อง"), lambda r: r.subject, order=by("subject"), css="name"),
            Column("number", _("เลขที่"), lambda r: r.number),
            Column("day", _("ลงวันที่"), lambda r: r.dated_on, "date", by("day_sort")),
            Column("sender", _("จาก"), lambda r: r.sender, order=by("sender__sort_key")),
            Column("catalogue", _("หนังสือตามปฏิทิน"), lambda r: r.catalogue, order=by("catalogue")),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("addressees", _("ผู้รับ"), lambda r: r.addressees, "number", by("addressee_count")),
            Column("state", _("สถานะ"), lambda r: state_of("letter", r.state).word, order=by("state")),
        ),
        make=make_letter,
        default_order="-day",
        filters=(
            Filter("q", _("คำในเรื่อง"), _about),
            Filter("catalogue", _("หนังสือตามปฏิทิน"), exact_filter("catalogue"), catalogue),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(LetterState.choices)),
            Filter("year", _("ปีงบประมาณ"), _of_year),
        ),
    )
