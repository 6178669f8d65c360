"""The lists of a round of AFP: rounds, people, problems, candidates, integration groups and their agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import BigIntegerField, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.afp import queries
from prasan.afp.models import (
    AfpProblem,
    AfpRound,
    Candidate,
    Choice,
    IntegrationGroup,
    ProblemOutcome,
    RoundState,
    TargetGroup,
)
from prasan.afp.queries.wording import FAMILIES, family_name, reason_name
from prasan.agencies.models import Body
from prasan.common.text import search_key
from prasan.projects.models import Origin
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.queries.afp import guidelines_of
from prasan.web.queries.amounts import none_last, project_amount
from prasan.web.tables.records import called
from prasan.web.wording import language, name_of, place_name

PAGE = 30
"""Rows of a page that is filled in: few enough to be read before one presses."""


def round_rows() -> QuerySet[AfpRound]:
    """Rounds with how many areas, problems and groups they have."""

    def counted(rows: QuerySet[Any], outer: str = "round") -> Coalesce:
        counts = rows.filter(**{outer: OuterRef("pk")}).order_by().values(outer).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counts), 0)

    return queries.rounds().annotate(
        area_count=Count("areas", filter=Q(areas__state=Choice.ACCEPTED)),
        problem_count=counted(AfpProblem.objects.all()),
        gap_count=counted(AfpProblem.objects.filter(outcome=ProblemOutcome.GAP)),
        group_count=counted(IntegrationGroup.objects.all()),
    )


def rounds_spec() -> ListSpec[AfpRound, AfpRound]:
    """The list of rounds, the latest year first."""
    years = AfpRound.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return ListSpec(
        name="afp-rounds",
        columns=(
            Column("code", _("รหัส"), lambda r: r.code, only="file"),
            Column("body", _("รอบของ"), lambda r: name_of(r.body), order=by("body__sort_key"), css="name"),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("areas", _("พื้นที่เป้าหมาย"), lambda r: r.area_count, "number", by("area_count")),
            Column("problems", _("ปัญหา"), lambda r: r.problem_count, "number", by("problem_count"), "problem_count"),
            Column("gaps", _("ช่องว่าง"), lambda r: r.gap_count, "number", by("gap_count"), "gap_count"),
            Column("groups", _("กลุ่มบูรณาการ"), lambda r: r.group_count, "number", by("group_count"), "group_count"),
            Column("resolution", _("มติ"), lambda r: r.resolution.number if r.resolution else "", only="file"),
            Column("state", _("สถานะ"), lambda r: r.get_state_display(), order=by("state")),
        ),
        make=lambda row: row,
        default_order="-year",
        filters=(
            Filter("q", _("หน่วยงาน"), text_filter("body__name_key")),
            Filter("place", _("ชื่อพื้นที่"), called),
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), tuple((str(y), str(y)) for y in years)),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(RoundState.choices)),
        ),
    )


def areas_of(round: AfpRound) -> tuple[tuple[str, str], ...]:
    rows = round.areas.filter(state=Choice.ACCEPTED).select_related("area").order_by("rank")
    return tuple((str(one.pk), place_name(one.area)) for one in rows)


def people_rows(round: AfpRound) -> QuerySet[TargetGroup]:
    """Groups of people of the target areas."""
    rows = TargetGroup.objects.filter(target_area__round=round, target_area__state=Choice.ACCEPTED)
    return rows.select_related("target_area__area", "confirmed_by")


def people_spec(round: AfpRound) -> ListSpec[TargetGroup, TargetGroup]:
    """Step 2: groups of people by area, those that most needs name first."""
    weighed = by_number(F("target_area__rank"), F("needs"))
    return ListSpec(
        name="afp-target-groups",
        columns=(
            Column("name", _("กลุ่มเป้าหมาย"), lambda r: r.name, order=by("name_key"), css="name"),
            Column("place", _("พื้นที่"), lambda r: place_name(r.target_area.area), order=weighed, css="place"),
            Column("needs", _("ความต้องการที่กล่าวถึง"), lambda r: r.needs, "number", by("needs"), "needs"),
            Column("keep", _("เป็นกลุ่มเป้าหมาย"), lambda r: r.get_state_display()),
            Column("people", _("จำนวนคน"), lambda r: r.people, "number", Coalesce(F("people"), Value(-1)), "people"),
            Column("source", _("ที่มาของจำนวน"), lambda r: r.source),
        ),
        make=lambda row: row,
        default_order="place",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("name_key")),
            Filter("area", _("พื้นที่"), exact_filter("target_area"), areas_of(round)),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(Choice.choices)),
        ),
        page_size=PAGE,
    )


def by_number(place: Any, weight: Any) -> Any:
    """One number to sort by: the place in its order, and within it the greatest weight first."""
    big = BigIntegerField()
    return Cast(place, big) * Value(10**13, output_field=big) - Cast(weight, big)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem in the lists of steps 3, 4 and 7 and among the gaps."""

    record: AfpProblem
    place: str
    matter: str  # name of the family
    needs: int
    weight: int
    accepted: int
    waiting: int
    guideline: str
    suggested: str  # guideline
    outcome: str  # code, as concluded
    suggested_outcome: str

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def title(self) -> str:
        return self.record.title


