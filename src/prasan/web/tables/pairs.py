"""The list of pairs that may be the same."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.exchange.models import Submission
from prasan.exchange.queries import pairs_of
from prasan.exchange.services import Within
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.integration.queries import Likely
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.queries.amounts import asked_of
from prasan.web.queries.pair_queue import DECIDED, SETTLED, decided, in_place, in_place_called, named, of_owner
from prasan.web.tables.records import area_filter
from prasan.web.wording import language, moment, name_of, place_name, state_of

COUNTED = 1_000  # pairs; a search that many answer is counted no further, for that takes longer than to show them


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
    open: bool
    place: str
    engine: str
    found_at: str
    decided_by: str
    decided_at: str
    decision_reason: str


def pair_rows() -> QuerySet[Pair]:
    """Pairs with both projects and what each asks."""
    return Pair.objects.select_related(
        "first__owner__area", "first__area", "second__owner__area", "second__area", "decided_by"
    ).prefetch_related("first__years", "second__years")


def reasons_of(pair: Pair | Likely | Within) -> tuple[str, ...]:
    """Why the engine found them alike, in the reader's language."""
    return tuple(str(reason.get(language()) or reason.get("th", "")) for reason in pair.reasons)


def percent_of(pair: Pair | Likely | Within) -> int:
    """The likelihood in whole per cent; a machine is never certain, so it stops at 99."""
    return min(99, round(pair.probability * 100))


def make_pair(pair: Pair) -> PairRow:
    """The row of one pair."""
    return PairRow(
        pk=pair.pk,
        first_code=pair.first.code,
        first_name=pair.first.name,
        first_owner=name_of(pair.first.owner),
        first_amount=asked_of(pair.first),
        second_code=pair.second.code,
        second_name=pair.second.name,
        second_owner=name_of(pair.second.owner),
        second_amount=asked_of(pair.second),
        at_stake=pair.at_stake_satang,
        percent=percent_of(pair),
        verdict=pair.verdict,
        reasons=reasons_of(pair),
        decision=pair.decision,
        open=pair.is_open,
        place=_places_of(pair),
        engine=pair.engine,
        found_at=moment(pair.found_at),
        decided_by=str(pair.decided_by or ""),
        decided_at=moment(pair.decided_at) if pair.decided_at else "",
        decision_reason=pair.decision_reason,
    )


def _places_of(pair: Pair) -> str:
    areas = (side.area or side.owner.area for side in (pair.first, pair.second))
    return " / ".join(dict.fromkeys(place_name(area) for area in areas if area is not None))


DECISIONS = (
    (PairDecision.WAITING, _("รอพิจารณา")),
    (DECIDED, _("พิจารณาแล้ว")),
    *((value, label) for value, label in PairDecision.choices if value != PairDecision.WAITING),
    (SETTLED, _("ไม่ต้องพิจารณาแล้ว (ถอนหรือรวมไปแล้ว)")),
)
ORDERS = (
    ("-at_stake", _("เงินที่อาจซ้ำมากก่อน")),
    ("-percent", _("น่าจะซ้ำมากก่อน")),
    ("place", _("ตามพื้นที่")),
    ("owner_1", _("ตามหน่วยงาน")),
)
"""In which order the queue is gone through."""


def _file_filter(file: Submission) -> Filter[Pair]:
    """The file an address asks for, as a filter that can be seen and taken away."""

    def apply(rows: QuerySet[Pair], _chosen: str) -> QuerySet[Pair]:
        return rows.filter(pk__in=pairs_of(file).order_by().values("pk"))

    return Filter("file", _("จากไฟล์"), apply, ((str(file.pk), file.name),))


def pairs_spec(area_code: str = "", file: Submission | None = None) -> ListSpec[Pair, PairRow]:
    """The queue of pairs: the most money that may be paid twice first."""
    return ListSpec(
        name="pairs",
        columns=(
            Column("pair", _("สองโครงการ"), lambda r: "", css="wide", only="page"),
            Column("code_1", _("รหัสที่ 1"), lambda r: r.first_code, only="file"),
            Column("name_1", _("โครงการที่ 1"), lambda r: r.first_name, css="name", only="file"),
            Column("owner_1", _("เจ้าของที่ 1"), lambda r: r.first_owner, order=by("owner_key"), only="file"),
            Column("amount_1", _("จำนวนเงินที่ 1"), lambda r: r.first_amount, "money", only="file"),
            Column("code_2", _("รหัสที่ 2"), lambda r: r.second_code, only="file"),
            Column("name_2", _("โครงการที่ 2"), lambda r: r.second_name, css="name", only="file"),
            Column("owner_2", _("เจ้าของที่ 2"), lambda r: r.second_owner, only="file"),
            Column("amount_2", _("จำนวนเงินที่ 2"), lambda r: r.second_amount, "money", only="file"),
            Column("place", _("พื้นที่"), lambda r: r.place, order=by("first_place"), only="file"),
            Column("at_stake", _("เงินที่อาจซ้ำ"), lambda r: r.at_stake, "money", by("stake_rank")),
            Column("percent", _("โอกาสซ้ำ (ร้อยละ)"), lambda r: r.percent, "number", by("probability")),
            Column("verdict", _("ระบบเห็นว่า"), lambda r: state_of("verdict", r.verdict).word),
            Column("reasons", _("เหตุผล"), lambda r: ", ".join(r.reasons), css="chips-cell"),
            Column("engine", _("รุ่นของระบบจับคู่"), lambda r: r.engine, only="file"),
            Column("found_at", _("พบเมื่อ"), lambda r: r.found_at, only="file"),
            Column("decision", _("ผลพิจารณา"), lambda r: state_of("pair", r.decision).word),
            Column("decided_by", _("ผู้พิจารณา"), lambda r: r.decided_by, only="file"),
            Column("decided_at", _("พิจารณาเมื่อ"), lambda r: r.decided_at, only="file"),
            Column("decision_reason", _("เหตุผลของผู้พิจารณา"), lambda r: r.decision_reason, only="file"),
        ),
        make=make_pair,
        default_order="-at_stake",
        filters=(
            Filter("decision", _("ผลพิจารณา"), decided, DECISIONS, default=PairDecision.WAITING),
            Filter("verdict", _("ระบบเห็นว่า"), exact_filter("verdict"), tuple(Verdict.choices)),
            Filter("place", _("ชื่อพื้นที่"), in_place_called),
            Filter("owner", _("เจ้าของ"), of_owner),
            Filter("q", _("คำในชื่อ"), named),
            *area_filter(area_code, in_place),
            *((_file_filter(file),) if file is not None else ()),
        ),
        page_size=30,
        count_to=COUNTED + 1,
    )
