"""The list of pairs that may be the same."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, When
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common.text import search_key
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.queries.amounts import none_last, of_area, project_amount
from prasan.web.tables.records import area_filter, called
from prasan.web.wording import language, name_of, state_of


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair in the list."""

    pk: int
    first_code: str
    first_name: str
    first_owner: str
    first_amount: int | None
    second_code: str
    second_name: str
    second_owner: str
    second_amount: int | None
    at_stake: int | None
    percent: int
    verdict: str
    reasons: tuple[str, ...]
    decision: str


def pair_rows() -> QuerySet[Pair]:
    """Pairs with both projects, what each asks, and what would be paid twice: the lesser of the two (satang)."""
    rows = Pair.objects.select_related("first__owner__area", "second__owner__area").annotate(
        first_amount=project_amount("first"), second_amount=project_amount("second")
    )
    # Databases do not agree on the least of something and nothing, so both must be there.
    both = When(first_amount__isnull=False, second_amount__isnull=False, then=Least("first_amount", "second_amount"))
    return rows.annotate(at_stake=Case(both, output_field=BigIntegerField()))


def reasons_of(pair: Pair) -> tuple[str, ...]:
    """Why the engine found them alike, in the reader's language."""
    return tuple(str(reason.get(language()) or reason.get("th", "")) for reason in pair.reasons)


def percent_of(pair: Pair) -> int:
    """The likelihood in whole per cent; a machine is never certain, so it stops at 99."""
    return min(99, round(pair.probability * 100))


def make_pair(pair: Pair) -> PairRow:
    """The row of one pair."""
    return PairRow(
        pk=pair.pk,
        first_code=pair.first.code,
        first_name=pair.first.name,
        first_owner=name_of(pair.first.owner),
        first_amount=pair.first_amount,  # type: ignore[attr-defined]
        second_code=pair.second.code,
        second_name=pair.second.name,
        second_owner=name_of(pair.second.owner),
        second_amount=pair.second_amount,  # type: ignore[attr-defined]
        at_stake=pair.at_stake,  # type: ignore[attr-defined]
        percent=percent_of(pair),
        verdict=pair.verdict,
        reasons=reasons_of(pair),
        decision=pair.decision,
    )


def _named(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    key = search_key(value)
    return rows.filter(Q(first__name_key__contains=key) | Q(second__name_key__contains=key))


def _in_place(rows: QuerySet[Pair], code: str) -> QuerySet[Pair]:
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    if area is None:
        return rows.none()
    return rows.filter(of_area(area, "first__area") | of_area(area, "second__area"))


def _of_owner(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value)).values("pk")
    return rows.filter(Q(first__owner__in=named) | Q(second__owner__in=named))


def pairs_spec(area_code: str = "") -> ListSpec[Pair, PairRow]:
    """The list of pairs, the likeliest first."""
    return ListSpec(
        name="pairs",
        columns=(
            Column("pair", _("สองโครงการ"), lambda r: "", order=by("first__code"), css="wide", only="page"),
            Column("code_1", _("รหัสที่ 1"), lambda r: r.first_code, only="file"),
            Column("name_1", _("โครงการที่ 1"), lambda r: r.first_name, css="name", only="file"),
            Column("owner_1", _("เจ้าของที่ 1"), lambda r: r.first_owner, only="file"),
            Column("amount_1", _("จำนวนเงินที่ 1"), lambda r: r.first_amount, "money", only="file"),
            Column("code_2", _("รหัสที่ 2"), lambda r: r.second_code, only="file"),
            Column("name_2", _("โครงการที่ 2"), lambda r: r.second_name, css="name", only="file"),
            Column("owner_2", _("เจ้าของที่ 2"), lambda r: r.second_owner, only="file"),
            Column("amount_2", _("จำนวนเงินที่ 2"), lambda r: r.second_amount, "money", only="file"),
            Column("at_stake", _("เงินที่อาจซ้ำ"), lambda r: r.at_stake, "money", none_last("at_stake")),
            Column("percent", _("โอกาสซ้ำ (ร้อยละ)"), lambda r: r.percent, "number", F("probability")),
            Column("verdict", _("ระบบเห็นว่า"), lambda r: state_of("verdict", r.verdict).word, order=by("verdict")),
            Column("reasons", _("เหตุผล"), lambda r: ", ".join(r.reasons), css="chips-cell"),
            Column("decision", _("ผลพิจารณา"), lambda r: state_of("pair", r.decision).word, order=by("decision")),
        ),
        make=make_pair,
        default_order="-percent",
        filters=(
            Filter("q", _("คำในชื่อ"), _named),
            Filter("place", _("ชื่อพื้นที่"), lambda rows, value: called(rows, value, "first__area", "second__area")),
            Filter("owner", _("เจ้าของ"), _of_owner),
            *area_filter(area_code, _in_place),
            Filter("verdict", _("ระบบเห็นว่า"), exact_filter("verdict"), tuple(Verdict.choices)),
            Filter("decision", _("ผลพิจารณา"), exact_filter("decision"), tuple(PairDecision.choices)),
        ),
        page_size=30,
    )