def problem_rows(round: AfpRound) -> QuerySet[queries.CountedProblem]:
    """Problems of a round with what stands behind them and what was accepted for them."""
    return queries.problems_of(round)


def gap_rows(round: AfpRound) -> QuerySet[queries.CountedProblem]:
    """The problems that no project solves."""
    return problem_rows(round).filter(pk__in=[one.pk for one in queries.gaps_of(round)])


PROBLEM_COLUMNS: dict[str, tuple[str, ...]] = {
    "problems": ("title", "place", "severity", "people", "group", "weight", "state"),
    "guidelines": ("title", "place", "why", "guideline"),
    "outcomes": ("title", "place", "guideline", "accepted", "outcome", "reason"),
    "gaps": ("title", "place", "group", "severity", "people", "needs", "guideline", "outcome"),
}
"""Which columns each list of problems has."""


def problems_spec(round: AfpRound, kind: str) -> ListSpec[queries.CountedProblem, ProblemRow]:
    """A list of problems by area, the weightiest first (severity × people)."""
    names = guidelines_of(round)

    def named(code: str) -> str:
        return f"{code} {names.get(code, '')}".strip()

    def make(one: queries.CountedProblem) -> ProblemRow:
        return ProblemRow(
            record=one, place=place_name(one.target_area.area), matter=family_name(one.family, language()),
            weight=one.severity * (one.people if one.people is not None else one.needs),
            needs=one.needs, accepted=one.accepted, waiting=one.waiting,
            guideline=named(one.guideline), suggested=named(one.suggested_guideline), outcome=one.outcome,
            suggested_outcome=queries.suggested_outcome(one),
        )  # fmt: skip

    weight = F("severity") * Cast(Coalesce(F("people"), F("needs")), BigIntegerField())
    columns: dict[str, Column[ProblemRow]] = {
        "title": Column("title", _("ปัญหา"), lambda r: r.title, order=by("title"), css="name"),
        "place": Column(
            "place", _("พื้นที่"), lambda r: r.place, order=by_number(F("target_area__rank"), weight), css="place"
        ),
        "group": Column(
            "group", _("กลุ่มเป้าหมาย"), lambda r: r.record.target_group.name if r.record.target_group else ""
        ),
        "severity": Column("severity", _("ความรุนแรง (1-5)"), lambda r: r.record.severity, "number", by("severity")),
        "people": Column(
            "people", _("จำนวนคน"), lambda r: r.record.people, "number", Coalesce(F("people"), Value(-1))
        ),
        "needs": Column("needs", _("ความต้องการ"), lambda r: r.needs, "number", by("needs"), "needs"),
        "weight": Column("weight", _("น้ำหนัก"), lambda r: r.weight, "number", weight),
        "state": Column("state", _("สถานะ"), lambda r: r.record.get_state_display(), order=by("state")),
        "why": Column(
            "why", _("ระบบเสนอ"),
            lambda r: f"{r.suggested} {r.record.confidence:.0%} {' '.join(r.record.guideline_words)}",
            order=by("confidence"), css="chips-cell",
        ),
        "guideline": Column("guideline", _("แนวทาง"), lambda r: r.guideline, order=by("guideline")),
        "accepted": Column("accepted", _("โครงการที่รับ"), lambda r: r.accepted, "number", by("accepted"), "accepted"),
        "outcome": Column(
            "outcome", _("ผลของปัญหา"), lambda r: r.record.get_outcome_display(), order=by("outcome")
        ),
        "reason": Column("reason", _("เหตุผล"), lambda r: r.record.outcome_reason),
    }  # fmt: skip
    return ListSpec(
        name=f"afp-{kind}",
        columns=tuple(columns[key] for key in PROBLEM_COLUMNS[kind]),
        make=make,
        default_order="place",
        filters=(
            Filter("q", _("คำในปัญหา"), lambda rows, value: rows.filter(title__icontains=value)),
            Filter("area", _("พื้นที่"), exact_filter("target_area"), areas_of(round)),
            Filter("matter", _("เรื่อง"), exact_filter("family"), families_of(round)),
            *_problem_filters(kind, names),
        ),
        page_size=PAGE,
    )


def families_of(round: AfpRound) -> tuple[tuple[str, str], ...]:
    used = set(AfpProblem.objects.filter(round=round).values_list("family", flat=True))
    return tuple((key, family_name(key, language())) for key in FAMILIES if key in used)


def _problem_filters(kind: str, names: Mapping[str, str]) -> tuple[Filter[queries.CountedProblem], ...]:
    codes = tuple((code, f"{code} {name}") for code, name in names.items())
    guideline: Filter[queries.CountedProblem] = Filter(
        "guideline", _("แนวทาง"), lambda rows, value: rows.filter(guideline="" if value == "-" else value),
        (("-", _("ยังไม่กำหนด")), *codes),
    )  # fmt: skip
    if kind == "problems":
        states = tuple(one for one in Choice.choices if one[0] != Choice.REJECTED)
        return (Filter("state", _("สถานะ"), exact_filter("state"), states),)
    if kind == "outcomes":
        outcome: Filter[queries.CountedProblem] = Filter(
            "outcome", _("ผลของปัญหา"), lambda rows, value: rows.filter(outcome="" if value == "-" else value),
            (("-", _("ยังไม่สรุป")), *ProblemOutcome.choices),
        )  # fmt: skip
        return (guideline, outcome)
    return (guideline,)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One project that may solve a problem."""

    record: Candidate
    place: str
    owner: str
    amount: int | None
    reasons: tuple[str, ...]

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def title(self) -> str:
        return self.record.project.code

    @property
    def percent(self) -> int:
        return round(100 * self.record.score)


class CandidateAmount(TypedDict):
    """What the project of a candidate asks, in satang."""

    amount: int | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PricedCandidate = WithAnnotations[Candidate, CandidateAmount]
else:
    PricedCandidate = Candidate


def candidate_rows(round: AfpRound) -> QuerySet[PricedCandidate]:
    """Candidates of a round with what each project asks."""
    return queries.candidates_of(round).annotate(amount=project_amount("project"))


def make_candidate(one: PricedCandidate) -> CandidateRow:
    """The row of one candidate."""
    project = one.project
    return CandidateRow(
        record=one,
        place=place_name(project.area or project.owner.area),
        owner=name_of(project.owner),
        amount=one.amount,
        reasons=tuple(f"{reason_name(r['code'], language())} {r['points']:.2f}" for r in one.reasons),
    )


SCORES: tuple[tuple[str, Any], ...] = (("80", _("80 ขึ้นไป")), ("60", _("60 ขึ้นไป")), ("0", _("เพิ่มโดยเจ้าหน้าที่")))


def _scored(rows: QuerySet[PricedCandidate], value: str) -> QuerySet[PricedCandidate]:
    return rows.filter(rule="person") if value == "0" else rows.filter(score__gte=int(value) / 100)


def _called(rows: QuerySet[PricedCandidate], value: str) -> QuerySet[PricedCandidate]:
    return rows.filter(Q(project__name_key__contains=search_key(value)) | Q(problem__title__icontains=value))


def owned_by(rows: QuerySet[Any], value: str, field: str = "project__owner") -> QuerySet[Any]:
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value)).values("pk")
    return rows.filter(**{f"{field}__in": named})


def candidates_spec(round: AfpRound) -> ListSpec[PricedCandidate, CandidateRow]:
    """Step 5: candidates by problem, the best first."""
    together = Cast(F("problem"), FloatField()) * Value(1000.0) - F("score") * Value(100.0)
    return ListSpec(
        name="afp-candidates",
        columns=(
            Column("problem", _("ปัญหา"), lambda r: r.record.problem.title, order=together, only="file"),
            Column("code", _("รหัส"), lambda r: r.record.project.code, only="file"),
            Column("project", _("โครงการ"), lambda r: r.record.project.name, order=by("project__name_key"), css="name"),
            Column("for", _("แก้ปัญหา"), lambda r: "", order=together, css="wide", only="page"),
            Column("owner", _("หน่วยงาน"), lambda r: r.owner, order=by("project__owner__sort_key"), only="file"),
            Column("origin", _("ที่มา"), lambda r: r.record.project.get_origin_display(), only="file"),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount")),
            Column("score", _("คะแนน (ร้อยละ)"), lambda r: r.percent, "number", by("score")),
            Column("reasons", _("เหตุผลของคะแนน"), lambda r: ", ".join(r.reasons), only="file"),
            Column("decision", _("ผลพิจารณา"), lambda r: r.record.get_state_display(), order=by("state")),
            Column("reason", _("เหตุผล"), lambda r: r.record.decision_reason, only="file"),
            Column("by", _("ผู้พิจารณา"), lambda r: str(r.record.decided_by or ""), only="file"),
            Column("rule", _("กฎที่เสนอ"), lambda r: r.record.rule, only="file"),
        ),
        make=make_candidate,
        default_order="for",
        filters=(
            Filter("q", _("คำในโครงการหรือปัญหา"), _called),
            Filter("state", _("ผลพิจารณา"), exact_filter("state"), tuple(Choice.choices)),
            Filter("score", _("คะแนน"), _scored, SCORES),
            Filter("area", _("พื้นที่"), exact_filter("problem__target_area"), areas_of(round)),
            Filter("owner", _("หน่วยงาน"), owned_by),
            Filter("origin", _("ที่มา"), exact_filter("project__origin"), tuple(Origin.choices)),
        ),
        page_size=PAGE,
    )
